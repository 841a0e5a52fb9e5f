"""Sent back: by whom the table says, with reason and words; what was signed counts no more."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from tests import cast
from zhenxing.accounts.choices import Role
from zhenxing.audit import queries as audit_queries
from zhenxing.audit.models import Entry
from zhenxing.engine.standing import Standing
from zhenxing.indicators.choices import StandingChoice, VintageChoice
from zhenxing.indicators.models import Figure
from zhenxing.kernel.problems import Problem
from zhenxing.kernel.values import is_known
from zhenxing.reporting import queries, services
from zhenxing.reporting.choices import MOVES, Move, ReturnReason, Status
from zhenxing.reporting.services.life import LONGEST_TEXT
from zhenxing.reporting.tests import make, make_life

if TYPE_CHECKING:
    pass

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]

RETURNED_BY = {
    Status.SUBMITTED: ["group_leader", "leader"],
    Status.REVIEWED: ["group_leader", "leader"],
    Status.SIGNED: ["leader", "department", "assessor"],
    Status.CONFIRMED: ["assessor"],
}


def test_who_looked_at_an_older_version_is_told_and_keeps_the_text(month: make.Month) -> None:
    make.handed_in(month, month.county.reporter)
    make.handed_in(month, month.county.reporter, make_life.other_numbers(month))
    before = make_life.lines()
    submission = month.submission()
    done = services.send_back(
        submission=submission,
        scope=cast.scope(month.county.group_leader),
        moment=make_life.later(),
        base_version=1,
        reason=ReturnReason.JUMP,
        text="零售额是上月的三倍",
    )
    assert isinstance(done, services.Stale)
    assert done.looked_at is not None
    assert (done.latest.number, done.looked_at.number) == (2, 1)
    assert (done.reason, done.text) == ("jump", "零售额是上月的三倍")
    assert make_life.lines() == before


@pytest.mark.parametrize("status", RETURNED_BY)
def test_a_form_goes_back_by_whom_the_table_says(month: make.Month, status: Status) -> None:
    make_life.bring_to(month, status)
    allowed = [person for person, *_ in ((each,) for each in RETURNED_BY[status])]
    for name in ("reporter", "group_leader", "leader", "department", "assessor", "auditor"):
        if name in allowed:
            continue
        before = make_life.lines()
        assert isinstance(make_life.send_back(month, getattr(month.county, name)), Problem), name
        assert make_life.lines() == before
    done = make_life.send_back(month, getattr(month.county, allowed[0]))
    assert isinstance(done, services.Done)
    assert make_life.status(month) == Status.RETURNED
    assert (done.step.reason, done.step.text) == ("evidence", make_life.WHY)


def test_every_one_whom_the_table_lets_return_can(month: make.Month) -> None:
    for status, people in RETURNED_BY.items():
        letters = {{"group_leader": "G", "leader": "L", "department": "D", "assessor": "K"}[each]
                   for each in people}  # fmt: skip
        allowed = {
            role for rule in MOVES[Move.RETURN] if status in rule.before for role in rule.roles
        }
        assert letters == allowed - {"F"}


@pytest.mark.parametrize(
    ("reason", "text"),
    [("", make_life.WHY), ("because", make_life.WHY), ("jump", ""), ("jump", " \n　")],
)
def test_a_return_without_its_reason_and_words_is_none(
    month: make.Month, reason: str, text: str
) -> None:
    make.handed_in(month, month.county.reporter)
    done = make_life.send_back(month, month.county.group_leader, reason, text)
    assert isinstance(done, Problem)
    assert "没有退回" in done.what
    assert make_life.status(month) == Status.SUBMITTED


def test_a_text_too_long_is_refused_with_its_length(month: make.Month) -> None:
    make.handed_in(month, month.county.reporter)
    done = make_life.send_back(month, month.county.leader, text="字" * (LONGEST_TEXT + 1))
    assert isinstance(done, Problem)
    assert "1001个字" in done.what


def test_a_return_after_the_signing_lets_the_submitted_figure_count(month: make.Month) -> None:
    make_life.signed(month)
    done = make_life.send_back(month, month.county.leader)
    assert isinstance(done, services.Done)
    assert done.figures == len(make.ASKED)
    fact = make_life.counts(month, "online")
    assert fact is not None
    assert (fact.standing, fact.value) == (Standing.SUBMITTED, Decimal(310))
    form = queries.form_of(month.submission(), cast.TODAY)
    assert {question.locked for question in form.questions} == {""}


def test_a_version_after_a_return_is_signed_again_and_both_values_stay(month: make.Month) -> None:
    make_life.signed(month)
    make_life.send_back(month, month.county.leader)
    make.handed_in(month, month.county.reporter, make_life.other_numbers(month))
    make_life.review(month)
    make_life.sign(month)
    fact = make_life.counts(month, "online")
    assert fact is not None
    assert (fact.standing, fact.value) == (Standing.SIGNED, Decimal(205))
    online = Figure.objects.filter(indicator__code="online", value__isnull=False)
    assert sorted(row.value for row in online if row.value) == [205, 205, 310, 310]


def test_a_figure_signed_after_the_clock_went_back_still_counts(month: make.Month) -> None:
    make_life.signed(month)
    make_life.send_back(month, month.county.leader)
    make.handed_in(month, month.county.reporter, make_life.other_numbers(month))
    make_life.review(month)
    submission = month.submission()
    early = cast.moment(hour=0, minute=1)
    services.sign(
        submission=submission,
        scope=cast.scope(month.county.leader),
        moment=early,
        base_version=2,
    )
    fact = make_life.counts(month, "online")
    assert fact is not None
    assert (fact.standing, fact.value) == (Standing.SIGNED, Decimal(205))


def test_a_return_leaves_what_the_months_own_form_had_signed(month: make.Month) -> None:
    """October's form gives September's full month; taken back, September's signed flash stands."""
    town = month.county.town
    make.figure(town, "paid_in", "2023-09", "6000", StandingChoice.SIGNED, VintageChoice.FLASH)
    form = make.blank(month.submission())
    full = f"G{make.ROWS['paid_in']}"
    make.handed_in(month, month.county.reporter, make.filled(form, make.values() | {full: 6100}))
    make_life.review(month)
    make_life.sign(month)
    whole = make_life.counts(month, "paid_in", "2023-09")
    make_life.send_back(month, month.county.leader)
    left = make_life.counts(month, "paid_in", "2023-09")
    assert whole is not None
    assert left is not None
    assert (whole.standing, whole.value) == (Standing.SIGNED, Decimal(6100))
    assert (left.standing, left.value) == (Standing.SIGNED, Decimal(6000))


def test_a_return_before_the_signing_takes_no_figure_back(month: make.Month) -> None:
    make.handed_in(month, month.county.reporter)
    figures = Figure.objects.count()
    done = make_life.send_back(month, month.county.group_leader)
    assert isinstance(done, services.Done)
    assert done.figures == 0
    assert Figure.objects.count() == figures


def test_after_a_return_by_the_county_confirmed_values_count_no_more(month: make.Month) -> None:
    make_life.bring_to(month, Status.CONFIRMED)
    make_life.send_back(month, month.county.assessor)
    fact = make_life.counts(month, "online")
    assert fact is not None
    assert fact.standing is Standing.SUBMITTED


def test_who_filled_does_not_send_it_back(month: make.Month) -> None:
    make.handed_in(month, month.county.reporter)
    make_life.becomes(month, month.county.reporter, Role.GROUP_LEADER)
    assert isinstance(make_life.send_back(month, month.county.reporter), Problem)


def test_after_a_return_the_same_numbers_may_be_handed_in_again(month: make.Month) -> None:
    make.handed_in(month, month.county.reporter)
    make_life.send_back(month, month.county.group_leader)
    again = make.handed_in(month, month.county.reporter)
    assert (again.version.number, again.unchanged) == (2, False)
    entry = Entry.objects.order_by("sequence").last()
    assert entry is not None
    assert '"unchanged":true' in entry.details


def test_a_number_that_a_later_version_leaves_blank_counts_no_more(month: make.Month) -> None:
    make_life.signed(month)
    make_life.send_back(month, month.county.leader)
    blank = make.filled(make.blank(month.submission()), make.values(online=None))
    make.handed_in(month, month.county.reporter, blank)
    told = make_life.counts(month, "online")
    assert told is not None
    assert not is_known(told.value)
    make_life.review(month)
    make_life.sign(month)
    told = make_life.counts(month, "online")
    assert told is not None
    assert (is_known(told.value), told.standing) == (False, Standing.SIGNED)
    make_life.send_back(month, month.county.leader)
    make.handed_in(month, month.county.reporter)
    told = make_life.counts(month, "online")
    assert told is not None
    assert (told.value, told.standing) == (Decimal(310), Standing.SUBMITTED)
    assert audit_queries.verify().first_bad is None


def test_a_blank_takes_back_only_what_the_same_form_said(month: make.Month) -> None:
    make.figure(month.county.town, "online", "2023-10", "288")
    make.handed_in(month, month.county.reporter)
    for numbers, left in ((make.values(online=None), Decimal(288)), (make.values(), Decimal(310))):
        data = make.filled(make.blank(month.submission()), numbers)
        make.handed_in(month, month.county.reporter, data)
        told = make_life.counts(month, "online")
        assert told is not None
        assert told.value == left
