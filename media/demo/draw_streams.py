"""Draws the demo's video and plays its tune. Run by hand, with ffmpeg on the path: python media/demo/draw_streams.py."""

from __future__ import annotations

import math
import shutil
import struct
import subprocess
import tempfile
import wave
from pathlib import Path

from PIL import Image, ImageDraw

FOLDER = Path(__file__).parent / "streams"
SECONDS, FRAMES_A_SECOND, RATE = 8, 15, 24000
SIZE = (480, 270)
NIGHT, SEA, FOAM, LAMP = "#0b2a38", "#0b5470", "#86c8e3", "#f1b36c"
# A slow tune in D, two bars, in half-second beats: (frequency in Hz, beats).
TUNE = [(293.7, 2), (370.0, 1), (440.0, 1), (493.9, 2), (440.0, 2), (370.0, 2), (329.6, 1), (370.0, 1), (293.7, 4)]


def tune() -> list[float]:
    """The samples, -1 to 1: each note a soft pluck over a low drone."""
    samples = [0.12 * math.sin(2 * math.pi * 146.8 * n / RATE) for n in range(SECONDS * RATE)]
    start = 0
    for frequency, beats in TUNE:
        for n in range(min(RATE * 2, len(samples) - start)):
            t = n / RATE
            pluck = math.exp(-2.2 * t) * min(1.0, t * 60)
            samples[start + n] += pluck * (
                0.3 * math.sin(2 * math.pi * frequency * t) + 0.09 * math.sin(4 * math.pi * frequency * t)
            )
        start += beats * RATE // 2
    fade = RATE // 2
    return [value * min(1.0, n / 600, (len(samples) - n) / fade) for n, value in enumerate(samples)]


def frame(number: int) -> Image.Image:
    """One picture: a lighthouse by night whose beam turns once in the eight seconds, over moving water."""
    share = number / (SECONDS * FRAMES_A_SECOND)
    image = Image.new("RGB", (SIZE[0] * 2, SIZE[1] * 2), NIGHT)
    draw = ImageDraw.Draw(image)
    turn = 2 * math.pi * share
    for spread, colour in ((0.22, "#123c4d"), (0.1, "#245a6c")):
        draw.polygon(
            [
                (240, 150),
                *((240 + 1200 * math.cos(turn + s), 150 + 420 * math.sin(turn + s)) for s in (-spread, spread)),
            ],
            fill=colour,
        )
    draw.polygon([(205, 420), (275, 420), (258, 180), (222, 180)], fill="#eceae5")
    draw.polygon([(211, 370), (269, 370), (265, 320), (215, 320)], fill="#c4122f")
    draw.polygon([(217, 270), (263, 270), (260, 225), (220, 225)], fill="#c4122f")
    draw.rectangle((220, 130, 260, 178), fill=LAMP)
    draw.polygon([(212, 130), (268, 130), (240, 104)], fill="#c4122f")
    for row, colour in enumerate((FOAM, SEA, "#083c52")):
        line = [(x, 420 + 34 * row + 9 * math.sin(x / 70 + turn * (2 + row) + row)) for x in range(0, 964, 4)]
        draw.polygon([(0, 540), *line, (964, 540)], fill=colour)
    return image.resize(SIZE, Image.Resampling.LANCZOS)


def main() -> None:
    """Writes lighthouse.mp4 (H.264 and AAC), the same as HLS, and tune.mp3 into the streams folder."""
    with tempfile.TemporaryDirectory() as place:
        with wave.open(f"{place}/tune.wav", "wb") as sound:
            sound.setparams((1, 2, RATE, 0, "NONE", ""))
            sound.writeframes(b"".join(struct.pack("<h", int(value * 26000)) for value in tune()))
        for number in range(SECONDS * FRAMES_A_SECOND):
            frame(number).save(f"{place}/{number:03}.png")
        picture = ["-c:v", "libx264", "-preset", "slow", "-crf", "27", "-pix_fmt", "yuv420p", "-movflags", "+faststart"]
        source = ["-framerate", str(FRAMES_A_SECOND), "-i", f"{place}/%03d.png", "-i", f"{place}/tune.wav"]
        _encode(*source, *picture, "-c:a", "aac", "-b:a", "48k", FOLDER / "lighthouse.mp4")
        hls = ["-c", "copy", "-f", "hls", "-hls_time", "4", "-hls_playlist_type", "vod", "-hls_flags", "single_file"]
        _encode("-i", FOLDER / "lighthouse.mp4", *hls, FOLDER / "lighthouse.m3u8")
        _encode("-i", f"{place}/tune.wav", "-c:a", "libmp3lame", "-b:a", "48k", FOLDER / "tune.mp3")


def _encode(*arguments: str | Path) -> None:
    *before, target = (str(argument) for argument in arguments)
    program = shutil.which("ffmpeg") or "ffmpeg"
    command = [program, "-y", "-loglevel", "error", "-fflags", "+bitexact", *before, "-map_metadata", "-1", target]
    subprocess.run(command, check=True)  # noqa: S603  our own arguments, no shell


if __name__ == "__main__":
    main()
