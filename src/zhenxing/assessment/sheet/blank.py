"""A new scheme before anything is written in it."""

from __future__ import annotations

from zhenxing.assessment.sheet.rows import Block, Row, Sheet
from zhenxing.assessment.sheet.writing import text_of


def blank(name: str, year: int) -> str:
    """Give the text a new scheme begins with: one section with one item to fill in.

    >>> blank("试行办法", 2024).splitlines()[0]
    'scheme: {id: scheme-2024, name: 试行办法, year: 2024}'
    """
    head = {"id": f"scheme-{year}", "name": name, "year": str(year)}
    return text_of(Sheet(head, [Block("s0", {"name": "第一部分"}, [Row()])]))
