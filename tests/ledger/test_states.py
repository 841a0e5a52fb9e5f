"""Tables that acts change are held row by row: what no act changed is named."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from tests import cast, returns
from tests.databases import guards_lifted
from zhenxing.accounts.choices import Role
from zhenxing.accounts.models import User
from zhenxing.audit import queries, services, vouching
from zhenxing.audit.models import Entry
from zhenxing.documents.models import File
from zhenxing.indicators.models import Curve
from zhenxing.kernel.moments import Moment
from zhenxing.kernel.periods import Period
from zhenxing.organisation import services as organisation
from zhenxing.organisation.models import CalendarDay, Membership, Post, Site, Unit, UnitProfile
from zhenxing.packs import demo
from zhenxing.packs.services import import_past, load
from zhenxing.packs.tests import make as packs
from zhenxing.packs.tests.test_further_import import ASSESSMENT, OFFICER, PAST
from zhenxing.reporting import services as reporting
from zhenxing.reporting.models import Call, Submission

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from zhenxing.audit.services import Act

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]


@pytest.fixture
def held(engine: str) -> str:
    """Vouch for the county in entry 1, hand in a return in entry 2, end a post in entry 3."""
    submissions = returns.prepare(3)
    returns.begin()
    returns.hand_in(submissions[0], uuid4())
    returns.end_a_post(0)
    return engine


@contextmanager
def noted() -> Iterator[Act]:
    """Open an act of nobody in particular."""
    with services.act("site.noted", subject="无", by=returns.BY, moment=cast.moment()) as act:
        yield act


def run(*statements: str) -> None:
    """Do what somebody with rights on the database can do."""
    with guards_lifted(connection), connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def bad() -> tuple[int, str]:
    """Give the first fault, which is the only one."""
    verification = queries.verify()
    assert verification.first_bad is not None
    assert not verification.holds
    assert [p.what for p in verification.problems if p.is_error] == [verification.first_bad[1]]
    return verification.first_bad


def told() -> list[str]:
    """Give all that a verification says but what tests bring along: their role, no commits."""
    usual = {"数据库角色", "外存链头"}
    return [p.sentence for p in queries.verify().problems if p.where not in usual]


def test_a_site_whose_acts_vouch_for_what_they_change_holds(held: str) -> None:
    assert told() == []
    tables = queries.vouched_models()
    assert queries.verify().vouched == sum(model._base_manager.count() for model in tables)
    assert Entry.objects.get(sequence=3).sealed_rows == 1


@pytest.mark.parametrize(
    ("statement", "sequence", "what"),
    [
        ("UPDATE indicators_lamprules SET text = 'x'", 1, "「亮灯规则」的第"),
        ("UPDATE indicators_indicator SET direction = 'lower' WHERE code = 'item-3'", 1, "指标3"),
        ("UPDATE reporting_call SET due = '2030-01-01'", 1, "「填报任务」"),
        ("UPDATE accounts_user SET is_active = NOT is_active WHERE username = 'd01'", 1, "沈统"),
        ("UPDATE organisation_site SET note = 'x'", 1, "「本站」的第1行（禾山县）与这一条"),
        ("UPDATE organisation_unit SET code = 'T9' WHERE code = 'T03'", 1, "河湾镇"),
        ("UPDATE reporting_submission SET latest = 7 WHERE latest = 1", 2, "「填报」"),
        ("UPDATE documents_file SET name = 'x'", 2, "「文件」"),
        ("UPDATE organisation_post SET title = 'x' WHERE until IS NOT NULL", 3, "「岗位」"),
        ("UPDATE organisation_post SET title = 'x' WHERE role = 'K'", 1, "秦衡 考核办"),
        ("UPDATE organisation_post SET title = 'x'", 1, "；另有13行也这样"),
        ("DELETE FROM organisation_calendarday WHERE day = '2023-10-06'", 1, "第2023-10-06行由这"),
    ],
)  # fmt: skip
def test_a_row_that_no_act_changed_is_named_with_the_entry_that_left_it(
    held: str, statement: str, sequence: int, what: str
) -> None:
    run(statement)
    found, said = bad()
    assert (found, what in said) == (sequence, True), said


def test_two_units_that_swap_their_codes_are_named(held: str) -> None:
    run(
        "UPDATE organisation_unit SET code = 'T99' WHERE code = 'T03'",
        "UPDATE organisation_unit SET code = 'T03' WHERE code = 'D02'",
        "UPDATE organisation_unit SET code = 'D02' WHERE code = 'T99'",
    )
    found, said = bad()
    assert (found, "「单位」" in said, "另有1行" in said) == (1, True, True)


def test_a_row_that_no_entry_knows_is_named_after_the_last_one_about_its_table(held: str) -> None:
    known = Post.objects.get(role=Role.ASSESSMENT)
    friend = User.objects.get(username="t01-leader")
    added = Post.objects.create(person=friend, role=Role.ASSESSMENT, unit=known.unit)
    assert bad() == (
        3,
        f"「岗位」的第{added.pk}行（周正 考核办 禾山县）账本里没有，是这一条以后背着账本添的",
    )


def test_a_row_added_to_a_table_that_was_empty_is_named(held: str) -> None:
    Curve.objects.create(code="late", name="后高", shares=["1"], basis="无")
    assert bad()[0] == 1


def test_a_file_that_waits_is_no_fault_and_is_held_once_an_act_refers_to_it(held: str) -> None:
    file = File.objects.create(
        sha256="a" * 64, name="x", size=1, kind="xlsx", by="x", at=cast.moment().at
    )
    assert told() == []
    with noted() as act:
        act.vouch(file)
    run(f"DELETE FROM documents_file WHERE id = {file.pk}")  # noqa: S608  # a number
    assert bad() == (4, f"「文件」的第{file.pk}行由这一条留下，现在不见了")


def test_a_column_that_does_not_count_may_change(held: str) -> None:
    run("UPDATE accounts_user SET last_login = '2023-10-20 01:00:00+00:00', password = 'x'")
    assert told() == []


def test_a_later_act_takes_the_place_of_an_earlier_one(held: str) -> None:
    with noted() as act:
        Site.objects.update(note="新")
        Membership.objects.all()[0].delete()
        act.vouch(Site.objects.get(), Membership)
        act.vouch(*Membership.objects.all(), Membership)
    assert told() == []
    run("UPDATE organisation_site SET note = ''")
    assert bad()[0] == 4


def test_an_act_can_only_vouch_for_rows_that_are_stored(held: str) -> None:
    gone = CalendarDay(day=date(2023, 5, 4), is_workday=False, name="无", source="无")
    with pytest.raises(ValueError, match=r"CalendarDay: of 1 rows 0 are stored"), noted() as act:
        act.vouch(gone)
    assert Entry.objects.count() == 3


def test_a_site_whose_tables_nobody_vouched_for_is_told_once(engine: str) -> None:
    returns.hand_in(returns.prepare(1)[0], uuid4())
    [said] = told()
    assert said.startswith("账本：专班、专班成员、亮灯规则、人员、单位、填报、")
    assert "文件" not in said
    assert queries.verify().holds


def test_a_bad_chain_comes_before_the_drift_it_explains(held: str) -> None:
    run("UPDATE organisation_site SET note = 'x'")
    run("UPDATE audit_entry SET subject = 'x' WHERE sequence = 3")
    verification = queries.verify()
    assert verification.first_bad == (3, "内容与它的哈希不符，记入后被改过")
    assert sum("「本站」" in problem.what for problem in verification.problems) == 1


def test_columns_that_came_later_are_not_missed_by_older_entries(
    held: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Unit, "not_vouched", {"pinyin": "came with a later version"})
    with noted() as act:
        act.vouch(Unit)
    monkeypatch.undo()
    assert told() == []
    run("UPDATE organisation_unit SET pinyin = 'x' WHERE code = 'T01'")
    assert told() == []
    run("UPDATE organisation_unit SET short = 'x' WHERE code = 'T01'")
    assert bad()[0] == 4


def test_a_table_that_is_gone_is_told(held: str, monkeypatch: pytest.MonkeyPatch) -> None:
    left = [model for model in queries.vouched_models() if model is not Site]
    monkeypatch.setattr(vouching, "vouched_models", lambda: left)
    assert bad() == (1, "担保了「organisation.Site」的行，本程序没有这张表")


@pytest.mark.parametrize(
    ("statement", "what"),
    [
        ("UPDATE organisation_calendarday SET is_workday = 'viel'", "「调休」的第"),
        ("UPDATE organisation_calendarday SET day = 'x' WHERE day = '2023-10-06'", "2023-10-06"),
        ("UPDATE organisation_unitprofile SET area_km2 = 'weit'", "「概况」的第"),
        ("UPDATE indicators_indicator SET release = '{\"lag\": 1.5}'", "「指标」的第"),
    ],
)
def test_a_row_that_cannot_be_read_is_named(held: str, statement: str, what: str) -> None:
    if held == "postgresql" and "release" not in statement:  # it holds every column to its kind
        with pytest.raises(DatabaseError), transaction.atomic():
            run(statement)
        return
    if held == "sqlite":
        statement = f"PRAGMA ignore_check_constraints = ON; {statement}"
    run(*statement.split("; "))
    verification = queries.verify()
    assert verification.first_bad is not None
    assert verification.first_bad[0] == 1
    assert any(what in problem.what for problem in verification.problems), verification.problems


def test_beside_a_row_that_cannot_be_read_the_others_are_still_held(held: str) -> None:
    unreadable = "UPDATE organisation_unitprofile SET area_km2 = 'weit' WHERE town_class = '川道镇'"
    if held == "postgresql":  # it holds every column to its kind
        with pytest.raises(DatabaseError), transaction.atomic():
            run(unreadable)
        return
    first = UnitProfile.objects.earliest("pk")
    UnitProfile.objects.create(unit=first.unit, as_of=date(2023, 6, 30))
    run(f"DELETE FROM organisation_unitprofile WHERE id = {first.pk}", unreadable)  # noqa: S608  # a number
    faults = [problem.what for problem in queries.verify().problems if problem.is_error]
    assert [fault.split("行", 1)[1] for fault in faults] == [
        "与这一条留下的不同，是背着账本改的",
        "由这一条留下，现在不见了",
        "账本里没有，是这一条以后背着账本添的",
    ]


def test_what_a_service_changes_it_vouches_for(engine: str, tmp_path: Path) -> None:
    folder, moment = packs.tiny(tmp_path), Moment(packs.MOMENT.at, cast.TODAY)
    pack = packs.sound(folder)
    load(pack, by=packs.BY, second=None, moment=packs.MOMENT)
    scope = cast.scope(User.objects.get(username="assessment"))
    person, town = User.objects.get(username="nobody"), Unit.objects.get(code="T01")
    another = replace(scope, username="assessment-2")
    july, after = Period.month(2024, 7), Moment(moment.at, date(2024, 7, 26))
    given: list[Post] = []

    def appoint() -> None:
        role = Role.SUPERVISION
        post = organisation.appoint(person=person, role=role, unit=town, by=packs.BY, moment=moment)
        given.append(post)

    doings: list[Callable[[], object]] = [
        lambda: list(demo.play(pack, by=packs.BY, at=packs.MOMENT.at)),
        lambda: import_past(
            packs.sound(packs.write(folder, "figures/2021.csv", PAST)),
            by=ASSESSMENT, second=OFFICER, moment=packs.MOMENT,
        ),
        lambda: organisation.move_business_date(
            to=date(2023, 10, 23), reason="演示", by=packs.BY, moment=moment
        ),
        appoint,
        lambda: organisation.end_post(
            post=given[0], until=date(2023, 12, 31), reason="换届", by=packs.BY, moment=moment
        ),
        lambda: reporting.open_call(
            period=july, opens=date(2024, 7, 1), due=date(2024, 7, 25), scope=scope, moment=moment
        ),
        lambda: reporting.propose_closing(
            call=Call.objects.latest("pk"), scope=another, moment=after
        ),
        lambda: reporting.close_call(call=Call.objects.latest("pk"), scope=scope, moment=after),
    ]  # fmt: skip
    for doing in doings:
        before = Entry.objects.count()
        doing()
        assert Entry.objects.count() > before
        assert told() == []
    assert Submission.objects.filter(call__period=str(july)).count() == 2
