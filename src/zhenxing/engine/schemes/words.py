"""Rules in words and in symbols, as an office reads them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from zhenxing.engine.schemes.resolving import text_of
from zhenxing.engine.schemes.results import plain
from zhenxing.engine.schemes.scheme import (
    Band,
    BestRatio,
    Blend,
    Completion,
    Events,
    Formula,
    Item,
    Judged,
    MinMax,
    Pass,
    RankBetween,
    RankSteps,
    Ratings,
    Rule,
    Side,
    Steps,
    Sum,
    Tiers,
)

_SIGNS = str.maketrans({"*": "×", "/": "÷"})
_PERIODS = {"month": "月", "quarter": "季度", "half": "半年", "year": "年"}


def rule_words(rule: Rule, *, lower: bool = False) -> str:
    """Say a rule in one Chinese sentence without its full stop.

    >>> rule_words(Pass())
    '达到目标得满分，否则不得分'
    """
    said: str = _WORDS[type(rule)](rule)
    return f"{said}（越低越好）" if lower else said


def arithmetic(
    item: Item, said: str, inputs: Mapping[str, str | None], points: str, score: str
) -> str:
    """Show how the score came about: the rule in words (`said`), what went in, what came out."""
    given = [f"{name}={value}" for name, value in inputs.items() if value is not None]
    worth = [f"P={points}"] if item.points is not None else []
    return f"{said}：{'，'.join([*worth, *given, f'得{score}分'])}"


def _completion(rule: Completion) -> str:
    cap = "" if rule.cap is None else f"，最高{plain(rule.cap * 100)}%"
    floor = f"，最低{plain(rule.floor * 100)}%" if rule.floor else ""
    return f"按完成率计分{cap}{floor}"


def _steps(rule: Steps) -> str:
    base = "得满分" if rule.base == 1 else f"得{plain(rule.base * 100)}%的分"
    parts = [f"达到目标{base}"]
    if rule.over is not None:
        cap = "" if rule.over.limit is None else f"，最多加{plain(rule.over.limit)}分"
        parts.append(f"每超{_per(rule.over)}加{plain(rule.over.each)}分{cap}")
    if rule.short is not None:
        parts.append(f"未达到得{plain(rule.short)}分")
    elif rule.under is not None:
        floor = "" if rule.under.limit is None else f"，最低{plain(rule.under.limit)}分"
        parts.append(f"每差{_per(rule.under)}扣{plain(rule.under.each)}分{floor}")
    return "；".join(parts) + ("；不足一档不计" if rule.whole else "")


def _per(side: Side) -> str:
    return f"{plain(side.per)}{'个百分点' if side.of == 'share' else ''}"


def _tiers(rule: Tiers) -> str:
    bands = [f"{_band(band)}得{band.points.text}分" for band in rule.bands]
    if rule.otherwise is not None:
        bands.append(f"其余得{rule.otherwise.text}分")
    return f"按{rule.measure.text}分档：{'；'.join(bands)}"


def _band(band: Band) -> str:
    low = "" if band.low is None else f"{'>' if band.low_open else '≥'}{plain(band.low)}"
    high = "" if band.high is None else f"{'<' if band.high_open else '≤'}{plain(band.high)}"
    return "且".join(part for part in (low, high) if part)


def _sum(rule: Sum) -> str:
    parts = [
        f"{part.points.text}分" + (f"（{part.when.text}）" if part.when else "")
        for part in rule.parts
    ]
    return f"各部分相加：{'、'.join(parts)}" + ("，不超过满分" if rule.limited else "")


def _ratings(rule: Ratings) -> str:
    weights = "、".join(f"{name}{plain(each * 100)}%" for name, each in rule.weights.items())
    trimmed = "，去掉一个最高分和一个最低分" if rule.trimmed else ""
    return f"各类评分取平均{trimmed}，按{weights}加权，满分{plain(rule.scale)}"


def _events(rule: Events) -> str:
    if rule.tiers:
        tiers = "；".join(f"满{plain(least)}得{plain(points)}分" for least, points in rule.tiers)
        each = f"每件按金额：{tiers}"
    else:
        each = f"每件{plain(rule.each)}分"
    most = "" if rule.per is None else f"，每{_PERIODS[rule.per]}最多计{rule.at_most}件"
    cap = "" if rule.cap is None else f"，最多{plain(rule.cap)}分"
    return f"按「{rule.event}」{each}{most}{cap}"


def _blend(rule: Blend) -> str:
    parts = [f"{plain(part.share * 100)}%{rule_words(part.rule)}" for part in rule.parts]
    return "合成：" + "；".join(parts)


def _rank_steps(rule: RankSteps) -> str:
    floor = "" if rule.floor is None else f"，最低{plain(rule.floor)}分"
    return f"组内第1名得满分，每降1名扣{plain(rule.step)}分{floor}"


_WORDS: Mapping[type, Callable[[Any], str]] = MappingProxyType(
    {
        Pass: lambda _: "达到目标得满分，否则不得分",
        Completion: _completion,
        Steps: _steps,
        Tiers: _tiers,
        MinMax: lambda rule: f"功效系数法（{plain(rule.low)}—{plain(rule.high)}，组内最差至最好）",
        BestRatio: lambda _: "与组内最好值之比计分",
        RankSteps: _rank_steps,
        RankBetween: lambda rule: f"按名次从{plain(rule.first)}分到{plain(rule.last)}分等差排列",
        Sum: _sum,
        Judged: lambda rule: (
            "按评定："
            + "、".join(f"{word}{plain(points)}分" for word, points in rule.words.items())
        ),
        Ratings: _ratings,
        Blend: _blend,
        Formula: lambda rule: f"按算式{text_of(rule.formula.tree).translate(_SIGNS)}",
        Events: _events,
    }
)
