"""Reads the machine's variables for the settings; a bad value is refused with one sentence."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import environ
from django.core.exceptions import ImproperlyConfigured

env = environ.Env()
# What each cache keeps in local memory at most. An entry of the first and the last takes about 400 bytes; in the middle
# it may be a picture.
CACHES = {"default": 100_000, "made": 1_000, "readings": 50_000}


def switch(name: str, *, default: bool) -> bool:
    """The yes-or-no variable ``name``. Raises ImproperlyConfigured if it is anything else."""
    value = env.str(name, default="").strip().lower()
    if not value:
        return default
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off"}:
        return False
    raise ImproperlyConfigured(f"{name} must be true or false, not “{value}”.")


def whole_number(name: str, *, default: int, least: int, most: int) -> int:
    """The number ``name``, between ``least`` and ``most``. Raises ImproperlyConfigured otherwise."""
    value = env.str(name, default="").strip() or str(default)
    if not value.isascii() or not value.isdigit() or not least <= int(value) <= most:
        raise ImproperlyConfigured(f"{name} must be a whole number from {least} to {most}, not “{value}”.")
    return int(value)


def one_of(name: str, *, default: str, allowed: tuple[str, ...]) -> str:
    """The word ``name``, one of ``allowed``. Raises ImproperlyConfigured otherwise."""
    value = env.str(name, default="").strip() or default
    if value not in allowed:
        raise ImproperlyConfigured(f"{name} must be one of {', '.join(allowed)}, not “{value}”.")
    return value


def words(name: str, *, default: list[str]) -> list[str]:
    """The comma-separated list ``name``, without empty items."""
    value = env.str(name, default="")
    return [item.strip() for item in value.split(",") if item.strip()] if value.strip() else default


def hosts(name: str, *, default: list[str]) -> list[str]:
    """The comma-separated list ``name`` of host names; "none" is an empty one. Raises ImproperlyConfigured for an address."""
    found = words(name, default=default)
    if found == ["none"]:
        return []
    for host in found:
        if not re.fullmatch(r"[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?", host):
            raise ImproperlyConfigured(f"{name} lists names of hosts such as www.example.org, not “{host}”.")
    return found


def secret_key(*, debug: bool) -> str:
    """The key that signs sessions, from SECRET_KEY or the file SECRET_KEY_FILE; only debug mode has a default."""
    key: str = env.str("SECRET_KEY", default="").strip()
    file = env.str("SECRET_KEY_FILE", default="").strip()
    if not key and file:
        try:
            key = Path(file).read_text(encoding="utf-8").strip()
        except (OSError, ValueError) as error:
            raise ImproperlyConfigured(f"SECRET_KEY_FILE {file} cannot be read: {error}.") from error
    if not key and debug:
        return "insecure-key-for-development-only-never-used-when-debug-is-off"
    if not key:
        raise ImproperlyConfigured(
            "SECRET_KEY is missing: set it (or SECRET_KEY_FILE) to a long random text, or set DEBUG=true to try things out."
        )
    if not debug and len(key) < 50:
        raise ImproperlyConfigured(f"SECRET_KEY is too short ({len(key)} characters): it needs at least 50.")
    return key


def time_zone(name: str, *, default: str) -> str:
    """The IANA time zone ``name``. Raises ImproperlyConfigured if the zone is not known."""
    value = env.str(name, default="").strip() or default
    try:
        ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ImproperlyConfigured(f"{name} “{value}” is no time zone; use a name such as America/Caracas.") from error
    return value


def site_url(name: str, *, default: str) -> str:
    """The site's public address without a final slash. Raises ImproperlyConfigured if it is no http(s) address."""
    value = (env.str(name, default="").strip() or default).rstrip("/")
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path or parts.query:
        raise ImproperlyConfigured(f"{name} must be an address such as https://news.example.org, not “{value}”.")
    return value


def database(name: str, *, base: Path, pool_size: int) -> dict[str, Any]:
    """Django's settings for the database in ``name``: SQLite in WAL mode, or PostgreSQL with its pool."""
    url = env.str(name, default="").strip() or "sqlite:///var/db.sqlite3"
    scheme = url.split(":", 1)[0]
    if scheme not in {"sqlite", "postgres", "postgresql"}:
        raise ImproperlyConfigured(f"{name} must begin with sqlite:// or postgres://, not “{scheme}:”.")
    try:
        config: dict[str, Any] = environ.Env.db_url_config(url)
    except (ValueError, KeyError) as error:
        raise ImproperlyConfigured(f"{name} cannot be read: {error}.") from error
    if scheme == "sqlite":
        return _sqlite(config, base=base)
    options = {**config.get("OPTIONS", {}), "pool": {"min_size": 1, "max_size": pool_size, "timeout": 10}}
    return {**config, "OPTIONS": options, "CONN_HEALTH_CHECKS": True}


def _sqlite(config: dict[str, Any], *, base: Path) -> dict[str, Any]:
    if config["NAME"] != ":memory:":
        path = base / config["NAME"]  # an absolute NAME wins over the base
        path.parent.mkdir(parents=True, exist_ok=True)
        config["NAME"] = str(path)
    config["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-20000;",
    }
    return config


def caches(name: str) -> dict[str, dict[str, Any]]:
    """Django's settings for the caches of ``newsroom.caches``, in what ``name`` says; in local memory when it is empty."""
    url = env.str(name, default="").strip() or "locmemcache://newsroom"
    try:
        found = dict(environ.Env.cache_url_config(url))
    except (ValueError, KeyError, environ.ImproperlyConfigured) as error:
        raise ImproperlyConfigured(
            f"{name} “{url}” cannot be read; use redis://host:6379/0 or locmemcache://."
        ) from error
    return {alias: _cache(found, alias, most) for alias, most in CACHES.items()}


def _cache(config: dict[str, Any], alias: str, most: int) -> dict[str, Any]:
    if not config["BACKEND"].endswith("LocMemCache"):
        return {**config, "KEY_PREFIX": f"{config.get('KEY_PREFIX', '')}{'' if alias == 'default' else alias}"}
    local = {"BACKEND": "newsroom.caches.SoonestOverCache", "LOCATION": f"{config['LOCATION']}-{alias}"}
    return {**config, **local, "OPTIONS": {"MAX_ENTRIES": most, **config.get("OPTIONS", {})}}


def email(name: str, *, default: str) -> dict[str, Any]:
    """Django's EMAIL_* settings for the address in ``name``."""
    url = env.str(name, default="").strip() or default
    try:
        return dict(environ.Env.email_url_config(url))
    except (ValueError, KeyError, ImproperlyConfigured) as error:
        raise ImproperlyConfigured(
            f"{name} cannot be read; use smtp+tls://user:password@host:587 or consolemail://."
        ) from error
