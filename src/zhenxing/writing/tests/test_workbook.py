"""Plain pages to one file: formulas with their results, names that are no formulas."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal

from openpyxl import load_workbook

from zhenxing.kernel.worked import Worked
from zhenxing.writing.sheet import Value
from zhenxing.writing.workbook import workbook

MOMENT = datetime(2023, 12, 31, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Column:
    title: str
    width: int = 8
    places: int | None = None


@dataclass(frozen=True, slots=True)
class Page:
    name: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]
    title: str = "表"
    notes: tuple[str, ...] = ()
    fixed_columns: int = 1


COLUMNS = (Column("单位"), Column("甲"), Column("乙"), Column("合计", places=2))
SUM = Worked('ROUND(SUM(B3:C3)+IF("a"<"b",1,0),2)', Decimal("7.50"))
PAGES = [
    Page("汇总", COLUMNS, (('=HYPERLINK("x")', Decimal(2), Decimal("4.5"), SUM),), notes=("@注",)),
    Page("空", COLUMNS[:1], (("-甲",),)),
]


def made() -> bytes:
    return workbook(PAGES, title="考核", issuer="考核办", created=MOMENT, mark="演示数据")


def test_a_formula_stands_with_its_result() -> None:
    formulas = load_workbook(io.BytesIO(made()))["汇总"]
    values = load_workbook(io.BytesIO(made()), data_only=True)["汇总"]
    assert formulas["D3"].value == f"={SUM.formula}"
    assert (values["D3"].value, values["D3"].number_format) == (7.5, "#,##0.00")
    assert [values[f"{letter}3"].value for letter in "BC"] == [2, 4.5]


def test_what_people_wrote_is_never_a_formula() -> None:
    book = load_workbook(io.BytesIO(made()))
    cells = [book["汇总"]["A3"], book["汇总"]["A4"], book["空"]["A3"]]
    assert [cell.data_type for cell in cells] == ["s", "s", "s"]
    assert [str(cell.value)[:2] for cell in cells] == ["'=", "'@", "'-"]


def test_equal_pages_give_equal_bytes() -> None:
    assert made() == made()


def test_each_page_carries_its_title_and_mark() -> None:
    book = load_workbook(io.BytesIO(made()))
    assert book.sheetnames == ["汇总", "空"]
    assert book["空"]["A1"].value == "表"
    header = book["空"].oddHeader
    assert header is not None
    assert header.right.text == "演示数据"
    assert book["汇总"].freeze_panes == "B3"
