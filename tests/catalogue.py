"""Reads the words to translate out of code and templates, and the translations out of a catalogue, without gettext."""

import ast
import re
from pathlib import Path

from django.utils.translation.template import templatize

from tests.environment import ROOT

APPS = ("newsroom", "articles", "media", "comments")
PLAIN = {"_", "gettext", "gettext_lazy", "gettext_noop"}
PLURAL = {"ngettext", "ngettext_lazy"}
CONTEXT = {"pgettext", "pgettext_lazy"}
CONTEXT_PLURAL = {"npgettext", "npgettext_lazy"}
CALL = re.compile(
    r"\b(n?p?gettext|_)\((?:u?('(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"))(?:, u?('(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"))?"
)


def wanted():
    """What must be translated: {(context or None, text)}, of all apps."""
    found = set()
    for app in APPS:
        for path in sorted((ROOT / app).rglob("*.py")):
            found |= _in_code(path)
        for path in sorted((ROOT / app).glob("templates/**/*")):
            if path.is_file():
                found |= _in_template(path)
    return found


def _in_code(path):
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "attr", getattr(node.func, "id", ""))
        texts = [arg.value if isinstance(arg, ast.Constant) else None for arg in node.args]
        if name in PLAIN | PLURAL and texts and isinstance(texts[0], str):
            found.add((None, texts[0]))
        elif name in CONTEXT | CONTEXT_PLURAL and len(texts) > 1:
            found.add((texts[0], texts[1]))
    return found


def _in_template(path):
    found = set()
    for name, *quoted in CALL.findall(templatize(path.read_text(encoding="utf-8"), origin=str(path))):
        first, second = (ast.literal_eval(text) if text else None for text in quoted)
        found.add((first, second) if "p" in name else (None, first))
    return found


def read_po(path):
    """{(context or None, text): [translations]} of the entries in ``path`` that are neither fuzzy nor obsolete."""
    entries, entry, field = {}, {}, None
    for line in [*Path(path).read_text(encoding="utf-8").splitlines(), ""]:
        if not line.strip():
            if "msgid" in entry and "fuzzy" not in entry.get("#,", ""):
                texts = [value for key, value in sorted(entry.items()) if key.startswith("msgstr")]
                entries[entry.get("msgctxt"), entry["msgid"]] = texts
            entry, field = {}, None
        elif line.startswith("#,"):
            entry["#,"] = line
        elif found := re.match(r'(msgctxt|msgid_plural|msgid|msgstr(?:\[\d\])?) (".*")$', line):
            field = found[1]
            entry[field] = ast.literal_eval(found[2])
        elif line.startswith('"') and field:
            entry[field] += ast.literal_eval(line)
    return entries


# What readers of an edition see: a language that staff do not work in has these, and no more, in its catalogue.
PUBLIC_TEMPLATES = (
    "newsroom/templates/*.html",
    "newsroom/templates/newsroom/*.html",
    *(f"newsroom/templates/{folder}/**/*.html" for folder in ("account", "allauth", "mfa", "usersessions")),
    "newsroom/templates/account/**/*.txt",
    *(
        f"articles/templates/{folder}/*.html"
        for folder in ("articles", "articles/nodes", "newsletter", "reading", "search", "text", "text/nodes")
    ),
    "media/templates/media/*.html",
    "comments/templates/comments/**/*.html",
    "comments/templates/comments/mail/*.txt",
)
PUBLIC_CODE = (
    "newsroom/accounts/*.py",
    "newsroom/app_views.py",
    "newsroom/templatetags/devices.py",
    "newsroom/text.py",
    "newsroom/templatetags/times.py",
    "articles/body/render.py",
    "articles/changes.py",
    "articles/forms.py",
    "articles/live_polling.py",
    "articles/search/*.py",
    "articles/views/*.py",
    "media/source_types.py",
    "comments/account_views.py",
    "comments/act_views.py",
    "comments/appeal_views.py",
    "comments/appeals.py",
    "comments/feed.py",
    "comments/forms.py",
    "comments/guests.py",
    "comments/letters.py",
    "comments/models/report.py",
    "comments/modes.py",
    "comments/news.py",
    "comments/own.py",
    "comments/phase_names.py",
    "comments/pipeline/gates.py",
    "comments/pipeline/refusals.py",
    "comments/places.py",
    "comments/public_figures.py",
    "comments/models/figures.py",
    "comments/recommending.py",
    "comments/submission.py",
    "comments/telling.py",
)


def wanted_by_readers():
    """The part of ``wanted()`` that stands on public pages."""
    found = set()
    for patterns, read in ((PUBLIC_TEMPLATES, _in_template), (PUBLIC_CODE, _in_code)):
        for pattern in patterns:
            paths = sorted(ROOT.glob(pattern))
            assert paths, pattern
            for path in paths:
                found |= read(path)
    return found
