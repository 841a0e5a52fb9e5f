"""Results, explanations, comparisons and what-ifs as text that an office reads on a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from zhenxing.engine.schemes.comparing import Move
from zhenxing.engine.schemes.explaining import Explanation, ItemExplanation, parts_of
from zhenxing.engine.schemes.layout import table
from zhenxing.engine.schemes.results import Row, plain
from zhenxing.engine.schemes.robust import Robustness, Standing
from zhenxing.engine.schemes.runs import Run
from zhenxing.engine.schemes.scoring import TAKEN_OFF
from zhenxing.engine.schemes.simulating import Outcome, Simulation
from zhenxing.engine.schemes.weighing import Weight
from zhenxing.kernel.problems import Problem
from zhenxing.kernel.rounding import half_up

ZERO = Decimal(0)
MOST_ITEMS, MOST_PROBLEMS = 3, 30
FINE = 4
HEAVY = 2  # times its nominal weight, or half of it
CAUSES = {"rules": "规则", "revised": "数据修订", "own": "自身", "others": "其他单位"}
OUTSIDE = ("bonus", "penalties")
KINDS = {"added": "新增", "removed": "取消", "changed": "改动"}


def run_text(this: Run) -> str:
    """Print a scoring: a ranked table for each group, then the problems."""
    result, scheme = this.result, this.scheme
    lines = [f"{scheme.name}（{scheme.basis}）  {result.period}"]
    for group in dict.fromkeys(row.group for row in result.rows if row.items):
        rows = [row for row in result.rows if row.items and row.group == group]
        lines += ["", *([f"【{group}】共{len(rows)}个单位"] if group else [])]
        lines += _ranked(this, rows)
    outside = [this.facts.units[row.unit].name for row in result.rows if not row.items]
    lines += [f"未参加计分：{'、'.join(outside)}"] if outside else []
    return "\n".join([*lines, *problems_text(result.problems)])


def problems_text(problems: Sequence[Problem]) -> list[str]:
    """Return problems as sentences under a heading.

    >>> problems_text([])
    []
    """
    if not problems:
        return []
    shown = [f"  {each.sentence}" for each in problems[:MOST_PROBLEMS]]
    rest = len(problems) - len(shown)
    more = [f"  还有{rest}条，--json或--xlsx里有全部。"] if rest else []
    return ["", f"问题（{len(problems)}条）", *shown, *more]


def _ranked(this: Run, rows: Sequence[Row]) -> list[str]:
    parts = parts_of(this.scheme)
    head = ["名次", "编码", "单位", *(name for name, _ in parts.values()), "总分", "等次", "备注"]
    if this.scheme.grades is None:
        head.remove("等次")
    lines = []
    for row in rows:
        place = "—" if row.rank is None else str(row.rank)
        sums = [_part_sum(row, [item.id for item in items]) for _, items in parts.values()]
        grade = [] if this.scheme.grades is None else [row.grade or ""]
        name = this.units[row.unit].name
        lines.append([place, row.unit, name, *sums, row.total or "暂缺", *grade, _remark(row)])
    return table(head, lines, numbers=[0, *range(3, 4 + len(parts))])


def _part_sum(row: Row, items: Sequence[str]) -> str:
    scores = [row.items[item].score for item in items if row.items[item].applies]
    known = [Decimal(score) for score in scores if score is not None]
    shown = str(half_up(sum(known, ZERO), 2)) if known else "—"
    return shown if len(known) == len(scores) else f"{shown}*"


def _remark(row: Row) -> str:
    said = [] if row.eligible else ["取消评先"]
    said += ["未排名"] if row.rank is None and row.total is not None else []
    lacking = sum(item.score is None and item.applies for item in row.items.values())
    return "，".join([*said, *([f"{lacking}项没有得分（*）"] if lacking else [])])


def explanation_text(explanation: Explanation) -> str:
    """Print an explanation: the unit, a summary by section, a table of items, each item in full."""
    row = explanation.row
    place = "未排名" if row.rank is None else f"第{row.rank}名（共{row.of}个）"
    group = f"{row.group}，" if row.group else ""
    lines = [f"{explanation.name}（{row.unit}）  {group}总分{row.total or '暂缺'}，{place}"]
    if row.grade:
        lines[0] += f"，{row.grade}"
    if explanation.ahead is not None:
        lines.append(f"距前一名{explanation.ahead[0]}差{explanation.ahead[1]}分。")
    sums = [
        [each.name, *([each.points, each.score or "暂缺", each.lost] if each.id not in OUTSIDE
                      else ["", each.score or "暂缺", ""])]
        for each in explanation.parts
    ]  # fmt: skip
    lines += ["", *table(["板块", "分值", "得分", "失分"], sums, numbers=[1, 2, 3]), ""]
    lines += _item_table(explanation.items)
    for number, item in enumerate(explanation.items, start=1):
        lines += ["", *_item(number, item)]
    return "\n".join(lines)


def _item_table(items: Sequence[ItemExplanation]) -> list[str]:
    rows = [
        [
            str(number), item.name, item.result.points or "—", _score(item),
            item.lost or "", _best(item),
            gained(Decimal(item.one_more)) if item.one_more is not None and _reads_x(item) else "",
        ]
        for number, item in enumerate(items, start=1)
    ]  # fmt: skip
    head = ["序号", "分项", "分值", "得分", "失分", "组内最好", "多1个单位"]
    return table(head, rows, numbers=[0, 2, 3, 4, 6])


def _score(item: ItemExplanation) -> str:
    return item.result.score or ("暂缺" if item.result.applies else "不适用")


def _reads_x(item: ItemExplanation) -> bool:
    return any(each.name.partition(".")[0] == "x" for each in item.inputs)


def _best(item: ItemExplanation) -> str:
    if item.best is None:
        return ""
    is_own = item.result.score is not None and Decimal(item.result.score) == Decimal(item.best[1])
    return "本单位" if is_own else f"{item.best[0]} {item.best[1]}"


def _item(number: int, item: ItemExplanation) -> Iterator[str]:
    worth = f"，满分{item.result.points}" if item.result.points not in {"", "0"} else ""
    yield f"{number}. {item.name}：{item.result.score or '无'}分{worth}"
    yield f"   办法：{item.rule}"
    if item.lead:
        yield f"   责任部门：{item.lead}"
    rows = [[f"   {each.name}", each.value or "缺", each.where] for each in item.inputs]
    if rows:
        yield from table(["   取数", "数值", "出处"], rows, numbers=[1])
    told = item.result.why.removeprefix(TAKEN_OFF).removeprefix(f"{item.rule}：")
    yield f"   算法：{told}"
    if item.lost is not None and item.lost != "0":
        yield f"   失分：{item.lost}分；组内最好：{_best(item)}"
    if item.one_more is not None and _reads_x(item):
        yield f"   x多1个单位：{gained(Decimal(item.one_more))}分"


def comparison_text(moves: Sequence[Move], names: Mapping[str, str] | None = None) -> str:
    """Print a comparison: each unit's move in rank, in score, and the items behind it.

    names: of units and items by code.

    >>> comparison_text([])
    ''
    """
    called = names or {}
    return "\n".join(line for move in moves for line in _move(move, called))


def _move(move: Move, names: Mapping[str, str]) -> Iterator[str]:
    parts = "，".join(f"{CAUSES[key]}{signed(Decimal(part))}" for key, part in move.parts.items())
    name = names.get(move.unit, move.unit)
    yield f"{name} 第{move.before}名→第{move.after}名：{parts}"
    moved = [f"{CAUSES[key]}{signed(part)}" for key, part in move.points.items() if part]
    if moved and all(move.totals):
        yield f"  总分{move.totals[0]}→{move.totals[1]}：{'，'.join(moved)}"
    ordered = sorted(move.items, key=lambda each: (-abs(each.change), each.item))
    for item in ordered[:MOST_ITEMS]:
        shared = "（同组的数也变了）" if item.is_shared else ""
        said = f"{signed(item.change)}分，{CAUSES[item.cause]}{shared}"
        yield f"  {names.get(item.item, item.item)}{said}"


def robustness_text(answer: Robustness) -> str:
    """Print how firm a ranking is."""
    wish = answer.shaking
    lines = [f"{answer.scheme} {answer.period} 名次稳不稳"]
    if answer.units:
        lines.append(
            f"各项分值上下浮动{plain(wish.noise)}%（总分值不变），算{wish.runs}次，种子{wish.seed}。"
        )
    for group in dict.fromkeys(each.group for each in answer.units):
        units = [each for each in answer.units if each.group == group]
        items = [each for each in answer.items if each.group == group]
        lines += ["", *([f"【{group}】"] if group else []), *_standings(units), ""]
        lines += _weights(items)
    return "\n".join([*lines, *_departures(answer), *problems_text(answer.problems)])


def _standings(units: Sequence[Standing]) -> list[str]:
    rows = [
        [
            str(each.rank), each.name, each.total, _between(each.usual), _between(each.noise),
            f"{plain(each.held)}%", _between(each.left_out),
        ]
        for each in units
    ]  # fmt: skip
    head = ["名次", "单位", "总分", "浮动九成", "浮动全部", "名次不变", "去掉一项"]
    return table(head, rows, numbers=[0, 2, 5])


def _between(ranks: tuple[int, int]) -> str:
    low, high = ranks
    return f"第{low}名" if low == high else f"第{low}—{high}名"


def _weights(items: Sequence[Weight]) -> Iterator[str]:
    rows = [
        [each.name, f"{plain(each.nominal)}%",
         "—" if each.effective is None else f"{plain(each.effective)}%", _note(each)]
        for each in items
    ]  # fmt: skip
    yield from table(["分项", "名义权重", "实际权重", "说明"], rows, numbers=[1, 2])


def _note(each: Weight) -> str:
    if not each.tells_apart:
        return "各单位得分相同，不起区分作用"
    if each.effective is None or each.nominal <= 0:
        return ""
    if each.effective * HEAVY < -each.nominal:
        return "得分高的单位总分反而低"
    if each.effective > each.nominal * HEAVY:
        return "实际作用超过名义权重一倍"
    return "实际作用不到名义权重一半" if each.effective * HEAVY < each.nominal else ""


def _departures(answer: Robustness) -> Iterator[str]:
    if answer.departures:
        yield from ["", "退出一个单位会改变的次序"]
    for each in answer.departures:
        turned = "、".join(f"{above}与{below}互换先后" for above, below in each.reversals)
        first = f"第1名变为{'、'.join(each.leaders)}" if each.leaders else ""
        yield f"  {each.name}退出：{'；'.join(said for said in (turned, first) if said)}"
    if answer.units and not answer.departures:
        yield from ["", "任何一个单位退出，其余单位的先后都不变。"]


def simulation_text(simulation: Simulation) -> str:
    """Print a new scheme's outcome beside the old result."""
    lines = [f"{simulation.scheme}在{simulation.period}的数上试算，对照{simulation.against}"]
    for group in dict.fromkeys(each.group for each in simulation.outcomes):
        outcomes = [each for each in simulation.outcomes if each.group == group]
        lines += ["", *([f"【{group}】"] if group else []), *_outcomes(outcomes)]
    for title, found in (("上升", simulation.gainers), ("下降", simulation.losers)):
        lines += ["", f"名次{title}的单位（{len(found)}个）"]
        lines += [f"  {_who(each)}" for each in found]
    lines += ["", f"分项的变化（{len(simulation.differences)}项）"]
    for each in simulation.differences:
        said = "→".join(words for words in (each.before, each.after) if words)
        lines.append(f"  {KINDS[each.kind]} {each.name}{f'：{said}' if said else ''}")
    return "\n".join([*lines, *problems_text(simulation.problems)])


def _outcomes(outcomes: Sequence[Outcome]) -> list[str]:
    rows = []
    for each in outcomes:
        ranks = ["—" if rank is None else str(rank) for rank in each.ranks]
        totals = [total or "暂缺" for total in each.totals]
        places = "" if each.places is None else signed(Decimal(each.places))
        grades = (
            "" if each.grades[0] == each.grades[1] else "→".join(g or "无" for g in each.grades)
        )
        rows.append([each.name, ranks[0], ranks[1], places, *totals, grades])
    head = ["单位", "原名次", "新名次", "升降", "原总分", "新总分", "等次变化"]
    return table(head, rows, numbers=[1, 2, 3, 4, 5])


def _who(each: Outcome) -> str:
    by = [f"{item.name}{signed(Decimal(item.change))}" for item in each.items[:MOST_ITEMS]]
    places = signed(Decimal(each.places or 0))
    return f"{each.name}{places}名（{each.ranks[0]}→{each.ranks[1]}）：{'，'.join(by)}"


def gained(value: Decimal) -> str:
    """Write what one more unit brings, to the fourth decimal; less than that is said to be so.

    >>> gained(Decimal("0.75")), gained(Decimal("-0.00002"))
    ('+0.75', '不足0.0001')
    """
    shown = half_up(value, FINE)
    return f"不足{Decimal(10) ** -FINE}" if value and not shown else signed(shown)


def signed(value: Decimal) -> str:
    """Write a number with its sign; nothing is 0.

    >>> signed(Decimal("1.50")), signed(Decimal(-2)), signed(Decimal(0))
    ('+1.5', '−2', '0')
    """
    if not value:
        return "0"
    return f"{'+' if value > 0 else '−'}{plain(abs(value))}"
