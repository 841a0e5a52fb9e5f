"""Ranks and scores: 居全市第4位, 排名前三, 总分121.96."""

from __future__ import annotations

import re
from decimal import Decimal

from zhenxing.reading.numerals import chinese_number
from zhenxing.reading.quantities import Quantity, compared

_NUMBER = r"\d{1,3}|[一二三四五六七八九十]{1,3}"
_PLACED = (
    r"(?:跃居|位列|位居|名列|排名|排位|排在|排|列|居|位次|名次|获得?了?|取得了?"
    r"|进入|跻身|争创|争取|保持|稳居|得分)"
)
_CONTEXT = re.compile(rf"{_PLACED}[^,。;:\n第前]{{0,8}}$|名次[^,。;]{{0,4}}$")
_RANK = re.compile(
    rf"倒数第(?P<last>{_NUMBER})(?P<lastunit>[名位])?"
    rf"|第(?P<place>{_NUMBER})(?P<unit>[名位])?"
    rf"|前(?P<top>{_NUMBER})(?P<topunit>[名位强])?"
)
_OTHER = re.compile(
    r"产业|季度|批|期|届|次|阶段|处|个|年|月|书记|责任|时间|组长|方面|项|条|章|款|号|页|类|[天周]|步|线|[组站]|副"
)
_SCORE = re.compile(
    r"(?:总分|得分|评分|总得分)(?:为|达到?|是)?(?P<score>\d+(?:\.\d+)?)(?P<unit>分)?(?![\d%])"
)
_CHAIN = re.compile(r"^(?:[、和及]第[\d一二三四五六七八九十]{1,2}){0,3}的(?:名次|位次|好?成绩)")


def standings(text: str) -> list[Quantity]:
    """Find the ranks and scores of a healed text, in order.

    >>> [(str(q.value), q.unit, q.comparator) for q in standings("居全市第4位,排名前三,总分98.5")]
    [('4', '位', '='), ('3', '名', '<='), ('98.5', '分', '=')]
    """
    found = [rank for match in _RANK.finditer(text) if (rank := _rank(text, match))]
    for match in _SCORE.finditer(text):
        start, end = match.start("score"), match.end()
        value = Decimal(match["score"])
        score = Quantity(start, end, value, None, "分", 1, "=", start, end, rule="score")
        found.append(compared(text, score))
    return sorted(found, key=lambda quantity: quantity.start)


def _rank(text: str, match: re.Match[str]) -> Quantity | None:
    digits = match["last"] or match["place"] or match["top"]
    unit = match["lastunit"] or match["unit"] or match["topunit"]
    after = text[match.end() : match.end() + 16]
    placed = _CONTEXT.search(text[max(0, match.start() - 14) : match.start()])
    if (
        not unit
        and not match["last"]
        and (_OTHER.match(after) or not (placed or _CHAIN.match(after)))
    ):
        return None
    if unit == "位" and not placed and match["place"]:
        return None
    value = Decimal(digits) if digits.isdigit() else chinese_number(digits)
    if value is None or not value:
        return None
    sign = "<=" if match["top"] else "="
    name = {"强": "名", None: "名"}.get(unit, unit) or "名"
    start, end = match.span()
    return Quantity(start, end, value, None, name, 1, sign, start, end, rule="rank")
