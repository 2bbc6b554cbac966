"""The formats that are read: Disqus, WordPress, Remark42, Isso, CSV, and this project's own lines."""

from __future__ import annotations

import csv
import gzip
import json
import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import IO, Any

from comments.models import Status
from comments.moving import own_rows
from comments.moving.plain import as_text
from comments.moving.rows import Beside, Incoming, Reader, Refused, Row, incoming
from comments.moving.xml import NotReadable, Record, records

Rows = Iterator[Row]


def disqus(file: Path) -> Rows:
    """An export of Disqus. Source: https://help.disqus.com/en/articles/1717164-comments-export"""
    threads: dict[str, str] = {}
    for record in records(file, frozenset({"thread", "post"})):
        if record.tag == "thread":
            threads[record.text("@dsq:id")] = record.text("link") or record.text("id")
            continue
        yield incoming(
            f"line {record.line}",
            key=record.text("@dsq:id"),
            parent=record.text("parent@dsq:id"),
            thread=threads.get(record.text("thread@dsq:id"), ""),
            body=as_text(record.text("message")),
            name=record.text("author/name"),
            email=record.text("author/email"),
            created_at=record.text("createdAt"),
            status=_disqus_status(record),
        )


def _disqus_status(record: Record) -> Status:
    if record.text("isSpam") == "true":
        return Status.SPAM
    if record.text("isDeleted") == "true":
        return Status.REMOVED
    return Status.WAITING if record.text("isApproved") == "false" else Status.PUBLISHED


WORDPRESS = {"1": Status.PUBLISHED, "0": Status.WAITING, "spam": Status.SPAM, "trash": Status.REMOVED}


def wordpress(file: Path) -> Rows:
    """An export of WordPress (WXR). Source: https://wordpress.org/documentation/article/tools-export-screen/"""
    for record in records(file, frozenset({"item"}), frozenset({"wp:comment"})):
        if record.tag == "item" or record.text("wp:comment_type") in {"pingback", "trackback"}:
            continue
        own = own_rows.from_meta(record)
        if own is not None:
            yield own_rows.incoming_of(f"line {record.line}", own)
            continue
        item = record.outer or record
        parent = record.text("wp:comment_parent")
        yield incoming(
            f"line {record.line}",
            key=record.text("wp:comment_id"),
            parent="" if parent == "0" else parent,
            thread=item.text("link") or item.text("wp:post_name"),
            body=as_text(record.text("wp:comment_content").replace("\n", "<br>")),
            name=record.text("wp:comment_author"),
            email=record.text("wp:comment_author_email"),
            created_at=record.text("wp:comment_date_gmt") or record.text("wp:comment_date"),
            status=WORDPRESS.get(record.text("wp:comment_approved"), Status.WAITING),
        )


def remark42(file: Path) -> Rows:
    """A backup of Remark42: JSON lines, gzipped or not, the first about the file. Source: https://remark42.com/docs/backup/backup/"""
    for number, row in _json_lines(file):
        if isinstance(row, Refused):
            yield row
            continue
        if number == 1 and "version" in row and "text" not in row:
            continue
        user, locator = _dict(row.get("user")), _dict(row.get("locator"))
        yield incoming(
            f"line {number}",
            key=row.get("id"),
            parent=row.get("pid"),
            thread=locator.get("url"),
            body=row.get("orig") or as_text(str(row.get("text") or "")),
            name=user.get("name"),
            email=user.get("email"),
            created_at=row.get("time"),
            status=Status.REMOVED if row.get("delete") else Status.PUBLISHED,
        )


ISSO = {1: Status.PUBLISHED, 2: Status.WAITING, 4: Status.REMOVED}
ISSO_SQL = (
    "SELECT c.id, c.parent, t.uri, c.text, c.author, c.email, c.created, c.mode"
    " FROM comments c JOIN threads t ON t.id = c.tid ORDER BY c.id"
)


def isso(file: Path) -> Rows:
    """The database of Isso. Source: https://isso-comments.de/docs/technical-docs/database/"""
    try:
        with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)) as source:
            source.text_factory = lambda data: data.decode("utf-8", "replace")
            for pk, parent, uri, text, author, email, created, mode in source.execute(ISSO_SQL):
                yield incoming(
                    f"comment {pk}",
                    key=pk,
                    parent=parent,
                    thread=uri,
                    body=text,
                    name=author,
                    email=email,
                    created_at=created,
                    status=ISSO.get(mode, Status.WAITING),
                )
    except sqlite3.Error as error:
        raise NotReadable(f"{file.name}: {error}") from error


csv.field_size_limit(16_000_000)  # a text that is too long is a row to leave out, not the end of the file
CSV_COLUMNS = frozenset({"id", "article", "text", "date"})


def csv_file(file: Path) -> Rows:
    """A table with the columns id, article, text, date and, if wanted, parent, name, email, status."""
    with file.open(encoding="utf-8-sig", errors="replace", newline="") as stream:
        reader = csv.DictReader((line.replace("\0", "") for line in stream), restval="")
        if not set(reader.fieldnames or []) >= CSV_COLUMNS:
            raise NotReadable(f"{file.name}: the first line must name {', '.join(sorted(CSV_COLUMNS))}.")
        try:
            for row in reader:
                yield _of_table(f"line {reader.line_num}", row)
        except csv.Error as error:
            raise NotReadable(f"{file.name}, line {reader.line_num}: {error}") from error


def _of_table(place: str, row: dict[str, str]) -> Incoming | Refused:
    status = row.get("status") or Status.PUBLISHED.value
    if status not in Status.values:
        return Refused(place, f"its status is none of {', '.join(Status.values)}")
    return incoming(
        place,
        key=row["id"],
        parent=row.get("parent"),
        thread=row["article"],
        body=row["text"],
        name=row.get("name"),
        email=row.get("email"),
        created_at=row["date"],
        status=Status(status),
    )


def newsroom(file: Path) -> Rows:
    """What ``export_comments`` wrote as JSON lines."""
    for number, row in _json_lines(file):
        if isinstance(row, Refused):
            yield row
        elif "kind" in row:
            yield Beside(f"line {number}", row)
        else:
            yield own_rows.incoming_of(f"line {number}", row)


def _json_lines(file: Path) -> Iterator[tuple[int, dict[str, Any] | Refused]]:
    with _opened(file) as stream:
        try:
            for number, line in enumerate(stream, 1):
                if line.strip():
                    yield number, _object(number, line)
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            raise NotReadable(f"{file.name}: {error}") from error


def _object(number: int, line: str) -> dict[str, Any] | Refused:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        return Refused(f"line {number}", "it is no JSON")
    return row if isinstance(row, dict) else Refused(f"line {number}", "it is no JSON object")


def _opened(file: Path) -> IO[str]:
    with file.open("rb") as stream:
        is_packed = stream.read(2) == b"\x1f\x8b"
    if is_packed:
        return gzip.open(file, "rt", encoding="utf-8", errors="replace")
    return file.open(encoding="utf-8", errors="replace")


def _dict(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


READERS: dict[str, Reader] = {
    "disqus": disqus,
    "wordpress": wordpress,
    "remark42": remark42,
    "isso": isso,
    "csv": csv_file,
    "newsroom": newsroom,
}
