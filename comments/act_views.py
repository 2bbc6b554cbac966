"""What a reader does with a comment that stands: recommend, change, take back, mute. Personal pages: no cache keeps them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from comments import muting, own, recommending
from comments.forms import CommentForm
from comments.models import Comment, Status
from comments.modes import mode_for
from comments.own import OwnActRefused
from comments.pipeline.refusals import FormStale
from comments.reader import network_of, posted_ids
from comments.recommending import NotRecommended
from comments.submission import SubmissionRefused
from comments.threads import address_of
from comments.views import STATUS_OF, _article_or_404, _comment_or_404, _form, _is_fragment, _user, own_unseen, typed
from newsroom.choices import CommentMode
from newsroom.frame import for_request
from newsroom.languages import activate_for
from newsroom.models import User
from newsroom.stale_forms import shown_again_by


@dataclass(frozen=True)
class Question:
    """What the page of an act asks: its title, what will happen, the button and the value it sends."""

    title: str
    sentence: str
    button: str
    value: str = "1"
    sign_in: str = ""  # said in place of the button


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def recommend(request: HttpRequest, pk: str) -> HttpResponse:
    """Recommends the published comment ``pk`` (``on=1``) or no longer (``on=0``); then back to its place.

    Template: see ``_ask``. A script that sends ``X-Fragment`` gets ``{count, on}`` as JSON; 403 for who is not signed in.
    """
    comment, reader = _standing(request, pk), _user(request)
    refusal = ""
    if request.method == "POST" and reader is not None:
        try:
            return _recommended(request, comment, reader)
        except NotRecommended as error:
            refusal = str(error)
    is_on = reader is not None and recommending.is_recommended(comment=comment, reader=reader)
    question = Question(
        title=_("Recommend a comment"),
        sentence="",
        button=_("Do not recommend any more") if is_on else _("Recommend"),
        value="0" if is_on else "1",
        sign_in="" if reader else _("Sign in to recommend a comment."),
    )
    return _ask(request, comment, question, refusal=refusal)


def _recommended(request: HttpRequest, comment: Comment, reader: User) -> HttpResponse:
    is_on = request.POST.get("on") != "0"
    act = recommending.recommend if is_on else recommending.withdraw
    count = act(comment=comment, reader=reader)
    if _is_fragment(request):
        return JsonResponse({"count": count, "on": is_on})
    return redirect(address_of(comment))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def mute(request: HttpRequest, pk: str) -> HttpResponse:
    """The author of the published comment ``pk`` is muted for this reader. Template: see ``_ask``.

    404 for a guest's comment and the reader's own: there is nobody to mute.
    """
    comment, reader = _standing(request, pk), _user(request)
    if comment.author is None or comment.author == reader:
        raise Http404
    if request.method == "POST" and reader is not None:
        muting.mute(reader=reader, muted=comment.author)
        return _to(request, address_of(comment) if _is_fragment(request) else _read_address(comment))
    question = Question(
        title=_("Mute a reader"),
        sentence=_("You will not see what %(name)s writes. Nobody else notices, and you can change it in your account.")
        % {"name": comment.name},
        button=_("Mute this reader"),
        sign_in="" if reader else _("Sign in to mute a reader."),
    )
    return _ask(request, comment, question)


def _read_address(comment: Comment) -> str:
    """Its place on the reader's own page of the article's comments."""
    return reverse("comments:read", args=[comment.article_id]) + address_of(comment).removeprefix(
        comment.article.get_absolute_url()
    )


@never_cache
@login_required
@require_safe
def read(request: HttpRequest, pk: str) -> HttpResponse:
    """The comments on article ``pk`` without those of readers that this one muted. No script is needed for it.

    Template: comments/comments_read.html, context: article, muted, own. 404 unless readers see the article and
    its comments.
    """
    article, reader, frame = _article_or_404(pk), _user(request), for_request(request)
    if mode_for(article, frame.site, sections=frame.sections) == CommentMode.OFF:
        raise Http404
    activate_for(request, article.language)
    muted = muting.muted_by(reader) if reader is not None else frozenset()
    context = {"article": article, "muted": muted, "own": own_unseen(request, article.pk)}
    return render(request, "comments/comments_read.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: HttpRequest, pk: str) -> HttpResponse:
    """The visitor's own comment ``pk`` is taken back; then to the article. Template: see ``_ask``. 404 for others'."""
    comment, refusal = _own_or_404(request, pk), ""
    if request.method == "POST":
        try:
            own.delete(comment=comment)
            return _to(request, f"{comment.article.get_absolute_url()}#comments")
        except OwnActRefused as error:
            refusal = str(error)
    question = Question(
        title=_("Delete your comment"),
        sentence=_("It disappears for good. If others have answered, a line says that its author deleted it."),
        button=_("Delete this comment"),
    )
    return _ask(request, comment, question, refusal=refusal)


@never_cache
def _edit_again(request: HttpRequest, pk: str) -> HttpResponse:
    """The form as it was sent with a token that is no good any more: nothing was changed."""
    comment = _own_or_404(request, pk)
    form = CommentForm(initial=typed(request, CommentForm), numbers=for_request(request).comment_rules.numbers)
    return _form(request, _edit_context(request, comment), form, refusal=FormStale(), status=403)


@shown_again_by(_edit_again)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: str) -> HttpResponse:
    """The visitor's own comment ``pk`` gets another text. Template: comments/comment_form.html with ``editing``.

    404 for others' comments; once the time is over 403 with the text to copy.
    """
    comment = _own_or_404(request, pk)
    context, numbers = _edit_context(request, comment), for_request(request).comment_rules.numbers
    is_late = context["is_closed"]
    if request.method != "POST":
        form = CommentForm(initial={"body": comment.body}, numbers=numbers)
        return _form(request, context, form, status=403 if is_late else 200)
    form = CommentForm(request.POST, numbers=numbers)
    if is_late or not form.is_valid():
        return _form(request, context, form, status=403 if is_late else 422)
    try:
        comment = own.edit(comment=comment, body=form.cleaned_data["body"], address=network_of(request))
    except (OwnActRefused, SubmissionRefused) as error:
        return _form(request, context, form, refusal=error, status=STATUS_OF.get(type(error), 422))
    is_shown = comment.status == Status.PUBLISHED
    return _to(request, address_of(comment) if is_shown else reverse("comments:posted", args=[comment.pk]))


def _edit_context(request: HttpRequest, comment: Comment) -> dict[str, Any]:
    frame = for_request(request)
    return {
        "article": comment.article,
        "editing": comment,
        "reader": comment.author,
        "is_closed": not own.may_edit(comment, frame.site),
        "closed": _("The time to change this comment is over."),
        "limit": number_format(frame.comment_rules.numbers.max_characters, force_grouping=True),
    }


def is_own(request: HttpRequest, comment: Comment) -> bool:
    """Whether the visitor wrote it: signed in, or as a guest in this session."""
    if comment.author_id:
        return comment.author_id == request.user.pk
    return comment.pk in posted_ids(request)


def _own_or_404(request: HttpRequest, pk: str) -> Comment:
    """The visitor's own comment on an article that readers see, not yet deleted."""
    comment = Comment.objects.with_authors().filter(pk=int(pk)).exclude(status=Status.DELETED).first()
    if comment is None or not is_own(request, comment):
        raise Http404
    comment.article = _article_or_404(comment.article_id)
    activate_for(request, comment.article.language)
    return comment


def _standing(request: HttpRequest, pk: str) -> Comment:
    """The published comment ``pk`` with its article, in whose language the answer is."""
    comment = _comment_or_404(pk)
    comment.article = _article_or_404(comment.article_id)
    activate_for(request, comment.article.language)
    return comment


def _ask(request: HttpRequest, comment: Comment, question: Question, *, refusal: str = "") -> HttpResponse:
    """The page of an act, which says what will happen and has its button; 403 if it was refused.

    Template: comments/comment_act.html (comments/_act.html alone for a script), context: comment, article, question, refusal,
    is_dialog.
    """
    is_dialog = _is_fragment(request)
    template = "comments/_act.html" if is_dialog else "comments/comment_act.html"
    context = {
        "comment": comment,
        "article": comment.article,
        "question": question,
        "refusal": refusal,
        "is_dialog": is_dialog,
    }
    return render(request, template, context, status=403 if request.method == "POST" else 200)


def _to(request: HttpRequest, url: str) -> HttpResponse:
    """There, by itself or by the script that asked."""
    if _is_fragment(request):
        return HttpResponse(status=201, headers={"Location": url})
    return HttpResponseRedirect(url)
