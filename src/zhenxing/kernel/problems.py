"""Bad data is a value: what is wrong, where, and what to do next."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Level = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong with data somebody handed in; all fields are Chinese, for readers.

    where: the place (`lamps.yaml 第12行`, `指标数!F6`); may be empty where the page shows it.
    what: what is wrong and what follows from it. next: what the reader should do.
    level: an error stops the load or the submission, a warning is shown and may be passed over.

    No part ends with a full stop; `sentence` adds it.

    >>> Problem("第3表C7", "目标为空，无法计分", "请补填或在方案中注明不考核").sentence
    '第3表C7：目标为空，无法计分；请补填或在方案中注明不考核。'
    """

    where: str
    what: str
    next: str
    level: Level = "error"

    @property
    def sentence(self) -> str:
        """The whole message in one Chinese sentence."""
        place = f"{self.where}：" if self.where else ""
        return f"{place}{self.what}；{self.next}。"

    @property
    def is_error(self) -> bool:
        """Whether the problem stops what was asked for."""
        return self.level == "error"


def errors(problems: Iterable[Problem]) -> list[Problem]:
    """Return the errors, in order.

    >>> errors([Problem("甲", "缺", "补", "warning"), Problem("乙", "错", "改")])
    [Problem(where='乙', what='错', next='改', level='error')]
    """
    return [problem for problem in problems if problem.is_error]


def warnings(problems: Iterable[Problem]) -> list[Problem]:
    """Return the warnings, in order.

    >>> len(warnings([Problem("甲", "缺", "补", "warning"), Problem("乙", "错", "改")]))
    1
    """
    return [problem for problem in problems if not problem.is_error]
