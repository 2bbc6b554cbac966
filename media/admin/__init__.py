"""The picture desk: photos, collections and live channels in the admin."""

from media.admin import collections, photos, streams

__all__ = ["collections", "photos", "streams"]
