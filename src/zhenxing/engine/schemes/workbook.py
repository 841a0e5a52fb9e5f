"""A scoring as the pages of a workbook that an office signs: summary, items, arithmetic, problems.

Plain data: `writing.workbook` makes the file. Every sheet has a scored unit in the same line, so
that a clerk can follow a total from the summary to the figures; a cell is a formula only where its
result is the published number.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from zhenxing.engine.schemes.explaining import parts_of
from zhenxing.engine.schemes.planning import ItemPlan
from zhenxing.engine.schemes.results import Row
from zhenxing.engine.schemes.runs import Run
from zhenxing.engine.schemes.scheme import Item
from zhenxing.engine.schemes.sheets import (
    Cell,
    Column,
    Page,
    cell_name,
    item_page_name,
    value_of,
)
from zhenxing.engine.schemes.spreadsheet import score_formula
from zhenxing.engine.schemes.words import rule_words
from zhenxing.kernel.rounding import half_up
from zhenxing.kernel.worked import Worked

ZERO = Decimal(0)
NAMED = 2  # code and name stand first on every sheet
ITEMS = "分项得分"
BLANK = "____________"
SIGNED = ("计分人", "复核人", "分管负责人", "日期")


def pages(this: Run, version: str) -> list[Page]:
    """Return the workbook's pages; version: of the engine, printed beside the hash of the rules."""
    return _Book(this, version).pages()


@dataclass(frozen=True, slots=True)
class _Part:
    """A section, the bonus or the penalties on the sheet of items: its columns and its sum's."""

    id: str
    name: str
    items: tuple[Item, ...]
    first: int

    @property
    def sum_at(self) -> int:
        return self.first + len(self.items)


class _Book:
    def __init__(self, this: Run, version: str) -> None:
        self.this, self.scheme, self.version = this, this.scheme, version
        self.rows = [row for row in this.result.rows if row.items]
        self.parts = list(self._parts())
        plans = this.compiled.plan.items if this.compiled is not None else ()
        self.plans: dict[str, ItemPlan] = {each.item.id: each for each in plans}
        self.names = {
            item.id: item_page_name(number, item.name)
            for number, item in enumerate(self.scheme.items, start=1)
        }

    def _parts(self) -> Iterator[_Part]:
        place = NAMED
        for key, (name, items) in parts_of(self.scheme).items():
            yield _Part(key, name, items, place)
            place += len(items) + 1

    def pages(self) -> list[Page]:
        if not self.rows:
            return [self._problems()]
        items = {item.id: self._item(item) for item in self.scheme.items}
        matrix = self._matrix(items)
        return [self._summary(matrix), matrix, *items.values(), self._problems()]

    def _named(self, row: Row) -> tuple[str, str]:
        return row.unit, self.this.units[row.unit].name

    def _item(self, item: Item) -> Page:
        names = list(self.plans[item.id].legend)
        columns = (
            Column("编码", 8), Column("单位", 14), *(Column(name, 14) for name in names),
            Column("分值P", 8), Column("得分", 10, self.scheme.item_places), Column("算法", 60),
        )  # fmt: skip
        rows = tuple(self._item_row(item, names, at) for at in range(len(self.rows)))
        notes = [f"办法：{rule_words(item.rule, lower=item.lower)}"]
        notes += [f"责任部门：{item.lead}"] if item.lead else []
        notes += ["x为取数，T为目标，P为分值，n为组内单位数，r为组内名次。"]
        title = f"{item.name}（{self.this.result.period}）"
        return Page(self.names[item.id], title, columns, rows, tuple(notes), NAMED)

    def _item_row(self, item: Item, names: Sequence[str], at: int) -> tuple[Cell, ...]:
        row = self.rows[at]
        result = row.items[item.id]
        read: list[Cell] = [_cell(result.inputs[name]) for name in names]
        points = _cell(result.points or None)
        known = {**dict(zip(names, read, strict=True)), "P": points}
        figures = {name: cell for name, cell in known.items() if isinstance(cell, Decimal)}
        cells = {name: cell_name(NAMED + place, at) for place, name in enumerate([*names, "P"])}
        score: Cell = "—" if result.score is None else Decimal(result.score)
        if result.score is not None:
            places = self.scheme.item_places
            score = score_formula(item, cells, figures, result.score, places) or score
        return (*self._named(row), *read, points, score, result.why)

    def _matrix(self, items: dict[str, Page]) -> Page:
        places = self.scheme.item_places
        columns = [Column("编码", 8), Column("单位", 14)]
        for part in self.parts:
            columns += [Column(item.name, 12, places) for item in part.items]
            columns.append(Column(f"{part.name}小计", 12, places))
        rows = tuple(self._matrix_row(items, at) for at in range(len(self.rows)))
        title = f"{self.scheme.name}分项得分（{self.this.result.period}）"
        notes = ("“—”为没有得分，原因见该分项的表；扣分项按正数列，汇总时减去。",)
        return Page(ITEMS, title, tuple(columns), rows, notes, NAMED)

    def _matrix_row(self, items: dict[str, Page], at: int) -> tuple[Cell, ...]:
        cells: list[Cell] = list(self._named(self.rows[at]))
        for part in self.parts:
            for item in part.items:
                page = items[item.id]
                value = value_of(page.rows[at][-2])
                link = f"'{page.name}'!{cell_name(len(page.columns) - 2, at)}"
                cells.append("—" if value is None else Worked(link, value))
            cells.append(self._sum(part, cells[part.first :], at))
        return tuple(cells)

    def _sum(self, part: _Part, cells: Sequence[Cell], at: int) -> Cell:
        known = [value for cell in cells if (value := value_of(cell)) is not None]
        text = f"SUM({cell_name(part.first, at)}:{cell_name(part.sum_at - 1, at)})"
        value = sum(known, ZERO)
        caps = {"bonus": self.scheme.bonus.cap, "penalties": self.scheme.penalties.cap}
        cap = caps.get(part.id)
        if cap is None:
            return Worked(text, value)
        return Worked(f"MIN({text},{cap:f})", min(value, cap))

    def _summary(self, matrix: Page) -> Page:
        places = self._places()
        columns = [Column("编码", 8), Column("单位", 14)]
        columns += [Column("组别", 10)] if self.scheme.group_by else []
        columns += [Column("名次", 6)]
        columns += [Column(part.name, 12, places) for part in self.parts]
        columns += [Column("总分", 10, places)]
        columns += [Column("等次", 8)] if self.scheme.grades else []
        columns += [Column("备注", 24)]
        rows = tuple(self._summary_row(matrix, at) for at in range(len(self.rows)))
        title = f"{self.scheme.name}汇总表（{self.this.result.period}）"
        return Page("汇总", title, tuple(columns), rows, tuple(self._foot()), NAMED)

    def _places(self) -> int:
        places = self.scheme.total_places
        return self.scheme.item_places if places is None else places

    def _summary_row(self, matrix: Page, at: int) -> tuple[Cell, ...]:
        row = self.rows[at]
        cells: list[Cell] = [*self._named(row)]
        cells += [row.group or ""] if self.scheme.group_by else []
        cells.append("—" if row.rank is None else Decimal(row.rank))
        first = len(cells)
        for part in self.parts:
            value = value_of(matrix.rows[at][part.sum_at]) or ZERO
            cells.append(Worked(f"'{ITEMS}'!{cell_name(part.sum_at, at)}", value))
        total, remark = self._total(row, cells[first:], first, at)
        cells.append(total)
        cells += [row.grade or ""] if self.scheme.grades else []
        return (*cells, remark)

    def _total(self, row: Row, sums: Sequence[Cell], first: int, at: int) -> tuple[Cell, str]:
        """Return the total, as a formula where the sums of the parts give it, and a remark."""
        said = [] if row.eligible else ["取消评先"]
        if row.total is None:
            return "暂缺", "，".join([*said, "有分项没有得分"])
        said += ["未排名"] if row.rank is None else []
        signs = ["-" if part.id == "penalties" else "+" for part in self.parts]
        pairs = zip(signs, sums, strict=True)
        value = sum(((value_of(cell) or ZERO) * int(f"{sign}1") for sign, cell in pairs), ZERO)
        if self.scheme.total is None and half_up(value, self._places()) == Decimal(row.total):
            terms = "".join(f"{sign}{cell_name(first + i, at)}" for i, sign in enumerate(signs))
            formula = f"ROUND({terms.removeprefix('+')},{self._places()})"
            return Worked(formula, Decimal(row.total)), "，".join(said)
        words = "总分不是各板块直接相加" if self.scheme.total is None else "总分按方案的算式"
        return Decimal(row.total), "，".join([*said, words])

    def _foot(self) -> Iterator[str]:
        period = self.this.result.period
        yield f"依据：{self.scheme.name}（{self.scheme.basis}）；考核期：{period}。"
        if self.scheme.total is not None:
            yield f"总分算式：{self.scheme.total.text}"
        outside = [row.unit for row in self.this.result.rows if not row.items]
        if outside:
            yield f"未参加计分：{'、'.join(self.this.facts.units[code].name for code in outside)}"
        yield f"问题{len(self.this.result.problems)}条，见“问题”表。"
        yield f"规则文本校验码（SHA-256）：{self.scheme.digest}；计分程序版本：{self.version}"
        yield "    ".join(f"{who}：{BLANK}" for who in SIGNED)

    def _problems(self) -> Page:
        columns = (Column("序号", 6), Column("位置", 30), Column("问题", 60), Column("怎么办", 40))
        rows = tuple(
            (Decimal(number), each.where, each.what, each.next)
            for number, each in enumerate(self.this.result.problems, start=1)
        )
        notes = () if rows else ("没有问题。",)
        return Page("问题", f"{self.scheme.name}的问题", columns, rows, notes)


def _cell(text: str | None) -> Cell:
    """Return a figure as a number, a word as it is, nothing as 缺."""
    if text is None:
        return "缺"
    try:
        value = Decimal(text)
    except InvalidOperation:
        return text
    return value if value.is_finite() else text
