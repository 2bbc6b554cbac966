"""What readers report as wrong, from the form to the decision and the letter about it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from articles import corrections
from articles.acts import ActRefused, WrongState, may
from articles.jobs import send_report_letter
from articles.models import Article, Correction, ErrorReport, ReportState
from newsroom.text import clean_line, clean_text

if TYPE_CHECKING:
    from newsroom.models import User


class Decided(ActRefused):
    """A colleague was faster."""


def submit(
    *, article: Article, text: str, quote: str = "", name: str = "", email: str = "", reader_key: str = ""
) -> ErrorReport:
    """A new ticket on the desk; the same words by the same reader within a day are the first one again."""
    said, since = clean_text(text)[:2000], timezone.now() - timedelta(days=1)
    known = ErrorReport.objects.filter(article=article, reader_key=reader_key, text=said, created_at__gte=since)
    if reader_key and (found := known.first()):
        return found
    return ErrorReport.objects.create(
        article=article,
        text=said,
        quote=clean_text(quote)[:1000],
        name=clean_line(name)[:80],
        email=email,
        reader_key=reader_key,
    )


@transaction.atomic
def accept(*, report: ErrorReport, kind: str, text: str, by: User | None) -> Correction:
    """The article carries a correction, the report is accepted, its writer gets a letter. Raises Decided and what
    articles.corrections.publish raises."""
    _claim(report, by)
    correction = corrections.publish(article=report.article, kind=kind, text=text, by=by)
    _decide(report, ReportState.ACCEPTED, by=by, correction=correction)
    return correction


@transaction.atomic
def dismiss(*, report: ErrorReport, by: User | None, note: str = "", tell: bool = True) -> None:
    """The report is dismissed, with a note for colleagues; its writer gets a letter if ``tell``. Raises Decided."""
    _claim(report, by)
    _decide(report, ReportState.DISMISSED, by=by, note=clean_line(note)[:500], tell=tell)


def write_letter(*, report: ErrorReport, by: User | None) -> None:
    """The letter about a decided report is on its way, unless it went before. Raises WrongState without a decision."""
    may(by, corrections.PERMISSION, report.article)
    if report.state == ReportState.OPEN or not report.email:
        raise WrongState(_("There is nothing to write yet."))
    ErrorReport.objects.filter(pk=report.pk).update(is_letter_due=True)
    send_report_letter.enqueue(report.pk)


def send_unsent() -> int:
    """The letters that a crash or a refusing mail server left unsent have been tried again; how many went out.

    Raises OSError after the last if the mail server refused one; the next run tries again.
    """
    due = ErrorReport.objects.filter(is_letter_due=True, mailed_at__isnull=True).exclude(state=ReportState.OPEN)
    sent, refused = 0, None
    for pk in list(due.order_by("pk").values_list("pk", flat=True)):
        try:
            send_report_letter.call(pk)
            sent += 1
        except OSError as error:
            refused = error
    if refused is not None:
        raise refused
    return sent


def suggested(report: ErrorReport) -> str:
    """How a correction may begin, in the article's language; empty if the reader quoted nothing."""
    if not report.quote:
        return ""
    with translation.override(report.article.language):
        return _("An earlier version of this article said: “%(quote)s”") % {"quote": report.quote}


def _claim(report: ErrorReport, by: User | None) -> None:
    may(by, corrections.PERMISSION, report.article)
    report.refresh_from_db(from_queryset=ErrorReport.objects.select_for_update(of=("self",)))
    if report.state != ReportState.OPEN:
        who = report.decided_by.display_name if report.decided_by else "–"
        raise Decided(
            _("%(who)s decided on this report meanwhile: %(state)s.")
            % {"who": who, "state": report.get_state_display().lower()}
        )


def _decide(
    report: ErrorReport,
    state: str,
    *,
    by: User | None,
    note: str = "",
    correction: Correction | None = None,
    tell: bool = True,
) -> None:
    report.state, report.decided_by, report.decided_at = state, by, timezone.now()
    report.note, report.correction = note, correction
    report.is_letter_due = bool(report.email and tell)
    report.save()
    if report.is_letter_due:
        transaction.on_commit(lambda: send_report_letter.enqueue(report.pk))
