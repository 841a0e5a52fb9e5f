"""Stretches whose digits are no quantity: dates, document numbers, slogans, lists, telephones."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from zhenxing.reading.lexicon import any_of, table, words

_CN = "一二三四五六七八九十"
_DAY = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
_YEAR = r"(?:(?:19|20)\d{2}|[一二][〇零九][〇零一二三四五六七八九]{2})"
_PATTERNS: tuple[tuple[str, str], ...] = (
    ("book title", r"《[^》\n]{1,80}》"),
    ("quoted words", r"“[^”\n]{1,20}”|\u2018[^\u2019\n]{1,20}\u2019|「[^」\n]{1,20}」"),
    ("document number", r"[〔\[(【]\d{4}[〕\])】]第?\d*号?|(?<!\d)第?\d{1,6}号(?!楼)"),
    ("telephone", r"(?<!\d)(?:0\d{2,3}-\d{7,8}|1[3-9]\d{9})(?!\d)"),
    (
        "address",
        r"(?:https?://|www\.)[\w./?=&%-]{1,300}|(?<![A-Za-z0-9.-])[A-Za-z0-9.-]{1,64}@[A-Za-z0-9.-]{1,64}",
    ),
    ("slogan with plus signs", r"(?<!\d)\d{1,4}(?:\+(?:\d{1,4}|[A-Z]))+"),
    (
        "date",
        rf"{_YEAR}(?:年度?|[-/.]\d{{1,2}}[-/.]\d{{1,2}})(?:{_DAY}月份?)?(?:[上中下]旬|[底末初])?(?:{_DAY}日)?",
    ),
    (
        "date",
        rf"(?:{_DAY}|元)(?:[-—~至]{_DAY})?月份?(?:[上中下]旬|[底末初])?(?:{_DAY}日)?(?!亮|饼|嫂)",
    ),
    ("date", rf"{_DAY}日(?![均处产])|\d{{1,2}}:\d{{2}}(?::\d{{2}})?(?!\d)"),
    ("date", r"(?:第?[一二三四1-4]|前[二三])季度|二十一世纪|(?<!\d)\d{1,2}世纪|十[一二三四五]五"),
    ("ratio", r"(?<![\d.])\d{1,6}(?:\.\d{1,6})?(?::\d{1,6}(?:\.\d{1,6})?)+"),
    (
        "list number",
        rf"(?:(?<=[\n。;!?:])|^)(?:\d{{1,2}}[.、)](?!\d)|\([\d{_CN}]{{1,3}}\)|[{_CN}]{{1,3}}、)",
    ),
    ("list number", rf"(?:(?<=[\n。;!?:,])|^)(?:[{_CN}]{{1,3}}是|第[{_CN}]{{1,2}},|其[{_CN}],?)"),
    ("heading number", rf"\([{_CN}]{{1,3}}\)"),
    (
        "others it is ranked among",
        r"(?<!\d)\d{1,4}个(?:乡镇|镇|乡|县区|县|区|市|村|街道|单位|部门)中(?=[^,。;]{0,6}(?:排|居|列|位))",
    ),
    ("building number", r"(?<!\d)\d{1,4}#"),
    ("name with digits", r"(?<![A-WYZa-wyz])[A-WYZa-wyz]{1,20}-?\d{1,12}(?:\.\d{1,6})?"),
)


@dataclass(frozen=True, slots=True)
class Excluded:
    """A stretch that holds no quantity, and why."""

    start: int
    end: int
    reason: str


def excluded(text: str) -> list[Excluded]:
    """Return the stretches of a healed text whose digits are not quantities, in order.

    >>> [(each.reason, each.start, each.end) for each in excluded("2023年3月,《15条》")]
    [('date', 0, 7), ('book title', 8, 13)]
    """
    found = [
        Excluded(match.start(), match.end(), match.lastgroup or "")
        for match in _all().finditer(text)
    ]
    return [Excluded(each.start, each.end, _REASONS[each.reason]) for each in found]


_REASONS = {f"p{index}": reason for index, (reason, _) in enumerate(_PATTERNS)}
_REASONS |= {"durations": "length of time or age", "papers": "name of a paper",
             "ordinal": "ordinal number"}  # fmt: skip


@cache
def _all() -> re.Pattern[str]:
    named = [f"(?P<p{index}>{pattern})" for index, (_, pattern) in enumerate(_PATTERNS)]
    number = rf"(?<![\d.])(?:\d{{1,9}}(?:\.\d{{1,6}})?|[{_CN}两百]{{1,6}})"
    lengths = any_of(map(str, table("units")["durations"]))
    named.append(
        rf"(?P<ordinal>第(?:\d{{1,6}}|[{_CN}百]{{1,6}})(?!(?:\d|[{_CN}百]))(?![名位]|[,。;、的)]|$))"
    )
    named.append(rf"(?P<papers>{number}[条项](?:[^,。;\d]{{0,4}})?{any_of(words('papers'))})")
    named.append(rf"(?P<durations>{number}(?:多|余)?{lengths}(?!度))")
    return re.compile("|".join(named))
