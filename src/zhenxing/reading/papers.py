"""What paper this is: its title, kind, year and issuing unit."""

from __future__ import annotations

import re
from functools import cache

from zhenxing.reading.lexicon import any_of, table, unit_pattern
from zhenxing.reading.results import Document

FIRST_LINES = 12
TITLE_LIMIT = 60
_YEAR = r"(?<!\d)((?:19|20)\d{2})"
_CHINESE_YEAR = re.compile(r"二[〇零]([〇零一二三四五六七八九]{2})年?")
_UNIT = re.compile(
    r"([^\s,。:;、《》“”\d年关于*]{1,10}?(?:省|市|县|区|镇|乡|街道)(?:人民政府(?:办公室)?|党委|委员会)?)"
)
_OPENING = re.compile(r"[一二三四五六七八九十]、|\([一二三四五六七八九十]\)|.{2,20}:$")
_ORGAN = re.compile(r"(?:人民政府|办公室|委员会|局|党委)$")
_DIGITS = "\u3007一二三四五六七八九"


def document_of(text: str, given: str, year: int | None = None) -> Document:
    """Say what a healed text is; `year` overrides the year found.

    >>> document_of("白水镇2024年工作要点\\n一、目标", "").kind
    'plan'
    """
    title = _title(text)
    kind = next(
        (str(rule["kind"]) for rule in table("structure")["kinds"]
         if any(word in title for word in rule["words"])), "other",
    )  # fmt: skip
    found = year or _year(title) or _year(text[:200])
    return Document(title, kind, found, _unit(title), len(given))


def _unit(title: str) -> str | None:
    """The county, town or office a title names; 全镇 and 乡镇 name none."""
    match = _UNIT.search(title)
    name = match[1].lstrip("度在全某各") if match else ""
    return name if len(name) > 2 and not name.startswith("乡镇") else None  # noqa: PLR2004  # 某镇


def _title(text: str) -> str:
    """The line among the first that names a kind of paper, cut where the body runs on."""
    lines = [line.strip() for line in text.split("\n")]
    first = [line for line in lines if line][:FIRST_LINES]
    opened = next((i for i, line in enumerate(first) if _OPENING.match(line)), len(first))
    first = first[: max(1, opened)]
    for index, line in enumerate(first):
        match = _named().match(line)
        if match and len(match[0]) <= TITLE_LIMIT and (len(line) <= TITLE_LIMIT or index == 0):
            before = first[index - 1] if index else ""
            joined = before if _ORGAN.search(before) and line.startswith("关于") else ""
            return joined + match[0]
    return first[0][:TITLE_LIMIT] if first else ""


@cache
def _named() -> re.Pattern[str]:
    kinds = any_of(word for rule in table("structure")["kinds"] for word in rule["words"])
    return re.compile(
        rf".{{0,50}}?{kinds}(?:[^,。;:\n]{{0,30}}?(?:打算|安排|计划|要点|情况|方案|通报|报告|表))?"
    )


@cache
def _arabic_year() -> re.Pattern[str]:
    """A year has 年 behind it, or in a title nothing that makes it a quantity (1900吨)."""
    return re.compile(rf"{_YEAR}(?:(?=年)|(?!\d|[余多]?[十百千万亿]*(?:{unit_pattern()}|%)))")


def _year(text: str) -> int | None:
    match = _arabic_year().search(text)
    if match:
        return int(match[1])
    chinese = _CHINESE_YEAR.search(text)
    if not chinese:
        return None
    tens, ones = (_DIGITS.find(char.replace("零", "\u3007")) for char in chinese[1])
    return 2000 + tens * 10 + ones


def default_part(document: Document) -> str:
    """Return the part of the year a whole paper speaks of: `-H1` for a half-year report.

    >>> default_part(Document("清源县上半年经济运行情况", "notice", 2023, None, 0))
    '-H1'
    """
    if "上半年" in document.title:
        return "-H1"
    quarter = re.search(r"([一二三四])季度", document.title)
    return f"-Q{'一二三四'.index(quarter[1]) + 1}" if quarter else ""
