"""The demo's live coverages, through the acts of articles.coverage, and dated back."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.db import transaction

from articles import coverage
from articles.coverage import EntryContent
from articles.demo.life import resolve
from articles.demo.stories import Story
from articles.models import Article, Byline, Coverage, LiveEntry
from newsroom.demo.context import Context

FILE = Path(__file__).parent / "coverages.toml"


def load(context: Context) -> None:
    """The coverages run with their posts; one that has begun already stays as it is."""
    for key, facts in tomllib.loads(FILE.read_text(encoding="utf-8")).items():
        article = context.articles[key]
        if not article.coverage_state:
            _run(article, facts, context)


@transaction.atomic
def _run(article: Article, facts: dict[str, Any], context: Context) -> None:
    coverage.start_coverage(article=article, by=context.users[facts["by"]])
    Coverage.objects.filter(article=article).update(started_at=context.moment(facts["began"]))
    for given in facts["posts"]:
        _post(article, given, context)
    last = LiveEntry.objects.filter(article=article).shown().newest_first()[0]
    Article.objects.filter(pk=article.pk).update(updated_at=last.at)


def _post(article: Article, given: dict[str, Any], context: Context) -> None:
    by, at = context.users[given["by"]], context.moment(given["at"])
    byline = Byline.objects.filter(name=by.name).first()
    body = Story("", {}, given["body"]).resolved_body(lambda kind, name: resolve(kind, name, context=context))
    content = EntryContent(
        headline=given.get("headline", ""),
        body=body,
        byline_id=byline.pk if byline else None,
        photo_id=context.photos[given["photo"]].pk if "photo" in given else None,
        at=at,
    )
    write = coverage.keep_draft if given.get("is_draft") else coverage.post
    entry = write(article=article, content=content, by=by)
    if given.get("is_key"):
        coverage.mark_key(entry=entry, by=by)
    if given.get("is_pinned"):
        coverage.pin(entry=entry, by=by)
    dates = {"created_at": at} if given.get("is_draft") else {"created_at": at, "published_at": at}
    if "edited" in given:
        changed = replace(content, body=given["edited"])
        coverage.edit(entry=entry, content=changed, by=by, base=1)
        dates["edited_at"] = at + timedelta(minutes=14)
    LiveEntry.objects.filter(pk=entry.pk).update(**dates)
