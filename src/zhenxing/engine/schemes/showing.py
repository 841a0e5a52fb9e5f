"""A scheme as the table a document has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from zhenxing.engine.schemes.results import plain
from zhenxing.engine.schemes.scheme import (
    Adjustment,
    Condition,
    Expression,
    Grades,
    Item,
    Scheme,
)
from zhenxing.engine.schemes.words import rule_words

MONTHS = 12
_NO_TASK = {"exclude": "该项退出，其余按比例折算", "full": "得满分"}
_EFFECTS = {"not_eligible": "不得评先", "unranked": "不排名", "replace": "提示调整"}
_MISSING = {"hold": "暂缺总分", "zero": "按0分计", "exclude": "该项退出，其余按比例折算"}


def show(scheme: Scheme) -> str:
    """Print a scheme as an office reads it: sections, items, points, rules, grades, conditions.

    >>> from zhenxing.engine.schemes.loading import load
    >>> text = '''
    ... scheme: {id: a, name: 试行办法, basis: 禾考发〔2023〕3号, year: 2023}
    ... sections: [{id: s, name: 经济, items: [{id: fai, name: 投资, points: 12, rule: pass}]}]
    ... '''
    >>> print(show(load(text, "a.yaml")[0]).splitlines()[5])
    | 投资 | 12 | 达到目标得满分，否则不得分 |  |
    """
    return "\n".join(_scheme(scheme))


def _scheme(scheme: Scheme) -> Iterator[str]:
    yield f"{scheme.name}（{scheme.basis}，{scheme.year}年）"
    group = f"；按{scheme.group_by}分组" if scheme.group_by else ""
    yield f"考核期：{_month(scheme.first)}至{_month(scheme.last)}{group}"
    yield from (f"{name} = {each.text}" for name, each in scheme.lets.items())
    for section in scheme.sections:
        points = "" if section.points is None else f"（{plain(section.points)}分）"
        yield from _table(f"{section.name}{points}", section.items)
    for name, extra in (("加分项", scheme.bonus), ("扣分项", scheme.penalties)):
        cap = "" if extra.cap is None else f"（最多{plain(extra.cap)}分）"
        if extra.items:
            yield from _table(f"{name}{cap}", extra.items)
    yield from _outcome(scheme)
    yield from _settings(scheme)


def _month(count: int) -> str:
    return f"{count // MONTHS}年{count % MONTHS + 1}月"


def _table(title: str, items: Sequence[Item]) -> Iterator[str]:
    yield f"## {title}"
    yield "| 分项 | 分值 | 计分办法 | 责任部门 |"
    yield "|---|---|---|---|"
    for item in items:
        yield f"| {item.name} | {_points(item)} | {_method(item)} | {item.lead} |"


def _method(item: Item) -> str:
    """Say all that a score stands on: figure, target, rule, and what stands around the rule."""
    value = f"取{item.value.text}，" if item.value is not None else ""
    target = item.target.text if isinstance(item.target, Expression) else item.target
    aim = {None: "", "schedule": "目标按时间进度，"}.get(target, f"目标{target}，")
    said = [f"{value}{aim}{rule_words(item.rule, lower=item.lower)}"]
    said += [_adjustment(each) for each in item.adjust]
    if item.gate is not None:
        said.append(f"{item.gate.when.text}不成立时得{item.gate.otherwise.text}分")
    said += [f"得分再乘{item.times.text}"] if item.times is not None else []
    said += [f"缺数时{_MISSING[item.missing]}"] if item.missing is not None else []
    return "；".join(said)


def _adjustment(each: Adjustment) -> str:
    limits = [("不低于", each.low), ("不高于", each.high)]
    kept = [f"{words}{plain(limit)}" for words, limit in limits if limit is not None]
    limited = f"（{'，'.join(kept)}）" if kept else ""
    return f"取数另加{each.add.text}{limited}"


def _points(item: Item) -> str:
    if isinstance(item.points, Mapping):
        return "、".join(f"{group}{plain(points)}" for group, points in item.points.items())
    return "" if item.points is None else plain(item.points)


def _outcome(scheme: Scheme) -> Iterator[str]:
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


def _settings(scheme: Scheme) -> Iterator[str]:
    yield f"缺数：{_MISSING[scheme.missing]}；没有任务：{_NO_TASK[scheme.no_task]}"
    total = "已舍入的分项相加" if scheme.total_places is None else f"总分{scheme.total_places}位"
    yield f"小数：分项{scheme.item_places}位，{total}，四舍五入"
    names = {item.id: item.name for item in scheme.items}
    order = "、".join(names[code] for code in scheme.tie_break)
    first = f"；总分相同先比{order}" if order else ""
    yield f"并列：{'1、1、2' if scheme.dense else '1、1、3'}{first}"
    if scheme.monthly_is_current:
        yield "月度数：当月数，累计由月数相加"
    if scheme.as_is:
        yield f"不按月相加的指标：{'、'.join(scheme.as_is)}"
    if scheme.due is not None:
        yield f"报送期限：次月{scheme.due}日"
    for name, curve in scheme.curves.items():
        yield f"进度{name}：{'、'.join(_share(each) for each in curve)}"


def _share(value: Decimal) -> str:
    return f"{plain(value)}%"


def _grades(grades: Grades) -> str:
    said = []
    for band in grades.bands:
        least = "" if band.at_least is None else f"{plain(band.at_least)}分以上"
        quota = "其余" if band.quota is None else f"前{plain(band.quota * 100)}%"
        parts = [least] if grades.by == "score" else [quota, least]
        said.append(f"{band.word}（{'，'.join(part for part in parts if part)}）")
    return "、".join(said)


def _condition(condition: Condition) -> str:
    effect = _EFFECTS.get(condition.effect, condition.effect)
    if condition.by:
        effect = f"{'升' if condition.by > 0 else '降'}{abs(condition.by)}档"
    return f"{condition.when.text} → {effect}"
