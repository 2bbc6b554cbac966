"""The pages readers see."""

from articles.views.article import detail
from articles.views.lists import author, home, section, topic

__all__ = ["author", "detail", "home", "section", "topic"]
