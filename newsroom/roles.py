"""Roles are groups made by code: after every migration each has exactly these rights. Superusers have all."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig, apps
from django.contrib.auth.models import Group, Permission
from django.db.models import Q

_READ_DESK = [
    "articles.view_article",
    "articles.view_assignment",
    "articles.view_section",
    "articles.view_page",
    "articles.view_byline",
    "articles.view_topic",
    "articles.view_houseword",
    "media.view_photo",
    "media.view_stream",
]
_WRITE = [
    "articles.add_article",
    "articles.change_article",
    "articles.submit_article",
    "articles.add_assignment",
    "articles.post_entry",
    "media.add_photo",
    "media.change_photo",
    "articles.add_topic",
]
_EDIT = [
    "articles.change_assignment", "articles.correct_article", "articles.lock_article", "articles.share_preview", "articles.view_errorreport", "articles.review_article", "articles.publish_article", "articles.withdraw_article", "articles.delete_article",
    "articles.add_byline", "articles.change_byline", "articles.change_topic", "articles.change_frontpage",
    "articles.add_houseword", "articles.change_houseword", "articles.delete_houseword",
    "articles.add_frontpage", "articles.delete_frontpage", "articles.view_frontpage", "comments.view_comment",
    "comments.view_answerer", "comments.add_answerer", "comments.delete_answerer",
]  # fmt: skip
_PICTURES = [
    "articles.view_photorestriction",
    "articles.add_photorestriction",
    "articles.change_photorestriction",
    "articles.delete_photorestriction",
    "media.view_collection",
    "media.add_collection",
    "media.change_collection",
    "media.delete_collection",
    "media.add_photo",
    "media.change_photo",
    "media.delete_photo",
    "media.add_stream",
    "media.change_stream",
    "media.delete_stream",
]
_MODERATE = [
    *(
        "comments.view_readerstatus",
        "comments.view_appeal",
        "comments.view_commentreport",
        "comments.view_commentrules",
    ),
    *("comments.view_wordlist", "comments.add_wordlist", "comments.change_wordlist", "comments.delete_wordlist"),
    *("comments.view_comment", "comments.change_comment", "comments.moderate_comment", "articles.view_article"),
    *(
        "comments.view_cannedreason",
        "comments.add_cannedreason",
        "comments.change_cannedreason",
        "comments.delete_cannedreason",
    ),
]
_PUBLISH = [
    "articles.view_archive",
    "newsroom.view_auditevent",
    "articles.kill_article",
    "articles.break_embargo",
    *(
        "articles.view_newsletter",
        "articles.add_newsletter",
        "articles.change_newsletter",
        "articles.delete_newsletter",
    ),
    *("articles.add_page", "articles.change_page", "articles.delete_page"),
    "articles.add_section",
    "articles.change_section",
    "articles.delete_section",
    *(
        "articles.view_oldaddress",
        "articles.add_oldaddress",
        "articles.change_oldaddress",
        "articles.delete_oldaddress",
    ),
]
_ADMINISTER = [
    "articles.view_subscription", "articles.delete_subscription",
    "comments.change_commentrules", "comments.view_rulestext", "comments.add_rulestext", "comments.change_rulestext", "comments.delete_rulestext",
    "articles.view_sectionright", "articles.add_sectionright", "articles.change_sectionright", "articles.delete_sectionright",
    "newsroom.view_auditevent", "newsroom.view_user", "newsroom.add_user", "newsroom.change_user", "newsroom.view_siteidentity", "newsroom.change_siteidentity",
    "newsroom.view_endpoint", "newsroom.add_endpoint", "newsroom.change_endpoint", "newsroom.delete_endpoint", "newsroom.view_delivery",
    "newsroom.add_sociallink", "newsroom.change_sociallink", "newsroom.delete_sociallink", "newsroom.view_sociallink",
]  # fmt: skip

_CONTRIBUTE = [
    *("articles.view_article", "articles.add_article", "articles.change_article", "articles.submit_article"),
    *("media.view_photo", "media.add_photo"),
]
GUEST = "Contributor"  # reaches only what is their own, see articles.rights and is_guest

ROLES: dict[str, list[str]] = {
    GUEST: _CONTRIBUTE,
    "Reporter": [*_READ_DESK, *_WRITE],
    "Editor": [*_READ_DESK, *_WRITE, *_EDIT],
    "Photo editor": [*_READ_DESK, *_PICTURES],
    "Moderator": _MODERATE,
    "Publisher": [*_READ_DESK, *_WRITE, *_EDIT, *_PICTURES, *_MODERATE, *_PUBLISH],
    "Administrator": [*_READ_DESK, *_WRITE, *_EDIT, *_PICTURES, *_MODERATE, *_PUBLISH, *_ADMINISTER],
}


def is_guest(user: Any) -> bool:
    """Whether the desk shows ``user`` nothing but their own: they have the guests' role and no other. One query, once."""
    if not hasattr(user, "_is_guest"):
        roles = set() if user.is_superuser else set(Group.objects.filter(user=user.pk).values_list("name", flat=True))
        user._is_guest = roles == {GUEST}
    return bool(user._is_guest)


def is_last_administrator(user: Any) -> bool:
    """Whether ``user`` administers the site and nobody else does. One query."""
    from newsroom.models import User

    able = Q(is_superuser=True) | Q(groups__name="Administrator")
    able_ones = set(User.objects.filter(able, is_active=True, is_staff=True).values_list("pk", flat=True))
    return able_ones == {user.pk}


def sync_after_migrations(sender: AppConfig, **_kwargs: Any) -> None:
    """The signal comes once an app; the last one finds the permissions of all."""
    if sender == [config for config in apps.get_app_configs() if config.models_module is not None][-1]:
        sync_roles()


def sync_roles() -> None:
    """Each role's group exists and has the rights of ROLES that are known so far, and no others. Runs after migrations."""
    known = {
        f"{app}.{codename}": pk
        for app, codename, pk in Permission.objects.values_list("content_type__app_label", "codename", "pk")
    }
    for name, codes in ROLES.items():
        group, _made = Group.objects.get_or_create(name=name)
        group.permissions.set([known[code] for code in set(codes) if code in known])
