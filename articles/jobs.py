"""Work that need not keep anybody waiting."""

from __future__ import annotations

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django_tasks import task

from articles.models import ErrorReport, ReportState
from newsroom.models import SiteIdentity


@task()
def send_report_letter(report_id: int) -> None:
    """Who reported an error knows what became of it. One letter, in the article's language, however often this runs."""
    with transaction.atomic():
        report = (
            ErrorReport.objects.select_for_update(of=("self",))
            .select_related("article__section", "correction")
            .filter(pk=report_id, mailed_at__isnull=True)
            .exclude(email="")
            .first()
        )
        if report is None or report.state == ReportState.OPEN:
            return
        report.mailed_at = timezone.now()
        report.save(update_fields=["mailed_at"])
        with translation.override(report.article.language):
            context = {
                "report": report,
                "article": report.article,
                "is_public": report.article.is_public(),
                "site": SiteIdentity.load(),
                "url": settings.SITE_URL,
            }
            body = render_to_string("articles/mail/error_report.txt", context)
            send_mail(
                _("Your report on “%(headline)s”") % {"headline": report.article.headline}, body, None, [report.email]
            )
