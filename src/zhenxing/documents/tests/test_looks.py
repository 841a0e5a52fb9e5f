"""How a foreign form looks: enough to draw it, and to say what a cell may take."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from zhenxing.documents.looks import Look, SheetLook, corners_of, day_of
from zhenxing.documents.services import LookCell, look_at
from zhenxing.documents.tests import make, offices
from zhenxing.kernel.problems import Problem

NAME = "发改局月报.xlsx"


def look(data: bytes) -> Look:
    seen = look_at(data, NAME)
    assert isinstance(seen, Look), seen
    return seen


def test_it_sees_heads_formats_widths_and_what_is_hidden() -> None:
    seen = look(offices.monthly(comment=True))
    page = seen.sheets[0]
    assert page.size == (8, 8)
    assert page.anchor("G1") == "A1"
    assert page.anchor("E2") == "C2"
    assert page.anchor("C4") == "C4"
    head = page.cell("C3")
    assert (head.text, head.bold, head.align) == ("本年累计", True, "center")
    assert page.widths[1] == Decimal(24)
    assert page.hidden_columns == {8}
    assert [sheet.hidden for sheet in seen.sheets] == [False, True]


def test_it_knows_an_empty_cell_by_its_border_and_its_format() -> None:
    page = look(offices.monthly()).sheets[0]
    assert (page.cell("D4").kind, page.cell("D4").shown) == ("blank", "percent")
    assert page.cell("F8").shown == "date"
    assert page.cell("Z99") == LookCell("Z99", "blank", "")


def test_it_names_what_filling_leaves_alone() -> None:
    seen = look(offices.monthly(comment=True))
    assert set(seen.kept) >= {"图片1处", "批注1处", "数据有效性1处", "条件格式1处"}
    assert seen.doubts == ()


def test_a_signed_file_loses_its_signature() -> None:
    signed = make.changed(offices.monthly(), {"_xmlsignatures/sig1.xml": b"<x/>"})
    assert "签名" in look(signed).doubts[0]


def test_it_knows_a_formula_and_the_cells_of_one_over_many() -> None:
    assert look(offices.monthly()).sheets[0].is_computed("C7")
    rows = '<row r="1"><c r="A1"><f t="array" ref="A1:A3">B1:B3</f></c></row>'
    page = look(make.changed(make.workbook(), {make.SHEET: make.sheet(rows)})).sheets[0]
    assert [page.is_computed(cell) for cell in ("A1", "A3", "A4")] == [True, True, False]


def test_what_lies_below_the_drawn_part_is_told() -> None:
    page = look(make.workbook(lambda at: make.append(at, ([n] for n in range(400))))).sheets[0]
    assert page.cut
    assert page.size[0] == 300


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        (LookCell("A1", "number", "0.125", "percent"), "12.500%"),
        (LookCell("A1", "number", "45219", "date"), "2023-10-20"),
        (LookCell("A1", "number", "8.1300000000000008"), "8.13"),
        (LookCell("A1", "text", " 合计 "), "合计"),
        (LookCell("A1", "blank", ""), ""),
        (LookCell("A1", "uncomputed", "", formula=True), ""),
        (LookCell("A1", "error", "#REF!"), "#REF!"),
    ],
)
def test_a_cell_reads_as_the_sheet_shows_it(cell: LookCell, words: str) -> None:
    assert cell.words == words


def test_days_are_counted_from_the_year_the_file_says() -> None:
    assert Look(()).serial(date(2023, 10, 20)) == 45219
    assert Look((), from_1904=True).serial(date(2023, 10, 20)) == 43757
    assert day_of(Decimal(0)) == "0"
    book = make.part(make.workbook(), "xl/workbook.xml")
    book = book.replace(b"<workbookPr/>", b'<workbookPr date1904="1"/>')
    assert look(make.changed(make.workbook(), {"xl/workbook.xml": book})).from_1904


@pytest.mark.parametrize("span", ["", "A0:B1", "B2:A1", "A1:B2:C3"])
def test_it_knows_what_is_no_range(span: str) -> None:
    with pytest.raises(ValueError, match="不是"):
        corners_of(span)


def test_an_empty_sheet_has_no_size() -> None:
    assert SheetLook("表").size == (0, 0)


def test_another_encoding_than_utf8_is_refused_before_anybody_maps_it() -> None:
    sheet = make.sheet("").decode().replace('encoding="UTF-8"', 'encoding="UTF-16"')
    told = look_at(make.changed(make.workbook(), {make.SHEET: sheet.encode("utf-16")}), NAME)
    assert isinstance(told, Problem)
    assert "UTF-8" in told.what
