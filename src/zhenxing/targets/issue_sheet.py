"""An issue as a workbook, out and in: a line an indicator and kind, a column a unit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from zhenxing.documents.services import read_workbook
from zhenxing.indicators.choices import Comparator, TargetKind
from zhenxing.kernel.problems import Problem
from zhenxing.targets.cells import Line, read_aim
from zhenxing.writing.sheet import Column, Sheet, sheet_names, to_xlsx

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from datetime import datetime

    from zhenxing.documents.services import Cell
    from zhenxing.documents.services import Sheet as ReadSheet
    from zhenxing.indicators.models import Indicator
    from zhenxing.organisation.models import Unit

NAME = "目标"
HEADINGS = ("指标编码", "指标", "计量单位", "类型", "比较")
HEAD_ROW, FIRST_ROW = 2, 3
FIRST_UNIT = len(HEADINGS)
MOST_ROWS = 500
NOTES = (
    "只填各单位列：留空是不在这次下达，/ 是无任务，** 是未公开，区间写 1—2，等次写优秀等。",
    "一个指标可有几行，类型不同：数值、增速（%）、位次、区间、等次、差距。要加一行，照样复制整行再改类型。",
)


@dataclass(frozen=True)
class SheetRead:
    """What a workbook said: lines for the units named in it, or everything that is wrong."""

    lines: tuple[Line, ...] = ()
    problems: tuple[Problem, ...] = ()


def written(
    title: str,
    indicators: Sequence[Indicator],
    units: Sequence[Unit],
    lines: Collection[Line],
    created: datetime,
) -> bytes:
    """Write an issue's lines, and an empty line for every other indicator."""
    said = {line.about: line.written for line in lines}
    signs = {(line.indicator, line.kind): line.comparator for line in lines}
    rows = []
    for each in indicators:
        kinds = [kind for code, kind in signs if code == each.code] or [TargetKind.VALUE.value]
        for kind in kinds:
            sign = signs.get((each.code, kind), _usual_sign(each))
            cells = tuple(said.get((unit.code, each.code, kind), "") for unit in units)
            rows.append(
                (each.code, each.name, each.measure, TargetKind(kind).label,
                 Comparator(sign).label, *cells)
            )  # fmt: skip
    columns = (
        *(Column(heading, width=12) for heading in HEADINGS),
        *(Column(f"{unit.code} {unit.name}", width=11) for unit in units),
    )
    sheet = Sheet(
        name=NAME, columns=columns, rows=tuple(rows), title=title, notes=NOTES, fixed_columns=2
    )
    return to_xlsx([sheet], title=title, issuer="镇兴", created=created)


def read(
    data: bytes, name: str, indicators: Mapping[str, Indicator], units: Mapping[str, Unit]
) -> SheetRead:
    """Read an issue's workbook; every problem names its cell."""
    book = read_workbook(data, name)
    if isinstance(book, Problem):
        return SheetRead(problems=(book,))
    sheet = book.sheet(sheet_names([NAME])[0])
    if sheet is None:
        what = f"没有名为「{NAME}」的工作表"
        return SheetRead(problems=(Problem(name, what, "请下载本页的表，把数填进去再传"),))
    columns, problems = _columns(sheet, units)
    lines: list[Line] = []
    for row in range(FIRST_ROW, FIRST_ROW + MOST_ROWS):
        for found in _row(sheet, row, columns, indicators):
            if isinstance(found, Problem):
                problems.append(found)
            else:
                lines.append(found)
    repeats = _repeats(lines)
    return SheetRead(tuple(lines), (*problems, *repeats))


def _columns(sheet: ReadSheet, units: Mapping[str, Unit]) -> tuple[dict[str, str], list[Problem]]:
    """Find each unit's column by the code that its head begins with."""
    columns, problems = {}, []
    for place, heading in enumerate(HEADINGS):
        cell = f"{_letters(place)}{HEAD_ROW}"
        if sheet.text(cell) != heading:
            what = f"表头应是「{heading}」，现在是「{sheet.text(cell)[:20]}」"
            problems.append(Problem(f"{NAME}!{cell}", what, "请下载本页的表，不要改表头"))
    place = FIRST_UNIT
    while head := sheet.text(f"{_letters(place)}{HEAD_ROW}"):
        code = head.partition(" ")[0]
        if code in units:
            columns[_letters(place)] = code
        else:
            where = f"{NAME}!{_letters(place)}{HEAD_ROW}"
            problems.append(
                Problem(where, f"没有「{code[:20]}」这个单位", "请改回单位编码开头的表头")
            )
        place += 1
    if not columns and not problems:
        where = f"{NAME}!{_letters(FIRST_UNIT)}{HEAD_ROW}"
        problems.append(Problem(where, "没有一个单位的列", "请下载本页的表再填"))
    return columns, problems


def _row(
    sheet: ReadSheet,
    row: int,
    columns: Mapping[str, str],
    indicators: Mapping[str, Indicator],
) -> Iterator[Line | Problem]:
    code = sheet.text(f"A{row}")
    cells = {letter: sheet.cells.get(f"{letter}{row}") for letter in columns}
    if all(map(_is_blank, cells.values())):
        return
    kinds = {label: value for value, label in TargetKind.choices}
    signs = {label: value for value, label in Comparator.choices}
    kind, sign = kinds.get(sheet.text(f"D{row}")), signs.get(sheet.text(f"E{row}"))
    if code not in indicators:
        yield Problem(f"{NAME}!A{row}", f"没有「{code[:40]}」这个指标", "请写指标编码")
    if kind is None:
        yield Problem(f"{NAME}!D{row}", "类型不认识", f"请写{'、'.join(kinds)}之一")
    if sign is None:
        yield Problem(f"{NAME}!E{row}", "比较不认识", f"请写{'、'.join(signs)}之一")
    if code not in indicators or kind is None or sign is None:
        return
    for letter, unit in columns.items():
        yield _cell(cells[letter], Line(unit, code, kind, sign, ""), f"{NAME}!{letter}{row}")


def _cell(cell: Cell | None, line: Line, where: str) -> Line | Problem:
    if cell is None or _is_blank(cell):
        return line
    if cell.shown != "plain":
        word = "百分比" if cell.shown == "percent" else "日期"
        what = f"单元格是{word}格式，存的是{cell.text[:20]}"
        return Problem(where, what, "请把格式改成“常规”，只写数字，如 8.5")
    if cell.kind not in {"number", "text"}:
        return Problem(where, "不是数也不是文字", "请写成数值，不要留错误值")
    number = cell.number
    said = Line(
        line.unit, line.indicator, line.kind, line.comparator,
        cell.text if number is None else f"{number:f}",
    )  # fmt: skip
    aim = read_aim(said, where)
    return aim if isinstance(aim, Problem) else said


def _is_blank(cell: Cell | None) -> bool:
    """Whether a cell says nothing; a formula whose result was never stored says something."""
    return cell is None or (cell.kind != "uncomputed" and not cell.text.strip())


def _repeats(lines: Sequence[Line]) -> list[Problem]:
    seen, twice = set(), set()
    for line in lines:
        if line.about in seen:
            twice.add((line.indicator, line.kind))
        seen.add(line.about)
    return [
        Problem(NAME, f"{code}的{TargetKind(kind).label}目标写了两行", "请只留一行")
        for code, kind in sorted(twice)
    ]


def _usual_sign(indicator: Indicator) -> str:
    return Comparator.AT_LEAST if indicator.direction == "higher" else Comparator.AT_MOST


def _letters(place: int) -> str:
    """Give a column's letters from its place, counted from nought."""
    letters, number = "", place + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
