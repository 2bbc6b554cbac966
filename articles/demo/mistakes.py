"""Puts the demo's corrections and readers' reports in, and dates them back."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from django.db import transaction

from articles import corrections, error_reports
from articles.models import Article, Correction, ErrorReport
from newsroom.demo.context import Context

FILE = Path(__file__).parent / "corrections.toml"


@transaction.atomic
def load(context: Context) -> None:
    """The articles carry their corrections, the desk has its reports. Those that have any already stay as they are."""
    said = tomllib.loads(FILE.read_text(encoding="utf-8"))
    corrected = set(Correction.objects.values_list("article_id", flat=True))
    reported = set(ErrorReport.objects.values_list("article_id", flat=True))
    for facts in said["corrections"]:
        if (article := context.articles[facts["article"]]).pk not in corrected:
            _correct(article, facts, context=context)
    for facts in said["reports"]:
        if (article := context.articles[facts["article"]]).pk not in reported:
            _report(article, facts, context=context)


def _correct(article: Article, facts: dict[str, Any], *, context: Context) -> None:
    at, kind = context.moment(facts["at"]), facts.get("kind", "correction")
    made = corrections.publish(article=article, kind=kind, text=facts["text"], by=context.users["irene"])
    Correction.objects.filter(pk=made.pk).update(published_at=at)
    Article.objects.filter(pk=article.pk).update(corrected_at=at, updated_at=at)
    article.acts.filter(act="correct").update(at=at)


def _report(article: Article, facts: dict[str, Any], *, context: Context) -> None:
    words = {name: facts.get(name, "") for name in ("text", "quote", "name", "email")}
    report = error_reports.submit(article=article, **words)
    if "decided" in facts:
        error_reports.dismiss(report=report, by=context.users["irene"], note=facts["note"])
        ErrorReport.objects.filter(pk=report.pk).update(decided_at=context.moment(facts["decided"]))
    ErrorReport.objects.filter(pk=report.pk).update(created_at=context.moment(facts["at"]))
