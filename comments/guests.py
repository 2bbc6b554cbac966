"""Guests who want letters about their comments: asked once whether the address is theirs, told nothing before they said yes.

Whoever types a stranger's address has one letter a day sent to it at most, and none once its owner said no for good.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from urllib.parse import urlsplit

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core import signing
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django_tasks import task

from articles.models import Article
from articles.querysets import public_condition
from comments.models import Comment, GuestAddress, GuestWish
from comments.reader import hashed
from newsroom import mailing, visitors
from newsroom.models import SiteIdentity, User

CONFIRM_SALT, STOP_SALT = "comments.guest-confirm", "comments.guest-letters"
WAITS = timedelta(days=7)  # an address that nobody confirmed is forgotten after them, and the link is no longer good
DAY = timedelta(days=1)
LETTERS = 10  # to new addresses that one sender causes in a day
BATCH = 1000
SHOWN = 20  # comments on the page that ends letters


def key_of(mail: str) -> str:
    """What the address is known by: the same in any case, worthless elsewhere."""
    return hashed("guest-mail", mail.lower())[:32]


def mails_of(person: User) -> set[str]:
    """The addresses that are known to be the account's. One query."""
    addresses = EmailAddress.objects.filter(user=person, verified=True).values_list("email", flat=True)
    return set(filter(None, {person.email, *addresses}))


# --- What a comment asks for ------------------------------------------------------------------------------------------


@transaction.atomic
def wish(comment: Comment) -> None:
    """The guest who wrote ``comment`` wants letters about it; unless the address said no for good. In the transaction that
    stores the comment."""
    mail = comment.guest_email
    row, _made = GuestAddress.objects.get_or_create(key=key_of(mail), defaults={"email": mail})
    address = GuestAddress.objects.select_for_update().get(pk=row.pk)
    if address.stopped_at is None:
        GuestAddress.objects.filter(pk=address.pk).update(wished_at=timezone.now(), idle_at=None)
        GuestWish.objects.create(comment=comment, address=address)


def wish_of(comment: Comment) -> GuestWish | None:
    """What the guest who wrote ``comment`` asked for, with the address. One query, none for an account's comment."""
    if comment.author_id is not None or not comment.guest_email:
        return None
    return GuestWish.objects.select_related("address").filter(comment=comment.pk).first()


def is_by(wish: GuestWish, comment: Comment) -> bool:
    """Whether who made ``wish`` wrote ``comment``, as a guest or with an account. At most one query."""
    mails = mails_of(comment.author) if comment.author is not None else {comment.guest_email}
    return wish.address.key in {key_of(mail) for mail in mails if mail}


@transaction.atomic
def end(wish: GuestWish) -> None:
    """No letter comes about the comment of ``wish`` any more. An address that no comment asks for is forgotten, but not at
    once: it would be asked anew by everybody who posts, deletes and posts again."""
    address = GuestAddress.objects.select_for_update().get(pk=wish.address_id)
    wish.delete()
    if not address.wishes.exists():
        GuestAddress.objects.filter(pk=address.pk, stopped_at__isnull=True).update(idle_at=timezone.now())


# --- Is the address theirs? -------------------------------------------------------------------------------------------


def ask(wish: GuestWish, comment: Comment) -> None:
    """The owner of the address is asked whether they want letters, unless they said so or were asked within a day, or the
    sender of ``comment`` had many asked. To be called in the transaction of the act; the letter goes out after it."""
    now = timezone.now()
    address = GuestAddress.objects.select_for_update().get(pk=wish.address_id)
    is_asked = address.asked_at is not None and address.asked_at > now - DAY
    if address.confirmed_at is not None or address.stopped_at is not None or is_asked:
        return
    if not visitors.is_within_rate(f"guest-letter-{comment.address_hash}", most=LETTERS, seconds=24 * 60 * 60):
        return
    address.asked_at, address.sent_at, address.taken_at = now, None, None
    address.save(update_fields=["asked_at", "sent_at", "taken_at"])
    transaction.on_commit(partial(send_question.enqueue, address.pk), robust=True)


@task()
def send_question(address_id: int) -> None:
    """The letter that asks to confirm has been sent, once, however often this runs."""
    deliver_question(address_id)


def deliver_question(address_id: int) -> bool:
    """Whether the letter went out now. Not if it did before, another process is at it, it was answered, or readers do not
    see the article any more. Raises OSError if the mail server refused it."""
    due = GuestAddress.objects.filter(pk=address_id, asked_at__isnull=False, sent_at__isnull=True)
    if not mailing.take(due):
        return False
    address = GuestAddress.objects.get(pk=address_id)
    article = article_of(address)
    is_wanted = article is not None and address.confirmed_at is None and address.stopped_at is None
    if article is not None and is_wanted:
        mailing.send(_question(address, article), taken=due)
    due.update(sent_at=timezone.now())
    return is_wanted


def _question(address: GuestAddress, article: Article) -> EmailMessage:
    """Nothing in it was written by who commented: it is no way to send strangers one's words."""
    site, root = SiteIdentity.load(), settings.SITE_URL.rstrip("/")
    token = signing.dumps(address.key, salt=CONFIRM_SALT)
    stop = root + stop_path(address.key)
    with translation.override(article.language):
        subject = _("%(site)s: do you want letters about your comment?") % {"site": site.name}
        context = {"article": article, "site": site, "confirm": root + reverse("comments:guest_confirm", args=[token]), "stop": stop}  # fmt: skip
        body = render_to_string("comments/mail/guest_question.txt", context)
    asked = address.asked_at.timestamp() if address.asked_at else 0
    mark = hashed("guest-question", f"{address.pk} {asked}")[:24]
    headers = {"Message-ID": f"<guest-question-{mark}@{urlsplit(root).hostname}>", **mailing.one_click(stop)}
    return EmailMessage(" ".join(subject.split())[:150], body, None, [address.email], headers=headers)


def article_of(address: GuestAddress) -> Article | None:
    """The public article under which the address was given last. One query."""
    wish = _shown().filter(address=address).order_by("-comment").first()
    return wish.comment.article if wish is not None else None


def asked(token: str) -> GuestAddress | None:
    """The address that the link of a question is about; None for one that is too old, forgotten or said no. One query."""
    try:
        key = signing.loads(token, salt=CONFIRM_SALT, max_age=WAITS)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return GuestAddress.objects.filter(key=key, stopped_at__isnull=True).first()


def confirm(token: str) -> GuestAddress | None:
    """The address of ``token`` gets letters from now on, however often this is asked; None as for ``asked``."""
    address = asked(token)
    if address is not None:
        unsure = GuestAddress.objects.filter(pk=address.pk, confirmed_at__isnull=True, stopped_at__isnull=True)
        unsure.update(confirmed_at=timezone.now())
    return address


# --- The way out ------------------------------------------------------------------------------------------------------


def stop_path(key: str) -> str:
    """The address at which letters to the guest end, for whoever holds it. It works as long as it is kept."""
    return reverse("comments:guest_letters", args=[signing.dumps(key, salt=STOP_SALT)])


def key_in(token: str) -> str | None:
    """Whose letters the token ends."""
    try:
        return str(signing.loads(token, salt=STOP_SALT))
    except (signing.BadSignature, ValueError, TypeError):
        return None


def wishes_of(key: str) -> list[GuestWish]:
    """What the address gets letters about, the newest comment first, as far as readers see the article. One query."""
    return list(_shown().filter(address__key=key).order_by("-comment")[:SHOWN])


def _shown() -> QuerySet[GuestWish]:
    """Wishes about comments on articles that readers see, with both."""
    found = GuestWish.objects.filter(public_condition(None, "comment__article__"))
    return found.select_related("comment__article__section").defer("comment__article__body")


@transaction.atomic
def stop(key: str) -> None:
    """The address of ``key`` gets no letter any more, whatever anybody ticks; nothing of it is kept but the hash."""
    now = timezone.now()
    row, _made = GuestAddress.objects.get_or_create(key=key, defaults={"stopped_at": now})
    address = GuestAddress.objects.select_for_update().get(pk=row.pk)
    address.wishes.all().delete()
    address.email, address.stopped_at, address.confirmed_at, address.idle_at = "", now, None, None
    address.save(update_fields=["email", "stopped_at", "confirmed_at", "idle_at"])


def allow(key: str) -> None:
    """Who said no for good may be asked again."""
    GuestAddress.objects.filter(key=key, stopped_at__isnull=False).delete()


def forget(at: datetime | None = None) -> int:
    """Addresses that nobody confirmed within a week are gone, with what they would have been told, and those that no
    comment has asked for as long; how many. The oldest BATCH of each at a time."""
    before = (at or timezone.now()) - WAITS
    unconfirmed = GuestAddress.objects.filter(confirmed_at__isnull=True, stopped_at__isnull=True, wished_at__lt=before)
    idle = GuestAddress.objects.filter(idle_at__isnull=False, idle_at__lt=before)
    pks = [*unconfirmed.order_by("wished_at").values_list("pk", flat=True)[:BATCH]]
    pks += idle.exclude(pk__in=pks).order_by("idle_at").values_list("pk", flat=True)[:BATCH]
    (unconfirmed | idle).filter(pk__in=pks).delete()
    return len(pks)


def forget_mail(mail: str) -> None:
    """Nothing is kept of letters to ``mail``, a no neither."""
    GuestAddress.objects.filter(key=key_of(mail)).delete()
