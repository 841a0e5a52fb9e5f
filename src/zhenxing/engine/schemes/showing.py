"""A scheme as the table a document has, an explanation and a comparison as text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from zhenxing.engine.schemes.comparing import Move
from zhenxing.engine.schemes.explaining import Explanation
from zhenxing.engine.schemes.results import Result, plain
from zhenxing.engine.schemes.scheme import Condition, Expression, Grades, Item, Scheme
from zhenxing.engine.schemes.words import rule_words

_MISSING = {"hold": "暂缺总分", "zero": "按0分计", "exclude": "该项退出，其余按比例折算"}
_CAUSES = {"rules": "规则", "revised": "数据修订", "own": "自身", "others": "其他单位"}


def show(scheme: Scheme) -> str:
    """Print a scheme as an office reads it: sections, items, points, rules, grades, conditions.

    >>> from zhenxing.engine.schemes.loading import load
    >>> text = '''
    ... scheme: {id: a, name: 试行办法, basis: 禾考发〔2023〕3号, year: 2023}
    ... sections: [{id: s, name: 经济, items: [{id: fai, name: 投资, points: 12, rule: pass}]}]
    ... '''
    >>> print(show(load(text, "a.yaml")[0]).splitlines()[4])
    | 投资 | 12 | 达到目标得满分，否则不得分 |  |
    """
    return "\n".join(_scheme(scheme))


def _scheme(scheme: Scheme) -> Iterator[str]:
    yield f"{scheme.name}（{scheme.basis}，{scheme.year}年）"
    for section in scheme.sections:
        points = "" if section.points is None else f"（{plain(section.points)}分）"
        yield from _table(f"{section.name}{points}", section.items)
    for name, extra in (("加分项", scheme.bonus), ("扣分项", scheme.penalties)):
        cap = "" if extra.cap is None else f"（最多{plain(extra.cap)}分）"
        if extra.items:
            yield from _table(f"{name}{cap}", extra.items)
    if scheme.total is not None:
        yield f"总分：{scheme.total.text}"
    if scheme.grades is not None:
        yield f"等次：{_grades(scheme.grades)}"
    lists = {"一票否决": scheme.vetoes, "取消评先": scheme.bars, "升降档": scheme.shifts}
    for name, conditions in lists.items():
        yield from (f"{name}：{_condition(condition)}" for condition in conditions)
    if scheme.consecutive is not None:
        each = scheme.consecutive
        yield f"连续{each.periods}期：{_condition(each.condition)}"
    yield f"缺数：{_MISSING[scheme.missing]}；并列：{'1、1、2' if scheme.dense else '1、1、3'}"


def _table(title: str, items: Sequence[Item]) -> Iterator[str]:
    yield f"## {title}"
    yield "| 分项 | 分值 | 计分办法 | 责任部门 |"
    yield "|---|---|---|---|"
    for item in items:
        rule = rule_words(item.rule, lower=item.lower)
        target = item.target.text if isinstance(item.target, Expression) else ""
        aim = f"目标{target}，" if target else ""
        gate = f"；{item.gate.when.text}不成立时得{item.gate.otherwise.text}分" if item.gate else ""
        yield f"| {item.name} | {_points(item)} | {aim}{rule}{gate} | {item.lead} |"


def _points(item: Item) -> str:
    if isinstance(item.points, Mapping):
        return "、".join(f"{group}{plain(points)}" for group, points in item.points.items())
    return "" if item.points is None else plain(item.points)


def _grades(grades: Grades) -> str:
    said = []
    for band in grades.bands:
        least = "" if band.at_least is None else f"{plain(band.at_least)}分以上"
        quota = "其余" if band.quota is None else f"前{plain(band.quota * 100)}%"
        parts = [least] if grades.by == "score" else [quota, least]
        said.append(f"{band.word}（{'，'.join(part for part in parts if part)}）")
    return "、".join(said)


def _condition(condition: Condition) -> str:
    return f"{condition.when.text} → {condition.effect}"


def result_text(result: Result) -> str:
    """Print a result as a list, one line a unit, then the problems.

    >>> result_text(Result("a", "2023", (), ()))
    'a 2023'
    """
    lines = [f"{result.scheme} {result.period}"]
    for row in result.rows:
        place = "未排名" if row.rank is None else f"第{row.rank}名/{row.of}"
        parts = [row.group or "", place, row.unit, row.total or "暂缺", row.grade or ""]
        lines.append("  ".join(part for part in parts if part))
    return "\n".join([*lines, *(problem.sentence for problem in result.problems)])


def explanation_text(explanation: Explanation) -> str:
    """Print an explanation, a paragraph an item."""
    row = explanation.row
    place = "未排名" if row.rank is None else f"第{row.rank}名/{row.of}"
    lines = [f"{explanation.name}（{row.unit}）总分{row.total or '暂缺'}，{place}"]
    for item in explanation.items:
        lines.append(f"{item.name}：{item.result.score or '无'}分，满分{item.result.points or '—'}")
        lines.append(f"  规则：{item.rule}")
        lines += [f"  {each.name} = {each.value or '缺'}（{each.where}）" for each in item.inputs]
        lines.append(f"  算法：{item.result.why}")
        if item.lost is not None:
            lines.append(f"  失分：{item.lost}")
        if item.best is not None:
            lines.append(f"  组内最好：{item.best[0]} {item.best[1]}分")
        if item.one_more is not None:
            lines.append(f"  x多1个单位：{signed(Decimal(item.one_more))}分")
    return "\n".join(lines)


def comparison_text(moves: Sequence[Move]) -> str:
    """Print a comparison, one line a unit.

    >>> comparison_text([])
    ''
    """
    return "\n".join(
        f"{move.unit} 第{move.before}名→第{move.after}名："
        + "，".join(
            f"{_CAUSES[cause]}{signed(Decimal(part))}" for cause, part in move.parts.items()
        )
        for move in moves
    )


def signed(value: Decimal) -> str:
    """Write a number with its sign; nothing is 0.

    >>> signed(Decimal("1.50")), signed(Decimal(-2)), signed(Decimal(0))
    ('+1.5', '−2', '0')
    """
    if not value:
        return "0"
    return f"{'+' if value > 0 else '−'}{plain(abs(value))}"
