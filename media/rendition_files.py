"""Where renditions are kept: beside the originals, out of reach, on a disk or in a bucket. All of them may be lost at any time."""

from __future__ import annotations

import fcntl
import logging
import os
import secrets
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import BinaryIO, cast

from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, Storage

from media.models.photo import originals

logger = logging.getLogger(__name__)
FOLDER = "renditions"
LOCKS = 64


def read(name: str) -> bytes | None:
    """The file's bytes, or None if it is not there or cannot be read: it can be made again."""
    try:
        with originals().open(name, "rb") as file:
            return cast("bytes", file.read())
    except FileNotFoundError:
        return None
    except Exception:  # each kind of storage has errors of its own
        logger.exception("The rendition %s cannot be read", name)
        return None


def exists(name: str) -> bool:
    """The file is there."""
    return originals().exists(name)


def keep(name: str, data: bytes) -> None:
    """The whole file stands under its name at once, or, if the storage takes none (a full disk), not at all."""
    storage = originals()
    try:
        if isinstance(storage, FileSystemStorage):
            _keep_on_disk(Path(storage.path(name)), data)
        else:
            _keep_in_bucket(storage, name, data)
    except Exception:  # whoever asked gets the picture all the same
        logger.exception("The rendition %s cannot be kept", name)


def _keep_on_disk(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(6)}")
    try:
        draft.write_bytes(data)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def _keep_in_bucket(storage: Storage, name: str, data: bytes) -> None:
    saved = storage.save(name, ContentFile(data, name=name))
    if saved != name:  # another machine was faster, so the storage chose a name nobody asks for
        storage.delete(saved)


@contextmanager
def lock(name: str) -> Iterator[None]:
    """One maker at a time for a name, among all threads and processes of this machine; a full disk stops nobody."""
    with ExitStack() as stack:
        handle = _lock_file(name)
        if handle is not None:
            stack.enter_context(handle)
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def _lock_file(name: str) -> BinaryIO | None:
    storage = originals()
    on_disk = isinstance(storage, FileSystemStorage)
    temporary = Path(tempfile.gettempdir()) / f"newsroom-{os.getuid()}"
    folder = (Path(storage.location) / FOLDER if on_disk else temporary) / ".locks"  # type: ignore[attr-defined]  # on_disk: a FileSystemStorage
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return (folder / str(zlib.crc32(name.encode()) % LOCKS)).open("ab")
    except OSError:
        logger.exception("Renditions are made without a lock: %s cannot be written", folder)
        return None


def forget(pk: int, *, but: str = "") -> None:
    """No rendition of photo ``pk`` is left, except in the folder ``but``."""
    for folder in _folders(f"{FOLDER}/{pk}"):
        if folder != but:
            _remove(f"{FOLDER}/{pk}/{folder}")
    storage = originals()
    if not but and isinstance(storage, FileSystemStorage) and storage.exists(f"{FOLDER}/{pk}"):
        _remove(f"{FOLDER}/{pk}")


def _folders(path: str) -> list[str]:
    try:
        return originals().listdir(path)[0]
    except FileNotFoundError:
        return []


def _remove(folder: str) -> None:
    """The folder and its files are gone, unless another process has just made one in it; the next job removes that."""
    storage = originals()
    try:
        for name in storage.listdir(folder)[1]:
            storage.delete(f"{folder}/{name}")
        if isinstance(storage, FileSystemStorage):
            storage.delete(folder)
    except OSError:
        logger.info("The folder %s is still in use", folder)
