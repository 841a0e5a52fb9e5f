"""Lamp rule files: YAML to rule sets, all problems at once with their lines."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import cast

from zhenxing.engine.lamps.colours import Colour
from zhenxing.engine.lamps.intervals import Interval
from zhenxing.engine.lamps.measures import MEASURES, LampMeasure
from zhenxing.engine.lamps.rules import SUBJECTS, Band, RuleBook, RuleSet, Subject
from zhenxing.engine.ruletext import Node, RuleText
from zhenxing.kernel.problems import Problem

_REQUIRED = ("id", "name", "basis", "measure", "bands")
_OPTIONAL = ("subject", "indicators", "domain")
_LOWS, _HIGHS = ("at_least", "above"), ("at_most", "below")
_COLOURS: Mapping[str, Colour] = {
    "green": Colour.GREEN, "yellow": Colour.YELLOW, "red": Colour.RED,
    "绿": Colour.GREEN, "黄": Colour.YELLOW, "红": Colour.RED,
}  # fmt: skip


def load_rules(text: str, file: str) -> tuple[RuleBook, list[Problem]]:
    """Read a lamp rule file; the format is in the engine's README and docs/algorithms/lamps.md.

    Returns the sound rule sets and every problem. A hole is a warning (the set is loaded and gives
    grey there), an overlap of two lamps an error; whatever cannot be read is an error and left out.

    >>> load_rules("- {id: lead}", "lamps.yaml")[1][0].sentence
    'lamps.yaml 第1行：缺少「name」「basis」「measure」「bands」；请补上。'
    """
    rules = RuleText(file)
    sets: list[RuleSet] = []
    for node in rules.items(rules.open(text)):
        rule_set = _rule_set(rules, node)
        if rule_set is not None and _is_new(rules, node, rule_set, sets):
            sets.append(rule_set)
            _report_cover(rules, node, rule_set)
    return RuleBook(tuple(sets)), rules.problems


def _rule_set(rules: RuleText, node: Node) -> RuleSet | None:
    fields = rules.fields(node, required=_REQUIRED, optional=_OPTIONAL)
    code, name, basis = (rules.text(fields.get(key)) for key in ("id", "name", "basis"))
    measure = rules.choice(fields.get("measure"), MEASURES)
    subject = rules.choice(fields.get("subject"), SUBJECTS)
    codes = [rules.text(each) for each in rules.items(fields.get("indicators"))]
    measured = MEASURES.get(measure or "")
    domain = _domain(rules, fields.get("domain"), measured)
    whole = measured is not None and measured.whole
    read = [_band(rules, each, whole=whole) for each in rules.items(fields.get("bands"))]
    bands = tuple(band for band in read if band is not None)
    if not (code and name and basis and measure and domain and bands) or len(bands) < len(read):
        return None
    return RuleSet(
        code,
        name,
        basis,
        measure,
        domain,
        bands,
        cast("Subject", subject or "indicator"),
        frozenset(each for each in codes if each),
    )


def _domain(rules: RuleText, node: Node | None, measured: LampMeasure | None) -> Interval | None:
    if measured is None:
        return None
    if node is None:
        return measured.domain
    fields = rules.fields(node, optional=("low", "high"))
    low, high = rules.number(fields.get("low")), rules.number(fields.get("high"))
    domain = Interval.of(at_least=low, at_most=high, whole=measured.whole).common(measured.domain)
    if domain.is_empty:
        rules.complain(node, "规则的适用范围是空的", "请核对low和high")
        return None
    return domain


def _band(rules: RuleText, node: Node, *, whole: bool) -> Band | None:
    told = len(rules.problems)
    fields = rules.fields(node, required=("lamp", "words"), optional=(*_LOWS, *_HIGHS))
    colour = _COLOURS.get(rules.choice(fields.get("lamp"), _COLOURS) or "")
    words = rules.text(fields.get("words"))
    bounds = {key: rules.number(fields.get(key)) for key in (*_LOWS, *_HIGHS)}
    for pair in (_LOWS, _HIGHS):
        if all(bounds[key] is not None for key in pair):
            rules.complain(node, f"同时写了{'和'.join(pair)}", "请只留一个")
    interval = _interval(bounds, whole=whole)
    if interval.is_empty:
        rules.complain(node, "这一档没有数能落进去", "请核对上下限")
    if len(rules.problems) > told or colour is None or words is None:
        return None
    return Band(colour, interval, words)


def _interval(bounds: Mapping[str, Decimal | None], *, whole: bool) -> Interval:
    return Interval.of(
        at_least=bounds["at_least"],
        above=bounds["above"],
        at_most=bounds["at_most"],
        below=bounds["below"],
        whole=whole,
    )


def _is_new(rules: RuleText, node: Node, rule_set: RuleSet, earlier: list[RuleSet]) -> bool:
    for other in earlier:
        if other.id == rule_set.id:
            rules.complain(node, f"规则「{rule_set.id}」已有", "请换一个id，或删去一处")
            return False
        if _same_use(rule_set, other):
            rules.complain(
                node,
                f"「{rule_set.id}」与「{other.id}」判的是同一件事",
                "请删去一处，或用indicators写明各管哪些指标",
            )
            return False
    return True


def _same_use(one: RuleSet, other: RuleSet) -> bool:
    if (one.subject, one.measure) != (other.subject, other.measure):
        return False
    if not one.indicators and not other.indicators:
        return True
    return bool(one.indicators & other.indicators)


def _report_cover(rules: RuleText, node: Node, rule_set: RuleSet) -> None:
    measured = rule_set.measured
    for hole in rule_set.holes:
        rules.complain(
            node,
            f"「{rule_set.name}」没有规定{measured.label}{hole.words(whole=measured.whole)}"
            f"（{measured.unit}）时亮什么灯，落在其中的亮灰灯",
            "请向制定单位核实，补一档或改动上下限",
            "warning",
        )
    for first, second, shared in rule_set.overlaps:
        lamps = [rule_set.bands[first].colour.label, rule_set.bands[second].colour.label]
        rules.complain(
            node,
            f"「{rule_set.name}」对{measured.label}{shared.words(whole=measured.whole)}"
            f"（{measured.unit}）规定了两次：{'、'.join(lamps)}",
            "请改动上下限，使每个数只落一档",
        )
