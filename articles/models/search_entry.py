"""The search index as the ORM sees it: an FTS5 table on SQLite, a tsvector with GIN on PostgreSQL."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models.expressions import Col
from django.db.models.lookups import Lookup
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper
    from django.db.models.sql.compiler import SQLCompiler

TABLE = "articles_search"
# Text search configurations of PostgreSQL, made by the migration: stemming without stop words.
CONFIGURATIONS = {"en": "newsroom_en", "es": "newsroom_es", "ar": "newsroom_ar"}
OTHER = "simple"


class DocumentField(models.TextField[str, str]):
    """The words of one article. Written by articles.search.writing only, never read."""


class SearchEntry(models.Model):
    """The words of one live article. The table is made by migration 0002 and filled by articles.search."""

    article = models.OneToOneField(
        "articles.Article",
        primary_key=True,
        db_column="rowid",
        on_delete=models.DO_NOTHING,
        related_name="search_entry",
        db_constraint=False,
    )
    document = DocumentField()

    class Meta:
        managed = False
        db_table = TABLE
        verbose_name = _("search entry")
        verbose_name_plural = _("search entries")

    def __str__(self) -> str:
        return f"{self.pk}"


@DocumentField.register_lookup
class Matches(Lookup[Any]):
    """``document__matches=query``: the rows that hold what the articles.search.query.Query asks for."""

    lookup_name = "matches"
    prepare_rhs = False

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, list[Any]]:
        alias = connection.ops.quote_name(_alias(self.lhs))
        return f"{alias}.{connection.ops.quote_name(TABLE)} MATCH %s", [self.rhs.for_fts5()]

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, list[Any]]:
        alias = connection.ops.quote_name(_alias(self.lhs))
        text = self.rhs.for_websearch()
        arms, params = [], []
        for language, configuration in CONFIGURATIONS.items():
            arms.append(f"({alias}.language = %s AND {alias}.document @@ websearch_to_tsquery(%s, %s))")
            params += [language, configuration, text]
        arms.append(f"({alias}.language = '' AND {alias}.document @@ websearch_to_tsquery(%s, %s))")
        return f"({' OR '.join(arms)})", [*params, OTHER, text]

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, tuple[Any, ...]]:
        raise NotImplementedError(f"There is no search on {connection.vendor}.")


class Relevance(models.Func):
    """How well the row of ``document`` matches ``query``, smaller is better; a word in the headline weighs ten times one in the body."""

    output_field = models.FloatField()

    def __init__(self, document: str, query: Any) -> None:
        super().__init__(models.F(document))
        self.query = query

    def as_sqlite(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **_: Any
    ) -> tuple[str, tuple[Any, ...]]:
        alias = connection.ops.quote_name(_alias(self.source_expressions[0]))
        return f"bm25({alias}.{connection.ops.quote_name(TABLE)}, 10.0, 4.0, 1.0)", ()

    def as_postgresql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **_: Any
    ) -> tuple[str, tuple[Any, ...]]:
        alias = connection.ops.quote_name(_alias(self.source_expressions[0]))
        configurations = [*CONFIGURATIONS.values(), OTHER]
        queries = " || ".join("websearch_to_tsquery(%s, %s)" for _name in configurations)
        params = tuple(part for name in configurations for part in (name, self.query.for_websearch()))
        return f"-ts_rank('{{0.1, 0.2, 0.4, 1.0}}', {alias}.document, {queries}, 1)", params


def _alias(column: Any) -> str:
    """The name under which the statement knows the table of ``column``."""
    assert isinstance(column, Col)  # noqa: S101  # the ORM resolves a field's name to nothing else
    return str(column.alias)
