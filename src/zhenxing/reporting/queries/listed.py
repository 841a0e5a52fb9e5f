"""The calls as their page lists them: state, due day with its reason, who came."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from zhenxing.audit.models import Entry
from zhenxing.organisation import queries as organisation_queries
from zhenxing.reporting.choices import CallState
from zhenxing.reporting.models import Call
from zhenxing.reporting.queries.completeness import standings
from zhenxing.reporting.timeliness import Tally

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from zhenxing.kernel.problems import Problem
    from zhenxing.organisation.queries import DueRuleSet
    from zhenxing.reporting.timeliness import Timing
    from zhenxing.web.scope import Scope

# How far ahead an unannounced year is told of.
AHEAD = timedelta(days=60)


@dataclass(frozen=True)
class Listed:
    """One call of the list; `root` is the hash of the entry that closed it."""

    call: Call
    state: CallState
    tally: Tally
    root: str

    @property
    def why(self) -> str:
        """Why the due day is that day."""
        said = str(self.call.rule.get("why", "")) or "导入时所定"
        return f"{said}（暂定）" if self.is_provisional else said

    @property
    def is_provisional(self) -> bool:
        """Whether the year's holidays are not announced yet."""
        return bool(self.call.rule.get("provisional"))

    @property
    def words(self) -> str:
        """What a search looks at."""
        return f"{self.call.name} {self.call.code} {self.state.label} {self.why} {self.call.reason}"


SORTS: dict[str, Callable[[Listed], Any]] = {
    "month": lambda row: (row.call.period, row.call.code),
    "due": lambda row: row.call.due,
    "state": lambda row: row.state.label,
    "missing": lambda row: row.tally.missing,
    "late": lambda row: row.tally.late,
}


def calls(scope: Scope, today: date) -> list[Listed]:
    """Give the calls that the person may see, with who came; four queries."""
    rows = list(Call.objects.visible_to(scope).order_by("-period", "code"))
    timings: defaultdict[int, list[Timing]] = defaultdict(list)
    for each in standings(rows, scope, today):
        timings[each.submission.call_id].append(each.timing)
    closings = [call.closing_entry for call in rows if call.closing_entry]
    roots = dict(Entry.objects.filter(pk__in=closings).values_list("pk", "hash"))
    return [
        Listed(
            call,
            call.state(today),
            Tally.of(timings[call.pk]),
            roots.get(call.closing_entry or 0, ""),
        )
        for call in rows
    ]


def rule() -> DueRuleSet:
    """Give the rule by which the next months fall due."""
    return organisation_queries.due_rule()


def doubt(today: date) -> Problem | None:
    """Say that the holidays of the days ahead are not announced, if so."""
    return organisation_queries.work_calendar().unannounced(today, today + AHEAD)
