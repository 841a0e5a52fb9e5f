"""What has happened to office forms on a demo site: made here, and brought by the real services."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, TypeVar, cast

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

from zhenxing.accounts.models import User
from zhenxing.indicators.models import Indicator
from zhenxing.kernel.moments import Moment
from zhenxing.kernel.periods import Period
from zhenxing.kernel.problems import Problem
from zhenxing.organisation import queries as organisation_queries
from zhenxing.organisation.models import Unit
from zhenxing.reuse import queries, services
from zhenxing.reuse.choices import Frequency, Item, Rule
from zhenxing.reuse.models import Template
from zhenxing.reuse.services import Assignment, Particulars, Sending
from zhenxing.writing.archive import Label, settle

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from openpyxl.worksheet.worksheet import Worksheet

    from zhenxing.web.scope import Scope

BROUGHT, SENT_ON = date(2023, 9, 18), date(2023, 9, 20)
SHEET = "月报"
Made = TypeVar("Made")
MARK = "（演示数据）"
LINE = Side(style="thin", color="FF666666")
BOX = Border(LINE, LINE, LINE, LINE)
CENTRE = Alignment(horizontal="center", vertical="center", wrap_text=True)
GREY = PatternFill("solid", fgColor="FFEDEDED")
FACE = "宋体"
# Name on the form, measure on the form, indicator.
LINES = (
    ("固定资产投资", "亿元", "fai"),
    ("在建项目完成投资", "万元", "project_investment"),
    ("招商到位资金", "亿元", "paid_in"),
    ("地区生产总值", "亿元", "gdp"),
    ("粮食产量", "吨", "grain_output"),
)
COLUMNS = (
    ("C", Item.TARGET, Rule.TO_DATE),
    ("D", Item.VALUE, Rule.MONTH),
    ("E", Item.VALUE, Rule.TO_DATE),
    ("F", Item.GROWTH, Rule.TO_DATE),
    ("G", Item.COMPLETION, Rule.TO_DATE),
)
FIRST = 5
BUREAU = Particulars(
    "镇域重点指标月报表" + MARK,
    "县发展和改革局",
    Frequency.MONTH,
    "演示发改〔2023〕12号",
    date(2023, 12, 31),
)
STATISTICS = Particulars(
    "各镇固定资产投资情况表" + MARK,
    "市统计局",
    Frequency.MONTH,
    "演示统字〔2023〕7号",
    date(2023, 9, 30),
)


@dataclass(frozen=True)
class _Keeper:
    """Who keeps the forms of which unit."""

    username: str
    unit: str


TOWNS = (_Keeper("t01-office", "T01"), _Keeper("t02-office", "T02"))
DEPARTMENT = _Keeper("d01-officer", "D01")


def play(at: datetime) -> int:
    """Bring, map and send forms where the demo's people are there; give how many there are.

    What has been brought is passed over, and a county without these indicators has none. Raises
    ValueError where a form is not taken.
    """
    asked = {code for _, _, code in LINES}
    if Indicator.objects.filter(code__in=asked).count() < len(asked):
        return 0
    units = {unit.code: unit for unit in Unit.objects.all()}
    for keeper in TOWNS:
        if keeper.unit in units and not Template.objects.filter(unit__code=keeper.unit).exists():
            _bring(keeper, units[keeper.unit], bureau(at), BUREAU, at)
    if (
        DEPARTMENT.unit in units
        and not Template.objects.filter(unit__code=DEPARTMENT.unit).exists()
    ):
        towns = [each.name for each in organisation_queries.towns_on(BROUGHT)]
        _bring(DEPARTMENT, units[DEPARTMENT.unit], statistics(towns, at), STATISTICS, at)
    return Template.objects.count()


def _bring(keeper: _Keeper, unit: Unit, data: bytes, said: Particulars, at: datetime) -> None:
    person = User.objects.filter(username=keeper.username).first()
    if person is None:
        return
    scope, moment = organisation_queries.scope_of(person, BROUGHT), Moment(at, BROUGHT)
    name = f"{said.name}.xlsx"
    template = services.register(data, name=name, unit=unit, said=said, scope=scope, moment=moment)
    template = _done(template)
    look = _done(queries.look_of(template))
    if keeper is DEPARTMENT:
        first = Assignment(SHEET, "B4", Item.VALUE, Rule.TO_DATE, "fai", "", "亿元", 2)
        towns = list(queries.open_units(unit, BROUGHT))
        cells = services.spread(first, look, towns)
    else:
        cells = _cells(unit)
    for each in services.assign(template=template, cells=cells, scope=scope, moment=moment):
        _done(each)
    if keeper in TOWNS:
        _send(template, scope, at)


def _send(template: Template, scope: Scope, at: datetime) -> None:
    month, look = Period.month(2023, 8), _done(queries.look_of(template))
    filling = queries.filled(template, look, month, SENT_ON)
    said = Sending(template, month, filling.digest, note="电子版发邮箱，纸质版盖章另送")
    _done(services.send(said, scope=scope, moment=Moment(at, SENT_ON)))


def _cells(unit: Unit) -> list[Assignment]:
    found = [
        Assignment(SHEET, "B2", Item.UNIT_NAME),
        Assignment(SHEET, "E2", Item.PERIOD, Rule.TO_DATE),
        Assignment(SHEET, f"B{FIRST + len(LINES)}", Item.DATE),
    ]
    for row, (_, measure, code) in enumerate(LINES, start=FIRST):
        for column, item, rule in COLUMNS:
            own = measure if item in {Item.VALUE, Item.TARGET} else ""
            places = 2 if measure == "亿元" and own else (1 if item is Item.GROWTH else None)
            if item is Item.COMPLETION:
                places = 2
            found.append(
                Assignment(SHEET, f"{column}{row}", item, rule, code, unit.code, own, places)
            )
    return found


def bureau(at: datetime) -> bytes:
    """Give a bureau's monthly form with two lines of heads."""
    book, page = _book()
    _title(page, "镇域重点指标月报表", "H")
    page["A2"], page["D2"], page["H2"] = "填报单位：", "期间：", "表号：演示1表"
    page.merge_cells("E2:F2")
    heads = {
        "A3": "指标", "B3": "计量单位", "C3": "年度目标", "D3": "完成情况", "F3": "进度",
        "H3": "备注", "D4": "本月", "E4": "本年累计", "F4": "同比增长", "G4": "完成率（%）",
    }  # fmt: skip
    _heads(page, heads, ("A3:A4", "B3:B4", "C3:C4", "D3:E3", "F3:G3", "H3:H4"), "A3:H4")
    for row, (name, measure, _) in enumerate(LINES, start=FIRST):
        page[f"A{row}"], page[f"B{row}"] = name, measure
        for column in "ABCDEFGH":
            cell = _at(page, f"{column}{row}")
            cell.border, cell.font = BOX, Font(name=FACE, size=11)
        for column in "CDE":
            _at(page, f"{column}{row}").number_format = "#,##0.00"
        _at(page, f"F{row}").number_format = "0.0%"
    last = FIRST + len(LINES)
    page[f"A{last}"], page[f"D{last}"] = "填表日期：", "投资合计（亿元）："
    page[f"F{last}"] = f"=E{FIRST}+E{FIRST + 2}"
    for column, width in zip("ABCDEFGH", (22, 10, 12, 12, 12, 11, 12, 16), strict=True):
        page.column_dimensions[column].width = width
    return _settled(book, "镇域重点指标月报表", at)


def statistics(towns: Sequence[str], at: datetime) -> bytes:
    """Give a form with one line for each town."""
    book, page = _book()
    _title(page, "各镇固定资产投资情况表", "C")
    _heads(page, {"A3": "镇", "B3": "固定资产投资累计（亿元）", "C3": "备注"}, (), "A3:C3")
    for row, town in enumerate(towns, start=4):
        page[f"A{row}"] = town
        for column in "ABC":
            _at(page, f"{column}{row}").border = BOX
    page[f"A{4 + len(towns)}"] = "合计"
    page[f"B{4 + len(towns)}"] = f"=SUM(B4:B{3 + len(towns)})"
    for column, width in zip("ABC", (14, 22, 18), strict=True):
        page.column_dimensions[column].width = width
    return _settled(book, "各镇固定资产投资情况表", at)


def _book() -> tuple[Workbook, Worksheet]:
    book = Workbook()
    page = book.worksheets[0]
    page.title = SHEET
    return book, page


def _title(page: Worksheet, title: str, last: str) -> None:
    page["A1"] = title + MARK
    page.merge_cells(f"A1:{last}1")
    cell = _at(page, "A1")
    cell.font, cell.alignment = Font(name=FACE, size=16, bold=True), CENTRE
    page.row_dimensions[1].height = 30


def _heads(page: Worksheet, heads: dict[str, str], spans: Sequence[str], area: str) -> None:
    for where, text in heads.items():
        page[where] = text
    for span in spans:
        page.merge_cells(span)
    for row in page[area]:
        for cell in row:
            cell.font, cell.alignment = Font(name=FACE, size=11, bold=True), CENTRE
            cell.border, cell.fill = BOX, GREY


def _at(page: Worksheet, where: str) -> Cell:
    return cast("Cell", page[where])


def _settled(book: Workbook, title: str, at: datetime) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return settle(file.getvalue(), Label(title, "演示", at))


def _done(made: Made | Problem) -> Made:
    if isinstance(made, Problem):
        raise ValueError(made.sentence)
    return made
