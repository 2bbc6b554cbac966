"""Readers report an error; the desk decides; a letter tells them."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone, translation

from articles import error_reports, publishing
from articles.forms import STAMP_SALT
from articles.jobs import send_report_letter
from articles.models import Correction, ErrorReport
from newsroom import visitors
from tests.articles.stories import in_state, live, section

pytestmark = pytest.mark.django_db
WRONG = "The mayor is called Ana, not Anna."


@pytest.fixture
def article():
    return live(headline="Boats")


@pytest.fixture
def report(article):
    return error_reports.submit(article=article, text=WRONG, email="reader@example.org", name="Bo")


def typed(**given):
    past = timezone.now() - timedelta(minutes=1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(timezone, "now", lambda: past)
        opened = visitors.new_stamp(STAMP_SALT)
    return {"text": WRONG, "opened": opened, **given}


def form_of(article):
    return reverse("articles:report_error", args=[article.pk])


def ticket(report):
    return reverse("admin:articles_errorreport_change", args=[report.pk])


def test_the_page_links_to_the_form_and_the_form_makes_a_ticket(client, article):
    assert form_of(article) in client.get(article.get_absolute_url()).text
    answer = client.post(form_of(article), typed(quote="Anna said", name="Bo", email="reader@example.org"), follow=True)
    assert "Thank you." in answer.text
    report = ErrorReport.objects.get()
    assert (report.text, report.quote, report.name, report.email, report.state) == (
        WRONG,
        "Anna said",
        "Bo",
        "reader@example.org",
        "open",
    )


def test_a_double_click_is_one_ticket(client, article):
    for _ in range(2):
        client.post(form_of(article), typed())
    assert ErrorReport.objects.count() == 1


@pytest.mark.parametrize(
    "given",
    [
        {"text": " \x00 "},
        {"text": "x" * 2001},
        {"email": "no"},
        {"email": f"{'x' * 250}@example.org"},
        {"opened": "forged"},
        {"opened": ""},
    ],
)
def test_a_refused_report_keeps_the_text(client, article, given):
    answer = client.post(form_of(article), typed(**given))
    assert answer.status_code == 422
    assert given.get("text", WRONG).strip(" \x00") in answer.text
    assert not ErrorReport.objects.exists()


def test_a_machine_is_thanked_and_leaves_nothing(client, article):
    answer = client.post(form_of(article), typed(website="https://spam.example"))
    assert answer.status_code == 303
    assert not ErrorReport.objects.exists()


def test_many_reports_within_an_hour_are_refused_with_the_text_kept(client, article):
    answers = [client.post(form_of(article), typed(text=f"Wrong {n}")) for n in range(6)]
    assert [answer.status_code for answer in answers] == [303] * 5 + [429]
    assert "Wrong 5" in answers[-1].text


@pytest.mark.parametrize("state", ["draft", "withdrawn", "killed", "trash"])
def test_what_readers_do_not_see_they_cannot_report(client, state):
    article = in_state(state)
    assert client.get(form_of(article)).status_code == 404
    assert client.post(form_of(article), typed()).status_code == 404


def test_an_accepted_report_becomes_a_correction_and_the_reader_gets_a_letter(
    client, editor, article, report, django_capture_on_commit_callbacks
):
    client.force_login(editor)
    assert WRONG in client.get(ticket(report)).text
    with django_capture_on_commit_callbacks(execute=True):
        client.post(ticket(report), {"act": "accept", "kind": "correction", "text": "Her name is Ana."})
    report.refresh_from_db()
    assert (report.state, report.decided_by, report.correction) == ("accepted", editor, Correction.objects.get())
    assert len(mail.outbox) == 1
    letter = mail.outbox[0]
    assert letter.to == ["reader@example.org"]
    assert "Her name is Ana." in letter.body
    assert report.correction.get_absolute_url() in letter.body


def test_a_dismissed_report_is_answered_without_the_note_for_colleagues(
    editor, report, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        error_reports.dismiss(report=report, by=editor, note="He writes every day.")
    assert "left the text as it is" in mail.outbox[0].body
    assert "every day" not in mail.outbox[0].body


def test_the_letter_is_sent_once(editor, report, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        error_reports.dismiss(report=report, by=editor)
    send_report_letter.call(report.pk)
    assert len(mail.outbox) == 1


def test_without_an_address_nobody_is_written_to(article, editor, django_capture_on_commit_callbacks):
    report = error_reports.submit(article=article, text=WRONG)
    with django_capture_on_commit_callbacks(execute=True):
        error_reports.dismiss(report=report, by=editor)
    assert mail.outbox == []


def test_the_second_of_two_deciders_is_told(client, editor, publisher, report):
    error_reports.dismiss(report=report, by=publisher)
    client.force_login(editor)
    answer = client.post(ticket(report), {"act": "accept", "kind": "correction", "text": "Her name is Ana."})
    assert answer.status_code == 422
    assert publisher.display_name in answer.text
    assert "Her name is Ana." in answer.text  # what was typed is not lost
    assert not Correction.objects.exists()


def test_a_correction_that_cannot_be_made_leaves_the_ticket_open(client, editor, report):
    client.force_login(editor)
    assert client.post(ticket(report), {"act": "accept", "text": " "}).status_code == 422
    report.refresh_from_db()
    assert report.state == "open"


def test_moderators_see_no_tickets(client, moderator, report):
    client.force_login(moderator)
    assert client.get(ticket(report)).status_code == 403


def test_the_list_shows_what_waits(client, editor, report):
    client.force_login(editor)
    page = client.get(reverse("admin:articles_errorreport_changelist"), follow=True)
    assert WRONG in page.text
    error_reports.dismiss(report=report, by=editor)
    assert WRONG not in client.get(reverse("admin:articles_errorreport_changelist"), follow=True).text


def test_the_list_can_be_filtered(client, editor, report):
    error_reports.dismiss(report=report, by=editor)
    client.force_login(editor)
    page = reverse("admin:articles_errorreport_changelist")
    for state, is_there in [("open", False), ("accepted", False), ("dismissed", True), ("all", True), ("odd", False)]:
        assert (WRONG in client.get(page, {"state": state}).text) is is_there


def test_the_number_that_waits_stands_in_the_navigation_and_on_the_sheet(client, editor, article, report):
    client.force_login(editor)
    assert re.search(r"Error reports\W*<span[^>]*>\s*1\b", client.get(reverse("admin:index")).text)
    sheet = reverse("admin:articles_article_change", args=[article.pk])
    assert "1 report by readers" in client.get(sheet).text
    assert WRONG in client.get(reverse("admin:articles_article_corrections", args=[article.pk])).text


def test_the_correction_begins_with_the_sentence_that_was_quoted(client, editor):
    article = live(language="es", section_id=section("noticias").pk)
    report = error_reports.submit(article=article, text=WRONG, quote="Anna habló")
    client.force_login(editor)
    assert "Anna habló" in error_reports.suggested(report)
    assert client.get(ticket(report)).context["form"].initial["text"] == error_reports.suggested(report)
    assert error_reports.suggested(error_reports.submit(article=article, text="Other")) == ""


def test_a_dismissed_reader_may_stay_without_a_letter_or_get_it_later(
    client, editor, report, django_capture_on_commit_callbacks
):
    client.force_login(editor)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(ticket(report), {"act": "dismiss", "note": "Known."})
    assert mail.outbox == []
    for _ in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            client.post(ticket(report), {"act": "write"})
    assert len(mail.outbox) == 1


def test_nobody_is_written_to_before_a_decision(client, editor, report):
    client.force_login(editor)
    assert client.post(ticket(report), {"act": "write"}).status_code == 422
    assert mail.outbox == []


def test_two_reports_of_one_error_share_its_correction(editor, article, report):
    other = error_reports.submit(article=article, text="Anna is Ana.")
    for each in (report, other):
        error_reports.accept(report=each, kind="correction", text="Her name is Ana.", by=editor)
    other.refresh_from_db()
    assert Correction.objects.get() == other.correction


def test_the_letter_about_a_withdrawn_article_has_no_dead_address(editor, report, django_capture_on_commit_callbacks):
    publishing.withdraw(article=report.article, by=None, note="Wrong.")
    with django_capture_on_commit_callbacks(execute=True):
        error_reports.accept(report=report, kind="correction", text="Her name is Ana.", by=editor)
    assert "Her name is Ana." in mail.outbox[0].body
    assert report.article.get_absolute_url() not in mail.outbox[0].body


def test_the_letter_is_in_the_articles_language(editor, django_capture_on_commit_callbacks):
    article = live(language="es", section_id=section("noticias").pk, headline="Barcos")
    report = error_reports.submit(article=article, text=WRONG, email="reader@example.org")
    with django_capture_on_commit_callbacks(execute=True):
        error_reports.dismiss(report=report, by=editor)
    with translation.override("es"):
        assert mail.outbox[0].subject == translation.gettext("Your report on “%(headline)s”") % {"headline": "Barcos"}
