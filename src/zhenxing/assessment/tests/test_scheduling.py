"""Schedules: what is due opens once, late servers catch up, nothing opens before its day."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from tests import cast
from zhenxing.assessment.choices import Every, Purpose, RoundState
from zhenxing.assessment.models import Job, Round, Schedule
from zhenxing.assessment.queries import schedules as asking
from zhenxing.assessment.services import rounds, running, scheduling
from zhenxing.assessment.tests import rounds_make
from zhenxing.audit import queries as audit_queries
from zhenxing.audit.models import Entry
from zhenxing.jobs import services as jobs
from zhenxing.kernel.periods import Period
from zhenxing.organisation.services import ActRefusedError

if TYPE_CHECKING:
    from zhenxing.accounts.models import User
    from zhenxing.assessment.models import Scheme

pytestmark = pytest.mark.django_db


@pytest.fixture
def scheme(county: cast.County) -> Scheme:
    """Give a monthly scheme of the county with an edition for 2023."""
    return monthly(county)


def monthly(county: cast.County) -> Scheme:
    """Give a monthly scheme with figures for September."""
    rounds_make.figures(county)
    return rounds_make.edition(county.county, code="monthly", name="月度考核", kind="month").scheme


def put(by: User, scheme: Scheme, **more: Any) -> Schedule:  # noqa: ANN401  # a rhythm's parts
    """Set a rhythm on what there is: every month, ten days after, from August on."""
    said: dict[str, Any] = {
        "every": Every.MONTH, "days_after": 10, "gather_days": 5, "reply_days": 5,
        "since": date(2023, 8, 1),
    } | more  # fmt: skip
    there = Schedule.objects.filter(scheme=scheme).first()
    return scheduling.set_schedule(
        scheme=scheme, rhythm=scheduling.Rhythm(**said), seen=asking.print_of(there),
        scope=cast.scope(by), moment=cast.moment(),
    )  # fmt: skip


@pytest.mark.both_engines
def test_what_is_due_opens_once_and_is_tried(county: cast.County) -> None:
    scheme = monthly(county)
    put(county.assessor, scheme)
    assert scheduling.open_due(cast.moment(date(2023, 9, 9))) == []
    told = scheduling.open_due(cast.moment())  # the server stood still since August
    assert told == [
        "月度考核2023年8月已开始，自评和评分到10月25日（周三）",
        "月度考核2023年9月已开始，自评和评分到10月25日（周三）",
    ]
    assert scheduling.open_due(cast.moment()) == []
    round_ = Round.objects.get(period="2023-09")
    assert (round_.state, round_.gather_until) == (RoundState.GATHERING, date(2023, 10, 25))
    job = Job.objects.get(round=round_)
    assert (job.purpose, job.asked_by) == (Purpose.TRIAL, "schedule")
    done = running.run_job(job, moment=cast.moment())
    assert done.run is not None
    assert done.run.rows.count() == 3
    assert Entry.objects.filter(action="assessment.round.opened", actor="schedule").count() == 2
    assert audit_queries.verify().holds


def test_a_round_is_due_on_its_day_and_not_before(scheme: Scheme, county: cast.County) -> None:
    schedule = put(county.assessor, scheme, days_after=20, since=date(2023, 9, 1))
    assert asking.due(schedule, date(2023, 10, 19)) == []
    assert [str(each) for each in asking.due(schedule, date(2023, 10, 20))] == ["2023-09"]


@pytest.mark.parametrize(
    ("every", "periods"),
    [
        (Every.MONTH, ["2023-08", "2023-09", "2023-10", "2023-11"]),
        (Every.QUARTER, ["2023-Q3"]),
        (Every.HALF, ["2023-H2"]),
        (Every.YEAR, ["2023"]),
    ],
)
def test_each_rhythm_has_its_periods(every: Every, periods: list[str]) -> None:
    schedule = Schedule(every=every, days_after=10, since=date(2023, 8, 15), gather_days=5)
    until = date(2024, 1, 10) if every in {Every.HALF, Every.YEAR} else date(2023, 12, 20)
    assert [str(each) for each in asking.periods(schedule, until)] == periods


def test_what_was_begun_by_hand_or_revoked_is_not_begun_again(
    scheme: Scheme, county: cast.County
) -> None:
    put(county.assessor, scheme)
    edition = scheme.editions.get()
    rounds_make.opened(county.assessor, edition, period="2023-08")
    september = rounds_make.opened(county.assessor, edition)
    rounds.revoke(
        round_=september, reason="方案有误", scope=cast.scope(county.assessor),
        moment=cast.moment(),
    )  # fmt: skip
    assert scheduling.open_due(cast.moment()) == []


def test_a_period_without_an_edition_waits_for_one(county: cast.County) -> None:
    rounds_make.figures(county)
    edition = rounds_make.edition(
        county.county, code="monthly", name="月度考核", kind="month", issued=date(2023, 10, 21)
    )
    schedule = put(county.assessor, edition.scheme, since=date(2023, 9, 1))
    assert scheduling.open_due(cast.moment()) == []
    first = asking.coming([schedule], cast.TODAY)[0]
    assert (str(first.period), first.has_edition) == ("2023-09", False)
    assert len(scheduling.open_due(cast.moment(date(2023, 10, 21)))) == 1


def test_rules_that_cannot_be_read_open_nothing(county: cast.County) -> None:
    edition = rounds_make.edition(county.county, "scheme: 坏", code="monthly", kind="month")
    put(county.assessor, edition.scheme)
    assert scheduling.open_due(cast.moment()) == []


def test_a_schedule_that_is_off_opens_nothing(scheme: Scheme, county: cast.County) -> None:
    schedule = put(county.assessor, scheme, active=False)
    assert scheduling.open_due(cast.moment()) == []
    assert asking.coming([schedule], cast.TODAY) == []


def test_what_an_act_refuses_is_told_and_stops_no_other(
    scheme: Scheme, county: cast.County, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(county.assessor, scheme)
    monkeypatch.setattr(asking, "due", lambda schedule, today: [Period.parse("2023-09")])
    rounds_make.opened(county.assessor, scheme.editions.get())
    [told] = scheduling.open_due(cast.moment())
    assert told.startswith("月度考核2023年9月没有开始：")


def test_the_coming_year_is_told_the_earliest_first(scheme: Scheme, county: cast.County) -> None:
    schedule = put(county.assessor, scheme, since=date(2023, 9, 1))
    coming = asking.coming([schedule], cast.TODAY)
    assert [str(each.period) for each in coming[:3]] == ["2023-09", "2023-10", "2023-11"]
    assert coming[0].gather_until == date(2023, 10, 25)  # late: it begins today
    assert coming[1].opens == date(2023, 11, 10)
    assert (len(coming), coming[-1].opens.year) == (13, 2024)
    scheduling.open_due(cast.moment())
    assert str(asking.coming([schedule], cast.TODAY)[0].period) == "2023-10"


def test_only_who_keeps_the_scheme_sets_its_rhythm_on_what_was_seen(
    scheme: Scheme, county: cast.County
) -> None:
    for person in (county.leader, county.department, county.supervisor, county.auditor):
        with pytest.raises(ActRefusedError, match="由组织这项考核的单位定"):
            put(person, scheme)
    put(county.assessor, scheme)
    with pytest.raises(ActRefusedError, match="别人改过"):
        scheduling.set_schedule(
            scheme=scheme,
            rhythm=scheduling.Rhythm(Every.MONTH, 5, 5, 5, cast.TODAY),
            seen="", scope=cast.scope(county.assessor), moment=cast.moment(),
        )  # fmt: skip
    assert put(county.assessor, scheme, days_after=5).days_after == 5
    assert Schedule.objects.count() == 1


def test_everything_wrong_with_a_rhythm_is_told_at_once(
    scheme: Scheme, county: cast.County
) -> None:
    with pytest.raises(ActRefusedError) as refused:
        put(
            county.assessor, scheme, every=Every.YEAR, days_after=121, gather_days=0,
            reply_days=61, since=date(2022, 1, 1),
        )  # fmt: skip
    assert [each.where for each in refused.value.problems] == [
        "多久一次", "期满后几日", "自评和评分几日", "申诉几日", "起",
    ]  # fmt: skip
    selection = rounds_make.edition(county.county, code="s", kind="pilot_selection").scheme
    with pytest.raises(ActRefusedError, match="请在考核页手工开始"):
        put(county.assessor, selection)


def test_a_towns_own_scheme_is_scheduled_by_its_own_office(county: cast.County) -> None:
    edition = rounds_make.edition(
        county.town, code="groups", name="专班月度考核", kind="month", subjects="groups"
    )
    with pytest.raises(ActRefusedError, match="由组织这项考核的单位定"):
        put(county.assessor, edition.scheme)
    put(county.supervisor, edition.scheme, since=date(2023, 9, 1))
    [told] = scheduling.open_due(cast.moment())
    assert "专班月度考核2023年9月已开始" in told


def test_the_days_round_does_it(scheme: Scheme, county: cast.County) -> None:
    put(county.assessor, scheme, since=date(2023, 9, 1))
    outcomes = {each.label: each for each in jobs.run(cast.moment())}
    assert "月度考核2023年9月已开始" in outcomes["按排期开始考核"].done[0]
