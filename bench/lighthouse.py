"""Fails if Lighthouse scores the home page or an article below what is asked, served with production settings from a fresh demo."""

from __future__ import annotations

import json
import os
import re
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parent.parent
LEAST = {"performance": 95, "accessibility": 100, "best-practices": 100, "seo": 100}
CHROMIUMS = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
MOST_SECONDS = 60


def main() -> int:
    chromium = next(filter(None, map(shutil.which, [os.environ.get("CHROMIUM") or "", *CHROMIUMS])), None)
    if chromium is None:
        print("No Chromium was found: apt-get install chromium, or set CHROMIUM to its path.", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as folder, served(Path(folder)) as address:
        article = re.search(r'class="card__link" href="(/[^"]+-\d+/)"', read(address + "/"))
        if article is None:
            raise LookupError("The home page shows no story.")
        met = [meets(address + path, Path(folder), chromium) for path in ("/", article[1])]
    return 0 if all(met) else 1


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of a server with the demo's newsroom; what it keeps lies in ``folder``."""
    with socket.socket() as plug:
        plug.bind(("127.0.0.1", 0))
        port = plug.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    variables = os.environ | {
        "DEBUG": "false",
        "HTTPS": "false",
        "SITE_URL": address,
        "SECRET_KEY": secrets.token_urlsafe(64),
        "DATABASE_URL": f"sqlite:///{folder}/db.sqlite3",
        "UPLOADS_DIR": f"{folder}/uploads",
        "LOG_LEVEL": "ERROR",
    }
    manage = [sys.executable, str(ROOT / "manage.py")]
    for command in (
        ["migrate", "--no-input"],
        ["demo", "--password", secrets.token_urlsafe(16)],
        ["collectstatic", "--no-input"],
    ):
        subprocess.run([*manage, *command], env=variables, check=True, stdout=subprocess.DEVNULL)
    server = subprocess.Popen(
        [*manage, "serve", "--host", "127.0.0.1", "--port", str(port)], env=variables, stdout=subprocess.DEVNULL
    )
    try:
        wait_for(address)
        yield address
    finally:
        server.terminate()
        server.wait()


def wait_for(address: str) -> None:
    """Returns when the server answers. Raises TimeoutError if it does not."""
    end = time.monotonic() + MOST_SECONDS
    while time.monotonic() < end:
        try:
            read(address + "/")
        except URLError:
            time.sleep(0.2)
        else:
            return
    raise TimeoutError(address)


def read(address: str) -> str:
    with urlopen(address, timeout=MOST_SECONDS) as answer:  # our own server
        text: str = answer.read().decode()
    return text


def meets(address: str, folder: Path, chromium: str) -> bool:
    """Whether the page at ``address`` scores enough; prints its scores and what each missing point is about."""
    report = folder / "report.json"
    subprocess.run(
        [
            str(ROOT / "var/lighthouse/node_modules/.bin/lighthouse"),
            address,
            "--quiet",
            "--output=json",
            f"--output-path={report}",
            "--chrome-flags=--headless --no-sandbox",
        ],
        env=os.environ | {"CHROME_PATH": chromium},
        check=True,
    )
    found = json.loads(report.read_text(encoding="utf-8"))
    scores = {name: round(100 * (found["categories"][name]["score"] or 0)) for name in LEAST}
    print(f"{address}: " + ", ".join(f"{name} {score}" for name, score in scores.items()))
    low = [name for name, least in LEAST.items() if scores[name] < least]
    for audit in (ref["id"] for name in low for ref in found["categories"][name]["auditRefs"] if ref["weight"]):
        if (found["audits"][audit]["score"] or 0) < 1 and found["audits"][audit]["scoreDisplayMode"] != "notApplicable":
            print(f"  {found['audits'][audit]['title']} ({audit})")
    return not low


if __name__ == "__main__":
    sys.exit(main())
