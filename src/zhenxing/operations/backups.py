"""Making a backup while the site goes on: database, files, keys and heads of one instant."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import connection

import zhenxing
from zhenxing.audit import queries as audit
from zhenxing.kernel.problems import Problem
from zhenxing.operations import parcel, snapshots
from zhenxing.operations.refusing import OperationRefusedError
from zhenxing.organisation.models import Site

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from zhenxing.operations.parcel import Manifest

SUFFIXES = {".zip", ".zxb"}
KEYS = ("secret", "receipts.pem", "ledger.key")


@dataclass(frozen=True)
class Backup:
    """A backup that lies in its place."""

    path: Path
    manifest: Manifest
    sha256: str
    is_sealed: bool

    @property
    def size(self) -> int:
        """Its bytes."""
        return self.path.stat().st_size


def make(target: Path, *, passphrase: bytes | None, with_keys: bool, at: datetime) -> Backup:
    """Write a backup to a file, or under a dated name into a folder.

    Raises OperationRefusedError where it cannot be written; nothing is left behind then.
    """
    path = _place(target, at, is_sealed=passphrase is not None)
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with tempfile.TemporaryDirectory(prefix=".zhenxing-", dir=path.parent) as beside:
            manifest = _written(path, Path(beside), passphrase, at, with_keys=with_keys)
    except OSError as error:
        step = "请核对路径、权限和剩余空间，换一个地方再做"
        raise OperationRefusedError(
            Problem(f"备份 {path}", f"写不进去（{error.strerror or error}）", step)
        ) from error
    return Backup(path, manifest, parcel.sha256_of(path), passphrase is not None)


def _place(target: Path, at: datetime, *, is_sealed: bool) -> Path:
    if target.suffix in SUFFIXES and not target.is_dir():
        path = target
    else:
        path = target / f"zhenxing-{at:%Y%m%d-%H%M%S}{'.zxb' if is_sealed else '.zip'}"
    if path.exists():
        raise OperationRefusedError(Problem(f"备份 {path}", "已经有这个文件", "请换一个名字"))
    return path


def _written(
    path: Path, beside: Path, passphrase: bytes | None, at: datetime, *, with_keys: bool
) -> Manifest:
    database = beside / snapshots.NAMES[connection.vendor]
    snapshot = snapshots.take(connection, database)
    site = Site.objects.values_list("name", "pack").first() or ("", "")
    told = parcel.Manifest(
        made_at=at.isoformat(timespec="seconds"),
        edition=zhenxing.__version__,
        engine=connection.vendor,
        site=site[0],
        pack=site[1],
        head=snapshot.head,
        migrations=snapshot.migrations,
        tables={name: (table.rows, table.total) for name, table in snapshot.tables.items()},
        files={},
    )
    contents = [
        (database.name, database),
        ("heads.log", _heads(beside, snapshot.head[0])),
        *(_keys() if with_keys else ()),
        *_files(),
    ]
    return parcel.write(path, contents, told, passphrase)


def _heads(beside: Path, last: int) -> Path:
    """Copy the heads up to the snapshot: acts go on meanwhile, and their lines lie in the file."""
    copy, own = beside / "heads.log", Path(settings.HEADS_FILE)
    known = audit.heads_in(own) if own.exists() else []
    lines = (f"{sequence} {digest}\n" for sequence, digest in known if sequence <= last)
    copy.write_text("".join(lines), encoding="utf-8")
    return copy


def _keys() -> Iterator[tuple[str, Path]]:
    for name in KEYS:
        path = Path(settings.KEY_DIR) / name
        if path.is_file():
            yield f"keys/{name}", path


def _files() -> Iterator[tuple[str, Path]]:
    """Give the stored files; one is there before the database knows it, so that none is missed."""
    root = Path(settings.FILE_DIR)
    for path in sorted(root.glob("*/*")):
        name = f"files/{path.relative_to(root).as_posix()}"
        if path.is_file() and parcel.NAMES.fullmatch(name):
            yield name, path


def space(folder: Path) -> tuple[int, int]:
    """Give the bytes left, and all bytes, of the disk that a folder lies on."""
    found = shutil.disk_usage(folder)
    return found.free, found.total
