"""Numbers with their units in running text: the scanner under every fact.

It reads Arabic and Chinese numerals and mixtures, commas, ranges, magnitudes, masked numbers,
percent, per mille, percentage points, tenths (成), multiples and doublings. What it leaves aside
it names, so that a reader can ask why.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from zhenxing.reading.exclusions import Excluded, excluded
from zhenxing.reading.lexicon import any_of, table, unit_pattern, units
from zhenxing.reading.numerals import MAGNITUDES, NUMERAL, chinese_number, magnitude
from zhenxing.reading.sayings import is_saying

PLACE_UNITS = frozenset(
    {"村", "镇", "组", "所", "部", "班", "片", "面", "门", "本", "分", "家", "方", "里"}
)
TEN = 10
_FAR = re.compile(r"(至少|最多|不少于|不超过)[^,。;:、\d]{1,8}$")
HUNDRED = Decimal(100)
_ARABIC = r"\d{1,3}(?:,\d{3})+(?![\d,]\d)(?:\.\d+)?|\d+(?:\.\d+)?"
_MIXED = r"\d+[亿万千百](?:\d+[万千百十])+|\d+[亿万千百]\d+[千百十万]"
_MASK = r"(?<![*×xXA-Za-z])[*×xX]{1,6}(?:\.[*×xX\d]+)?(?![A-Za-z])"
_CHINESE = rf"[{NUMERAL}]+(?:点[{NUMERAL[:11]}]+)?"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit.

    start, end: in the healed text, comparison words not included. value, high: as written, None
    where masked; base, base_high: with 十百千万亿 multiplied out. unit carries the magnitude
    (万元). comparator: `=`, `>=`, `<=`, `~`. opening, closing: where the comparison words begin
    and end. numeral: written in Chinese numerals. rule: the pattern that found it.
    """

    start: int
    end: int
    value: Decimal | None
    high: Decimal | None
    unit: str
    scale: int
    comparator: str
    opening: int
    closing: int
    masked: bool = False
    negative: bool = False
    numeral: bool = False
    rule: str = "number"

    @property
    def base(self) -> Decimal | None:
        """The value with its magnitude multiplied out."""
        return None if self.value is None else self.value * self.scale

    @property
    def base_high(self) -> Decimal | None:
        """The upper end of a range, multiplied out."""
        return None if self.high is None else self.high * self.scale


@dataclass(frozen=True, slots=True)
class Scan:
    """The quantities of a text, and what was left aside with the reason."""

    quantities: tuple[Quantity, ...]
    aside: tuple[Excluded, ...]


def scan(text: str) -> Scan:
    """Find every quantity of a healed text.

    >>> found = scan("培育龙头企业1-2个,投资2亿余元,增长**%,六千五百三十六人").quantities
    >>> [(str(q.value), str(q.high), q.unit, q.comparator) for q in found][:2]
    [('1', '2', '个', '='), ('2', 'None', '亿元', '~')]
    >>> [(str(q.value), q.unit, q.masked) for q in found][2:]
    [('None', '%', True), ('6536', '人', False)]
    """
    closed = excluded(text)
    starts = [each.start for each in closed]
    kept: list[Quantity] = []
    aside = list(closed)
    for match in _token().finditer(text):
        at = bisect_right(starts, match.end() - 1) - 1
        if at >= 0 and closed[at].end > match.start():
            continue
        found = _quantity(text, match)
        if isinstance(found, Quantity):
            kept.append(found)
        else:
            aside.append(Excluded(match.start(), match.end(), found))
    return Scan(tuple(kept), tuple(sorted(aside, key=lambda each: each.start)))


@cache
def _token() -> re.Pattern[str]:
    more = "[余多来几]"
    unit = (
        rf"(?P<mag>[十百千万亿]{{0,3}}?)(?P<more>{more})?(?P<mag2>[万亿])?"
        rf"(?P<unit>{unit_pattern()})"
    )
    ends = (
        rf"(?:(?P<percent>%|‰|个百分点|百分点)|{unit}|(?P<bare>[万亿])(?P<more3>{more})?"
        r"|(?:(?P<tenths>成(?![立为长熟效果员本就品交绩功年]))|(?P<times>倍))(?P<more4>[余多])?)"
    )
    share = rf"{_ARABIC}|[{NUMERAL[:13]}百]+(?:点[{NUMERAL[:11]}]+)?"
    first = rf"(?P<mixed>{_MIXED})|(?P<arabic>{_ARABIC})|(?P<mask>{_MASK})|(?P<chinese>{_CHINESE})"
    range_end = (
        rf"(?:[十百千万亿]*(?:{unit_pattern()}|%)?(?:[-—~]{{1,2}}|至|到)(?P<high>{_ARABIC}))?"
    )
    parts = (
        rf"(?P<share>(?P<of>百分之|千分之)(?P<sharenumber>{share}))",
        r"(?P<half>半数|过半|一半)(?!时)",
        r"(?P<double>翻了?(?P<doubled>[一两二三])?番)",
        rf"(?<![\d.])(?P<minus>(?<![\d%])-(?=\d))?(?:{first}){range_end}{ends}",
    )
    return re.compile("|".join(parts))


def _quantity(text: str, match: re.Match[str]) -> Quantity | str:
    """Read a token, or say why it is no quantity."""
    for name, read in _SPECIAL.items():
        if match[name]:
            return read(text, match)
    value, scale = _number(match)
    if value is None:
        return "no number in these characters"
    if match["chinese"] and (reason := is_saying(text, match, value * scale)):
        return reason
    unit, unit_scale = _unit(match)
    if match["tenths"]:
        value, unit = value * TEN, "%"
    if match["bare"]:
        unit += _implied(text, match)
    if scale > 1 and unit_scale == 1:
        unit = {10**4: "万", 10**8: "亿"}[scale] + unit
    high = Decimal(match["high"].replace(",", "")) if match["high"] else None
    return compared(text, Quantity(
        match.start(), match.end(), value, high, unit, scale * unit_scale,
        "~" if any(match[f"more{n}"] for n in ("", 3, 4)) else "=", match.start(), match.end(),
        negative=bool(match["minus"]), numeral=bool(match["chinese"]),
        rule="range" if high is not None else "number",
    ))  # fmt: skip


def _number(match: re.Match[str]) -> tuple[Decimal | None, int]:
    """Return the coefficient and its magnitude where a Chinese numeral ends in 万 or 亿."""
    if match["arabic"]:
        return Decimal(match["arabic"].replace(",", "")), 1
    if match["mixed"]:
        pairs = re.findall(r"(\d+)([十百千万亿])", match["mixed"])
        return Decimal(sum(int(count) * MAGNITUDES[size] for count, size in pairs)), 1
    numeral = match["chinese"]
    size = {"万": 10**4, "亿": 10**8}.get(numeral[-1], 1)
    value = chinese_number(numeral)
    return (None if value is None else value / size), size


def _unit(match: re.Match[str]) -> tuple[str, int]:
    if match["percent"]:
        return {"百分点": "个百分点"}.get(match["percent"], match["percent"]), 1
    if match["unit"]:
        name = units()[match["unit"]].standard
        size = (match["mag"] or "") + (match["mag2"] or "")
        return size + name, magnitude(size)
    if match["bare"]:
        return match["bare"], magnitude(match["bare"])
    return "倍" if match["times"] else "", 1


def _implied(text: str, match: re.Match[str]) -> str:
    """Name the unit that a bare 万 or 亿 leaves out, by the words around it."""
    left = re.split(r"[,。;\n]", text[max(0, match.start() - 24) : match.start()])[-1]
    right = re.split(r"[,。;\n]", text[match.end() : match.end() + 8])[0]
    for rule in table("units")["implied"]:
        if any(word in left for word in rule["left"]) or any(
            word in right for word in rule.get("right", ())
        ):
            return str(rule["unit"])
    return ""


def _masked(text: str, match: re.Match[str]) -> Quantity | str:
    unit, scale = _unit(match)
    if match["tenths"] or match["times"] or match["bare"] or unit in PLACE_UNITS:
        return "masked name"
    return compared(text, Quantity(
        match.start(), match.end(), None, None, unit, scale, "=", match.start(), match.end(),
        masked=True, rule="masked",
    ))  # fmt: skip


def _share(text: str, match: re.Match[str]) -> Quantity | str:
    digits = match["sharenumber"]
    value = Decimal(digits.replace(",", "")) if digits[0].isdigit() else chinese_number(digits)
    if value is None:
        return "no number in these characters"
    unit = "%" if match["of"] == "百分之" else "‰"
    return compared(text, _plain(match, value, unit, "share"))


def _half(text: str, match: re.Match[str]) -> Quantity | str:
    found = _plain(match, HUNDRED / 2, "%", "half")
    return compared(text, found)


def _double(text: str, match: re.Match[str]) -> Quantity | str:
    times = {"一": 1, "两": 2, "二": 2, "三": 3}.get(match["doubled"] or "一", 1)
    return compared(text, _plain(match, (2**times - 1) * HUNDRED, "%", "doubling"))


def _plain(match: re.Match[str], value: Decimal, unit: str, rule: str) -> Quantity:
    start, end = match.span()
    return Quantity(start, end, value, None, unit, 1, "=", start, end, numeral=True, rule=rule)


_SPECIAL = {"share": _share, "half": _half, "double": _double, "mask": _masked}


def compared(text: str, found: Quantity) -> Quantity:
    """Add the comparison that stands right before or after a quantity.

    >>> compared("不足5分", Quantity(2, 4, Decimal(5), None, "分", 1, "=", 2, 4)).comparator
    '<='
    """
    after = _after().match(text, found.end)
    before = _before().search(text[max(0, found.start - 6) : found.start])
    comparator, opening, closing = found.comparator, found.opening, found.closing
    if before:
        sign = _sign("before", before[0])
        opening = found.start - len(before[0])
        comparator = sign if before[0] != "控制在" or after else comparator
    if after:
        comparator = _sign("after", after[0]) if comparator in {"=", "~", "<="} else comparator
        closing = after.end()
    far = _FAR.search(text[max(0, found.start - 12) : found.start])
    if comparator == "=" and far:
        comparator = _sign("before", far[1])
    return replace(found, comparator=comparator, opening=opening, closing=closing)


@cache
def _before() -> re.Pattern[str]:
    return re.compile(any_of(_signs("before")) + "$")


@cache
def _after() -> re.Pattern[str]:
    return re.compile(any_of(_signs("after")))


@cache
def _signs(side: str) -> dict[str, str]:
    return {str(word): sign for sign, found in table("words")[side].items() for word in found}


def _sign(side: str, word: str) -> str:
    return _signs(side)[word]
