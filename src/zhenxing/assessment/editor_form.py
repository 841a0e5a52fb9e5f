"""The editor's cells as a page draws them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from zhenxing.assessment.sheet.kinds import FREE, KINDS, RuleCell
from zhenxing.assessment.sheet.rows import Block, Row, Sheet

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

MISSING = (
    ("", "照方案"), ("hold", "暂缺总分"), ("zero", "按0分计"), ("exclude", "退出，其余折算"),
)  # fmt: skip
BETTER = (("", "越高越好"), ("lower", "越低越好"), ("higher", "写明越高越好"))


@dataclass(frozen=True)
class Cell:
    """One cell: its name in the form, its label, what stands in it, how it is drawn."""

    name: str
    label: str
    value: str = ""
    hint: str = ""
    form: str = "line"  # line, lines, choice, tick
    options: tuple[tuple[str, str], ...] = ()
    source: str = ""  # the list a line offers words from
    size: str = ""

    @property
    def choices(self) -> tuple[tuple[str, str], ...]:
        """The options, with a written one that is none of them last."""
        if any(value == self.value for value, _ in self.options):
            return self.options
        return (*self.options, (self.value, self.value))


@dataclass(frozen=True)
class Shown:
    """One row of the form."""

    key: str
    number: int
    name: str
    raw: str
    main: tuple[Cell, ...] = ()
    kind: Cell = field(default_factory=lambda: Cell("", ""))
    rule: tuple[Cell, ...] = ()
    more: tuple[Cell, ...] = ()
    is_open: bool = False


@dataclass(frozen=True)
class Field:
    """A block of the form with its rows."""

    key: str
    title: str
    is_section: bool
    cells: tuple[Cell, ...]
    rows: tuple[Shown, ...]


@dataclass(frozen=True)
class Form:
    """The whole form."""

    head: tuple[Cell, ...]
    settings: tuple[Cell, ...]
    foot: tuple[Cell, ...]
    blocks: tuple[Field, ...]
    rest: str


KIND_OPTIONS = tuple((kind, label) for kind, (label, _) in KINDS.items())


def form_of(sheet: Sheet, indicators: Collection[str]) -> Form:
    """Lay the rows of a sheet out."""
    head = sheet.head
    return Form(
        _headed(HEAD_CELLS, head),
        _headed(SETTING_CELLS, head),
        _headed(FOOT_CELLS, head),
        tuple(_block(block, indicators) for block in sheet.blocks()),
        sheet.rest,
    )


def rule_forms() -> list[tuple[str, tuple[Cell, ...]]]:
    """Give the empty cells of every kind of rule, for the page's script to put in place."""
    return [(kind, _rule("__", Row(kind=kind))) for kind in KINDS]


def _block(block: Block, indicators: Collection[str]) -> Field:
    key = block.key
    cells = (
        Cell(f"{key}-name", "部分", block.cells.get("name", ""), "如 经济发展", size="wide"),
        Cell(f"{key}-points", "应为几分", block.cells.get("points", ""), "可不写", size="short"),
        Cell(f"{key}-id", "代号", block.cells.get("id", ""), "自动", size="short"),
    )
    rows = tuple(_row(f"{key}-{n}", n + 1, row, indicators) for n, row in enumerate(block.rows))
    return Field(key, block.title, block.is_section, cells if block.is_section else (), rows)


def _row(key: str, number: int, row: Row, indicators: Collection[str]) -> Shown:
    kind = Cell(f"{key}-kind", "计分办法", row.kind, form="choice", options=KIND_OPTIONS)
    if row.raw:
        return Shown(key, number, f"第{number}项", row.raw, kind=kind)
    code = row.get("id")
    value = row.get("value") or (code if code in indicators else "")
    main = (
        Cell(f"{key}-name", "名称", row.get("name"), "如 固定资产投资", size="wide"),
        Cell(f"{key}-value", "指标或算式", value, "输入名称找", source="indicators", size="wide"),
        Cell(f"{key}-points", "分值", row.get("points"), "如 6；甲 6、乙 8", size="wide"),
        Cell(
            f"{key}-target",
            "目标",
            row.get("target"),
            "空着用下达目标",
            source="targets",
            size="short",
        ),
        Cell(f"{key}-lead", "责任部门", row.get("lead"), source="departments"),
    )
    more = (
        Cell(f"{key}-better", "方向", row.get("better"), form="choice", options=BETTER),
        Cell(f"{key}-missing", "缺数时", row.get("missing"), form="choice", options=MISSING),
        Cell(f"{key}-gate_when", "前置条件", row.get("gate_when"), "如 fai > 0", size="wide"),
        Cell(f"{key}-gate_otherwise", "不满足时得", row.get("gate_otherwise"), "如 0"),
        Cell(
            f"{key}-adjust", "先调整数值，一行一条", row.get("adjust"),
            "1.5 * growth(gdp) 限 -5 至 5", form="lines",
        ),
        Cell(f"{key}-times", "再乘系数", row.get("times"), "如 difficulty"),
        Cell(f"{key}-id", "代号", code, "自动", size="short"),
    )  # fmt: skip
    is_open = any(cell.value for cell in more[:-1])
    name = row.get("name") or code or f"第{number}项"
    return Shown(key, number, name, "", main, kind, _rule(key, row), more, is_open)


def _rule(key: str, row: Row) -> tuple[Cell, ...]:
    return tuple(
        Cell(
            f"{key}-r-{cell.name}",
            cell.label,
            row.rule.get(cell.name, ""),
            cell.hint,
            _form(row.kind, cell),
            cell.options,
        )
        for cell in KINDS[row.kind][1]
    )


def _form(kind: str, cell: RuleCell) -> str:
    if cell.options:
        return "choice"
    if cell.is_flag:
        return "tick"
    return "lines" if cell.has_lines or kind == FREE else "line"


def _headed(cells: Sequence[Cell], head: Mapping[str, str]) -> tuple[Cell, ...]:
    """Put what is written into the heading's cells."""
    return tuple(
        replace(cell, name=f"h-{cell.name}", value=head.get(cell.name, "")) for cell in cells
    )


def _line(name: str, label: str, hint: str = "", size: str = "") -> Cell:
    return Cell(name, label, hint=hint, size=size)


def _lines(name: str, label: str, hint: str) -> Cell:
    return Cell(name, label, hint=hint, form="lines")


def _choice(name: str, label: str, *options: tuple[str, str]) -> Cell:
    return Cell(name, label, form="choice", options=options)


_PLACES = tuple((f"half_up_{n}", f"{n}位小数") for n in range(5))
HEAD_CELLS = (
    _line("name", "方案名称", "如 2024年度镇域经济考核办法", "wide"),
    _line("basis", "文号", "如 禾考发〔2024〕3号", "wide"),
    _line("year", "年度", "如 2024", "short"),
    _line("group_by", "分组比较按", "class 是镇的类别；空着不分组"),
)
SETTING_CELLS = (
    _choice("missing", "缺数时", ("", "暂缺总分"), *MISSING[1:]),
    _choice(
        "no_task", "没有任务的", ("", "退出，其余折算"), ("exclude", "写明退出"), ("full", "得满分")
    ),
    _choice(
        "ties", "并列名次", ("", "1、1、3"), ("competition", "写明1、1、3"), ("dense", "1、1、2")
    ),
    _line("tie_break", "同分先比（分项代号）", "如 fai、tax"),
    _choice("round_item", "分项得分", ("", "4位小数"), *_PLACES),
    _choice("round_total", "总分", ("", "2位小数"), *_PLACES, ("sum_of_items", "按印出的分项相加")),
    _choice(
        "monthly", "月度数", ("", "累计数"), ("cumulative", "写明累计数"), ("current", "当月数")
    ),
    _line("window", "考核月份起止", "如 2023-12、2024-11；空着是全年"),
    _line("due", "每月几日前报", "如 25"),
    _line("events", "计件和否决事项", "如 项目入库、通报批评"),
    _line("as_is", "照原数比的指标", "如 key_projects"),
    _lines("lets", "引用量，一行一个", "投资率 = 100 * fai / gdp"),
    _line("id", "方案代号", "自动"),
)
FOOT_CELLS = (
    _line("bonus_cap", "加分最多", "空着不封顶"),
    _line("penalty_cap", "扣分最多", "空着不封顶"),
    _line("total", "总分算法", "空着是各部分之和加加分减扣分"),
    _choice("grades_by", "等次按", ("", "不分等次"), ("score", "分数线"), ("quota", "比例")),
    _lines("grades", "等次，一行一档", "优秀 90\n良好 80\n不合格 0（按比例：优秀 30% 至少85）"),
    _lines("veto", "一票否决，一行一条", "count(较大安全事故) > 0 → 不合格"),
    _lines("bars", "取消评先，一行一条", "fai < 0.5 * target(fai) → 不得评先"),
    _lines("shifts", "升降档，一行一条", "count(省级表彰) > 0 → 1"),
    _line("again_periods", "连续几期", "如 2"),
    _line("again_when", "都出现", '如 grade == "不合格"'),
    _line("again_effect", "则", "如 调整退出"),
)
