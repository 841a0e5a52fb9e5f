"""From a workbook to what it says, with everything that is wrong or odd about it at once."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from zhenxing.documents.services import Cell, Sheet, Workbook
from zhenxing.kernel.periods import Period, PeriodError
from zhenxing.kernel.problems import Problem, errors
from zhenxing.reporting.choices import PARTS
from zhenxing.reporting.form import checks, claiming, identity, layout
from zhenxing.reporting.form.answers import Answer, Content
from zhenxing.reporting.form.numerals import number_in
from zhenxing.writing.legible import legible, one_line

if TYPE_CHECKING:
    from datetime import datetime
    from decimal import Decimal

    from zhenxing.reporting.form.questions import Form, Question

NEW_FORM = "请到填报页下载最新的表，把数填进去再传"
MOST_LINES = 300
LONGEST_NUMBER = 9  # digits of a version's number
_FORMULA_STARTS = frozenset("=+-@")


@dataclass(frozen=True)
class Marks:
    """What a form says about itself: whose it is, and which lines it asked."""

    said: dict[str, str]
    lines: list[list[str]]

    @property
    def is_whole(self) -> bool:
        """Whether nothing in it was changed since it was downloaded."""
        return self.said.get("hash") == identity.digest(self.said, self.lines)


@dataclass(frozen=True)
class FormRead:
    """What a form says; `problems` are errors (nothing may be kept) and remarks, in form order.

    `made` is when it was downloaded, `claimed` when it says it was finished, by the wall's clock.
    """

    content: Content = field(default_factory=Content)
    problems: tuple[Problem, ...] = ()
    claimed: datetime | None = None
    made: datetime | None = None

    @property
    def is_good(self) -> bool:
        """Whether the form may be handed in."""
        return not errors(self.problems)


def marks_of(book: Workbook, name: str) -> Marks | Problem:
    """Read what a workbook says about itself, or say that it is no form of this system."""
    missing = [
        title for title in (layout.FIGURES, layout.WORDS, layout.MARKS) if book.sheet(title) is None
    ]
    sheet = book.sheet(layout.MARKS)
    if sheet is None or missing:
        what = f"缺少{'、'.join(f'「{title}」' for title in missing)}工作表，不是从本系统下载的报表"
        return Problem(name, what, NEW_FORM)
    said = {key: sheet.text(f"B{row}") for key, (row, _) in layout.MARK_ROWS.items()}
    lines = []
    for row in range(layout.FIRST_LISTED, layout.FIRST_LISTED + MOST_LINES):
        line = [sheet.text(f"{column}{row}") for column in "ABCDE"]
        if not any(line):
            break
        lines.append(line)
    return Marks(said, lines)


def read(book: Workbook, marks: Marks, form: Form) -> FormRead:
    """Read a workbook as the form that is asked for now; see `Form` for what is compared."""
    # The versions of another month or town have nothing to do with this one's.
    problems = _identity(marks, form) or _version(marks, form)
    if problems and not _same_lines(marks, form):
        return FormRead(problems=tuple(problems))
    if not problems:
        problems += _lines(marks, form)
    figures, words = book.sheet(layout.FIGURES) or Sheet(""), book.sheet(layout.WORDS) or Sheet("")
    answers, told = _answers(figures, form)
    parts, said = _parts(words)
    claimed, unclear = claiming.claimed(words)
    content = Content(answers, parts)
    problems += told + said + unclear + _strays(figures, form)
    if content.is_blank and not errors(problems):
        problems.append(Problem(layout.FIGURES, "一个数、一段文字都没有填", "请填好再传"))
    if not errors(problems):
        problems += checks.remarks(form, content)
    return FormRead(content, tuple(problems), claimed, claiming.made(marks.said["made"]))


def _identity(marks: Marks, form: Form) -> list[Problem]:
    """Whose form it is: system, month, town, group, and whether it is still whole."""
    said = marks.said

    def wrong(key: str, what: str, next_: str = NEW_FORM) -> Problem:
        return Problem(f"{layout.MARKS}!B{layout.MARK_ROWS[key][0]}", what, next_)

    if said["format"] != layout.FORMAT or not marks.is_whole:
        what = "表的结构被改动过（系统信息与校验码不符），不能确认每一格是什么"
        return [
            wrong("hash", what, "请下载空表，只把数复制过去（选择性粘贴→数值），不要改系统信息页")
        ]
    found = []
    if said["site"] != form.site:
        found.append(wrong("site", f"是「{said['site']}」的表，本站是「{form.site}」"))
    if said["period"] != str(form.period):
        what = f"是{_label(said['period'])}的表，这里收{form.period.label}的表"
        found.append(wrong("period", what))
    if said["unit"] != form.unit:
        what = f"是{said['unit']}的表，不是{form.unit_name}（{form.unit}）的表"
        found.append(wrong("unit", what, "请传本镇的表；别的镇的表只能由该镇报送"))
    elif said["group"] != form.group:
        what = f"是{said['group']}的表，不是{form.group_name}（{form.group}）的表"
        found.append(wrong("group", what, "请传本专班的表"))
    return found


def _version(marks: Marks, form: Form) -> list[Problem]:
    """Whether the form builds on the latest version."""
    base = marks.said["base_version"]
    where = f"{layout.MARKS}!B{layout.MARK_ROWS['base_version'][0]}"
    if base == str(form.base_version) or not marks.is_whole:
        return []
    if not base.isdecimal() or len(base) > LONGEST_NUMBER or int(base) > form.base_version:
        return [Problem(where, f"基于第{base[:9]}版，但还没有这一版", NEW_FORM)]
    on = f"在第{base}版" if base != "0" else "还没有人提交时"
    what = f"这张表是{on}下载的，现在最新是第{form.base_version}版，直接提交会盖掉别人填的数"
    return [Problem(where, what, "请下载最新的表，把要改的数填进去再传；和最新版不同的格列在下面")]


def _same_lines(marks: Marks, form: Form) -> bool:
    """Whether the lines are those asked for, so that reading on says something true."""
    return marks.is_whole and marks.lines == identity.listed(form)


def _lines(marks: Marks, form: Form) -> list[Problem]:
    """Lines that the form has and the dictionary no longer asks, and the other way round."""
    asked, had = identity.listed(form), marks.lines
    if asked == had:
        return []
    found = []
    for number, line in enumerate(had):
        if line not in asked:
            where = f"{layout.MARKS}!B{layout.FIRST_LISTED + number}"
            found.append(
                Problem(where, f"指标「{line[2]}」已不在本专班的报表里，或已改过口径", NEW_FORM)
            )
    found += [
        Problem(layout.FIGURES, f"缺少指标「{line[2]}」", NEW_FORM)
        for line in asked
        if line not in had
    ]
    return found or [Problem(layout.MARKS, "有重复的指标行", NEW_FORM)]


def _answers(sheet: Sheet, form: Form) -> tuple[dict[str, Answer], list[Problem]]:
    answers, problems = {}, []
    for question in form.questions:
        moved = _moved(sheet, question)
        if moved:
            problems += moved
            continue
        value, said = _entry(sheet, question, layout.ENTRY, question.locked)
        confirmed, told = _entry(sheet, question, layout.CONFIRM, question.confirm_locked)
        note = one_line(_words(sheet, f"{layout.NOTE}{question.row}"))
        problems += said + told
        if len(note) > layout.LONGEST_NOTE:
            where = layout.cell(layout.NOTE, question.row)
            what = f"备注有{len(note)}字，超过{layout.LONGEST_NOTE}字"
            problems.append(Problem(where, what, "请写短些，详细情况写到四段文字里"))
        if not question.locked or confirmed is not None:
            answers[question.code] = question.answered(value, confirmed, note)
    return answers, problems


def _entry(
    sheet: Sheet, question: Question, column: str, locked: str
) -> tuple[Decimal | None, list[Problem]]:
    reference = f"{column}{question.row}"
    where, cell = f"{sheet.name}!{reference}", sheet.cells.get(reference)
    if locked:
        return None, _lock_broken(cell, question, where, locked)
    span = sheet.covered(reference)
    if span:
        what = f"与别的格合并了（{span}），不知道数属于哪一格"
        return None, [Problem(where, what, "请取消合并，在各格里分别填数")]
    return number_in(cell, question, where)


def _lock_broken(cell: Cell | None, question: Question, where: str, locked: str) -> list[Problem]:
    """A number in a cell that asks none is told of, and not taken."""
    entered = cell.number if cell else None
    if entered is None or entered in {question.known, question.last}:
        return []
    what = f"{question.name}{locked}，表里填的{entered:f}不采用"
    return [Problem(where, what, "确需更正请走更正单", "warning")]


def _moved(sheet: Sheet, question: Question) -> list[Problem]:
    """Name and measure must stand where the form put them, or the row is another one."""
    found = []
    for column, asked in ((layout.NAME, question.name), (layout.MEASURE, question.measure)):
        said = _words(sheet, f"{column}{question.row}")
        if said != asked:
            what = f"这里应是「{asked}」，表里是「{said[:30]}」，行被移动、删除或改写"
            found.append(Problem(layout.cell(column, question.row), what, NEW_FORM))
    return found


def _strays(sheet: Sheet, form: Form) -> list[Problem]:
    """Content below the last line is an indicator nobody asked for."""
    last = max((question.row for question in form.questions), default=layout.HEAD_ROW)
    rows: dict[int, str] = {}
    for reference, cell in sheet.cells.items():
        row = int(reference.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
        if row > last and cell.text.strip():
            rows.setdefault(row, reference)
    return [
        Problem(
            f"{sheet.name}!{rows[row]}",
            f"第{row}行在报表之外（「{sheet.text(rows[row])[:30]}」），不知道是什么指标",
            "请删去这一行；要增加指标请找县里改指标目录",
        )
        for row in sorted(rows)[:20]
    ]


def _parts(sheet: Sheet) -> tuple[dict[str, str], list[Problem]]:
    parts, problems = {}, []
    for part, title in PARTS.items():
        text = _words(sheet, f"{layout.PART_TEXT}{layout.PART_ROWS[part]}")
        parts[part] = text
        if len(text) > layout.LONGEST_PART:
            what = f"{title}有{len(text)}字，超过{layout.LONGEST_PART}字"
            problems.append(Problem(layout.part_cell(part), what, "请写短些"))
    return parts, problems


def _words(sheet: Sheet, reference: str) -> str:
    """Give a cell's text without the sign that the form puts before what looks like a formula."""
    text = legible(sheet.text(reference)).strip()
    return text[1:] if text.startswith("'") and text[1:2] in _FORMULA_STARTS else text


def _label(key: str) -> str:
    try:
        return Period.parse(key).label
    except PeriodError:
        return f"「{key[:20]}」"
