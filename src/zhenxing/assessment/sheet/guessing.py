"""What kind of rule a sentence of a document means, as far as its words tell."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from zhenxing.assessment.sheet import kinds
from zhenxing.assessment.sheet.tree import inline
from zhenxing.engine.ruletext import RuleText
from zhenxing.engine.schemes.reading import SchemeText
from zhenxing.engine.schemes.rule_loading import read_rule
from zhenxing.engine.schemes.words import rule_words

_N = r"(\d+(?:\.\d+)?|一)"
_MORE = re.compile(
    rf"每(?:超过|超额|超|增加|增长|增|提高|高于?|多)[^，。；,;]{{0,6}}?{_N}"
    rf"(个百分点|个点|%|％)?[^，。；,;]{{0,8}}?加{_N}分"
)
_LESS = re.compile(
    rf"每(?:减少|减|少|欠|低于?|下降|降低|降|差)[^，。；,;]{{0,6}}?{_N}"
    rf"(个百分点|个点|%|％)?[^，。；,;]{{0,8}}?(?:扣|减){_N}分"
)
_MOST = re.compile(rf"(?:最多|最高|至多|上限)(?:加|得|计)?(?:至|到)?{_N}分|加满{_N}分为止")
_RANK = re.compile(
    rf"每(?:降低|降|下降|低|后移|退后)?[^，。；]{{0,4}}?{_N}个?(?:名次|位次|名|位)"
    rf"[^，。；]{{0,6}}?(?:扣|减|递减){_N}分?"
)
_FIRST = re.compile(rf"第(?:一|1)名(?:得|计){_N}分.*?(?:最后一名|末名|末位)(?:得|计)?{_N}分")
_EVENT = re.compile(
    rf"每[^，。；,;]{{0,12}}?(?:{_N})?(?:件|个|次|条|项|起|家|篇)"
    rf"[^，。；,;]{{0,10}}?(?:得|加|计|扣){_N}分"
)
_BAND = re.compile(
    rf"(?:达到|完成|在|≥|率)?{_N}(?:%|％)(?:（含）|\(含\))?及?以上[^，。；]{{0,6}}?(?:得|计){_N}分"
)
_WORD = re.compile(
    rf"(优秀|优|良好|良|较好|好|一般|中|合格|较差|差|不合格)[^，。；、]{{0,4}}?(?:得|计)?{_N}分"
)
_COEFFICIENT = re.compile(r"功效系数")
_SCALED = re.compile(r"完成率|完成比例|按比例|完成情况.*比例|折算|按完成")
_FULL = re.compile(r"(?:达到|完成|达标|实现)[^。；]*?(?:满分|得分)")
_SHORT = re.compile(r"(?:否则|未完成|未达标|未达到|完不成)[^。；]*?(?:不得分|0分|零分)")
_RATED = re.compile(r"测评|评议|打分|评审|满意度")
_HIGH = re.compile(r"(?:不超过|最高|封顶|上限)[^。；，]*?(\d{3})(?:%|％)")


@dataclass(frozen=True)
class Guess:
    """A kind with its cells; the words themselves where nothing was understood."""

    kind: str
    cells: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_understood(self) -> bool:
        """Whether the words were made sense of."""
        return self.kind != kinds.FREE

    @property
    def said(self) -> str:
        """The rule in the language's own words."""
        if not self.is_understood:
            return ""
        text = SchemeText("")
        node = RuleText("").open(inline(kinds.meant(self.kind, self.cells)))
        rule = read_rule(text, node)
        return rule_words(rule) if rule is not None else ""


def guessed(words: str, name: str) -> Guess:
    """Guess a rule from its words.

    >>> guessed("按完成率计分，最高不超过120%", "投资").cells
    {'cap': '120%'}
    >>> guessed("由考核组研究确定", "投资").is_understood
    False
    """
    said = re.sub(r"\s+", "", words)
    for read in READERS:
        found = read(said, name)
        if found is not None:
            return found
    return Guess(kinds.FREE, {"text": words.strip()} if words.strip() else {})


def _number(text: str | None) -> str:
    return "1" if text == "一" else text or ""


def _minmax(said: str, _name: str) -> Guess | None:
    return Guess("minmax", {"low": "60", "high": "100"}) if _COEFFICIENT.search(said) else None


def _ranked(said: str, _name: str) -> Guess | None:
    ends = _FIRST.search(said)
    if ends:
        return Guess("rank_between", {"first": _number(ends[1]), "last": _number(ends[2])})
    match = _RANK.search(said)
    return Guess("rank_steps", {"step": _number(match[2]), "floor": "0"}) if match else None


def _stepped(said: str, _name: str) -> Guess | None:
    more, less = _MORE.search(said), _LESS.search(said)
    if not more and not less:
        return None
    cells = {}
    if "完成" in said or "任务" in said:
        cells["of"] = "share"
    if more:
        cells |= {"over_per": _number(more[1]), "over_add": _number(more[3])}
        most = _MOST.search(said, more.end())
        cells |= {"over_cap": _number(most[1] or most[2])} if most else {}
    if less:
        cells |= {"under_per": _number(less[1]), "under_sub": _number(less[3]), "under_floor": "0"}
    return Guess("steps", cells)


def _tiered(said: str, _name: str) -> Guess | None:
    bands = _BAND.findall(said)
    if len(bands) < 2:  # noqa: PLR2004  # one band is no ladder
        return None
    bands = sorted(bands, key=lambda band: -float(_number(band[0])))
    lines = "\n".join(f"≥{_number(least)} 得 {_number(points)}" for least, points in bands)
    return Guess("tiers", {"measure": "100 * x / T", "bands": lines, "else": "0"})


def _judged(said: str, _name: str) -> Guess | None:
    words = dict(_WORD.findall(said))
    if len(words) < 2:  # noqa: PLR2004  # one word is no scale
        return None
    return Guess("judged", {"words": "\n".join(f"{word} {each}" for word, each in words.items())})


def _counted(said: str, name: str) -> Guess | None:
    match = _EVENT.search(said)
    if match is None:
        return None
    most = _MOST.search(said, match.end())
    cap = {"cap": _number(most[1] or most[2])} if most else {}
    return Guess("events", {"event": name, "each": _number(match[2]), **cap})


def _passed(said: str, _name: str) -> Guess | None:
    return Guess("pass") if _FULL.search(said) and _SHORT.search(said) else None


def _completed(said: str, _name: str) -> Guess | None:
    if not _SCALED.search(said):
        return None
    high = _HIGH.search(said)
    return Guess("completion", {"cap": f"{high[1]}%" if high else "1"})


def _rated(said: str, _name: str) -> Guess | None:
    return Guess("ratings", {"by": "评委 1"}) if _RATED.search(said) else None


def _reached(said: str, _name: str) -> Guess | None:
    return Guess("pass") if _FULL.search(said) else None


READERS: tuple[Callable[[str, str], Guess | None], ...] = (
    _minmax, _ranked, _stepped, _tiered, _judged, _counted, _passed, _completed, _rated, _reached,
)  # fmt: skip
