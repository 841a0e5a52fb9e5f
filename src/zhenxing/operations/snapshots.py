"""The database at one instant as a file, with what each of its tables comes to."""

from __future__ import annotations

import hashlib
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction

from zhenxing.kernel.problems import Problem
from zhenxing.operations import postgres
from zhenxing.operations.refusing import OperationRefusedError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

    from django.db.backends.base.base import BaseDatabaseWrapper

    Reading = Callable[[], AbstractContextManager[Any]]

NAMES = {"sqlite": "database.sqlite3", "postgresql": "database.dump"}
SQLITE_TABLES = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
POSTGRES_TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
WIDTH = 2**256


@dataclass(frozen=True)
class Table:
    """How many rows, and the sum of their hashes: equal sums are equal rows in whatever order."""

    rows: int
    total: str


@dataclass(frozen=True)
class Snapshot:
    """What a database held: the ledger's end, the migrations, every table."""

    head: tuple[int, str]
    migrations: tuple[str, ...]
    tables: dict[str, Table]

    @property
    def rows(self) -> int:
        """The rows of all tables."""
        return sum(table.rows for table in self.tables.values())


def take(connection: BaseDatabaseWrapper, target: Path) -> Snapshot:
    """Write the database into a file while the site goes on, and sum up just what was written."""
    if connection.vendor == "sqlite":
        return _take_sqlite(connection, target)
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        postgres.dump(connection, cursor.fetchone()[0], target)
        return _summed(cursor, POSTGRES_TABLES, connection.chunked_cursor)


def put_back(connection: BaseDatabaseWrapper, source: Path) -> None:
    """Fill the connection's empty database from such a file."""
    if connection.vendor == "postgresql":
        postgres.load(connection, source)
        return
    place = connection.settings_dict["NAME"]
    source.replace(place)
    place.chmod(0o600)


def sum_up(connection: BaseDatabaseWrapper) -> Snapshot:
    """Sum up the database as it is."""
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            return _summed(cursor, POSTGRES_TABLES, connection.chunked_cursor)
    return _summed_file(connection, connection.settings_dict["NAME"])


def differences(before: Snapshot, after: Snapshot) -> list[str]:
    """Name the tables that are not the same in both."""
    names = sorted(before.tables.keys() | after.tables.keys())
    return [name for name in names if before.tables.get(name) != after.tables.get(name)]


def _take_sqlite(connection: BaseDatabaseWrapper, target: Path) -> Snapshot:
    connection.ensure_connection()
    library: Any = connection.Database  # type: ignore[attr-defined]  # the module Django uses
    copy = library.connect(str(target))
    try:
        connection.connection.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")
        said = copy.execute("PRAGMA integrity_check").fetchone()[0]
    finally:
        copy.close()
    if said != "ok":
        step = "请立即停用本站，从上一份完好的备份恢复，并检查磁盘"
        raise OperationRefusedError(Problem("数据库文件", f"已经损坏（{said}）", step))
    return _summed_file(connection, target)


def _summed_file(connection: BaseDatabaseWrapper, path: Path) -> Snapshot:
    """Sum up a file by a connection of its own, which changes no value on the way."""
    library: Any = connection.Database  # type: ignore[attr-defined]  # the module Django uses
    own = library.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
    try:
        return _summed(own.cursor(), SQLITE_TABLES, lambda: closing(own.cursor()))
    finally:
        own.close()


def _summed(cursor: Any, listing: str, reading: Reading) -> Snapshot:  # noqa: ANN401  # of either library
    cursor.execute(listing)
    names = sorted(name for (name,) in cursor.fetchall())
    tables = {name: _table(_rows(name, reading)) for name in names}
    cursor.execute("SELECT sequence, hash FROM audit_head")
    head = cursor.fetchone() or (0, "")
    cursor.execute("SELECT app, name FROM django_migrations")
    migrations = sorted(f"{app}.{name}" for app, name in cursor.fetchall())
    return Snapshot((int(head[0]), str(head[1])), tuple(migrations), tables)


def _rows(name: str, reading: Reading) -> Iterator[tuple[object, ...]]:
    """Read a table piece by piece: a cursor that holds all of it would fill the memory."""
    with reading() as cursor:
        cursor.execute(f'SELECT * FROM "{name}"')  # noqa: S608  # a name out of the catalogue
        while rows := cursor.fetchmany(5_000):
            yield from rows


def _table(rows: Iterable[tuple[object, ...]]) -> Table:
    count = total = 0
    for row in rows:
        count += 1
        total += int.from_bytes(hashlib.sha256(repr(tuple(row)).encode()).digest(), "big")
    return Table(count, f"{total % WIDTH:064x}")
