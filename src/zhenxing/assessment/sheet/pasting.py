"""A table pasted from Word or Excel as a first draft: columns by their headings, rules by words.

Nothing is taken for certain: every guess stands beside the words it was made from.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from zhenxing.assessment.sheet.guessing import Guess, guessed
from zhenxing.assessment.sheet.rows import Block, Row, Sheet
from zhenxing.kernel.problems import Problem

Grid = Sequence[Sequence[str]]
HEADINGS: Mapping[str, tuple[str, ...]] = {
    "points": ("分值", "权重", "满分", "标准分", "分数"),
    "rule": ("计分", "评分", "办法", "标准", "细则", "规则"),
    "lead": ("责任", "牵头", "主管", "部门", "数据来源", "考核单位"),
    "target": ("目标", "任务"),
    "section": ("一级", "类别", "部分", "领域", "方面", "大类"),
    "name": ("指标", "考核内容", "内容", "分项", "项目", "事项"),
}
NUMBER = re.compile(r"^(\d+(?:\.\d+)?)\s*(?:分|%)?$")
SUMS = ("合计", "总计", "总分", "小计")
DEEPEST = 6
LARGEST = 2_000


@dataclass(frozen=True)
class Line:
    """One item of the draft beside what the table said."""

    section: str
    name: str
    points: str
    words: str
    guess: Guess
    lead: str = ""
    target: str = ""


@dataclass(frozen=True)
class Pasted:
    """What a pasted table came to."""

    lines: tuple[Line, ...]
    problems: tuple[Problem, ...]
    columns: Mapping[str, str] = field(default_factory=dict)

    @property
    def understood(self) -> int:
        """How many rules were made sense of."""
        return sum(line.guess.is_understood for line in self.lines)


def grid_of(text: str) -> list[list[str]]:
    r"""Cut pasted text into cells: Excel puts tabs between them and quotes around line feeds.

    >>> grid_of('指标\t分值\n"固定\n资产投资"\t6')
    [['指标', '分值'], ['固定资产投资', '6']]
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    if "\t" in lines:
        rows = list(csv.reader(lines.splitlines(keepends=True), delimiter="\t"))
    else:
        cut = re.compile(r"\s*[|\uff5c]\s*|\s{2,}")
        rows = [cut.split(line.strip().strip("|\uff5c")) for line in lines.split("\n")]
    found = [["".join(cell.split("\n")).strip() for cell in row] for row in rows[:LARGEST]]
    return [row for row in found if any(row) and not all(set(cell) <= set("-: ") for cell in row)]


def pasted(grid: Grid) -> Pasted:
    """Read a table; what cannot be read is told with its row."""
    head, columns = _columns(grid)
    if "name" not in columns:
        what = "没有认出哪一列是指标名称"
        advice = "请连表头一起粘贴，表头写明指标（考核内容）、分值、计分办法、责任部门"
        return Pasted((), (Problem("粘贴的表", what, advice),))
    lines, problems = [], []
    for line, fault in _lines(grid, head, columns):
        lines += [line] if line else []
        problems += [fault] if fault else []
    names = {
        role: (grid[head][index] if head >= 0 else f"第{index + 1}列")
        for role, index in columns.items()
    }
    if not lines:
        problems.append(Problem("粘贴的表", "表头下面没有一行指标", "请连内容一起粘贴"))
    return Pasted(tuple(lines), tuple(problems), names)


def _columns(grid: Grid) -> tuple[int, dict[str, int]]:
    """Find the row of headings and what each column holds; without one, judge by the contents."""
    for number, row in enumerate(grid[:DEEPEST]):
        found: dict[str, int] = {}
        for index, cell in enumerate(row):
            role = next((role for role, words in HEADINGS.items() if _has(cell, words)), "")
            if role and len(cell) <= 12:  # noqa: PLR2004  # a heading, not a sentence
                found.setdefault(role, index)
        if len(found) > 1 and "name" in found:
            return number, found
    width = max((len(row) for row in grid), default=0)
    numbers = [index for index in range(width) if _share(grid, index) > 0.5]  # noqa: PLR2004  # most
    if not numbers or numbers[0] == 0:
        return -1, {}
    found = {"points": numbers[0], "name": numbers[0] - 1}
    return -1, found | ({"rule": numbers[0] + 1} if numbers[0] + 1 < width else {})


def _has(cell: str, words: Sequence[str]) -> bool:
    return any(word in cell for word in words)


def _share(grid: Grid, index: int) -> float:
    cells = [row[index] for row in grid if index < len(row) and row[index]]
    return sum(bool(NUMBER.match(cell)) for cell in cells) / len(cells) if cells else 0.0


def _lines(
    grid: Grid, head: int, columns: Mapping[str, int]
) -> Iterator[tuple[Line | None, Problem | None]]:
    section = ""
    for number, row in enumerate(grid[head + 1 :], head + 2):
        cells = {role: row[index] if index < len(row) else "" for role, index in columns.items()}
        name = cells["name"]
        section = cells.get("section") or section
        if _has(name, SUMS) or _has(cells.get("section", ""), SUMS):
            continue
        filled = [cell for cell in row if cell]
        if len(filled) == 1:
            section = re.sub(r"^[一二三四五六七八九十]+、|（[^）]*分）$", "", filled[0])
            continue
        if not name:
            yield None, Problem(f"第{number}行", "没有指标名称", "请看是不是合并的格，补上再粘贴")
            continue
        yield _line(cells, section, number)


def _line(cells: Mapping[str, str], section: str, number: int) -> tuple[Line, Problem | None]:
    name, written, words = cells["name"], cells.get("points", ""), cells.get("rule", "")
    match = NUMBER.match(written)
    fault = None
    if match is None:
        what = f"「{name}」的分值「{written}」不是数" if written else f"「{name}」没有分值"
        fault = Problem(f"第{number}行", what, "请在表格编辑里补上")
    guess = guessed(words, name)
    if not guess.is_understood:
        what = f"「{name}」的计分办法没有看懂" if words else f"「{name}」没有计分办法"
        fault = Problem(f"第{number}行", what, "请在表格编辑里选一种计分办法")
    points = match[1] if match else ""
    return (
        Line(section, name, points, words, guess, cells.get("lead", ""), cells.get("target", "")),
        fault,
    )


def sheet_of(found: Pasted, head: Mapping[str, str], codes: Mapping[str, str]) -> Sheet:
    """Make the draft's rows; `codes` are the dictionary's codes by name."""
    sheet = Sheet(dict(head))
    blocks: dict[str, Block] = {}
    for line in found.lines:
        block = _block(sheet, blocks, line.section)
        row = Row({"name": line.name}, line.guess.kind, dict(line.guess.cells))
        more = {
            "points": line.points if block.is_section or line.points else "",
            "value": codes.get(line.name, ""),
            "lead": line.lead,
            "target": line.target if NUMBER.match(line.target) else "",
        }
        row.cells |= {name: text for name, text in more.items() if text}
        block.rows.append(row)
    return sheet.numbered()


def _block(sheet: Sheet, blocks: dict[str, Block], section: str) -> Block:
    if "加分" in section:
        return sheet.bonus
    if "扣分" in section or "减分" in section:
        return sheet.penalties
    if section not in blocks:
        blocks[section] = Block("s", {"name": section or "考核内容"})
        sheet.sections.append(blocks[section])
    return blocks[section]
