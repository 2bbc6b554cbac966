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
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from articles import publishing, rights
from articles.admin import sheet
from articles.admin.archive import article_archive
from articles.admin.article_form import ArticleForm
from articles.admin.autosave import autosave
from articles.admin.corrections import article_corrections
from articles.admin.coverage_desk import coverage_desk
from articles.admin.lists import ArticleList
from articles.admin.notes import article_notes
from articles.admin.picker import article_picker
from articles.admin.presence_pages import said, taken_over
from articles.admin.previews import preview_page, share_list, widths_page
from articles.admin.readings import readings_page
from articles.admin.translations import BESIDE, article_translations
from articles.admin.versions import comparison, version_list
from articles.content import Content
from articles.models import Article, Revision
from articles.querysets import public_condition

MERGE = "merge"  # the act that saves what was chosen of two texts
BRING_BACK = "bring_back"  # the act that shows what was sent without saving it: text kept in a browser, for one


@admin.register(Article)
class ArticleAdmin(ArticleList):
    """The list is Django's; adding and changing is the sheet (articles.admin.sheet)."""

    def has_view_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        return rights.may(request.user, rights.VIEW, obj)  # type: ignore[arg-type]  # staff

    def has_change_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        return rights.may(request.user, "articles.change_article", obj)  # type: ignore[arg-type]  # staff

    def has_delete_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        return False  # the trash is an editorial act

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("readings/", wrap(readings_page), {"site": self.admin_site}, name="articles_readings"),
            path("picker/", wrap(article_picker), name="articles_article_picker"),
            path("autosave/", wrap(require_POST(self.autosave_view)), name="articles_article_autosave_new"),
            path("<int:pk>/autosave/", wrap(require_POST(self.autosave_view)), name="articles_article_autosave"),
            path("<int:pk>/presence/", wrap(require_POST(self.presence_view)), name="articles_article_presence"),
            path("<int:pk>/take-over/", wrap(require_POST(self.take_over_view)), name="articles_article_take_over"),
            path("<int:pk>/archive/", wrap(self.archive_view), name="articles_article_archive"),
            path("<int:pk>/coverage/", wrap(self.coverage_view), name="articles_article_coverage"),
            path("<int:pk>/versions/", wrap(self.versions_view), name="articles_article_versions"),
            path("<int:pk>/compare/", wrap(self.compare_view), name="articles_article_compare"),
            path("<int:pk>/corrections/", wrap(self.corrections_view), name="articles_article_corrections"),
            path("<int:pk>/notes/", wrap(self.notes_view), name="articles_article_notes"),
            path("<int:pk>/translations/", wrap(self.translations_view), name="articles_article_translations"),
            path("<int:pk>/preview/", wrap(self.preview_view), name="articles_article_preview"),
            path("<int:pk>/preview/widths/", wrap(self.widths_view), name="articles_article_widths"),
            path("<int:pk>/preview/shares/", wrap(self.shares_view), name="articles_article_shares"),
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
        if request.method == "POST" and request.POST.get("act") == BRING_BACK:
            return self._sheet(request, article, _form(request, request.POST, article=article), is_brought_back=True)
        if request.method == "POST":
            return self._posted(request, article)
        content = (
            Content.from_json(article.latest_revision.content) if article and article.latest_revision else Content()
        )
        form = _form(request, initial=ArticleForm.initial_from(content, article), article=article)
        return self._sheet(request, article, form)

    def autosave_view(self, request: HttpRequest, pk: int | None = None) -> HttpResponse:
        """See articles.admin.autosave.autosave."""
        article = self._article(str(pk)) if pk else sheet.begun(request.POST.get("key", ""), by=request.user)
        allowed = self.has_change_permission(request, article) if article else self.has_add_permission(request)
        if not allowed:
            raise PermissionDenied
        return autosave(request, article)

    def presence_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """See articles.admin.presence_pages.said."""
        return said(request, self._changed(request, pk))

    def take_over_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """See articles.admin.presence_pages.taken_over."""
        return taken_over(request, self._changed(request, pk))

    def _posted(self, request: HttpRequest, article: Article | None) -> HttpResponse:
        article = article or sheet.begun(request.POST.get("key", ""), by=request.user)
        if article and not self.has_change_permission(request, article):
            raise PermissionDenied
        if article and _is_only_an_act(article, request.POST.get("act", "")):
            return self._act_on_closed(request, article)
        form = _form(request, request.POST, article=article)
        if not form.is_valid():
            return self._sheet(request, article, form)
        try:
            if article and request.POST.get("act") == MERGE:
                sheet.merge(article, form, request.POST)
            saved = sheet.save(article, form, by=request.user)
        except publishing.StaleRevision as stale:
            return self._sheet(request, article, form, stale=stale, status=409)
        except (ValidationError, publishing.ActRefused) as refusal:
            form.add_refusal(refusal)
            as_stored = self._article(str(article.pk)) if article else None  # the row in memory went further
            return self._sheet(request, as_stored, form)
        try:
            sentence = sheet.act(
                request.POST.get("act", ""),
                saved,
                by=request.user,
                note=form.cleaned_data["note"],
                publish_at=form.wanted_moment,
                update_at=form.wanted_update,
                seen=request.POST.get("original_seen", ""),
            )
        except publishing.ActRefused as refusal:
            return self._act_refused(request, saved, form, refusal, is_new=article is None)
        messages.success(request, sentence)
        return self._to_sheet(saved, is_beside="original_seen" in request.POST)

    def _act_refused(
        self, request: HttpRequest, article: Article, form: ArticleForm, refusal: publishing.ActRefused, *, is_new: bool
    ) -> HttpResponse:
        """The text is saved; what was asked for besides did not happen. A new article is shown at its own address."""
        if is_new:
            messages.warning(request, _("Your text is saved. %(why)s") % {"why": refusal})
            return self._to_sheet(article)
        article = self._article(str(article.pk))
        form.rebase(article)
        form.add_refusal(refusal)
        return self._sheet(request, article, form, is_saved=True)

    def _act_on_closed(self, request: HttpRequest, article: Article) -> HttpResponse:
        """In the trash, after a kill or under a lock nothing is written, but an act may lead back or away."""
        act, note = request.POST.get("act", ""), request.POST.get("note", "")
        try:
            messages.success(request, sheet.act(act, article, by=request.user, note=note))
        except publishing.ActRefused as refusal:
            messages.error(request, str(refusal))
        return self._to_sheet(article)

    def _to_sheet(self, article: Article, *, is_beside: bool = False) -> HttpResponse:
        address = reverse("admin:articles_article_change", args=[article.pk])
        return HttpResponseRedirect(address + BESIDE if is_beside else address)

    def _sheet(
        self,
        request: HttpRequest,
        article: Article | None,
        form: ArticleForm,
        *,
        stale: publishing.StaleRevision | None = None,
        is_saved: bool = False,
        is_brought_back: bool = False,
        status: int = 200,
    ) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "media": self.media + form.media,
            **sheet.context(article, form, user=request.user, stale=stale),
            **sheet.beside(article, user=request.user, is_asked=request.GET.get("beside") == "original"),
            "is_saved": is_saved,
            "is_brought_back": is_brought_back,
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, "admin/articles/article/sheet.html", context, status=status)

    def coverage_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """See articles.admin.coverage_desk.coverage_desk."""
        return coverage_desk(request, self._article(str(pk)), site=self.admin_site)

    def archive_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """See articles.admin.archive.article_archive."""
        if pk >= 2**63:
            raise Http404
        return article_archive(request, pk, site=self.admin_site)

    def versions_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """See articles.admin.versions.version_list."""
        return version_list(request, self._seen(request, pk), site=self.admin_site)

    def compare_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """See articles.admin.versions.comparison."""
        return comparison(request, self._seen(request, pk), site=self.admin_site)

    def corrections_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """See articles.admin.corrections.article_corrections."""
        return article_corrections(request, self._article(str(pk)), site=self.admin_site)

    def notes_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """See articles.admin.notes.article_notes."""
        return article_notes(request, self._article(str(pk)), site=self.admin_site)

    def translations_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """See articles.admin.translations.article_translations."""
        return article_translations(request, self._seen(request, pk), site=self.admin_site)

    def preview_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """See articles.admin.previews.preview_page."""
        return preview_page(request, self._seen(request, pk))

    def widths_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """See articles.admin.previews.widths_page."""
        return widths_page(request, self._seen(request, pk), site=self.admin_site)

    def shares_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """See articles.admin.previews.share_list."""
        return share_list(request, self._seen(request, pk), site=self.admin_site)

    def restore_view(self, request: HttpRequest, pk: int, number: int) -> HttpResponse:
        """The content of an older version is the newest version again."""
        article = self._changed(request, pk)
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
        return self._to_sheet(article)

    def _seen(self, request: HttpRequest, pk: int) -> Article:
        """Article ``pk``, which this person may see."""
        article = self._article(str(pk))
        if not self.has_view_permission(request, article):
            raise PermissionDenied
        return article

    def _changed(self, request: HttpRequest, pk: int) -> Article:
        """Article ``pk``, which this person may change."""
        article = self._article(str(pk))
        if not self.has_change_permission(request, article):
            raise PermissionDenied
        return article

    def _article(self, object_id: str) -> Article:
        if not (object_id.isascii() and object_id.isdigit() and len(object_id) < 19):
            raise Http404
        return get_object_or_404(
            Article.objects.select_related("section", "latest_revision", "live_revision"), pk=int(object_id)
        )


def _is_only_an_act(article: Article, act: str) -> bool:
    """Whether the button pressed does its work without the text: there is no writing, and it is not Save."""
    if article.is_locked:
        return act in publishing.TAKE_AWAY or act in {"unlock", "cancel_update"}
    return article.status not in publishing.EDITABLE


def _form(request: HttpRequest, *args: Any, article: Article | None, **options: Any) -> ArticleForm:
    """The sheet's form, which knows of no articles but those the person may know of."""
    form = ArticleForm(*args, article=article, **options)
    condition = rights.visible_condition(request.user)  # type: ignore[arg-type]  # staff
    if condition is not None:
        kept = Q(pk=article.translation_of_id) if article else Q(pk__in=[])
        form.fields["translation_of"].queryset = Article.objects.filter(condition | public_condition() | kept)  # type: ignore[attr-defined]  # a ModelChoiceField
    return form
