"""Puts the demo's site identity and accounts in."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group
from django.db import transaction

from newsroom.demo.context import Context
from newsroom.models import SiteIdentity, SocialLink, User

FOLDER = Path(__file__).parent
DOMAIN = "meridian.example"
SUPERUSER_ROLE = "Administrator"


def load(context: Context) -> None:
    """The site has the demo's name and links, and ``context.users`` holds its people. A second run changes nothing."""
    with transaction.atomic():
        _site()
        _people(context)
    context.progress(f"{len(context.users)} people")


def refusal() -> str:
    """Why the demo's accounts cannot be made here, in a sentence; empty if they can. One query."""
    wanted = {name: address(name) for name, *_rest in _everyone()}
    for user in User.objects.filter(username__in=wanted):
        if user.email != wanted[user.username]:
            return f"There is an account “{user.username}” already that is not the demo's."
    return ""


def logins() -> list[tuple[str, str]]:
    """The roles and, for each, the user name of the first of the demo's staff who has it."""
    first: dict[str, str] = {}
    for username, facts in _read("people.toml")["staff"].items():
        first.setdefault(facts["role"], username)
    return list(first.items())


def address(username: str) -> str:
    """The e-mail address by which a demo account is known again. The domain cannot exist (RFC 2606)."""
    return f"{username}@{DOMAIN}"


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / name).read_text(encoding="utf-8"))


def _site() -> None:
    """A site that somebody has named keeps its name."""
    facts = _read("site.toml")
    site = SiteIdentity.load()
    if site.name != SiteIdentity._meta.get_field("name").default:
        return
    for field, value in facts["site"].items():
        setattr(site, field, value)
    site.full_clean()
    site.save()
    for position, link in enumerate(facts["social_links"]):
        SocialLink.objects.get_or_create(
            site=site, label=link["label"], defaults={"url": link["url"], "position": position}
        )


def _everyone() -> Iterator[tuple[str, str, str]]:
    """User name, name and role (empty for readers) of all demo people."""
    people = _read("people.toml")
    for username, facts in people["staff"].items():
        yield username, facts["name"], facts["role"]
    for username, name in people["readers"].items():
        yield username, name, ""


def _people(context: Context) -> None:
    known = User.objects.in_bulk([name for name, *_rest in _everyone()], field_name="username")
    groups = {group.name: group for group in Group.objects.all()}
    secret = ""
    for username, name, role in _everyone():
        if username not in known:
            secret = secret or make_password(context.password)  # slow by design, so once for all
            known[username] = _account(username, name, secret, groups.get(role))
        context.users[username] = known[username]


def _account(username: str, name: str, secret: str, group: Group | None) -> User:
    user = User.objects.create(
        username=username,
        name=name,
        email=address(username),
        password=secret,
        is_staff=group is not None,
        is_superuser=group is not None and group.name == SUPERUSER_ROLE,
    )
    if group is not None:
        user.groups.add(group)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user
