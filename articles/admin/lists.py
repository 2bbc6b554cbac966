"""The list of articles: its columns, filters and search. A fixed number of queries, whatever the number of rows."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Case, Q, When
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import presence, trash
from articles.models import Article, Genre, Section, Status
from newsroom import charts

MOST_WORDS = 8  # of a search; more narrow nothing down and cost a condition each


class StateFilter(admin.SimpleListFilter):
    """By state, "scheduled" told apart from "published"."""

    title = gettext_lazy("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [
            ("mine", _("My drafts")),
            ("scheduled", _("Scheduled")),
            ("locked", _("Locked")),
            ("stale", _("Translation out of date")),
            *Status.choices,
        ]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        value, now = self.value(), timezone.now()
        if value == "mine":
            return queryset.filter(created_by=request.user, status__in=[Status.DRAFT, Status.CHANGES_WANTED])
        if value == "scheduled":
            return queryset.filter(status=Status.LIVE, published_at__gt=now)
        if value == "locked":
            return queryset.filter(locked_at__isnull=False)
        if value == "stale":
            return queryset.filter(as_translation__stale_since__isnull=False)
        if value == Status.LIVE:
            return queryset.filter(status=value, published_at__lte=now)
        return queryset.filter(status=value) if value in Status.values else queryset


class PublishedFilter(admin.SimpleListFilter):
    """By when it came out, counted in days of the site's zone."""

    title = gettext_lazy("published")
    parameter_name = "published"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("1", _("Today")), ("7", _("In 7 days")), ("14", _("In 14 days"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        if self.value() not in {"1", "7", "14"}:
            return queryset
        since = charts.begins(charts.last_days(number=int(self.value() or 1))[0])
        return queryset.filter(status=Status.LIVE, published_at__gte=since, published_at__lte=timezone.now())


class SectionFilter(admin.SimpleListFilter):
    """By section, with what lies beneath."""

    title = gettext_lazy("section")
    parameter_name = "section"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(str(s.pk), "\u00a0\u00a0" * s.depth + s.name) for s in Section.objects.order_by("path")]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        value = self.value() or ""
        is_number = value.isascii() and value.isdigit() and len(value) < 19
        section = Section.objects.filter(pk=int(value)).first() if is_number else None
        return queryset.in_section(section) if section else queryset


def _trash_note(article: Any) -> str:
    if article.has_been_live:
        return _("was published: stays here")
    day = date_format(timezone.localtime(trash.purge_at(article)), "j M Y")
    return _("deleted for good on %(day)s") % {"day": day}


class ArticleList(admin.ModelAdmin[Any]):
    """The columns and the search of ArticleAdmin."""

    list_display = ("headline_link", "state", "place", "authors", "edited", "words")
    list_display_links = ("headline_link",)
    list_filter = (StateFilter, PublishedFilter, SectionFilter, "genre", "language")
    list_select_related = ("section", "latest_revision__author", "as_translation")
    list_per_page = 30
    search_fields = ("headline",)  # get_search_results says how
    search_help_text = gettext_lazy("Headline, number or author")
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    ordering = ("-edited_at", "-pk")
    actions = None

    def get_queryset(self, request: HttpRequest) -> Any:
        """With the authors, without the texts, which no list shows."""
        articles: Any = super().get_queryset(request)
        return (
            articles.visible_to(request.user)
            .with_bylines()
            .prefetch_related(presence.for_list(request.user))
            .annotate(has_been_live=Case(When(Q(status=Status.TRASH) & trash.was_live(), then=True), default=False))
            .defer("body", "latest_revision__content")
        )

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        """By number, else by every word in the headline or an author's name."""
        term = search_term.replace("\x00", "")[:200]
        if term.isascii() and term.isdigit() and len(term) < 19:
            return queryset.filter(Q(pk=int(term)) | Q(headline__icontains=term)), False
        for word in term.split()[:MOST_WORDS]:
            by_author = Article.objects.filter(article_bylines__byline__name__icontains=word).values("pk")
            queryset = queryset.filter(Q(headline__icontains=word) | Q(pk__in=by_author))
        return queryset, False

    @admin.display(description=gettext_lazy("headline"), ordering="headline")
    def headline_link(self, article: Article) -> SafeString:
        return format_html('<span dir="auto">{}</span>', str(article))

    @admin.display(description=gettext_lazy("state"), ordering="status")
    def state(self, article: Article) -> SafeString:
        mark = "scheduled" if article.is_scheduled else article.status
        waits = article.status == Status.LIVE and article.has_unpublished_changes
        notes = [_("newer version waits")] if waits else []
        notes += [_("Locked")] if article.is_locked else []
        who = ", ".join(dict.fromkeys(one.person.display_name for one in getattr(article, "others_here", [])))
        notes += [_("%(who)s is editing") % {"who": who}] if who else []
        if article.status == Status.TRASH:
            notes += [_trash_note(article)]
        row = getattr(article, "as_translation", None)
        notes += [_("Translation out of date")] if row and row.is_stale else []
        notes += [_("Live coverage")] if article.is_live_now else []
        return format_html(
            '<span class="state state--{}">{}</span> <small>{}</small>', mark, article.status_label, " · ".join(notes)
        )

    @admin.display(description=gettext_lazy("section"), ordering="section__path")
    def place(self, article: Article) -> SafeString:
        kind = "" if article.genre == Genre.NEWS else article.get_genre_display()
        return format_html("{} <small>{}</small>", str(article.section or "–"), kind)

    @admin.display(description=gettext_lazy("authors"))
    def authors(self, article: Article) -> str:
        return ", ".join(byline.name for byline in article.ordered_bylines)

    @admin.display(description=gettext_lazy("edited"), ordering="edited_at")
    def edited(self, article: Article) -> SafeString:
        who = article.latest_revision.author if article.latest_revision else None
        when = date_format(timezone.localtime(article.edited_at), "j M Y, H:i")
        return format_html("{} <small>{}</small>", when, who.display_name if who else "")

    @admin.display(description=gettext_lazy("words"), ordering="word_count")
    def words(self, article: Article) -> int:
        return article.word_count
