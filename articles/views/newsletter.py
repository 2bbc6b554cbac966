"""Signing up for the newsletter, confirming, leaving. None of these pages is kept by any cache."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from articles import newsletters
from articles.forms import NEWSLETTER_SALT, NewsletterForm
from articles.models import Newsletter
from articles.views.corrections import SeeOther
from newsroom import visitors
from newsroom.frame import for_request
from newsroom.languages import activate_for

LETTERS, LETTERS_WITHIN = 5, 3600  # asked for from one address in so many seconds


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def newsletter(request: HttpRequest, language: str = "") -> HttpResponse:
    """The newsletter of the site's language, or of ``language``; 404 if there is none. A sent form leads to ``?sent=1``,
    whether or not the address was known.

    Template: newsletter/sign_up.html, context: newsletter, form (None once sent). 422 with what is wrong, 429 after many.
    """
    site = for_request(request).site
    edition = language or site.language
    found = Newsletter.objects.filter(language=edition, is_active=True).first()
    if found is None or edition not in site.languages:
        raise Http404
    activate_for(request, edition)
    if request.method == "POST":
        return _asked(request, found)
    form = None if request.GET.get("sent") else NewsletterForm(initial={"opened": visitors.new_stamp(NEWSLETTER_SALT)})
    return render(request, "newsletter/sign_up.html", {"newsletter": found, "form": form})


def _asked(request: HttpRequest, found: Newsletter) -> HttpResponse:
    form, key = NewsletterForm(request.POST), visitors.hashed("articles.newsletter", visitors.network_of(request))
    status = 422
    if form.is_valid() and not form.is_machine:
        if visitors.is_within_rate(f"newsletter-{key}", most=LETTERS, seconds=LETTERS_WITHIN):
            newsletters.ask(newsletter=found, email=form.cleaned_data["email"])
        else:
            form.add_error(None, _("Several addresses were signed up from here within an hour. Try again later."))
            status = 429
    if form.errors:
        form.data = form.data.copy()  # type: ignore[attr-defined]  # a QueryDict
        form.data["opened"] = visitors.new_stamp(NEWSLETTER_SALT)  # type: ignore[index]  # copied above
        return render(request, "newsletter/sign_up.html", {"newsletter": found, "form": form}, status=status)
    return SeeOther(f"{request.path}?sent=1")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def newsletter_confirm(request: HttpRequest, token: str) -> HttpResponse:
    """A button, since mail programs open links by themselves; pressing it confirms.

    Template: newsletter/confirm.html, context: subscription (None: no such any more, 404), is_done.
    """
    found = newsletters.confirm(token) if request.method == "POST" else newsletters.of_token(token)
    if found is not None:
        activate_for(request, found.newsletter.language)
    context = {"subscription": found, "is_done": request.method == "POST"}
    return render(request, "newsletter/confirm.html", context, status=200 if found else 404)


@csrf_exempt  # the token in the address is the right to leave; a mail program posts here without a cookie (RFC 8058)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def newsletter_leave(request: HttpRequest, token: str) -> HttpResponse:
    """A button that ends the subscription; the button of a mail program posts here too. Leaving twice is no error.

    Template: newsletter/leave.html, context: subscription (None once it is gone).
    """
    found = newsletters.of_token(token)
    if found is not None:
        activate_for(request, found.newsletter.language)
    if request.method == "POST" and found is not None:
        newsletters.leave(token)
        if "List-Unsubscribe" not in request.POST:
            return HttpResponseRedirect(request.path)
        found = None
    return render(request, "newsletter/leave.html", {"subscription": found})
