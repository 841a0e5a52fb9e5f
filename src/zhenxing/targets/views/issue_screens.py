"""The table in which one indicator's targets are written for every unit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from zhenxing.indicators.choices import Comparator, TargetKind
from zhenxing.kernel.problems import Problem
from zhenxing.targets import queries
from zhenxing.targets.cells import Line as Written
from zhenxing.targets.cells import read_aim

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from decimal import Decimal

    from zhenxing.engine.targets import Target as Aim
    from zhenxing.indicators.models import Indicator
    from zhenxing.organisation.models import Unit
    from zhenxing.targets.models import Issue
    from zhenxing.web.http import Request


@dataclass(frozen=True)
class EntryLine:
    """One unit's line: what holds now, what the year before came to, what is written."""

    unit: Unit
    now: Aim | None
    last_year: Decimal | None
    written: str
    fault: str


@dataclass(frozen=True)
class Entry:
    """The entry table of one indicator and kind."""

    indicators: Sequence[Indicator]
    indicator: Indicator | None
    kind: str
    comparator: str
    lines: tuple[EntryLine, ...]


def entry_table(
    request: Request,
    issue: Issue,
    indicators: Sequence[Indicator],
    units: Iterable[Unit],
    posted: Mapping[str, str],
) -> Entry:
    """Give the table for the indicator asked for, with what was just posted in its cells."""
    asked = posted if "indicator" in posted else request.GET
    code, kind = asked.get("indicator", ""), asked.get("kind", TargetKind.VALUE.value)
    kind = kind if kind in TargetKind.values else TargetKind.VALUE.value
    indicator = next((each for each in indicators if each.code == code), None)
    if indicator is None or not issue.is_draft:
        return Entry(indicators, None, kind, Comparator.AT_LEAST, ())
    said = {line.about: line for line in queries.lines_in(issue)}
    known = queries.ground([code], issue.year, request.moment.business_date)
    sign = _sign(indicator, kind, said.values(), posted)
    lines = []
    for unit in units:
        line = said.get((unit.code, code, kind))
        written = posted.get(f"unit-{unit.code}", line.written if line else "")
        aim = read_aim(Written(unit.code, code, kind, sign, written), "") if written else None
        lines.append(
            EntryLine(
                unit,
                known.issued.get((unit.code, code), {}).get(kind),
                known.last_year.get((unit.code, code)),
                written,
                aim.what if isinstance(aim, Problem) else "",
            )
        )
    return Entry(indicators, indicator, kind, sign, tuple(lines))


def _sign(
    indicator: Indicator, kind: str, said: Iterable[Written], posted: Mapping[str, str]
) -> str:
    if posted.get("comparator") in Comparator.values:
        return posted["comparator"]
    for line in said:
        if (line.indicator, line.kind) == (indicator.code, kind):
            return line.comparator
    return Comparator.AT_LEAST if indicator.direction == "higher" else Comparator.AT_MOST
