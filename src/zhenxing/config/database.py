"""Which database the site uses, and a SQLite library that is safe under several connections."""

from __future__ import annotations

import sqlite3
import sys
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, unquote, urlsplit

if TYPE_CHECKING:
    from pathlib import Path

# Libraries from 3.7.0 to 3.51.2 can lose commits in WAL mode with two or more connections.
SAFE_SQLITE = (3, 51, 3)
# Whoever waits longer for another's act is told to come back (503) and loses nothing.
PATIENCE = 20  # seconds


def use_safe_sqlite() -> None:
    """Put the wheel's library in place of the system's where that one has the WAL fault."""
    if sqlite3.sqlite_version_info >= SAFE_SQLITE:
        return
    import pysqlite3  # noqa: PLC0415  # only where the system's library is not safe
    import pysqlite3.dbapi2  # noqa: PLC0415  # the module Django imports

    sys.modules["sqlite3"] = pysqlite3
    sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2


def database(address: str, data: Path) -> dict[str, Any]:
    """Turn `sqlite:NAME` or `postgresql://user:password@host:port/name` into Django's setting."""
    if address.startswith("sqlite:"):
        use_safe_sqlite()
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": data / address.removeprefix("sqlite:"),
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": PATIENCE,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
            },
        }
    parts = urlsplit(address)
    if parts.scheme != "postgresql":
        raise ValueError(
            f"ZHENXING_DATABASE 写成 sqlite:文件名 或 postgresql://…，现在是「{parts.scheme}」。"
        )
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parse_qs(parts.query).get("host", [unquote(parts.hostname or "")])[0],
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"options": f"-c lock_timeout={PATIENCE}s"},
    }
