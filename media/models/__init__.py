"""Photos, and live streams of video and sound."""

from media.models.collection import Collection
from media.models.photo import Licence, Photo, PhotoQuerySet
from media.models.stream import Stream, StreamQuerySet

__all__ = ["Collection", "Licence", "Photo", "PhotoQuerySet", "Stream", "StreamQuerySet"]
