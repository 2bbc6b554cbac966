"""Sections, topics and authors."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from articles.models import Byline, HouseWord, PhotoRestriction, Section, SectionRight, Topic
from media.admin.photos import PhotoAdmin
from newsroom.admin import NewsroomUserAdmin
from newsroom.autocomplete import KnownSelects
from newsroom.models import User


@admin.register(Section)
class SectionAdmin(admin.ModelAdmin[Any]):
    """The tree, in the order of its paths."""

    list_display = ["tree_name", "path", "language", "position", "is_visible", "in_menu", "comment_mode"]
    list_filter = ["language", "is_visible", "in_menu"]
    search_fields = ["name", "path"]
    ordering = ["path"]
    fields = [
        *("name", "parent", "slug", "description", "language", "translation_of", "position"),
        *("in_menu", "is_visible", "is_opinion", "comment_mode", "comment_days"),
    ]

    @admin.display(description=_("section"), ordering="path")
    def tree_name(self, section: Section) -> str:
        return "\u00a0\u00a0\u00a0" * section.depth + section.name


@admin.register(Topic)
class TopicAdmin(admin.ModelAdmin[Any]):
    """Topics. The slug is made from the name."""

    list_display = ["name", "slug", "description"]
    search_fields = ["name"]
    fields = ["name", "slug", "description"]
    prepopulated_fields = {"slug": ["name"]}


@admin.register(Byline)
class BylineAdmin(KnownSelects, admin.ModelAdmin[Any]):
    """Authors as readers know them."""

    list_display = ["name", "role", "language", "user"]
    list_filter = ["language"]
    list_select_related = ["user"]
    search_fields = ["name", "role"]
    autocomplete_fields = ["portrait", "user"]
    fields = ["name", "slug", "role", "bio", "portrait", "email", "language", "user"]


@admin.register(HouseWord)
class HouseWordAdmin(admin.ModelAdmin[Any]):
    """The house dictionary. Its words are marked in the checks of every article of their language."""

    list_display = ["wrong", "right", "note", "language"]
    list_filter = ["language"]
    search_fields = ["wrong", "right", "note"]
    fields = ["wrong", "right", "note", "language"]


class PhotoRestrictionInline(admin.StackedInline[Any, Any]):
    """On a photo's page: the sections that alone may show it."""

    model = PhotoRestriction
    can_delete = True
    extra = 1
    formfield_overrides = {models.ManyToManyField: {"widget": forms.CheckboxSelectMultiple}}


class SectionRightInline(admin.TabularInline[Any, Any]):
    """On a person's page: the sections to which their roles are limited. Nobody sets their own."""

    model = SectionRight
    extra = 1
    verbose_name_plural = _("Limits to sections: without one, the roles reach every section")

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return super().has_change_permission(request, obj) and _may_limit(request, obj)

    def has_add_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return super().has_add_permission(request, obj) and _may_limit(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return super().has_delete_permission(request, obj) and _may_limit(request, obj)


def _may_limit(request: HttpRequest, person: User | None) -> bool:
    return person is None or request.user.is_superuser or request.user.pk != person.pk


NewsroomUserAdmin.inlines = [*NewsroomUserAdmin.inlines, SectionRightInline]
PhotoAdmin.inlines = [*PhotoAdmin.inlines, PhotoRestrictionInline]
