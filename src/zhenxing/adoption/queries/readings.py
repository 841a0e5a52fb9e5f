"""One reading as its page shows it: the text in marked pieces, the items in groups."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from zhenxing.adoption.choices import ItemKind, Verdict
from zhenxing.documents.models import PaperReading

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from zhenxing.adoption.models import Item
    from zhenxing.documents.models import Paper


@dataclass(frozen=True)
class Piece:
    """A stretch of the text under the same items; `opens` are those that begin with it."""

    text: str
    items: tuple[Item, ...] = ()
    opens: tuple[Item, ...] = ()

    @property
    def look(self) -> str:
        """How the stretch is marked: plain, doubt, masked, refused, accepted or fact."""
        open_ = [item for item in self.items if item.verdict == Verdict.OPEN]
        if any(item.doubt for item in open_):
            return "doubt"
        if any(item.masked for item in self.items):
            return "masked"
        if open_:
            return "fact"
        verdicts = {item.verdict for item in self.items}
        if not verdicts:
            return "plain"
        return "accepted" if Verdict.ACCEPTED in verdicts else "refused"


@dataclass(frozen=True)
class Paragraph:
    """A line of the text with where it stands in the file."""

    pieces: tuple[Piece, ...]
    place: str


@dataclass(frozen=True)
class Page:
    """A reading with its text in paragraphs and its items: doubtful ones first, then by kind."""

    reading: PaperReading
    paragraphs: tuple[Paragraph, ...]
    items: tuple[Item, ...]

    @property
    def doubtful(self) -> list[Item]:
        """What a person must look at first: doubts nobody has decided about."""
        return [item for item in self.items if item.doubt and item.verdict == Verdict.OPEN]

    @property
    def groups(self) -> list[tuple[ItemKind, list[Item]]]:
        """The other items by kind, in the order of the kinds."""
        shown = set(self.doubtful)
        rest = [item for item in self.items if item not in shown]
        kinds = [(kind, [item for item in rest if item.kind == kind]) for kind in ItemKind]
        return [(kind, items) for kind, items in kinds if items]

    @property
    def counts(self) -> Counter[str]:
        """How many items stand at each verdict."""
        return Counter(item.verdict for item in self.items)


def latest(paper: Paper) -> PaperReading | None:
    """Give a paper's newest reading."""
    return paper.readings.order_by("-version").first()


def page(reading: PaperReading) -> Page:
    """Give a reading as its page shows it; two queries however many items."""
    rows = reading.items.select_related("unit", "indicator", "split_of")
    items = tuple(rows.prefetch_related("placements__indicator", "placements__unit"))
    return Page(reading, tuple(_paragraphs(reading, items)), items)


def _paragraphs(reading: PaperReading, items: Sequence[Item]) -> Iterator[Paragraph]:
    text = reading.text
    marked = sorted((item for item in items if item.end > item.start), key=_order)
    places = [(int(start), str(place)) for start, place in reading.places]
    at = 0
    for line in text.splitlines(keepends=True):
        end = at + len(line)
        inside = [item for item in marked if item.start < end and at < item.end]
        if line.strip():
            place = next((word for start, word in reversed(places) if start <= at), "")
            yield Paragraph(tuple(_pieces(text, at, at + len(line.rstrip()), inside)), place)
        at = end


def _order(item: Item) -> tuple[int, int, int]:
    return item.start, -item.end, item.pk


def _pieces(text: str, start: int, end: int, items: Sequence[Item]) -> Iterator[Piece]:
    cuts = {start, end}
    for item in items:
        cuts |= {each for each in (item.start, item.end) if start < each < end}
    edges = sorted(cuts)
    for low, high in pairwise(edges):
        over = tuple(item for item in items if item.start < high and low < item.end)
        opens = tuple(item for item in over if item.start == low or (low == start > item.start))
        yield Piece(text[low:high], over, opens)
