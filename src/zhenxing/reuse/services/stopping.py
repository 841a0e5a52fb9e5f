"""Ending an act under way with a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zhenxing.kernel.problems import Problem


class StoppedError(Exception):
    """Ends an act under way, so that nothing of it stands."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.sentence)
        self.problem = problem
