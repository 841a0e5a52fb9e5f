"""Rows that an act sealed cannot be changed, removed, added or moved unnoticed."""

from __future__ import annotations

from decimal import Decimal
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, models, transaction
from django.test.utils import isolate_apps

from tests import cast, returns
from tests.databases import guards_lifted
from zhenxing.audit import canonical, checks, queries, seals, services
from zhenxing.audit.models import Entry, Sealed, sealed_lines
from zhenxing.indicators.models import Figure, Indicator, Target
from zhenxing.reporting.models import Submission, Version
from zhenxing.store.appendonly import guarded

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]

SWAP = """
UPDATE indicators_figure SET unit_id = (SELECT t.id FROM organisation_unit t
WHERE t.code IN ('T01', 'T02') AND t.id <> indicators_figure.unit_id)
"""
LOOSEN = """
UPDATE indicators_figure SET sealed_by = 99
WHERE id = (SELECT max(id) FROM indicators_figure WHERE sealed_by = 3)
"""


def figures(**asked: int) -> list[Figure]:
    """Give figures as what they are."""
    return list(Figure._base_manager.filter(**asked).order_by("pk"))


@pytest.fixture
def handed_in(engine: str) -> str:
    """Hand in six returns; entry n seals version n and its four figures."""
    for submission in returns.prepare(3) * 2:
        returns.hand_in(submission, uuid4())
    return engine


def test_sealed_rows_hold(handed_in: str) -> None:
    verification = queries.verify()
    assert verification.rows == 6 * (1 + returns.FIGURES)
    assert (verification.receipts, verification.first_bad) == (6, None)


@pytest.mark.parametrize(
    ("statement", "sequence", "what"),
    [
        ("UPDATE indicators_figure SET value = value + 1 WHERE sealed_by = 3", 3, "被改过"),
        ("UPDATE indicators_figure SET sealed_by = 5 WHERE sealed_by = 3", 3, "不见了"),
        (LOOSEN, 3, "现有3行"),
        ("UPDATE reporting_version SET values = '{\"n\": 9}' WHERE sealed_by = 4", 4, "被改过"),
        ("UPDATE reporting_version SET on_time = NOT on_time WHERE sealed_by = 4", 4, "被改过"),
        ("UPDATE reporting_version SET sealed_by = 1 WHERE sealed_by = 4", 1, "现有2行"),
        ("DELETE FROM indicators_figure WHERE sealed_by = 2", 2, "封存的4行不见了"),
        ("DELETE FROM reporting_version", 1, "封存的1行不见了"),
        (
            SWAP,
            1,
            "被换过",
        ),
    ],
)
def test_it_names_the_entry_whose_rows_were_touched(
    handed_in: str, statement: str, sequence: int, what: str
) -> None:
    statement = statement.replace("values =", '"values" =')
    with guards_lifted(connection), connection.cursor() as cursor:
        cursor.execute(statement)
    verification = queries.verify()
    assert verification.first_bad is not None
    found, said = verification.first_bad
    assert (found, what in said) == (sequence, True), verification.problems


@pytest.mark.parametrize(
    ("statement", "sequence", "what"),
    [
        (
            "UPDATE indicators_figure SET business_date = '2023-13-45' WHERE sealed_by = 3",
            3,
            "被改过",
        ),
        ("UPDATE indicators_figure SET value = 'viel' WHERE sealed_by >= 3", 3, "被改过"),
        ("UPDATE indicators_figure SET value = 'viel'", 1, "被改过"),
        ("UPDATE reporting_version SET parts = x'7b' WHERE sealed_by = 4", 4, "被改过"),
        ("UPDATE reporting_version SET sealed_by = 'vier' WHERE sealed_by = 4", 4, "不见了"),
    ],
)
def test_a_row_that_cannot_be_read_is_named(
    handed_in: str, statement: str, sequence: int, what: str
) -> None:
    if handed_in == "postgresql":  # it holds every column to its kind
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
        return
    with guards_lifted(connection), connection.cursor() as cursor:
        cursor.execute("PRAGMA ignore_check_constraints = ON")
        cursor.execute(statement)
        cursor.execute("PRAGMA ignore_check_constraints = OFF")
    verification = queries.verify()
    assert verification.first_bad is not None
    found, said = verification.first_bad
    assert (found, what in said) == (sequence, True), verification.problems


def test_a_figure_out_of_no_file_seals_no_file(engine: str) -> None:
    returns.prepare(1)
    source = Submission.objects.select_related("group__unit")[0]
    with services.act("site.noted", subject="无", by=returns.BY, moment=cast.moment()) as act:
        act.seal(
            [
                Figure(
                    unit=source.group.unit, indicator=Indicator.objects.all()[0],
                    period="2023-01", value=Decimal("1.5"), standing="confirmed", vintage="final",
                    business_date=cast.TODAY, recorded=cast.moment().at, by="d01", by_name="统计局",
                )
            ]
        )  # fmt: skip
    row = figures()[0]
    assert row.canonical()["file__sha256"] is None
    assert (row.canonical()["value"], row.canonical()["unit__code"]) == ("1.5", "T01")
    assert queries.verify().first_bad is None


def test_a_row_that_no_entry_sealed_is_named(handed_in: str) -> None:
    row = figures()[0]
    row.pk, row.sealed_by = None, 4
    Figure.objects.bulk_create([row])
    assert queries.verify().first_bad == (4, "「数据」封存了4行，现有5行")
    target = Target(
        unit=row.unit, indicator=row.indicator, year=2023, kind="value", comparator=">=",
        value=Decimal(5), document="无", issued=cast.TODAY, sealed_by=2,
    )  # fmt: skip
    target.save()
    assert queries.verify().first_bad == (2, "「目标任务」有1行自称由第2条封存，账本里没有")


@pytest.mark.parametrize("table", ["indicators_figure", "indicators_target", "reporting_version"])
def test_the_database_refuses_to_change_sealed_rows(handed_in: str, table: str) -> None:
    figure = figures()[0]
    Target.objects.bulk_create(
        [
            Target(
                unit=figure.unit, indicator=figure.indicator, year=2023, kind="value",
                comparator=">=", value=1, document="无", issued=cast.TODAY, sealed_by=1,
            )
        ]
    )  # fmt: skip
    for statement in (f"UPDATE {table} SET sealed_by = 7", f"DELETE FROM {table}"):  # noqa: S608  # our tables
        with pytest.raises(DatabaseError, match="只增不改"), transaction.atomic():
            connection.cursor().execute(statement)


def test_every_table_that_entries_seal_is_guarded(engine: str) -> None:
    assert set(seals.append_only_tables()) <= set(guarded(connection))
    sealed = {model.__name__ for model in seals.sealed_models()}
    assert sealed >= {"Figure", "Target", "Version", "Step", "Confirmation", "SlipStep", "Sent"}


def test_the_rows_seal_is_what_the_database_holds(handed_in: str) -> None:
    for row in [*Version.objects.all(), *figures()]:
        line = dict(sealed_lines(type(row)._base_manager.filter(pk=row.pk)))[row.sealed_by]
        assert canonical.text(row.canonical()) == line


def test_rows_that_another_entry_sealed_are_refused(handed_in: str) -> None:
    with (
        services.act("site.noted", subject="无", by=returns.BY, moment=cast.moment()) as act,
        pytest.raises(ValueError, match="belongs to entry 1"),
    ):
        act.seal(figures(sealed_by=1))


def test_rows_stored_by_the_caller_are_sealed_where_they_lie(handed_in: str) -> None:
    with services.act("site.noted", subject="无", by=returns.BY, moment=cast.moment()) as act:
        row = figures()[0]
        row.pk, row.sealed_by = None, act.sequence
        row._state.adding = True
        row.save()
        act.seal([row])
    assert '"indicators.Figure":{"columns":' in Entry.objects.get(sequence=7).seals
    assert queries.verify().first_bad is None


def test_entries_hold_to_the_columns_they_sealed_when_a_table_gains_one(
    handed_in: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A later version seals one column more: what was sealed before it still holds, and is held."""
    fewer = tuple(name for name in Figure.sealed_fields if name != "reason")
    monkeypatch.setattr(Figure, "sealed_fields", fewer)
    returns.hand_in(Submission.objects.order_by("pk")[0].pk, uuid4())
    monkeypatch.undo()
    returns.hand_in(Submission.objects.order_by("pk")[0].pk, uuid4())
    assert queries.verify().first_bad is None
    with guards_lifted(connection), connection.cursor() as cursor:
        cursor.execute("UPDATE indicators_figure SET reason = '补' WHERE sealed_by = 7")
    assert queries.verify().first_bad is None
    with guards_lifted(connection), connection.cursor() as cursor:
        cursor.execute("UPDATE indicators_figure SET reason = '补' WHERE sealed_by IN (6, 8)")
    assert queries.verify().first_bad == (6, "「数据」的行与封存时不同，被改过或被换过")


def test_rows_sealed_in_a_column_that_is_gone_are_told(handed_in: str) -> None:
    entry = Entry.objects.get(sequence=3)
    entry.seals = entry.seals.replace('"reason"', '"gone"')
    with guards_lifted(connection):
        entry.save()
    verification = queries.verify()
    assert verification.first_bad == (3, "内容与它的哈希不符，记入后被改过")
    told = [p.where for p in verification.problems if "「数据」的行与封存时不同" in p.what]
    assert told == ["账本第3条"]


@isolate_apps("zhenxing.audit")
def test_a_column_that_no_seal_covers_fails_the_build(engine: str) -> None:
    class Note(Sealed):
        text = models.TextField()
        author = models.ForeignKey("audit.Entry", models.PROTECT)
        late = models.TextField()
        sealed_fields = ("text", "author__actor")

        class Meta:
            app_label = "audit"

    assert list(checks.unsealed(Note)) == ["late"]


def test_the_build_has_no_unsealed_column(engine: str) -> None:
    assert checks.every_column_is_sealed() == []
    call_command("check", "--tag", "audit")
