"""Reviewed, signed, sent back: by the right person, on the version seen, and no number moves."""

from __future__ import annotations

from datetime import timedelta
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
from zhenxing.organisation.tests import make as make_posts
from zhenxing.reporting import queries, services
from zhenxing.reporting.choices import MOVES, Move, ReturnReason, Status
from zhenxing.reporting.models import Call, Step, Submission
from zhenxing.reporting.services.life import LONGEST_TEXT
from zhenxing.reporting.tests import make, make_life

if TYPE_CHECKING:
    from collections.abc import Callable

    from zhenxing.accounts.models import User

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]

RETURNED_BY = {
    Status.SUBMITTED: ["group_leader", "leader"],
    Status.REVIEWED: ["group_leader", "leader"],
    Status.SIGNED: ["leader", "department", "assessor"],
    Status.CONFIRMED: ["assessor"],
}


def bring_to(month: make.Month, status: Status) -> None:
    """Let the form come as far as a status."""
    make.handed_in(month, month.county.reporter)
    steps: list[Callable[[make.Month], object]] = [
        make_life.review,
        make_life.sign,
        make_life.confirm,
    ]
    order = [Status.SUBMITTED, Status.REVIEWED, Status.SIGNED, Status.CONFIRMED]
    for step in steps[: order.index(status)]:
        step(month)
    assert make_life.status(month) == status


def test_a_form_is_reviewed_then_signed_and_each_step_has_its_line(month: make.Month) -> None:
    make_life.signed(month)
    told = [(step.move, step.before, step.after, step.role, step.by) for step in Step.objects.all()]
    assert told == [
        ("review", "submitted", "reviewed", "G", "t01-g3-leader"),
        ("sign", "reviewed", "signed", "L", "t01-leader"),
    ]
    actions = list(Entry.objects.values_list("action", flat=True))[-2:]
    assert actions == ["reporting.submission.reviewed", "reporting.submission.signed"]
    assert audit_queries.verify().first_bad is None


def test_a_signature_writes_the_values_of_the_version_and_no_other(month: make.Month) -> None:
    version = make_life.signed(month)
    signed = Figure.objects.filter(standing=StandingChoice.SIGNED)
    said = queries.content_of(version).answers
    assert {row.indicator.code: row.value for row in signed} == {
        code: answer.value for code, answer in said.items()
    }
    submitted = Figure.objects.filter(standing=StandingChoice.SUBMITTED)
    columns = ("indicator", "period", "value", "absent", "vintage", "cell", "document", "by")
    assert set(signed.values_list(*columns)) == set(submitted.values_list(*columns))
    assert {row.by for row in signed} == {month.county.reporter.username}
    assert {row.reason for row in signed} == {"周正（青溪镇）签发"}


def test_the_signed_figure_counts_before_the_submitted(month: make.Month) -> None:
    make.handed_in(month, month.county.reporter)
    before = make_life.counts(month, "online")
    make_life.review(month)
    make_life.sign(month)
    after = make_life.counts(month, "online")
    assert before is not None
    assert after is not None
    assert (before.standing, after.standing) == (Standing.SUBMITTED, Standing.SIGNED)
    assert before.value == after.value


@pytest.mark.parametrize("letter", Role.values)
def test_only_the_groups_leader_reviews(month: make.Month, letter: str) -> None:
    make.handed_in(month, month.county.reporter)
    before = make_life.lines()
    done = make_life.review(month, month.county.of_role(letter))
    assert isinstance(done, services.Done) is (letter == "G")
    assert (make_life.lines() == before) is (letter != "G")


def test_a_leader_of_another_group_does_not_review(month: make.Month) -> None:
    make.handed_in(month, month.county.reporter)
    other = month.county.people["t01-g2-reporter"]
    make_posts.post(other, Role.GROUP_LEADER, month.county.town, month.county.groups["T01-G4"])
    done = make_life.review(month, other)
    assert isinstance(done, Problem)
    assert "组长审核" in done.next


@pytest.mark.parametrize("letter", Role.values)
def test_only_the_towns_leader_signs(month: make.Month, letter: str) -> None:
    make.handed_in(month, month.county.reporter)
    make_life.review(month)
    before = make_life.lines()
    done = make_life.sign(month, month.county.of_role(letter))
    assert isinstance(done, services.Done) is (letter == "L")
    assert (make_life.lines() == before) is (letter != "L")


def test_the_rivals_leader_does_not_sign_for_us(month: make.Month) -> None:
    make.handed_in(month, month.county.reporter)
    make_life.review(month)
    assert isinstance(make_life.sign(month, month.county.rival_leader), Problem)
    assert make_life.status(month) == Status.REVIEWED


def test_a_leader_there_who_is_something_else_here_signs_only_there(month: make.Month) -> None:
    make.handed_in(month, month.county.reporter)
    make_life.review(month)
    rival = month.county.rival_leader
    make_posts.post(rival, Role.TOWN_OFFICE, month.county.town)
    assert isinstance(make_life.sign(month, rival), Problem)


@pytest.mark.parametrize("letter", ["A", "X"])
def test_who_gives_out_accounts_or_audits_decides_nothing_with_a_leaders_post(
    month: make.Month, letter: str
) -> None:
    make.handed_in(month, month.county.reporter)
    make_life.review(month)
    make_posts.post(month.county.leader, Role(letter), month.county.county)
    assert isinstance(make_life.sign(month), Problem)


def test_nothing_is_signed_before_it_was_reviewed(month: make.Month) -> None:
    make.handed_in(month, month.county.reporter)
    done = make_life.sign(month)
    assert isinstance(done, Problem)
    assert "已提交" in done.what
    assert "组长先审核" in done.next


def test_nothing_is_reviewed_before_it_was_handed_in(month: make.Month) -> None:
    done = make_life.review(month)
    assert isinstance(done, Problem)
    assert "填报员先提交" in done.next


def test_a_form_imported_at_the_beginning_is_not_moved(month: make.Month) -> None:
    Submission.objects.filter(pk=month.submission().pk).update(status=Status.IMPORTED)
    done = make_life.review(month)
    assert isinstance(done, Problem)
    assert "更正单" in done.next


def test_who_looked_at_an_older_version_is_told_and_keeps_the_text(month: make.Month) -> None:
    make.handed_in(month, month.county.reporter)
    make.handed_in(month, month.county.reporter, _other_numbers(month))
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


def test_a_version_that_never_was_is_stale_too(month: make.Month) -> None:
    make.handed_in(month, month.county.reporter)
    done = make_life.review(month, base=7)
    assert isinstance(done, services.Stale)
    assert done.looked_at is None


@pytest.mark.parametrize("status", RETURNED_BY)
def test_a_form_goes_back_by_whom_the_table_says(month: make.Month, status: Status) -> None:
    bring_to(month, status)
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


def test_while_signed_the_form_asks_nothing_of_it(month: make.Month) -> None:
    make_life.signed(month)
    form = queries.form_of(month.submission(), cast.TODAY)
    assert {question.locked for question in form.questions} == {"已签发"}


def test_a_version_after_a_return_is_signed_again_and_both_values_stay(month: make.Month) -> None:
    make_life.signed(month)
    make_life.send_back(month, month.county.leader)
    make.handed_in(month, month.county.reporter, _other_numbers(month))
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
    make.handed_in(month, month.county.reporter, _other_numbers(month))
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
    bring_to(month, Status.CONFIRMED)
    make_life.send_back(month, month.county.assessor)
    fact = make_life.counts(month, "online")
    assert fact is not None
    assert fact.standing is Standing.SUBMITTED


@pytest.mark.parametrize(
    ("first", "role", "then"),
    [("fill", "G", "review"), ("fill", "L", "sign"), ("review", "L", "sign")],
)
def test_who_had_one_part_takes_no_other(
    month: make.Month, first: str, role: str, then: str
) -> None:
    person = month.county.reporter if first == "fill" else month.county.group_leader
    make.handed_in(month, month.county.reporter)
    if then == "sign":
        make_life.review(month)
    _becomes(month, person, Role(role))
    before = make_life.lines()
    done = getattr(make_life, then)(month, person)
    assert isinstance(done, Problem)
    assert done.what.startswith("您填报过" if first == "fill" else "您审核过")
    assert "不同的人" in done.next
    assert make_life.lines() == before


def test_a_part_in_an_older_version_counts_too(month: make.Month) -> None:
    """The colleague filled version 1, the reporter version 2: neither of them reviews it."""
    make.handed_in(month, month.county.colleague)
    make.handed_in(month, month.county.reporter, _other_numbers(month))
    _becomes(month, month.county.colleague, Role.GROUP_LEADER)
    done = make_life.review(month, month.county.colleague)
    assert isinstance(done, Problem)
    assert "您填报过这份表" in done.what


def test_who_reviewed_does_not_fill_the_next_version(month: make.Month) -> None:
    make.handed_in(month, month.county.reporter)
    make_life.review(month)
    make_life.send_back(month, month.county.leader)
    leader = month.county.group_leader
    leader.posts.update(until=cast.TODAY - timedelta(days=1))
    make_posts.post(leader, Role.REPORTER, month.county.town, month.county.groups["T01-G3"])
    upload = make.uploaded(month, leader)
    done = services.submit(
        token=upload.token, scope=cast.scope(leader), moment=make_life.later(), base_version=1
    )
    assert isinstance(done, Problem)
    assert "您审核过这份表，不能再提交" in done.what


def test_who_filled_does_not_send_it_back(month: make.Month) -> None:
    make.handed_in(month, month.county.reporter)
    _becomes(month, month.county.reporter, Role.GROUP_LEADER)
    assert isinstance(make_life.send_back(month, month.county.reporter), Problem)


@pytest.mark.parametrize("step", ["review", "sign", "send_back"])
def test_after_closing_nothing_moves_but_by_a_slip(month: make.Month, step: str) -> None:
    make.handed_in(month, month.county.reporter)
    if step == "sign":
        make_life.review(month)
    Call.objects.filter(pk=month.october.pk).update(closed_on=make.DAY_AFTER)
    before = make_life.lines()
    act = getattr(make_life, step)
    done = act(month, month.county.leader) if step != "review" else act(month)
    assert isinstance(done, Problem)
    assert "关闭" in done.what
    assert "更正单" in done.next
    assert make_life.lines() == before


@pytest.mark.parametrize(
    ("status", "who"),
    [
        (Status.REVIEWED, "请组长先退回再改"),
        (Status.SIGNED, "请镇领导、主管部门或考核办先退回再改"),
        (Status.CONFIRMED, "请考核办先退回再改"),
    ],
)
def test_from_the_review_on_the_reporter_has_to_get_it_back_first(
    month: make.Month, status: Status, who: str
) -> None:
    make.handed_in(month, month.county.reporter)
    upload = make.copy_of(
        make.uploaded(month, month.county.reporter), month.county.reporter, works=9
    )
    for step in (make_life.review, make_life.sign, make_life.confirm)[
        : [Status.REVIEWED, Status.SIGNED, Status.CONFIRMED].index(status) + 1
    ]:
        step(month)
    before = make_life.lines()
    done = services.submit(
        token=upload.token,
        scope=cast.scope(month.county.reporter),
        moment=make_life.later(),
        base_version=1,
    )
    assert isinstance(done, Problem)
    assert done.next == who
    assert status.label in done.what
    assert make_life.lines() == before


def test_an_unchanged_form_gives_the_receipt_that_stands(month: make.Month) -> None:
    first = make.handed_in(month, month.county.reporter)
    before = make_life.lines()
    again = make.handed_in(month, month.county.colleague)
    assert again.receipt == first.receipt
    assert (again.again, again.unchanged) == (True, True)
    assert make_life.lines() == before


def test_after_a_return_the_same_numbers_may_be_handed_in_again(month: make.Month) -> None:
    make.handed_in(month, month.county.reporter)
    make_life.send_back(month, month.county.group_leader)
    again = make.handed_in(month, month.county.reporter)
    assert (again.version.number, again.unchanged) == (2, False)
    entry = Entry.objects.order_by("sequence").last()
    assert entry is not None
    assert '"unchanged":true' in entry.details


def _other_numbers(month: make.Month) -> bytes:
    return make.filled(make.blank(month.submission()), make.values(online=205))


def _becomes(month: make.Month, person: User, role: Role) -> None:
    """Give a person another post instead of the one they have."""
    person.posts.update(until=cast.TODAY - timedelta(days=1))
    group = month.county.groups["T01-G3"] if role == Role.GROUP_LEADER else None
    make_posts.post(person, role, month.county.town, group)


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
