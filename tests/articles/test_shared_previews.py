"""A preview shared by a link: one version, some days, nobody's account, and nothing left behind."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from articles import publishing, sharing
from articles.models import PreviewLink
from tests import factories
from tests.articles.stories import content, draft, in_state, live, person

pytestmark = pytest.mark.django_db
GONE = "This preview is closed."


def shared(article, **given):
    """The address of a new link to the newest version, and the link."""
    given = {"days": 3, "by": None, **given}
    link, token = sharing.share(article=article, revision=article.latest_revision, **given)
    return f"/preview/{token}/", link


def shares(article):
    return f"/admin/articles/article/{article.pk}/preview/shares/"


def test_it_opens_one_version_with_its_photos_for_anybody_and_counts(client):
    photo = factories.PhotoFactory()
    article = draft(headline="Not yet out", photos=[photo])
    address, link = shared(article)
    publishing.save(article=article, content=content(headline="Later words"), by=None, base=None)
    client.head(address)
    page = client.get(address)
    text = page.content.decode()
    assert "Not yet out" in text
    assert "Not published yet" in text
    assert "Later words" not in text
    assert client.get(re.search(r'src="(/photos/[^"]+)"', text)[1]).status_code == 200
    assert client.get(article.get_absolute_url()).status_code == 404
    link.refresh_from_db()
    assert (link.views, link.last_viewed_at is not None) == (1, True)


def test_no_machine_keeps_or_lists_it_and_it_names_no_public_address(client):
    article = draft(headline="Not yet out")
    page = client.get(shared(article)[0])
    text = page.content.decode()
    assert "no-store" in page.headers["Cache-Control"]
    assert page.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert '<meta name="robots" content="noindex, nofollow">' in text
    assert not page.cookies
    for leak in ("ld+json", "canonical", "og:url", article.get_absolute_url()):
        assert leak not in text


def test_closed_ended_and_unknown_links_get_the_same_page(client):
    article, now = draft(headline="Not yet out"), timezone.now()
    closed, link = shared(article)
    sharing.close(link=link, by=None)
    ended, link = shared(article)
    PreviewLink.objects.filter(pk=link.pk).update(expires_at=now)
    pages = [client.get(address) for address in (closed, ended, f"/preview/{'x' * 43}/")]
    assert {page.status_code for page in pages} == {404}
    assert len({page.content for page in pages}) == 1
    assert GONE in pages[0].content.decode()
    assert sharing.opened_by(shared(article)[0].split("/")[2], now) is not None


def test_only_the_hash_of_the_token_is_kept():
    address, link = shared(draft())
    assert address.split("/")[2] not in str(PreviewLink.objects.values().get(pk=link.pk))


@pytest.mark.parametrize("state", ["killed", "trash"])
def test_what_is_thrown_away_is_not_shared_and_its_links_are_dead(client, state):
    with pytest.raises(publishing.WrongState):
        shared(in_state(state))
    article = live() if state == "killed" else draft()
    address, _link = shared(article)
    if state == "killed":
        publishing.ask_kill(article=article, by=None, note="It was wrong.")
        assert GONE in client.get(address).content.decode()
        publishing.kill(article=article, by=None)
    else:
        publishing.trash(article=article, by=None)
    assert GONE in client.get(address).content.decode()


def test_an_embargoed_text_is_shared_only_by_who_may_break_the_embargo_and_says_so(client):
    article = draft(embargo_until=timezone.now() + timedelta(hours=3))
    with pytest.raises(publishing.NotAllowed):
        shared(article, by=person("Editor"), note="For the source.")
    with pytest.raises(publishing.NoteMissing):
        shared(article, by=person("Publisher"))
    address, _link = shared(article, by=person("Publisher"), note="For the source.")
    assert "Nothing of it may be published, quoted or told before." in client.get(address).content.decode()
    act = article.acts.first()
    assert (act.act, act.note) == ("share_embargoed", "For the source.")


def test_a_link_made_before_an_embargo_was_set_waits_for_its_end(client):
    article = draft()
    address, link = shared(article, by=person("Editor"))
    until = timezone.now() + timedelta(hours=3)
    publishing.set_times(article=article, by=None, embargo_until=until, expires_at=None)
    assert GONE in client.get(address).content.decode()
    link.refresh_from_db()
    link.article.refresh_from_db()
    assert [sharing.is_open(link, at) for at in (until - timedelta(seconds=1), until)] == [False, True]


def test_the_desk_makes_shows_once_lists_and_closes_links(client, editor, settings):
    article = draft(headline="Not yet out")
    client.force_login(editor)
    client.post(shares(article), {"version": "1", "days": "7", "for_whom": "The mayor's office"})
    first, again = client.get(shares(article)).content.decode(), client.get(shares(article)).content.decode()
    address = re.search(rf'value="{settings.SITE_URL}(/preview/[^"]+)"', first)[1]
    assert address not in again
    assert Client().get(address).status_code == 200
    link = article.preview_links.get()
    assert "The mayor&#x27;s office" in again
    client.post(shares(article), {"close": str(link.pk)})
    assert GONE in Client().get(address).content.decode()
    assert [act.act for act in article.acts.all()[:2]] == ["close_preview", "share_preview"]


@pytest.mark.parametrize(
    "sent", [{"version": "99", "days": "7"}, {"version": "x", "days": "7"}, {"version": "1", "days": "4000"}, {}]
)
def test_a_wrong_form_makes_nothing_and_comes_back(client, editor, sent):
    article = draft()
    client.force_login(editor)
    answer = client.post(shares(article), {**sent, "for_whom": "A \x00 reader"})
    assert answer.status_code == 200
    assert "sheet-error" in answer.content.decode()
    assert not article.preview_links.exists()


@pytest.mark.parametrize("role", ["Reporter", "Moderator", "Contributor"])
def test_sharing_needs_the_right(client, role):
    client.force_login(person(role))
    article = draft()
    assert client.get(shares(article)).status_code == 403
    assert client.post(shares(article), {"version": "1", "days": "7"}).status_code == 403


def test_a_link_of_another_article_is_not_closed(client, editor):
    _address, link = shared(draft())
    client.force_login(editor)
    assert client.post(shares(draft()), {"close": str(link.pk)}).status_code == 404
