"""Old addresses on the desk."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminTextInputWidget
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from articles import old_addresses
from articles.models import Article, OldAddress
from articles.rights import visible_condition


class OldAddressForm(forms.ModelForm[OldAddress]):
    """Two addresses as they are typed or pasted. ``articles`` are those to which the person may lead."""

    articles: QuerySet[Article]
    path = forms.CharField(
        label=_("Old address"),
        max_length=old_addresses.MOST_TYPED,
        widget=AdminTextInputWidget,
        error_messages={"unique": _("This address is in the table already. Search for it, and change where it leads.")},
        help_text=_(
            "From its first slash on, or whole: /2011/03/the-bridge.html, /?p=123, https://old.example/the-bridge"
        ),
    )
    target = forms.CharField(
        label=_("Leads to"),
        max_length=old_addresses.MOST_TYPED,
        widget=AdminTextInputWidget,
        help_text=_("The number or the address of an article, or the address of a section or page of this site."),
    )

    class Meta:
        model = OldAddress
        fields = ["path"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["target"].initial = leads_to(self.instance)

    def clean_path(self) -> str:
        """Raises ValidationError for what is no address, or one of a page that exists."""
        try:
            self.line = old_addresses.read(self.cleaned_data["path"], pages=old_addresses.own_pages())
        except old_addresses.Refused as refused:
            raise ValidationError(str(refused), code="path") from refused
        if reason := old_addresses.refusals([self.line], articles=self.articles).get(self.line):
            raise ValidationError(reason, code="taken")
        return self.line.path

    def clean_target(self) -> str:
        """The target is set on the instance. Raises ValidationError if there is none."""
        typed: str = self.cleaned_data["target"]
        try:
            number, path = old_addresses.read_target(typed, pages=old_addresses.own_pages())
        except old_addresses.Refused as refused:
            raise ValidationError(str(refused), code="target") from refused
        line = old_addresses.Line("", number, path)
        if reason := old_addresses.refusals([line], articles=self.articles).get(line):
            raise ValidationError(reason, code="article")
        self.instance.article_id, self.instance.target_path = number, path
        return typed


def leads_to(line: OldAddress) -> str:
    """The address of the article (no query if it and its section are loaded), or the path."""
    return line.article.get_absolute_url() if line.article is not None else line.target_path


@admin.register(OldAddress)
class OldAddressAdmin(admin.ModelAdmin[Any]):
    """What old addresses lead to. Searched from the address's first letter on, or by the number of an article."""

    form = OldAddressForm
    list_display = ["path", "target", "created_at"]
    list_select_related = ["article__section"]
    search_fields = ["path"]
    search_help_text = _("The beginning of an old address, or the number of an article")
    show_full_result_count = False
    ordering = ["path"]
    fields = ["path", "target"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[OldAddress]:
        """None of an article that neither readers nor the person may see."""
        lines: QuerySet[OldAddress] = super().get_queryset(request).defer("article__body")
        if visible_condition(request.user) is None:  # type: ignore[arg-type]  # the desk knows who it is
            return lines
        offered = Article.objects.offered_to(request.user).order_by().values("pk")  # type: ignore[arg-type]  # the same
        return lines.filter(Q(article__isnull=True) | Q(article__in=offered))

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """The form knows to which articles the person may lead."""
        form = super().get_form(request, obj, change=change, **kwargs)
        form.articles = Article.objects.offered_to(request.user)  # type: ignore[attr-defined,arg-type]  # made for this person
        return form

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[OldAddress], search_term: str
    ) -> tuple[QuerySet[OldAddress], bool]:
        """Both ways of searching use an index."""
        typed = search_term.strip()
        if not typed:
            return queryset, False
        if typed.isascii() and typed.isdigit() and len(typed) <= 18:
            return queryset.filter(article=int(typed)), False
        return queryset.filter(path__startswith=old_addresses.as_written(typed)), False

    @admin.display(description=_("leads to"))
    def target(self, line: OldAddress) -> str:
        return leads_to(line)
