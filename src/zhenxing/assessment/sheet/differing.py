"""How two editions differ, item by item and in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from difflib import unified_diff

from zhenxing.assessment.naming import named
from zhenxing.engine.schemes.results import plain
from zhenxing.engine.schemes.scheme import Expression, Extra, Item, Scheme
from zhenxing.engine.schemes.showing import show
from zhenxing.engine.schemes.words import rule_words

ADDED, REMOVED, CHANGED = "新增", "取消", "调整"
MISSING = {"hold": "暂缺总分", "zero": "按0分计", "exclude": "退出，其余折算", None: "照方案"}


@dataclass(frozen=True)
class Change:
    """One thing that differs: where it stands, what of it, before and after."""

    place: str
    item: str
    kind: str
    aspect: str
    before: str
    after: str

    def named(self, words: Mapping[str, str]) -> Change:
        """Give it with names in the place of codes."""
        before, after = named(self.before, words), named(self.after, words)
        return replace(self, aspect=named(self.aspect, words), before=before, after=after)


def differences(old: Scheme, new: Scheme) -> list[Change]:
    """Tell what the new edition changes, in the order of its table; taken items last."""
    return [*_of_items(old, new), *_of_whole(old, new)]


def text_differences(old: str, new: str) -> list[tuple[str, str]]:
    """Give the lines of a text comparison with their sign: taken away, put in, or kept.

    >>> text_differences("甲\\n乙", "甲\\n丙")
    [(' ', '甲'), ('-', '乙'), ('+', '丙')]
    """
    lines = list(unified_diff(old.splitlines(), new.splitlines(), lineterm="", n=2))
    return [(line[:1], line[1:]) for line in lines[2:] if not line.startswith("@@")]


def points_words(points: Decimal | Mapping[str, Decimal] | None) -> str:
    """Say an item's points.

    >>> points_words({"山区镇": Decimal(6), "川道镇": Decimal(8)}), points_words(None)
    ('山区镇6、川道镇8', '')
    """
    if isinstance(points, Mapping):
        return "、".join(f"{group}{plain(each)}" for group, each in points.items())
    return "" if points is None else plain(points)


def data_words(item: Item) -> str:
    """Say what figure an item reads."""
    value = item.value.text if item.value is not None else item.id
    added = "".join(f" + {each.add.text}" for each in item.adjust)
    return f"{value}{added}"


def target_words(target: Expression | str | None) -> str:
    """Say what an item aims at.

    >>> target_words(None), target_words("schedule")
    ('下达目标', '按序时')
    """
    if target is None:
        return "下达目标"
    return target.text if isinstance(target, Expression) else "按序时"


def gate_words(item: Item) -> str:
    """Say an item's gate."""
    return f"{item.gate.when.text}不成立时得{item.gate.otherwise.text}分" if item.gate else ""


ASPECTS: Mapping[str, Callable[[Item], str]] = {
    "名称": lambda item: item.name,
    "分值": lambda item: points_words(item.points),
    "计分办法": lambda item: rule_words(item.rule, lower=item.lower),
    "目标": lambda item: target_words(item.target),
    "取数": data_words,
    "前置条件": gate_words,
    "责任部门": lambda item: item.lead,
    "系数": lambda item: item.times.text if item.times else "",
    "缺数": lambda item: MISSING[item.missing],
}


def _placed(scheme: Scheme) -> dict[str, tuple[str, Item]]:
    found = {item.id: (section.name, item) for section in scheme.sections for item in section.items}
    found |= {item.id: ("加分项", item) for item in scheme.bonus.items}
    return found | {item.id: ("扣分项", item) for item in scheme.penalties.items}


def _of_items(old: Scheme, new: Scheme) -> Iterator[Change]:
    before, after = _placed(old), _placed(new)
    for code, (place, item) in after.items():
        if code not in before:
            said = f"{points_words(item.points)}分，{rule_words(item.rule, lower=item.lower)}"
            yield Change(place, item.name, ADDED, "分项", "", said.removeprefix("分，"))
            continue
        was_place, was = before[code]
        if was_place != place:
            yield Change(place, item.name, CHANGED, "所属部分", was_place, place)
        for aspect, words in ASPECTS.items():
            if words(was) != words(item):
                yield Change(place, item.name, CHANGED, aspect, words(was), words(item))
    for code, (place, item) in before.items():
        if code not in after:
            said = f"{points_words(item.points)}分，{rule_words(item.rule, lower=item.lower)}"
            yield Change(place, item.name, REMOVED, "分项", said.removeprefix("分，"), "")


def _of_whole(old: Scheme, new: Scheme) -> Iterator[Change]:
    before, after = _whole(old), _whole(new)
    for aspect in dict.fromkeys([*before, *after]):
        was, now = before.get(aspect, ""), after.get(aspect, "")
        if was != now:
            yield Change("方案", "", CHANGED, aspect, was, now)


def _whole(scheme: Scheme) -> dict[str, str]:
    """Give what the document says around its items, by its heading."""
    found = {
        "名称": scheme.name, "文号": scheme.basis, "年度": str(scheme.year),
        "分组": scheme.group_by or "", "加分上限": _cap(scheme.bonus),
        "扣分上限": _cap(scheme.penalties), "事项": "、".join(scheme.events),
        "同分先比": "、".join(scheme.tie_break),
        "考核月份": f"{scheme.first}—{scheme.last - scheme.first}" if _is_odd(scheme) else "",
        "无任务": {"exclude": "退出，其余折算", "full": "得满分"}[scheme.no_task],
        "小数": f"分项{scheme.item_places}位，总分{scheme.total_places}位",
    }  # fmt: skip
    found |= {f"引用量 {name}": each.text for name, each in scheme.lets.items()}
    tail = show(scheme).splitlines()
    for line in tail:
        head, colon, said = line.partition("：")
        if colon and not line.startswith(("|", "#")) and head != scheme.name:
            found[head] = f"{found[head]}；{said}" if head in found else said
    return found


def _cap(extra: Extra) -> str:
    return "" if extra.cap is None else plain(extra.cap)


def _is_odd(scheme: Scheme) -> bool:
    return (scheme.first, scheme.last) != (scheme.year * 12, scheme.year * 12 + 11)


def counted(changes: Sequence[Change]) -> dict[str, int]:
    """Count the items by what happened to them."""
    kinds: dict[str, set[tuple[str, str]]] = {ADDED: set(), CHANGED: set(), REMOVED: set()}
    for change in changes:
        kinds[change.kind].add((change.place, change.item))
    return {kind: len(found) for kind, found in kinds.items()}
