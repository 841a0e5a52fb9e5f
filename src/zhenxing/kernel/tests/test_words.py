"""What readers see: problems, sources, moments, dates and numbers."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhenxing.kernel.moments import Moment
from zhenxing.kernel.problems import Problem, errors, warnings
from zhenxing.kernel.sources import Source
from zhenxing.kernel.wording import (
    chinese_date,
    months_of_year,
    number,
    percent,
    points,
    short_date,
    signed,
)

FIGURES = st.decimals(min_value=-(10**12), max_value=10**12, places=4)


def test_a_problem_says_where_what_and_what_next() -> None:
    problem = Problem("第3表C7", "目标为空，无法计分", "请补填或在方案中注明不考核")
    assert problem.sentence == "第3表C7：目标为空，无法计分；请补填或在方案中注明不考核。"
    assert (
        Problem("", "文件不是xlsx", "请另存为xlsx后再传").sentence
        == "文件不是xlsx；请另存为xlsx后再传。"
    )


def test_errors_and_warnings_part_without_loss_and_keep_their_order() -> None:
    mixed = [Problem(str(n), "错", "改", "error" if n % 2 else "warning") for n in range(5)]
    assert [p.where for p in errors(mixed)] == ["1", "3"]
    assert [p.where for p in warnings(mixed)] == ["0", "2", "4"]


@pytest.mark.parametrize(
    ("source", "label"),
    [
        (Source(file="十月.xlsx", sheet="指标数", cell="F6"), "十月.xlsx，指标数!F6"),
        (Source(file="十月.xlsx", sheet="指标数"), "十月.xlsx，指标数"),
        (Source(file="计划.docx", start=0, end=10), "计划.docx，第1—10字"),
        (Source(file="计划.pdf", page=2, sha256="a" * 64), "计划.pdf，第2页"),
        (Source(file="计划.pdf"), "计划.pdf"),
    ],
)
def test_a_source_can_be_followed(source: Source, label: str) -> None:
    assert source.label == label


@pytest.mark.parametrize(
    ("file", "where"),
    [
        ("", {}), ("甲", {"sha256": "A" * 64}), ("甲", {"cell": "6F"}), ("甲", {"page": 0}),
        ("甲", {"start": 3}), ("甲", {"end": 3}), ("甲", {"start": 5, "end": 5}),
        ("甲", {"start": -1, "end": 5}),
    ],
)  # fmt: skip
def test_a_source_that_points_nowhere_is_refused(file: str, where: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="；"):
        Source(file=file, **where)  # type: ignore[arg-type]  # wrong places of both types on purpose


def test_a_moment_needs_a_zone() -> None:
    at = datetime(2024, 5, 6, 9, 30, tzinfo=UTC)
    assert Moment(at, date(2023, 10, 20)).at == at
    with pytest.raises(ValueError, match="time zone"):
        Moment(at.replace(tzinfo=None), date(2023, 10, 20))


def test_dates_carry_their_weekday() -> None:
    assert chinese_date(date(2023, 10, 25)) == "2023年10月25日（周三）"
    assert short_date(date(2023, 10, 8)) == "10月8日（周日）"


@pytest.mark.parametrize(
    ("months", "words"),
    [([], ""), ([4], "4月"), ([3, 1, 2, 2, 5], "1—3月、5月"), (range(1, 13), "1—12月")],
)
def test_months_are_drawn_together(months: list[int], words: str) -> None:
    assert months_of_year(months) == words


@pytest.mark.parametrize(
    ("value", "places", "text"),
    [
        ("1005136", None, "1,005,136"), ("-1234.50", None, "−1,234.5"), ("100", None, "100"),
        ("1E+6", None, "1,000,000"), ("-0.00", None, "0"), ("0.125", 2, "0.13"),
        ("-0.001", 2, "0.00"),
        ("1900", 2, "1,900.00"), ("-5", 0, "−5"),
    ],
)  # fmt: skip
def test_numbers_as_shown(value: str, places: int | None, text: str) -> None:
    assert number(Decimal(value), places) == text


def test_leads_percents_and_points_as_shown() -> None:
    assert signed(Decimal("42.3087")) == "+42.31"
    assert signed(Decimal("0.004")) == "0.00"
    assert signed(Decimal("-12.92333")) == "−12.92"
    assert percent(Decimal("125.642")) == "125.64%"
    assert points(Decimal("15.221"), 1) == "+15.2个百分点"


@given(FIGURES)
def test_a_shown_number_reads_back_exactly(value: Decimal) -> None:
    assert Decimal(number(value).replace(",", "").replace("−", "-")) == value
