"""Backup, destroy, restore, verify: on both databases, in another process, into an empty place."""

from __future__ import annotations

import json
import zipfile
from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.db import connection

from tests.databases import Database, default_is
from zhenxing.audit.models import Entry
from zhenxing.indicators.models import Figure
from zhenxing.operations import snapshots
from zhenxing.operations.refusing import OperationRefusedError
from zhenxing.operations.tests import make

if TYPE_CHECKING:
    from pathlib import Path

    from zhenxing.operations.tests.conftest import Place

pytestmark = pytest.mark.both_engines
PASSPHRASE = b"a passphrase of some length"


def restored(place: Place) -> Database:
    address = place.database or "sqlite:zhenxing.sqlite3"
    return Database(connection.vendor, address, place.folder)


def figures() -> list[tuple[object, ...]]:
    return list(Figure.objects.order_by("pk").values_list("unit__code", "period", "value"))


def restore(backup: Path, place: Place, *more: object) -> tuple[int, str, str]:
    words = [backup, "--to", place.folder]
    words += ["--database", place.database] if place.database else []
    done = make.command("restore", *words, *more)
    return done.returncode, done.stdout, done.stderr


def test_what_was_destroyed_comes_back_whole(site: Database, place: Place, tmp_path: Path) -> None:
    made = make.backup(tmp_path / "kept.zip")
    heads = tmp_path / "outside.log"
    heads.write_bytes(settings.HEADS_FILE.read_bytes())
    before, values = snapshots.sum_up(connection), figures()
    assert values
    assert len(before.tables) > 20
    code, said, wrong = restore(made.path, place, "--heads", heads)
    assert (code, wrong) == (0, "")
    assert "逐表相同" in said
    assert "账本完整" in said
    assert "与库外的账本头一致" in said
    with default_is(restored(place)):
        after = snapshots.sum_up(connection)
        # The restore itself is an entry of the ledger, and nothing else has changed.
        assert snapshots.differences(before, after) == ["audit_entry", "audit_head"]
        assert figures() == values
        assert Entry.objects.order_by("sequence").last().action == "operations.restored"  # type: ignore[union-attr]  # it is there
    stored = {path.name for path in (place.folder / "files").rglob("*") if path.is_file()}
    assert stored == {p.name for p in settings.FILE_DIR.rglob("*") if p.is_file()}
    assert (place.folder / "keys" / "receipts.pem").stat().st_mode & 0o077 == 0


def test_a_sealed_backup_opens_by_its_passphrase_alone(
    site: Database, place: Place, tmp_path: Path
) -> None:
    made = make.backup(tmp_path / "kept", passphrase=PASSPHRASE)
    assert made.path.name == "zhenxing-20240506-093000.zxb"
    assert b"heads.log" not in made.path.read_bytes()
    words = tmp_path / "passphrase"
    words.write_bytes(b"another passphrase\n")
    code, _, wrong = restore(made.path, place)
    assert (code, "这份备份加了密" in wrong) == (1, True)
    code, _, wrong = restore(made.path, place, "--passphrase-file", words)
    assert (code, "口令不对" in wrong) == (1, True)
    assert not place.folder.exists()
    words.write_bytes(PASSPHRASE + b"\n")
    code, said, _ = restore(made.path, place, "--passphrase-file", words)
    assert (code, "没有给出库外的账本头" in said) == (0, True)


def test_an_older_backup_is_told_and_opens_for_reading_alone(
    site: Database, place: Place, tmp_path: Path
) -> None:
    made = make.backup(tmp_path / "old.zip")
    lost = make.note("备份之后的一件")
    code, _, wrong = restore(made.path, place, "--heads", settings.HEADS_FILE)
    assert code == 1
    assert f"这是旧备份：库外的账本头到第{lost.sequence}条，其中1条不在恢复的账本里" in wrong
    own = {"ZHENXING_DATA": str(place.folder), "ZHENXING_DATABASE": restored(place).address}
    refused = make.command("pack", "load", tmp_path / "tiny", **own)
    assert refused.returncode == 1
    assert "本站只读" in refused.stderr
    assert make.command("verify", **own).returncode == 0


def test_a_backup_without_keys_wants_them_back(
    site: Database, place: Place, tmp_path: Path
) -> None:
    made = make.backup(tmp_path / "kept.zip", with_keys=False)
    with zipfile.ZipFile(made.path) as archive:
        assert not [name for name in archive.namelist() if name.startswith("keys/")]
    code, said, wrong = restore(made.path, place, "--keys", tmp_path / "no-such-keys")
    assert (code, "密钥" in wrong, place.folder.exists()) == (1, True, False)
    code, said, _ = restore(made.path, place, "--keys", settings.KEY_DIR)
    assert (code, "账本完整" in said) == (0, True)


def test_a_drill_compares_every_table_and_leaves_nothing_behind(
    site: Database, tmp_path: Path
) -> None:
    own = {"ZHENXING_DATA": str(site.data), "ZHENXING_DATABASE": site.address}
    done = make.command("drill", **own)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.startswith("演练通过：备份、恢复、核验，各表行数和合计与原库相同（")
    assert len(done.stdout.splitlines()) == 1
    entry = Entry.objects.order_by("-sequence")[0]
    told = json.loads(entry.details)
    assert (entry.action, told["faults"], told["engine"]) == (
        "operations.drill.done", [], connection.vendor,
    )  # fmt: skip
    assert (
        told["rows"]
        == sum(table.rows for table in snapshots.sum_up(connection).tables.values()) - 1
    )  # the drill's own entry came after
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_database WHERE datname LIKE '%drill%'")
            assert cursor.fetchone() == (0,)


def test_a_restore_covers_nothing_that_is_there(
    site: Database, place: Place, tmp_path: Path
) -> None:
    made = make.backup(tmp_path / "kept.zip")
    place.folder.mkdir()
    (place.folder / "mine").write_text("留着", encoding="utf-8")
    code, _, wrong = restore(made.path, place)
    assert (code, "不是空文件夹" in wrong) == (1, True)
    assert [path.name for path in place.folder.iterdir()] == ["mine"]


def test_a_backup_is_not_written_over_another(site: Database, tmp_path: Path) -> None:
    made = make.backup(tmp_path / "kept.zip")
    with pytest.raises(OperationRefusedError, match="已经有这个文件"):
        make.backup(made.path)
    with pytest.raises(OperationRefusedError, match="写不进去"):
        make.backup(tmp_path / "kept.zip" / "below")
    assert [p.name for p in tmp_path.glob(".*")] == []
