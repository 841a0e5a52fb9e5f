"""Chinese numerals that count nothing: 一个, 一批, 两手, 三个方面."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

from zhenxing.reading.lexicon import any_of, units, words
from zhenxing.reading.numerals import DIGITS

TEN = 10
SAYING = "manner of speaking"
COUNTED_ALONE = frozenset({"批", "位", "次", "期", "方"})
_BARE_SIZE = re.compile(r"(?:突破|超过?|跨越|迈上|迈过|逾)$")
_POINTED = ("第", "每", "这", "同", "另", "逐", "任何", "某", "之", "一式", "各执", "各")
_MARKS = "\n,。;:、“”的了是有一"


def is_saying(text: str, match: re.Match[str], value: Decimal) -> str | None:
    """Say why a Chinese numeral is a manner of speaking, or None where it counts.

    match: a token of the scanner, with its groups `chinese`, `unit`, `bare` and so on. Shares
    always count; a bare 百亿 counts after 突破; a small number counts where its noun stands before
    it and the clause ends (基地一处), or after a verb of doing (新建两座).
    """
    if match["percent"] or match["tenths"] or match["times"]:
        return None
    before, after = text[max(0, match.start() - 6) : match.start()], text[match.end() :][:12]
    nameless = not any(char in DIGITS for char in match["chinese"])
    if before.endswith(_POINTED) or (nameless and not _BARE_SIZE.search(before)):
        return SAYING
    if match["bare"]:
        return None
    return None if _counts(before, after, match["unit"], value) else SAYING


def _counts(before: str, after: str, unit: str, value: Decimal) -> bool:
    told = value > 1 and before.endswith(words("doing"))
    if units()[unit].real:
        return value >= TEN or told
    if (value == 1 and unit in COUNTED_ALONE) or (unit in {"类", "种"} and value < TEN):
        return False
    ended = not after or after[0] in ",。;!?、\n)" or after.startswith(("共", "以"))
    noun = bool(before) and before[-1] not in _MARKS and "一" <= before[-1] <= "龥"
    return (noun and ended) or ((value >= TEN or told) and not _sayings().match(after))


@cache
def _sayings() -> re.Pattern[str]:
    return re.compile(rf"(?:[^,。;]{{0,2}})?{any_of(words('not_counted'))}")
