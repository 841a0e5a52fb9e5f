"""Where a scheme meets its FACTS: names that are nothing, clashes, kinds, groups without points."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import get_close_matches

from zhenxing.engine.schemes.checking import uses
from zhenxing.engine.schemes.contents import every_expression
from zhenxing.engine.schemes.facts import NO_TASK, Facts, number_of
from zhenxing.engine.schemes.gathering import group_of
from zhenxing.engine.schemes.program import Operand, Program, Source
from zhenxing.engine.schemes.resolving import Attributes, Resolver
from zhenxing.engine.schemes.scheme import Scheme
from zhenxing.engine.schemes.syntax import LETTERS, SyntaxFault, names
from zhenxing.kernel.problems import Problem


def attributes_of(facts: Facts) -> Attributes:
    """Tell the attributes that are numbers (every cell that is not blank) from those of words.

    With them the indicators in which a unit has no task (`/`).
    """
    words = facts.words
    idle = {
        name
        for (_, name), cells in facts.targets.items()
        if any(cell.lack == NO_TASK for cell in cells.values())
    }
    numbers = set(facts.attributes) - words
    return Attributes(frozenset(numbers), frozenset(words), frozenset(idle))


def problems(scheme: Scheme, facts: Facts, attributes: Attributes) -> Iterator[Problem]:
    """Give what is wrong with a scheme on these facts; an error where it cannot be scored."""
    yield from _kinds(scheme, facts, attributes)
    yield from _clashes(scheme, facts)
    yield from _groups(scheme, facts)


def _kinds(scheme: Scheme, facts: Facts, attributes: Attributes) -> Iterator[Problem]:
    odd: dict[str, None] = {}
    resolver = Resolver(scheme, attributes, Program())
    for use in uses(scheme):
        expression = use.expression
        try:
            use.check(resolver.kind_of_name)
        except SyntaxFault as fault:
            where = f"{scheme.file} 第{expression.line}行"
            yield Problem(where, f"表达式「{expression.text}」{fault.what}", fault.next)
            read = names(expression.tree)
            odd |= dict.fromkeys(name for name in read if name in attributes.words)
    for name in odd:
        yield from _odd_cells(facts, name)


def _odd_cells(facts: Facts, name: str) -> Iterator[Problem]:
    """Give the cells that are words in a column where others are numbers."""
    cells = [(unit, unit.attributes[name]) for unit in facts.scored if unit.attributes[name]]
    odd = [(unit, text) for unit, text in cells if number_of(text) is None]
    for unit, text in odd if len(odd) < len(cells) else ():
        what = f"「{text}」不是数，这一列别的单位是数"
        yield Problem(f"{unit.where}「{name}」", what, "请写阿拉伯数字，不带单位和逗号")


def _clashes(scheme: Scheme, facts: Facts) -> Iterator[Problem]:
    indicators, attributes = facts.indicators, set(facts.attributes)
    used = {item.id for item in scheme.items if item.value is None}
    for expression in every_expression(scheme):
        used.update(names(expression.tree))
    for name in sorted(used):
        senses = [
            ("规则字母", name in LETTERS), ("let里的量", name in scheme.lets),
            ("指标", name in indicators), ("单位属性", name in attributes),
        ]  # fmt: skip
        meant = [sense for sense, holds in senses if holds]
        if len(meant) > 1:
            what = f"名称「{name}」既是{'又是'.join(meant)}，按{meant[0]}算"
            yield Problem(scheme.file, what, "请把其中一个改名", "warning")


def _groups(scheme: Scheme, facts: Facts) -> Iterator[Problem]:
    if scheme.group_by is None:
        return
    if scheme.group_by not in facts.attributes:
        what = f"单位表没有分组的列「{scheme.group_by}」"
        yield Problem("units", what, f"请补上这一列，或改为{'、'.join(facts.attributes)}")
        return
    for unit in facts.scored:
        if not group_of(scheme, unit):
            what = f"单位「{unit.name}」没有分组（{scheme.group_by}是空的），不参加计分"
            yield Problem(unit.where, what, "请补上", "warning")
    yield from _strange_groups(scheme, {group_of(scheme, unit) or "" for unit in facts.scored})


def _strange_groups(scheme: Scheme, known: set[str]) -> Iterator[Problem]:
    """Give groups that have points and no unit, where a like one has none: misspelt, most likely.

    The item would not apply to the like one, and nobody would miss it.
    """
    told: set[str] = set()
    for item in scheme.items:
        given = set(item.points) if isinstance(item.points, Mapping) else set()
        for group in sorted(given - known - told):
            near = get_close_matches(group, sorted(known - given), n=3, cutoff=0.5)
            if near:
                told.add(group)
                what = f"「{item.name}」给「{group}」组分值，这一组没有单位"
                where = f"{scheme.file} 第{item.line}行"
                yield Problem(where, what, f"请改为{'、'.join(near)}，或核对单位表", "warning")


def strangers(scheme: Scheme, facts: Facts, program: Program) -> Iterator[Problem]:
    """Give the indicators and targets a scheme reads that FACTS knows nothing of."""
    sources = {
        Source.FIGURE: (facts.indicators, "指标「{}」一个数也没有"),
        Source.PARENT: (facts.indicators, "指标「{}」一个数也没有"),
        Source.TARGET: ({name for _, name in facts.targets}, "指标「{}」一个目标也没有"),
        Source.SCHEDULE: ({name for _, name in facts.targets}, "指标「{}」一个目标也没有"),
    }
    told: set[str] = set()
    for column in program.columns.values():
        operand = column.what
        if not isinstance(operand, Operand) or operand.source not in sources:
            continue
        known, words = sources[operand.source]
        what = words.format(operand.name)
        if operand.name not in known and what not in told:
            told.add(what)
            near = get_close_matches(operand.name, known, n=3, cutoff=0.5)
            next_ = f"请补数，或改为{'、'.join(near)}" if near else "请补数，或核对名称"
            yield Problem(scheme.file, what, next_, "warning")
