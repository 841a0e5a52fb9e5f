"""The Excel form: only the entries can be changed, everything else says what is already known."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, cast

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.properties import PageSetupProperties

from zhenxing.kernel.wording import chinese_date
from zhenxing.reporting.choices import PARTS
from zhenxing.reporting.form import identity, layout
from zhenxing.reporting.form.questions import TITLE
from zhenxing.writing.archive import Label, settle
from zhenxing.writing.sheet import guarded

if TYPE_CHECKING:
    from datetime import datetime
    from decimal import Decimal

    from openpyxl.worksheet.worksheet import Worksheet

    from zhenxing.reporting.form.answers import Content
    from zhenxing.reporting.form.questions import Form, Question

WIDTHS = dict(zip(layout.HEADS, (24, 9, 13, 12, 12, 13, 13, 13, 26), strict=True))
FACE = "宋体"
LINE = Side(style="thin", color="FF9AA3AE")
BOX = Border(LINE, LINE, LINE, LINE)
KNOWN = PatternFill("solid", fgColor="FFF2F2F2")
OPEN = PatternFill("solid", fgColor="FFFFFBE6")
A4 = 9
PART_HEIGHT = 150
GUIDE = (
    "只填浅黄色的格。本月数：没有发生填0，还不知道留空。上月全月数：确认后快报转为初步数，不填仍按快报计。"
    "目标不是数，请勿照抄。"
)


def written(form: Form, made: datetime) -> bytes:
    """Give the form as an .xlsx; equal forms made at one moment give equal bytes."""
    book = Workbook()
    book.remove(book.worksheets[0])
    _figures(book.create_sheet(layout.FIGURES), form)
    _words(book.create_sheet(layout.WORDS), form)
    _marks(book.create_sheet(layout.MARKS), form, made)
    book.security.lockStructure = True
    file = io.BytesIO()
    book.save(file)
    return settle(file.getvalue(), Label(form.title, form.unit_name, made))


def _figures(page: Worksheet, form: Form) -> None:
    _head(page, form, "I")
    for column, title in layout.HEADS.items():
        page.column_dimensions[column].width = WIDTHS[column]
        cell = _put(page, f"{column}{layout.HEAD_ROW}", title)
        cell.font, cell.fill, cell.border = Font(name=FACE, size=10, bold=True), KNOWN, BOX
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    page.row_dimensions[layout.HEAD_ROW].height = 30
    for question in form.questions:
        _line(page, question, form.filled)
        _only_numbers(page, question)
    page.freeze_panes = f"B{layout.FIRST_ROW}"
    _finish(page, landscape=True)


def _line(page: Worksheet, question: Question, filled: Content | None) -> None:
    row, answer = question.row, filled.answers.get(question.code) if filled else None
    for column, text in (
        (layout.NAME, question.name),
        (layout.MEASURE, question.measure),
        (layout.MEANING, question.meaning),
        (layout.TARGET, question.target),
    ):
        _boxed(_put(page, f"{column}{row}", text), KNOWN)
    if question.definition:
        page[f"{layout.NAME}{row}"].comment = _note(f"口径：{question.definition}")
    for column, value in ((layout.LAST_YEAR, question.last_year), (layout.LAST, question.last)):
        _number(page, f"{column}{row}", value, question)
        _boxed(_at(page, f"{column}{row}"), KNOWN)
    entries = (
        (layout.ENTRY, question.locked, answer.value if answer else None, question.known),
        (layout.CONFIRM, question.confirm_locked, answer.confirmed if answer else None, None),
    )
    for column, locked, value, known in entries:
        cell = _number(page, f"{column}{row}", known if locked else value, question)
        if locked:
            cell.comment = _note(locked)
        if locked and known is None:
            _put(page, f"{column}{row}", locked).alignment = Alignment(horizontal="center")
        _boxed(cell, KNOWN if locked else OPEN, is_open=not locked)
    note = _put(page, f"{layout.NOTE}{row}", answer.note if answer else "")
    _boxed(note, OPEN, is_open=True)
    note.alignment = Alignment(vertical="center", wrap_text=True)


def _only_numbers(page: Worksheet, question: Question) -> None:
    """Let the spreadsheet itself refuse words in an entry; what is pasted is checked on reading."""
    lowest = "0" if not question.may_be_negative else "-99999999999999"
    rule = DataValidation(
        type="decimal" if question.decimals else "whole",
        operator="between",
        formula1=lowest,
        formula2="99999999999999",
        allow_blank=True,
    )
    places = f"最多{question.decimals}位小数" if question.decimals else "整数"
    rule.errorTitle, rule.error = (
        "这里填数",
        f"{question.name}以{question.measure}计，{places}；不要写单位、逗号和文字。",
    )
    rule.promptTitle, rule.prompt = (
        question.name[:32],
        f"{question.meaning}，{question.measure}，{places}。没有发生填0，还不知道留空。",
    )
    rule.showErrorMessage = rule.showInputMessage = True
    for column, locked in (
        (layout.ENTRY, question.locked),
        (layout.CONFIRM, question.confirm_locked),
    ):
        if not locked:
            rule.add(f"{column}{question.row}")
    if rule.sqref:
        page.add_data_validation(rule)


def _words(page: Worksheet, form: Form) -> None:
    _head(page, form, "B")
    page.column_dimensions[layout.PART_LABEL].width = 14
    page.column_dimensions[layout.PART_TEXT].width = 84
    for part, title in PARTS.items():
        row = layout.PART_ROWS[part]
        label = _put(page, f"{layout.PART_LABEL}{row}", title)
        label.font = Font(name=FACE, size=11, bold=True)
        _boxed(label, KNOWN)
        text = form.filled.parts.get(part, "") if form.filled else ""
        cell = _put(page, f"{layout.PART_TEXT}{row}", text)
        _boxed(cell, OPEN, is_open=True)
        cell.alignment = Alignment(vertical="top", wrap_text=True)
        before = form.parts_before.get(part, "")
        if before:
            label.comment = _note(f"上月写的：{before[:400]}")
        page.row_dimensions[row].height = PART_HEIGHT
    _claim(page)
    page.freeze_panes = "A3"
    _finish(page, landscape=False)


def _claim(page: Worksheet) -> None:
    """Let who fills the form without a network say when it was finished."""
    label = _put(page, f"{layout.PART_LABEL}{layout.CLAIMED_ROW}", layout.CLAIMED)
    _boxed(label, KNOWN)
    label.alignment = Alignment(vertical="center", wrap_text=True)
    label.comment = _note(
        "没有网络、填好后才补传的，写填好的时间，如2023-10-24 17:30；收到时间另记。"
    )
    cell = _at(page, f"{layout.PART_TEXT}{layout.CLAIMED_ROW}")
    cell.number_format = "yyyy-mm-dd hh:mm"
    _boxed(cell, OPEN, is_open=True)
    cell.alignment = Alignment(horizontal="left", vertical="center")
    page.row_dimensions[layout.CLAIMED_ROW].height = 30


def _marks(page: Worksheet, form: Form, made: datetime) -> None:
    """Write whose form it is; hidden, since nobody has anything to do there."""
    _put(page, "A1", "本页由系统写入，请勿改动；改动后表不能上传。")
    for key, text in identity.said(form, made).items():
        row, title = layout.MARK_ROWS[key]
        _put(page, f"A{row}", title)
        _put(page, f"B{row}", text)
    for place, title in enumerate(("行", "指标编码", "指标", "计量单位", "期间")):
        _put(page, f"{'ABCDE'[place]}{layout.FIRST_LISTED - 1}", title)
    for number_, line in enumerate(identity.listed(form), start=layout.FIRST_LISTED):
        for place, text in enumerate(line):
            _put(page, f"{'ABCDE'[place]}{number_}", text)
    page.sheet_state = "hidden"
    page.protection.sheet = True


def _head(page: Worksheet, form: Form, last: str) -> None:
    title = _put(page, "A1", form.title)
    title.font, title.alignment = Font(name=FACE, size=14, bold=True), Alignment(vertical="center")
    due = f"{chinese_date(form.due)}24时截止"
    base = f"在第{form.base_version}版基础上修改" if form.base_version else "第一次报送"
    words = _put(page, "A2", f"【{TITLE}】{due}；{base}。{GUIDE}")
    words.font = Font(name=FACE, size=10)
    words.alignment = Alignment(vertical="center", wrap_text=True)
    page.merge_cells(f"A1:{last}1")
    page.merge_cells(f"A2:{last}2")
    page.row_dimensions[1].height, page.row_dimensions[2].height = 26, 32


def _finish(page: Worksheet, *, landscape: bool) -> None:
    page.protection.sheet = True
    page.protection.formatCells = page.protection.formatColumns = page.protection.formatRows = False
    page.page_setup.paperSize = A4
    page.page_setup.orientation = "landscape" if landscape else "portrait"
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.print_title_rows = f"1:{layout.HEAD_ROW if landscape else 2}"
    page.print_options.horizontalCentered = True
    page.HeaderFooter.oddHeader = HeaderFooterItem(right=_HeaderFooterPart(text=TITLE))
    numbers = _HeaderFooterPart(text="第 &P 页，共 &N 页")
    page.HeaderFooter.oddFooter = HeaderFooterItem(center=numbers)


def _number(page: Worksheet, reference: str, value: Decimal | None, question: Question) -> Cell:
    cell = _at(page, reference)
    cell.value = value
    places = "." + "0" * question.decimals if question.decimals else ""
    cell.number_format = f"#,##0{places}"
    cell.alignment = Alignment(horizontal="right", vertical="center")
    return cell


def _put(page: Worksheet, reference: str, text: str) -> Cell:
    """Write text that Excel takes for text whatever it looks like."""
    cell = _at(page, reference)
    if text:
        cell.value = guarded(text)
        cell.data_type = "s"
    return cell


def _boxed(cell: Cell, fill: PatternFill, *, is_open: bool = False) -> None:
    cell.border, cell.fill = BOX, fill
    cell.protection = Protection(locked=not is_open)
    if not cell.font.b:
        cell.font = Font(name=FACE, size=11)


def _note(text: str) -> Comment:
    note = Comment(text, TITLE)
    note.width, note.height = 320, 120
    return note


def _at(page: Worksheet, reference: str) -> Cell:
    return cast("Cell", page[reference])
