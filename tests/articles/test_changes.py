"""The public change log: what readers saw and what changed in it, and nothing that they never saw."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from articles import changes, corrections, publishing, updates
from articles.comparison import words_changed
from articles.content import Content
from articles.models import Article
from newsroom.models import SiteIdentity
from tests.articles.stories import draft, in_state, live, section

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def article():
    return live(headline="Boats", standfirst="They sail.", body="<p>Nine boats left.</p><p>It rained.</p>")


def write(article, **given):
    """A newer version of ``article``."""
    article.refresh_from_db()
    content = replace(Content.from_json(article.latest_revision.content), **given)
    return publishing.save(article=article, content=content, by=None, base=None)


def change(article, *, material=True, **given):
    write(article, **given)
    publishing.update(article=article, by=None, material=material)


def page(client, article, **asked):
    return client.get(article.get_changes_url(), asked)


def kinds(article):
    return [each.kind for each in changes.log(Article.objects.get(pk=article.pk))]


def test_readers_see_the_words_that_a_material_update_changed(client, article):
    change(article, headline="Ships", body="<p>Ten boats left.</p><p>It rained.</p>")
    html = page(client, article).text
    assert "<del><span" in html
    for words in ("Boats</del>", "Ships</ins>", "Nine</del>", "Ten</ins>"):
        assert words in html
    assert "It rained" not in html  # a line that did not change


def test_the_article_links_to_it_once_there_is_something_to_see(client, article):
    address = article.get_changes_url()
    assert address not in client.get(article.get_absolute_url()).text
    change(article, headline="Ships")
    assert address in client.get(article.get_absolute_url()).text


def test_what_a_minor_update_changed_shows_with_the_next_material_one(client, article):
    change(article, material=False, standfirst="They sailed.")
    assert kinds(article) == ["published"]
    change(article, headline="Ships")
    assert kinds(article) == ["updated", "published"]
    assert "sailed</ins>" in page(client, article).text


def test_it_is_kept_out_of_search_engines(client, article):
    answer = page(client, article)
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert '<meta name="robots" content="noindex">' in answer.text


def test_a_site_may_show_no_changes(client, article):
    change(article, headline="Ships")
    SiteIdentity.load()
    SiteIdentity.objects.update(show_changes=False)
    assert page(client, article).status_code == 404
    assert article.get_changes_url() not in client.get(article.get_absolute_url()).text


@pytest.mark.parametrize("state", ["draft", "in_review", "approved", "withdrawn", "killed", "trash"])
def test_what_readers_do_not_see_has_no_log(client, state):
    assert page(client, in_state(state)).status_code == 404


@pytest.mark.parametrize(
    "given", [{"at": timezone.now() + HOUR}, {"embargo_until": timezone.now() + HOUR}], ids=["scheduled", "embargoed"]
)
def test_nothing_shows_before_its_minute(client, given):
    assert page(client, live(**given)).status_code == 404


def test_another_address_leads_to_the_right_one(client, article):
    answer = client.get(f"/wrong/boat-{article.pk}/changes/")
    assert (answer.status_code, answer.headers["Location"]) == (301, article.get_changes_url())


def test_a_section_may_lie_at_such_an_address(client, article):
    below = section(f"news/boats-{article.pk}/changes")
    assert client.get(below.get_absolute_url()).context["section"] == below


def test_versions_replaced_before_their_minute_stay_unseen(client):
    article = live(headline="Secret plan", at=timezone.now() + HOUR)
    change(article, headline="Open plan")
    Article.objects.filter(pk=article.pk).update(published_at=timezone.now() - HOUR)  # the hour has come
    change(article, headline="Opened plan")
    assert kinds(article) == ["updated", "published"]
    assert "Secret" not in page(client, article).text


def test_versions_replaced_under_embargo_stay_unseen(client):
    article = live(headline="Secret plan", embargo_until=timezone.now() + HOUR)
    change(article, headline="Open plan")
    publishing.set_times(article=article, by=None, embargo_until=None, expires_at=None, note="It is out.")
    assert kinds(article) == ["published"]
    assert "Secret" not in page(client, article).text


def test_a_schedule_that_was_taken_back_leaves_no_trace(client):
    article = live(headline="Secret plan", at=timezone.now() + HOUR)
    publishing.unschedule(article=article, by=None)
    write(article, headline="Open plan")
    publishing.publish(article=article, by=None, at=timezone.now())
    change(article, headline="Opened plan")
    assert kinds(article) == ["updated", "published"]
    assert "Secret" not in page(client, article).text


def test_versions_from_a_hidden_section_stay_unseen(client):
    article = live(headline="Secret plan")
    article.section.is_visible = False
    article.section.save()
    change(article, headline="Open plan", section_id=section("sport").pk)
    assert kinds(article) == ["published"]
    assert "Secret" not in page(client, article).text


def test_what_was_withdrawn_does_not_come_back_with_the_log(client, article):
    change(article, headline="Libel")
    publishing.withdraw(article=article, by=None, note="Wrong.")
    write(article, headline="Ships")
    publishing.publish(article=article, by=None)
    assert kinds(article) == ["returned"]
    assert "Libel" not in page(client, article).text


def test_a_version_that_nobody_published_stays_unseen(client, article):
    change(article, headline="Ships")
    write(article, headline="Secret plan")
    assert "Secret" not in page(client, article).text


def test_notes_and_names_of_colleagues_stay_inside(client, article, editor):
    write(article, headline="Ships")
    publishing.update(article=article, by=editor, note="The mayor complained.")
    html = page(client, article).text
    assert "complained" not in html
    assert editor.display_name not in html


def test_names_of_linked_stories_and_photos_are_not_in_it(client, article):
    hidden = draft(headline="Secret plan")
    change(article, body=f'<p>Ten boats left.</p><aside data-node="related" data-ids="{hidden.pk}"></aside>')
    html = page(client, article).text
    assert "Ten</ins>" in html
    assert "Secret" not in html


def test_corrections_are_in_it_while_they_stand(client, article):
    correction = corrections.publish(article=article, kind="correction", text="Ten boats left, not nine.", by=None)
    assert "Ten boats left, not nine." in page(client, article).text
    corrections.withdraw(correction=correction, by=None)
    assert "not nine" not in page(client, article).text


def test_a_scheduled_update_carries_its_time(client, article):
    write(article, headline="Ships")
    at = timezone.now() + HOUR
    updates.schedule_update(article=article, by=None, at=at)
    updates.apply_due(at + HOUR)
    assert changes.log(Article.objects.get(pk=article.pk))[0].at == at


def test_hostile_words_are_shown_as_words(client, article):
    change(article, headline="<script>alert(1)</script>", standfirst="<img src=x>")
    html = page(client, article).text
    assert "<script>alert" not in html
    assert "<img src=x" not in html


def test_a_long_log_is_paged(client, article):
    for number in range(12):
        change(article, headline=f"Boats {number}")
    first = page(client, article)
    assert first.text.count('class="change"') == 10
    assert 'href="?before=3"' in first.text
    older = page(client, article, before="3")
    assert older.text.count('class="change"') == 3
    assert "Published" in older.text


@pytest.mark.parametrize("before", ["0", "99", "x", "-1", "9" * 30, "٣"])
def test_a_page_that_is_not_there(client, article, before):
    assert page(client, article, before=before).status_code == 404


def test_an_update_of_other_things_than_the_text_is_left_out(client, article):
    change(article, headline="Ships")
    change(article, tags=["Rivers"])
    assert page(client, article).text.count('class="change"') == 2


def test_the_log_costs_the_same_however_long_it_is(client, article, django_assert_max_num_queries):
    for number in range(9):
        change(article, headline=f"Boats {number}")
    page(client, article)
    with django_assert_max_num_queries(5):
        page(client, article)


def test_the_site_form_switches_it(client, administrator):
    client.force_login(administrator)
    assert 'name="show_changes"' in client.get(reverse("admin:newsroom_siteidentity_change", args=[1])).text


def test_a_word_that_stayed_between_two_changes_is_shown_with_them(client, article):
    change(article, standfirst="She left.")
    change(article, standfirst="He left the quay.")
    change(article, standfirst="They left a quay.")
    assert re.search(
        r"Removed: </span>He left the</del>.*Added: </span>They left a</ins> quay", page(client, article).text
    )


def test_all_that_readers_saw_can_be_put_together_again():
    old, new = "One boat left the port. It rained on Monday.", "Two boats left a port. It snowed on Monday."
    parts = changes._joined(words_changed(old, new))
    assert "".join(text for kind, text in parts if kind != "added") == old
    assert "".join(text for kind, text in parts if kind != "removed") == new
