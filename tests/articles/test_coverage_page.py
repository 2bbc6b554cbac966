"""What readers see of a live coverage: order, pages, marks, what machines are told, what leaks nothing."""

import json
import re
from datetime import timedelta

import pytest
from django.utils import timezone

from articles import coverage, publishing, search
from articles.models import Article
from tests.articles.coverages import covered, posted, published_earlier, said
from tests.articles.stories import draft, live
from tests.factories import BylineFactory, PhotoFactory

pytestmark = pytest.mark.django_db


def page(client, article, query=""):
    return client.get(article.get_absolute_url() + query).content.decode()


def anchors(html):
    return [int(found) for found in re.findall(r'<li class="post[^>]* id="e(\d+)"', html)]


def graph(html):
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    return json.loads(found[1])["@graph"][0]


def test_the_newest_post_stands_first_and_pinned_ones_above_it(client):
    article = covered()
    oldest, middle, newest = (posted(article, minutes_ago=ago) for ago in (30, 20, 10))
    assert anchors(page(client, article)) == [newest.pk, middle.pk, oldest.pk]
    coverage.pin(entry=middle, by=None)
    assert anchors(page(client, article)) == [middle.pk, newest.pk, oldest.pk]


def test_twenty_posts_a_page_with_a_plain_link_to_older_ones(client):
    article = covered()
    made = [posted(article, f"<p>Post {n}.</p>", minutes_ago=n).pk for n in range(45)]
    seen, query = [], ""
    for _page in range(3):
        html = page(client, article, query)
        seen += anchors(html)
        older = re.search(r'href="(\?before=[0-9]+-[0-9]+)#live"', html)
        query = older[1] if older else ""
    assert (seen, query) == (made, "")


def test_posts_of_one_moment_are_neither_skipped_nor_shown_twice(client):
    article, at = covered(), timezone.now()
    made = [posted(article, at=at).pk for _n in range(25)]
    first = page(client, article)
    rest = page(client, article, re.search(r'href="(\?before=[0-9-]+)#live"', first)[1])
    assert anchors(first) + anchors(rest) == made[::-1]


def test_a_posts_own_address_leads_to_the_page_that_begins_with_it(client):
    article = covered()
    old = [posted(article, minutes_ago=60 + n) for n in range(30)][-1]
    assert anchors(page(client, article, f"?post={old.pk}"))[0] == old.pk


@pytest.mark.parametrize(
    "query",
    ["?before=x", "?before=1", "?before=9-9-9", "?post=x", "?post=999", f"?post={'9' * 30}", f"?before={'9' * 18}-1"],
)
def test_an_address_that_leads_nowhere_is_404(client, query):
    article = covered()
    posted(article)
    assert client.get(article.get_absolute_url() + query).status_code == 404


def test_a_plain_article_ignores_them(client):
    assert client.get(live().get_absolute_url() + "?before=x").status_code == 200


def test_key_points_stand_at_the_top_and_lead_to_their_posts(client):
    article = covered()
    far = posted(article, "<p>The dam holds.</p>", minutes_ago=90)
    for ago in range(25):
        posted(article, minutes_ago=ago)
    near = posted(article, headline="A bridge is shut", minutes_ago=1)
    for entry in (far, near):
        coverage.mark_key(entry=entry, by=None)
    html = page(client, article)
    assert re.findall(r'<li><a href="([^"]+)" dir="auto">([^<]+)</a>', html) == [
        (f"#e{near.pk}", "A bridge is shut"),
        (f"?post={far.pk}#e{far.pk}", "The dam holds."),
    ]


def test_drafts_and_removed_posts_are_on_no_page(client):
    article = covered()
    coverage.keep_draft(article=article, content=said("<p>zqdraftqz</p>"), by=None)
    gone = posted(article, "<p>zqgoneqz</p>")
    coverage.mark_key(entry=gone, by=None)
    coverage.pin(entry=gone, by=None)
    coverage.remove(entry=gone, by=None)
    html = page(client, article)
    assert "zqdraftqz" not in html
    assert "zqgoneqz" not in html
    assert client.get(article.get_absolute_url() + f"?post={gone.pk}").status_code == 404


def test_an_edit_is_marked_with_its_time(client):
    article = covered()
    entry = published_earlier(posted(article), minutes=20)
    coverage.edit(entry=entry, content=said("<p>Other words.</p>"), by=None, base=1)
    hour = timezone.localtime(entry.edited_at).strftime("%H:%M")
    assert f"Edited {hour}" in page(client, article)


def test_what_a_post_cites_is_drawn_unless_it_is_not_public(client):
    article, other, hidden, photo = covered(), live(headline="Open story"), draft(headline="zqhiddenqz"), PhotoFactory()
    posted(
        article,
        f'<p>See.</p><aside data-node="related" data-ids="{other.pk},{hidden.pk}"></aside>'
        f'<figure data-node="photo" data-id="{photo.pk}"></figure>',
        photo_id=PhotoFactory().pk,
    )
    html = page(client, article)
    assert "Open story" in html
    assert "zqhiddenqz" not in html
    assert html.count("<figure") == 2


def test_a_photo_whose_rights_end_leaves_the_post(client):
    article, photo = covered(), PhotoFactory(caption="zqphotoqz")
    posted(article, photo_id=photo.pk)
    type(photo).objects.filter(pk=photo.pk).update(do_not_publish=True)
    assert "zqphotoqz" not in page(client, article)


def test_two_posts_with_related_boxes_share_no_id(client):
    article, other = covered(body="<p>Text.</p>"), live()
    for _n in range(2):
        posted(article, f'<p>See.</p><aside data-node="related" data-ids="{other.pk}"></aside>')
    ids = re.findall(r' id="([^"]+)"', page(client, article))
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("count", [1, 20])
def test_a_coverage_costs_the_same_queries_with_one_post_and_with_twenty(client, count, django_assert_max_num_queries):
    article, other = covered(), live()
    for number in range(count):
        posted(
            article,
            f'<p>See.</p><aside data-node="related" data-ids="{other.pk}"></aside>'
            f'<figure data-node="photo" data-id="{PhotoFactory().pk}"></figure>',
            byline_id=BylineFactory().pk, photo_id=PhotoFactory().pk, minutes_ago=number,
        )  # fmt: skip
    page(client, article)
    with django_assert_max_num_queries(14):
        page(client, article)


def test_the_page_says_live_while_it_runs_and_ended_after(client):
    article = covered()
    posted(article)
    html = page(client, article)
    assert "data-live=" in html
    assert "articles/live.js" in html
    assert "live--on" in html  # red is for what goes on
    coverage.end_coverage(article=article, by=None)
    html = page(client, article)
    assert "Live coverage has ended" in html
    assert "articles/live.js" not in html
    assert "data-live=" not in html
    assert "live--on" not in html


def test_without_a_coverage_nothing_of_it_is_loaded(client):
    html = page(client, live())
    assert "coverage.css" not in html
    assert "live.js" not in html


def test_machines_are_told_of_a_live_blog(client):
    article = covered()
    byline = BylineFactory(name="Ana Ruiz")
    entry = posted(article, "<p>The <strong>dam</strong> holds.</p>", byline_id=byline.pk)
    found = graph(page(client, article))
    assert (found["@type"], "coverageEndTime" in found) == ("LiveBlogPosting", False)
    update = found["liveBlogUpdate"][0]
    assert update["articleBody"] == "The dam holds."
    assert update["headline"] == "The dam holds."
    assert update["author"][0]["name"] == "Ana Ruiz"
    assert update["url"].endswith(f"?post={entry.pk}#e{entry.pk}")
    coverage.end_coverage(article=article, by=None)
    assert graph(page(client, article))["coverageEndTime"] >= found["coverageStartTime"]


def test_a_post_moves_the_article_up_in_its_feed(client):
    article = covered()
    assert b"<atom:updated>" not in client.get("/feeds/all.xml").content
    posted(article)
    assert b"<atom:updated>" in client.get("/feeds/all.xml").content


def test_posts_are_found_with_their_article_until_they_are_removed(client):
    article = covered()
    entry = posted(article, "<p>zqsluiceqz</p>")
    search.index([article.pk])
    assert article.headline in client.get("/search/?q=zqsluiceqz").content.decode()
    coverage.remove(entry=entry, by=None)
    search.index([article.pk])
    assert "No stories match" in client.get("/search/?q=zqsluiceqz").content.decode()


def test_lists_say_live_while_it_runs(client):
    article = covered(headline="Flood")
    assert re.search(r'card__kicker--urgent">.*Live', page(client, article.section, ""))
    coverage.end_coverage(article=article, by=None)
    assert "card__kicker--urgent" not in page(client, article.section)


def test_a_flash_needs_no_text_and_says_breaking(client):
    article = live(headline="Dam breaks", body="", standfirst="", stage="flash")
    assert "Breaking" in page(client, article)
    publishing.save(
        article=article,
        content=publishing.revisions.latest_content(article).__class__(
            headline="Dam breaks", body="<p>More is known.</p>", section_id=article.section_id
        ),
        by=None,
        base=None,
    )
    publishing.update(article=article, by=None)
    html = page(client, Article.objects.get(pk=article.pk))
    assert "Breaking" not in html
    assert "More is known." in html


def test_nothing_of_a_coverage_is_public_before_its_article(client):
    later = timezone.now() + timedelta(hours=1)
    article = live(embargo_until=later, headline="Held back")
    coverage.start_coverage(article=article, by=None)
    entry = posted(article, "<p>zqearlyqz</p>")
    search.index([article.pk])
    for path in (
        article.get_absolute_url(),
        f"{article.get_absolute_url()}?post={entry.pk}",
        f"/live-posts/{article.pk}/?since=0",
    ):
        answer = client.get(path)
        assert answer.status_code == 404
        assert b"zqearlyqz" not in answer.content
    assert "No stories match" in client.get("/search/?q=zqearlyqz").content.decode()
    assert b"zqearlyqz" not in client.get("/feeds/all.xml").content
