"""Keeps the index: one row for each live article, whether its hour has come or not (``find`` asks for public ones)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.db import connection, transaction
from django.db.models import Prefetch

from articles.body import plain_text
from articles.models import Article, LiveEntry, Status, TaggedArticle
from articles.models.search_entry import CONFIGURATIONS, OTHER, TABLE
from articles.search.query import for_porter, words

MAX_BODY = 200_000  # characters; PostgreSQL holds a megabyte of words and places
Row = tuple[int, str, str, str, str]


@transaction.atomic
def index(article_ids: Iterable[int]) -> int:
    """The index holds what these articles say now; those that are not live are gone from it. Returns how many it holds.

    Five queries and one for each live article.
    """
    ids = list(article_ids)
    posts = LiveEntry.objects.shown().newest_first()
    live = (
        Article.objects.select_for_update(of=("self",))
        .filter(pk__in=ids, status=Status.LIVE)
        .with_bylines()
        .prefetch_related(
            Prefetch("tagged", queryset=TaggedArticle.objects.select_related("tag")),
            Prefetch("live_entries", queryset=posts, to_attr="shown_posts"),
        )
    )
    rows = [_row(article) for article in live.order_by("pk")]
    remove(ids)
    with connection.cursor() as cursor:
        if rows:
            statement, values = _insert(rows)
            cursor.executemany(statement, values)
    return len(rows)


def remove(article_ids: Iterable[int]) -> None:
    """The index holds nothing of these articles."""
    ids = list(article_ids)
    if ids:
        marks = ", ".join(["%s"] * len(ids))
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {TABLE} WHERE rowid IN ({marks})", ids)  # noqa: S608  # only marks go in


def _row(article: Article) -> Row:
    people = " ".join(byline.name for byline in article.ordered_bylines)
    topics = " ".join(row.tag.name for row in article.tagged.all())
    return (
        article.pk,
        article.language,
        _folded(article.headline, article.short_headline),
        _folded(article.standfirst, article.label, people, topics),
        _folded(article.dateline, "\n".join(_texts(article))[:MAX_BODY]),
    )


def _texts(article: Article) -> Iterator[str]:
    """The words of the article and of its live coverage's posts, the newest first."""
    yield plain_text(article.body)
    for post in article.shown_posts:  # type: ignore[attr-defined]  # by the prefetch above
        yield f"{post.headline}\n{plain_text(post.body)}"


def _folded(*texts: str) -> str:
    return " ".join(words(" \n ".join(texts)))


def _insert(rows: list[Row]) -> tuple[str, list[tuple[int | str, ...]]]:
    """The statement for this database and its values. Raises NotImplementedError for one that has no search here."""
    if connection.vendor == "sqlite":
        return (
            f"INSERT INTO {TABLE} (rowid, headline, standfirst, body) VALUES (%s, %s, %s, %s)",  # noqa: S608  # a constant
            [(pk, *map(for_porter, texts)) for pk, _language, *texts in rows],
        )
    if connection.vendor == "postgresql":
        statement = (
            f"INSERT INTO {TABLE} (rowid, language, document) VALUES (%s, %s, setweight(to_tsvector(%s, %s), 'A')"  # noqa: S608
            " || setweight(to_tsvector(%s, %s), 'B') || setweight(to_tsvector(%s, %s), 'D'))"
            " ON CONFLICT (rowid) DO UPDATE SET language = excluded.language, document = excluded.document"
        )
        return statement, [_weighted(row) for row in rows]
    raise NotImplementedError(f"There is no search on {connection.vendor}.")


def _weighted(row: Row) -> tuple[int | str, ...]:
    pk, language, headline, standfirst, body = row
    name = CONFIGURATIONS.get(language, OTHER)
    return pk, language if language in CONFIGURATIONS else "", name, headline, name, standfirst, name, body
