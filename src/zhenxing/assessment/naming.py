"""What a scheme's rules say, with names in the place of codes and words in the place of signs.

For reading alone: what is computed stays as it is written, and pages show it beside.
"""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from zhenxing.engine.schemes import Scheme

GROWTH = "_growth"
# What every scheme may read or write beside its indicators.
WORDS: Mapping[str, str] = MappingProxyType(
    {
        "x": "实绩", "T": "目标", "P": "满分", "r": "位次", "n": "单位数",
        "class": "类别", "category": "试点类别", "grade": "等次", "bonus": "加分项",
        "penalties": "扣分项", "people": "人口", "households": "户数", "area_km2": "面积",
        "cultivated_mu": "耕地", "paddy_mu": "水田", "dryland_mu": "旱地", "forest_mu": "林地",
        "villages": "村数", "village_groups": "村民小组数", "terrain": "地形",
        "distance_km": "距县城里程", "applied": "已申报",
        "months_late": "迟报月数", "months_missing": "未报月数",
        "min": "取小", "max": "取大", "abs": "绝对值", "floor": "舍去小数", "ceil": "进到整数",
        "clip": "限于", "half_up": "四舍五入", "coalesce": "先有先用", "mean": "平均",
        "total": "合计", "highest": "最高", "lowest": "最低", "median": "中位数", "rank": "排位",
        "prev": "上年", "change": "增量", "growth": "增速", "target": "目标", "count": "件数",
        "amount": "金额", "score": "得分", "at": "取", "all": "全部", "parent": "上级",
        "not": "不是",
    }
)  # fmt: skip
_LOGIC = {"and": "且", "or": "或", "if": "，若", "else": "；否则"}
_AFTER = {
    "growth": "增速", "change": "增量", "target": "目标", "count": "件数", "amount": "金额",
    "mean": "平均", "total": "合计", "highest": "最高", "lowest": "最低", "median": "中位数",
    "rank": "排位", "score": "得分",
}  # fmt: skip
_SIGNS = {
    "<=": " ≤ ", ">=": " ≥ ", "==": " = ", "!=": " ≠ ", "*": " × ", "/": " ÷ ", ",": "，",
}  # fmt: skip
_TOKEN = re.compile(
    r"""(?<![A-Za-z0-9_])(?P<function>prev|growth|change|target|count|amount|mean|total|highest
        |lowest|median|rank|score)\((?P<of>[^(),\s]+)\)
    |\s(?P<logic>and|or|if|else)\s
    |(?<![A-Za-z0-9_`])(?P<name>[A-Za-z][A-Za-z0-9_]*)(?![A-Za-z0-9_])
    |\s*(?P<sign><=|>=|==|!=|(?<=[\w)%\s])\*)\s*|(?<=[\w)%])\s(?P<over>/)\s(?=[\w(])|(?P<comma>,)\s""",
    re.VERBOSE,
)


def words_of(
    indicators: Iterable[tuple[str, str]], scheme: Scheme | None = None
) -> Mapping[str, str]:
    """Give the words of a scheme by code: its sections and items, then the county's indicators."""
    names = dict(indicators)
    found: dict[str, str] = {}
    if scheme is not None:
        found |= {each.id: each.name for each in scheme.sections}
        found |= {each.id: each.name for each in scheme.items}
    growths = {f"{code}{GROWTH}": f"{name}增速" for code, name in names.items()}
    return {**found, **WORDS, **growths, **names}


def named(text: str, words: Mapping[str, str]) -> str:
    """Put names in the place of codes, and say what the signs mean.

    >>> words = words_of([("tax_revenue", "税收收入"), ("firms_upgraded", "小升规企业")])
    >>> named("growth(tax_revenue)", words), named("1分（firms_upgraded >= 1）", words)
    ('税收收入增速', '1分（小升规企业 ≥ 1）')
    >>> named("2 if r == 1 else (1 if r <= 3 else 0)", words), named("得0.8 * P分", words)
    ('2，若位次 = 1；否则(1，若位次 ≤ 3；否则0)', '得0.8 × 满分')
    >>> named("数未公开（*）", words)
    '数未公开（*）'
    """
    return _TOKEN.sub(lambda found: _word(found, words), text).replace("满分分", "满分")


def _word(found: re.Match[str], words: Mapping[str, str]) -> str:
    if (function := found["function"]) is not None:
        of = found["of"].strip("`")
        name = words.get(of, of)
        return f"上年{name}" if function == "prev" else f"{name}{_AFTER[function]}"
    if (logic := found["logic"]) is not None:
        return _LOGIC[logic]
    if (name := found["name"]) is not None:
        return words.get(name, name)
    return _SIGNS[found["sign"] or found["over"] or found["comma"]]
