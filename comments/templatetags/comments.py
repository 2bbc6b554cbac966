"""Tags for pages that show comments."""

from __future__ import annotations

from typing import Any

from django import template
from django.template.context import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from articles.models import Article
from comments import reasons
from comments.answering import sentence_names
from comments.feed import comment_data
from comments.models import Comment
from comments.modes import closed_sentence, mode_for, reads_first
from comments.phase_names import PHASE_NAMES
from comments.places import orders_of
from comments.submission import needs_sign_in
from comments.text import as_html
from comments.threads import Node, page_of
from newsroom.choices import CommentMode
from newsroom.frame import current, for_request
from newsroom.languages import edition_address

register = template.Library()


@register.inclusion_tag("comments/_section.html", takes_context=True)
def comment_section(context: Context, article: Article, muted: frozenset[int] | None = None) -> dict[str, Any]:
    """The comments of ``article`` with their head and the way to write one. One query, none while it has no comments, two with
    a long thread, and one where readers ask.

    Reads ``bylines`` of the page to mark its authors' comments. Nothing in it depends on the visitor, unless the page is
    one reader's own: then ``muted`` are the accounts whose words are not in it.
    """
    request = context.get("request")
    frame = for_request(request) if request is not None else current()
    mode = mode_for(article, frame.site, sections=frame.sections)
    if mode == CommentMode.OFF:
        return {"is_off": True}
    authors = {byline.user_id for byline in context.get("bylines") or () if byline.user_id}
    asked = request.GET.get("comments", "") if request is not None else ""
    is_questions = mode == CommentMode.QUESTIONS
    page = page_of(article, asked, byline_user_ids=authors) if article.comment_count or asked else None
    if page is not None and muted:
        page.mute(muted)
    return {
        "article": article,
        "is_personal": muted is not None,
        "orders": orders_of(article),
        "takes_replies": mode != CommentMode.CLOSED and not is_questions,
        "page": page,
        "closed": closed_sentence(frame.site) if mode == CommentMode.CLOSED else "",
        "is_moderated": reads_first(mode),
        "is_questions": is_questions,
        "answered_by": sentence_names(article) if is_questions else "",
        "needs_sign_in": needs_sign_in(mode, frame.site),
        "rules_link": format_html('href="{}"', edition_address("comment_rules:rules", frame.site)),
    }


@register.inclusion_tag("comments/_count.html")
def comment_count(article: Article) -> dict[str, Any]:
    """The number of comments in words. No query."""
    return {"count": article.comment_count}


@register.simple_tag
def comment_json_ld(article: Article, threads: list[Node]) -> SafeString:
    """The first comments as JSON-LD. No query."""
    data = comment_data(article, threads)
    # JSON whose <, >, & and line separators are escaped cannot leave the element it stands in.
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(data)) if data else SafeString("")


@register.filter
def comment_text(body: str) -> SafeString:
    """A comment's text as HTML."""
    return as_html(body)


@register.simple_tag(takes_context=True)
def rejection_sentence(context: Context, comment: Comment) -> str:
    """Why ``comment`` was rejected, as its author reads it. Its article comes loaded. One query at most."""
    request = context.get("request") or getattr(context, "request", None)
    return reasons.sentence(comment, shown=for_request(request) if request is not None else None)


@register.filter
def phase_name(phase: str) -> str:
    """The rule that decided, in words; empty where no rule did."""
    return str(PHASE_NAMES.get(phase, ""))
