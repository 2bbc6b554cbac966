"""Corrections in public, and the form by which readers ask for one."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from articles import error_reports
from articles.forms import STAMP_SALT, ErrorReportForm
from articles.models import Article, Correction
from articles.paging import page_of
from newsroom import visitors
from newsroom.frame import for_request
from newsroom.languages import activate_for
from newsroom.public_page import public_page

PAGE = 20
REPORTS, REPORTS_WITHIN = 5, 3600  # of one reader in so many seconds


class SeeOther(HttpResponseRedirect):
    """What was sent is dealt with; the browser asks for another page."""

    status_code = 303


@public_page
def corrections(request: HttpRequest, language: str = "") -> HttpResponse:
    """Every correction in the site's language, or in ``language``, the newest first.

    Template: articles/corrections.html, context: page (articles.paging.Page of corrections), edition_language.
    """
    site = for_request(request).site
    if language and language == site.language:
        return HttpResponsePermanentRedirect("/corrections/")
    if language and language not in site.languages:
        raise Http404
    edition = language or site.language
    activate_for(request, edition)
    found = Correction.objects.public(timezone.now()).filter(article__language=edition)
    listed = found.select_related("article__section")
    page = page_of(request, listed, size=PAGE, counted_as=f"corrections-{edition}")
    return render(request, "articles/corrections.html", {"page": page, "edition_language": edition})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def report_error(request: HttpRequest, pk: str) -> HttpResponse:
    """A reader's report on article ``pk``; 404 unless it is public. A sent one leads to ``?sent=1``.

    Template: articles/report_error.html, context: article, form (None once sent). 422 and the text kept if something is
    missing, 429 if the reader sent many.
    """
    article = Article.objects.public(timezone.now()).select_related("section").filter(pk=int(pk)).first()
    if article is None:
        raise Http404
    activate_for(request, article.language)
    if request.method == "POST":
        return _posted(request, article)
    form = None if request.GET.get("sent") else ErrorReportForm(initial={"opened": visitors.new_stamp(STAMP_SALT)})
    return render(request, "articles/report_error.html", {"article": article, "form": form})


def _posted(request: HttpRequest, article: Article) -> HttpResponse:
    form, key = ErrorReportForm(request.POST), visitors.hashed("articles.report", visitors.network_of(request))
    if (
        form.is_valid()
        and not form.is_machine
        and not visitors.is_within_rate(f"error-report-{key}", most=REPORTS, seconds=REPORTS_WITHIN)
    ):
        form.add_error(None, _("You sent several reports within an hour. Try again later; your text is kept."))
        return render(request, "articles/report_error.html", {"article": article, "form": form}, status=429)
    if not form.is_valid():
        form.data = form.data.copy()  # type: ignore[attr-defined]  # a QueryDict
        form.data["opened"] = visitors.new_stamp(STAMP_SALT)  # type: ignore[index]  # copied above
        return render(request, "articles/report_error.html", {"article": article, "form": form}, status=422)
    if not form.is_machine:
        said = {name: form.cleaned_data[name] for name in ("text", "quote", "name", "email")}
        error_reports.submit(article=article, reader_key=key, **said)
    return SeeOther(f"{request.path}?sent=1")
