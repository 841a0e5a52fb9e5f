"""Folders of the assessed: each item with what the data says, the own score, words, papers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import Q

from zhenxing.assessment import access
from zhenxing.assessment.choices import Purpose, RoundState
from zhenxing.assessment.models import ItemPaper, Round, Scheme, SelfScore, SelfSigning
from zhenxing.assessment.naming import named, words_of
from zhenxing.assessment.queries.known import Known, known_of
from zhenxing.assessment.queries.marks import rated_items
from zhenxing.assessment.queries.reckoning import rules
from zhenxing.assessment.queries.subjects import subjects_of
from zhenxing.engine.schemes.words import rule_words
from zhenxing.indicators.models import Indicator
from zhenxing.organisation.models import Unit

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from datetime import date

    from django.db.models import QuerySet

    from zhenxing.assessment.access import Posts
    from zhenxing.assessment.queries.subjects import Subject
    from zhenxing.engine import schemes
    from zhenxing.web.scope import Scope

ZERO = Decimal(0)
BONUS, PENALTIES = "加分", "扣分"
# From here on the assessed see the first mark; the office sees it once it is confirmed.
TOLD = (RoundState.REPLY, RoundState.CHECKED, RoundState.PUBLISHED)


@dataclass(frozen=True)
class Asked:
    """One item as a unit is assessed by it; `worth` is None where the rule alone says how much."""

    item: schemes.Item
    section: str
    worth: Decimal | None
    rule: str
    is_rated: bool

    @property
    def sign(self) -> int:
        """Whether its points are added or taken off."""
        return -1 if self.section == PENALTIES else 1


@dataclass(frozen=True)
class Line:
    """An item in a unit's folder. `first` is its score in the first mark, where it may be seen."""

    asked: Asked
    known: tuple[Known, ...]
    said: SelfScore | None
    papers: tuple[ItemPaper, ...]
    first: str = ""

    @property
    def item(self) -> schemes.Item:
        """The item."""
        return self.asked.item

    @property
    def version(self) -> int:
        """The version that is shown."""
        return self.said.version if self.said else 0

    @property
    def kept(self) -> list[ItemPaper]:
        """The papers that nobody took back."""
        return standing(self.papers)

    @property
    def is_over(self) -> bool:
        """Whether the own score lies above the item's points."""
        score = self.said.score if self.said else None
        return score is not None and self.asked.worth is not None and score > self.asked.worth

    @property
    def gap(self) -> Decimal | None:
        """Own score less first mark."""
        score = self.said.score if self.said else None
        return score - Decimal(self.first) if score is not None and self.first else None


@dataclass(frozen=True)
class Folder:
    """A unit's folder of a round."""

    round: Round
    subject: Subject
    lines: tuple[Line, ...]
    signing: SelfSigning | None

    @property
    def scored(self) -> list[Line]:
        """The lines with an own score."""
        return [line for line in self.lines if line.said and line.said.score is not None]

    @property
    def total(self) -> Decimal | None:
        """The own scores together, penalties taken off; None where there is none."""
        return total_of(self.scored)

    @property
    def papers(self) -> int:
        """How many papers are in it."""
        return sum(len(line.kept) for line in self.lines)

    @property
    def has_papers(self) -> bool:
        """Whether a paper was ever put in, even if it was taken back."""
        return any(line.papers for line in self.lines)

    @property
    def has_first(self) -> bool:
        """Whether the first mark is shown beside the own scores."""
        return any(line.first for line in self.lines)


@dataclass(frozen=True)
class Row:
    """One unit's folder in the office's list."""

    subject: Subject
    asked: int
    scored: int
    papers: int
    total: Decimal | None
    signing: SelfSigning | None
    first: str = ""

    @property
    def gap(self) -> Decimal | None:
        """Own total less first mark, where both are there."""
        if self.total is None or not self.first:
            return None
        return self.total - Decimal(self.first)


@dataclass(frozen=True)
class Access:
    """Whose folders a person reads, and of which lead departments only (None: every item)."""

    subjects: tuple[Subject, ...]
    leads: frozenset[str] | None = None
    is_office: bool = False
    may_fill: frozenset[str] = field(default_factory=frozenset)

    def subject(self, code: str) -> Subject | None:
        """Give one of them by its code."""
        return next((each for each in self.subjects if each.code == code), None)


def total_of(lines: Sequence[Line]) -> Decimal | None:
    """Add own scores up, penalties taken off; None where there is none."""
    scores = [(line.asked.sign, line.said.score) for line in lines if line.said]
    known = [sign * score for sign, score in scores if score is not None]
    return sum(known, ZERO) if known else None


def standing(papers: Sequence[ItemPaper]) -> list[ItemPaper]:
    """Give the papers that nobody took back."""
    return [paper for paper in papers if not hasattr(paper, "taken_back_by")]


def rounds(scope: Scope) -> QuerySet[Round]:
    """Give the rounds a person may have a folder in: what one reads, and what the own town runs."""
    above = Unit.objects.filter(code__in=scope.units).values("parent")
    readable = Q(scheme__in=Scheme.objects.visible_to(scope)) | Q(scheme__owner__in=above)
    rows = Round.objects.filter(readable).exclude(state=RoundState.REVOKED)
    return rows.select_related("scheme__owner", "edition__scheme")


def access_of(of: Round, scope: Scope, seats: Posts, day: date) -> Access:
    """Say whose folders a person reads in a round, and whose the person fills in."""
    scheme = of.scheme
    owner, is_countys = scheme.owner.code, scheme.is_countys
    keeps = access.keeps(seats, owner, is_countys=is_countys)
    every = subjects_of(scheme, day)
    own = [each for each in every if _is_own(each, scope)]
    fills = frozenset(
        each.code
        for each in own
        if not keeps and access.fills_folders(seats, each.unit.code, each.town)
    )
    if keeps or scope.has("X") or (scope.has("K") and scope.sees_county):
        return Access(tuple(every), None, is_office=True)
    if own or not scope.departments:
        return Access(tuple(own), None, may_fill=fills)
    leads = frozenset(
        Unit.objects.filter(code__in=scope.departments).values_list("name", flat=True)
    )
    led = any(item.lead in leads for item in rules(of.edition).items)
    return Access(tuple(every) if led else (), leads)


def reads_item(of: Round, readable: Access, item: str) -> bool:
    """Whether an item is among those the person reads."""
    if readable.leads is None:
        return True
    return any(each.id == item and each.lead in readable.leads for each in rules(of.edition).items)


def _is_own(subject: Subject, scope: Scope) -> bool:
    return subject.unit.code in scope.units and (
        not subject.is_group or subject.town in scope.towns
    )


def asked_of(scheme: schemes.Scheme, subject: Subject) -> list[Asked]:
    """Give the items a unit is assessed by; one that has no points in its class is none."""
    group = subject.attributes.get(scheme.group_by) if scheme.group_by else None
    rated = rated_items(scheme)
    found = []
    for section, item in _sections(scheme):
        worth = item.points_in(group)
        if worth == 0 or (worth is None and isinstance(item.points, Mapping)):
            continue
        words = rule_words(item.rule, lower=item.lower)
        found.append(Asked(item, section, worth, words, item.id in rated))
    return found


def _sections(scheme: schemes.Scheme) -> Iterator[tuple[str, schemes.Item]]:
    for section in scheme.sections:
        yield from ((section.name, item) for item in section.items)
    yield from ((BONUS, item) for item in scheme.bonus.items)
    yield from ((PENALTIES, item) for item in scheme.penalties.items)


def folder(of: Round, subject: Subject, day: date, readable: Access) -> Folder:
    """Give a unit's folder, with what the data says as known on the day."""
    scheme = rules(of.edition)
    said = latest_scores(of, [subject.code])
    papers = papers_of(of, subject.code)
    known = known_of(of, scheme, subject, day)
    first = _first_scores(of, readable).get(subject.code, {})
    words = words_of(Indicator.objects.values_list("code", "name"), scheme)
    lines = tuple(
        Line(
            replace(asked, rule=named(asked.rule, words)),
            known.get(asked.item.id, ()),
            said.get((subject.code, asked.item.id)),
            tuple(papers.get(asked.item.id, ())),
            first.get(asked.item.id, ""),
        )
        for asked in asked_of(scheme, subject)
        if readable.leads is None or asked.item.lead in readable.leads
    )
    signing = SelfSigning.objects.filter(round=of, code=subject.code).first()
    return Folder(of, subject, lines, signing)


def rows(of: Round, readable: Access) -> list[Row]:
    """Give every folder a person reads in one line each; five queries, however many units."""
    scheme = rules(of.edition)
    codes = [each.code for each in readable.subjects]
    said = latest_scores(of, codes)
    papers: dict[tuple[str, str], int] = {}
    kept = ItemPaper.objects.filter(round=of, takes_back=None, taken_back_by=None)
    for code, item in kept.values_list("code", "item"):
        papers[code, item] = papers.get((code, item), 0) + 1
    signed = {each.code: each for each in SelfSigning.objects.filter(round=of)}
    first = _first_scores(of, readable)
    found = []
    for subject in readable.subjects:
        lines = [
            Line(asked, (), said.get((subject.code, asked.item.id)), ())
            for asked in asked_of(scheme, subject)
            if readable.leads is None or asked.item.lead in readable.leads
        ]
        scored = [line for line in lines if line.said and line.said.score is not None]
        found.append(
            Row(
                subject,
                len(lines),
                len(scored),
                sum(papers.get((subject.code, line.item.id), 0) for line in lines),
                total_of(scored),
                signed.get(subject.code),
                first.get(subject.code, {}).get("", "") if readable.leads is None else "",
            )
        )
    return found


def latest_scores(of: Round, codes: Collection[str]) -> dict[tuple[str, str], SelfScore]:
    """Give the newest own score of each unit and item."""
    scores = SelfScore.objects.filter(round=of, code__in=codes).order_by("version")
    return {(each.code, each.item): each for each in scores}


def papers_of(of: Round, code: str) -> dict[str, list[ItemPaper]]:
    """Give the papers of a unit by item, those taken back among them."""
    found: dict[str, list[ItemPaper]] = {}
    for paper in _papers().filter(round=of, code=code):
        found.setdefault(paper.item, []).append(paper)
    return found


def paper(number: int) -> ItemPaper | None:
    """Give one paper by its number; whether it may be read is asked of `access_of`."""
    rows = _papers().select_related("round__scheme__owner", "round__edition__scheme")
    return rows.filter(pk=number).first()


def _papers() -> QuerySet[ItemPaper]:
    kept = ItemPaper.objects.filter(takes_back=None, file__isnull=False)
    return kept.select_related("file", "taken_back_by").order_by("pk")


def _first_scores(of: Round, readable: Access) -> dict[str, dict[str, str]]:
    """Give the first mark's printed scores by unit and item, the total under no item."""
    may_see = of.state in TOLD or (readable.is_office and of.state == RoundState.MARKED)
    if not may_see or of.result_id is None:
        return {}
    run = of.runs.filter(purpose=Purpose.FIRST).defer("inputs").order_by("-number").first()
    if run is None:
        return {}
    return {
        row["unit"]: {
            "": row["total"] or "",
            **{item: told["score"] or "" for item, told in row["items"].items()},
        }
        for row in run.read()["rows"]
    }
