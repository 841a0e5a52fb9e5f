"""The guided page of a selection of pilot towns: where it stands and what the person may do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from zhenxing.assessment import access
from zhenxing.assessment.choices import (
    ApplicationState,
    PilotCategory,
    ProposalState,
    RoundState,
)
from zhenxing.assessment.models import Application
from zhenxing.assessment.queries import pilots as asking
from zhenxing.organisation.models import Unit
from zhenxing.targets import queries as target_queries

if TYPE_CHECKING:
    from datetime import date

    from zhenxing.assessment.models import PilotProposal, Round
    from zhenxing.web.scope import Scope

_SCORED = (RoundState.MARKED, RoundState.REPLY)
_CHECKED = (RoundState.CHECKED, RoundState.PUBLISHED)


@dataclass(frozen=True)
class Stage:
    """One stage of a selection as the line on top shows it."""

    label: str
    note: str
    is_now: bool = False
    is_done: bool = False


def selection(round_: Round, scope: Scope, today: date) -> dict[str, Any]:
    """Give everything the page of a selection shows a person."""
    seats, scheme = target_queries.seats(scope, today), round_.scheme
    owner, is_countys = scheme.owner.code, scheme.is_countys
    keeps = access.keeps(seats, owner, is_countys=is_countys)
    sees = access.sees_before_publication(seats, owner, is_countys=is_countys)
    proposal = round_.proposals.exclude(state=ProposalState.REFUSED).first()
    mine = _own(round_, scope)
    is_open = asking.takes_applications(round_, today)
    town = Unit.objects.filter(code__in=scope.towns).order_by("code").first()
    prepares = town is not None and access.prepares_for(seats, town.code, town.code)
    may_write = prepares and is_open and (mine is None or mine.state != ApplicationState.FILED)
    shows = sees or round_.state == RoundState.PUBLISHED
    return {
        "here": "assessment",
        "round": round_,
        "stages": _stages(round_, proposal, is_open=is_open),
        "is_open": is_open,
        "town": None,
        "own_town": town,
        "mine": mine,
        "seen": asking.print_of(mine) if mine else "",
        "may_write": may_write,
        "categories": PilotCategory.choices,
        "candidates": asking.candidates(round_) if shows else (),
        "shows_result": shows,
        "keeps": keeps,
        "may_propose": keeps and round_.state in _CHECKED and proposal is None,
        "proposal": proposal if shows else None,
        "picked_names": _named(proposal) if proposal and shows else (),
        "refused": round_.proposals.filter(state=ProposalState.REFUSED) if sees else (),
        "may_decide": proposal is not None
        and proposal.state == ProposalState.PROPOSED
        and access.decides(seats, owner, [proposal.proposed_by], is_countys=is_countys),
        "today": today,
    }


def _own(round_: Round, scope: Scope) -> Application | None:
    rows = Application.objects.filter(round=round_, unit__code__in=scope.towns)
    return rows.select_related("unit").first()


def _named(proposal: PilotProposal) -> list[tuple[str, str]]:
    names = dict(
        Unit.objects.filter(code__in=[each["code"] for each in proposal.picks]).values_list(
            "code", "name"
        )
    )
    return [
        (names.get(each["code"], each["code"]), str(PilotCategory(each["category"]).label))
        for each in proposal.picks
    ]


def _stages(round_: Round, proposal: PilotProposal | None, *, is_open: bool) -> list[Stage]:
    filed = Application.objects.filter(round=round_, state=ApplicationState.FILED).count()
    is_gathering = round_.state == RoundState.GATHERING
    is_approved = proposal is not None and proposal.state == ProposalState.APPROVED
    is_checked = round_.state in _CHECKED
    return [
        Stage("镇申报", f"{filed}个镇", is_gathering and is_open, not (is_gathering and is_open)),
        Stage("评分", "逐项和专家", is_gathering and not is_open, not is_gathering),
        Stage("测算复核", "", round_.state in _SCORED, is_checked),
        Stage("建议名单", "2个中心镇、2个特色镇", is_checked and proposal is None, bool(proposal)),
        Stage("批准", "另一个人", proposal is not None and not is_approved, is_approved),
    ]
