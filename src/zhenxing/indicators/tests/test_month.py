"""A month of several units: which figures are asked for, and what the engine makes of them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from tests import cast
from zhenxing.engine.lamps import Colour
from zhenxing.engine.rows import State
from zhenxing.indicators import queries
from zhenxing.indicators.models import Figure
from zhenxing.indicators.tests import make
from zhenxing.kernel.periods import Period

if TYPE_CHECKING:
    from zhenxing.engine.rows import Row
    from zhenxing.indicators.models import Indicator

SEPTEMBER = Period.parse("2023-09")
OCTOBER = Period.parse("2023-10")


def row_of(unit: str, indicator: Indicator, asked: Period, day: date = cast.TODAY) -> Row:
    return queries.month(asked, day, peers=queries.class_of(unit, day), codes=[indicator.code]).row(
        unit, indicator.code
    )


@pytest.fixture
def paid_in(county: cast.County) -> Indicator:
    make.lamps()
    return make.indicator("paid_in", "招商到位资金", county.statistics)


def test_it_tells_the_worked_case_of_october(county: cast.County, paid_in: Indicator) -> None:
    make.target(county.town, paid_in, "800000")
    make.figure(county.town, paid_in, "2023-10", "1005136", business_date=date(2023, 11, 18))
    row = row_of("T01", paid_in, OCTOBER, date(2023, 11, 20))
    assert round(row.completion or 0, 2) == Decimal("125.64")
    assert round(row.lead or 0, 2) == Decimal("42.31")
    assert row.lamp.colour is Colour.GREEN
    assert row.lamp.rule == "progress"


def test_it_does_not_know_tomorrow(county: cast.County, paid_in: Indicator) -> None:
    make.target(county.town, paid_in, "10000")
    make.figure(county.town, paid_in, "2023-09", "7500")
    make.figure(
        county.town,
        paid_in,
        "2023-09",
        "5260",
        standing="correction",
        reason="冲减重复回单",
        business_date=date(2023, 10, 19),
    )
    assert row_of("T01", paid_in, SEPTEMBER, date(2023, 10, 18)).value == Decimal(7500)


def test_it_counts_the_confirmed_figure_before_a_later_submission(
    county: cast.County, paid_in: Indicator
) -> None:
    make.figure(county.town, paid_in, "2023-09", "7500")
    make.figure(
        county.town, paid_in, "2023-09", "9000", standing="submitted", business_date=cast.TODAY
    )
    row = row_of("T01", paid_in, SEPTEMBER)
    assert row.value == Decimal(7500)
    assert row.standing is not None
    assert row.standing.label == "核定"


def test_it_sums_current_months_and_names_the_missing_one(
    county: cast.County, paid_in: Indicator
) -> None:
    paid_in.reading = "current"
    paid_in.save()
    for month in (1, 2, 3, 5, 6, 7, 8, 9):
        make.figure(county.town, paid_in, f"2023-{month:02}", "100")
    row = row_of("T01", paid_in, SEPTEMBER)
    assert row.missing == (Period.parse("2023-04"),)
    assert row.state is State.MISSING


def test_it_takes_last_years_same_month_for_computed_growth(
    county: cast.County, paid_in: Indicator
) -> None:
    make.figure(county.town, paid_in, "2022-09", "1000", business_date=date(2022, 10, 18))
    make.figure(county.town, paid_in, "2023-09", "1100")
    row = row_of("T01", paid_in, SEPTEMBER)
    assert row.growth is not None
    assert (row.growth.value, row.growth.given) == (Decimal(10), False)


def test_it_ranks_only_inside_the_class(county: cast.County, paid_in: Indicator) -> None:
    for unit, value in ((county.town, "50"), (county.rival, "90"), (county.plain, "99")):
        make.target(unit, paid_in, "100")
        make.figure(unit, paid_in, "2023-09", value)
    row = row_of("T01", paid_in, SEPTEMBER)
    assert row.place is not None
    assert (row.place.place, row.place.of) == (2, 2)


def test_a_county_stands_alone_and_is_not_ranked(county: cast.County, paid_in: Indicator) -> None:
    assert queries.class_of("H00", cast.TODAY) == {"H00": None}
    make.figure(county.county, paid_in, "2023-09", "1")
    assert row_of("H00", paid_in, SEPTEMBER).place is None


def test_it_asks_four_times_however_many_units(county: cast.County, paid_in: Indicator) -> None:
    for unit in (county.town, county.rival):
        make.figure(unit, paid_in, "2023-09", "5")
    with CaptureQueriesContext(connection) as asked:
        queries.month(SEPTEMBER, cast.TODAY, peers={"T01": "山区镇", "T02": "山区镇"})
    assert len(asked) == 4


def test_a_department_reads_only_what_it_leads(county: cast.County, paid_in: Indicator) -> None:
    make.indicator("grain", "粮食产量", county.farming)
    assert queries.visible_codes(cast.scope(county.department)) == frozenset({"paid_in"})
    assert queries.visible_codes(cast.scope(county.assessor)) is None
    assert queries.visible_codes(cast.scope(county.leader)) is None


@pytest.mark.parametrize(
    ("letter", "units"),
    [
        ("K", {"H00", "T01", "T02", "T03"}),
        ("X", {"H00", "T01", "T02", "T03"}),
        ("D", {"H00", "T01", "T02", "T03"}),
        ("L", {"T01"}),
        ("F", {"T01"}),
        ("C", {"T01"}),
        ("V", set()),
        ("A", set()),
    ],
)
def test_each_role_opens_its_own_units_figures(
    county: cast.County, letter: str, units: set[str]
) -> None:
    readable = queries.readable_units(cast.scope(county.of_role(letter)))
    assert set(readable.values_list("code", flat=True)) == units


def test_figures_are_kept_from_those_they_do_not_concern(
    county: cast.County, paid_in: Indicator
) -> None:
    grain = make.indicator("grain", "粮食产量", county.farming)
    for unit in (county.town, county.rival):
        make.figure(unit, paid_in, "2023-09", "5")
        make.figure(unit, grain, "2023-09", "6")

    def seen(letter: str) -> set[tuple[str, str]]:
        scope = cast.scope(county.of_role(letter))
        rows = Figure.objects.visible_to(scope)
        return set(rows.values_list("unit__code", "indicator__code"))

    assert seen("F") == {("T01", "paid_in"), ("T01", "grain")}
    assert seen("D") == {("T01", "paid_in"), ("T02", "paid_in")}
    assert len(seen("X")) == 4
    assert seen("A") == set()


def test_the_database_refuses_a_figure_that_is_neither_value_nor_absence(
    county: cast.County, paid_in: Indicator
) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        make.figure(county.town, paid_in, "2023-09", "5", absent="missing")
    with pytest.raises(ValidationError, match="多于四位小数"):
        make.figure(county.town, paid_in, "2023-09", "5.00001")


def test_the_database_refuses_to_change_or_remove_a_figure(
    county: cast.County, paid_in: Indicator
) -> None:
    figure = make.figure(county.town, paid_in, "2023-09", "5")
    with pytest.raises(Exception, match=r"append-only|只增"), transaction.atomic():
        Figure.objects.filter(pk=figure.pk).update(value=Decimal(6))
    with pytest.raises(Exception, match=r"append-only|只增"), transaction.atomic():
        Figure.objects.filter(pk=figure.pk).delete()
    assert Figure.objects.get(pk=figure.pk).value == Decimal(5)


def test_lamp_rules_count_from_their_day(county: cast.County) -> None:
    make.lamps()
    assert queries.rule_book(date(2022, 12, 31)).sets == ()
    assert [each.id for each in queries.rule_book(cast.TODAY).sets] == ["progress"]


def test_a_release_that_cannot_be_read_is_a_fault_of_the_site(county: cast.County) -> None:
    make.indicator("odd", "怪指标", county.statistics, release={"frequency": "weekly"})
    with pytest.raises(ValueError, match="频率"):
        queries.definitions()
