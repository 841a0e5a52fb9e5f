"""A drill: the site backed up, restored elsewhere, verified, compared, then forgotten."""

from __future__ import annotations

import json
import os
import secrets
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

from django.conf import settings
from django.db import DatabaseError, connection
from psycopg import sql

from zhenxing.kernel.problems import Problem
from zhenxing.operations import backups
from zhenxing.operations.refusing import OperationRefusedError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

REHEARSAL = "zhenxing.operations.rehearsal"
LONGEST = 3600  # seconds a restore elsewhere may take


@dataclass(frozen=True)
class Drill:
    """How a drill ended: what the restored site said of itself, and how long it took."""

    name: str
    result: dict[str, Any]
    faults: list[str]
    seconds: int

    @property
    def line(self) -> str:
        """The outcome in one line."""
        told = (
            f"{self.result.get('tables', 0)}张表{self.result.get('rows', 0):,}行，"
            f"账本{self.result.get('entries', 0):,}条，用时{self.seconds}秒"
        )
        if self.faults:
            return f"演练没有通过：{self.faults[0]}（{told}）"
        return f"演练通过：备份、恢复、核验，各表行数和合计与原库相同（{told}）"


def drill(*, source: Path | None, database: str, passphrase: bytes | None, at: datetime) -> Drill:
    """Restore a backup, the one given or one made now, into a place that is gone afterwards.

    database: the address of an empty database to restore into; without it one is made beside the
    site's own and dropped again.
    """
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="zhenxing-drill-") as folder, _database(database) as to:
        place = Path(folder)
        if source is None:
            made = backups.make(place / "own.zip", passphrase=None, with_keys=True, at=at)
            source, passphrase = made.path, None
        told = _rehearsed(source, place / "site", to, passphrase)
    faults = [str(fault) for fault in told.pop("faults")]
    return Drill(source.name, told, faults, round(time.monotonic() - began))


def _rehearsed(source: Path, to: Path, database: str, passphrase: bytes | None) -> dict[str, Any]:
    """Let another process restore: settings lead one process to one site."""
    given = {"source": str(source), "to": str(to), "database": database}
    given["passphrase"] = (passphrase or b"").decode()
    given["keys"] = str(settings.KEY_DIR)
    done = subprocess.run(  # noqa: S603  # ourselves
        [sys.executable, "-m", REHEARSAL],
        input=json.dumps(given),
        capture_output=True,
        text=True,
        check=False,
        timeout=LONGEST,
        env=dict(os.environ),
    )
    try:
        told: dict[str, Any] = json.loads(done.stdout)
    except ValueError:
        said = (done.stderr.strip().splitlines() or ["没有说明"])[-1]
        return {"faults": [f"恢复中断（{said}）"]}
    return told


@contextmanager
def _database(given: str) -> Iterator[str]:
    """Give the address of an empty database; on SQLite it lies in the drill's own folder."""
    if given or connection.vendor == "sqlite":
        yield given
        return
    name = f"zhenxing_drill_{secrets.token_hex(4)}"
    try:
        _execute("CREATE DATABASE {}", name)
    except DatabaseError as error:
        step = "请另建一个空库，用 --database 写它的地址，或准许这个角色建库（CREATEDB）"
        what = f"本站的角色不能建演练用的库（{str(error).strip().splitlines()[0]}）"
        raise OperationRefusedError(Problem("演练", what, step)) from error
    try:
        yield _address(name)
    finally:
        _execute("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)


def _execute(statement: str, name: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL(statement).format(sql.Identifier(name)))


def _address(name: str) -> str:
    """Give the address of a database beside the site's own."""
    own = {key: str(connection.settings_dict[key]) for key in ("USER", "PASSWORD", "HOST", "PORT")}
    secret = f":{quote(own['PASSWORD'], safe='')}" if own["PASSWORD"] else ""
    port = f":{own['PORT']}" if own["PORT"] else ""
    is_socket = own["HOST"].startswith("/")
    host = "" if is_socket else own["HOST"]
    query = f"?{urlencode({'host': own['HOST']})}" if is_socket else ""
    return f"postgresql://{quote(own['USER'], safe='')}{secret}@{host}{port}/{name}{query}"
