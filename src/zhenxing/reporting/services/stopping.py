"""How an act under way is ended so that nothing of it stands, and its reason told."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from zhenxing.audit.services import ActsWithheldError
from zhenxing.kernel.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

Value = TypeVar("Value")


class StoppedError(Exception):
    """Ends an act under way, so that nothing of it stands."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.sentence)
        self.problem = problem


@dataclass
class Outcome:
    """What an act came to: its value, or the problem that stopped it."""

    value: object = None

    def of(self, kind: type[Value]) -> Value | Problem:
        """Give the value, known to be of a kind, or the problem."""
        if isinstance(self.value, (kind, Problem)):
            return self.value
        raise TypeError(f"{self.value!r} is no {kind.__name__}")


@contextmanager
def stopped() -> Iterator[Outcome]:
    """Turn what stops an act into its problem; stands outside the act, which is then undone."""
    outcome = Outcome()
    try:
        yield outcome
    except (StoppedError, ActsWithheldError) as stop:
        outcome.value = stop.problem
