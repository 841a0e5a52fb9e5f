"""What a reading gives: facts, groups, deadlines, tasks, projects and what does not add up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from decimal import Decimal
from typing import Any

from zhenxing.kernel.problems import Problem

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Document:
    """What the paper is: its title, kind, year and issuing unit, and how long it is."""

    title: str
    kind: str
    year: int | None
    unit: str | None
    characters: int


@dataclass(frozen=True, slots=True)
class Candidate:
    """An indicator a fact may belong to, with a score between 0 and 1."""

    indicator: str
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One figure of the text.

    quote, start, end: characters of the text as given, the end not included. value, value_high: as
    written, None where masked; unit carries the magnitude; value_base multiplies it out. kind:
    `target`, `actual`, `change`, `rank`, `deadline`. comparator: `=`, `>=`, `<=`, `~`. change:
    `increase`, `decrease` or None. period: a period's key or None. doubt: why a person must look.
    """

    quote: str
    start: int
    end: int
    subject: str
    value: Decimal | None
    value_high: Decimal | None
    unit: str
    value_base: Decimal | None
    kind: str
    comparator: str
    change: str | None
    period: str | None
    masked: bool
    repaired_from: str | None
    section: str
    rule: str
    indicator: str | None = None
    candidates: tuple[Candidate, ...] = ()
    doubt: str = ""

    def base(self, value: Decimal) -> Decimal:
        """Multiply another value in this fact's unit out."""
        if not self.value or self.value_base is None:
            return value
        return value * (self.value_base / self.value)


@dataclass(frozen=True, slots=True)
class Group:
    """A working group: its name, where its office is, the indicators it leads, who has a role."""

    name: str
    office: str | None
    leads: tuple[str, ...]
    roles: Mapping[str, str | None]
    start: int


@dataclass(frozen=True, slots=True)
class Deadline:
    """A day by which something is due: its rule, who and what."""

    quote: str
    start: int
    rule: str
    who: str | None
    what: str


@dataclass(frozen=True, slots=True)
class Task:
    """Something to be done: its verb, owner and due rule; source is `arrangement` or `problem`."""

    quote: str
    start: int
    verb: str
    owner: str | None
    due: str | None
    source: str


@dataclass(frozen=True, slots=True)
class Project:
    """A named project, its amount as written, the stage and the obstacle said of it."""

    name: str
    amount: str | None
    stage: str | None
    obstacle: str | None
    quote: str
    start: int


@dataclass(frozen=True, slots=True)
class Aside:
    """Digits that are no fact, and why: span of the text as given, reason in Chinese."""

    start: int
    end: int
    reason: str


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was read in one document."""

    document: Document
    facts: tuple[Fact, ...]
    groups: tuple[Group, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    tasks: tuple[Task, ...] = ()
    projects: tuple[Project, ...] = ()
    problems: tuple[Problem, ...] = ()
    aside: tuple[Aside, ...] = field(default=(), repr=False)

    def as_json(self) -> Json:
        """Return plain data for JSON: numbers as int where whole, else float."""
        data = plain(self)
        data.pop("aside")
        return dict(data)


def plain(value: Any) -> Any:  # noqa: ANN401  # any of the values above
    """Turn results into dicts, lists, strings and numbers.

    >>> plain(Candidate("grain_output", 0.9))
    {'indicator': 'grain_output', 'score': 0.9}
    """
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, Mapping):
        return {key: plain(each) for key, each in value.items()}
    if isinstance(value, tuple | list):
        return [plain(each) for each in value]
    if hasattr(value, "__dataclass_fields__"):
        return {each.name: plain(getattr(value, each.name)) for each in fields(value)}
    return value
