"""Plain text in the encodings offices use."""

from __future__ import annotations

import codecs

from zhenxing.kernel.problems import Problem
from zhenxing.reading.lexicon import simplified
from zhenxing.reading.loading.loaded import Loaded

MARKED = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
ENCODINGS = frozenset(
    {
        "utf-8",
        "utf-8-sig",
        "utf-16",
        "utf-16-le",
        "utf-16-be",
        "gb2312",
        "gbk",
        "gb18030",
        "big5",
        "big5hkscs",
        "cp950",
    }
)
NULL_SHARE = 0.15
COMMON = frozenset(
    "的一是在和了有年月日不以中为产业工作镇村县全项目农民经济发展建设完成实现上下人大万元亩吨个户"
    "，。、；：（）%0123456789\n \t"
)
CLEARER = 0.05


def load_plain(data: bytes, name: str, encoding: str = "") -> Loaded:
    """Decode a text file; a doubtful encoding is said, never hidden.

    >>> load_plain("粮食".encode("utf-16"), "a.txt").encoding
    'utf-16'
    """
    text, used, problems = decoded(data, name, encoding)
    return Loaded(text, "txt", problems, (), used)


def decoded(data: bytes, name: str, encoding: str = "") -> tuple[str, str, tuple[Problem, ...]]:
    """Return the text, the encoding used and what is doubtful about it.

    >>> decoded("計劃".encode("big5"), "a.txt", "big5")[:2]
    ('計劃', 'big5')
    """
    wanted = encoding or _told(data) or _strict(data)
    if wanted:
        return _with(data, name, wanted)
    text = data.decode("gb18030", errors="replace")
    big5 = data.decode("big5", errors="replace")
    if _likeness(big5.translate(simplified())) > _likeness(text) + CLEARER:
        what = "文字编码可能是Big5（繁体），按GB18030读出来多是生僻字"
        return text, "gb18030", (Problem(name, what, "请选Big5再读一次", "warning"),)
    return text, "gb18030", _replaced(text, name)


def _with(data: bytes, name: str, encoding: str) -> tuple[str, str, tuple[Problem, ...]]:
    if not _is_known(encoding):
        what = f"没有「{encoding}」这种文字编码"
        return "", encoding, (Problem(name, what, "请选UTF-8、GB18030、UTF-16或Big5"),)
    text = data.decode(encoding, errors="replace")
    return text, encoding, _replaced(text, name)


def _is_known(encoding: str) -> bool:
    """Python knows codecs that are no encodings of papers, and some of those raise."""
    try:
        return codecs.lookup(encoding).name in ENCODINGS
    except (LookupError, ValueError):
        return False


def _replaced(text: str, name: str) -> tuple[Problem, ...]:
    count = text.count("\ufffd")
    if not count:
        return ()
    what = f"有{count}处文字解不开，显示为“\ufffd”"
    return (Problem(name, what, "请换一种编码再读，或在电脑上另存为UTF-8", "warning"),)


def _told(data: bytes) -> str:
    """Return the encoding a mark at the start, or many empty bytes, tell of."""
    for mark, name in MARKED:
        if data.startswith(mark):
            return name
    if data.count(0) > len(data) * NULL_SHARE:
        return "utf-16-le" if data[1::2].count(0) >= data[::2].count(0) else "utf-16-be"
    return ""


def _strict(data: bytes) -> str:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return ""
    return "utf-8"


def _likeness(text: str) -> float:
    """Return the share of characters that any paper of this kind is full of."""
    return sum(char in COMMON for char in text) / len(text) if text else 0.0
