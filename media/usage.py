"""Where a photo is used. Apps above register what no foreign key shows, such as a reference in an article's body."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models.deletion import ProtectedError
from django.db.models.signals import post_delete, pre_delete
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from media.models import Photo


@dataclass(frozen=True)
class Use:
    """One place where a photo stands: its name for people and, if there is one, the address to edit it. ``subject`` is
    what the finder's app knows it by."""

    label: str
    url: str = ""
    subject: int = 0


Finder = Callable[["Photo"], Iterable[Use]]
Shower = Callable[[list[Use], Any], list[Use]]
_finders: list[Finder] = []
_showers: list[Shower] = []
_covered: set[str] = set()
_beside: set[str] = set()  # models whose rows say something about a photo and show nothing of it
_conditions: list[Callable[[], models.Exists]] = []
_public_conditions: list[Callable[[], models.Q]] = []


def register(finder: Finder, *, covers: Iterable[str] = ()) -> None:
    """``finder(photo)`` is asked for further uses, from now on. Registering twice changes nothing.

    ``covers`` names the models ("articles.slide") whose rows the finder tells in better words than their ``str()``.
    """
    _covered.update(covers)
    if finder not in _finders:
        _finders.append(finder)


def register_shown(shower: Shower) -> None:
    """``shower(uses, user)`` gives the uses as ``user`` may know them, without the names that are not for them."""
    if shower not in _showers:
        _showers.append(shower)


def shown_to(user: Any, found: list[Use]) -> list[Use]:
    """The uses ``found`` as ``user`` may know them."""
    for shower in _showers:
        found = shower(found, user)
    return found


def leave_out(model: str) -> None:
    """Rows of ``model`` ("articles.photorestriction") point to photos without showing them: they are no use of one."""
    _beside.add(model)


def register_condition(condition: Callable[[], models.Exists]) -> None:
    """Photos for which ``condition()`` holds (an Exists over OuterRef("pk")) count as used."""
    if condition not in _conditions:
        _conditions.append(condition)


def register_public(condition: Callable[[], models.Q]) -> None:
    """Photos for which ``condition()`` holds (over OuterRef("pk")) are seen by readers now."""
    if condition not in _public_conditions:
        _public_conditions.append(condition)


def is_public() -> models.Q:
    """The condition on photos that readers see them somewhere. No query."""
    found = models.Q(pk__in=[])
    for condition in _public_conditions:
        found |= condition()
    return found


def is_used() -> models.Q:
    """The condition on photos that something shows them: a row points to them, or a registered condition holds. No query."""
    from media.models import Photo

    found = models.Q()
    for relation in _relations(Photo):
        rows = relation.related_model._base_manager.filter(**{relation.field.name: models.OuterRef("pk")})
        found |= models.Q(models.Exists(rows))
    for condition in _conditions:
        found |= models.Q(condition())
    return found


def registered_uses(photo: Photo) -> list[Use]:
    """The uses that registered finders know. As many queries as they make."""
    return [use for finder in _finders for use in finder(photo)]


def uses(photo: Photo) -> list[Use]:
    """Every use: what finders know, then rows that point to the photo. Their queries and one for each related model."""
    found = registered_uses(photo)
    for relation in _relations(type(photo)):
        model = relation.related_model
        if model._meta.label_lower not in _covered:
            rows = model._base_manager.filter(**{relation.field.name: photo})[:50]
            found += [Use(label=f"{model._meta.verbose_name}: {row}") for row in rows]
    return list(dict.fromkeys(found))


def _relations(photos: type[models.Model]) -> list[Any]:
    """The foreign keys that point to photos, those without a way back too. Not collections: they show nothing."""
    pointing: list[Any] = [field for field in photos._meta.get_fields(include_hidden=True) if not field.concrete]
    between = {getattr(relation, "through", None) for relation in pointing if relation.many_to_many}
    return [
        relation
        for relation in pointing
        if not relation.many_to_many
        and relation.related_model not in between
        and relation.related_model._meta.label_lower not in _beside
    ]


def hold(photos: Iterable[int]) -> list[int]:
    """Those of ``photos`` that are there, and nobody deletes them before this transaction ends. One query."""
    from media.models import Photo

    rows = Photo.objects.select_for_update(no_key=True).filter(pk__in=photos).order_by("pk")
    return list(rows.values_list("pk", flat=True))


def guard(model: type[models.Model]) -> None:
    """A photo with registered uses cannot be deleted by anyone; the files of a deleted one are removed."""
    pre_delete.connect(_refuse_if_used, sender=model, dispatch_uid="photo-used")
    post_delete.connect(_remove_files, sender=model, dispatch_uid="photo-files")


def _refuse_if_used(instance: Photo, **_kwargs: Any) -> None:
    hold([instance.pk])  # who gives it a place in this moment is waited for
    found = registered_uses(instance)
    if found:
        places = ", ".join(use.label for use in found[:3])
        raise ProtectedError(_("This photo is used: %(places)s.") % {"places": places}, {instance})


def _remove_files(instance: Photo, **_kwargs: Any) -> None:
    from media.renditions import forget_files

    forget_files(instance)
