"""Work that need not keep anybody waiting."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django_tasks import task

from articles.models import ErrorReport, ReportState
from newsroom import mailing, visitors
from newsroom.models import SiteIdentity


@task()
def send_report_letter(report_id: int) -> None:
    """Who reported an error knows what became of it. One letter, in the article's language, however often this runs."""
    due = (
        ErrorReport.objects.filter(pk=report_id, mailed_at__isnull=True)
        .exclude(email="")
        .exclude(state=ReportState.OPEN)
    )
    if mailing.take(due):
        report = ErrorReport.objects.select_related("article__section", "correction").get(pk=report_id)
        mailing.send(_report_letter(report), taken=due)
        due.update(mailed_at=timezone.now())


def _report_letter(report: ErrorReport) -> EmailMessage:
    with translation.override(report.article.language):
        context = {
            "report": report,
            "article": report.article,
            "is_public": report.article.is_public(),
            "site": SiteIdentity.load(),
            "url": settings.SITE_URL,
        }
        body = render_to_string("articles/mail/error_report.txt", context)
        subject = _("Your report on “%(headline)s”") % {"headline": report.article.headline}
    mark = visitors.hashed("articles.report-letter", str(report.pk))[:24]
    headers = {"Message-ID": f"<report-{mark}@{urlsplit(settings.SITE_URL).hostname}>"}
    return EmailMessage(subject, body, None, [report.email], headers=headers)
