"""Where the register is kept: SQLite for the demonstration, PostgreSQL in production."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

_SCHEMES = ("sqlite", "postgresql", "postgres")

# An acknowledged act must survive the loss of power, so the write-ahead log is synced at every
# commit (FULL). Readers do not pay for it.
_SQLITE_PRAGMAS = """
PRAGMA journal_mode=WAL;
PRAGMA synchronous=FULL;
PRAGMA busy_timeout=20000;
PRAGMA foreign_keys=ON;
PRAGMA recursive_triggers=ON;
PRAGMA cache_size=-32000;
"""


def database(url: str) -> dict[str, Any]:
    """Return Django's settings for ``sqlite:///file`` or ``postgresql://user@host/name``."""
    parts = urlsplit(url)
    if parts.scheme not in _SCHEMES:
        raise ImproperlyConfigured(
            f'COMITY_DATABASE_URL begins with "{parts.scheme}:". '
            "Expected: sqlite:///path/to/file or postgresql://user:password@host:port/name."
        )
    return _sqlite(unquote(parts.path)) if parts.scheme == "sqlite" else _postgresql(url)


def _sqlite(path: str) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path[1:] if path.startswith("//") else path,
        "CONN_MAX_AGE": None,
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "init_command": _SQLITE_PRAGMAS},
    }


def _postgresql(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    options = dict(parse_qsl(parts.query))
    host = options.pop("host", parts.hostname or "")
    port = options.pop("port", str(parts.port or ""))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or options.pop("user", "")),
        "PASSWORD": unquote(parts.password or options.pop("password", "")),
        "HOST": host,
        "PORT": port,
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }
