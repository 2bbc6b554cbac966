"""Time and memory of every rendition of a 24-megapixel JPEG, beside plain Pillow doing the same without a draft.

`python -m bench.renditions site|plain all|one FILE` does the work once in this process and prints seconds and megabytes.
"""

from __future__ import annotations

import re
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image, ImageFilter

from bench import ground
from media import pixels

if TYPE_CHECKING:
    from bench.archive import Archive

SIZE = (6000, 4000)
WIDTHS = (320, 480, 640, 960, 1280, 1600)
KINDS = ("avif", "webp", "jpg")
RATIO, MIDDLE = (3, 2), (0.5, 0.5)
ROUNDS = 3
LEAST_SAVED = 0.8  # of plain Pillow's time and memory for one picture asked for


def original() -> Path:
    """A photo-like JPEG of 24 megapixels, made once a run."""
    path = ground.folder() / "original.jpg"
    if not path.exists():
        rough = Image.effect_noise((600, 400), 120).convert("RGB").filter(ImageFilter.GaussianBlur(2))
        grain = Image.effect_noise(SIZE, 40).convert("RGB")
        Image.blend(rough.resize(SIZE, Image.Resampling.BICUBIC), grain, 0.1).save(path, "JPEG", quality=92)
    return path


def site(path: Path, widths: tuple[int, ...], kinds: tuple[str, ...]) -> None:
    """As the job does it: read once, no larger than needed."""
    with path.open("rb") as file:
        image = pixels.load(file, ratio=RATIO, width=max(widths))
    for width in widths:
        done = pixels.crop(image, ratio=RATIO, width=width, focal=MIDDLE)
        for kind in kinds:
            pixels.encode(done, extension=kind, xmp=b"")


def plain(path: Path, widths: tuple[int, ...], kinds: tuple[str, ...]) -> None:
    """As one would write it first: every width from the whole picture."""
    for width in widths:
        image = Image.open(path).convert("RGB")
        box = pixels.crop_box(image.size, RATIO, MIDDLE)
        done = image.resize(pixels.cropped_size(image.size, RATIO, width), Image.Resampling.LANCZOS, box=box)
        for kind in kinds:
            pixels.encode(done, extension=kind, xmp=b"")


WAYS: dict[str, Callable[[Path, tuple[int, ...], tuple[str, ...]], None]] = {"site": site, "plain": plain}
WORK = {"all": (WIDTHS, KINDS), "one": ((640,), ("webp",))}
NAMES = {"all": "every size and kind", "one": "one picture, 640 wide"}


def _measured(way: str, work: str) -> tuple[float, float]:
    """The best seconds of some rounds and the peak megabytes, each in a process of its own."""
    command = [sys.executable, "-m", "bench.renditions", way, work, str(original())]
    found = [
        tuple(
            map(float, subprocess.run(command, capture_output=True, text=True, check=True, timeout=300).stdout.split())
        )
        for _round in range(ROUNDS)
    ]
    return min(seconds for seconds, _peak in found), max(peak for _seconds, peak in found)


def report(archive: Archive) -> bool:
    """Prints the table; True if one picture asked for takes less time and memory than plain Pillow needs."""
    kept = True
    print(f"{'renditions of 24 megapixels':<30}{'seconds':>9}{'of plain':>10}{'MB at peak':>12}{'of plain':>10}")
    for work, name in NAMES.items():
        (seconds, peak), (plain_seconds, plain_peak) = _measured("site", work), _measured("plain", work)
        print(f"{name:<30}{seconds:>9.2f}{seconds / plain_seconds:>10.0%}{peak:>12.0f}{peak / plain_peak:>10.0%}")
        if work == "one":
            kept = seconds < LEAST_SAVED * plain_seconds and peak < LEAST_SAVED * plain_peak
    return kept


def main(way: str, work: str, path: str) -> None:
    """Does the work once and prints what it took. The peak holds the interpreter and its libraries too."""
    start = time.perf_counter()
    WAYS[way](Path(path), *WORK[work])
    print(time.perf_counter() - start, _peak_megabytes())


def _peak_megabytes() -> float:
    """Linux counts into a new process's ``ru_maxrss`` what its parent held, so there the kernel's own mark is read."""
    status = Path("/proc/self/status")
    if status.exists():
        return int(re.findall(r"VmHWM:\s+(\d+)", status.read_text())[0]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024 / 1024  # macOS counts bytes


if __name__ == "__main__":
    main(*sys.argv[1:])
