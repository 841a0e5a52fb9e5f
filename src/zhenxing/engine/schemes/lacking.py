"""Why an item has no score: the operand that is missing, the divisor that is nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from zhenxing.engine.schemes.planning import ItemPlan
from zhenxing.engine.schemes.program import Column, Operand, Source
from zhenxing.engine.schemes.runs import Run
from zhenxing.engine.schemes.syntax import Call, Number, Ref, Tree, walk
from zhenxing.kernel.problems import Problem

HALF = 5e-10
_SOURCES = {
    Source.FIGURE: "指标「{}」", Source.PARENT: "上级的指标「{}」", Source.TARGET: "「{}」的目标",
    Source.SCHEDULE: "「{}」的目标", Source.ATTRIBUTE: "单位属性「{}」",
    Source.SCORE: "方案「{}」的总分", Source.RATING: "评分",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Lack:
    """What an item lacks: where, what, who is asked to do what."""

    where: str
    what: str
    next: str
    item: str
    unit: str

    def problem(self, policy: str) -> Problem:
        """Return the problem, saying what the policy does about it."""
        words = {"hold": "总分暂缺", "zero": "该项计0分", "exclude": "该项退出，其余按比例折算"}
        what = f"{self.unit}「{self.item}」{self.what}，{words[policy]}"
        return Problem(self.where, what, self.next, "warning")


def of_item(this: Run, each: ItemPlan, code: str) -> Lack:
    """Return why an item of a unit has no score."""
    unit = this.units[code].name
    where, what, next_ = next(_reasons(this, each.score, code))
    if each.item.lead and next_.startswith("请补"):
        next_ = f"请{each.item.lead}{next_.removeprefix('请')}"
    return Lack(where, what, next_, each.item.name, unit)


def of_total(this: Run, code: str) -> Iterator[Problem]:
    """Give why there is no total, where no item of its own holds it back."""
    assert this.compiled is not None  # noqa: S101  # called for computed rows only
    plan, values = this.compiled.plan, this.values[code]
    if any(values[each.counted.column] is None for each in plan.items):
        return  # the item has told it
    items = {ref.column for each in plan.items for ref in (each.score, each.counted)}
    unit = this.units[code].name
    last = this.scheme.file, "总分超出100万分或算不出数", "请核对总分的算式和数据"
    where, what, next_ = next(_reasons(this, plan.total, code, last, items))
    yield Problem(where, f"{unit}总分暂缺：{what}", next_, "warning")


def of_conditions(this: Run, code: str) -> Iterator[Problem]:
    """Give the conditions that could not be judged, and the growth reckoned on a negative base."""
    assert this.compiled is not None  # noqa: S101  # called for computed rows only
    plan, values = this.compiled.plan, this.values[code]
    told: set[tuple[str, int]] = set()
    for (name, place, _), ref in plan.conditions.items():
        if values[ref.column] is None and (name, place) not in told:
            told.add((name, place))
            where, what, next_ = next(_reasons(this, ref, code))
            words = f"{this.units[code].name}的{name}第{place + 1}条无法判断，按不成立计：{what}"
            yield Problem(where, words, next_, "warning")
    for base in plan.program.bases:
        if isinstance(base, Ref) and (values[base.column] or 0) < 0:
            where = _place(this, base.column, code)
            words = f"{this.units[code].name}的上年数为负，增幅按绝对值计算"
            yield Problem(where, words, "请核对上年数和口径", "warning")


def _reasons(
    this: Run,
    ref: Ref,
    code: str,
    last: tuple[str, str, str] | None = None,
    known: Collection[str] = (),
) -> Iterator[tuple[str, str, str]]:
    """Give the reasons, nearest first, looking below no known column; the last always applies."""
    assert this.compiled is not None  # noqa: S101  # called for computed rows only
    values = this.values[code]
    columns = list(this.compiled.plan.program.under(ref, known))
    for column in columns:
        # Points are missing, and by right, in a group that the item leaves out.
        is_owed = isinstance(column.what, Operand) and column.what.source is not Source.POINTS
        if is_owed and values[column.name] is None:
            yield _missing(this, column, code)
    for column in columns:
        if isinstance(column.what, Call):
            yield from _impossible(this, column, code)
    usual = "算不出数（档次有空档、数值过大或乘方无意义）", "请核对规则和数据"
    yield last or (this.scheme.file, *usual)


def _missing(this: Run, column: Column, code: str) -> tuple[str, str, str]:
    operand = column.what
    assert isinstance(operand, Operand)  # noqa: S101  # asked by the caller
    found = this.gathered[code][column.name]
    name = _SOURCES[operand.source].format(operand.name)
    year = "上年的" if operand.last_year else ""
    what = f"缺{year}{name}（{found.lack}）"
    next_ = "请补报这个数" if operand.source in {Source.FIGURE, Source.PARENT} else "请补上"
    return found.where, what, next_


def _impossible(this: Run, column: Column, code: str) -> Iterator[tuple[str, str, str]]:
    values = this.values[code]
    for node in walk(column.what):  # type: ignore[arg-type]  # a call, asked by the caller
        if not isinstance(node, Call) or node.function not in {"/", "positive"}:
            continue
        divisor = node.arguments[-1]
        value = _value(divisor, values)
        label = this.compiled.plan.program.labels.get(  # type: ignore[union-attr]  # computed
            getattr(divisor, "column", ""), ""
        )
        where = _place(this, getattr(divisor, "column", ""), code)
        name = f"「{label}」" if label else ""
        if node.function == "/" and value is not None and abs(value) < HALF:
            yield where, f"除数{name}为0", "请核对这个数，或在方案中注明不考核"
        elif node.function == "positive" and value is not None and value < HALF:
            next_ = "请核对目标，或换一种规则（越低越好的请写上限cap）"
            yield where, f"目标或基数{name}不大于0", next_


def _value(tree: Tree, values: dict[str, float | None]) -> float | None:
    if isinstance(tree, Ref):
        return values[tree.column]
    return float(tree.value) if isinstance(tree, Number) else None


def _place(this: Run, column: str, code: str) -> str:
    """Return where the operands under a column stand."""
    assert this.compiled is not None  # noqa: S101  # called for computed rows only
    places = (
        [
            this.gathered[code][each.name].where
            for each in this.compiled.plan.program.under(Ref(column))
            if isinstance(each.what, Operand)
        ]
        if column
        else []
    )
    return "、".join(dict.fromkeys(place for place in places if place)) or this.scheme.file
