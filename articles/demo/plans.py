"""Puts the demo's assignments and notes in."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from django.db import transaction

from articles import assignments, notes, revisions
from articles.models import Article, Assignment, Note, Section
from newsroom.demo.context import Context

FILE = Path(__file__).parent / "plans.toml"


@transaction.atomic
def load(context: Context) -> None:
    """The desk has assignments and a talk; where there are any already, nothing is added."""
    said = tomllib.loads(FILE.read_text(encoding="utf-8"))
    if not Assignment.objects.exists():
        for facts in said["assignments"]:
            _assign(facts, context=context)
    if not Note.objects.exists():
        for facts in said["notes"]:
            _say(facts, context=context)


def _assign(facts: dict[str, Any], *, context: Context) -> None:
    by = context.users[facts["by"]]
    section = Section.objects.filter(path=f"{facts['section']}/").first()
    values = {
        "title": facts["title"],
        "description": facts.get("description", ""),
        "section_id": section.pk if section else None,
        "due_at": context.moment(facts["due"]) if "due" in facts else None,
        "length_words": facts.get("words"),
        "wants_photo": "photo" in facts,
        "photo_note": facts.get("photo", ""),
    }
    made = assignments.suggest(by=by, values=values)
    if "for" in facts:
        assignments.assign(assignment=made, by=by, assignee=context.users[facts["for"]])


def _say(facts: dict[str, Any], *, context: Context) -> None:
    article = Article.objects.filter(status=facts["state"]).order_by("pk").first()
    if article is None:
        return
    text, block = notes.paragraphs(revisions.latest_content(article)), facts.get("block")
    quote = text[block] if block is not None and block < len(text) else ""
    by = context.users[facts["by"]]
    note = notes.write(article=article, by=by, body=facts["text"], block=block, quote=quote)
    if "answer" in facts:
        notes.write(article=article, by=context.users[facts["answer_by"]], body=facts["answer"], parent=note)
