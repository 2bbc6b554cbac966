"""The search index of comments as the ORM sees it: an FTS5 table on SQLite, a tsvector with GIN on PostgreSQL."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models.expressions import Col
from django.db.models.lookups import Lookup
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper
    from django.db.models.sql.compiler import SQLCompiler

TABLE = "comments_search"


class CommentDocumentField(models.TextField[str, str]):
    """The words of one comment. Written by comments.search only, never read."""


class CommentSearchEntry(models.Model):
    """The folded words of one comment and of the name it was written under. Made by a migration, filled by comments.search."""

    comment = models.OneToOneField(
        "comments.Comment",
        primary_key=True,
        db_column="rowid",
        on_delete=models.DO_NOTHING,
        related_name="search_entry",
        db_constraint=False,
    )
    document = CommentDocumentField()

    class Meta:
        managed = False
        db_table = TABLE
        verbose_name = _("search entry of a comment")
        verbose_name_plural = _("search entries of comments")

    def __str__(self) -> str:
        return f"{self.pk}"


@CommentDocumentField.register_lookup
class Matches(Lookup[Any]):
    """``document__matches=query``: the rows that hold what the articles.search.query.Query asks for."""

    lookup_name = "matches"
    prepare_rhs = False

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, list[Any]]:
        alias, table = compiler.quote_name_unless_alias(self._alias), connection.ops.quote_name(TABLE)
        return f"{alias}.{table} MATCH %s", [self.rhs.for_fts5()]

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, list[Any]]:
        alias = compiler.quote_name_unless_alias(self._alias)
        return f"{alias}.document @@ websearch_to_tsquery('simple', %s)", [self.rhs.for_websearch()]

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, tuple[Any, ...]]:
        raise NotImplementedError(f"There is no search on {connection.vendor}.")

    @property
    def _alias(self) -> str:
        """The name under which the statement knows the table."""
        assert isinstance(self.lhs, Col)  # noqa: S101  # the ORM resolves a field's name to nothing else
        return str(self.lhs.alias)
