"""Who may hand in, and who runs the month. No leader and no administrator touches a figure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhenxing.accounts.choices import Role
from zhenxing.indicators.models import Charge
from zhenxing.organisation.choices import UnitKind
from zhenxing.reporting.choices import MOVES, SLIP_MOVES, Move, next_move

if TYPE_CHECKING:
    from collections.abc import Callable

    from zhenxing.reporting.models import CorrectionSlip, Submission
    from zhenxing.web.scope import Scope

# Whoever signs, reviews, audits or gives out accounts hands nothing in, whatever else they hold.
NEVER_WRITE = (Role.TOWN_LEADER, Role.ADMINISTRATOR, Role.AUDITOR)
# Who gives out accounts or audits takes no part in a submission, whatever else they hold.
NEVER_DECIDE = (Role.ADMINISTRATOR, Role.AUDITOR)
WHOSE: dict[Move, str] = {
    Move.REVIEW: "由本专班组长审核，村里的短表由镇里的填报员审核",
    Move.SIGN: "由本镇党委书记、镇长签发",
    Move.CONFIRM: "由指标的主管部门核定",
    Move.RETURN: "由专班组长、镇领导、主管部门或考核办退回",
}


def may_submit(scope: Scope, group: str) -> bool:
    """Whether the person hands in for that very group: its reporter, and not who reviews it.

    A village's reporter hands in the village's short form, which is a group of the village.
    """
    if scope.has(*NEVER_WRITE) or group in scope.leads:
        return False
    return scope.has(Role.REPORTER, Role.VILLAGE_REPORTER) and group in scope.reports


def may_run_calls(scope: Scope) -> bool:
    """Whether the person opens and closes the county's months."""
    return scope.has(Role.ASSESSMENT)


def may_urge(scope: Scope, unit: str) -> bool:
    """Whether the person urges a unit's groups: the county's office, or the town's for its own."""
    return may_run_calls(scope) or may_speak_for(scope, unit)


def may_speak_for(scope: Scope, unit: str) -> bool:
    """Whether the person says the town's word on a wish for more days: its office."""
    return scope.has(Role.TOWN_OFFICE) and unit in scope.units


def may_propose_calls(scope: Scope) -> bool:
    """Whether the person may ask for something besides the months, with a second person's yes."""
    return scope.has(Role.ASSESSMENT, Role.DEPARTMENT, Role.TOWN_OFFICE)


def capacities(scope: Scope, submission: Submission, move: Move) -> str:
    """Give the roles, of those a decision belongs to, that the person has towards a submission.

    Who hands in is asked with `may_submit`. Take the submission with its group's unit and the town
    above it.
    """
    if scope.has(*NEVER_DECIDE):
        return ""
    letters = {role for rule in MOVES[move] for role in rule.roles}
    return "".join(
        letter for letter in _TOWARDS if letter in letters and _TOWARDS[letter](scope, submission)
    )


def leads_something(scope: Scope, submission: Submission) -> bool:
    """Whether the person's department leads an indicator that the group answers for."""
    if not scope.has(Role.DEPARTMENT):
        return False
    charges = Charge.objects.filter(group=submission.group_id)
    return charges.filter(indicator__lead__code__in=scope.departments).exists()


def reviews_village(scope: Scope, submission: Submission) -> bool:
    """Whether it is a village's short form, and the person a reporter of the town above it.

    Not of any group there: of one that answers for something the village was asked.
    """
    unit = submission.group.unit
    if unit.kind != UnitKind.VILLAGE or scope.has(*NEVER_WRITE) or not scope.has(Role.REPORTER):
        return False
    asked = Charge.objects.filter(group=submission.group_id).values("indicator")
    answering = Charge.objects.filter(indicator__in=asked, group__unit=unit.parent_id)
    return answering.filter(group__code__in=scope.reports).exists()


def _town(submission: Submission) -> str:
    unit = submission.group.unit
    above = unit.parent if unit.kind == UnitKind.VILLAGE else None
    return above.code if above else unit.code


# Towards a submission one is something by a place, not by a role letter alone.
_TOWARDS: dict[str, Callable[[Scope, Submission], bool]] = {
    Role.GROUP_LEADER: lambda scope, submission: submission.group.code in scope.leads,
    Role.REPORTER: reviews_village,
    Role.TOWN_LEADER: lambda scope, submission: _town(submission) in scope.signs,
    Role.DEPARTMENT: leads_something,
    Role.ASSESSMENT: lambda scope, _: scope.has(Role.ASSESSMENT),
}


def may_move_slip(scope: Scope, slip: CorrectionSlip) -> bool:
    """Whether the slip's next signature is the person's: their role, and their place.

    The town's leader signs for the town and its villages, the lead department verifies its own
    indicator, the assessment office approves. Who signed before signs no second time: that is
    asked where the signatures are known.
    """
    move = next_move(slip.state)
    if move is None or scope.has(Role.ADMINISTRATOR, Role.AUDITOR):
        return False
    role = SLIP_MOVES[move].role
    places = {
        Role.TOWN_LEADER: slip.unit.town_code in scope.signs,
        Role.DEPARTMENT: slip.indicator.lead.code in scope.departments,
        Role.ASSESSMENT: True,
    }
    return scope.has(role) and places[Role(role)]
