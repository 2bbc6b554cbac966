"""Records of a large XML file, one after the other, with the line where each begins. Entities are refused."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.sax import SAXException
from xml.sax.handler import ContentHandler
from xml.sax.xmlreader import AttributesImpl

from defusedxml.common import DefusedXmlException
from defusedxml.sax import make_parser

CHUNK = 65_536


class NotReadable(Exception):
    """The file is not what the format says. ``str()`` says where."""


@dataclass
class Record:
    """An element: the texts and attributes of what lies in it by path (``author/email``, ``thread@dsq:id``), own
    attributes under ``@name``. ``outer`` is the record it lies in, as far as that has been read; lists keep repetition."""

    tag: str
    line: int
    outer: Record | None = None
    texts: dict[str, str] = field(default_factory=dict)
    lists: dict[str, list[str]] = field(default_factory=dict)

    def text(self, path: str) -> str:
        return self.texts.get(path, "").strip()


class _Handler(ContentHandler):
    def __init__(self, tags: frozenset[str], inner: frozenset[str], line: Callable[[], int | None]) -> None:
        super().__init__()
        self.line, self.inner = line, inner
        self.tags, self.done = tags, list[Record]()
        self.open: list[tuple[Record, list[str]]] = []  # each record with the path within it
        self.words: list[str] = []

    def startElement(self, name: str, attrs: AttributesImpl) -> None:  # noqa: N802  # the handler's own name
        self.words = []
        is_record = name in (self.inner if self.open else self.tags) and not (self.open and self.open[-1][1])
        if is_record:
            outer = self.open[-1][0] if self.open else None
            self.open.append((Record(name, self.line() or 0, outer), []))
        elif self.open:
            self.open[-1][1].append(name)
        if self.open:
            record, path = self.open[-1]
            for key, value in attrs.items():
                record.texts[f"{'/'.join(path)}@{key}"] = value

    def characters(self, content: str) -> None:
        if self.open:
            self.words.append(content)

    def endElement(self, name: str) -> None:  # noqa: N802  # the handler's own name
        if not self.open:
            return
        record, path = self.open[-1]
        if not path:
            self.done.append(self.open.pop()[0])
            return
        where, words = "/".join(path), "".join(self.words)
        if words.strip():
            record.texts[where] = words
            record.lists.setdefault(where, []).append(words)
        self.words = []
        path.pop()


def records(file: Path, tags: frozenset[str], inner: frozenset[str] = frozenset()) -> Iterator[Record]:
    """The elements of ``file`` named in ``tags``, and those named in ``inner`` right in them, each when it ends.
    Raises NotReadable if the file is no such XML."""
    parser = make_parser()
    handler = _Handler(tags, inner, parser.getLineNumber)
    parser.setContentHandler(handler)
    try:
        with file.open("rb") as stream:
            while chunk := stream.read(CHUNK):
                parser.feed(chunk)
                yield from handler.done
                handler.done.clear()
            parser.close()
            yield from handler.done
    except (SAXException, DefusedXmlException, ValueError) as error:
        raise NotReadable(f"{file.name}: {error}") from error
