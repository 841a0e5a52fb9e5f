"""A scoring under way: what it stands on and everything it was worked out from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from zhenxing.engine.schemes import sql
from zhenxing.engine.schemes.facts import Facts, Unit
from zhenxing.engine.schemes.gathering import Gathered
from zhenxing.engine.schemes.planning import Plan
from zhenxing.engine.schemes.results import Result
from zhenxing.engine.schemes.scheme import Scheme

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Compiled:
    """A scheme's plan with its database text."""

    plan: Plan
    text: sql.Compiled


@dataclass(frozen=True, slots=True)
class Inputs:
    """What a scoring stands on besides scheme and facts.

    period: a key as in the facts, the window's end by default. others: results of other schemes
    (as --json prints them) for `score()`. previous: earlier results of this scheme, latest first.
    """

    period: str | None = None
    others: Sequence[Json] = ()
    previous: Sequence[Json] = ()


@dataclass(slots=True)
class Run:
    """A scoring with everything it was worked out from, for explanations.

    gathered: operands by unit and column. values: every column by unit.
    """

    scheme: Scheme
    facts: Facts
    compiled: Compiled | None
    result: Result
    units: dict[str, Unit] = field(default_factory=dict)
    gathered: dict[str, dict[str, Gathered]] = field(default_factory=dict)
    values: dict[str, dict[str, Any]] = field(default_factory=dict)
