"""What somebody wants corrected, as it was typed and brought: checked before an act begins."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from zhenxing.documents import services as documents
from zhenxing.kernel.problems import Problem
from zhenxing.kernel.wording import number
from zhenxing.reporting.form.numerals import typed_in
from zhenxing.reporting.services.evidence import unfit

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from zhenxing.documents.models import File
    from zhenxing.kernel.moments import Moment
    from zhenxing.reporting.queries.correcting import Place
    from zhenxing.web.scope import Scope

LONGEST_REASON = 200
MOST_PAPERS = 10


@dataclass(frozen=True)
class Paper:
    """A file as somebody brought it."""

    name: str
    data: bytes


@dataclass(frozen=True)
class Wish:
    """What somebody wants corrected: the number as typed, why, and the papers behind it."""

    typed: str
    reason: str
    papers: Sequence[Paper]


def checked(place: Place, wish: Wish, old: Decimal | None) -> tuple[Decimal | None, list[Problem]]:
    """Give the number that was typed, and everything wrong with the wish at once."""
    new, problems = _number_typed(place, wish.typed)
    if new is not None and new == old:
        problems.append(nothing_new(place, new))
    if not wish.reason.strip():
        problems.append(Problem("更正原因", "没有写", "请写明原来错在哪里、凭什么改"))
    if len(wish.reason.strip()) > LONGEST_REASON:
        problems.append(Problem("更正原因", f"超过{LONGEST_REASON}字", "请写短些，细节放在佐证里"))
    if not wish.papers:
        problems.append(Problem("佐证", "没有附文件", "更正须有佐证，请附上原始凭证或台账"))
    if len(wish.papers) > MOST_PAPERS:
        problems.append(Problem("佐证", f"超过{MOST_PAPERS}个文件", "请合并后再附"))
    faults = (unfit(paper.data, paper.name) for paper in wish.papers)
    problems += [fault for fault in faults if fault]
    return new, problems


def _number_typed(place: Place, typed: str) -> tuple[Decimal | None, list[Problem]]:
    if not typed.strip():
        return None, [Problem("更正为", "没有填数", "请填更正后的数；没有发生请填0")]
    return typed_in(typed, place.question, "更正为")


@transaction.atomic
def keep(papers: Sequence[Paper], scope: Scope, moment: Moment) -> tuple[File, ...]:
    """Keep the papers of a wish that was found good, all or none."""
    return tuple(
        documents.keep(paper.data, name=paper.name, by=scope.username, moment=moment)
        for paper in papers
    )


def nothing_new(place: Place, value: Decimal) -> Problem:
    """Say that the number asked for is the one that counts already."""
    return Problem("更正为", f"{place.words}作数的就是{number(value)}", "没有差错，不必更正")
