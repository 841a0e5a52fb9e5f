"""An act stands whole or not at all, and every act has its place."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ed25519
from django.conf import settings as site
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection, transaction

from zhenxing.audit import hashing, heads, keys, services
from zhenxing.audit.hashing import GENESIS
from zhenxing.audit.models import Entry, Head, Receipt
from zhenxing.audit.queries import verify
from zhenxing.audit.tests import make

if TYPE_CHECKING:
    from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

    from tests.databases import Database

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]


def test_entries_count_from_one_and_hold_on_to_the_one_before() -> None:
    first, second, third = make.entries(3)
    assert [entry.sequence for entry in (first, second, third)] == [1, 2, 3]
    assert [first.previous, second.previous, third.previous] == [GENESIS, first.hash, second.hash]
    assert Head.objects.values_list("sequence", "hash").get() == (3, third.hash)


def test_an_entry_reads_back_as_it_was_hashed() -> None:
    make.entries(1)
    entry = Entry.objects.get()
    assert entry.expected_hash() == entry.hash
    assert json.loads(entry.details) == {"count": 1, "text": "台账"}
    assert str(entry) == "第1条 site.noted 第1件"
    assert str(Head.objects.get()) == f"1 {entry.hash}"


def test_what_fails_leaves_neither_entry_nor_receipt() -> None:
    make.entries(1)

    def fail() -> None:
        with services.act("site.noted", subject="无", by=make.BY, moment=make.moment()) as act:
            services.issue_receipt(act, number="HS-1", content={})
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert (Entry.objects.count(), Receipt.objects.count(), Head.objects.get().sequence) == (
        1,
        0,
        1,
    )
    assert make.entries(1)[0].sequence == 2


def test_the_entry_is_there_only_after_the_act() -> None:
    with services.act("site.noted", subject="无", by=make.BY, moment=make.moment()) as act:
        with pytest.raises(RuntimeError, match="not ended"):
            _ = act.entry
        act.details["late"] = "补"
    assert json.loads(act.entry.details) == {"late": "补"}


def test_an_act_inside_an_act_is_refused() -> None:
    with (
        services.act("site.noted", subject="外", by=make.BY, moment=make.moment()),
        pytest.raises(RuntimeError, match="cannot hold"),
    ):
        services.record("site.noted", subject="内", by=make.BY, moment=make.moment())
    assert Entry.objects.get().subject == "外"


def test_the_ledgers_own_word_in_the_details_is_refused() -> None:
    with pytest.raises(ValueError, match="receipts"):
        services.record(
            "site.noted", subject="无", by=make.BY, moment=make.moment(), details={"receipts": 1}
        )
    assert not Entry.objects.exists()


def test_the_ledgers_own_words_in_a_receipt_are_refused() -> None:
    with pytest.raises(ValueError, match="own words"):
        make.receipt(1, key="x")
    assert not Entry.objects.exists()


def test_a_head_moved_under_an_act_undoes_the_act() -> None:
    with (
        pytest.raises(RuntimeError, match="末端"),
        services.act("site.noted", subject="无", by=make.BY, moment=make.moment()),
    ):
        Head.objects.update(sequence=1)
    assert not Entry.objects.exists()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_entry SET action = 'x'",
        "DELETE FROM audit_entry",
        "UPDATE audit_receipt SET content = '{}'",
        "DELETE FROM audit_receipt",
        "UPDATE audit_head SET sequence = 1",
        "UPDATE audit_head SET sequence = 9",
        "DELETE FROM audit_head",
    ],
)
def test_the_database_refuses_to_change_the_ledger(statement: str) -> None:
    make.entries(1)
    make.receipt(2)
    with pytest.raises(DatabaseError, match="只增不改"), transaction.atomic():
        connection.cursor().execute(statement)
    assert verify().first_bad is None


def test_the_database_refuses_to_put_an_entry_in_anothers_place() -> None:
    make.entries(1)
    verb = "INSERT OR REPLACE INTO" if connection.vendor == "sqlite" else "INSERT INTO"
    with pytest.raises(DatabaseError), transaction.atomic():
        connection.cursor().execute(f"{verb} audit_entry SELECT * FROM audit_entry")  # noqa: S608  # no input


def test_sm3_entries_stand_beside_sha256_entries(settings: Settings) -> None:
    make.entries(2)
    settings.LEDGER_HASH = "sm3"
    make.receipt(3)
    settings.LEDGER_HASH = "sha256"
    make.entries(1)
    assert list(Entry.objects.values_list("algorithm", flat=True)) == [
        "sha256", "sha256", "sm3", "sha256",
    ]  # fmt: skip
    assert verify().first_bad is None


def test_the_head_is_told_outside_only_after_commit(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    path = Path(site.HEADS_FILE)
    with django_capture_on_commit_callbacks(execute=True):
        make.entries(2)
        assert not path.exists()
    assert list(heads.read(path)) == list(Entry.objects.values_list("sequence", "hash"))


def test_a_heads_file_that_cannot_be_written_undoes_nothing(
    real_database: Database, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    settings.HEADS_FILE = real_database.data
    make.entries(1)
    assert Entry.objects.count() == 1
    assert "第1条没有写入外存链头" in caplog.text
    assert "外存链头" in verify().problems[0].where


def test_the_next_act_writes_what_a_killed_process_left_out(real_database: Database) -> None:
    make.entries(1)
    with transaction.atomic():
        make.entries(2)
        transaction.get_connection().run_on_commit.clear()
    path = Path(site.HEADS_FILE)
    assert [sequence for sequence, _ in heads.read(path)] == [1]
    owed = verify()
    assert owed.holds
    assert "尚未写入外存链头" in owed.problems[0].what
    make.entries(1)
    assert [sequence for sequence, _ in heads.read(path)] == [1, 2, 3, 4]


def test_keys_are_made_with_the_first_act_and_never_again(
    settings: Settings, tmp_path: Path
) -> None:
    settings.KEY_DIR = tmp_path / "keys"
    assert not keys.exist()
    make.entries(1)
    assert keys.exist()
    assert {path.stat().st_mode & 0o077 for path in settings.KEY_DIR.iterdir()} == {0}
    (settings.KEY_DIR / keys.LEDGER).rename(tmp_path / "taken")
    verification = verify()
    assert any("密钥不见了" in problem.what for problem in verification.problems)
    assert not verification.holds
    assert not keys.exist()


def test_without_its_key_a_site_that_has_acted_does_not_act_again(
    settings: Settings, tmp_path: Path
) -> None:
    make.entries(1)
    settings.KEY_DIR = tmp_path
    with pytest.raises(FileNotFoundError, match="放回 ZHENXING_KEYS"):
        make.entries(1)
    assert Entry.objects.count() == 1
    assert not keys.exist()


def test_two_processes_that_make_a_key_read_the_same_one(tmp_path: Path) -> None:
    keys._put(tmp_path / "key", b"first")
    keys._put(tmp_path / "key", b"second")
    assert (tmp_path / "key").read_bytes() == b"first"
    assert list(tmp_path.iterdir()) == [tmp_path / "key"]


def test_a_key_of_another_kind_is_refused(settings: Settings, tmp_path: Path) -> None:
    pem = ed25519.Ed25519PrivateKey.generate().private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    (tmp_path / keys.RECEIPTS).write_bytes(pem)
    settings.KEY_DIR = tmp_path
    with pytest.raises(TypeError, match="RSA"):
        keys.public()


def test_a_hash_that_is_unknown_or_missing_stops_the_start(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with pytest.raises(ImproperlyConfigured, match="只能是 sha256 或 sm3"):
        hashing.require("md5")
    monkeypatch.setattr(hashlib, "algorithms_available", {"sha256"})
    with pytest.raises(ImproperlyConfigured, match="不带 sm3"):
        hashing.require("sm3")
