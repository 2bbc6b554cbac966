"""Takes one demo story through the acts of articles.publishing, and dates them back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from django.db import transaction

from articles import locking, publishing
from articles.content import Content, SlideContent
from articles.demo.stories import Story
from articles.models import Article, Byline, Section, Translation
from newsroom.demo.context import Context
from newsroom.models import User

MARK = "Demo: "  # begins the first revision's note, by which the demo knows its own
WRITING = timedelta(hours=5)  # between the first draft and publication, unless the file says otherwise
_GIVEN: tuple[str, ...] = ("headline", "short_headline", "label", "genre", "stage", "standfirst", "dateline", "source")
_REVIEWED = {"approved", "live", "withdrawn", "killed"}


@transaction.atomic
def bring_to_life(
    story: Story, *, context: Context, sections: dict[str, Section], bylines: dict[str, Byline]
) -> Article:
    """A new article with the content and in the state of ``story``, its history in the past."""
    content = _content(story, context=context, sections=sections, bylines=bylines)
    author = _author(story, context=context, bylines=bylines)
    early = replace(content, standfirst=story.facts.get("first_standfirst", content.standfirst))
    article = publishing.create(content=early, by=author, note=f"{MARK}{story.key}")
    _advance(story, article, author=author, context=context)
    if "updated" in story.facts:
        publishing.save(article=article, content=content, by=author, base=1, note="Settled after the night's vote")
        publishing.update(article=article, by=context.users["irene"])
    if "locked" in story.facts:
        locking.lock(article=article, by=context.users["irene"], note=story.facts["locked"])
    _date_back(story, article, context=context)
    if "translates_version" in story.facts:
        _left_behind(article, story.facts["translates_version"])
    article.refresh_from_db()
    return article


def _content(story: Story, *, context: Context, sections: dict[str, Section], bylines: dict[str, Byline]) -> Content:
    facts = story.facts
    section = sections[facts["section"]]
    given = {name: facts[name] for name in _GIVEN if name in facts}
    if "comments" in facts:
        given["comment_mode"] = facts["comments"]
    return Content(
        **given,
        body=story.resolved_body(lambda kind, name: resolve(kind, name, context=context)),
        section_id=section.pk,
        language=section.language,
        translation_of_id=context.articles[facts["translation_of"]].pk if "translation_of" in facts else None,
        byline_ids=[bylines[slug].pk for slug in facts.get("bylines", [])],
        tags=list(facts.get("topics", [])),
        slides=[
            SlideContent(context.photos[slide["photo"]].pk, slide.get("caption", ""), slide.get("alt", ""))
            for slide in facts.get("slides", [])
        ],
    )


def resolve(kind: str, name: str, *, context: Context) -> str:
    """What stands in a body for a photo or an article of the demo: its number, or the article's address."""
    if kind == "photo":
        return str(context.photos[name].pk)
    article: Article = context.articles[name]
    return article.get_absolute_url() if kind == "link" else str(article.pk)


def _author(story: Story, *, context: Context, bylines: dict[str, Byline]) -> User:
    """Whoever the file names, else the first author with an account and the right to write, else the agency desk."""
    if "by" in story.facts:
        return context.users[story.facts["by"]]
    users = [bylines[slug].user for slug in story.facts.get("bylines", [])]
    return next((user for user in users if user is not None), context.users["beatriz"])


def _advance(story: Story, article: Article, *, author: User, context: Context) -> None:
    """The article goes the way of its kind, each act done by somebody whose role allows it."""
    editor, publisher = context.users["irene"], context.users["helga"]
    state, note = story.state, story.facts.get("note", "")
    if state == "trash":
        publishing.trash(article=article, by=editor, note=note)
        return
    if state == "draft":
        return
    publishing.submit(article=article, by=author, note=note if state == "in_review" else "")
    if state == "changes_wanted":
        publishing.ask_changes(article=article, by=editor, note=note)
    if state in _REVIEWED:
        publishing.approve(article=article, by=editor, note=note if state == "approved" else "")
    if state in _REVIEWED - {"approved"}:
        _publish(story, article, by=editor, context=context)
    if state == "withdrawn":
        publishing.withdraw(article=article, by=editor, note=note)
    if state == "killed":
        publishing.ask_kill(article=article, by=publisher, note=note)
        publishing.kill(article=article, by=context.users["ada"])


def _publish(story: Story, article: Article, *, by: User, context: Context) -> None:
    embargo, expiry = (
        context.moment(story.facts[name]) if name in story.facts else None for name in ("embargo", "expires")
    )
    publishing.set_times(article=article, by=by, embargo_until=embargo, expires_at=expiry)
    publishing.publish(article=article, by=by, at=context.moment(story.facts["published"]))


# --- The past -----------------------------------------------------------------------------------------------------


def _date_back(story: Story, article: Article, *, context: Context) -> None:
    """Acts and revisions lie where the story's offsets put them. Only the demo rewrites the past."""
    acts = list(article.acts.order_by("pk"))
    times = dict(zip((act.act for act in acts), _times(story, [act.act for act in acts], context=context), strict=True))
    for act in acts:
        type(act).objects.filter(pk=act.pk).update(at=times[act.act])
    begun, changed = times["create"], times.get("update", times["create"])
    article.revisions.filter(number=1).update(created_at=begun)
    article.revisions.exclude(number=1).update(created_at=changed)
    since = max(time for name, time in times.items() if name != "update")
    Article.objects.filter(pk=article.pk).update(created_at=begun, edited_at=changed, status_since=since)
    if "update" in times:
        Article.objects.filter(pk=article.pk).update(updated_at=changed)


def _left_behind(article: Article, number: int) -> None:
    """The translation says what version ``number`` of its original said, which was updated since."""
    row = Translation.objects.get(article=article)
    act = row.original.acts.filter(act="update").latest("at")
    row.seen_revision, row.seen_by = row.original.revisions.get(number=number), article.created_by
    row.stale_act, row.stale_since = act, act.at
    row.save()


def _times(story: Story, acts: list[str], *, context: Context) -> Iterator[datetime]:
    """When each of ``acts`` happened: as the file says, else spread between the beginning and the end."""
    at = {name: context.moment(value) for name, value in story.facts.items() if name in _OFFSETS}
    end = min(at.get("published", context.now), context.now)
    begun = at.get("created", end - WRITING)
    given = {
        "create": begun,
        "publish": end,
        "update": at.get("updated", end),
        "submit": at.get("submitted", begun + (end - begun) * 0.5),
    }
    decided = at.get("decided", context.now)
    for act in acts:
        before_publication = act == "approve" and "publish" in acts
        yield begun + (end - begun) * 0.8 if before_publication or act == "times" else given.get(act, decided)


_OFFSETS = frozenset({"created", "submitted", "decided", "published", "updated"})
