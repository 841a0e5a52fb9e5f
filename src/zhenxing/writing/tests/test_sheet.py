"""Excel files, opened again."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal
from html import unescape

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from zhenxing.kernel.values import MASKED, MISSING
from zhenxing.writing.sheet import Column, Sheet, Value, guarded, sheet_names, to_xlsx
from zhenxing.writing.tests.make import AT, part

COLUMNS = (
    Column("镇", width=16),
    Column("到位资金", "万元", places=2),
    Column("户数", "户", places=0),
    Column("增速", "%"),
)
ROWS: tuple[tuple[Value, ...], ...] = (
    ("云溪镇", Decimal("6400.5"), 18, Decimal("-6.8")),
    ("=cmd|' /C calc'!A0", MISSING, None, MASKED),
)
SHEET = Sheet(
    name="9月",
    columns=COLUMNS,
    rows=ROWS,
    title="到位资金",
    notes=("注：演示数据。",),
    fixed_columns=1,
    mark="考核办 A&B",
)


def written(*sheets: Sheet) -> bytes:
    return to_xlsx(sheets, title="月报", issuer="禾山县考核办", created=AT)


def reopened(*sheets: Sheet) -> Workbook:
    return load_workbook(io.BytesIO(written(*sheets)))


def first(*sheets: Sheet) -> Worksheet:
    return reopened(*sheets).worksheets[0]


def one(value: Value, column: Column = COLUMNS[1]) -> Worksheet:
    return first(Sheet(name="表", columns=(column,), rows=((value,),)))


def test_title_header_units_rows_and_notes_stand_in_their_lines() -> None:
    values = [[cell.value for cell in row] for row in first(SHEET).iter_rows()]
    assert values == [
        ["到位资金", None, None, None],
        ["镇", "到位资金", "户数", "增速"],
        [None, "万元", "户", "%"],
        ["云溪镇", 6400.5, 18, -6.8],
        ["'=cmd|' /C calc'!A0", "未报", None, "未公开"],
        ["注：演示数据。", None, None, None],
    ]


def test_a_sheet_without_title_and_units_begins_with_its_header() -> None:
    page = first(Sheet(name="表", columns=(Column("镇"),), rows=(("云溪镇",),)))
    assert [cell.value for cell in page["A"]] == ["镇", "云溪镇"]
    assert page.freeze_panes == "A2"


def test_figures_are_numbers_with_a_format() -> None:
    page = first(SHEET)
    assert [page.cell(4, place).number_format for place in (2, 3, 4)] == [
        "#,##0.00",
        "#,##0",
        "General",
    ]
    assert {page.cell(4, place).data_type for place in (2, 3, 4)} == {"n"}


def test_a_negative_figure_stays_a_number_and_a_negative_text_a_text() -> None:
    assert one(Decimal("-12.92"))["A3"].value == -12.92
    assert one("-12.92")["A3"].value == "'-12.92"


@pytest.mark.parametrize("start", list("=+-@\t\r"))
def test_text_that_begins_like_a_formula_is_put_in_quotes(start: str) -> None:
    cell = one(f"{start}1+1")["A3"]
    assert (cell.data_type, str(cell.value)[0]) == ("s", "'")


def test_an_error_word_of_excel_stays_text() -> None:
    assert one("#N/A")["A3"].data_type == "s"


def test_absences_are_words_and_never_zero() -> None:
    assert one(MISSING)["A3"].value == "未报"
    assert one(MASKED)["A3"].value == "未公开"
    assert one(None)["A3"].value is None
    assert one(Decimal(0))["A3"].value == 0


def test_a_figure_too_long_for_excel_is_kept_as_text() -> None:
    cell = one(Decimal("1234567890123456.5"))["A3"]
    assert (cell.data_type, cell.value) == ("s", "1234567890123456.5")
    assert one(Decimal(10**17))["A3"].data_type == "n"


@pytest.mark.parametrize("figure", ["NaN", "Infinity"])
def test_it_refuses_what_is_no_number(figure: str) -> None:
    with pytest.raises(ValueError, match="到位资金"):
        one(Decimal(figure))


def test_a_date_is_a_date() -> None:
    cell = one(date(2023, 10, 25))["A3"]
    assert (cell.is_date, cell.number_format) == (True, "yyyy-mm-dd")


def test_panes_widths_and_print_are_set_for_a4() -> None:
    page = first(SHEET)
    assert page.freeze_panes == "B4"
    assert page.column_dimensions["A"].width == 16
    assert (page.page_setup.paperSize, page.page_setup.orientation) == (9, "portrait")
    assert (page.page_setup.fitToWidth, page.page_setup.fitToHeight) == (1, 0)
    assert page.print_title_rows == "$1:$3"
    assert page.sheet_properties.pageSetUpPr is not None
    assert page.sheet_properties.pageSetUpPr.fitToPage


def test_a_wide_sheet_is_printed_landscape() -> None:
    wide = Sheet(name="表", columns=(Column("说明", width=60),) * 2, rows=())
    assert first(wide).page_setup.orientation == "landscape"


def test_the_mark_and_the_page_number_are_printed_on_each_page() -> None:
    xml = unescape(part(written(SHEET), "xl/worksheets/sheet1.xml"))
    assert "<oddHeader>&R考核办 A&&B</oddHeader>" in xml
    assert "<oddFooter>&C第 &P 页，共 &N 页</oddFooter>" in xml


def test_sheets_get_names_that_excel_takes() -> None:
    wanted = ["稳投资/专班", "稳投资:专班", "A" * 40, "a" * 40, "'", "'"]
    names = sheet_names(wanted)
    assert names[:2] == ["稳投资_专班", "稳投资_专班(2)"]
    assert names[-2:] == ["表", "表(2)"]
    assert len({name.casefold() for name in names}) == len(wanted)
    assert max(map(len, names)) == 31
    assert reopened(*(Sheet(name=name, columns=(), rows=()) for name in wanted)).sheetnames == names


def test_it_refuses_a_row_of_another_length() -> None:
    with pytest.raises(ValueError, match="第1行有1格，应有4格"):
        Sheet(name="9月", columns=COLUMNS, rows=(("云溪镇",),))


def test_it_refuses_a_book_without_sheets() -> None:
    with pytest.raises(ValueError, match="没有一张表"):
        written()


def test_equal_sheets_give_equal_bytes() -> None:
    assert written(SHEET, SHEET) == written(SHEET, SHEET)


def test_the_file_says_who_issued_it_and_when() -> None:
    properties = reopened(SHEET).properties
    assert (properties.title, properties.creator) == ("月报", "禾山县考核办")
    assert properties.created == properties.modified == AT.replace(tzinfo=None)


def test_a_long_text_is_guarded_before_it_is_cut() -> None:
    assert guarded("=" + "1" * 40_000).startswith("'=1")
