"""How a cell's text becomes a piece of the scheme's file, and back.

Each pair `shown`/`meant` is exact or silent: `shown` gives None where the cell could not hold the
piece, and whoever asks keeps it as text.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from zhenxing.assessment.sheet.tree import Plain

Shown = Callable[[Plain], str | None]
Meant = Callable[[str], Plain]
_END = r"(≥|>=|>|≤|<=|<)\s*(-?[0-9.]+%?)"
_BAND = re.compile(rf"^{_END}(?:\s*[且,，、]?\s*{_END})?\s*得\s*(.+?)(?:\s*分)?$")
_PART = re.compile(r"^(?:当\s*(.+?)\s*)?得\s*(.+?)(?:\s*分)?$")
_TIER = re.compile(r"^满\s*(\S+?)\s*得\s*(\S+?)\s*分?$")
_PAIR = re.compile(r"^(.+?)(?:\s*[:：]\s*|\s+)(\S+?)分?$")
_CLIP = re.compile(r"^(.+?)\s*限\s*(\S+?)\s*(?:至|到|—)\s*(\S+)$")
_QUOTA = re.compile(r"^(\S+?)\s+(\S+?)(?:\s*[,，]?\s*至少\s*(\S+?)分?)?$")
_SIGNS = {
    "≥": "at_least", ">=": "at_least", ">": "above", "≤": "at_most", "<=": "at_most", "<": "below",
}  # fmt: skip
_ENDS = {"at_least": "≥", "above": ">", "at_most": "≤", "below": "<"}
_EFFECTS = {"unranked": "不排名", "not_eligible": "不得评先", "replace": "调整退出"}
_COMMAS = re.compile(r"\s*[、,，;；]\s*")


@dataclass(frozen=True)
class Codec:
    """A pair of exact conversions."""

    shown: Shown
    meant: Meant

    def text(self, value: Plain) -> str | None:
        """Give the cell's text where the cell holds the piece without loss."""
        found = self.shown(value)
        return found if found is not None and found and self.meant(found) == value else None


def _same(value: Plain) -> str | None:
    return value if isinstance(value, str) else None


TEXT = Codec(_same, lambda text: text)


def _words(value: Plain) -> str | None:
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        return "、".join(str(each) for each in value)
    return None


WORDS = Codec(_words, lambda text: [each for each in _COMMAS.split(text.strip()) if each])


def _points(value: Plain) -> str | None:
    if isinstance(value, dict):
        return "、".join(f"{name} {each}" for name, each in value.items())
    return _same(value)


def _points_meant(text: str) -> Plain:
    parts = [_PAIR.match(each) for each in _COMMAS.split(text.strip())]
    if all(parts):
        return {match[1]: match[2] for match in parts if match}
    return text


POINTS = Codec(_points, _points_meant)


def lines(one: Callable[[Plain], str | None], back: Meant) -> Codec:
    """Make a codec of a list out of one of its entries, an entry a line."""

    def shown(value: Plain) -> str | None:
        if not isinstance(value, list):
            return None
        read = [one(each) for each in value]
        return None if None in read else "\n".join(each or "" for each in read)

    return Codec(
        shown, lambda text: [back(each.strip()) for each in text.splitlines() if each.strip()]
    )


def _band(value: Plain) -> str | None:
    if not isinstance(value, dict) or "points" not in value:
        return None
    ends = [f"{_ENDS[key]}{each}" for key, each in value.items() if key in _ENDS]
    return f"{' '.join(ends)} 得 {value['points']}"


def _band_meant(text: str) -> Plain:
    match = _BAND.match(text)
    if match is None:
        return text
    band: dict[str, Plain] = {_SIGNS[match[1]]: match[2]}
    if match[3]:
        band[_SIGNS[match[3]]] = match[4]
    return band | {"points": match[5]}


def _part(value: Plain) -> str | None:
    if not isinstance(value, dict) or "points" not in value:
        return None
    when = f"当 {value['when']} " if "when" in value else ""
    return f"{when}得 {value['points']}"


def _part_meant(text: str) -> Plain:
    match = _PART.match(text)
    if match is None:
        return text
    return {"when": match[1], "points": match[2]} if match[1] else {"points": match[2]}


def _tier(value: Plain) -> str | None:
    return f"满 {value[0]} 得 {value[1]}" if isinstance(value, list) and len(value) == 2 else None  # noqa: PLR2004  # a pair


def _tier_meant(text: str) -> Plain:
    match = _TIER.match(text)
    return [match[1], match[2]] if match else text


def _adjustment(value: Plain) -> str | None:
    if not isinstance(value, dict) or "add" not in value:
        return None
    clip = value.get("clip")
    limits = f" 限 {clip[0]} 至 {clip[1]}" if isinstance(clip, list) and len(clip) == 2 else ""  # noqa: PLR2004  # a pair
    return f"{value['add']}{limits}"


def _adjustment_meant(text: str) -> Plain:
    match = _CLIP.match(text)
    return {"add": match[1], "clip": [match[2], match[3]]} if match else {"add": text}


def _grade(value: Plain) -> str | None:
    if not isinstance(value, dict):
        return None
    words = [word for word in value if word != "min"]
    if len(words) != 1:
        return None
    share = "其余" if value[words[0]] == "rest" else value[words[0]]
    least = f" 至少{value['min']}" if "min" in value else ""
    return f"{words[0]} {share}{least}"


def _grade_meant(text: str) -> Plain:
    match = _QUOTA.match(text)
    if match is None:
        return text
    band: dict[str, Plain] = {match[1]: "rest" if match[2] == "其余" else match[2]}
    return band | ({"min": match[3]} if match[3] else {})


def _condition(brings: str) -> tuple[Callable[[Plain], str | None], Meant]:
    def shown(value: Plain) -> str | None:
        if not isinstance(value, dict) or set(value) != {"when", brings}:
            return None
        effect = str(value[brings])
        return f"{value['when']} → {_EFFECTS.get(effect, effect)}"

    def meant(text: str) -> Plain:
        when, arrow, effect = text.replace("->", "→").rpartition("→")
        if not arrow:
            return {"when": text}
        return {"when": when.strip(), brings: effect_code(effect.strip())}

    return shown, meant


def effect_code(word: str) -> str:
    """Give an effect's code for its Chinese word.

    >>> effect_code("不排名"), effect_code("不合格")
    ('unranked', '不合格')
    """
    return next((code for code, said in _EFFECTS.items() if said == word), word)


def _pairs(value: Plain) -> str | None:
    if isinstance(value, dict) and all(isinstance(each, str) for each in value.values()):
        return "\n".join(f"{word} {each}" for word, each in value.items())
    return None


def _pairs_meant(text: str) -> Plain:
    found: dict[str, Plain] = {}
    for line in filter(None, (each.strip() for each in text.splitlines())):
        match = _PAIR.match(line)
        if match is None:
            return text
        found[match[1]] = match[2]
    return found


def _lets(value: Plain) -> str | None:
    if isinstance(value, dict) and all(isinstance(each, str) for each in value.values()):
        return "\n".join(f"{name} = {each}" for name, each in value.items())
    return None


def _lets_meant(text: str) -> Plain:
    found: dict[str, Plain] = {}
    for line in filter(None, (each.strip() for each in text.splitlines())):
        name, _, expression = line.partition("=")
        found[name.strip()] = expression.strip()
    return found


_FLAGS = ("true", "yes", "是")
FLAG = Codec(lambda value: "true" if value in _FLAGS else None, lambda _: "true")
EFFECT = Codec(
    lambda value: _EFFECTS.get(value, value) if isinstance(value, str) else None, effect_code
)
BANDS, PARTS = lines(_band, _band_meant), lines(_part, _part_meant)
TIERS, ADJUSTMENTS = lines(_tier, _tier_meant), lines(_adjustment, _adjustment_meant)
GRADES = lines(_grade, _grade_meant)
EFFECTS, SHIFTS = lines(*_condition("effect")), lines(*_condition("by"))
PAIRS, LETS = Codec(_pairs, _pairs_meant), Codec(_lets, _lets_meant)
