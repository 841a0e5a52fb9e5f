"""Whatever is done to the ledger behind its back is found, and the first bad entry named."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.conf import settings as site
from django.db import connection

from tests.databases import guards_lifted
from zhenxing.audit import chain, heads, services
from zhenxing.audit.models import Entry, Receipt
from zhenxing.audit.queries import receipt_file, verify
from zhenxing.audit.tests import make
from zhenxing.audit.verifying import report

if TYPE_CHECKING:
    from pytest_django import Settings

    from tests.databases import Database

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]


def damage(*statements: str) -> None:
    """Do what somebody with the owner's rights on the database can do."""
    with guards_lifted(connection), connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def write_heads() -> None:
    """Write the heads of all entries, as commits do."""
    rows = Entry.objects.values_list("sequence", "hash", "at")
    text = "".join(heads.line(*row) for row in rows)
    Path(site.HEADS_FILE).write_text(text, encoding="utf-8")


def forge(sequence: int, **changed: object) -> None:
    """Change an entry and give it the hash that fits, as a careful forger would."""
    entry = Entry.objects.get(sequence=sequence)
    for name, value in changed.items():
        setattr(entry, name, value)
    entry.hash = entry.expected_hash()
    with guards_lifted(connection):
        entry.save()


@pytest.fixture
def twelve(engine: str) -> str:
    """Record ten acts and two receipts, their heads written outside."""
    make.entries(10)
    make.receipt(11)
    make.receipt(12)
    write_heads()
    return engine


def test_a_clean_ledger_holds(twelve: str) -> None:
    verification = verify()
    assert (verification.entries, verification.receipts, verification.heads) == (12, 2, 12)
    assert verification.holds
    assert verification.first_bad is None
    # PostgreSQL warns that a test runs as the owner of the tables.
    assert len(verification.problems) == (twelve == "postgresql")
    counted = "核对了账本12条、封存的数据0行、担保的现状0行、回执2份、"
    assert report(verification).startswith(f"账本完整。\n{counted}")


def test_an_empty_ledger_without_keys_holds(
    engine: str, settings: Settings, tmp_path: Path
) -> None:
    settings.KEY_DIR = tmp_path
    assert verify().holds


@pytest.mark.parametrize(
    ("statements", "sequence", "what"),
    [
        (["UPDATE audit_entry SET subject = '别的' WHERE sequence = 5"], 5, "记入后被改过"),
        (["UPDATE audit_entry SET seals = '[' WHERE sequence = 5"], 5, "读不出来"),
        (["UPDATE audit_entry SET algorithm = 'md5' WHERE sequence = 5"], 5, "不认识"),
        (["UPDATE audit_entry SET stamp = '' WHERE sequence = 5"], 5, "站章"),
        (["DELETE FROM audit_entry WHERE sequence = 5"], 5, "这一条不见了"),
        (["DELETE FROM audit_entry WHERE sequence = 1"], 1, "这一条不见了"),
        (
            [
                "UPDATE audit_entry SET sequence = 99 WHERE sequence = 4",
                "UPDATE audit_entry SET sequence = 4 WHERE sequence = 5",
                "UPDATE audit_entry SET sequence = 5 WHERE sequence = 99",
            ],
            4,
            "接不上",
        ),
        (["UPDATE audit_head SET sequence = 8"], 9, "末端记录写的是第8条"),
        (["UPDATE audit_head SET hash = 'x'"], 12, "末端记录的哈希"),
        (["DELETE FROM audit_head"], 12, "末端的记录不见了"),
        (["DELETE FROM audit_receipt WHERE number = 'HS-11'"], 11, "回执 HS-11 不见了"),
        (["UPDATE audit_receipt SET number = 'HS-0' WHERE number = 'HS-12'"], 12, "HS-0"),
        (["UPDATE audit_receipt SET content = '{' WHERE number = 'HS-11'"], 11, "读不出来"),
        (["UPDATE audit_receipt SET signature = '00' WHERE number = 'HS-11'"], 11, "签名"),
        (["UPDATE audit_receipt SET entry_id = 12 WHERE number = 'HS-11'"], 11, "HS-11"),
    ],
)
def test_it_names_the_first_bad_entry(
    twelve: str, statements: list[str], sequence: int, what: str
) -> None:
    damage(*statements)
    verification = verify()
    assert verification.first_bad is not None
    found, said = verification.first_bad
    assert (found, what in said) == (sequence, True), verification.problems
    assert not verification.holds
    assert report(verification).startswith(f"账本不完整：最前面出问题的是第{sequence}条——")


def test_a_forged_entry_with_a_fitting_hash_lacks_the_sites_stamp(twelve: str) -> None:
    forge(12, subject="别的")
    damage(f"UPDATE audit_head SET hash = '{Entry.objects.get(sequence=12).hash}'")  # noqa: S608  # a hash
    Path(site.HEADS_FILE).unlink()
    verification = verify()
    assert verification.first_bad == (12, "没有本站的站章，不是经本系统记入的")


def test_a_cut_tail_shows_against_the_heads_outside(twelve: str) -> None:
    tenth = Entry.objects.get(sequence=10).hash
    damage(
        "DELETE FROM audit_receipt",
        "DELETE FROM audit_entry WHERE sequence > 10",
        f"UPDATE audit_head SET sequence = 10, hash = '{tenth}'",  # noqa: S608  # a hash
    )
    verification = verify()
    assert verification.first_bad is not None
    assert verification.first_bad[0] == 11
    assert "旧的备份" in verification.first_bad[1]


def test_a_cut_tail_shows_against_a_receipt_somebody_kept(twelve: str) -> None:
    kept = json.loads(receipt_file(Receipt.objects.get(number="HS-12")))
    assert verify(receipts=[kept]).first_bad is None
    damage("DELETE FROM audit_receipt", "DELETE FROM audit_entry WHERE sequence = 12")
    Path(site.HEADS_FILE).unlink()
    problems = verify(receipts=[kept]).problems
    assert any("与报送人手里的回执 HS-12 不符" in problem.what for problem in problems)


def test_a_replaced_receipt_shows_against_the_one_somebody_kept(twelve: str) -> None:
    kept = json.loads(receipt_file(Receipt.objects.get(number="HS-12")))
    damage("UPDATE audit_receipt SET content = '{}' WHERE number = 'HS-12'")
    problems = verify(receipts=[kept]).problems
    assert any("库里的回执 HS-12 与报送人手里的不同" in problem.what for problem in problems)


def test_a_forged_receipt_handed_in_is_told_and_blames_no_entry(twelve: str) -> None:
    kept = json.loads(receipt_file(Receipt.objects.get(number="HS-12")))
    kept["receipt"]["version"] = 99
    verification = verify(receipts=[kept, {"receipt": 1}])
    assert verification.first_bad is None
    assert [problem.where for problem in verification.problems if problem.is_error] == [
        "交来的回执 HS-12",
        "交来的回执 ？",
    ]
    assert report(verification).startswith("账本的条目都相符，但保障不全")


def test_a_head_somebody_kept_wins_over_the_sites_own_file(twelve: str) -> None:
    verification = verify(known_heads=[(7, "0" * 64)])
    assert verification.first_bad is not None
    assert verification.first_bad[0] == 7


def test_a_lost_heads_file_is_an_error(twelve: str) -> None:
    make.entries(heads.HEALED)
    Path(site.HEADS_FILE).unlink()
    verification = verify()
    assert verification.first_bad is None
    assert not verification.holds
    told = [problem.what for problem in verification.problems if problem.is_error]
    assert len(told) == 1
    assert "第1—76条中有76条不在其中" in told[0]


def test_a_damaged_heads_file_is_an_error(twelve: str) -> None:
    Path(site.HEADS_FILE).write_text("1\n", encoding="utf-8")
    assert "第1行不是「序号 哈希 时刻」" in verify().problems[0].what


def test_a_removed_guard_is_an_error(twelve: str) -> None:
    on = " ON audit_entry" if twelve == "postgresql" else ""
    kinds = ("change",) if twelve == "postgresql" else ("update", "delete", "replace")
    with connection.cursor() as cursor:
        for kind in kinds:
            cursor.execute(f"DROP TRIGGER only_grows_audit_entry_{kind}{on}")
    verification = verify()
    assert not verification.holds
    assert verification.problems[0].where == "数据库表 audit_entry"


def test_a_rewritten_ledger_is_told_in_part_and_counted(twelve: str) -> None:
    make.entries(100)
    damage("UPDATE audit_entry SET subject = '别的' WHERE sequence > 1")
    verification = verify()
    assert verification.first_bad == (2, "内容与它的哈希不符，记入后被改过")
    assert verification.problems[-1].what.startswith("另有6")


def test_seals_of_a_table_that_is_gone_are_told(twelve: str) -> None:
    forge(12, seals=json.dumps({"gone.Table": {"rows": 1, "digest": "x"}}))
    wheres = {problem.what for problem in verify().problems}
    assert "封存了「gone.Table」的行，本程序没有这张表" in wheres


@pytest.mark.parametrize(("back", "is_told"), [(5, False), (60, True)])
def test_a_clock_that_was_set_back_is_a_reminder_at_the_first_such_entry(
    twelve: str,
    back: int,
    is_told: bool,  # noqa: FBT001  # a row of the table
) -> None:
    for minute in (200, 200 - back, 201, 150 - back):
        services.record("site.noted", subject="钟", by=make.BY, moment=make.moment(minute))
    verification = verify()
    said = [p for p in verification.problems if "拨回过" in p.what]
    assert [(p.where, p.level) for p in said] == [
        ("账本第14条" if is_told else "账本第16条", "warning")
    ]
    assert verification.holds


def test_it_tells_how_far_it_is(twelve: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chain, "CHUNK", 5)
    seen: list[int] = []
    verify(progress=seen.append)
    assert seen == [5, 10]


def test_acts_going_on_meanwhile_are_no_false_alarm(real_database: Database) -> None:
    make.entries(10)
    busy: list[int] = []

    def act(count: int) -> None:
        busy.append(count)

    assert verify(progress=act).holds
    with services.act("site.noted", subject="无", by=make.BY, moment=make.moment()):
        pass
    assert verify().first_bad is None
