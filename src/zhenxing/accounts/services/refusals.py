"""An act that the rules of accounts forbid."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zhenxing.kernel.problems import Problem


class RefusedError(ValueError):
    """An act the rules forbid; `problems` say why, in the reader's words."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("".join(problem.sentence for problem in problems))
        self.problems = problems
