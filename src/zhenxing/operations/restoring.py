"""A backup put back into an empty place, held against itself, the ledger and heads from outside.

Nothing of Django is imported before the place is named: its settings are read once, from there.
"""

from __future__ import annotations

import os
import shutil
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from zhenxing.kernel.problems import Problem
from zhenxing.operations import parcel
from zhenxing.operations.refusing import OperationRefusedError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from zhenxing.audit.queries import Verification
    from zhenxing.operations.parcel import Manifest

# Names that would lead a restored site to the files of the one that runs here.
ELSEWHERE = ("ZHENXING_KEYS", "ZHENXING_FILES", "ZHENXING_HEADS", "ZHENXING_SECRET_KEY")
SQLITE = "sqlite:zhenxing.sqlite3"


@dataclass(frozen=True)
class Restored:
    """What came of a restore: the backup, what differs from it, the ledger's verification."""

    manifest: Manifest
    differing: list[str]
    migrated: bool
    verification: Verification


def unpack(source: Path, to: Path, *, passphrase: bytes | None, keys: Path | None) -> Manifest:
    """Unpack a backup into a folder that is empty or not there; on a refusal it is so again."""
    _require_empty(to)
    with _taken_back(to):
        manifest = parcel.read(source, to, passphrase)
        if keys is not None:
            bring_keys(keys, to / "keys")
    return manifest


def enter(to: Path, database: str, engine: str) -> None:
    """Lead the settings of this process to the restored place."""
    address = database or (SQLITE if engine == "sqlite" else "")
    if not address.startswith("sqlite:" if engine == "sqlite" else "postgresql:"):
        kind = "SQLite" if engine == "sqlite" else "PostgreSQL"
        what = f"是{kind}的，要恢复到{kind}的空库"
        raise OperationRefusedError(Problem("备份", what, "请用 --database 写空库的地址"))
    for name in ELSEWHERE:
        os.environ.pop(name, None)
    os.environ |= {"ZHENXING_DATA": str(to), "ZHENXING_DATABASE": address}
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhenxing.config.settings")


def settle(manifest: Manifest, to: Path) -> Restored:
    """Fill the database, sum it up, bring it to this edition, verify; Django is set up by now."""
    from django.core.management import call_command  # noqa: PLC0415  # after the place is named
    from django.db import connection  # noqa: PLC0415

    from zhenxing.operations import editions, queries, snapshots  # noqa: PLC0415

    editions.require_known(manifest.migrations, manifest.edition)
    snapshots.put_back(connection, to / snapshots.NAMES[manifest.engine])
    (to / snapshots.NAMES[manifest.engine]).unlink(missing_ok=True)
    summed = snapshots.sum_up(connection)
    now = {name: (table.rows, table.total) for name, table in summed.tables.items()}
    names = sorted(now.keys() | manifest.tables.keys())
    differing = [name for name in names if now.get(name) != manifest.tables.get(name)]
    behind = bool(editions.missing())
    if behind:
        call_command("migrate", verbosity=0, interactive=False)
    return Restored(manifest, differing, behind, queries.checked())


def bring_keys(keys: Path, to: Path) -> None:
    """Put the site's keys, kept apart from a backup, in their place."""
    try:
        shutil.copytree(keys, to, dirs_exist_ok=True)
    except (OSError, shutil.Error) as error:
        step = "请核对密钥文件夹的路径和权限"
        raise OperationRefusedError(Problem(f"密钥 {keys}", "读不出来", step)) from error
    for path in [to, *to.iterdir()]:
        path.chmod(0o700 if path.is_dir() else 0o600)


@contextmanager
def _taken_back(to: Path) -> Iterator[None]:
    """Leave no half of a backup behind."""
    was_there = to.exists()
    try:
        yield
    except BaseException:
        shutil.rmtree(to, ignore_errors=True)
        if was_there:
            to.mkdir(mode=0o700, exist_ok=True)
        raise


def _require_empty(to: Path) -> None:
    if to.is_dir() and not any(to.iterdir()):
        return
    if to.exists():
        what = "不是空文件夹，恢复不覆盖任何东西"
        raise OperationRefusedError(Problem(str(to), what, "请换一个还没有的文件夹"))
