"""The lead department confirms: its own value beside the town's, line by line, many in one act."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from zhenxing.audit import services as audit
from zhenxing.indicators.choices import Nature
from zhenxing.indicators.models import Indicator
from zhenxing.kernel.problems import Problem
from zhenxing.organisation import queries as organisation_queries
from zhenxing.reporting.choices import Move, Status
from zhenxing.reporting.models import Confirmation
from zhenxing.reporting.services import figures
from zhenxing.reporting.services.life import stand, step_of
from zhenxing.reporting.services.moving import (
    Asked,
    Seen,
    Stale,
    StoppedError,
    not_yours,
    seen_again,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from zhenxing.audit.services import Act
    from zhenxing.kernel.moments import Moment
    from zhenxing.reporting.models import Submission, Version
    from zhenxing.reporting.services.figures import Place, Told
    from zhenxing.web.scope import Scope

ACTION = "reporting.submission.confirmed"
LONGEST_REASON = 200


@dataclass(frozen=True)
class Verdict:
    """What a department says of one number of one submission."""

    submission: Submission
    base_version: int
    indicator: str
    period: str
    value: Decimal
    reason: str = ""

    @property
    def place(self) -> Place:
        """Which number it speaks of: indicator and period."""
        return self.indicator, self.period


@dataclass(frozen=True)
class Confirmed:
    """Confirmations that stand, and the submissions that they were the last ones of."""

    lines: tuple[Confirmation, ...]
    finished: tuple[Submission, ...]


@dataclass(frozen=True)
class NotConfirmed:
    """What is wrong, by the place of the verdict in the list; nothing of the list was written."""

    problems: dict[int, Problem]


class _Refused(Exception):  # noqa: N818  # ends the act, told as a value
    def __init__(self, problems: dict[int, Problem]) -> None:
        super().__init__("the act came to nothing")
        self.problems = problems


def confirm(
    *, verdicts: Sequence[Verdict], scope: Scope, moment: Moment
) -> Confirmed | NotConfirmed:
    """Confirm many numbers in one act: all of them stand, or none does and all problems are told.

    Ask for the password before. A value other than the reported one, and one that takes the place
    of an earlier confirmation, says why. The last confirmation of a submission moves it on.
    """
    if not verdicts:
        return NotConfirmed({})
    try:
        with audit.act(
            ACTION,
            subject=_subject(verdicts),
            by=organisation_queries.actor(scope),
            moment=moment,
        ) as act:
            checked = _checked(verdicts, scope, moment)
            finished = [done for seen, said in checked if (done := _write(act, seen, said))]
            lines = [line for _, said in checked for _, line in said]
            act.details.update(_details(lines, finished))
    except _Refused as refused:
        return NotConfirmed(refused.problems)
    return Confirmed(tuple(lines), tuple(finished))


def confirmable(version: Version) -> dict[Place, Told]:
    """Give the numbers of a version that a lead department confirms: filled, no statistics."""
    said = {each.place: each for each in figures.told(version) if each.value is not None}
    surveys = Indicator.objects.filter(
        code__in={code for code, _ in said}, nature=Nature.SURVEY
    ).values_list("code", flat=True)
    received = set(surveys)
    return {place: each for place, each in said.items() if place[0] not in received}


_Line = tuple[Verdict, Confirmation]
_Checked = list[tuple[tuple[Asked, Seen], list[_Line]]]


def _checked(verdicts: Sequence[Verdict], scope: Scope, moment: Moment) -> _Checked:
    """Look at everything again; every problem of every line is found before any ends the act."""
    by_version: dict[tuple[int, int], list[tuple[int, Verdict]]] = defaultdict(list)
    for number, verdict in enumerate(verdicts):
        by_version[verdict.submission.pk, verdict.base_version].append((number, verdict))
    problems: dict[int, Problem] = {}
    checked: _Checked = []
    for _, said in sorted(by_version.items()):
        asked = Asked(
            move=Move.CONFIRM,
            submission=said[0][1].submission,
            scope=scope,
            moment=moment,
            base_version=said[0][1].base_version,
        )
        try:
            seen = seen_again(asked)
        except StoppedError as stop:
            problems |= {number: _told_problem(stop, verdict) for number, verdict in said}
            continue
        lines = _lines(asked, seen, said, problems)
        checked.append(((asked, seen), lines))
    if problems:
        raise _Refused(problems)
    return checked


def _lines(
    asked: Asked, seen: Seen, said: list[tuple[int, Verdict]], problems: dict[int, Problem]
) -> list[_Line]:
    allowed, before = confirmable(seen.version), _latest(seen.version)
    led = Indicator.objects.filter(lead__code__in=asked.scope.departments).in_bulk(
        {verdict.indicator for _, verdict in said}, field_name="code"
    )
    lines, places = [], set()
    for number, verdict in said:
        told, indicator = allowed.get(verdict.place), led.get(verdict.indicator)
        if told is None or indicator is None or verdict.place in places:
            problems[number] = not_yours(Move.CONFIRM, seen.submission)
            continue
        places.add(verdict.place)
        problem = _wrong(verdict, told, before.get(verdict.place), indicator)
        if problem:
            problems[number] = problem
        lines.append((verdict, _confirmation(asked, seen, verdict, told, indicator)))
    return lines


def _wrong(
    verdict: Verdict, told: Told, before: Confirmation | None, indicator: Indicator
) -> Problem | None:
    """Say what keeps a verdict from standing."""
    where = f"{verdict.submission.group.unit.name}{indicator.name}"
    if len(verdict.reason) > LONGEST_REASON:
        what = f"原因写了{len(verdict.reason)}个字，最多{LONGEST_REASON}个字"
        return Problem(where, what, "请写短一些")
    if before is not None and before.value == verdict.value:
        return Problem(where, f"{before.by_name}已核定为这个数", "不改的不必再核定，请取消勾选")
    if before is not None and not verdict.reason:
        return Problem(where, f"改了{before.by_name}核定的数，没有写原因", "请写明为什么改")
    if verdict.value != told.value and not verdict.reason:
        return Problem(where, "与镇里报的数不同，没有写原因", "请写明依据什么、差在哪里")
    return None


def _confirmation(
    asked: Asked, seen: Seen, verdict: Verdict, told: Told, indicator: Indicator
) -> Confirmation:
    scope, moment = asked.scope, asked.moment
    return Confirmation(
        submission=seen.submission,
        version=seen.version,
        indicator=indicator,
        period=verdict.period,
        reported=told.value,
        value=verdict.value,
        reason=verdict.reason,
        by=scope.username,
        by_name=f"{scope.name}（{scope.unit_name}）",
        role=seen.role,
        at=moment.at,
        business_date=moment.business_date,
    )


def _write(act: Act, place: tuple[Asked, Seen], said: list[_Line]) -> Submission | None:
    """Write a submission's confirmations; give it where they were the last it waited for."""
    asked, seen = place
    lines = act.seal([line for _, line in said])
    act.seal(figures.confirmed(lines))
    waiting = set(confirmable(seen.version)) - set(_latest(seen.version))
    if seen.submission.status != Status.SIGNED or waiting:
        act.vouch(seen.submission)
        return None
    stand(act, step_of(asked, seen, seen.rule.after))
    return seen.submission


def _latest(version: Version) -> dict[Place, Confirmation]:
    """Give the last confirmation of each number of a version."""
    rows = Confirmation.objects.filter(version=version).select_related("indicator").order_by("pk")
    return {(row.indicator.code, row.period): row for row in rows}


def _told_problem(stop: StoppedError, verdict: Verdict) -> Problem:
    if isinstance(stop.outcome, Stale):
        where = f"{verdict.submission.group.unit.name}{verdict.submission.group.name}"
        what = f"已换成第{stop.outcome.latest.number}版，您看的是第{verdict.base_version}版"
        return Problem(where, what, "请对照新的一版再核定，您填的数和原因还在")
    return stop.outcome


def _subject(verdicts: Sequence[Verdict]) -> str:
    calls = sorted({verdict.submission.call.code for verdict in verdicts})
    groups = sorted({verdict.submission.group.code for verdict in verdicts})
    shown = groups[0] if len(groups) == 1 else f"{len(groups)}个专班"
    return f"{shown} {'、'.join(calls)}"[:200]


def _details(lines: list[Confirmation], finished: list[Submission]) -> dict[str, object]:
    return {
        "lines": [
            {
                "receipt": line.version.receipt,
                "indicator": line.indicator.code,
                "period": line.period,
                "reported": line.reported,
                "value": line.value,
                "reason": line.reason,
            }
            for line in lines
        ],
        "finished": [f"{each.group.code} {each.call.code}" for each in finished],
    }
