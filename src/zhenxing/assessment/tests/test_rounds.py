"""A round from its opening to the publication, and who may not take which step."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from tests import cast
from zhenxing.assessment.choices import JobState, Purpose, RoundAct, RoundState
from zhenxing.assessment.models import Job, Round, RunRow
from zhenxing.assessment.queries import reckoning
from zhenxing.assessment.queries import rounds as asking
from zhenxing.assessment.services import rounds, running
from zhenxing.assessment.services.rounds import Opening
from zhenxing.assessment.tests import rounds_make as make
from zhenxing.audit import queries as audit_queries
from zhenxing.audit.models import Entry
from zhenxing.indicators.models import Indicator
from zhenxing.indicators.tests import make as make_figures
from zhenxing.organisation.services import ActRefusedError

pytestmark = pytest.mark.django_db
LATER = date(2023, 10, 23)


@pytest.mark.both_engines
def test_a_round_is_run_marked_answered_checked_and_published(county: cast.County) -> None:
    make.figures(county)
    second, third = make.assessor(county, 1), make.assessor(county, 2)
    round_ = make.opened(county.assessor, make.edition(county.county))
    round_ = make.replied(county.assessor, make.marked(county.assessor, round_))
    round_ = make.published(third, make.checked(second, round_))
    assert round_.state == RoundState.PUBLISHED
    assert [step.act for step in round_.steps.all()] == [
        RoundAct.OPENED, RoundAct.MARKED, RoundAct.REPLY, RoundAct.CHECKED, RoundAct.PUBLISHED,
    ]  # fmt: skip
    rows = {row.code: (row.total, row.rank, row.grade) for row in RunRow.objects.all()}
    assert rows["T03"] == (Decimal(100), 1, "优秀")
    assert [rows[code][1] for code in ("T01", "T02", "T03")] == [3, 2, 1]
    assert audit_queries.verify().holds


def test_what_was_run_is_kept_and_comes_to_the_same_bytes(
    ready: Round, county: cast.County
) -> None:
    run = make.run(county.assessor, ready)
    anew = reckoning.recheck(run)
    assert anew.holds
    assert [kept == found for _, kept, found in anew.digests] == [True, True, True]
    again = make.run(county.assessor, ready, Purpose.TRIAL)
    assert (again.number, again.result, again.inputs) == (2, run.result, run.inputs)


def test_nobody_but_the_office_runs_or_moves_a_round(ready: Round, county: cast.County) -> None:
    for person in (county.leader, county.department, county.auditor, county.supervisor):
        with pytest.raises(ActRefusedError, match="考核办"):
            make.run(person, ready)
        with pytest.raises(ActRefusedError, match="考核办"):
            make.opened(person, ready.edition, period="2023-08")
        with pytest.raises(ActRefusedError, match="考核办"):
            rounds.revoke(round_=ready, reason="试", scope=cast.scope(person), moment=cast.moment())


def test_who_ran_it_neither_checks_nor_publishes(ready: Round, county: cast.County) -> None:
    second = make.assessor(county, 1)
    round_ = make.replied(county.assessor, make.marked(county.assessor, ready))
    with pytest.raises(ActRefusedError, match="这次测算是您做的"):
        make.checked(county.assessor, round_)
    round_ = make.checked(second, round_)
    with pytest.raises(ActRefusedError, match="这次测算是您做的"):
        make.published(county.assessor, round_)
    assert make.published(second, round_).is_published  # an office of two has nobody else


def test_who_checked_it_publishes_only_where_there_is_nobody_else(
    ready: Round, county: cast.County
) -> None:
    second, third = make.assessor(county, 1), make.assessor(county, 2)
    round_ = make.replied(county.assessor, make.marked(county.assessor, ready))
    round_ = make.checked(second, round_)
    with pytest.raises(ActRefusedError, match="公布的应是另一个人"):
        make.published(second, round_)
    assert make.published(third, round_).document == "禾考发〔2023〕11号"


def test_a_check_wants_every_drawn_item_looked_at(ready: Round, county: cast.County) -> None:
    second = make.assessor(county, 1)
    round_ = make.replied(county.assessor, make.marked(county.assessor, ready))
    run = asking.newest_run(round_)
    assert run is not None
    drawn = asking.draw(round_, run)
    assert len(drawn.items) == asking.DRAWN
    assert drawn == asking.draw(round_, run)
    with pytest.raises(ActRefusedError, match="抽中的5项还有1项没有看过"):
        rounds.check(
            round_=round_, run=run, ticked=sorted(drawn.keys)[1:], note="",
            scope=cast.scope(second), moment=cast.moment(LATER),
        )  # fmt: skip
    make.checked(second, round_)
    details = Entry.objects.get(action="assessment.round.checked").details
    assert drawn.seed in details


def test_a_check_waits_for_the_end_of_the_replies(ready: Round, county: cast.County) -> None:
    second = make.assessor(county, 1)
    round_ = make.replied(county.assessor, make.marked(county.assessor, ready), LATER)
    with pytest.raises(ActRefusedError, match="才截止"):
        make.checked(second, round_, LATER)
    assert make.checked(second, round_, LATER + timedelta(days=1)).state == RoundState.CHECKED


def test_a_corrected_figure_leads_back_and_to_a_final_run(
    ready: Round, county: cast.County
) -> None:
    second = make.assessor(county, 1)
    round_ = make.replied(county.assessor, make.marked(county.assessor, ready))
    fai = Indicator.objects.get(code="fai")
    make_figures.figure(
        county.town, fai, make.PERIOD, "7500", standing="confirmed", business_date=LATER
    )
    round_ = rounds.reopen(
        round_=round_, reason="申诉成立，更正固定资产投资", scope=cast.scope(county.assessor),
        moment=cast.moment(LATER),
    )  # fmt: skip
    assert (round_.state, round_.reply_until) == (RoundState.MARKED, None)
    final = make.run(county.assessor, round_, Purpose.FINAL, LATER)
    round_ = rounds.open_replies(
        round_=round_, until=LATER, run=final, scope=cast.scope(county.assessor),
        moment=cast.moment(LATER),
    )  # fmt: skip
    round_ = make.checked(second, round_, LATER + timedelta(days=1))
    assert round_.result == final
    first, last = (run.rows.get(code="T01").total for run in round_.runs.order_by("number"))
    assert first is not None
    assert last is not None
    assert last > first


def test_an_older_run_is_not_what_is_checked(ready: Round, county: cast.County) -> None:
    second = make.assessor(county, 1)
    round_ = make.replied(county.assessor, make.marked(county.assessor, ready))
    old = asking.newest_run(round_)
    make.run(county.assessor, round_, Purpose.FINAL)
    assert old is not None
    with pytest.raises(ActRefusedError, match="不是最近一次测算"):
        rounds.check(
            round_=round_, run=old, ticked=asking.draw(round_, old).keys, note="",
            scope=cast.scope(second), moment=cast.moment(LATER),
        )  # fmt: skip


def test_a_unit_without_a_total_wants_a_word_in_the_check(county: cast.County) -> None:
    fai, _ = make.figures(county)
    make_figures.figure(
        county.town, fai, make.PERIOD, None, standing="confirmed", business_date=date(2023, 10, 19)
    )
    text = make.TEXT.replace("id: grain\n", "id: grain2\n")
    round_ = make.opened(county.assessor, make.edition(county.county, text))
    second = make.assessor(county, 1)
    round_ = make.replied(county.assessor, make.marked(county.assessor, round_))
    with pytest.raises(ActRefusedError, match="3个单位没有总分"):
        make.checked(second, round_)
    run = asking.newest_run(round_)
    assert run is not None
    round_ = rounds.check(
        round_=round_, run=run, ticked=asking.draw(round_, run).keys, note="粮食二尚未公布",
        scope=cast.scope(second), moment=cast.moment(LATER),
    )  # fmt: skip
    assert round_.steps.get(act=RoundAct.CHECKED).note == "粮食二尚未公布"


def test_marks_that_are_not_all_in_stop_the_first_mark(ready: Round, county: cast.County) -> None:
    make.panel(ready, "satisfaction", {county.department: {}}, handed=False)
    with pytest.raises(ActRefusedError, match="没有评完"):
        make.marked(county.assessor, ready)


def test_one_period_is_assessed_once_until_it_is_revoked(ready: Round, county: cast.County) -> None:
    with pytest.raises(ActRefusedError, match="已经开始"):
        make.opened(county.assessor, ready.edition)
    with pytest.raises(ActRefusedError, match="没有填写"):
        rounds.revoke(
            round_=ready, reason=" ", scope=cast.scope(county.assessor), moment=cast.moment()
        )
    rounds.revoke(
        round_=ready, reason="期别写错", scope=cast.scope(county.assessor), moment=cast.moment()
    )
    assert make.opened(county.assessor, ready.edition).pk != ready.pk


@pytest.mark.parametrize(
    ("period", "as_of", "until", "words"),
    [
        ("九月", cast.TODAY, None, "期"),
        ("2023-09", LATER, None, "还没有到"),
        ("2023-09", cast.TODAY, date(2023, 10, 1), "已经过去"),
        ("2024-09", cast.TODAY, None, "没有已发布的方案版本"),
    ],
)
def test_a_round_begins_on_what_is_known_and_in_force(
    county: cast.County, period: str, as_of: date, until: date | None, words: str
) -> None:
    of = make.edition(county.county)
    with pytest.raises(ActRefusedError, match=words):
        rounds.open_round(
            scheme=of.scheme, opening=Opening(period, as_of, until),
            scope=cast.scope(county.assessor), moment=cast.moment(),
        )  # fmt: skip
    assert not Round.objects.exists()


def test_a_period_is_assessed_by_the_edition_issued_before_it_ended(county: cast.County) -> None:
    first = make.edition(county.county)
    late = make.edition(county.county, make.TEXT + "\n", issued=date(2023, 10, 10))
    assert asking.edition_in_force(first.scheme, "2023-09", cast.TODAY) == first
    assert asking.edition_in_force(first.scheme, "2023-11", cast.TODAY) == late


def test_the_schedule_begins_and_runs_a_round_of_its_own(county: cast.County) -> None:
    make.figures(county)
    of = make.edition(county.county)
    round_ = rounds.open_round(
        scheme=of.scheme, opening=Opening("2023-09", cast.TODAY), scope=None, moment=cast.moment()
    )
    job = running.ask_run(
        round_=round_, purpose=Purpose.TRIAL, as_of=cast.TODAY, scope=None, moment=cast.moment()
    )
    done = running.run_job(job, moment=cast.moment())
    assert done.run is not None
    assert (done.state, done.run.by, done.share) == (JobState.DONE, "schedule", 100)


def test_one_run_of_a_round_waits_at_a_time(ready: Round, county: cast.County) -> None:
    asked = {"round_": ready, "purpose": Purpose.TRIAL, "as_of": cast.TODAY}
    scope = cast.scope(county.assessor)
    job = running.ask_run(**asked, scope=scope, moment=cast.moment())  # type: ignore[arg-type]
    with pytest.raises(ActRefusedError, match="排队"):
        running.ask_run(**asked, scope=scope, moment=cast.moment(hour=9, minute=1))  # type: ignore[arg-type]
    later = cast.moment(hour=10)
    assert running.fail_lost(later) == 1
    job.refresh_from_db()
    assert (job.state, job.problems[0]["what"]) == (
        JobState.FAILED, "服务器在算的时候停了，这一次没有算成",
    )  # fmt: skip


def test_a_final_run_before_the_first_mark_is_refused(ready: Round, county: cast.County) -> None:
    with pytest.raises(ActRefusedError, match="不能做终评"):
        make.run(county.assessor, ready, Purpose.FINAL)


def test_a_run_whose_round_moved_meanwhile_is_not_kept(ready: Round, county: cast.County) -> None:
    scope, moment = cast.scope(county.assessor), cast.moment()
    job = running.ask_run(
        round_=ready, purpose=Purpose.FIRST, as_of=cast.TODAY, scope=scope, moment=moment
    )
    rounds.revoke(round_=ready, reason="期别写错", scope=scope, moment=moment)
    done = running.run_job(job, moment=moment)
    assert (done.state, done.run) == (JobState.FAILED, None)
    assert "已变为" in done.problems[0]["what"]


def test_rules_that_cannot_be_scored_fail_the_job_in_words(county: cast.County) -> None:
    text = make.TEXT.replace("sections:", "groups: {by: 不存在的属性}\nsections:")
    round_ = make.opened(county.assessor, make.edition(county.county, text))
    job = running.ask_run(
        round_=round_, purpose=Purpose.TRIAL, as_of=cast.TODAY,
        scope=cast.scope(county.assessor), moment=cast.moment(),
    )  # fmt: skip
    done = running.run_job(job, moment=cast.moment())
    assert done.state == JobState.FAILED
    assert any("不存在的属性" in each["what"] for each in done.problems)
    assert not Job.objects.filter(state=JobState.RUNNING).exists()
