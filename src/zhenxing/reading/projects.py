"""Projects a paper names: name, amount, stage, obstacle."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from zhenxing.reading.clauses import Ground
from zhenxing.reading.facts import Found
from zhenxing.reading.healing import Healed
from zhenxing.reading.lexicon import any_of, table, unit_pattern, words
from zhenxing.reading.results import Project

SHORTEST, LONGEST = 5, 26
_GENERAL = re.compile(r"(?:各类|一批|多个|所有|上述|该|本|每个|其他|等|类)(?:项目|工程)$")
_CUT = re.compile(
    r"^.*(?:关于|推进|加快|完成|实施|建设|启动|推动|跟踪|跟进|谋划|打造|分别是|分别为|其中|及时|做好|涉及|缺少|发挥|协同|支持|争取|提高|请求|解决|确定|围绕|几个|随后|招拍挂给|需|引进|即|且|开展|修复|新建|以|由|将|对|是|为|在|于|和|及|与|的(?=.{4}))"
)


def find_projects(healed: Healed, ground: Ground, facts: Sequence[Found]) -> list[Project]:
    """List the named projects, each once, in order of their first mention."""
    found: dict[str, Project] = {}
    for match in _name().finditer(healed.text):
        name = _CUT.sub("", match[0]) or match[0]
        name = _sized().sub("", name)
        if name in found or not _is_name(name):
            continue
        start = match.end() - len(name)
        half = ground.half(start)
        place = healed.back(start, match.end())
        words_around = healed.text[half[0] : half[1]]
        found[name] = Project(
            name, _amount(facts, (start, half[1])), _first(words_around, "stages"),
            _obstacle(healed.text[match.end() : half[1]]),
            healed.given[place[0] : place[1]], place[0],
        )  # fmt: skip
    return list(found.values())


@cache
def _name() -> re.Pattern[str]:
    ends = any_of(words("projects", "structure"))
    return re.compile(
        rf"[^,。;:!?、\n()“”《》\d%]{{2,{LONGEST}}}{ends}(?!化|名|库|数|投资|建设|谋划|办|化|区)"
    )


@cache
def _sized() -> re.Pattern[str]:
    """A size before the name: 兆瓦光伏电站, 亿余元产业园项目."""
    return re.compile(rf"^[余多]?(?:[十百千万亿]*[余多]?{unit_pattern()}(?:以上)?)")


def _is_name(name: str) -> bool:
    general = any(
        name.endswith(word) and len(name) < len(word) + 3
        for word in table("structure")["not_projects"]
    )
    return SHORTEST <= len(name) <= LONGEST and not general and not _GENERAL.search(name)


def _amount(facts: Sequence[Found], span: tuple[int, int]) -> str | None:
    """Return the first sum of money after the name in its half sentence."""
    for each in facts:
        quantity = each.place.quantity
        if (
            span[0] <= quantity.start < span[1]
            and quantity.unit.endswith("元")
            and not each.fact.change
        ):
            text = each.place.ground.text
            return text[quantity.opening : quantity.closing]
    return None


def _first(text: str, name: str) -> str | None:
    """Return the furthest stage named; the list runs from idea to completion."""
    stages = [str(word) for word in table("structure")[name]]
    named = [word for word in stages if word in text]
    return named[-1] if named else None


def _obstacle(text: str) -> str | None:
    if not any(word in text for word in table("structure")["obstacles"]):
        return None
    clauses = re.split(r"[,。;:]", text)
    return next((c for c in clauses if any(w in c for w in table("structure")["obstacles"])), None)
