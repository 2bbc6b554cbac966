"""Short words for the tests of live coverage."""

from datetime import timedelta

from django.utils import timezone

from articles import coverage
from articles.coverage import EntryContent
from articles.models import LiveEntry
from tests.articles.stories import live


def covered(**given):
    """A published article whose live coverage runs."""
    article = live(**given)
    coverage.start_coverage(article=article, by=None)
    return article


def said(body="<p>The gates are open.</p>", **given):
    return EntryContent(body=body, **given)


def posted(article, body="<p>The gates are open.</p>", *, by=None, minutes_ago=None, **given):
    """A post that readers see; ``minutes_ago`` sets the time shown."""
    if minutes_ago is not None:
        given["at"] = timezone.now() - timedelta(minutes=minutes_ago)
    return coverage.post(article=article, content=said(body, **given), by=by)


def published_earlier(entry, **ago):
    """The post has been out for a while."""
    LiveEntry.objects.filter(pk=entry.pk).update(published_at=timezone.now() - timedelta(**ago))
    entry.refresh_from_db()
    return entry


def poll(client, article, since=None, **headers):
    return client.get(f"/live-posts/{article.pk}/", {} if since is None else {"since": since}, headers=headers)
