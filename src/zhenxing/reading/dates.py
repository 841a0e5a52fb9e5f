"""Dates in running text: deadlines with their rule, and the period a figure speaks of."""

from __future__ import annotations

import re
from dataclasses import dataclass

from zhenxing.reading.numerals import DIGITS, chinese_number

_DAY = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
_BEFORE = r"(?:之前|以前|前)(?!期|提[条是下]|景|往|置|沿|列)"
_DEADLINE = re.compile(
    rf"每(?:个)?(?P<every>月|季度?|年|周|半年)(?P<which>末月|首月|末|初)?(?P<everyday>{_DAY})[日号]{_BEFORE}"
    rf"|每(?P<later>月|季度?|半年|年)(?:结束|终了|度)?(?:后|结束后)(?P<within>{_DAY})(?P<withinunit>个工作日|日|天)(?:之内|以内|内)"
    rf"|每(?P<end>月|季度?|年)(?:[底末]){_BEFORE}"
    rf"|(?P<year>(?:19|20)\d{{2}}年|今年|明年|本年|次年)?(?P<month>{_DAY})月份?(?:(?P<day>{_DAY})[日号]|(?P<part>底|末|初|[上中下]旬))?{_BEFORE}"
    rf"|(?P<next>次月|当月|下月)(?P<nextday>{_DAY})[日号]{_BEFORE}"
    rf"|(?P<only>(?:(?:19|20)\d{{2}}年|今年|明年)?年?[底末]){_BEFORE}"
)
_EVERY = {"月": "monthly", "季": "quarterly", "季度": "quarterly", "年": "yearly", "周": "weekly",
          "半年": "half-yearly"}  # fmt: skip
_PART = {"底": "end", "末": "end", "初": "early", "上旬": "10", "中旬": "20", "下旬": "end"}
_QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4}
_PERIOD = re.compile(
    r"(?:截至|截止|到)?(?:(?P<year>(?:19|20)\d{2})年度?|(?P<chinese>[二][〇零][〇零一二三四五六七八九]{2})年"
    r"|(?P<word>今年|本年|去年|上年|明年))?"
    r"(?:(?P<half>上半年|下半年)|第?(?P<quarter>[一二三四1-4])季度|前(?P<quarters>[二三])季度"
    r"|(?:1|一)[-—~至](?P<to>\d{1,2}|[一二三四五六七八九十]{1,2})月份?"
    r"|(?P<month>\d{1,2}|[一二三四五六七八九十]{1,2})月(?![前内]|中旬前|底前)份?[底末]?)?"
)
LAST_MONTH = 12


@dataclass(frozen=True, slots=True)
class Due:
    """A deadline in the text: its span, its rule, and the number that names it.

    rule: `monthly:25`, `quarterly:last:20`, `quarterly:after:10`, `once:10-20`, `once:2023-10-20`.
    number and unit: the day (日) or, where no day is given, the month (月); None for 年底前.
    """

    start: int
    end: int
    rule: str
    number: int | None
    unit: str


@dataclass(frozen=True, slots=True)
class Mention:
    """A period named in the text: `2023-Q3`; the year is absent where the text leaves it out."""

    start: int
    end: int
    year: int | None
    part: str
    shift: int = 0

    def key(self, year: int | None) -> str | None:
        """Return the period's key, given the year the text speaks of."""
        own = self.year if self.year is not None else (None if year is None else year + self.shift)
        return None if own is None else f"{own}{self.part}"


def deadlines(text: str) -> list[Due]:
    """Find the deadlines of a healed text, in order.

    >>> [(due.rule, due.number, due.unit) for due in deadlines("每月25日前报送,3月中旬前挂牌")]
    [('monthly:25', 25, '日'), ('once:03-20', 3, '月')]
    """
    return [due for match in _DEADLINE.finditer(text) if (due := _due(match))]


def _due(match: re.Match[str]) -> Due | None:
    start, end = match.span()
    if match["every"]:
        day = _number(match["everyday"])
        which = {"末月": "last:", "末": "last:", "首月": "first:", "初": "first:"}
        rule = f"{_EVERY[match['every']]}:{which.get(match['which'] or '', '')}{day}"
        return Due(start, end, rule, day, "日")
    if match["later"]:
        day = _number(match["within"])
        word = "workdays" if match["withinunit"] == "个工作日" else "after"
        return Due(start, end, f"{_EVERY[match['later']]}:{word}:{day}", day, "日")
    if match["end"]:
        return Due(start, end, f"{_EVERY[match['end']]}:end", None, "")
    if match["next"]:
        day = _number(match["nextday"])
        return Due(start, end, f"monthly:{day}", day, "日")
    return _once(match)


def _once(match: re.Match[str]) -> Due | None:
    start, end = match.span()
    if match["only"]:
        return Due(start, end, f"once:{match['only']}", None, "")
    month = _number(match["month"])
    if not month or month > LAST_MONTH:
        return None
    year = (match["year"] or "").removesuffix("年")
    prefix = f"{year}-" if year.isdigit() else ("next-" if year in {"明", "次"} else "")
    day = _number(match["day"]) if match["day"] else None
    tail = f"{day:02}" if day else _PART.get(match["part"] or "末", "end")
    rule = f"once:{prefix}{month:02}-{tail}"
    return Due(start, end, rule, day or month, "日" if day else "月")


def mentions(text: str) -> list[Mention]:
    """Find the periods a healed text names, in order.

    >>> [each.key(2023) for each in mentions("2022年完成,今年1—9月,上半年,去年")]
    ['2022', '2023-09', '2023-H1', '2022']
    """
    return [
        mention
        for match in _PERIOD.finditer(text)
        if match.end() > match.start() and (mention := _mention(match))
    ]


def _mention(match: re.Match[str]) -> Mention | None:
    year = int(match["year"]) if match["year"] else None
    if match["chinese"]:
        year = int("".join(str(DIGITS[char]) for char in match["chinese"]))
    shift = {"去年": -1, "上年": -1, "明年": 1}.get(match["word"] or "", 0)
    part = _part(match)
    if part is None or (year is None and not match["word"] and not part):
        return None
    return Mention(match.start(), match.end(), year, part, shift)


def _part(match: re.Match[str]) -> str | None:
    """Return what follows the year in the key, empty for a whole year, None for no period."""
    if match["half"]:
        return "-H1" if match["half"] == "上半年" else "-H2"
    if match["quarter"]:
        return f"-Q{_QUARTERS.get(match['quarter']) or int(match['quarter'])}"
    if match["quarters"]:
        return {"二": "-H1", "三": "-Q3"}[match["quarters"]]
    if match["to"] or match["month"]:
        month = _number(match["to"] or match["month"])
        return f"-{month:02}" if month and month <= LAST_MONTH else None
    return ""


def _number(text: str) -> int | None:
    value = int(text) if text.isdigit() else chinese_number(text)
    return None if value is None else int(value)
