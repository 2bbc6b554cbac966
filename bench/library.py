"""The photo library's page and the picker with 1,000 and with 100,000 photos: queries and the ratio of their times."""

from __future__ import annotations

import statistics
import time

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bench.archive import WORDS, Archive
from media.models import Photo
from newsroom.models import User

SIZES = (1_000, 100_000)
ROUNDS = 5


def _grow(size: int, pattern: Photo) -> None:
    """The library holds ``size`` photos, each with words of its own and the file of ``pattern``."""
    there, batch = Photo.objects.count(), []
    for number in range(there, size):
        photo = Photo(
            image=pattern.image.name,
            title=f"{WORDS[number % len(WORDS)]} {number}",
            caption=" ".join(WORDS[(number * step) % len(WORDS)] for step in range(1, 15)),
            alt=f"View {number}",
            credit=f"Agency {number % 50}",
            creator=f"Photographer {number % 300}",
            width=pattern.width,
            height=pattern.height,
            byte_size=pattern.byte_size,
            format=pattern.format,
            sha256=f"{number:064x}",
            file_name=f"IMG_{number}.jpg",
        )
        photo.search_text = photo.searchable()
        batch.append(photo)
        if len(batch) == 5_000:
            Photo.objects.bulk_create(batch)
            batch.clear()
    Photo.objects.bulk_create(batch)


def _measure(client: Client, address: str) -> tuple[int, float]:
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(address)
    count = len(queries)
    if answer.status_code != 200:
        raise RuntimeError(f"{address} answered {answer.status_code}.")
    times = []
    for _round in range(ROUNDS):
        start = time.perf_counter()
        client.get(address)
        times.append((time.perf_counter() - start) * 1000)
    return count, statistics.median(times)


def report(archive: Archive) -> bool:
    """Prints the table; True if queries do not grow with the library."""
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(
        User.objects.create_superuser(username="bench", email="bench@example.org"),
        backend="django.contrib.auth.backends.ModelBackend",
    )
    library, picker = reverse("admin:media_photo_changelist"), reverse("admin:media_photo_picker")
    pages = {
        "library": library,
        "library, search": f"{library}?q=river+img_99",
        "library, unused": f"{library}?used=no",
        "picker": picker,
        "picker, search": f"{picker}?q=river+img_99",
    }
    pattern = archive.article.lead_photo
    found: dict[str, list[tuple[int, float]]] = {name: [] for name in pages}
    for size in SIZES:
        _grow(size, pattern)
        for name, address in pages.items():
            found[name].append(_measure(client, address))
    print(f"{'page':<22}{'queries':>16}{'milliseconds':>18}{'ratio':>8}   with {SIZES[0]} and {SIZES[1]} photos")
    for name, ((few, fast), (many, slow)) in found.items():
        print(f"{name:<22}{few:>9}{many:>7}{fast:>11.1f}{slow:>7.1f}{slow / fast:>8.1f}")
    return all(few == many for (few, _), (many, _) in found.values())
