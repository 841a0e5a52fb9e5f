"""Grades from published totals and ranks: bands, shifts, veto, consecutive, in this order."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from zhenxing.engine.schemes.scheme import Grades, Scheme

REST = Decimal(1)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a unit comes to beside its score; replaced: the consecutive condition holds."""

    grade: str | None
    eligible: bool
    replaced: bool


def quota_band(grades: Grades, total: Decimal, rank: int, of: int) -> str:
    """Return the grade by quota: the first band whose running count reaches the rank.

    Each quota is rounded down on `of` alone; a total below a band's `min` falls to the next.

    >>> from zhenxing.engine.schemes.scheme import Grade
    >>> bands = (Grade("优秀", Decimal(85), Decimal("0.3")), Grade("良好", None, Decimal("0.4")))
    >>> [quota_band(Grades("quota", bands), Decimal(80), rank, 10) for rank in (1, 5, 9)]
    ['良好', '良好', '良好']
    """
    running = 0
    for band in grades.bands:
        running = of if band.quota is None else running + int(band.quota * of)
        if rank <= running and (band.at_least is None or total >= band.at_least):
            return band.word
    return grades.bands[-1].word


def score_band(grades: Grades, total: Decimal) -> str:
    """Return the grade by score; below the last band the last grade holds.

    >>> from zhenxing.engine.schemes.scheme import Grade
    >>> bands = (Grade("优秀", Decimal(90)), Grade("合格", Decimal(60)))
    >>> [score_band(Grades("score", bands), Decimal(total)) for total in ("90.00", "89.99", "3")]
    ['优秀', '合格', '合格']
    """
    reached = (
        band.word for band in grades.bands if band.at_least is None or total >= band.at_least
    )
    return next(reached, grades.bands[-1].word)


def verdict(
    scheme: Scheme,
    total: Decimal | None,
    place: tuple[int | None, int],
    holds: Callable[[str, int, str], bool],
    earlier: Sequence[str | None],
) -> Verdict:
    """Return grade and eligibility. place: rank and `of`; holds: whether a condition is true, by
    list, place and grade; earlier: the grades of the periods before, the latest first.
    """
    eligible = not any(holds("bars", index, "") for index, _ in enumerate(scheme.bars))
    grade = _grade(scheme, total, place, holds)
    return Verdict(grade, eligible, _is_replaced(scheme, grade, holds, earlier))


def _grade(
    scheme: Scheme,
    total: Decimal | None,
    place: tuple[int | None, int],
    holds: Callable[[str, int, str], bool],
) -> str | None:
    grades = scheme.grades
    if grades is None or total is None:
        return None
    rank, of = place
    grade: str | None = None
    if grades.by == "score":
        grade = score_band(grades, total)
    elif rank is not None:
        grade = quota_band(grades, total, rank, of)
    if grade is not None:
        words = grades.words
        shifts = enumerate(scheme.shifts)
        by = sum(shift.by for index, shift in shifts if holds("shifts", index, grade))
        grade = words[min(max(words.index(grade) - by, 0), len(words) - 1)]
    for index, veto in enumerate(scheme.vetoes):
        if veto.effect != "unranked" and holds("veto", index, ""):
            grade = veto.effect
    return grade


def _is_replaced(
    scheme: Scheme,
    grade: str | None,
    holds: Callable[[str, int, str], bool],
    earlier: Sequence[str | None],
) -> bool:
    if scheme.consecutive is None:
        return False
    row = [grade, *earlier[: scheme.consecutive.periods - 1]]
    in_a_row = len(row) == scheme.consecutive.periods
    return in_a_row and all(each is not None and holds("consecutive", 0, each) for each in row)


def grades_before(previous: Sequence[Mapping[str, Any]], unit: str) -> list[str | None]:
    """Return a unit's grades in earlier results (as printed by --json), the latest first.

    >>> grades_before([{"rows": [{"unit": "T01", "grade": "合格"}]}], "T01")
    ['合格']
    """
    return [
        next((row.get("grade") for row in _rows(result) if row.get("unit") == unit), None)
        for result in previous
    ]


def _rows(result: object) -> list[Mapping[str, Any]]:
    rows = result.get("rows") if isinstance(result, Mapping) else None
    return [row for row in rows if isinstance(row, Mapping)] if isinstance(rows, list) else []
