"""A backup as one file: a zip of what a site is, its manifest last, sealed under a passphrase."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import tempfile
import zipfile
import zlib
from contextlib import ExitStack
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import IO, TYPE_CHECKING, cast

from zhenxing.kernel.problems import Problem
from zhenxing.operations.encryption import DecryptionError, Sealed, is_sealed, open_sealed
from zhenxing.operations.refusing import OperationRefusedError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

MANIFEST = "manifest.json"
FORMAT = 1
BLOCK = 1024 * 1024
# No other name is taken out of a backup: a forged one reaches nothing outside the data folder.
NAMES = re.compile(
    r"database\.(?:sqlite3|dump)|heads\.log|keys/[A-Za-z0-9_.-]+|files/[0-9a-f]{2}/[0-9a-f]{64}"
)

# What bytes that are no backup, or no longer one, may raise while they are read.
UNUSABLE = (
    AttributeError, EOFError, KeyError, TypeError, ValueError, zipfile.BadZipFile, zlib.error
)  # fmt: skip


@dataclass(frozen=True)
class Manifest:
    """What a backup says of itself.

    `tables` gives each table's rows and sum, `files` each file's size and SHA-256 by its name.
    """

    made_at: str
    edition: str
    engine: str
    site: str
    pack: str
    head: tuple[int, str]
    migrations: tuple[str, ...]
    tables: Mapping[str, tuple[int, str]]
    files: Mapping[str, tuple[int, str]]
    format: int = FORMAT

    @property
    def has_keys(self) -> bool:
        """Whether the site's keys are inside."""
        return any(name.startswith("keys/") for name in self.files)


def write(
    target: Path, contents: Iterable[tuple[str, Path]], manifest: Manifest, passphrase: bytes | None
) -> Manifest:
    """Write a backup under a name of its own and move it into place; give the full manifest."""
    beside = target.with_name(f".{target.name}.part")
    try:
        with ExitStack() as stack:
            descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            file = stack.enter_context(os.fdopen(descriptor, "wb"))
            stack.callback(lambda: os.fsync(file.fileno()))
            stack.callback(file.flush)
            out = file if passphrase is None else stack.enter_context(_sealing(file, passphrase))
            done = _filled(out, contents, manifest)
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)
    return done


def read(source: Path, into: Path, passphrase: bytes | None) -> Manifest:
    """Unpack a backup into an empty folder, each file held against the manifest."""
    into.mkdir(parents=True, exist_ok=True, mode=0o700)
    with tempfile.TemporaryFile(dir=into) as opened:
        try:
            if is_sealed(source):
                open_sealed(source, cast("IO[bytes]", opened), _required(source, passphrase))
                archive = zipfile.ZipFile(cast("IO[bytes]", opened))
            else:
                archive = zipfile.ZipFile(source)
            with archive:
                return _unpacked(archive, into)
        except OperationRefusedError:
            raise
        except UNUSABLE as error:
            raise _unusable(source, error) from error


def sha256_of(path: Path) -> str:
    """Give the hash of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _sealing(file: IO[bytes], passphrase: bytes) -> IO[bytes]:
    return cast("IO[bytes]", Sealed(file, passphrase))


def _filled(out: IO[bytes], contents: Iterable[tuple[str, Path]], manifest: Manifest) -> Manifest:
    files = {}
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, allowZip64=True) as archive:
        for name, path in contents:
            digest, size = hashlib.sha256(), 0
            with path.open("rb") as source, archive.open(name, "w", force_zip64=True) as target:
                while block := source.read(BLOCK):
                    digest.update(block)
                    size += len(block)
                    target.write(block)
            files[name] = (size, digest.hexdigest())
        full = replace(manifest, files=files)
        told = json.dumps(asdict(full), ensure_ascii=False, sort_keys=True, indent=1)
        archive.writestr(MANIFEST, told)
    return full


def _unpacked(archive: zipfile.ZipFile, into: Path) -> Manifest:
    manifest = _manifest(json.loads(archive.read(MANIFEST)))
    there = set(archive.namelist()) - {MANIFEST}
    foreign = sorted(name for name in there if not NAMES.fullmatch(name))
    faults = [f"有不该在里面的「{name}」" for name in foreign]
    faults += [f"少了「{name}」" for name in sorted(manifest.files.keys() - there)]
    faults += [f"「{name}」不在清单上" for name in sorted(there - manifest.files.keys())]
    faults = faults or list(_copied(archive, manifest, into))
    if faults:
        more = f"等{len(faults)}处" if len(faults) > 1 else ""
        what = f"{faults[0]}{more}，与清单不符，备份不完整或被改过"
        raise OperationRefusedError(Problem("备份", what, "请换另一份备份"))
    return manifest


def _copied(archive: zipfile.ZipFile, manifest: Manifest, into: Path) -> Iterator[str]:
    """Write the files out, giving each whose bytes are not what the manifest says."""
    for name, (size, stated) in manifest.files.items():
        place = into / name
        place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with archive.open(name) as source, place.open("xb") as target:
            shutil.copyfileobj(source, target, BLOCK)
        place.chmod(0o400 if name.startswith("files/") else 0o600)
        if place.stat().st_size != size or sha256_of(place) != stated:
            yield f"「{name}」的内容变了"


def _manifest(told: dict[str, object]) -> Manifest:
    if told.get("format") != FORMAT:
        what = f"是第{told.get('format')}种格式，本程序只认第{FORMAT}种"
        raise OperationRefusedError(Problem("备份", what, "请用做备份的那一版程序恢复"))
    given = cast("dict[str, list[object]]", told)
    pairs = {
        name: {
            key: tuple(value) for key, value in cast("dict[str, list[object]]", told[name]).items()
        }
        for name in ("tables", "files")
    }
    lists = {name: tuple(given[name]) for name in ("head", "migrations")}
    return Manifest(**{**told, **pairs, **lists})  # type: ignore[arg-type]  # the shape was written by `asdict`


def _required(source: Path, passphrase: bytes | None) -> bytes:
    if passphrase is None:
        step = "请用 --passphrase-file 指明做备份时的口令文件"
        raise OperationRefusedError(Problem(source.name, "这份备份加了密", step))
    return passphrase


def _unusable(source: Path, error: Exception) -> OperationRefusedError:
    why = str(error) if isinstance(error, DecryptionError) else "不是一份完整的备份"
    step = "请核对口令文件，或换另一份备份"
    return OperationRefusedError(Problem(source.name, f"打不开：{why}", step))
