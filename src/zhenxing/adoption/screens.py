"""A reading as its page draws it: marked text, cards of doubt, lines to accept, where they went."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from zhenxing.adoption.choices import ItemKind, Verdict
from zhenxing.adoption.queries.known import Known
from zhenxing.indicators.choices import Comparator
from zhenxing.kernel.wording import number

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from zhenxing.adoption.models import Item, Placement
    from zhenxing.adoption.queries.readings import Page, Paragraph, Piece

SIGNS = {
    Comparator.AT_LEAST: "≥", Comparator.AT_MOST: "≤",
    Comparator.EQUAL: "=", Comparator.ABOUT: "约",
}  # fmt: skip
MAPPED = {ItemKind.TARGET, ItemKind.FIGURE, ItemKind.CHANGE, ItemKind.RANK}
AIMS = {ItemKind.TARGET, ItemKind.RANK}
FIGURES = {ItemKind.FIGURE, ItemKind.CHANGE}
WAITS = {
    ItemKind.GROUP: "专班", ItemKind.DEADLINE: "报送日历", ItemKind.TASK: "任务",
    ItemKind.PROJECT: "项目台账", ItemKind.PROBLEM: "只作记录",
}  # fmt: skip
CHAPTER = re.compile(
    r"\s*(第[一二三四五六七八九十]+[章部]|[一二三四五六七八九十]{1,3}、)\S{1,30}\s*"
)
MONTHLY = re.compile(r"monthly:(\d+)")
LONGEST_TITLE, MASK = 40, "**"


@dataclass(frozen=True)
class Line:
    """One thing read, as a row: `label` is its mark beside the text, a part's is `5.1`."""

    item: Item
    label: str
    known: Known | None
    candidates: tuple[tuple[str, str], ...]
    is_picked: bool
    choice: str

    @property
    def anchor(self) -> str:
        """The label as an address takes it."""
        return self.label.replace(".", "-")

    @property
    def is_open(self) -> bool:
        """Whether nobody has decided about it."""
        return self.item.verdict == Verdict.OPEN

    @property
    def placements(self) -> list[Placement]:
        """Where it was written."""
        return list(self.item.placements.all())

    @property
    def is_mapped(self) -> bool:
        """Whether it belongs to an indicator at all."""
        return self.item.kind in MAPPED

    @property
    def waits(self) -> str:
        """Where a thing that is no figure belongs."""
        return WAITS.get(ItemKind(self.item.kind), "")

    @property
    def sign(self) -> str:
        """How the value is meant."""
        item = self.item
        if item.kind not in MAPPED:
            return ""
        if item.masked and item.value is None:
            return "掩码"
        if item.high is not None:
            return "区间"
        return SIGNS.get(Comparator(item.comparator), "") if item.comparator else "="

    @property
    def shown(self) -> str:
        """The value with its measure, or what stands in its place."""
        item = self.item
        if item.kind not in MAPPED:
            return _words_of(item)
        if item.value is None:
            return f"{MASK}{item.measure}" if item.masked else "—"
        high = f"—{number(item.high)}" if item.high is not None else ""
        growth = ("增速" if item.value < 0 else "增") if item.is_growth else ""
        return f"{growth}{number(item.value)}{high}{item.measure}"

    @property
    def repaired(self) -> str:
        """What stood in the paper where the reader mended it."""
        return str(self.item.said.get("repaired_from") or "")

    @property
    def look(self) -> str:
        """How its mark is drawn, as in the text."""
        if not self.is_open:
            return "accepted" if self.item.verdict == Verdict.ACCEPTED else "refused"
        if self.item.doubt:
            return "doubt"
        return "masked" if self.item.masked else "fact"

    @property
    def next(self) -> str:
        """What the reader says is to be done."""
        return str(self.item.said.get("next") or "") if self.item.kind == ItemKind.PROBLEM else ""


@dataclass(frozen=True)
class Card:
    """A doubt with the things it throws doubt on."""

    line: Line
    touched: tuple[Line, ...]


@dataclass(frozen=True)
class Mark:
    """A stretch of text as drawn; `begins` and `ends` are the things that begin and end here."""

    text: str
    look: str
    at: int
    target: str
    begins: tuple[Line, ...]
    ends: tuple[Line, ...]


@dataclass(frozen=True)
class Words:
    """A paragraph as drawn."""

    role: str
    place: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True)
class Screen:
    """Everything the page draws of a reading."""

    lines: tuple[Line, ...]
    cards: tuple[Card, ...]
    groups: tuple[tuple[str, list[Line]], ...]
    words: tuple[Words, ...]
    sorts: tuple[tuple[str, str, int], ...]

    @property
    def to_place(self) -> list[Line]:
        """Accepted targets that were written nowhere yet."""
        return self._ready(AIMS)

    @property
    def to_keep(self) -> list[Line]:
        """Accepted figures that were written nowhere yet."""
        return self._ready(FIGURES)

    @property
    def homeless(self) -> list[Line]:
        """Accepted figures and targets that no indicator was chosen for."""
        return [line for line in self._loose() if line.is_mapped and line.item.indicator is None]

    @property
    def placed(self) -> list[Line]:
        """What was written on."""
        return [line for line in self.lines if line.placements]

    @property
    def picked(self) -> list[Line]:
        """What is ticked when the page opens."""
        return [line for _, lines in self.groups for line in lines if line.is_picked]

    def _loose(self) -> list[Line]:
        accepted = Verdict.ACCEPTED
        return [x for x in self.lines if x.item.verdict == accepted and not x.placements]

    def _ready(self, kinds: Collection[ItemKind]) -> list[Line]:
        return [
            line
            for line in self._loose()
            if line.item.kind in kinds
            and line.item.indicator is not None
            and (line.item.masked or line.item.value is not None)
        ]


@dataclass(frozen=True)
class Asked:
    """Which lines are wanted: of one verdict, of one kind; and what was ticked and chosen."""

    state: str = ""
    sort: str = ""
    picks: Collection[int] | None = None
    choices: Mapping[int, str] | None = None

    def keeps(self, item: Item) -> bool:
        """Whether a line is among those wanted."""
        return self.state in {"", item.verdict} and self.sort in {"", item.kind}


def screen(
    page: Page, known: Mapping[int, Known], names: Mapping[str, str], asked: Asked | None = None
) -> Screen:
    """Draw a reading as it is asked for."""
    asked = asked or Asked()
    labels = _labels(page.items)
    lines = {
        item.pk: Line(
            item,
            labels[item.pk],
            known.get(item.pk),
            tuple(_candidates(item, names)),
            _is_picked(item, asked.picks),
            (asked.choices or {}).get(item.pk, item.indicator.code if item.indicator else ""),
        )
        for item in page.items
    }
    kept = [(kind, [i for i in items if asked.keeps(i)]) for kind, items in page.groups]
    return Screen(
        tuple(lines.values()),
        tuple(_cards([lines[item.pk] for item in page.doubtful])),
        tuple((kind.label, [lines[i.pk] for i in items]) for kind, items in kept if items),
        tuple(_words(page.paragraphs, lines)),
        tuple((str(kind.value), kind.label, len(items)) for kind, items in page.groups),
    )


def _labels(items: Sequence[Item]) -> dict[int, str]:
    labels: dict[int, str] = {}
    parts: dict[int, int] = {}
    for item in sorted(items, key=lambda each: each.pk):
        whole = item.split_of_id
        if whole is None:
            labels[item.pk] = str(item.number)
            continue
        parts[whole] = parts.get(whole, 0) + 1
        labels[item.pk] = f"{labels.get(whole, item.number)}.{parts[whole]}"
    return labels


def _candidates(item: Item, names: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    codes = [item.indicator.code] if item.indicator else []
    codes += [str(each["indicator"]) for each in item.said.get("candidates") or ()]
    for code in dict.fromkeys(codes):
        if code in names:
            yield code, names[code]


def _is_picked(item: Item, picks: Collection[int] | None) -> bool:
    if item.verdict != Verdict.OPEN:
        return False
    if picks is not None:
        return item.pk in picks
    if item.doubt:
        return False
    return item.kind not in MAPPED or (
        item.indicator is not None and (item.masked or item.value is not None)
    )


def _cards(lines: Sequence[Line]) -> Iterator[Card]:
    """Gather the things a problem throws doubt on under it."""
    heads = [line for line in lines if line.item.kind == ItemKind.PROBLEM]
    under: dict[int, list[Line]] = {line.item.pk: [] for line in heads}
    alone: list[Line] = []
    for line in lines:
        if line in heads:
            continue
        head = next((each for each in heads if _touches(each.item, line.item)), None)
        (under[head.item.pk] if head else alone).append(line)
    cards = [Card(head, tuple(under[head.item.pk])) for head in heads]
    cards += [Card(line, ()) for line in alone]
    yield from sorted(cards, key=lambda card: card.line.item.number)


def _touches(problem: Item, item: Item) -> bool:
    inside = problem.start < item.end and item.start < problem.end
    return inside and problem.doubt[:100] in item.doubt


def _words(paragraphs: Sequence[Paragraph], lines: Mapping[int, Line]) -> Iterator[Words]:
    for index, paragraph in enumerate(paragraphs):
        text = "".join(piece.text for piece in paragraph.pieces)
        after = paragraphs[index + 1].pieces[0].items if index + 1 < len(paragraphs) else ()
        marks = tuple(_marks(paragraph.pieces, after, lines))
        yield Words(_role(text, index), paragraph.place, marks)


def _role(text: str, index: int) -> str:
    if index == 0 and len(text.strip()) <= LONGEST_TITLE:
        return "title"
    return "chapter" if CHAPTER.fullmatch(text) else ""


def _marks(
    pieces: Sequence[Piece], after: Sequence[Item], lines: Mapping[int, Line]
) -> Iterator[Mark]:
    for index, piece in enumerate(pieces):
        following = pieces[index + 1].items if index + 1 < len(pieces) else after
        shown = [item for item in piece.items if not _is_parted(item)]
        ends = [lines[i.pk] for i in shown if i not in following]
        target = min(shown, key=_weight) if shown else None
        yield Mark(
            piece.text,
            piece.look if shown else "plain",
            0,
            lines[target.pk].anchor if target else "",
            tuple(lines[item.pk] for item in piece.opens),
            tuple(ends),
        )


def _is_parted(item: Item) -> bool:
    return item.verdict == Verdict.REFUSED and item.note == "已拆分"


def _weight(item: Item) -> tuple[bool, int]:
    return not (item.doubt and item.verdict == Verdict.OPEN), item.number


def _words_of(item: Item) -> str:
    """Say the chief thing of a group, a day, a task or a project."""
    said = item.said
    keys = {
        ItemKind.GROUP: ("office",), ItemKind.DEADLINE: ("who", "quote"),
        ItemKind.TASK: ("owner", "due"), ItemKind.PROJECT: ("amount", "stage"),
    }.get(ItemKind(item.kind), ())  # fmt: skip
    return "，".join(_due(str(said[key])) for key in keys if said.get(key))


def _due(words: str) -> str:
    """Say a rule of days in words."""
    found = MONTHLY.fullmatch(words)
    return f"每月{found[1]}日" if found else words
