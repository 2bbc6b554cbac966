"""The newsletter: asked for, confirmed by its reader, sent once a day, left with one click."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core import signing
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django_tasks import task

from articles.front_page import compose
from articles.models import Article, Issue, Newsletter, Subscription
from newsroom import frame, mailing, visitors

SALT = "articles.newsletter"
STORIES = 10
WAITS = timedelta(days=7)  # an address that nobody confirmed is forgotten after them
LATE = timedelta(hours=12)  # an issue that could not be made for so long after its hour is left out
LETTERS, LETTERS_WITHIN = 3, 3600  # asked for to one address, in so many seconds


def languages() -> set[str]:
    """The languages in which readers may sign up. One query."""
    return set(Newsletter.objects.filter(is_active=True).values_list("language", flat=True))


def ask(*, newsletter: Newsletter, email: str) -> None:
    """A letter asks the owner of ``email`` to confirm; who gets the newsletter already is told so. Nothing is sent but
    that letter until they do; whoever types a stranger's address again and again sends them three letters an hour at most."""
    known = Subscription.objects.filter(newsletter=newsletter, email__iexact=email).first()
    if known is None:
        try:
            with transaction.atomic():
                known = Subscription.objects.create(newsletter=newsletter, email=email)
        except IntegrityError:  # the same address, a moment ago
            known = Subscription.objects.get(newsletter=newsletter, email__iexact=email)
    if not visitors.is_within_rate(f"newsletter-letter-{known.pk}", most=LETTERS, seconds=LETTERS_WITHIN):
        return
    wanted = known.pk
    transaction.on_commit(lambda: send_first_letter.enqueue(wanted))


def confirm(token: str) -> Subscription | None:
    """The subscription of ``token`` is confirmed, however often this is asked; None if there is no such any more."""
    found = of_token(token)
    if found is not None and found.confirmed_at is None:
        Subscription.objects.filter(pk=found.pk, confirmed_at__isnull=True).update(confirmed_at=timezone.now())
    return found


def leave(token: str) -> None:
    """The subscription of ``token`` is gone, with the address."""
    found = of_token(token)
    if found is not None:
        found.delete()


def token_of(subscription: Subscription) -> str:
    """What stands in the addresses of its letters: worthless for any other subscription, and after an address changed."""
    return signing.dumps([subscription.pk, subscription.email.lower()], salt=SALT)


def of_token(token: str) -> Subscription | None:
    """The subscription that ``token`` is of. At most one query."""
    try:
        pk, email = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return Subscription.objects.select_related("newsletter").filter(pk=pk, email__iexact=email).first()


@task()
def send_first_letter(subscription_id: int) -> None:
    """The letter that asks for a confirmation, or says that there is nothing to confirm, in the newsletter's language."""
    found = Subscription.objects.select_related("newsletter").filter(pk=subscription_id).first()
    if found is None:
        return
    with translation.override(found.newsletter.language):
        context = _letter_context(found)
        name = "known" if found.confirmed_at else "confirm"
        subject = (
            found.newsletter.title
            if found.confirmed_at
            else _("Please confirm: %(title)s") % {"title": found.newsletter.title}
        )
        body = render_to_string(f"newsletter/mail/{name}.txt", context)
    EmailMultiAlternatives(subject, body, None, [found.email], headers=mailing.one_click(context["leave_url"])).send()


# --- Issues -----------------------------------------------------------------------------------------------------------


def send_due(at: datetime | None = None) -> int:
    """Every issue that is due at ``at`` (aware, default now) is made and on its way; how many letters went out.

    A reader is marked before the letter goes, so that nobody gets one twice; a refused letter is tried again by the next
    run. Addresses that nobody confirmed are forgotten. Raises OSError after the last if the mail server refused one.
    """
    moment = at or timezone.now()
    Subscription.objects.filter(confirmed_at__isnull=True, asked_at__lt=moment - WAITS).delete()
    sent, refused = 0, None
    for newsletter in Newsletter.objects.filter(is_active=True):
        issue = issue_due(newsletter, moment)
        if issue is not None:
            went, error = _send(issue, moment)
            sent, refused = sent + went, refused or error
    if refused is not None:
        raise refused
    return sent


def issue_due(newsletter: Newsletter, at: datetime) -> Issue | None:
    """Today's issue once its hour has come, made if it is not there; None before, long after, and on a day without news."""
    local = timezone.localtime(at)
    hour = local.replace(hour=newsletter.hour, minute=0, second=0, microsecond=0)
    known = newsletter.issues.filter(day=local.date()).first()
    if known is not None or not hour <= local <= hour + LATE:
        return known
    before = newsletter.issues.order_by("-made_at").values_list("made_at", flat=True).first()
    since = max(before or at - timedelta(days=1), at - timedelta(days=7))
    ids = [article.pk for article in _stories(newsletter.language, since=since, at=at)]
    if not ids:
        return None
    return Issue.objects.get_or_create(
        newsletter=newsletter, day=local.date(), defaults={"article_ids": ids, "made_at": at}
    )[0]


def _stories(language: str, *, since: datetime, at: datetime) -> list[Article]:
    """What was published after ``since``: first what leads the home page, then the newest."""
    sections = [section for section in frame.current().sections if section.language == language and section.in_menu]
    front = compose(language=language, sections=sections, at=at)
    leading = [article for article in (front.lead, *front.lead_links, *front.secondary) if article]
    newest = Article.objects.public(at).in_language(language).filter(published_at__gt=since).newest_first()
    fresh = [article for article in leading if article.published_at and article.published_at > since]
    return list({article.pk: article for article in (*fresh, *newest.for_listing()[:STORIES])}.values())[:STORIES]


def _send(issue: Issue, at: datetime) -> tuple[int, OSError | None]:
    """How many letters went out, and why the last refused one did not."""
    stories = {a.pk: a for a in Article.objects.public(at).for_listing().filter(pk__in=issue.article_ids)}
    shown = [stories[pk] for pk in issue.article_ids if pk in stories]
    if not shown:
        return 0, None
    sent, refused = 0, None
    with get_connection() as connection, translation.override(issue.newsletter.language):
        for reader in _waiting(issue):
            before = reader.last_issue_id
            claim = Subscription.objects.filter(pk=reader.pk, last_issue_id=before)
            if not claim.update(last_issue=issue):
                continue  # another run has it
            try:
                _letter(issue, shown, reader, connection).send()
                sent += 1
            except OSError as error:
                Subscription.objects.filter(pk=reader.pk, last_issue=issue).update(last_issue_id=before)
                refused = error
    return sent, refused


def _waiting(issue: Issue) -> Iterator[Subscription]:
    """Confirmed readers without this issue who signed up before it was made, in the order of their ids."""
    rows = Subscription.objects.filter(newsletter=issue.newsletter, confirmed_at__lte=issue.made_at)
    missing = rows.filter(Q(last_issue__isnull=True) | ~Q(last_issue=issue))
    yield from missing.select_related("newsletter").order_by("pk").iterator(chunk_size=500)


def _letter(issue: Issue, stories: list[Article], reader: Subscription, connection: Any) -> EmailMultiAlternatives:
    context = {**_letter_context(reader), "issue": issue, "stories": stories}
    letter = EmailMultiAlternatives(
        f"{issue.newsletter.title}: {stories[0].headline}"[:200],
        render_to_string("newsletter/mail/issue.txt", context),
        None,
        [reader.email],
        headers=mailing.one_click(context["leave_url"]),
        connection=connection,
    )
    letter.attach_alternative(render_to_string("newsletter/mail/issue.html", context), "text/html")
    return letter


def _letter_context(subscription: Subscription) -> dict[str, Any]:
    token, site, language = token_of(subscription), frame.current().site, subscription.newsletter.language
    is_other = language != site.language and language in site.languages
    return {
        "newsletter": subscription.newsletter,
        "site": site,
        "url": settings.SITE_URL,
        "home_url": f"{settings.SITE_URL}/{language}/" if is_other else f"{settings.SITE_URL}/",
        "confirm_url": settings.SITE_URL + reverse("articles:newsletter_confirm", args=[token]),
        "leave_url": settings.SITE_URL + reverse("articles:newsletter_leave", args=[token]),
    }
