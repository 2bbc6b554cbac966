"""Articles on the desk: the list, the sheet, the preview. Every write goes through articles.publishing."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from articles import article_page, publishing
from articles.admin import sheet
from articles.admin.article_form import ArticleForm
from articles.admin.picker import article_picker
from articles.content import Content
from articles.models import Article, Revision, Section, Status
from newsroom.frame import for_request
from newsroom.languages import activate_for


class StateFilter(admin.SimpleListFilter):
    """By state, "scheduled" told apart from "published"."""

    title = gettext_lazy("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("mine", _("My drafts")), ("scheduled", _("Scheduled")), *Status.choices]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        value, now = self.value(), timezone.now()
        if value == "mine":
            return queryset.filter(created_by=request.user, status__in=[Status.DRAFT, Status.CHANGES_WANTED])
        if value == "scheduled":
            return queryset.filter(status=Status.LIVE, published_at__gt=now)
        if value == Status.LIVE:
            return queryset.filter(status=value, published_at__lte=now)
        return queryset.filter(status=value) if value in Status.values else queryset


class SectionFilter(admin.SimpleListFilter):
    """By section, with what lies beneath."""

    title = gettext_lazy("section")
    parameter_name = "section"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(str(s.pk), "\u00a0\u00a0" * s.depth + s.name) for s in Section.objects.order_by("path")]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        value = self.value() or ""
        section = Section.objects.filter(pk=int(value)).first() if value.isdigit() and len(value) < 19 else None
        return queryset.in_section(section) if section else queryset


@admin.register(Article)
class ArticleAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # its form is not a model form
    """The list is Django's; adding and changing is the sheet (articles.admin.sheet)."""

    list_display = ["headline_link", "state", "section", "genre", "language", "edited", "words"]
    list_display_links = ["headline_link"]
    list_filter = [StateFilter, SectionFilter, "genre", "language"]
    list_select_related = ["section", "latest_revision__author"]
    list_per_page = 30
    search_fields = ["headline", "=id", "article_bylines__byline__name"]
    search_help_text = gettext_lazy("Headline, number or author")
    show_full_result_count = False
    ordering = ["-edited_at", "-pk"]
    actions = None

    @admin.display(description=gettext_lazy("headline"), ordering="headline")
    def headline_link(self, article: Article) -> str:
        return str(article)

    @admin.display(description=gettext_lazy("state"), ordering="status")
    def state(self, article: Article) -> SafeString:
        mark = "scheduled" if article.is_scheduled else article.status
        extra = _("newer version waits") if article.status == Status.LIVE and article.has_unpublished_changes else ""
        return format_html(
            '<span class="state state--{}">{}</span> <small>{}</small>', mark, article.status_label, extra
        )

    @admin.display(description=gettext_lazy("edited"), ordering="edited_at")
    def edited(self, article: Article) -> str:
        who = article.latest_revision.author if article.latest_revision else None
        when = timezone.localtime(article.edited_at).strftime("%Y-%m-%d %H:%M")
        return f"{when} {who.display_name}" if who else when

    @admin.display(description=gettext_lazy("words"), ordering="word_count")
    def words(self, article: Article) -> int:
        return article.word_count

    def has_delete_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        return False  # the trash is an editorial act

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        """By number, else by every word in the headline or an author's name."""
        term = search_term.replace("\x00", "")[:200]
        if term.isascii() and term.isdigit() and len(term) < 19:
            return queryset.filter(pk=int(term)), False
        for word in term.split()[:8]:
            by_author = Article.objects.filter(article_bylines__byline__name__icontains=word).values("pk")
            queryset = queryset.filter(Q(headline__icontains=word) | Q(pk__in=by_author))
        return queryset, False

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("picker/", wrap(article_picker), name="articles_article_picker"),
            path("<int:pk>/preview/", wrap(self.preview_view), name="articles_article_preview"),
            path(
                "<int:pk>/versions/<int:number>/restore/",
                wrap(require_POST(self.restore_view)),
                name="articles_article_restore",
            ),
            *super().get_urls(),
        ]

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """The sheet. Template: admin/articles/article/sheet.html, context: see articles.admin.sheet.context.

        A refused save answers 200 with the text kept and a sentence at its field; a stale one 409 with both texts.
        """
        article = self._article(object_id) if object_id else None
        allowed = self.has_view_or_change_permission(request, article) if article else self.has_add_permission(request)
        if not allowed:
            raise PermissionDenied
        if request.method == "POST":
            return self._posted(request, article)
        content = (
            Content.from_json(article.latest_revision.content) if article and article.latest_revision else Content()
        )
        form = ArticleForm(initial=ArticleForm.initial_from(content, article))
        return self._sheet(request, article, form)

    def _posted(self, request: HttpRequest, article: Article | None) -> HttpResponse:
        if article and not self.has_change_permission(request, article):
            raise PermissionDenied
        form = ArticleForm(request.POST)
        if not form.is_valid():
            return self._sheet(request, article, form)
        try:
            article = sheet.save(article, form, by=request.user)
        except publishing.StaleRevision as stale:
            return self._sheet(request, article, form, stale=stale, status=409)
        except ValidationError as error:
            form.add_refusal(error)
            return self._sheet(request, article, form)
        except publishing.ActRefused as refusal:
            form.add_error(None, str(refusal))
            return self._sheet(request, article, form)
        self._act(request, article, form)
        return HttpResponseRedirect(reverse("admin:articles_article_change", args=[article.pk]))

    def _act(self, request: HttpRequest, article: Article, form: ArticleForm) -> None:
        """Does the act of the button pressed and tells how it went; the text is saved already."""
        try:
            sentence = sheet.act(request.POST.get("act", ""), article, form, by=request.user)
        except publishing.NotFitToPrint as refusal:
            for failure in refusal.failures:
                messages.error(request, failure.message)
            messages.warning(request, _("Your text is saved, but it is not published yet."))
        except publishing.ActRefused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, sentence)

    def _sheet(
        self,
        request: HttpRequest,
        article: Article | None,
        form: ArticleForm,
        *,
        stale: publishing.StaleRevision | None = None,
        status: int = 200,
    ) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "media": self.media + form.media,
            **sheet.context(article, form, user=request.user, stale=stale),
        }
        request.current_app = self.admin_site.name  # type: ignore[attr-defined]
        return TemplateResponse(request, "admin/articles/article/sheet.html", context, status=status)

    def preview_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The public page as a version would make it (?version=<number>, else the newest). Never cached, never indexed.

        Template: articles/article_detail.html with is_preview.
        """
        article = self._article(str(pk))
        if not self.has_view_permission(request, article):
            raise PermissionDenied
        number = request.GET.get("version", "")
        wanted = (
            article.revisions.filter(number=int(number)) if number.isdigit() and len(number) < 10 else article.revisions
        )
        revision = wanted.order_by("-number").first()
        if revision is None:
            raise Http404
        shown, slides, bylines, topics = article_page.with_content(article, Content.from_json(revision.content))
        activate_for(request, shown.language)
        context = article_page.context(
            shown, frame=for_request(request), at=timezone.now(), slides=slides, bylines=bylines, topics=topics
        )
        response = TemplateResponse(request, "articles/article_detail.html", {**context, "is_preview": True})
        response.headers["X-Robots-Tag"] = "noindex"
        response.headers["Cache-Control"] = "no-store"
        return response

    def restore_view(self, request: HttpRequest, pk: int, number: int) -> HttpResponse:
        """The content of an older version is the newest version again."""
        article = self._article(str(pk))
        if not self.has_change_permission(request, article):
            raise PermissionDenied
        old = get_object_or_404(Revision, article=article, number=min(number, 2**31 - 1))
        try:
            publishing.save(
                article=article,
                content=Content.from_json(old.content),
                by=request.user,  # type: ignore[arg-type]  # staff
                base=None,
                note=_("Version %(number)s restored") % {"number": number},
            )
        except publishing.ActRefused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Version %(number)s is the newest again.") % {"number": number})
        return HttpResponseRedirect(reverse("admin:articles_article_change", args=[pk]))

    def _article(self, object_id: str) -> Article:
        if not (object_id.isascii() and object_id.isdigit() and len(object_id) < 19):
            raise Http404
        return get_object_or_404(
            Article.objects.select_related("section", "latest_revision", "live_revision"), pk=int(object_id)
        )
