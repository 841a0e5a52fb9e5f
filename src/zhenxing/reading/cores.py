"""The words before a quantity without time, range and level: 全年养殖乌鸡 is 养殖乌鸡."""

from __future__ import annotations

import re
from functools import cache

from zhenxing.reading.clauses import Place
from zhenxing.reading.lexicon import any_of, words

LONG = 14
LONGEST = 24
FEWEST_LEFT = 4
_DATE_HEAD = re.compile(
    r"^(?:(?:截至|截止|到)?(?:19|20)\d{2}年度?(?:[底末初])?|\d{1,2}(?:[-—~至]\d{1,2})?月(?:份|底|末|初)?(?:\d{1,2}日)?"
    r"|[一二三四]季度|前[二三]季度|[上下]半年|[一二三四五六七八九十]是|第[一二三四五]处|——|目前|截至[^,。;]{0,6}?(?:底|末|日))"
)
_DATE_TAIL = re.compile(
    r"(?:由|从|较|比)?(?:(?:19|20)\d{2}年(?:底|末|初)?|上年|去年|年初|\d{1,2}月(?:底|末|份)?)的?$"
)
_BASE_YEAR = re.compile(
    r"(?:比|较|与|分别是|分别为|是|为|相当于)?(?:上年|去年|上年同期|去年同期|同期|[一二两三四五六七八九十\d]+年前|\d{4}年)(?:同期)?$"
)
_LIST_HEAD = re.compile(r"\d{1,2}[.、](?!\d)")
_SHARES = frozenset({"比重", "占比", "比例", "比率", "总量", "数量", "面积"})
_NOUNS_SO_ENDING = frozenset(
    {"报到", "提高", "所在", "签到", "公共", "作为", "行为", "公里", "现在"}
)


def core(place: Place, growth_word: str) -> tuple[str, int]:
    """Take time, range and level words off the words before a quantity; say where they begin.

    growth_word: the word of growth that stands last, which goes too.
    """
    left, after = place.left, ""
    if growth_word:
        left, _, after = left.rpartition(growth_word)
    if growth_word in words("cutting") and after:
        left = after
    elif growth_word:
        left = re.sub(r"(?:比|较|与)[^,。;]{0,14}$", "", stripped_end(left, words("bases")))
        left = stripped_end(left, words("bases"))
    shortened = _without_opening(left)
    start = (
        place.left_start + max(0, place.left.find(shortened))
        if shortened
        else place.quantity.opening
    )
    bare = stripped_end(shortened, words("levels"))
    if place.quantity.unit in {"倍", "%"}:
        bare = _BASE_YEAR.sub("", bare)
    if growth_word:
        bare = stripped_end(bare, words("bases"))
    return _trimmed(bare), start


def _without_opening(text: str) -> str:
    changed = True
    while changed and text:
        changed = False
        match = _LIST_HEAD.match(text) or _DATE_HEAD.match(text) or _opening().match(text)
        if match and match.end():
            text, changed = text[match.end() :], True
    return text


@cache
def _opening() -> re.Pattern[str]:
    return re.compile(any_of([*words("openers"), *words("scopes"), "的", ",", "、"]))


def stripped_end(text: str, endings: tuple[str, ...]) -> str:
    """Take any of the endings, and dates, off the end as long as there are some.

    >>> stripped_end("粮食总产量达到", ("达到",))
    '粮食总产量'
    """
    changed = True
    while changed and text:
        shorter = _DATE_TAIL.sub("", text)
        changed, text = shorter != text, shorter
        for word in endings:
            if text.endswith(word) and not _is_part_of_noun(text, word):
                text, changed = text[: -len(word)], True
                break
    return text


def _is_part_of_noun(text: str, word: str) -> bool:
    """Keep 粮食产量是 apart from a noun that ends in a level word: 到 in 报到, 高 in 提高."""
    return len(word) == 1 and text[-2:] in _NOUNS_SO_ENDING


def _trimmed(bare: str) -> str:
    """Shorten a long subject: after the last 的 or 等, or from its last verb on."""
    bare = bare.strip("的了、 ")
    bare = re.split(r"每(?:年|月|季度?|周|人|个村|户|次)", bare.removesuffix("等"))[-1]
    for mark in ("等", "的"):
        head, found, tail = bare.rpartition(mark)
        if found and len(tail) > 1 and tail not in _SHARES:
            verb = head_verb(head)
            bare = (verb or "") + tail if len(head) < LONGEST * 2 else tail
    if len(bare) > LONG:
        cut = max((match.start() for match in _inner_verb().finditer(bare)), default=0)
        bare = bare[cut:] if len(bare) - cut >= FEWEST_LEFT else bare
    if len(bare) > LONG:
        bare = re.split(r"[按由经]|通过|根据", bare)[-1] or bare
    return bare[-LONGEST:]


@cache
def _inner_verb() -> re.Pattern[str]:
    return re.compile(any_of(word for word in words("doing") if len(word) > 1))


def head_verb(bare: str) -> str | None:
    """Return the verb a subject opens with, or None.

    >>> head_verb("新建公路")
    '新建'
    """
    match = _verb_head().match(bare)
    return match[0] if match else None


@cache
def _verb_head() -> re.Pattern[str]:
    return re.compile(any_of(words("doing")))


def ending_verb(bare: str) -> str | None:
    """Return the verb the words end in, or None.

    >>> ending_verb("全镇盘活")
    '盘活'
    """
    return next((word for word in words("doing") if bare.endswith(word)), None)
