"""PostgreSQL's own tools, dump and restore, in an edition that fits the server."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

from zhenxing.kernel.problems import Problem
from zhenxing.operations.refusing import OperationRefusedError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.backends.base.base import BaseDatabaseWrapper

PLACES = ("/usr/lib/postgresql", "/usr/pgsql*", "/opt/homebrew/opt/postgresql*")
TABLES = "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"
LONGEST = 3600  # seconds a dump or a restore may take


def dump(connection: BaseDatabaseWrapper, snapshot: str, target: Path) -> None:
    """Write one exported snapshot of the database into a file."""
    told = ["--format=custom", "--no-owner", "--no-privileges"]
    told += [f"--snapshot={snapshot}", f"--file={target}"]
    _run(connection, "pg_dump", [*told, str(connection.settings_dict["NAME"])])


def load(connection: BaseDatabaseWrapper, source: Path) -> None:
    """Fill an empty database from such a file; all of it, or nothing."""
    given = connection.settings_dict
    with connection.cursor() as cursor:
        cursor.execute(TABLES)
        there = cursor.fetchone()[0]
    if there:
        what = f"里面已有{there}张表，恢复只写进空库"
        where = f"数据库「{given['NAME']}」"
        raise OperationRefusedError(Problem(where, what, "请另建一个空库再恢复"))
    told = ["--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction"]
    _run(connection, "pg_restore", [*told, f"--dbname={given['NAME']}", str(source)])


def tool(connection: BaseDatabaseWrapper, name: str) -> Path:
    """Give the newest tool of that name; one older than the server could not read it."""
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version_num")
        server = int(cursor.fetchone()[0]) // 10_000
    found = {path: _edition(path) for path in _candidates(name)}
    fitting = [path for path, edition in found.items() if edition >= server]
    if fitting:
        return min(fitting, key=lambda path: found[path])
    older = f"，只有{max(found.values())}版的" if found else ""
    raise OperationRefusedError(
        Problem(
            name,
            f"没有找到{server}版或更新的 {name}{older}，PostgreSQL 的备份和恢复要用它",
            f"请安装 postgresql-client-{server}，或用 ZHENXING_POSTGRES 指明它所在的文件夹",
        )
    )


def _candidates(name: str) -> Iterator[Path]:
    named = os.environ.get("ZHENXING_POSTGRES")
    if named:
        yield from Path(named).expanduser().glob(name)
        return
    found = shutil.which(name)
    if found:
        yield Path(found)
    for place in map(Path, PLACES):
        for parent in place.parent.glob(place.name):
            yield from parent.glob(f"**/bin/{name}")


def _edition(path: Path) -> int:
    told = subprocess.run([path, "--version"], capture_output=True, text=True, check=False).stdout  # noqa: S603  # a tool of the server
    found = re.search(r"(\d+)(?:\.\d+)*\s*(?:\(|$)", told.strip())
    return int(found[1]) if found else 0


def _run(connection: BaseDatabaseWrapper, name: str, arguments: list[str]) -> None:
    given = connection.settings_dict
    places = {"--host": given["HOST"], "--port": given["PORT"], "--username": given["USER"]}
    named = [f"{key}={value}" for key, value in places.items() if value]
    done = subprocess.run(  # noqa: S603  # a tool of the server, no shell
        [tool(connection, name), "--no-password", *named, *arguments],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"PGPASSWORD": str(given["PASSWORD"]), "LC_MESSAGES": "C"},
        timeout=LONGEST,
    )
    if done.returncode:
        said = (done.stderr.strip().splitlines() or ["没有说明"])[0]
        step = "请按这句话查明原因后再试，现有的数据没有改动"
        raise OperationRefusedError(Problem(name, f"没有做成（{said}）", step))
