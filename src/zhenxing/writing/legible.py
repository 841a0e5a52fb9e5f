"""Text that a Word or Excel file can hold."""

from __future__ import annotations

import re

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"

_LINE_ENDS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
_ILLEGAL = re.compile("[\x00-\x08\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def legible(text: str) -> str:
    r"""Make any text one that XML 1.0 can carry.

    All line ends become \n, forbidden characters a visible sign. Nothing disappears: a reader sees
    that a character stood there which could not be written.

    >>> legible("到位资金\x0b6400\x00万元")
    '到位资金\n6400�万元'
    """
    return _ILLEGAL.sub(REPLACEMENT, _LINE_ENDS.sub("\n", text))


def one_line(text: str) -> str:
    r"""Make any text legible on a single line.

    >>> one_line("禾山县\n人民政府")
    '禾山县 人民政府'
    """
    return " ".join(legible(text).split("\n"))
