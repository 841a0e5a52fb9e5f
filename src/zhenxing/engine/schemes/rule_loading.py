"""Reading an item's rule: one small reader for each kind of rule."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from types import MappingProxyType
from typing import Literal, cast

from zhenxing.engine.ruletext import Node
from zhenxing.engine.schemes.reading import SchemeText
from zhenxing.engine.schemes.scheme import (
    Band,
    BestRatio,
    Blend,
    Completion,
    Events,
    Expression,
    Formula,
    Judged,
    Measured,
    MinMax,
    Part,
    Pass,
    RankBetween,
    RankSteps,
    Ratings,
    Rule,
    Share,
    Side,
    Steps,
    Sum,
    Tiers,
)
from zhenxing.engine.schemes.syntax import parse

ONE = Decimal(1)
X = Expression("x", 0, parse("x"))
PERIODS = ("month", "quarter", "half", "year")
BARE = ("pass", "completion", "best_ratio")


def read_rule(text: SchemeText, node: Node | None) -> Rule | None:
    """Read a rule: a bare word or one word with its settings; None, with problems, otherwise.

    >>> text = SchemeText("a.yaml")
    >>> read_rule(text, text.open("pass"))
    Pass()
    """
    if node is None:
        return None
    if isinstance(node.content, str):
        return _bare(text, node)
    fields = text.fields(node, optional=(*RULES, "limit"))
    kinds = [kind for kind in fields if kind != "limit"]
    if len(kinds) != 1:
        text.complain(node, f"这里写了{len(kinds)}种规则", "请恰好写一种")
        return None
    rule = RULES[kinds[0]](text, fields[kinds[0]])
    limit = text.choice(fields.get("limit"), ("none",))
    if limit is not None and kinds != ["sum"]:
        text.complain(fields["limit"], "limit只用于sum", "请删去limit")
    return replace(rule, limited=limit is None) if isinstance(rule, Sum) else rule


def _bare(text: SchemeText, node: Node) -> Rule | None:
    kind = text.choice(node, tuple(RULES))
    if kind is not None and kind not in BARE:
        text.complain(node, f"规则「{kind}」缺少内容", f"请写成{{{kind}: …}}")
    return RULES[kind](text, Node({}, node.line)) if kind in BARE else None


def _pass(text: SchemeText, node: Node) -> Rule:
    text.fields(node)
    return Pass()


def _completion(text: SchemeText, node: Node) -> Rule | None:
    fields = text.fields(node, optional=("cap", "floor"))
    cap, floor = text.amount(fields.get("cap")), text.amount(fields.get("floor"))
    floor = Decimal(0) if floor is None else floor
    if cap is not None and cap < floor:
        text.complain(node, f"cap {cap}小于floor {floor}", "请把cap写成不小于floor的数")
        return None
    return Completion(cap, floor)


def _steps(text: SchemeText, node: Node) -> Rule | None:
    fields = text.fields(node, optional=("of", "over", "under", "whole", "base", "short"))
    if not fields:
        text.complain(node, "steps没有写任何一边", "请写over、under或short")
        return None
    of = text.one_of(fields.get("of"), ("value", "share"), "value")
    over = _side(text, fields.get("over"), of, ("add", "cap"))
    under = _side(text, fields.get("under"), of, ("sub", "floor"))
    base, short = text.amount(fields.get("base")), text.amount(fields.get("short"))
    whole = bool(text.flag(fields.get("whole")))
    return Steps(over, under, whole, ONE if base is None else base, short)


def _side(text: SchemeText, node: Node | None, of: str, own: tuple[str, str]) -> Side | None:
    if node is None:
        return None
    each_name, limit_name = own
    fields = text.fields(node, required=("per", each_name), optional=("of", limit_name))
    per, each = text.positive(fields.get("per")), text.amount(fields.get(each_name))
    limit = text.amount(fields.get(limit_name))
    measured = text.one_of(fields.get("of"), ("value", "share"), of)
    if per is None or each is None:
        return None
    if each < 0 or (limit is not None and limit_name == "cap" and limit < 0):
        text.complain(node, f"「{each_name}」和「{limit_name}」不能为负", "请写0或大于0的数")
        return None
    return Side(cast("Measured", measured), per, each, limit)


def _tiers(text: SchemeText, node: Node) -> Rule | None:
    fields = text.fields(node, required=("bands",), optional=("measure", "else"))
    measure = text.expression(fields["measure"]) if "measure" in fields else X
    bands = tuple(_band(text, each) for each in text.items(fields.get("bands")))
    sound = tuple(band for band in bands if band is not None)
    if measure is None or not sound or len(sound) < len(bands):
        return None
    return Tiers(measure, sound, text.expression(fields.get("else")))


def _band(text: SchemeText, node: Node) -> Band | None:
    ends = ("at_least", "above", "at_most", "below")
    fields = text.fields(node, required=("points",), optional=ends)
    points = text.expression(fields.get("points"))
    read = {end: text.amount(fields.get(end)) for end in ends}
    low, high = (_end(text, fields, read, pair) for pair in (ends[:2], ends[2:]))
    if points is None or any(end in fields and read[end] is None for end in ends):
        return None
    if low is None and high is None:
        text.complain(
            node, "这一档没有写界限", "请写at_least、above、at_most或below；其余情形写else"
        )
        return None
    opens = (read["above"] is not None, read["below"] is not None)
    if low is not None and high is not None and (low > high or (low == high and any(opens))):
        text.complain(node, f"这一档从{low}到{high}，没有数落在里面", "请核对上下界")
        return None
    return Band(low, opens[0], high, opens[1], points)


def _end(
    text: SchemeText,
    fields: Mapping[str, Node],
    read: Mapping[str, Decimal | None],
    pair: tuple[str, ...],
) -> Decimal | None:
    closed, opened = pair
    if closed in fields and opened in fields:
        text.complain(fields[opened], f"「{closed}」和「{opened}」不能同时写", "请只留一个")
    return read[closed] if read[closed] is not None else read[opened]


def _minmax(text: SchemeText, node: Node) -> Rule | None:
    fields = text.fields(node, required=("low", "high"))
    low, high = text.amount(fields.get("low")), text.amount(fields.get("high"))
    if low is None or high is None:
        return None
    if low > high:
        text.complain(node, f"low {low}大于high {high}", "请把小的写在low")
        return None
    return MinMax(low, high)


def _best_ratio(text: SchemeText, node: Node) -> Rule:
    text.fields(node)
    return BestRatio()


def _rank_steps(text: SchemeText, node: Node) -> Rule | None:
    fields = text.fields(node, required=("step",), optional=("floor",))
    step, floor = text.amount(fields.get("step")), text.amount(fields.get("floor"))
    if step is not None and step < 0:
        text.complain(node, "step为负，名次越后得分越高", "请写0或大于0的数")
        return None
    return None if step is None else RankSteps(step, floor)


def _rank_between(text: SchemeText, node: Node) -> Rule | None:
    fields = text.fields(node, required=("first", "last"))
    first, last = text.amount(fields.get("first")), text.amount(fields.get("last"))
    if first is None or last is None:
        return None
    if first < last:
        text.complain(node, f"first {first}小于last {last}", "请把第一名的分写在first")
        return None
    return RankBetween(first, last)


def _sum(text: SchemeText, node: Node) -> Sum | None:
    parts = []
    for each in text.items(node):
        fields = text.fields(each, required=("points",), optional=("when",))
        points, when = text.expression(fields.get("points")), text.expression(fields.get("when"))
        if points is not None and (when is not None or "when" not in fields):
            parts.append(Part(points, when))
    return Sum(tuple(parts)) if parts and len(parts) == len(text.items(node)) else None


def _judged(text: SchemeText, node: Node) -> Rule | None:
    words = text.amounts(node)
    return None if words is None else Judged(MappingProxyType(words))


def _ratings(text: SchemeText, node: Node) -> Rule | None:
    fields = text.fields(node, required=("by",), optional=("drop", "scale"))
    weights, scale = text.amounts(fields.get("by")), text.positive(fields.get("scale"))
    trimmed = text.choice(fields.get("drop"), ("extremes", "none")) == "extremes"
    if weights is None:
        return None
    total = sum(weights.values())
    if total != 1:
        text.complain(fields["by"], f"各类评分人的权重合计{total}，应为1", "请调整权重，使合计为1")
    return Ratings(MappingProxyType(weights), trimmed, Decimal(100) if scale is None else scale)


def _blend(text: SchemeText, node: Node) -> Rule | None:
    parts = [_share(text, each) for each in text.items(node)]
    sound = tuple(part for part in parts if part is not None)
    if not sound or len(sound) < len(parts):
        return None
    total = sum(part.share for part in sound)
    if total != 1:
        text.complain(node, f"blend各部分share合计{total}，应为1", "请调整share，使合计为1")
    return Blend(sound)


def _share(text: SchemeText, node: Node) -> Share | None:
    fields = text.fields(node, required=("share", "rule"), optional=("value", "target", "better"))
    share, rule = text.positive(fields.get("share")), read_rule(text, fields.get("rule"))
    value, target = text.expression(fields.get("value")), read_target(text, fields.get("target"))
    better = text.choice(fields.get("better"), ("higher", "lower"))
    return None if share is None or rule is None else Share(share, rule, value, target, better)


def read_target(text: SchemeText, node: Node | None) -> Expression | Literal["schedule"] | None:
    """Read a target: `schedule`, or an expression."""
    if node is not None and node.content == "schedule":
        return "schedule"
    return text.expression(node)


def _formula(text: SchemeText, node: Node) -> Rule | None:
    formula = text.expression(node)
    return None if formula is None else Formula(formula)


def _events(text: SchemeText, node: Node) -> Rule | None:
    fields = text.fields(
        node,
        required=("event",),
        optional=("each", "per", "at_most", "amount_tiers", "cap"),
    )
    event, each = text.text(fields.get("event")), text.amount(fields.get("each"))
    per, cap = text.choice(fields.get("per"), PERIODS), text.amount(fields.get("cap"))
    at_most = text.whole(fields.get("at_most"), 1, 1000)
    tiers = tuple(_tier(text, tier) for tier in text.items(fields.get("amount_tiers")))
    if "each" not in fields and not tiers:
        text.complain(node, "events没有写每件得几分", "请写each或amount_tiers")
    if ("per" in fields) != ("at_most" in fields):
        text.complain(node, "per和at_most要一起写", "请写如per: quarter, at_most: 1")
    sound = tuple(sorted((tier for tier in tiers if tier is not None), reverse=True))
    if event is None:
        return None
    each = Decimal(0) if each is None else each
    return Events(event, each, per, at_most, sound, cap)  # type: ignore[arg-type]  # checked against PERIODS


def _tier(text: SchemeText, node: Node) -> tuple[Decimal, Decimal] | None:
    read = [text.amount(each) for each in text.items(node)]
    amount, points = read if len(read) == 2 else (None, None)  # noqa: PLR2004  # a pair
    if amount is not None and points is not None:
        return amount, points
    text.complain(node, "分档应当是[金额, 分]", "请写成[10, 20]：满10得20分")
    return None


RULES: Mapping[str, Callable[[SchemeText, Node], Rule | None]] = MappingProxyType(
    {
        "pass": _pass, "completion": _completion, "steps": _steps, "tiers": _tiers,
        "minmax": _minmax, "best_ratio": _best_ratio, "rank_steps": _rank_steps,
        "rank_between": _rank_between, "sum": _sum, "judged": _judged, "ratings": _ratings,
        "blend": _blend, "formula": _formula, "events": _events,
    }
)  # fmt: skip
