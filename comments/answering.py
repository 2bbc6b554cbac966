"""Who answers where readers ask: the people named for the article, and administrators; any staff where nobody is named."""

from __future__ import annotations

from articles.models import Article
from comments.models import Answerer
from newsroom.models import User

ADMINISTER = "comments.change_commentrules"


def named(article_id: int) -> list[User]:
    """The people who answer under the article, in the order in which they were named. One query."""
    rows = Answerer.objects.filter(article=article_id).select_related("person").order_by("pk")
    return [row.person for row in rows]


def sentence_names(article: Article) -> str:
    """The names for readers: "Marisol Ibarra, Irene Vasco"; empty where nobody is named. One query."""
    return ", ".join(person.display_name for person in named(article.pk))


def may_answer(person: User, article_id: int) -> bool:
    """Whether ``person`` answers questions under the article. One query, and one for their rights if others are named."""
    if not person.is_staff:
        return False
    people = named(article_id)
    return not people or person in people or person.has_perm(ADMINISTER)
