"""The body: one allowlist, one sanitiser, references by id only."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.body import plain_text, references, render, sanitise

PIECES = [
    "<p>", "</p>", "<div>", "</div>", '<figure data-node="photo" data-id="3">', "</figure>", "</aside>", "<li>", "<ul>", "</ul>",
    '<aside data-node="related" data-ids="1,2">', '<aside data-node="map" data-q="&quot;">', "<table>", "<tr>", "<td>", "&nbsp;",
    '<aside data-node="factbox">', '<figure data-node="embed" data-url="https://youtu.be/abcdef123">', '<figure data-node="gallery" data-id="4">',
    "</table>", "</td>", "<th>", "<thead>", "<tbody>", '<td colspan="1" rowspan="3">', '"', "'", " -- ", "\u00a0", "&", "<", "<br>", "<em>", "</em>", "<a href='x'>", "</a>", "<script>", "</script>", "<svg>", "<math>", "<!--", "<p title='",
]  # fmt: skip
markup = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=4)), max_size=14).map("".join)

HOSTILE = [
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", '<p onclick="alert(1)">x</p>', '<a href="javascript:alert(1)">x</a>',
    '<a href="data:text/html,<script>alert(1)</script>">x</a>', "<svg><script>alert(1)</script></svg>", "<iframe src=//evil.example></iframe>",
    '<math><mi xlink:href="javascript:alert(1)">x</mi></math>', "<style>*{display:none}</style>", '<form action="//evil.example"><button>x</button></form>',
    '<p style="position:fixed">x</p>', '<figure data-node="map" onmouseover="alert(1)" data-url="javascript:alert(1)">x</figure>',
    "<noscript><p title='</noscript><script>alert(1)</script>'>", "<base href=//evil.example>", "<object data=x>", "<scr<script>ipt>alert(1)</scr</script>ipt>",
]  # fmt: skip


def drawn(html):
    return render(html, photos={}, articles={}, at=None)


@given(markup)
@settings(max_examples=400, deadline=None)
def test_cleaning_what_is_clean_changes_nothing(html):
    once = sanitise(html)
    assert sanitise(once) == once


@given(st.one_of(markup, st.text()))
@settings(max_examples=400, deadline=None)
def test_no_text_breaks_the_renderer(html):
    drawn(html)
    references(html)
    plain_text(html)


@pytest.mark.parametrize("html", HOSTILE)
def test_hostile_markup_comes_out_harmless(html):
    for out in (sanitise(html), drawn(html)):
        lower = out.lower()
        assert not any(
            f"<{tag}" in lower for tag in ("script", "img", "svg", "iframe", "style", "form", "base", "object", "math")
        )
        assert " on" not in lower.replace(" one", "")
        assert "style=" not in lower
    assert "javascript:" not in drawn(html).lower()


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("<p>a&nbsp;b \u00a0</p>", "<p>a&nbsp;b</p>"),
        ("<p>\u00a0&nbsp;</p><p>x</p>", "<p>x</p>"),
        ("<p>x <strong>y&nbsp;</strong></p>", "<p>x <strong>y</strong></p>"),
        ("<p>to foster\u00a0strategic</p>", "<p>to foster\u00a0strategic</p>"),
        ("<p>a\x00b\ud800c</p>", "<p>abc</p>"),
        ("<div><p>a</p></div>", "<p>a</p>"),
    ],
)
def test_no_break_spaces_go_at_the_ends_and_stay_inside(typed, kept):
    assert sanitise(typed).replace("&nbsp;", "\u00a0") == kept.replace("&nbsp;", "\u00a0")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ('<figure data-node="photo" data-id="7" data-size="huge" data-x="1">words</figure>', '<figure data-node="photo" data-id="7"></figure>'),
        ('<figure data-node="photo" data-id="7;drop">words</figure>', ""),
        ('<figure data-node="photo" data-id="99999999999999999999"></figure>', ""),
        ('<aside data-node="related" data-ids="5, 3,5,x,9,10"></aside>', '<aside data-node="related" data-ids="5,3,9"></aside>'),
        ('<aside data-node="later" data-place="harbour"><p>x</p></aside>', '<aside data-node="later" data-place="harbour"><p>x</p></aside>'),
    ],
)  # fmt: skip
def test_a_node_keeps_what_it_needs_and_nothing_else(typed, kept):
    assert sanitise(typed) == kept


def test_references_are_found_in_order():
    html = '<figure data-node="photo" data-id="7"></figure><p>x</p><aside data-node="related" data-ids="5,3"></aside>'
    assert references(html) == [("photo", 7), ("article", 5), ("article", 3)]


def test_a_link_to_another_site_opens_no_door():
    assert (
        drawn('<p><a href="https://example.org/" rel="opener">x</a></p>')
        == '<p><a href="https://example.org/" rel="noopener">x</a></p>'
    )
    assert drawn('<p><a href="/news/">x</a></p>') == '<p><a href="/news/">x</a></p>'


def test_an_unknown_node_and_an_empty_related_box_draw_nothing():
    assert (
        drawn('<aside data-node="later"><p>x</p></aside><aside data-node="related" data-ids="1"></aside><p>y</p>')
        == "<p>y</p>"
    )


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("<ul><li><p>one</p></li><li><p>two <em>x</em></p></li></ul>", "<ul><li>one</li><li>two <em>x</em></li></ul>"),
        ("<ul><li><p>a</p><ul><li><p>b</p></li></ul></li></ul>", "<ul><li>a<ul><li>b</li></ul></li></ul>"),
        ("<ul><li><p>a</p><p>b</p></li></ul>", "<ul><li><p>a</p><p>b</p></li></ul>"),
    ],
)
def test_a_list_item_of_one_paragraph_is_written_without_it(typed, kept):
    assert sanitise(typed) == kept


def test_a_link_without_an_address_leads_nowhere():
    assert drawn('<p><a href="javascript:x">word</a></p>') == "<p><a>word</a></p>"
