"""Which way numbers went after a return or a correction: shown, never judged by the system."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from zhenxing.indicators.choices import Direction
from zhenxing.indicators.models import Indicator
from zhenxing.kernel.periods import Period
from zhenxing.kernel.wording import number
from zhenxing.reporting.choices import Move, SlipMove, SlipState
from zhenxing.reporting.models import CorrectionSlip, Step, Version
from zhenxing.reporting.queries.versions import content_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date
    from decimal import Decimal

    from zhenxing.organisation.models import Unit

_NAMED = 3


class Way(StrEnum):
    """What became of the numbers."""

    BETTER = "better"
    WORSE = "worse"
    MIXED = "mixed"
    SAME = "same"
    WAITING = "waiting"

    @property
    def label(self) -> str:
        """The Chinese word."""
        return _WORDS[self]


_WORDS = {
    Way.BETTER: "变好",
    Way.WORSE: "变差",
    Way.MIXED: "有好有差",
    Way.SAME: "数没变",
    Way.WAITING: "还没有再报",
}


@dataclass(frozen=True)
class Case:
    """One return or one approved correction, and which way the numbers went."""

    kind: str
    unit: Unit
    day: date
    who: str
    reason: str
    subject: str
    changes: str
    way: Way
    address: tuple[str, ...]  # a slip's number, or a return's call, group and two versions

    @property
    def is_return(self) -> bool:
        """Whether it was a return rather than a correction."""
        return self.kind == "退回"

    @property
    def words(self) -> str:
        """What a search looks at."""
        return (
            f"{self.unit.name} {self.kind} {self.who} {self.subject} {self.changes} {self.reason}"
        )


@dataclass(frozen=True)
class Tally:
    """A unit's returns and corrections, counted."""

    unit: Unit
    returns: int
    returns_better: int
    slips: int
    slips_better: int

    @property
    def better(self) -> int:
        """How many ended in a better number."""
        return self.returns_better + self.slips_better

    @property
    def all(self) -> int:
        """How many there were."""
        return self.returns + self.slips


def cases() -> list[Case]:
    """Give every return and every approved correction of the county, the latest first."""
    lower = set(Indicator.objects.filter(direction=Direction.LOWER).values_list("code", flat=True))
    names = dict(Indicator.objects.values_list("code", "name"))
    found = [*_returned(lower, names), *_corrected(lower)]
    return sorted(found, key=lambda case: case.day, reverse=True)


def tallies(found: Iterable[Case]) -> list[Tally]:
    """Count cases by unit, those with most better numbers first."""
    by_unit: dict[str, list[Case]] = defaultdict(list)
    for case in found:
        by_unit[case.unit.code].append(case)
    rows = [_tally(own) for own in by_unit.values()]
    return sorted(rows, key=lambda row: (-row.better, -row.all, row.unit.code))


def _tally(own: list[Case]) -> Tally:
    def count(*, returned: bool, better: bool = False) -> int:
        return sum(
            case.is_return is returned and (not better or case.way is Way.BETTER) for case in own
        )

    return Tally(
        own[0].unit,
        count(returned=True),
        count(returned=True, better=True),
        count(returned=False),
        count(returned=False, better=True),
    )


def _corrected(lower: set[str]) -> Iterable[Case]:
    slips = CorrectionSlip.objects.filter(state=SlipState.APPROVED)
    for slip in slips.select_related("unit", "indicator").prefetch_related("steps"):
        steps = {step.move: step for step in slip.steps.all()}
        last, first = steps[SlipMove.APPROVE], steps[SlipMove.PROPOSE]
        code = slip.indicator.code
        yield Case(
            kind="更正",
            unit=slip.unit,
            day=last.business_date,
            who=f"{first.by_name}提出，{last.by_name}核准",
            reason=slip.reason,
            subject=f"{Period.parse(slip.period).label} {slip.indicator.name}",
            changes=_change(slip.old, slip.new),
            way=_way([(code, slip.old, slip.new)], lower),
            address=(slip.number,),
        )


def _returned(lower: set[str], names: Mapping[str, str]) -> Iterable[Case]:
    steps = Step.objects.filter(move=Move.RETURN).select_related(
        "submission__call", "submission__group__unit", "version"
    )
    told = list(steps)
    versions: dict[int, list[Version]] = defaultdict(list)
    wanted = {step.submission_id for step in told}
    for version in Version.objects.filter(submission__in=wanted).order_by("number"):
        versions[version.submission_id].append(version)
    for step in told:
        later = [v for v in versions[step.submission_id] if v.number > step.version.number]
        yield _case(step, later[0] if later else None, lower, names)


def _case(step: Step, after: Version | None, lower: set[str], names: Mapping[str, str]) -> Case:
    submission = step.submission
    moved = _moved(step.version, after) if after else []
    shown = [f"{names.get(code, code)} {_change(old, new)}" for code, old, new in moved[:_NAMED]]
    rest = f" 等{len(moved)}项" if len(moved) > _NAMED else ""
    newer = str(after.number) if after else ""
    return Case(
        kind="退回",
        unit=submission.group.unit,
        day=step.business_date,
        who=f"{step.by_name}退回",
        reason=f"{step.get_reason_display()}：{step.text}",
        subject=f"{Period.parse(submission.call.period).label} {submission.group.name}",
        changes=f"{'；'.join(shown)}{rest}",
        way=_way(moved, lower) if after else Way.WAITING,
        address=(submission.call.code, submission.group.code, str(step.version.number), newer),
    )


def _moved(before: Version, after: Version) -> list[tuple[str, Decimal | None, Decimal | None]]:
    """Give the numbers that two versions put differently: indicator, old, new."""
    old, new = content_of(before).answers, content_of(after).answers
    pairs = [
        (code, old[code].value if code in old else None, answer.value)
        for code, answer in new.items()
    ]
    return [(code, was, now) for code, was, now in pairs if was != now]


def _way(moved: Iterable[tuple[str, Decimal | None, Decimal | None]], lower: set[str]) -> Way:
    """Say which way numbers went; a number that was not there before is neither way."""
    ways = {
        Way.BETTER if (now > was) is (code not in lower) else Way.WORSE
        for code, was, now in moved
        if was is not None and now is not None
    }
    if not ways:
        return Way.SAME
    return ways.pop() if len(ways) == 1 else Way.MIXED


def _change(old: Decimal | None, new: Decimal | None) -> str:
    return "→".join("（空）" if value is None else number(value) for value in (old, new))
