"""Which cell asks for what: heads of rows and columns held against the dictionary's names.

Pure and the same every time: no learning, no chance. A suggestion is only that; a person takes it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from zhenxing.documents.services import reference
from zhenxing.kernel.quantities import MeasureError, measure
from zhenxing.reuse.choices import MEASURE_OF, RULES_OF, Item, Rule

if TYPE_CHECKING:
    from zhenxing.documents.services import SheetLook

ENOUGH = Fraction(1, 2)
MOST = 200
_BRACKETS = re.compile(r"[（(]([^（）()]*)[）)]")
_NUMBERING = re.compile(r"^(?:其中[:：]?|[（(]?[一二三四五六七八九十0-9]+[)）、.]\s*)+")
_NOISE = re.compile(r"[\s、，。：:；;·—_/“”\"'-]+")
_NO_FIGURES = re.compile("备注|说明|序号|责任|计量单位|联系|指标名称|数据来源")
_ITEMS = (
    (Item.LEAD, "序时"),
    (Item.PLACE, "位次|排名|名次|排位"),
    (Item.COMPLETION, "完成率|完成比例|占年度|占全年|完成进度|完成目标"),
    (Item.GROWTH, "同比|增长|增速|增幅|增减"),
    (Item.LAST_YEAR, "同期|上年|去年"),
    (Item.TARGET, "目标|任务|计划"),
)
_RULES = (
    (Rule.TO_LAST_MONTH, "至上月"),
    (Rule.LAST_MONTH, "上月"),
    (Rule.MONTH, "本月|当月"),
    (Rule.QUARTER, "本季|当季|季度"),
)


@dataclass(frozen=True)
class Known:
    """An indicator by which cells are recognised."""

    code: str
    name: str
    measure: str


@dataclass(frozen=True)
class Suggestion:
    """What a cell seems to ask for, how sure that is, and the heads that say so."""

    cell: str
    item: Item
    rule: Rule
    indicator: str
    unit: str
    measure: str
    likeness: Fraction
    heads: str


def likeness(head: str, name: str) -> Fraction:
    """Say how alike a head and a name are: 1 the same, 0 nothing in common.

    >>> likeness("一、固定资产投资（万元）", "固定资产投资")
    Fraction(1, 1)
    >>> likeness("投资", "固定资产投资") < likeness("固定资产投资额", "固定资产投资")
    True
    """
    one, other = bare(head), bare(name)
    if not one or not other:
        return Fraction(0)
    if one == other:
        return Fraction(1)
    short, long = sorted((one, other), key=len)
    if len(short) > 1 and short in long:
        return Fraction(1, 4) + Fraction(3 * len(short), 4 * len(long))
    pairs, others = _pairs(one), _pairs(other)
    shared = (pairs & others).total()
    return Fraction(2 * shared, max(1, pairs.total() + others.total()))


def bare(text: str) -> str:
    """Take numbering, brackets and signs off a head.

    >>> bare("其中：1. 招商引资 到位资金（亿元）")
    '招商引资到位资金'
    """
    return _NOISE.sub("", _BRACKETS.sub("", _NUMBERING.sub("", text.strip())))


def item_of(heads: str) -> Item:
    """Say what a column's heads ask for.

    >>> item_of("完成情况 同比增长（%）").label, item_of("本年累计").label
    ('同比', '本期值')
    """
    return next((item for item, words in _ITEMS if re.search(words, heads)), Item.VALUE)


def rule_of(heads: str, item: Item) -> Rule:
    """Say of which period; one that the item cannot have becomes the year so far.

    >>> rule_of("本月完成", Item.VALUE).label, rule_of("本月增速", Item.GROWTH).label
    ('本月', '本年至本月')
    """
    found = next((rule for rule, words in _RULES if re.search(words, heads)), Rule.TO_DATE)
    return found if found in RULES_OF[item] else Rule.TO_DATE


def measure_in(texts: Iterable[str], own: str) -> str:
    """Find a measure that the own one converts to, in brackets or standing alone.

    >>> measure_in(["固定资产投资（亿元）"], "万元"), measure_in(["备注（略）"], "万元")
    ('亿元', '万元')
    """
    for text in texts:
        for word in (*_BRACKETS.findall(text), text):
            name = str(word).replace("单位", "").strip(" ：:")
            if name != own and converts(own, name):
                return name
    return own


def converts(source: str, target: str) -> bool:
    """Whether amounts in one measure can be given in another; any measure is itself.

    >>> converts("万元", "亿元"), converts("万元", "亩"), converts("万棒", "万棒")
    (True, False, True)
    """
    if source == target:
        return True
    try:
        return measure(source).converts_to(measure(target))
    except MeasureError:
        return False


def suggestions(
    page: SheetLook,
    known: Sequence[Known],
    units: Sequence[tuple[str, str]],
    *,
    own: str,
    taken: Iterable[str] = (),
) -> list[Suggestion]:
    """Give what the empty cells of a sheet seem to ask for, in the sheet's order.

    units: codes and names that may head a row; own: the unit meant where none does.
    """
    reading = _Reading(page, known, units, own)
    skip, found = set(taken), []
    for row, column in _asking(page):
        where = reference(row, column)
        if where in skip:
            continue
        told = reading.told(row, column)
        if told is not None:
            found.append(told)
            if len(found) == MOST:
                break
    return found


def _asking(page: SheetLook) -> Iterator[tuple[int, int]]:
    """Give the places that wait for something: empty or a number, seen, no formula."""
    rows, columns = page.size
    for row in range(1, rows + 1):
        for column in range(1, columns + 1):
            where = reference(row, column)
            is_seen = row not in page.hidden_rows and column not in page.hidden_columns
            if (
                is_seen
                and page.cell(where).kind in {"blank", "number"}
                and page.anchor(where) == where
                and not page.is_computed(where)
            ):
                yield row, column


class _Reading:
    """The heads of one sheet; what a text is like is found once."""

    def __init__(
        self,
        page: SheetLook,
        known: Sequence[Known],
        units: Sequence[tuple[str, str]],
        own: str,
    ) -> None:
        self._page, self._known, self._own = page, known, own
        self._units = {bare(name): code for code, name in units}
        self._alike: dict[str, tuple[Fraction, Known | None]] = {}
        self._widest = max(1, page.size[1])

    def told(self, row: int, column: int) -> Suggestion | None:
        """Say what one place asks for, if anything."""
        left = self._texts((row, at) for at in range(1, column))
        above = self._texts((at, column) for at in range(1, row))
        heads = " ".join(above)
        if _NO_FIGURES.search(heads):
            return None
        sure, meant = max((self._best(text) for text in [*left, *above]), key=lambda b: b[0],
                          default=(Fraction(0), None))  # fmt: skip
        if meant is None or sure < ENOUGH:
            return None
        item = item_of(_without(heads, meant.name))
        return Suggestion(
            cell=reference(row, column),
            item=item,
            rule=rule_of(heads, item),
            indicator=meant.code,
            unit=next((self._units[bare(t)] for t in left if bare(t) in self._units), self._own),
            measure=MEASURE_OF.get(item) or measure_in([*reversed(left), *above], meant.measure),
            likeness=sure,
            heads=" · ".join(dict.fromkeys([*left, *above])),
        )

    def _texts(self, places: Iterable[tuple[int, int]]) -> list[str]:
        """Give the words at places, each merged range once; a title over the sheet is no head."""
        found: dict[str, str] = {}
        for row, column in places:
            where = self._page.anchor(reference(row, column))
            cell = self._page.cell(where)
            if cell.kind == "text" and where not in found and not self._is_title(where):
                found[where] = cell.words
        return [text for text in found.values() if text]

    def _is_title(self, where: str) -> bool:
        for (top, left), (_, right) in self._page.spans:
            if reference(top, left) == where:
                return 3 * (right - left + 1) > 2 * self._widest
        return False

    def _best(self, text: str) -> tuple[Fraction, Known | None]:
        if text not in self._alike:
            best: tuple[Fraction, Known | None] = (Fraction(0), None)
            for each in self._known:
                sure = likeness(text, each.name)
                if sure > best[0]:
                    best = (sure, each)
            self._alike[text] = best
        return self._alike[text]


def _without(heads: str, name: str) -> str:
    """Leave the indicator's own words out: 增长 in its name asks for no growth."""
    return heads.replace(name, "")


def _pairs(text: str) -> Counter[str]:
    return Counter(text[at : at + 2] for at in range(len(text) - 1))
