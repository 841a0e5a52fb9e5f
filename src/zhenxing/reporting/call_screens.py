"""What the pages of calls and of completeness show, put together for their templates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from zhenxing.organisation.choices import VILLAGE_FORM
from zhenxing.reporting import access, services
from zhenxing.reporting.choices import CallState, ExtensionState
from zhenxing.reporting.queries import completeness, desk
from zhenxing.reporting.queries.calendar import last_day
from zhenxing.reporting.timeliness import Tally, Timing

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from zhenxing.kernel.moments import Moment
    from zhenxing.reporting.models import Call, Extension
    from zhenxing.reporting.queries.completeness import Standing
    from zhenxing.web.scope import Scope

# What a cell of the matrix says by its colour and its words.
TAGS = {
    Timing.ON_TIME: "tag-ahead", Timing.EXTENDED: "tag-ahead", Timing.RULED: "tag-watch",
    Timing.LATE: "tag-late", Timing.MISSING: "tag-late", Timing.RETURNED: "tag-late",
}  # fmt: skip


def one(call: Call, scope: Scope, moment: Moment) -> dict[str, Any]:
    """Give what a call's page shows to a person."""
    today = moment.business_date
    standings = completeness.standings([call], scope, today)
    state = call.state(today)
    return {
        "here": "calls",
        "call": call,
        "state": state,
        "countdown": call.countdown(today),
        "tally": Tally.of(each.timing for each in standings),
        "waiting": desk.waiting(standings),
        "extensions": [_with_acts(each, scope) for each in desk.extensions(call, scope)],
        "claims": [(each, services.may_be_on_time(each)) for each in desk.late_claims(call, scope)],
        "root": desk.closing_root(call),
        "runs": access.may_run_calls(scope),
        "urges": state is CallState.OPEN
        and any(access.may_urge(scope, each.submission.group.unit.code) for each in standings),
        **_closing(call, scope, today),
    }


def _closing(call: Call, scope: Scope, today: date) -> dict[str, Any]:
    """Say whether the person may propose to close the month, or close it, now."""
    is_over = not call.is_temporary and call.closed_on is None and today > last_day(call)
    runs = access.may_run_calls(scope)
    return {
        "is_over": is_over,
        "may_propose_closing": runs and is_over and not call.closing_proposed_by,
        "may_close": runs and is_over and call.closing_proposed_by not in {"", scope.username},
        "may_answer": runs and call.proposed_by != scope.username,
    }


def _with_acts(extension: Extension, scope: Scope) -> dict[str, Any]:
    """Give a wish with what the person may do about it."""
    unit = extension.submission.group.unit.code
    signed = scope.username in {extension.asked_by, extension.proposed_by}
    speaks = access.may_speak_for(scope, unit) and extension.state == ExtensionState.ASKED
    decides = access.may_run_calls(scope) and extension.state in desk.UNDECIDED
    return {
        "extension": extension,
        "may_support": speaks and not signed,
        "may_grant": decides and not signed and extension.state == ExtensionState.PROPOSED,
        "may_refuse": (speaks or decides) and not signed,
    }


def of_groups(standings: Sequence[Standing], *, villages: bool = False) -> list[Standing]:
    """Keep the forms of the towns' groups, or the villages' short ones."""
    return [each for each in standings if (each.submission.group.key == VILLAGE_FORM) is villages]
