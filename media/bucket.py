"""Uploads in an S3 bucket. Nobody gets an address of the bucket: files go out through the site, as from a disk."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from botocore.exceptions import (  # type: ignore[import-untyped]  # it ships no types
    BotoCoreError,
    ClientError,
    ParamValidationError,
)
from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.utils.encoding import filepath_to_uri
from storages.backends.s3 import S3Storage

from media.ranges import CHUNK, Stored


class BucketStorage(S3Storage):
    """An S3 storage whose files have the same addresses on this site as those on a disk, so the security policy holds."""

    def url(self, name: str, *_args: Any, **_kwargs: Any) -> str:
        """The path on this site."""
        return f"{settings.MEDIA_URL}{filepath_to_uri(name)}"

    def stored(self, name: str) -> Stored | None:
        """The file ``name`` and what its head says of it; None if there is none. One request to the bucket."""
        try:
            key = self._normalize_name(name)
            head = self.connection.meta.client.head_object(Bucket=self.bucket_name, Key=key)
        except (SuspiciousOperation, ParamValidationError, UnicodeError):
            return None
        except ClientError as error:
            if error.response["ResponseMetadata"]["HTTPStatusCode"] < 500:
                return None
            raise
        modified: datetime = head["LastModified"]

        def pieces(first: int, last: int) -> Iterator[bytes]:
            return self._pieces(key, first, last)

        return Stored(name, head["ContentLength"], modified.timestamp(), str(head["ETag"]), pieces)

    def _pieces(self, key: str, first: int, last: int) -> Iterator[bytes]:
        """Only these bytes leave the bucket. A connection that breaks ends the answer, as a broken disk would."""
        client = self.connection.meta.client
        answer = client.get_object(Bucket=self.bucket_name, Key=key, Range=f"bytes={first}-{last}")
        try:
            yield from answer["Body"].iter_chunks(CHUNK)
        except BotoCoreError as error:
            raise OSError(str(error)) from error
        finally:
            answer["Body"].close()
