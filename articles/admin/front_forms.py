"""What the front page editor's form says, and the act that its pressed button asks for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import front_pages
from articles.acts import ActRefused
from articles.admin.article_form import SectionChoice
from articles.admin.widgets import Moment
from articles.front_rows import Block, Row
from articles.models import FrontPage, Section, Topic
from newsroom.autocomplete import is_id


class FrontForm(forms.Form):
    """All that can be typed on the page. Each act reads what it needs of it."""

    starts_at = Moment(label=gettext_lazy("From"))
    ends_at = Moment(label=gettext_lazy("Until"))
    may_repeat = forms.BooleanField(label=gettext_lazy("May stand twice on the page"), required=False)
    place = forms.TypedChoiceField(label=gettext_lazy("Place"), coerce=int, required=False, empty_value="0")
    rule_section = SectionChoice(
        label=gettext_lazy("Newest of section"), queryset=Section.objects.order_by("path"), required=False
    )
    rule_topic = forms.ModelChoiceField(
        label=gettext_lazy("Newest of topic"), queryset=Topic.objects.order_by("name"), required=False
    )
    locked_until = Moment(label=gettext_lazy("Locked until"))
    note = forms.CharField(label=gettext_lazy("Note"), max_length=200, required=False)
    publish_at = Moment(label=gettext_lazy("Publish at"))

    def __init__(self, *args: Any, page: FrontPage, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "front_%s", "label_suffix": "", **kwargs})
        fields: dict[str, Any] = self.fields
        fields["place"].choices = [(number, str(number)) for number in front_pages.places(page)]
        for each in fields.values():
            each.widget.attrs["form"] = "front"


def act(*, page: FrontPage, form: FrontForm, data: QueryDict, by: Any, blocks: list[Block]) -> str:
    """What the pressed button says is done; the place on the page to go on to. ``blocks``: as the page showed them.

    Raises ActRefused, also for what no button of the page says.
    """
    if not form.is_valid():
        raise ActRefused(" ".join(str(e) for errors in form.errors.values() for e in errors))
    name, *words = data.get("act", "").split(":", 3)
    known = ACTS.get(name)
    if known is None:
        raise ActRefused(_("Choose what to do."))
    common = {"page": page, "by": by, "base": data.get("base", "")}
    return known(common, form.cleaned_data, [*words, "", "", ""], data, blocks)


def number(text: str) -> int:
    """The number that ``text`` says, -1 if it says none."""
    return int(text) if is_id(text) else -1


def _put(common: dict[str, Any], facts: dict[str, Any], words: list[str], data: QueryDict, _blocks: list[Block]) -> str:
    story = words[1] or data.get("story", "")
    if not story:
        raise ActRefused(_("Choose a story of the list first."))
    row = Row(number(words[0]), number(story), **_times(facts))
    front_pages.place(row=row, **common)
    return f"place-{row.position}"


def _pin(common: dict[str, Any], _facts: dict[str, Any], words: list[str], *_rest: Any) -> str:
    front_pages.place(row=Row(number(words[0]), number(words[1])), **common)
    return f"place-{number(words[0])}"


def _rule(common: dict[str, Any], facts: dict[str, Any], *_rest: Any) -> str:
    section, topic = facts["rule_section"], facts["rule_topic"]
    row = Row(int(facts["place"]), **_times(facts))
    row = replace(row, rule_section=section.pk if section else None, rule_topic=topic.pk if topic else None)
    front_pages.place(row=row, **common)
    return f"place-{facts['place']}"


def _times(facts: dict[str, Any]) -> dict[str, Any]:
    return {name: facts[name] for name in ("starts_at", "ends_at", "may_repeat")}


def _clear(common: dict[str, Any], _facts: dict[str, Any], words: list[str], *_rest: Any) -> str:
    start = ":".join(word for word in words[1:] if word)
    try:
        starts_at = parse_datetime(start) if start else None
    except ValueError:
        starts_at = None
    front_pages.clear(position=number(words[0]), starts_at=starts_at, **common)
    return f"place-{number(words[0])}"


def _swap(common: dict[str, Any], _facts: dict[str, Any], words: list[str], *_rest: Any) -> str:
    shown = number(words[2])
    front_pages.swap(one=number(words[0]), other=number(words[1]), shown=shown if shown > 0 else None, **common)
    return f"place-{number(words[1])}"


def _lock(common: dict[str, Any], facts: dict[str, Any], *_rest: Any) -> str:
    if facts["locked_until"] is None:
        raise ActRefused(_("Give a time that lies ahead, until which the place stays as it is."))
    front_pages.lock(position=int(facts["place"]), until=facts["locked_until"], **common)
    return f"place-{facts['place']}"


def _unlock(common: dict[str, Any], _facts: dict[str, Any], words: list[str], *_rest: Any) -> str:
    front_pages.lock(position=number(words[0]), until=None, **common)
    return f"place-{number(words[0])}"


def _block(
    common: dict[str, Any], _facts: dict[str, Any], words: list[str], _data: QueryDict, blocks: list[Block]
) -> str:
    keys = [block.key for block in blocks]
    if words[1] not in keys:
        raise ActRefused(_("There is no such part of the page."))
    place, there = keys.index(words[1]), list(blocks)
    if words[0] in {"hide", "show"}:
        there[place] = replace(there[place], is_shown=words[0] == "show")
    elif words[0] in {"up", "down"}:
        other = min(max(place + (1 if words[0] == "down" else -1), 0), len(there) - 1)
        there[place], there[other] = there[other], there[place]
    front_pages.order(blocks=there, **common)
    return f"part-{words[1]}"


def _take_up(common: dict[str, Any], _facts: dict[str, Any], words: list[str], *_rest: Any) -> str:
    front_pages.take_up(number=max(number(words[0]), 0), **common)
    return "places"


def _discard(common: dict[str, Any], *_rest: Any) -> str:
    front_pages.discard(**common)
    return "places"


def _publish(common: dict[str, Any], facts: dict[str, Any], *_rest: Any) -> str:
    front_pages.publish(note=facts["note"], at=facts["publish_at"], **common)
    return "versions"


def _call_off(common: dict[str, Any], _facts: dict[str, Any], words: list[str], *_rest: Any) -> str:
    front_pages.call_off(number=max(number(words[0]), 0), **common)
    return "versions"


ACTS: dict[str, Callable[..., str]] = {
    "put": _put,
    "pin": _pin,
    "rule": _rule,
    "clear": _clear,
    "swap": _swap,
    "lock": _lock,
    "unlock": _unlock,
    "block": _block,
    "restore": _take_up,
    "discard": _discard,
    "publish": _publish,
    "off": _call_off,
}
