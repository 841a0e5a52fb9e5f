"""The release calendar: what exists when, and what speaks for a month."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhenxing.engine.releases import FREQUENCIES, Release, ReleaseError, read_release
from zhenxing.engine.tests.make import MONTHLY, QUARTERLY
from zhenxing.kernel.periods import Period

INVESTMENT = Release("month", day=18, january_merged=True)
GRAIN = Release("harvest", months=(7, 8, 12), lag_months=1, day=14)
YEARLY = Release("year", day=31)
CALENDARS = st.sampled_from([MONTHLY, QUARTERLY, INVESTMENT, GRAIN, YEARLY, Release("half")])


def keys(release: Release, year: int = 2023) -> list[str]:
    return [str(period) for period in release.periods(year)]


def test_what_exists_in_a_year() -> None:
    assert keys(QUARTERLY) == ["2023-Q1", "2023-Q2", "2023-Q3", "2023-Q4"]
    assert keys(INVESTMENT)[:3] == ["2023-01..02", "2023-03", "2023-04"]
    assert len(keys(MONTHLY)) == 12
    assert keys(GRAIN) == ["2023-07", "2023-08", "2023-12"]
    assert keys(YEARLY) == ["2023"]
    assert keys(Release("half")) == ["2023-H1", "2023-H2"]
    assert keys(Release("quarter", months=(6, 12))) == ["2023-Q2", "2023-Q4"]


def test_january_of_investment_does_not_exist() -> None:
    assert not INVESTMENT.exists(Period.parse("2023-01"))
    assert INVESTMENT.exists(Period.parse("2023-01..02"))
    with pytest.raises(ReleaseError, match="月度指标没有2023年1月的数"):
        INVESTMENT.published_on(Period.parse("2023-01"))


@pytest.mark.parametrize(
    ("release", "period", "day"),
    [
        (QUARTERLY, "2023-Q3", date(2023, 10, 24)), (QUARTERLY, "2023-Q4", date(2024, 1, 20)),
        (INVESTMENT, "2023-01..02", date(2023, 3, 18)), (YEARLY, "2023", date(2024, 1, 31)),
        (Release("month", lag_months=0, day=31), "2023-02", date(2023, 2, 28)),
        (GRAIN, "2023-12", date(2024, 1, 14)),
    ],
)  # fmt: skip
def test_days_of_release(release: Release, period: str, day: date) -> None:
    assert release.published_on(Period.parse(period)) == day


@pytest.mark.parametrize(
    ("release", "asked", "today", "speaks"),
    [
        (QUARTERLY, "2023-10", date(2023, 10, 20), "2023-Q2"),
        (QUARTERLY, "2023-10", date(2023, 10, 24), "2023-Q3"),
        (QUARTERLY, "2023-08", date(2023, 10, 24), "2023-Q2"),
        (QUARTERLY, "2023-02", date(2023, 3, 1), "2022-Q4"),
        (INVESTMENT, "2023-01", date(2023, 3, 20), "2022-12"),
        (INVESTMENT, "2023-02", date(2023, 3, 20), "2023-01..02"),
        (YEARLY, "2023-05", date(2023, 6, 1), "2022"),
        (GRAIN, "2023-11", date(2023, 11, 20), "2023-08"),
        (Release("year", lag_months=60), "2023-05", date(2023, 6, 1), None),
    ],
)
def test_which_period_speaks(release: Release, asked: str, today: date, speaks: str | None) -> None:
    spoken = release.speaks_for(Period.parse(asked), today)
    assert (spoken and str(spoken)) == speaks


@given(CALENDARS, st.integers(1, 12), st.dates(date(2022, 6, 1), date(2024, 12, 31)))
def test_nothing_speaks_before_it_is_out_or_after_the_month(
    release: Release, month: int, today: date
) -> None:
    asked = Period.month(2023, month)
    spoken = release.speaks_for(asked, today)
    assert spoken is not None
    assert release.published_on(spoken) <= today
    assert spoken.last_day <= asked.last_day
    later = release.speaks_for(asked, today + timedelta(days=40))
    assert later is not None
    assert later >= spoken


@given(CALENDARS, st.integers(1, 12))
def test_the_next_period_closes_after_and_the_latest_by_the_month(
    release: Release, month: int
) -> None:
    asked = Period.month(2023, month)
    latest, following = release.latest_ending(asked), release.next_after(asked)
    assert latest is None or latest.last_month <= month
    assert following.last_day > asked.last_day
    assert release.exists(following)
    ending = release.ending_in(asked)
    assert ending is None or ending.last_month == month


def test_after_december_comes_the_next_year() -> None:
    assert str(MONTHLY.next_after(Period.parse("2023-12"))) == "2024-01"
    assert str(GRAIN.next_after(Period.parse("2023-12"))) == "2024-07"


def test_a_calendar_of_the_frequency_alone_has_the_usual_days() -> None:
    release, _ = read_release({"frequency": "month", "months": [1]}, "甲")
    assert release == Release("month", months=(1,), lag_months=1, day=20)
    assert release is not None
    assert release.published_on(Period.parse("2023-01")) == date(2023, 2, 20)
    assert Release("month", day=1).published_on(Period.parse("2023-01")) == date(2023, 2, 1)


def test_what_closes_in_a_month() -> None:
    assert str(QUARTERLY.ending_in(Period.parse("2023-09"))) == "2023-Q3"
    assert QUARTERLY.ending_in(Period.parse("2023-08")) is None
    assert QUARTERLY.ending_in(Period.parse("2023-02")) is None
    assert str(INVESTMENT.ending_in(Period.parse("2023-02"))) == "2023-01..02"


@pytest.mark.parametrize(
    ("parts", "fault"),
    [
        ({"frequency": "weekly"}, "频率「weekly」不认识"), ({"frequency": "harvest"}, "没有写月份"),
        ({"frequency": "month", "months": (13,)}, "月份不在1—12之间"),
        ({"frequency": "month", "day": 32}, "日不在1—31之间"),
        ({"frequency": "month", "lag_months": -1}, "滞后月数为负"),
        ({"frequency": "quarter", "months": (5,)}, "没有一个有数的期别"),
        ({"frequency": "month", "fixed": {"九月": date(2023, 10, 1)}}, "日期「九月」不是期别"),
    ],
)  # fmt: skip
def test_a_calendar_that_cannot_be_is_refused(parts: dict[str, object], fault: str) -> None:
    with pytest.raises(ReleaseError, match=fault):
        Release(**parts)  # type: ignore[arg-type]  # wrong on purpose


def test_a_pack_or_a_row_of_the_database_reads() -> None:
    data = {
        "frequency": "quarter", "lag": "1", "day": 20, "january_merged": "true", "months": ["3", 9],
        "fixed": {"2023-Q3": "2023-10-24", "2024-Q1": date(2024, 4, 18)},
    }  # fmt: skip
    release, problems = read_release(data, "indicators.yaml 第9行")
    assert problems == []
    assert release == Release(
        "quarter", (3, 9), 1, 20, january_merged=True,
        fixed={"2023-Q3": date(2023, 10, 24), "2024-Q1": date(2024, 4, 18)},
    )  # fmt: skip
    assert release.label == "季度"


@pytest.mark.parametrize("frequency", FREQUENCIES)
def test_every_frequency_has_its_word(frequency: str) -> None:
    release, _ = read_release({"frequency": frequency, "months": [12]}, "甲")
    assert release is not None
    assert release.label


@pytest.mark.parametrize(
    ("data", "what"),
    [
        ({}, "缺少频率"),
        ({"frequency": "month", "lag": "一"}, "不是整数"),
        ({"frequency": "month", "day": True}, "不是整数"),
        ({"frequency": "month", "months": 3}, "不是整数"),
        ({"frequency": "month", "months": ["x"]}, "不是整数"),
        ({"frequency": "month", "january_merged": "maybe"}, "不是真假值"),
        ({"frequency": "month", "fixed": []}, "不是“期别: 日期”"),
        ({"frequency": "month", "fixed": {"2023-09": "soon"}}, "不是“期别: 日期”"),
        ({"frequency": "month", "day": 99}, "日不在1—31之间"),
        ({"frequency": "month", "dya": 1}, "不认识的项「dya」"),
    ],
)
def test_a_wrong_calendar_is_a_problem_not_an_exception(data: dict[str, object], what: str) -> None:
    release, problems = read_release(data, "indicators.yaml 第9行")
    assert release is None
    assert len(problems) == 1
    assert what in problems[0].what
    assert problems[0].sentence.startswith("indicators.yaml 第9行：发布日历")


def test_all_faults_are_told_at_once() -> None:
    _, problems = read_release({"lag": "x", "january_merged": 3, "fixed": 1, "odd": 1}, "甲")
    assert len(problems) == 5
