"""A number of a closed month changes by four people's signatures, and in no other way."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from threading import Barrier, Thread

import pytest
from django.db import connections

from tests import cast
from zhenxing.accounts.choices import Role
from zhenxing.audit import queries as audit_queries
from zhenxing.audit.models import Entry
from zhenxing.documents.models import File
from zhenxing.indicators.choices import StandingChoice
from zhenxing.indicators.models import Figure, Indicator
from zhenxing.kernel.periods import Period
from zhenxing.kernel.problems import Problem
from zhenxing.organisation.tests import make as make_posts
from zhenxing.reporting.choices import SlipMove, SlipState
from zhenxing.reporting.models import Call, CorrectionSlip, SlipStep
from zhenxing.reporting.queries import correcting as asking
from zhenxing.reporting.services import correcting
from zhenxing.reporting.services.wishing import MOST_PAPERS, Paper, Wish
from zhenxing.reporting.tests import make, make_slips

pytestmark = pytest.mark.django_db
ALL = ("sign", "verify", "approve")


def problem(outcome: object) -> Problem:
    """Give the problem an act came to."""
    found = outcome[0] if isinstance(outcome, list) else outcome
    assert isinstance(found, Problem)
    return found


@pytest.mark.both_engines
def test_after_four_signatures_the_new_number_counts_and_the_old_line_stays(
    month: make.Month,
) -> None:
    make_slips.told(month, StandingChoice.SIGNED)
    slip = make_slips.proposed(month)
    assert (slip.old, slip.new, slip.state) == (Decimal(8140), Decimal(8780), "proposed")
    for move in ALL:
        assert make_slips.counted(month) == Decimal(8140)
        slip = make_slips.advanced(month, slip, move)
    assert slip.state == SlipState.APPROVED
    assert make_slips.counted(month) == Decimal(8780)
    assert make_slips.lines(month) == [
        ("signed", Decimal(8140), ""),
        ("correction", Decimal(8780), slip.number),
    ]
    assert audit_queries.verify().first_bad is None


@pytest.mark.parametrize("standing", [StandingChoice.CONFIRMED, StandingChoice.IMPORTED])
def test_a_confirmed_value_is_overturned_by_a_confirmed_one_of_the_department(
    month: make.Month, standing: StandingChoice
) -> None:
    make_slips.told(month, standing)
    slip = make_slips.advanced(month, make_slips.proposed(month), *ALL)
    assert make_slips.counted(month) == Decimal(8780)
    new = Figure.objects.filter(document=slip.number)
    assert {line.standing: line.by for line in new} == {
        "correction": "t01-g3-reporter",
        "confirmed": "d01",
    }
    assert {line.file.name for line in new if line.file} == {"监理月报.pdf"}
    assert {line.reason for line in new} == {make_slips.REASON}


def test_a_number_never_handed_in_can_be_given_by_a_slip(month: make.Month) -> None:
    slip = make_slips.proposed(month)
    assert (slip.old, slip.figure) == (None, None)
    make_slips.advanced(month, slip, *ALL)
    assert make_slips.counted(month) == Decimal(8780)


def test_a_final_number_stays_final_and_a_clock_that_went_back_changes_nothing(
    month: make.Month,
) -> None:
    make_slips.told(month, StandingChoice.CONFIRMED)
    late = cast.moment(date(2023, 10, 20), hour=23).at
    stored = Figure.objects.get()
    stored.pk, stored.vintage, stored.recorded = None, "final", late
    stored._state.adding = True
    with make.sealed() as act:
        act.seal([stored])
    slip = make_slips.advanced(month, make_slips.proposed(month), *ALL)
    new = Figure.objects.filter(document=slip.number)
    assert all(line.recorded > late and line.vintage == "final" for line in new)
    assert make_slips.counted(month) == Decimal(8780)


def test_every_signature_is_an_act_with_its_sealed_line(month: make.Month) -> None:
    slip = make_slips.advanced(month, make_slips.proposed(month), *ALL)
    steps = list(SlipStep.objects.filter(slip=slip).order_by("pk"))
    assert [(step.move, step.role, step.by) for step in steps] == [
        ("propose", "F", "t01-g3-reporter"),
        ("sign", "L", "t01-leader"),
        ("verify", "D", "d01"),
        ("approve", "K", "assessment"),
    ]
    entries = Entry.objects.filter(action__startswith="reporting.slip.").order_by("sequence")
    assert [step.sealed_by for step in steps] == [entry.sequence for entry in entries]
    assert [entry.sentence for entry in entries] == [
        "提出更正单", "签署更正单", "核实更正单", "核准更正单"
    ]  # fmt: skip
    assert json.loads(entries[3].details)["new"] == "8780"


def test_slips_are_numbered_by_place_and_month_without_a_gap(month: make.Month) -> None:
    first = make_slips.proposed(month)
    make_slips.tried(month, month.county.reporter, make_slips.wish("9000"))
    make_slips.tried(month, month.county.reporter, make_slips.wish("", papers=[]))
    second = make_slips.tried(month, month.county.reporter, code="industry")
    assert isinstance(second, CorrectionSlip)
    assert (first.number, second.number) == ("更正-T01-202309-0001", "更正-T01-202309-0002")


def test_a_second_slip_on_the_same_number_waits_for_the_first(month: make.Month) -> None:
    first = make_slips.proposed(month)
    again = problem(make_slips.tried(month, month.county.colleague))
    assert first.number in again.sentence
    assert CorrectionSlip.objects.count() == 1


@pytest.mark.parametrize("letter", ["L", "G", "A", "C", "S", "X", "D", "K", "V"])
def test_nobody_but_the_groups_reporter_proposes(month: make.Month, letter: str) -> None:
    entries = Entry.objects.count()
    said = problem(make_slips.tried(month, month.county.of_role(letter)))
    assert "填报员" in said.sentence
    assert (CorrectionSlip.objects.count(), File.objects.count()) == (0, 0)
    assert Entry.objects.count() == entries


def test_no_other_groups_reporter_proposes(month: make.Month) -> None:
    for person in (month.county.farm_reporter, month.county.stranger):
        problem(make_slips.tried(month, person))
    assert CorrectionSlip.objects.count() == 0


def test_everything_wrong_is_told_at_once_and_nothing_is_kept(month: make.Month) -> None:
    make_slips.told(month, StandingChoice.SUBMITTED)
    papers = [Paper("宏.xlsm", b"PK\x03\x04nonsense"), Paper("空.pdf", b"")]
    said = make_slips.tried(month, month.county.reporter, make_slips.wish("八千", "", papers))
    assert isinstance(said, list)
    assert [each.where for each in said] == ["更正为", "更正原因", "宏.xlsm", "空.pdf"]
    assert File.objects.count() == 0


@pytest.mark.parametrize(
    ("wish", "words"),
    [
        (make_slips.wish(""), "没有填数"),
        (make_slips.wish("-5"), "负数"),
        (make_slips.wish("87.5"), "只填整数"),
        (make_slips.wish("8,140"), "没有差错"),
        (make_slips.wish(reason="改" * 201), "超过200字"),
        (make_slips.wish(papers=[]), "没有附文件"),
        (make_slips.wish(papers=[Paper("a.pdf", make_slips.PDF)] * (MOST_PAPERS + 1)), "超过10个"),
    ],
)
def test_a_wish_that_cannot_be_is_told_why(month: make.Month, wish: Wish, words: str) -> None:
    make_slips.told(month, StandingChoice.SUBMITTED)
    said = make_slips.tried(month, month.county.reporter, wish)
    assert isinstance(said, list)
    assert words in "".join(each.sentence for each in said)


def test_an_open_month_is_handed_in_again_instead(month: make.Month) -> None:
    Call.objects.filter(code="2023-09").update(closed_on=None)
    said = problem(make_slips.tried(month, month.county.reporter))
    assert "还没有关闭" in said.sentence


def test_a_month_before_the_site_began_can_be_corrected(month: make.Month) -> None:
    Call.objects.filter(code="2023-09").update(period="2023-12", code="2023-12")
    assert isinstance(make_slips.tried(month, month.county.reporter), CorrectionSlip)


def test_a_month_nobody_was_asked_for_yet_cannot(month: make.Month) -> None:
    Call.objects.filter(code="2023-09").update(period="2023-08", code="2023-08")
    assert "还没有关闭" in problem(make_slips.tried(month, month.county.reporter)).what


def test_statistics_are_corrected_by_the_office_they_come_from(month: make.Month) -> None:
    said = problem(make_slips.tried(month, month.county.reporter, code="fai"))
    assert "县统计局" in said.sentence


def test_a_quarterly_number_has_no_month_to_correct(month: make.Month) -> None:
    wish = make_slips.wish("98.6")
    said = problem(make_slips.tried(month, month.county.reporter, wish, code="replies"))
    assert "这一期没有数" in said.what


def test_what_appears_a_month_later_is_corrected_once_that_month_is_closed(
    month: make.Month,
) -> None:
    """The form of October asks for the third quarter, and October is open."""
    place = asking.place_of(month.county.groups["T01-G3"], "replies", Period.parse("2023-Q3"))
    assert place is not None
    refusal = asking.not_correctable(place)
    assert refusal is not None
    assert "2023年10月填报还没有关闭" in refusal.what
    Call.objects.filter(code="2023-10").update(closed_on=make.DAY_AFTER)
    assert asking.not_correctable(place) is None


@pytest.mark.parametrize(
    ("done", "move"),
    [
        ((), "verify"),
        ((), "approve"),
        (("sign",), "sign"),
        (("sign",), "approve"),
        (("sign", "verify"), "verify"),
        (ALL, "approve"),
    ],
)
def test_no_signature_comes_out_of_its_order(
    month: make.Month, done: tuple[str, ...], move: str
) -> None:
    make_slips.told(month, StandingChoice.SIGNED)
    slip = make_slips.advanced(month, make_slips.proposed(month), *done)
    before = make.row_counts()
    with pytest.raises(AssertionError, match="按次序办理"):
        make_slips.advanced(month, slip, move)
    assert make.row_counts() == before


@pytest.mark.parametrize("letter", ["F", "V", "G", "A", "C", "S", "X"])
@pytest.mark.parametrize("done", [(), ("sign",), ("sign", "verify")])
def test_whose_turn_it_is_not_neither_signs_nor_refuses(
    month: make.Month, letter: str, done: tuple[str, ...]
) -> None:
    slip = make_slips.advanced(month, make_slips.proposed(month), *done)
    scope, moment = cast.scope(month.county.of_role(letter)), cast.moment()
    move = getattr(correcting, ALL[len(done)])
    before = make.row_counts()
    said = problem(move(slip=slip, opinion="", scope=scope, moment=moment))
    assert "不由您办" in said.sentence
    problem(correcting.refuse(slip=slip, reason="other", text="不", scope=scope, moment=moment))
    assert make.row_counts() == before


def test_the_rivals_leader_and_another_department_do_not_sign_for_us(month: make.Month) -> None:
    slip = make_slips.proposed(month)
    scope = cast.scope(month.county.rival_leader)
    problem(correcting.sign(slip=slip, opinion="", scope=scope, moment=cast.moment()))
    make_slips.advanced(month, slip, "sign")
    Indicator.objects.update(lead=month.county.farming)
    scope = cast.scope(month.county.department)
    problem(correcting.verify(slip=slip, opinion="", scope=scope, moment=cast.moment()))


def test_nobody_signs_twice_whatever_posts_they_hold(month: make.Month) -> None:
    slip = make_slips.proposed(month)
    make_posts.post(month.county.reporter, Role.TOWN_LEADER, month.county.town)
    scope = cast.scope(month.county.reporter)
    said = problem(correcting.sign(slip=slip, opinion="", scope=scope, moment=cast.moment()))
    assert "已经签过名" in said.sentence
    make_slips.advanced(month, slip, "sign")
    make_posts.post(month.county.department, Role.ASSESSMENT, month.county.county)
    make_slips.advanced(month, slip, "verify")
    scope = cast.scope(month.county.department)
    said = problem(correcting.approve(slip=slip, opinion="", scope=scope, moment=cast.moment()))
    assert "四个人" in said.sentence
    assert make_slips.counted(month) is None


def test_each_of_three_may_refuse_at_their_turn_and_the_old_number_stays(
    month: make.Month,
) -> None:
    make_slips.told(month, StandingChoice.SIGNED)
    people = [month.county.leader, month.county.department, month.county.assessor]
    for turn, person in enumerate(people):
        slip = make_slips.advanced(month, make_slips.proposed(month), *ALL[:turn])
        scope = cast.scope(person)
        done = correcting.refuse(
            slip=slip, reason="evidence", text="与凭证不符。", scope=scope, moment=cast.moment()
        )
        assert isinstance(done, CorrectionSlip)
        assert done.state == SlipState.REFUSED
    refusals = SlipStep.objects.filter(move=SlipMove.REFUSE)
    assert [step.role for step in refusals] == ["L", "D", "K"]
    assert make_slips.counted(month) == Decimal(8140)
    assert audit_queries.verify().first_bad is None


@pytest.mark.parametrize(
    ("reason", "text"), [("", "为什么"), ("因为", "为什么"), ("other", " "), ("other", "长" * 501)]
)
def test_a_refusal_without_reason_and_text_is_none(
    month: make.Month, reason: str, text: str
) -> None:
    slip = make_slips.proposed(month)
    scope = cast.scope(month.county.leader)
    problem(
        correcting.refuse(slip=slip, reason=reason, text=text, scope=scope, moment=cast.moment())
    )
    assert CorrectionSlip.objects.get().state == SlipState.PROPOSED


def test_an_opinion_has_its_length(month: make.Month) -> None:
    slip, scope = make_slips.proposed(month), cast.scope(month.county.leader)
    long = "长" * 501
    said = correcting.sign(slip=slip, opinion=long, scope=scope, moment=cast.moment())
    assert "500字" in problem(said).sentence


@pytest.mark.parametrize("done", [(), ("sign",), ("sign", "verify")])
def test_a_slip_about_a_number_that_changed_meanwhile_is_refused_with_both_shown(
    month: make.Month, done: tuple[str, ...]
) -> None:
    make_slips.told(month, StandingChoice.SIGNED)
    slip = make_slips.advanced(month, make_slips.proposed(month), *done)
    make_slips.told(month, StandingChoice.CONFIRMED, "8200")
    with pytest.raises(AssertionError, match=r"8,140.*8,200"):
        make_slips.advanced(month, slip, ALL[len(done)])
    assert make_slips.counted(month) == Decimal(8200)


def test_a_number_confirmed_meanwhile_as_it_was_is_overturned_all_the_same(
    month: make.Month,
) -> None:
    make_slips.told(month, StandingChoice.SIGNED)
    slip = make_slips.advanced(month, make_slips.proposed(month), "sign", "verify")
    make_slips.told(month, StandingChoice.CONFIRMED)
    make_slips.advanced(month, slip, "approve")
    assert make_slips.counted(month) == Decimal(8780)


def test_what_would_change_is_reckoned_without_writing_anything(month: make.Month) -> None:
    make_slips.told(month, StandingChoice.SIGNED)
    make.target(month.county.town, "works", "10000")
    make.target(month.county.rival, "works", "10000")
    make.figure(month.county.rival, "works", "2023-09", "8500")
    slip = make_slips.proposed(month)
    before = make.row_counts()
    effect = asking.effect(slip, list(slip.steps.all()), cast.TODAY)
    assert make.row_counts() == before
    assert (effect.before.completion, effect.after.completion) == (Decimal("81.4"), Decimal("87.8"))
    assert effect.places == (2, 1)
    assert effect.changes_rank
    make_slips.advanced(month, slip, *ALL)
    make_slips.advanced(month, make_slips.proposed(month, make_slips.wish("9999")), *ALL)
    assert make_slips.counted(month) == Decimal(9999)
    again = asking.effect(slip, list(slip.steps.all()), date(2023, 12, 1))
    assert (again.before.value, again.after.value) == (Decimal(8140), Decimal(8780))


@pytest.mark.both_engines
@pytest.mark.usefixtures("real_database")
def test_of_two_who_approve_at_the_same_moment_one_does() -> None:
    month = make.month(cast.build())
    make_slips.told(month, StandingChoice.CONFIRMED)
    slip = make_slips.advanced(month, make_slips.proposed(month), "sign", "verify")
    people = [month.county.assessor, make_slips.second(month, Role.ASSESSMENT)]
    scopes = [cast.scope(person) for person in people]
    together, done = Barrier(2), []

    def approve(of: int) -> None:
        try:
            together.wait(timeout=30)
            done.append(
                correcting.approve(slip=slip, opinion="", scope=scopes[of], moment=cast.moment())
            )
        finally:
            connections.close_all()

    threads = [Thread(target=approve, args=(of,)) for of in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert sorted(type(each).__name__ for each in done) == ["CorrectionSlip", "Problem"]
    assert Figure.objects.filter(document=slip.number).count() == 2
    assert SlipStep.objects.filter(slip=slip, move=SlipMove.APPROVE).count() == 1
    assert audit_queries.verify().first_bad is None
