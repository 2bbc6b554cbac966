"""Search over what is public: one interface, kept by FTS5 on SQLite and by full text search on PostgreSQL.

``index`` and ``remove`` keep the index, ``find`` asks it.
"""

from articles.search.finding import Filters, Hit, Option, Order, Results, find
from articles.search.writing import index, remove

__all__ = ["Filters", "Hit", "Option", "Order", "Results", "find", "index", "remove"]
