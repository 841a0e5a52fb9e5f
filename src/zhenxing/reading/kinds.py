"""Target or actual, growth or level: what a quantity means."""

from __future__ import annotations

import re
from functools import cache

from zhenxing.reading.clauses import Place
from zhenxing.reading.lexicon import any_of, table, words
from zhenxing.reading.results import Document

SHARES = frozenset({"%", "个百分点", "‰"})
_MUST = r"(?<![主重需必只纪摘概紧简])要(?!求|素|点|闻|么|件|害)"
_WILL = (
    r"(?:我[们镇县乡市区]|全[县镇市区乡])将|拟(?!定|订)|(?:会议|方案|县委|县政府)要求(?=[^,。;:])"
)
_PLAN = (
    r"(?<!年度)(?<!投资)(?<!工作)(?<!发展)(?<![较比超占原])(?<!超[出过])(?<!年初)"
    r"计划(?!的|任务|总|表|生育|完成率)|预计(?!全年|今年|本年|当年|年[底末])"
    r"|争取(?!上级|到位|省|中央|各|[^,。;]{0,6}(?:资金|支持|项目|补助|政策))"
)
_STATE = re.compile(r"地处|位于|共有|现有|(?<![直管])辖(?!区)|总人口|总面积|总户数")
_EACH = r"每(?:年|月|季度?|周|人|个)[^,。;]{0,14}?(?:不少于|不低于|至少|不超过)"
_FUTURE = re.compile(r"(?:下半年|明年|下一步|下步|四季度要)")
_YEAR = re.compile(r"((?:19|20)\d{2})年")
_PAST = re.compile(r"已(?!经济)|截至|截止|目前|现有|去年|上年|存在的|距|位于")


def growth_word(place: Place) -> str:
    """Return the word of growth or fall right before a quantity, or nothing.

    A level reached (增长到, 提高到) is no growth; a single character (增, 降) needs a percentage or
    a comparison beside it.
    """
    match = _growth().search(place.left)
    if place.quantity.rule == "rank":
        return ""
    if not match:
        return _cut(place)
    word = match["word"]
    if len(word) == 1:
        compared = re.search(r"比|较|同比", place.left)
        if not compared and place.quantity.unit not in SHARES:
            return ""
        if (
            re.search(rf"(?:新|年|户|不|至|最|较){word}$", place.left[: match.end("word")])
            and not compared
        ):
            return ""
    return word


def _cut(place: Place) -> str:
    """Return the verb that opens a clause and cuts its thing by a share (压减一般性支出5%)."""
    verbs = any_of(words("cutting"))
    match = re.search(rf"(?:^|[,。;:、.\n])(?P<word>{verbs})[^,。;:\n\d]+$", place.left)
    return match["word"] if match and place.quantity.unit in SHARES else ""


@cache
def _growth() -> re.Pattern[str]:
    grown = any_of([*words("increase"), *words("decrease")])
    return re.compile(rf"(?P<word>{grown})(?:了|约|近|幅度|达|为|超过?|大约|\s)?$")


def direction(place: Place, word: str) -> str | None:
    """Say whether a growth word means more or less; a minus sign turns it round."""
    if place.quantity.rule == "doubling":
        return "increase"
    if not word:
        return None
    down = word in words("decrease") or word in words("cutting")
    return "decrease" if down != place.quantity.negative else "increase"


def is_target(place: Place, document: Document) -> bool:
    """Say whether a quantity is something to reach rather than something reached."""
    mode = _mode(place, document)
    default = str(table("structure")["defaults"].get(document.kind, "actual")) == "target"
    base = mode == "arrangement" or (default and mode not in {"review", "background", "problem"})
    return _stays_target(place, document) if base else _becomes_target(place, document)


def _mode(place: Place, document: Document) -> str:
    """The section's mode; a heading of a year before the paper's looks back."""
    section = place.section
    if not section.mode and section.year and document.year and section.year < document.year:
        return "review"
    return section.mode


def _stays_target(place: Place, document: Document) -> bool:
    """In a plan, what is told of the past is no target."""
    aimed = bool(_spread().search(place.half_before) or _near().search(place.half_before))
    if (_PAST.search(place.half_before) or _STATE.search(place.sentence_before)) and not aimed:
        return False
    planned = place.section.year or document.year
    years = [int(year) for year in _YEAR.findall(place.sentence_before)]
    return not (years and planned and years[-1] < planned and not aimed)


def _becomes_target(place: Place, document: Document) -> bool:
    """In a report, what is aimed at or lies ahead is a target."""
    half = place.half_before
    if _spread().search(half) or _FUTURE.search(place.sentence_before):
        return not _PAST.search(half)
    clause = re.split(r"[,。;:\n]", half)[-1]
    if _near().search(clause):
        return True
    told = place.section.year or document.year
    years = [int(year) for year in _YEAR.findall(half)]
    return bool(years and told and years[-1] > told and re.search(r"底|末|达到|实现", half))


@cache
def _spread() -> re.Pattern[str]:
    return re.compile(f"{any_of(words('spread_aims'))}|{_PLAN}|{_WILL}|{_MUST}")


@cache
def _near() -> re.Pattern[str]:
    return re.compile(f"{any_of(words('aims'))}|{_EACH}")
