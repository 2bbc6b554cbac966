"""Settings: bad values stop with one sentence that names the variable, and what is left out is safe."""

import runpy
import subprocess
import sys

import pytest
from django.core.exceptions import ImproperlyConfigured

from newsroom.caches import SoonestOverCache
from tests import environment
from tests.environment import ROOT

pytestmark = pytest.mark.once
KEY = "k" * 60


@pytest.fixture
def load(monkeypatch, tmp_path):
    """``load(NAME="value")``: the settings of a machine with just these variables, as a dictionary."""

    def loader(**variables):
        for name in environment.known_variables():
            monkeypatch.setenv(name, "")
        for name, value in {"SECRET_KEY": KEY, "UPLOADS_DIR": str(tmp_path / "uploads"), **variables}.items():
            monkeypatch.setenv(name, value)
        return runpy.run_path(str(ROOT / "newsroom" / "settings.py"))

    return loader


BAD = {
    "DEBUG": "perhaps",
    "HTTPS": "2",
    "TRUST_PROXY": "nginx",
    "SITE_URL": "news.example.org",
    "LOG_LEVEL": "loud",
    "DATABASE_URL": "mysql://localhost/news",
    "DATABASE_POOL_SIZE": "0",
    "CACHE_URL": "nonsense://x",
    "JOBS": "later",
    "PHOTO_MAX_MEGABYTES": "-1",
    "PHOTO_MAX_MEGAPIXELS": "many",
    "LANGUAGE_CODE": "tlh",
    "TIME_ZONE": "Mars/Olympus",
    "EMAIL_URL": "pigeon://post",
    "EMAIL_TIMEOUT": "0",
    "EMBED_HOSTS": "https://www.youtube.com/",
    "SECRET_KEY": "short",
}


@pytest.mark.parametrize("name", BAD)
def test_bad_value_is_refused_with_a_sentence_that_names_it(load, name):
    with pytest.raises(ImproperlyConfigured, match=name) as refused:
        load(**{name: BAD[name]})
    assert "\n" not in str(refused.value) and str(refused.value).endswith(".")


def test_secret_key_has_no_default_outside_debug(load):
    with pytest.raises(ImproperlyConfigured, match="SECRET_KEY is missing"):
        load(SECRET_KEY="")
    assert load(SECRET_KEY="", DEBUG="true")["SECRET_KEY"]


def test_secret_key_is_read_from_its_file(load, tmp_path):
    (tmp_path / "key").write_text(f"{KEY}\n")
    assert load(SECRET_KEY="", SECRET_KEY_FILE=str(tmp_path / "key"))["SECRET_KEY"] == KEY
    with pytest.raises(ImproperlyConfigured, match="SECRET_KEY_FILE"):
        load(SECRET_KEY="", SECRET_KEY_FILE=str(tmp_path / "missing"))


def test_what_is_left_out_is_safe(load):
    settings = load(SITE_URL="https://news.example.org")
    assert settings["DEBUG"] is False
    assert settings["SECURE_SSL_REDIRECT"] and settings["SECURE_HSTS_SECONDS"] >= 31_536_000
    assert settings["SESSION_COOKIE_SECURE"] and settings["CSRF_COOKIE_SECURE"]
    assert "news.example.org" in settings["ALLOWED_HOSTS"] and "*" not in settings["ALLOWED_HOSTS"]
    assert "SECURE_PROXY_SSL_HEADER" not in settings


def test_each_cache_has_its_place_and_counters_far_more_room_than_a_flood_fills(load):
    local, shared = load()["CACHES"], load(CACHE_URL="redis://127.0.0.1:6379/0")["CACHES"]
    assert set(local) == set(shared) == {"default", "made", "readings"}
    assert len({one["LOCATION"] for one in local.values()}) == len({one["KEY_PREFIX"] for one in shared.values()}) == 3
    assert local["default"]["OPTIONS"]["MAX_ENTRIES"] >= 50_000


def test_a_full_local_cache_drops_what_ends_soonest():
    kept = SoonestOverCache("full", {"OPTIONS": {"MAX_ENTRIES": 30}})
    kept.set("a-day", 1, 86_400)
    for number in range(100):
        kept.set(f"a-minute-{number}", 1, 60)
    assert kept.get("a-day") == 1
    assert len(kept._cache) <= 30


def test_no_script_may_be_inline_or_evaluated(load):
    policy = str(load()["CONTENT_SECURITY_POLICY"])
    assert "unsafe-inline" not in policy.partition("script-src")[2].partition("]")[0]
    assert "unsafe-eval" not in policy


def test_only_listed_players_may_be_framed(load):
    assert load(EMBED_HOSTS="www.youtube.com")["CONTENT_SECURITY_POLICY"]["DIRECTIVES"]["frame-src"] == [
        "https://www.youtube-nocookie.com"
    ]
    assert load(EMBED_HOSTS="none")["CONTENT_SECURITY_POLICY"]["DIRECTIVES"]["frame-src"] == ["'none'"]


def test_originals_are_never_kept_in_the_public_folder(load, tmp_path):
    with pytest.raises(ImproperlyConfigured, match="ORIGINALS_DIR"):
        load(ORIGINALS_DIR=str(tmp_path / "uploads" / "originals"))


def test_sqlite_waits_its_turn_and_postgres_has_a_pool(load):
    sqlite = load()["DATABASES"]["default"]["OPTIONS"]
    assert sqlite["transaction_mode"] == "IMMEDIATE" and "journal_mode=WAL" in sqlite["init_command"]
    postgres = load(DATABASE_URL="postgres://ana:p%40ss@db.example.org:5433/news", DATABASE_POOL_SIZE="5")["DATABASES"][
        "default"
    ]
    assert (postgres["PASSWORD"], postgres["PORT"], postgres["OPTIONS"]["pool"]["max_size"]) == ("p@ss", 5433, 5)


def test_command_line_tells_a_bad_value_in_one_line(clean_environment):
    run = subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=ROOT,
        env=clean_environment | {"DEBUG": "perhaps"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 1
    assert run.stderr.startswith("Newsroom cannot start: DEBUG must be true or false") and run.stderr.count("\n") == 1
