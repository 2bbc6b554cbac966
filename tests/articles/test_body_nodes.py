"""Galleries, players of other sites, fact boxes and tables: what is kept of them, what readers get."""

import pytest
from django.utils import timezone

from articles.body import references, render, sanitise
from tests.articles import stories
from tests.factories import PhotoFactory

FILM = '<figure data-node="embed" data-url="https://youtu.be/abcdef123" data-title="The &lt;first&gt; crane"></figure>'


def drawn(html, **given):
    return render(html, **{"photos": {}, "articles": {}, "at": timezone.now(), **given})


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (FILM, FILM),
        ('<figure data-node="embed" data-url="javascript:alert(1)"></figure>', ""),
        ('<figure data-node="embed" data-url="https://user:pw@youtu.be/abcdef123"></figure>', ""),
        ('<figure data-node="embed" data-url="http://vimeo.com/12345"><iframe src="//x"></iframe></figure>', '<figure data-node="embed" data-url="https://vimeo.com/12345"></figure>'),
        ('<figure data-node="gallery" data-id="4" data-x="1">x</figure>', '<figure data-node="gallery" data-id="4"></figure>'),
        ('<aside data-node="factbox" data-x="1" onclick="x"><h3>Head </h3><p></p><script>x</script></aside>', '<aside data-node="factbox"><h3>Head</h3></aside>'),
        ('<aside data-node="factbox"><p> </p></aside><p>x</p>', "<p>x</p>"),
        ("<table><thead><tr><th scope=row>A</th></tr></thead><tbody><tr><td colspan=1 rowspan=2><p>b</p></td></tr></tbody></table>", '<table><tbody><tr><th>A</th></tr><tr><td rowspan="2">b</td></tr></tbody></table>'),
        ('<table style="min-width: 75px"><colgroup><col></colgroup><tr><td><p>a</p><p>b</p></td><td><p></p></td></tr></table>', "<table><tbody><tr><td><p>a</p><p>b</p></td><td></td></tr></tbody></table>"),
        ("<table></table>", ""),
        ('<td colspan="99999">x</td>', "x"),
    ],
)  # fmt: skip
def test_what_is_kept(typed, kept):
    assert sanitise(typed) == kept
    assert sanitise(kept) == kept


def test_a_player_is_a_link_until_the_reader_opens_it():
    html = drawn(FILM)
    assert 'href="https://youtu.be/abcdef123"' in html
    assert 'data-player="https://www.youtube-nocookie.com/embed/abcdef123"' in html
    assert "<iframe" not in html
    assert "The &lt;first&gt; crane" in html


def test_a_player_of_a_host_that_left_the_list_is_a_plain_link(settings):
    settings.EMBED_HOSTS = ["vimeo.com"]
    html = drawn(FILM)
    assert "data-player" not in html
    assert 'href="https://youtu.be/abcdef123" rel="noopener"' in html


def test_an_address_of_a_listed_host_without_a_film_is_a_plain_link():
    assert "data-player" not in drawn('<figure data-node="embed" data-url="https://www.youtube.com/@channel"></figure>')


def test_a_fact_box_holds_text_and_its_photos_are_drawn(db):
    photo = PhotoFactory(caption="A crane")
    html = f'<aside data-node="factbox"><h3>In brief</h3><p>One.</p></aside><figure data-node="photo" data-id="{photo.pk}"></figure>'
    page = drawn(html, photos={photo.pk: photo})
    assert '<aside class="factbox"><h3>In brief</h3><p>One.</p></aside>' in page
    assert "A crane" in page


def test_a_table_is_named_can_be_scrolled_by_keyboard_and_its_headings_say_what_they_head():
    page = drawn("<table><tbody><tr><th>Day</th></tr><tr><th>Mon</th><td>1</td></tr></tbody></table>")
    assert 'role="region" tabindex="0" aria-label="Table"' in page
    assert '<th scope="col">Day</th>' in page
    assert '<th scope="row">Mon</th>' in page
    assert page.endswith("</table></div>")


def test_a_gallery_is_a_reference_and_is_drawn_only_while_it_is_public(client, db):
    gallery = stories.live(headline="A day at the quay", genre="gallery", photos=[PhotoFactory()])
    body = f'<p>x</p><figure data-node="gallery" data-id="{gallery.pk}"></figure>'
    assert references(body) == [("article", gallery.pk)]
    story = stories.live(body=body)
    assert b"gallery-card" in client.get(story.get_absolute_url()).content
    gallery.expires_at = timezone.now()
    gallery.save()
    assert b"gallery-card" not in client.get(story.get_absolute_url()).content


def test_only_bodies_with_rarer_parts_ask_for_their_style_sheet():
    assert "nodes.css" not in drawn("<p>x</p>")
    assert drawn(FILM).count("nodes.css") == 1


def test_quotation_marks_are_printed_ones_and_stored_as_typed():
    body = '<p>She said "<em>no</em>". It\'s &quot;done&quot;.</p><p>"New"</p>'
    assert drawn(body, language="en") == "<p>She said “<em>no</em>”. It’s “done”.</p><p>“New”</p>"
    assert drawn(body, language="xx").count('"') == 6
