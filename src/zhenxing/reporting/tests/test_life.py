"""Reviewed, signed, sent back: by the right person, on the version seen, and no number moves."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tests import cast
from zhenxing.accounts.choices import Role
from zhenxing.audit import queries as audit_queries
from zhenxing.audit.models import Entry
from zhenxing.engine.standing import Standing
from zhenxing.indicators.choices import StandingChoice
from zhenxing.indicators.models import Figure
from zhenxing.kernel.problems import Problem
from zhenxing.organisation.tests import make as make_posts
from zhenxing.reporting import queries, services
from zhenxing.reporting.choices import Status
from zhenxing.reporting.models import Call, Step, Submission
from zhenxing.reporting.tests import make, make_life

if TYPE_CHECKING:
    pass

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]


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


def test_a_version_that_never_was_is_stale_too(month: make.Month) -> None:
    make.handed_in(month, month.county.reporter)
    done = make_life.review(month, base=7)
    assert isinstance(done, services.Stale)
    assert done.looked_at is None


def test_while_signed_the_form_asks_nothing_of_it(month: make.Month) -> None:
    make_life.signed(month)
    form = queries.form_of(month.submission(), cast.TODAY)
    assert {question.locked for question in form.questions} == {"已签发"}


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
    make_life.becomes(month, person, Role(role))
    before = make_life.lines()
    done = getattr(make_life, then)(month, person)
    assert isinstance(done, Problem)
    assert done.what.startswith("您填报过" if first == "fill" else "您审核过")
    assert "不同的人" in done.next
    assert make_life.lines() == before


def test_a_part_in_an_older_version_counts_too(month: make.Month) -> None:
    """The colleague filled version 1, the reporter version 2: neither of them reviews it."""
    make.handed_in(month, month.county.colleague)
    make.handed_in(month, month.county.reporter, make_life.other_numbers(month))
    make_life.becomes(month, month.county.colleague, Role.GROUP_LEADER)
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
