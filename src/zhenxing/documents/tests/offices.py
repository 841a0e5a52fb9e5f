"""Forms as other offices send them: merged double heads, formulas, pictures, hidden sheets."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import openpyxl
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.worksheet.datavalidation import DataValidation
from PIL import Image as Picture

if TYPE_CHECKING:
    from collections.abc import Iterator

    from openpyxl.workbook.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

SHEET = "月报"
LINE = Side(style="thin")
BOX = Border(LINE, LINE, LINE, LINE)
HEAD = Font(name="黑体", size=11, bold=True)
CENTRE = Alignment(horizontal="center", vertical="center", wrap_text=True)
LINES = ("固定资产投资", "招商引资到位资金", "粮食产量")


def monthly(*, picture: bool = True, comment: bool = False) -> bytes:
    """Give a bureau's monthly form: two lines of heads, three lines of figures, a total."""
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    page.title = SHEET
    _heads(page)
    _lines(page)
    _furniture(page)
    if comment:
        page["A4"].comment = Comment("含跨镇项目", "发改局")
    if picture:
        page.add_image(_seal(), "J1")
    hidden = book.create_sheet("填表说明")
    hidden["A1"] = "不要改动本页"
    hidden["A2"] = "=月报!C7"
    hidden.sheet_state = "hidden"
    return saved(book)


def saved(book: Workbook) -> bytes:
    """Give a workbook's bytes."""
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _heads(page: Worksheet) -> None:
    page["A1"] = "重点指标完成情况月报表"
    page.merge_cells("A1:H1")
    page["A1"].font, page["A1"].alignment = Font(name="方正小标宋简体", size=18), CENTRE
    heads = {
        "A2": "指标", "B2": "计量单位", "C2": "完成情况", "F2": "上年", "H2": "备注",
        "C3": "本年累计", "D3": "同比增长", "E3": "完成率", "F3": "同期", "G3": "位次",
    }  # fmt: skip
    for where, text in heads.items():
        page[where] = text
    for span in ("A2:A3", "B2:B3", "C2:E2", "F2:G2", "H2:H3"):
        page.merge_cells(span)
    for row in page["A2:H3"]:
        for cell in row:
            cell.font, cell.alignment, cell.border = HEAD, CENTRE, BOX


def _lines(page: Worksheet) -> None:
    for row, name in enumerate(LINES, start=4):
        page[f"A{row}"], page[f"B{row}"] = name, "亿元" if row < 6 else "吨"
        for column in "ABCDEFGH":
            page[f"{column}{row}"].border = BOX
        page[f"C{row}"].number_format = "#,##0.00"
        page[f"D{row}"].number_format = "0.0%"
    page["A7"], page["C7"] = "合计", "=SUM(C4:C5)"
    page["C7"].font = Font(bold=True)
    page["A8"] = "填报单位："
    page["E8"] = "填表日期："
    page["F8"].number_format = "yyyy-mm-dd"


def _furniture(page: Worksheet) -> None:
    for column, width in zip("ABCDEFGH", (24, 9, 13.5, 11, 11, 11, 8, 20), strict=True):
        page.column_dimensions[column].width = width
    page.row_dimensions[1].height = 34.5
    page.column_dimensions["H"].hidden = True
    rule = DataValidation(type="decimal", operator="greaterThan", formula1="0")
    rule.add("C4:C6")
    page.add_data_validation(rule)
    red = PatternFill("solid", bgColor="FFFFC7CE")
    page.conditional_formatting.add("E4:E6", _less_than("60", red))
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", 9
    page.print_title_rows, page.freeze_panes = "1:3", "C4"


def _less_than(text: str, fill: PatternFill) -> Rule:
    return Rule(
        type="cellIs", operator="lessThan", formula=[text], dxf=DifferentialStyle(fill=fill)
    )


def _seal() -> Image:
    file = io.BytesIO()
    Picture.new("RGB", (40, 40), "red").save(file, "PNG")
    file.seek(0)
    return Image(file)


@dataclass(frozen=True)
class Difference:
    """Something that is not as it was."""

    where: str
    before: Any
    after: Any


def differences(before: bytes, after: bytes) -> list[Difference]:
    """Hold two workbooks against each other: cells, formats, merges, widths, furniture."""
    old, new = openpyxl.load_workbook(io.BytesIO(before)), openpyxl.load_workbook(io.BytesIO(after))
    found = [Difference("sheets", old.sheetnames, new.sheetnames)]
    for page in old.worksheets:
        found += _of_page(page, new[page.title])
    return [each for each in found if each.before != each.after]


def _of_page(old: Worksheet, new: Worksheet) -> Iterator[Difference]:
    for row in range(1, max(old.max_row, new.max_row) + 1):
        for column in range(1, max(old.max_column, new.max_column) + 1):
            one, other = old.cell(row, column), new.cell(row, column)
            where = f"{old.title}!{one.coordinate}"
            yield Difference(where, one.value, other.value)
            yield Difference(f"{where} style", _style(one), _style(other))
    for name, said in _furnished(old).items():
        yield Difference(f"{old.title} {name}", said, _furnished(new)[name])


def _style(cell: Any) -> tuple[Any, ...]:  # noqa: ANN401  # merged cells are no cells
    return (
        cell.number_format, repr(cell.font), repr(cell.fill), repr(cell.border),
        repr(cell.alignment), repr(cell.protection),
    )  # fmt: skip


def _furnished(page: Worksheet) -> dict[str, Any]:
    return {
        "merged": sorted(map(str, page.merged_cells.ranges)),
        "widths": {k: (d.width, d.hidden) for k, d in page.column_dimensions.items()},
        "heights": {k: d.height for k, d in page.row_dimensions.items() if d.height},
        "validations": [(str(v.sqref), v.formula1) for v in page.data_validations.dataValidation],
        "conditions": [str(each.sqref) for each in page.conditional_formatting],
        "print": (page.page_setup.orientation, page.print_title_rows, page.print_area),
        "panes": page.freeze_panes,
        "state": page.sheet_state,
        "pictures": len(vars(page)["_images"]),
    }
