"""The record of everything that was done: complete, unchangeable, filtered, exported."""

import csv
import io
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils import timezone

from articles import publishing
from comments import moderation
from newsroom import audit, audit_log
from newsroom.models import AuditEvent, Happening, SiteIdentity
from tests.factories import PASSWORD, ArticleFactory, CommentFactory, UserFactory

pytestmark = pytest.mark.django_db
LIST, EXPORT = "/admin/newsroom/auditevent/", "/admin/newsroom/auditevent/export/"


def shown(client, **filters):
    return [(line.act, line.what) for line in client.get(LIST, filters).context["lines"]]


@pytest.mark.parametrize("role", ["Reporter", "Editor", "Photo editor", "Moderator", "Contributor"])
@pytest.mark.parametrize("url", [LIST, EXPORT])
def test_the_log_is_for_publishers_and_administrators(client, role, url):
    client.force_login(UserFactory(role=role))
    assert client.get(url).status_code == 403


@pytest.mark.parametrize("role", ["Publisher", "Administrator"])
def test_articles_comments_and_sign_ins_stand_in_one_list(client, role, editor, moderator):
    article = ArticleFactory(headline="On the record", by=editor)
    publishing.submit(article=article, by=editor)
    moderation.approve(comment=CommentFactory(article=ArticleFactory(state="live"), body="Hear, hear"), by=moderator)
    client.force_login(UserFactory(role=role))
    found = shown(client)
    assert ("Send to review", "On the record") in found
    assert any(what == "Hear, hear" for _act, what in found)
    assert found[0][0] == "Signed in"


def test_signing_in_failing_and_out_is_written_down(client, editor):
    client.post("/accounts/login/", {"login": editor.username, "password": "wrong-password"})
    client.post("/accounts/login/", {"login": editor.username, "password": PASSWORD})
    client.post("/accounts/logout/")
    acts = list(AuditEvent.objects.filter(by=editor).order_by("pk").values_list("act", "address"))
    assert [act for act, _address in acts] == ["sign_in_failed", "signed_in", "signed_out"]
    assert {address for _act, address in acts} == {"127.0.0.1"}


def test_a_reader_who_signs_in_is_not_written_down(client, reader):
    client.force_login(reader)
    assert not AuditEvent.objects.exists()


def test_a_lock_is_written_down(client, editor, settings):
    settings.AXES_ENABLED, settings.AXES_FAILURE_LIMIT = True, 2
    for _ in range(3):
        client.post("/accounts/login/", {"login": editor.username, "password": "wrong-password"})
    assert AuditEvent.objects.filter(act="locked", name=editor.username).exists()


@pytest.mark.parametrize("name", ["a\x00b", "x" * 10_000, "\ud800", "=cmd()"])
def test_a_strange_name_is_kept_as_far_as_it_fits(name):
    assert len(audit.note(Happening.SIGN_IN_FAILED, name=name).name) <= 254


def test_roles_that_come_and_go_are_named(client, administrator, reporter):
    client.force_login(administrator)
    editor = Group.objects.get(name="Editor")
    frame = {"section_rights-TOTAL_FORMS": 0, "section_rights-INITIAL_FORMS": 0, "is_active": "on", "is_staff": "on"}
    given = {"username": reporter.username, "email": reporter.email, "groups": [editor.pk]}
    client.post(reverse("admin:newsroom_user_change", args=[reporter.pk]), {**given, **frame})
    assert AuditEvent.objects.filter(by=administrator, detail="+Editor, -Reporter").exists()


def test_settings_of_the_site_that_change_are_written_down(client, administrator):
    SiteIdentity.load()
    client.force_login(administrator)
    frame = {"social_links-TOTAL_FORMS": 0, "social_links-INITIAL_FORMS": 0}
    page = "/admin/newsroom/siteidentity/1/change/"
    shown = client.get(page).context["adminform"].form.initial
    given = {name: value for name, value in shown.items() if value is not None and name != "logo"}
    client.post(page, {**given, "name": "Renamed", **frame})
    assert AuditEvent.objects.filter(act="changed", by=administrator, subject__contains="Renamed").exists()


def test_nothing_in_it_can_be_changed_or_deleted(client, administrator):
    event = audit.note(Happening.LOCKED, name="somebody")
    for change in (event.save, event.delete, AuditEvent.objects.all().delete):
        with pytest.raises(TypeError):
            change()
    with pytest.raises(TypeError):
        AuditEvent.objects.update(name="nobody")
    client.force_login(administrator)
    assert client.post(f"{LIST}{event.pk}/delete/", {"post": "yes"}).status_code == 403
    assert client.get(f"{LIST}add/").status_code == 403


def test_filters_by_person_act_article_and_day(client, editor, administrator):
    article = ArticleFactory(headline="Mine", by=editor)
    ArticleFactory(headline="Another")
    client.force_login(administrator)
    assert shown(client, person=editor.pk) == [("Begun", "Mine")]
    assert shown(client, article=article.pk) == [("Begun", "Mine")]
    assert {act for act, _what in shown(client, act="article:create")} == {"Begun"}
    tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()
    assert shown(client, since=tomorrow) == []
    assert shown(client, until=tomorrow) == shown(client)


@pytest.mark.parametrize(
    "query",
    [{"person": "x"}, {"article": "9" * 30}, {"act": ":"}, {"act": "article:\x00"}, {"since": "2026-99-99"},
     {"until": "9999-12-31"}, {"after": "x|y|z"}, {"after": "2026-01-01T00:00:00|1|" + "9" * 30},
     {"after": "2026-99-01T00:00:00+00:00|1|1"}],
)  # fmt: skip
def test_odd_filters_answer_with_a_page(client, administrator, query):
    client.force_login(administrator)
    assert client.get(LIST, query).status_code in {200, 400}


def test_pages_lead_through_everything_once_also_within_one_moment(administrator):
    now = timezone.now()
    AuditEvent.objects.bulk_create(AuditEvent(act=Happening.LOCKED, at=now, name=str(n)) for n in range(7))
    for _ in range(3):
        ArticleFactory()
    seen, after = [], ""
    while batch := audit_log.lines(audit_log.Filters(), administrator, after=after, number=3):
        seen += [(line.rank, line.pk) for line in batch]
        after = batch[-1].cursor
    assert len(seen) == len(set(seen)) == 10


def test_a_page_costs_the_same_for_one_line_and_for_fifty(client, administrator, django_assert_max_num_queries):
    for _ in range(20):
        ArticleFactory()
    client.force_login(administrator)
    client.get(LIST)
    with django_assert_max_num_queries(25):
        client.get(LIST)


def test_the_export_holds_every_line_and_no_formula(client, administrator, monkeypatch):
    monkeypatch.setattr(audit_log, "BATCH", 2)
    for name in ("=1+1", "@SUM(A1)", " -2", "plain"):
        audit.note(Happening.SIGN_IN_FAILED, name=name)
    client.force_login(administrator)
    answer = client.get(EXPORT)
    rows = list(csv.reader(io.StringIO("".join(part.decode() for part in answer.streaming_content))))
    assert [row[1] for row in rows[2:]] == ["plain", "' -2", "'@SUM(A1)", "'=1+1"]
    assert answer.headers["Content-Type"].startswith("text/csv")
