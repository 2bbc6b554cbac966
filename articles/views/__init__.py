"""The pages readers see."""

from articles.views.article import detail
from articles.views.corrections import corrections, report_error
from articles.views.lists import author, home, section, topic

__all__ = ["author", "corrections", "detail", "home", "report_error", "section", "topic"]
