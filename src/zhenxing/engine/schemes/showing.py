"""A scheme as the table a document has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from zhenxing.engine.schemes.results import plain
from zhenxing.engine.schemes.scheme import Condition, Expression, Grades, Item, Scheme
from zhenxing.engine.schemes.words import rule_words

_MISSING = {"hold": "暂缺总分", "zero": "按0分计", "exclude": "该项退出，其余按比例折算"}


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
