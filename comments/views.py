"""Writing, seeing one's own and reporting comments. Personal pages: no cache keeps them."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import number_format
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from articles.models import Article
from comments import reporting, submission
from comments.forms import CommentForm, GuestCommentForm, ReportForm, new_stamp
from comments.models import Comment, Status
from comments.modes import closed_sentence, reads_first
from comments.own import may_edit
from comments.personal import marks as personal_marks
from comments.pipeline.checks import is_proof_asked
from comments.pipeline.refusals import FormStale
from comments.reader import network_of, posted_ids, remember_posted
from comments.submission import Facts, Guest, SubmissionRefused
from comments.threads import address_of as place_of
from newsroom.choices import CommentMode
from newsroom.frame import for_request
from newsroom.languages import activate_for
from newsroom.models import User
from newsroom.stale_forms import shown_again_by

OWN_SHOWN = 10
TYPED = ("name", "email", "letters", "body")
STATUS_OF = {  # every other refusal is 422: the form comes back
    submission.CommentsClosed: 403,
    submission.SignInNeeded: 403,
    submission.ReaderBanned: 403,
    submission.ReaderSuspended: 403,
    submission.SlowLane: 429,
    submission.TooQuick: 429,
}
personal = never_cache


@personal
def _again(request: HttpRequest, article: Article, *, parent: Comment | None) -> HttpResponse:
    """The form as it was sent with a token that is no good any more: nothing of it was taken."""
    mode = _mode_or_404(request, article)
    activate_for(request, article.language)
    form_class = _form_class(_user(request))
    form = form_class(initial=typed(request, form_class), numbers=for_request(request).comment_rules.numbers)
    return _form(request, _context(request, article, parent, mode), form, refusal=FormStale(), status=403)


def _reply_again(request: HttpRequest, pk: str) -> HttpResponse:
    parent = _comment_or_404(pk)
    return _again(request, _article_or_404(parent.article_id), parent=parent)


def _new_again(request: HttpRequest, pk: str) -> HttpResponse:
    return _again(request, _article_or_404(pk), parent=None)


@shown_again_by(_new_again)
@personal
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, pk: str) -> HttpResponse:
    """The form for a comment on article ``pk``. Template: comments/comment_form.html, context: see ``_context``.

    404 unless the article is public and shows comments; closed: a sentence. A script that sends ``X-Fragment`` gets
    comments/_form.html alone.
    """
    return _write(request, _article_or_404(pk), parent=None)


@shown_again_by(_reply_again)
@personal
@require_http_methods(["GET", "HEAD", "POST"])
def reply(request: HttpRequest, pk: str) -> HttpResponse:
    """The form for a reply to the published comment ``pk``. Template and answers as for ``new``."""
    parent = _comment_or_404(pk)
    return _write(request, _article_or_404(parent.article_id), parent=parent)


@personal
@require_safe
def mine(request: HttpRequest, pk: str) -> HttpResponse:
    """What the comments on article ``pk`` are to this visitor alone. Template: comments/_mine.html.

    Context: own (comments that others do not see), marks (see comments.personal; empty for guests). 204 if there is
    nothing to say.
    """
    user, found = _user(request), own_unseen(request, int(pk))
    article = found[0].article if found else Article.objects.public().filter(pk=int(pk)).first() if user else None
    if article is None:
        return HttpResponse(status=204)
    activate_for(request, article.language)
    marks = personal_marks(request, user, article.pk) if user else ""
    return render(request, "comments/_mine.html", {"own": found, "marks": marks})


@personal
@require_safe
def posted(request: HttpRequest, pk: str) -> HttpResponse:
    """What became of the visitor's own comment ``pk``. Template: comments/comment_posted.html, context: comment, article
    (None unless readers see it), letters (its guest asked for them).

    A published one leads to its place on the page; anybody else's is unknown (404).
    """
    comment = Comment.objects.with_article_shown().filter(pk=int(pk)).first()
    user = _user(request)
    if comment is None or not (user == comment.author if comment.author_id else comment.pk in posted_ids(request)):
        raise Http404
    if comment.is_published:
        return redirect("comments:place", comment.pk)
    activate_for(request, comment.article.language)
    comment.can_edit = may_edit(comment, for_request(request).site)
    article = comment.article if comment.is_on_shown_article else None
    context = {"comment": comment, "article": article, "letters": "letters" in request.GET}
    return render(request, "comments/comment_posted.html", context)


@personal
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, pk: str) -> HttpResponse:
    """Reports the published comment ``pk`` to the moderators. Template: comments/comment_report.html.

    Context: comment, article, form, is_reported, may_mute, is_dialog. 404 unless readers see the comment.
    """
    comment = _comment_or_404(pk)
    article = _article_or_404(comment.article_id)
    activate_for(request, article.language)
    form = ReportForm(request.POST) if request.method == "POST" else ReportForm()
    is_reported = form.is_bound and form.is_valid()
    if is_reported:
        user, address = _user(request), network_of(request)
        reporting.report(comment=comment, reason=form.cleaned_data["reason"], reporter=user, address=address)
    context = {
        "comment": comment,
        "article": article,
        "form": form,
        "is_reported": is_reported,
        "is_dialog": _is_fragment(request),
        "may_mute": comment.author is not None and comment.author != request.user,
    }
    template = "comments/_report.html" if _is_fragment(request) else "comments/comment_report.html"
    return render(request, template, context, status=422 if form.is_bound and not is_reported else 200)


def own_unseen(request: HttpRequest, article_id: int) -> list[Comment]:
    """The visitor's newest comments on the article that others do not see, each knowing whether it can be changed. One query."""
    user = _user(request)
    own = Comment.objects.filter(article_id=article_id, status__in=(Status.WAITING, Status.REJECTED))
    own = own.filter(author=user) if user else own.filter(pk__in=posted_ids(request), author__isnull=True)
    found = list(own.with_authors().select_related("article", "appeal").order_by("-created_at", "-pk")[:OWN_SHOWN])
    for comment in found:
        comment.can_edit = may_edit(comment, for_request(request).site)
    return found


def _write(request: HttpRequest, article: Article, *, parent: Comment | None) -> HttpResponse:
    mode = _mode_or_404(request, article)
    activate_for(request, article.language)
    context, user = _context(request, article, parent, mode), _user(request)
    is_open = not (context["needs_sign_in"] or context["is_closed"])
    form_class, numbers = _form_class(user), for_request(request).comment_rules.numbers
    if request.method != "POST":
        if is_open:
            facts = Facts(address=network_of(request))
            context["told"] = submission.told_before(article=article, author=user, facts=facts, mode=mode)
        return _form(request, context, form_class(numbers=numbers))
    form = form_class(request.POST, numbers=numbers)
    if not form.is_valid() and is_open:
        return _form(request, context, form, status=422)
    try:
        comment = _submit(request, article, parent, user, form)
    except SubmissionRefused as refusal:
        return _form(request, context, form, refusal=refusal, status=STATUS_OF.get(type(refusal), 422))
    return _answer(request, comment, letters=user is None and bool(form.cleaned_data.get("letters")))


def typed(request: HttpRequest, form_class: type[CommentForm]) -> dict[str, str]:
    """What was typed into the fields that people see."""
    return {name: request.POST[name] for name in form_class.base_fields if name in TYPED and name in request.POST}


def _mode_or_404(request: HttpRequest, article: Article) -> CommentMode:
    try:
        return submission.mode_of(article, for_request(request))
    except submission.ArticleNotPublic as error:
        raise Http404 from error


def _form_class(user: User | None) -> type[CommentForm]:
    return CommentForm if user else GuestCommentForm


def _context(request: HttpRequest, article: Article, parent: Comment | None, mode: CommentMode) -> dict[str, Any]:
    """What the form knows before anything is typed."""
    frame, user = for_request(request), _user(request)
    numbers = frame.comment_rules.numbers
    return {
        "article": article,
        "parent": parent,
        "reader": user,
        "is_closed": mode == CommentMode.CLOSED,
        "closed": closed_sentence(frame.site),
        "is_moderated": reads_first(mode),
        "needs_sign_in": user is None and submission.needs_sign_in(mode, frame.site),
        "limit": number_format(numbers.max_characters, force_grouping=True),
        "proof_bits": numbers.proof_bits if is_proof_asked(numbers.proof_of, is_guest=user is None) else 0,
    }


def _submit(
    request: HttpRequest, article: Article, parent: Comment | None, user: User | None, form: CommentForm
) -> Comment:
    given = form.cleaned_data
    guest = None if user else Guest(given.get("name", ""), given.get("email", ""), bool(given.get("letters")))
    facts = Facts(
        address=network_of(request),
        seconds=given.get("opened"),
        trap_filled=form.trap_filled,
        stamp=form.data.get("opened", ""),
        proof=given.get("proof", ""),
    )
    comment = submission.submit(
        article=article, body=given.get("body", ""), author=user, guest=guest, parent=parent, facts=facts
    )
    if user is None:
        remember_posted(request, comment.pk)
    return comment


def _answer(request: HttpRequest, comment: Comment, *, letters: bool) -> HttpResponse:
    """To the comment's place if it is published, else to the page that says it waits; and, if its guest asked for letters,
    to look at their mail: always, since nobody is to learn here what is known of an address."""
    if not _is_fragment(request):
        waits = reverse("comments:posted", args=[comment.pk]) + ("?letters=1" if letters else "")
        return redirect(place_of(comment) if comment.is_published else waits)
    if comment.is_published:
        return HttpResponse(status=201, headers={"Location": place_of(comment)})
    return render(request, "comments/_posted.html", {"comment": comment, "letters": letters})


def _form(
    request: HttpRequest,
    context: dict[str, Any],
    form: CommentForm,
    *,
    refusal: Exception | None = None,
    status: int = 200,
) -> HttpResponse:
    template = "comments/_form.html" if _is_fragment(request) else "comments/comment_form.html"
    answer = render(
        request, template, {**context, "form": form, "refusal": refusal, "stamp": new_stamp()}, status=status
    )
    answer.headers["X-Fragment"] = "1"  # tells the script that it was not refused before it came here
    return answer


def _is_fragment(request: HttpRequest) -> bool:
    return "X-Fragment" in request.headers


def _user(request: HttpRequest) -> User | None:
    return request.user if isinstance(request.user, User) else None


def _article_or_404(pk: str | int) -> Article:
    found: Article | None = Article.objects.public().select_related("section").filter(pk=int(pk)).first()
    if found is None:
        raise Http404
    return found


def _comment_or_404(pk: str) -> Comment:
    found = Comment.objects.published().with_authors().filter(pk=int(pk)).first()
    if found is None:
        raise Http404
    return found
