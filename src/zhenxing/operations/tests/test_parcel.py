"""What is unpacked is what the manifest says, and reaches nothing outside its folder."""

from __future__ import annotations

import json
import zipfile
from typing import TYPE_CHECKING

import pytest

from zhenxing.operations import parcel, restoring
from zhenxing.operations.refusing import OperationRefusedError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

MANIFEST = parcel.Manifest(
    made_at="2024-05-06T09:30:00+08:00",
    edition="0.1.0",
    engine="sqlite",
    site="禾山县",
    pack="tiny",
    head=(3, "a" * 64),
    migrations=("audit.0001_ledger",),
    tables={"audit_head": (1, "b" * 64)},
    files={},
)
FILE = f"files/ab/{'ab' * 32}"


@pytest.fixture
def packed(tmp_path: Path) -> Path:
    names = ("database.sqlite3", "heads.log", "keys/secret", FILE)
    contents = []
    for number, name in enumerate(names):
        path = tmp_path / f"source-{number}"
        path.write_bytes(name.encode() * 9)
        contents.append((name, path))
    target = tmp_path / "kept.zip"
    parcel.write(target, contents, MANIFEST, None)
    return target


def rewritten(path: Path, change: Callable[[dict[str, bytes]], None]) -> Path:
    with zipfile.ZipFile(path) as archive:
        contents = {name: archive.read(name) for name in archive.namelist()}
    change(contents)
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in contents.items():
            archive.writestr(name, data)
    return path


def test_it_comes_out_as_it_went_in(packed: Path, tmp_path: Path) -> None:
    to = tmp_path / "to"
    manifest = restoring.unpack(packed, to, passphrase=None, keys=None)
    assert (manifest.head, manifest.tables) == (MANIFEST.head, MANIFEST.tables)
    assert manifest.has_keys
    assert (to / FILE).read_bytes() == FILE.encode() * 9
    assert packed.stat().st_mode & 0o077 == 0
    assert [(to / name).stat().st_mode & 0o777 for name in ("keys/secret", FILE)] == [0o600, 0o400]


def changed_bytes(contents: dict[str, bytes]) -> None:
    contents[FILE] = b"other bytes"


def left_out(contents: dict[str, bytes]) -> None:
    del contents["heads.log"]


def smuggled_in(contents: dict[str, bytes]) -> None:
    contents["keys/more"] = b""


def out_of_the_folder(contents: dict[str, bytes]) -> None:
    contents["../outside"] = b""


def of_another_format(contents: dict[str, bytes]) -> None:
    told = json.loads(contents["manifest.json"]) | {"format": 2}
    contents["manifest.json"] = json.dumps(told).encode()


def without_manifest(contents: dict[str, bytes]) -> None:
    del contents["manifest.json"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (changed_bytes, "的内容变了，与清单不符"),
        (left_out, "少了「heads.log」"),
        (smuggled_in, "「keys/more」不在清单上"),
        (out_of_the_folder, "有不该在里面的「../outside」等2处"),
        (of_another_format, "是第2种格式，本程序只认第1种"),
        (without_manifest, "不是一份完整的备份"),
    ],
)
def test_a_changed_backup_is_refused_and_leaves_nothing(
    packed: Path, tmp_path: Path, change: Callable[[dict[str, bytes]], None], said: str
) -> None:
    to = tmp_path / "to"
    to.mkdir()
    with pytest.raises(OperationRefusedError, match=said):
        restoring.unpack(rewritten(packed, change), to, passphrase=None, keys=None)
    assert list(to.iterdir()) == []
    assert not (tmp_path / "outside").exists()


def test_a_broken_file_is_no_backup(tmp_path: Path) -> None:
    path = tmp_path / "kept.zip"
    path.write_bytes(b"PK not really")
    with pytest.raises(OperationRefusedError, match=r"kept\.zip：打不开：不是一份完整的备份"):
        restoring.unpack(path, tmp_path / "to", passphrase=None, keys=None)
    assert not (tmp_path / "to").exists()


def test_a_postgresql_backup_wants_a_postgresql_database(tmp_path: Path) -> None:
    with pytest.raises(OperationRefusedError, match="PostgreSQL的空库"):
        restoring.enter(tmp_path, "sqlite:x", "postgresql")
