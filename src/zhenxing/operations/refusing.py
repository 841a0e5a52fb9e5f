"""What stops an operation, in sentences for whoever called it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zhenxing.kernel.problems import Problem


class OperationRefusedError(ValueError):
    """An operation that cannot or may not be done; `problems` say why and what to do."""

    def __init__(self, *problems: Problem) -> None:
        """Keep the reasons."""
        super().__init__("".join(problem.sentence for problem in problems))
        self.problems = problems
