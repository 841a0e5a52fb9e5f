"""Tables to Excel: figures as numbers, text that can never become a formula, printed on A4.

A sheet has a header with units of measure, frozen panes and widths; an absence appears as its word,
never as zero.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from typing import Final, cast

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from zhenxing.kernel.values import Absence
from zhenxing.kernel.worked import Worked
from zhenxing.writing import archive
from zhenxing.writing.legible import legible, one_line

Value = str | int | Decimal | date | Absence | Worked | None
"""What a cell may hold. None leaves it empty: the column does not apply to the row."""

LONGEST_TEXT: Final = 32_767
MOST_DIGITS: Final = 15

_CUT = "……（单元格容纳不下，以下略）"
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\n")
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_FORMULA = re.compile(r'(<c r="([A-Z]+[0-9]+)"[^>]*><f>[^<]*</f>)<v ?(?:/>|></v>)')
_LONGEST_NAME = 31
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\]")
_A4 = 9
_LANDSCAPE_FROM = 95
_FACE = "宋体"
_LINE = Side(style="thin", color="FF9AA3AE")
_FILL = PatternFill("solid", fgColor="FFF2F2F2")


@dataclass(frozen=True, slots=True)
class Column:
    """A column: title, unit of its figures, width in Latin characters, decimals shown.

    places None shows each figure with the decimals that it has.
    """

    title: str
    unit: str = ""
    width: int = 12
    places: int | None = None

    @property
    def number_format(self) -> str:
        """Excel's format of the column's figures.

        >>> Column("到位资金", "万元", places=2).number_format
        '#,##0.00'
        """
        if self.places is None:
            return "General"
        return "#,##0" + ("." + "0" * self.places if self.places else "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One sheet: columns, rows, a title above, notes below.

    fixed_columns stay in sight when the sheet is moved sideways; mark is printed on each page.
    Raises ValueError when a row does not have a cell for each column.
    """

    name: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]
    title: str = ""
    notes: tuple[str, ...] = ()
    fixed_columns: int = 0
    mark: str = ""

    def __post_init__(self) -> None:
        for number, row in enumerate(self.rows, start=1):
            if len(row) != len(self.columns):
                raise ValueError(
                    f"表「{self.name}」第{number}行有{len(row)}格，应有{len(self.columns)}格。"
                )


def to_xlsx(sheets: Sequence[Sheet], *, title: str, issuer: str, created: datetime) -> bytes:
    """Write sheets as an Excel file; equal arguments give equal bytes.

    title, issuer and created (aware) go into the file's properties.
    Raises ValueError for a moment without time zone, no sheet, or a figure that is not finite.

    >>> from datetime import UTC
    >>> columns = (Column("镇"), Column("增速", "%", places=1))
    >>> sheet = Sheet(name="9月", columns=columns, rows=(("清溪镇", Decimal("-6.8")),))
    >>> moment = datetime(2023, 10, 20, 1, 0, tzinfo=UTC)
    >>> to_xlsx([sheet], title="月报", issuer="禾山县", created=moment)[:2]
    b'PK'
    """
    if not sheets:
        raise ValueError(f"「{title}」没有一张表，不能生成 Excel 文件。")
    label = archive.Label(title, issuer, created)
    book = Workbook()
    book.remove(book.worksheets[0])
    worked: list[dict[str, Decimal]] = []
    for name, sheet in zip(sheet_names([sheet.name for sheet in sheets]), sheets, strict=True):
        worked.append(_fill(book.create_sheet(name), sheet))
    file = io.BytesIO()
    book.save(file)
    return archive.settle(file.getvalue(), label, _with_results(file, worked))


def guarded(text: str) -> str:
    r"""Make a text safe to open: ' before a formula's first sign, over-long text visibly cut.

    Figures do not come here; a negative growth stays a number.

    >>> guarded("=HYPERLINK(A1)"), guarded("-12.92"), guarded("粮食产量")
    ("'=HYPERLINK(A1)", "'-12.92", '粮食产量')
    """
    shown = legible(text)
    if text.startswith("\r") or shown.startswith(_FORMULA_STARTS):
        shown = f"'{shown}"
    shown = _ESCAPE.sub("_x005F_", shown)
    return shown if len(shown) <= LONGEST_TEXT else shown[: LONGEST_TEXT - len(_CUT)] + _CUT


def sheet_names(wanted: Sequence[str]) -> list[str]:
    """Make names that Excel takes: at most 31 characters, without []:*?/\\, each once.

    >>> sheet_names(["1/2月", "1/2月", ""])
    ['1_2月', '1_2月(2)', '表']
    """
    names: list[str] = []
    for name in wanted:
        clean = _NOT_IN_NAMES.sub("_", one_line(name)).strip(" '\t") or "表"
        taken = {other.casefold() for other in names}
        tries = (_numbered(clean, number) for number in range(1, len(names) + 2))
        names.append(next(one for one in tries if one.casefold() not in taken))
    return names


def _numbered(name: str, number: int) -> str:
    suffix = f"({number})" if number > 1 else ""
    return name[: _LONGEST_NAME - len(suffix)] + suffix


def _with_results(file: io.BytesIO, worked: Sequence[Mapping[str, Decimal]]) -> dict[str, str]:
    """Put each formula's result beside it: a reader that does not reckon sees the number too."""
    found = {}
    with zipfile.ZipFile(file) as source:
        for number, results in enumerate(worked, start=1):
            name = f"xl/worksheets/sheet{number}.xml"
            if results:
                text = source.read(name).decode()
                found[name] = _FORMULA.sub(partial(_result, results), text)
    return found


def _result(results: Mapping[str, Decimal], match: re.Match[str]) -> str:
    return f"{match[1]}<v>{results[match[2]]:f}</v>"


def _fill(page: Worksheet, sheet: Sheet) -> dict[str, Decimal]:
    """Write a sheet and return the results of its formulas by cell."""
    head = _write_head(page, sheet)
    worked: dict[str, Decimal] = {}
    for line, row in enumerate(sheet.rows, start=head + 1):
        for place, (value, column) in enumerate(zip(row, sheet.columns, strict=True), start=1):
            cell = _at(page, line, place)
            _write(cell, value, column)
            if isinstance(value, Worked):
                worked[cell.coordinate] = value.value
    for line, note in enumerate(sheet.notes, start=head + len(sheet.rows) + 1):
        _put(_at(page, line, 1), note)
    for place, column in enumerate(sheet.columns, start=1):
        page.column_dimensions[get_column_letter(place)].width = column.width
    page.freeze_panes = page.cell(head + 1, sheet.fixed_columns + 1).coordinate
    _set_for_print(page, sheet, head)
    return worked


def _write_head(page: Worksheet, sheet: Sheet) -> int:
    """Write title, header and units; return how many lines they take."""
    line = 0
    if sheet.title:
        line += 1
        _put(_at(page, line, 1), sheet.title).font = Font(name=_FACE, size=14, bold=True)
    line += 1
    has_units = any(column.unit for column in sheet.columns)
    for place, column in enumerate(sheet.columns, start=1):
        _head_cell(_at(page, line, place), column.title, is_bold=True)
        if has_units:
            _head_cell(_at(page, line + 1, place), column.unit, is_bold=False)
    return line + has_units


def _head_cell(cell: Cell, text: str, *, is_bold: bool) -> None:
    _put(cell, text)
    cell.font = Font(name=_FACE, size=11, bold=is_bold)
    cell.fill = _FILL
    cell.border = Border(_LINE, _LINE, _LINE, _LINE)
    cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)


def _at(page: Worksheet, line: int, place: int) -> Cell:
    return cast("Cell", page.cell(line, place))


def _put(cell: Cell, text: str) -> Cell:
    """Write text that Excel takes for text whatever it looks like."""
    if text:
        cell.value = guarded(text)
        cell.data_type = "s"
    return cell


def _write(cell: Cell, value: Value, column: Column) -> None:
    cell.font = Font(name=_FACE, size=11)
    cell.border = Border(_LINE, _LINE, _LINE, _LINE)
    cell.alignment = Alignment(vertical="center", wrap_text=isinstance(value, str))
    if isinstance(value, Absence):
        _put(cell, value.label).alignment = Alignment(horizontal="right", vertical="center")
    elif isinstance(value, str):
        _put(cell, value)
    elif isinstance(value, date):
        cell.value = value
        cell.number_format = "yyyy-mm-dd"
    elif isinstance(value, Worked):
        cell.value = f"={value.formula}"
        cell.number_format = column.number_format
    elif value is not None:
        _write_number(cell, Decimal(value), column)


def _write_number(cell: Cell, number: Decimal, column: Column) -> None:
    """Write a figure as a number; as text if Excel would drop some of its digits."""
    if not number.is_finite():
        raise ValueError(f"「{column.title}」中的{number}不是数，不能写入表格。")
    digits = len(number.normalize().as_tuple().digits)
    if digits > MOST_DIGITS:
        cell.value = f"{number:f}"
        cell.data_type = "s"
        cell.alignment = Alignment(horizontal="right", vertical="center")
        return
    cell.value = number
    cell.number_format = column.number_format


def _set_for_print(page: Worksheet, sheet: Sheet, head: int) -> None:
    is_wide = sum(column.width for column in sheet.columns) > _LANDSCAPE_FROM
    page.page_setup.paperSize = _A4
    page.page_setup.orientation = "landscape" if is_wide else "portrait"
    page.page_setup.fitToWidth = 1
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.print_title_rows = f"1:{head}"
    page.print_options.horizontalCentered = True
    numbers = _HeaderFooterPart(text="第 &P 页，共 &N 页")
    page.HeaderFooter.oddFooter = HeaderFooterItem(center=numbers)
    if sheet.mark:
        mark = _HeaderFooterPart(text=one_line(sheet.mark).replace("&", "&&"))
        page.HeaderFooter.oddHeader = HeaderFooterItem(right=mark)
