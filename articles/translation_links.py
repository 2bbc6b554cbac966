"""Which article is a translation of which: follows what articles say of themselves. Called by articles.content.apply."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils import timezone

from articles.models import Article, Revision, Status, Translation


def original_of(pk: int | None, article: Article) -> int | None:
    """On what a translation of article ``pk`` hangs: it, or its own original; None if it is gone or ``article`` itself."""
    if pk is None:
        return None
    found = Article.objects.filter(pk=pk).values_list("translation_of_id", flat=True).first()
    if found is None and not Article.objects.filter(pk=pk).exists():
        return None
    original = found or pk
    return None if original == article.pk else original


def shown_revision(article: Article) -> Revision | None:
    """The version that translations follow: the public one of a live article, else the newest."""
    return article.live_revision if article.status == Status.LIVE else article.latest_revision


def keep(article: Article) -> None:
    """The Translation of ``article`` is what its saved row says: none in the original's own language, and none while
    another article is the translation in that language. Call inside a transaction."""
    row, original = Translation.objects.filter(article=article).first(), article.translation_of
    if row and original and (row.original_id, row.language) == (original.pk, article.language):
        return
    if row:
        row.delete()
    if original is not None and original.language != article.language:
        _claim(article, original)


def _claim(article: Article, original: Article) -> None:
    """``article`` is the translation in its language unless another is; one that was killed makes room."""
    same = Translation.objects.filter(original=original, language=article.language)
    same.filter(article__status=Status.KILLED).delete()
    if same.exists():
        return
    try:
        with transaction.atomic():
            Translation.objects.create(
                article=article,
                original=original,
                language=article.language,
                seen_revision=shown_revision(original),
                seen_at=timezone.now(),
            )
    except IntegrityError:
        return  # somebody else's came in this very moment
