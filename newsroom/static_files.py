"""How sheets and scripts are served in production: minified, a sheet in one request with everything that it imports."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

import rcssmin
import rjsmin
from django.core.files.base import ContentFile, File
from django.core.files.storage import Storage
from whitenoise.storage import CompressedManifestStaticFilesStorage

OWN_SCRIPTS = re.compile(r"(?:newsroom|articles|comments|media)/.+\.js")
IMPORT = re.compile(r'^@import "([\w.-]+\.css)";\n', re.MULTILINE)
# Inside `@layer` the minifier takes `.a :is(b)` for a declaration and drops the blank, which makes `.a:is(b)` of it.
BARE_PSEUDO_CLASS = re.compile(r"(?<=[\w\])*&]) +(?=:[a-z])")


class BundledStaticFilesStorage(CompressedManifestStaticFilesStorage):
    """Hashed and compressed files; an ``@import`` of a sheet in the same folder is replaced by that sheet's text.

    With ``DEBUG`` the browser follows the imports itself.
    """

    def post_process(self, paths: dict[str, Any], *args: Any, **options: Any) -> Iterator[Any]:
        """Stores what was collected. Imports are read where the sheet was found, not from an earlier collection."""
        bundled = {name: (_wrapped(name, storage), path) for name, (storage, path) in paths.items()}
        yield from super().post_process(bundled, *args, **options)


def _wrapped(name: str, storage: Any) -> Any:
    if name.endswith(".css"):
        return _Sheets(storage)
    return _Scripts(storage) if OWN_SCRIPTS.fullmatch(name) else storage  # others' come minified


def _read(storage: Storage, path: str) -> str:
    with storage.open(path) as file:
        content = file.read()
    return content.decode() if isinstance(content, bytes) else content


def minified(sheet: str) -> str:
    """The text of a style sheet in fewer bytes, with the same rules in it."""
    text: str = rcssmin.cssmin(BARE_PSEUDO_CLASS.sub(" *", sheet))
    return text


class _Scripts:
    """The scripts of ``storage``, minified."""

    def __init__(self, storage: Storage) -> None:
        self.storage = storage

    def open(self, path: str) -> File[Any]:
        return ContentFile(rjsmin.jsmin(_read(self.storage, path)).encode(), name=path)


class _Sheets:
    """The sheets of ``storage``, minified, with their imports in them."""

    def __init__(self, storage: Storage) -> None:
        self.storage = storage

    def open(self, path: str) -> File[Any]:
        return ContentFile(minified(self._text(path, set())).encode(), name=path)

    def _text(self, path: str, seen: set[str]) -> str:
        """A sheet imported twice stands where it was imported first."""
        seen.add(path)
        text = _read(self.storage, path)

        def imported(match: re.Match[str]) -> str:
            name = str(PurePosixPath(path).with_name(match[1]))
            return "" if name in seen else self._text(name, seen)

        return IMPORT.sub(imported, text)
