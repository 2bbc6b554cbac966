"""What the outside is told of articles: published, updated, withdrawn, killed, expired, hidden or shown with a section.
Queued in the act's transaction.

Nothing is told of an article that readers never saw, and nothing before its minute: what is told is read from the
public row when it is sent.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.dispatch import receiver
from django.urls import reverse
from django.utils import timezone

from articles.archive import was_ever_public
from articles.models import Article, Coverage, EditorialAct, Section, Status
from articles.querysets import public_but_for_its_section
from articles.signals import act_done, posts_changed, sections_turned
from newsroom import outside
from newsroom.models import Delivery, Event, SiteIdentity

PLANNING = {"publish", "times", "break_embargo", "reschedule"}
CORRECTING = {"correct", "amend_correction", "withdraw_correction"}
CHANGING = {"update", "minor_update", "start_coverage", "end_coverage", *CORRECTING}
OF_SECTIONS = (Event.HIDDEN.value, Event.SHOWN.value)
MOST_STORIES = 1000  # of a section that was hidden or shown; the newest are named
AHEAD = (Event.PUBLISHED.value, Event.EXPIRED.value)
OF_PUBLIC = (*AHEAD, Event.UPDATED.value)


@receiver(act_done, dispatch_uid="outside-of-articles")
def _on_act(sender: Any, act: EditorialAct, article: Article, **_kwargs: Any) -> None:
    """What the act means for the outside is queued, or taken off the queue."""
    if act.act in PLANNING and article.status == Status.LIVE:
        _plan(article, act.at)
    elif act.act in CHANGING and article.is_public():
        _queue(Event.UPDATED, article, act, timezone.now())
    elif act.act == "unschedule":
        outside.drop(article.pk, AHEAD)
    elif act.act in {"withdraw", "ask_kill"} and act.from_status == Status.LIVE:
        _taken(Event.WITHDRAWN, article, act)
    elif act.act == "kill":
        _taken(Event.KILLED, article, act)


@receiver(posts_changed, dispatch_uid="outside-of-posts")
def _on_post(sender: Any, coverage: Coverage, **_kwargs: Any) -> None:
    """A post that readers see is an update of its article."""
    if coverage.article.is_public():
        key = f"posts-{coverage.article_id}-{coverage.version}"
        outside.queue(Event.UPDATED, key=key, subject=coverage.article_id, at=timezone.now())


@receiver(sections_turned, dispatch_uid="outside-of-sections")
def _on_section(sender: Any, section: Section, shown: set[int], hidden: set[int], **_kwargs: Any) -> None:
    """A section that readers see from now on, or no longer, is told in one word for all its stories."""
    now = timezone.now()
    for event, ids in ((Event.HIDDEN, hidden), (Event.SHOWN, shown)):
        if ids:
            about = {"section": section.pk, "sections": sorted(ids)}
            outside.queue(
                event, key=f"{event.value}-{section.pk}-{now:%y%m%d%H%M%S%f}", subject=None, at=now, about=about
            )


def _plan(article: Article, now: datetime) -> None:
    """The live ``article`` is told of when it becomes public, and when it expires."""
    opening = article.acts.filter(act="publish").order_by("-pk").first()
    if opening is None or article.published_at is None:  # imports that came past the acts
        return
    at = max(moment for moment in (article.published_at, article.embargo_until, opening.at) if moment)
    outside.queue(Event.PUBLISHED, key=f"published-{opening.pk}", subject=article.pk, at=at)
    if article.expires_at is None or article.expires_at > now:
        outside.drop(article.pk, (Event.EXPIRED.value,))
    if article.expires_at is not None:
        stamp = int(article.expires_at.timestamp())
        about = _about(article)
        outside.queue(
            Event.EXPIRED, key=f"expired-{opening.pk}-{stamp}", subject=article.pk, at=article.expires_at, about=about
        )


def _taken(event: Event, article: Article, act: EditorialAct) -> None:
    """Readers lost ``article``; told only if they ever had it."""
    outside.drop(article.pk, OF_PUBLIC)
    if was_ever_public(article.pk, timezone.now()):
        _queue(event, article, act, timezone.now())


def _queue(event: Event, article: Article, act: EditorialAct, at: datetime) -> None:
    outside.queue(event, key=f"{event.value}-{act.pk}", subject=article.pk, at=at, about=_about(article))


def _about(article: Article) -> dict[str, Any]:
    """What is kept of an article that may be gone or moved when it is told."""
    return {"url": f"{settings.SITE_URL}{article.get_absolute_url()}", "feeds": _feeds(article)}


def describe(row: Delivery) -> outside.Described | None:
    """What ``row`` tells of its article or section now; None if it is not so. Six queries at most."""
    if row.event in OF_SECTIONS:
        return _of_section(row)
    article = Article.objects.select_related("section").filter(pk=row.subject or 0).first()
    if article is None:
        return None
    if row.event in {Event.PUBLISHED, Event.UPDATED}:
        return _of_public(article) if article.is_public() else None
    if article.is_public() or (row.event == Event.KILLED) != (article.status == Status.KILLED):
        return None
    if row.event == Event.EXPIRED and not was_ever_public(article.pk, timezone.now()):
        return None
    payload: dict[str, Any] = {"article": {"id": article.pk, "url": row.about["url"]}}
    if row.event == Event.KILLED:
        payload["article"]["sentence"] = article.kill_note
    return {"urls": [row.about["url"]], "feeds": row.about["feeds"], "payload": payload}


def _of_section(row: Delivery) -> outside.Described | None:
    """The section and its stories, those that would be public if it is."""
    is_shown = row.event == Event.SHOWN
    section = Section.objects.filter(pk=row.about["section"]).first()
    if section is None or section.is_public != is_shown:
        return None
    stories = Article.objects.filter(public_but_for_its_section(), section__in=row.about["sections"])
    found = stories.newest_first().select_related("section").defer("body")[:MOST_STORIES]
    urls = [settings.SITE_URL + page.get_absolute_url() for page in (section, *found)]
    paths = [*_site_feeds(section.language), *_section_feeds(section.path if is_shown else _above(section))]
    said = {"id": section.pk, "url": urls[0], "articles": urls[1:]}
    return {"urls": urls, "feeds": [settings.SITE_URL + path for path in paths], "payload": {"section": said}}


def _above(section: Section) -> str:
    """The path of the section above, whose feed stays; empty at the top."""
    return section.path.rstrip("/").rpartition("/")[0]


def _of_public(article: Article) -> outside.Described:
    url = f"{settings.SITE_URL}{article.get_absolute_url()}"
    said = {
        "id": article.pk,
        "url": url,
        "headline": article.headline,
        "standfirst": article.standfirst,
        "language": article.language,
        "section": article.section.path if article.section else None,
        "published_at": _time(article.published_at),
        "updated_at": _time(article.updated_at),
    }
    return {"urls": [url], "feeds": _feeds(article), "payload": {"article": said}}


def _feeds(article: Article) -> list[str]:
    """The addresses of every feed in which the article stands or stood. Four queries."""
    paths = [reverse("feeds:corrections"), *_site_feeds(article.language)]
    paths += _section_feeds(article.section.path) if article.section else []
    paths += [reverse("feeds:topic", args=[slug]) for slug in article.tags.slugs()]
    paths += [reverse("feeds:author", args=[byline.slug]) for byline in article.ordered_bylines]
    return [settings.SITE_URL + path for path in paths]


def _site_feeds(language: str) -> list[str]:
    found = [reverse("feeds:site")]
    if language in SiteIdentity.load().languages:
        found.append(reverse("feeds:language", args=[language]))
    return found


def _section_feeds(path: str) -> list[str]:
    """Of the section with this path and of those above it."""
    parts = [part for part in path.split("/") if part]
    return [reverse("feeds:section", args=["/".join(parts[: n + 1])]) for n in range(len(parts))]


def _time(moment: datetime | None) -> str | None:
    return moment.isoformat(timespec="seconds") if moment else None


def register() -> None:
    """The newsroom asks here what to tell."""
    outside.describe_with(describe)
