"""A town with figures of two months, and a bureau's form that asks for them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import openpyxl

from tests import cast
from zhenxing.documents.tests import offices
from zhenxing.indicators.tests import make
from zhenxing.kernel.periods import Period
from zhenxing.kernel.problems import Problem
from zhenxing.reuse import queries, services
from zhenxing.reuse.choices import Item, Rule
from zhenxing.reuse.models import Template
from zhenxing.reuse.services import Assignment, Particulars, Sending

if TYPE_CHECKING:
    from zhenxing.accounts.models import User
    from zhenxing.indicators.models import Indicator
    from zhenxing.kernel.moments import Moment
    from zhenxing.organisation.models import Unit
    from zhenxing.reuse.models import Sent
    from zhenxing.reuse.queries import Filling

NAME = "重点指标月报表.xlsx"
SAID = Particulars(
    "重点指标月报表", "县发展和改革局", "month", "发改〔2023〕12号", date(2023, 12, 31)
)
SEPTEMBER, AUGUST = Period.parse("2023-09"), Period.parse("2023-08")
QUARTERLY = {"frequency": "quarter", "lag": 1, "day": 24}
SHEET = offices.SHEET


@dataclass(frozen=True)
class Desk:
    """The county with four indicators, and the town's form."""

    county: cast.County
    fai: Indicator
    paid_in: Indicator
    grain: Indicator
    gdp: Indicator
    template: Template


def desk(county: cast.County) -> Desk:
    """Give indicators, figures of August and September and of the year before, targets, a form."""
    fai = make.indicator("fai", "固定资产投资", county.statistics, nature="统计调查")
    paid_in = make.indicator("paid_in", "招商到位资金", county.farming, decimals=2)
    grain = make.indicator("grain", "粮食产量", county.statistics, measure="吨")
    gdp = make.indicator(
        "gdp", "地区生产总值", county.statistics, measure="亿元", release=QUARTERLY, growth="given"
    )
    for of, values in (
        (fai, {"2023-08": "7100", "2023-09": "8208.5", "2022-09": "7280", "2022-08": "6500"}),
        (paid_in, {"2023-08": "0", "2023-09": "64"}),
    ):
        for period, value in values.items():
            make.figure(county.town, of, period, value, business_date=_published(period))
    make.figure(county.rival, fai, "2023-09", "9000")
    make.target(county.town, fai, "10000")
    make.target(county.rival, fai, "10000")
    make.target(county.town, gdp, None, masked=True)
    return Desk(county, fai, paid_in, grain, gdp, registered(county.town_office, county.town))


def registered(
    by: User, unit: Unit, data: bytes | None = None, said: Particulars = SAID, name: str = NAME
) -> Template:
    """Bring a form for a unit."""
    made = services.register(
        data or offices.monthly(),
        name=name,
        unit=unit,
        said=said,
        scope=cast.scope(by),
        moment=cast.moment(),
    )
    assert isinstance(made, Template), made
    return made


def cell(where: str, item: Item = Item.VALUE, code: str = "fai", **more: Any) -> Assignment:  # noqa: ANN401  # fields of Assignment
    """Say what a cell of the form takes: a figure of our town."""
    fields = {"sheet": SHEET, "rule": Rule.TO_DATE, "unit": "T01"} | more
    return Assignment(cell=where, item=item, indicator=code, **fields)


def mapped(at: Desk, *cells: Assignment) -> Template:
    """Tie cells of the town's form."""
    done = services.assign(
        template=at.template,
        cells=cells,
        scope=cast.scope(at.county.town_office),
        moment=cast.moment(),
    )
    assert not any(isinstance(each, Problem) for each in done), done
    return at.template


def filling(template: Template, month: Period = SEPTEMBER, day: date = cast.TODAY) -> Filling:
    """Fill a form for a month."""
    look = queries.look_of(template)
    assert not isinstance(look, Problem)
    return queries.filled(template, look, month, day)


def shown(template: Template, month: Period = SEPTEMBER, day: date = cast.TODAY) -> dict[str, str]:
    """Give what stands in each cell, or in brackets why nothing does."""
    cells = filling(template, month, day).cells
    return {c.mapped.cell: c.written.shown or f"（{c.reason}）" for c in cells}


def sent(
    by: User, template: Template, month: Period = SEPTEMBER, moment: Moment | None = None
) -> Sent:
    """Send a form as it now stands."""
    at = moment or cast.moment()
    said = Sending(template, month, filling(template, month, at.business_date).digest)
    done = services.send(said, scope=cast.scope(by), moment=at)
    assert not isinstance(done, Problem), done
    return done


def corrected(at: Desk, value: str) -> None:
    """Let the bureau confirm another number for September."""
    make.figure(
        at.county.town,
        at.fai,
        "2023-09",
        value,
        business_date=cast.TODAY,
        recorded=cast.moment(hour=15).at,
        reason="复核",
    )


def _published(period: str) -> date:
    year, month = map(int, period.split("-"))
    return date(year, month + 1, 18)


def rows_of_towns(*names: str) -> bytes:
    """Give a form with one line for each name and a column to be filled."""
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    page.append(["镇", "固定资产投资"])
    for name in names:
        page.append([name, None])
        page.cell(page.max_row, 2).border = offices.BOX
    return offices.saved(book)
