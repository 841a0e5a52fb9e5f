"""Pilot towns: chosen two and two by two persons, replaced by the two-year rule."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from zhenxing.assessment import access
from zhenxing.assessment.choices import (
    PilotCategory,
    ProposalState,
    RoundState,
    SchemeKind,
    UseAct,
    UseKind,
    UseState,
)
from zhenxing.assessment.models import (
    Pilot,
    PilotProposal,
    Round,
    Use,
)
from zhenxing.assessment.queries import pilots as asking
from zhenxing.assessment.queries.uses import conditions_of
from zhenxing.assessment.services import using
from zhenxing.assessment.services.standing import (
    refuse,
    refuse_all,
    said_by,
    written,
)
from zhenxing.audit import services as audit
from zhenxing.kernel.problems import Problem
from zhenxing.kernel.wording import short_date
from zhenxing.organisation import queries as organisation_queries
from zhenxing.organisation.models import Unit
from zhenxing.targets import queries as target_queries

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from zhenxing.audit.services import Act
    from zhenxing.kernel.moments import Moment
    from zhenxing.web.scope import Scope

LONGEST_WORDS, LONGEST_DOCUMENT, LONGEST_REMARK = 1000, 60, 200
_AFTER_CHECK = (RoundState.CHECKED, RoundState.PUBLISHED)


@dataclass(frozen=True)
class Choice:
    """Whom the office proposes: category by town, why where the ranks say otherwise, document."""

    picks: Mapping[str, str]
    words: str = ""
    document: str = ""


@dataclass(frozen=True)
class Exit:
    """How a pilot ends: its last day, the document, whether the named successor follows."""

    until: date
    document: str
    succeeds: bool = True


def propose(*, round_: Round, choice: Choice, scope: Scope, moment: Moment) -> PilotProposal:
    """Propose two central and two special towns; another order than the ranks' needs words."""
    refuse_all(
        [
            *written("理由", choice.words, LONGEST_WORDS),
            *written("文号", choice.document, LONGEST_DOCUMENT, "请写公布名单的文号"),
        ]
    )
    with audit.act(
        "assessment.pilot.proposed",
        subject=str(round_),
        by=organisation_queries.actor(scope),
        moment=moment,
    ) as act:
        now = Round.objects.select_related("scheme__owner", "result").get(pk=round_.pk)
        _ask_office(now, scope, moment.business_date)
        _ask_choice(now, choice)
        if now.proposals.exclude(state=ProposalState.REFUSED).exists():
            refuse("建议名单", "这次遴选已经有建议名单", "请先办结那一份")
        row = PilotProposal(
            round=now,
            run=now.result,
            picks=[{"code": code, "category": each} for code, each in choice.picks.items()],
            words=choice.words.strip(),
            document=choice.document.strip(),
            proposed_by=scope.username,
            proposed_on=moment.business_date,
        )
        _decided(act, row)
    return row


def approve(*, proposal: PilotProposal, since: date, scope: Scope, moment: Moment) -> list[Pilot]:
    """Approve a proposal, as the second person: its towns are pilots from the day on."""
    with audit.act(
        "assessment.pilot.approved",
        subject=str(proposal.round),
        by=organisation_queries.actor(scope),
        moment=moment,
    ) as act:
        row = _proposal(proposal, scope, moment.business_date)
        if row.run_id != row.round.result_id or row.round.state not in _AFTER_CHECK:
            refuse("建议名单", "提出以后结果有变，名单不是按现在的结果提的", "请退回，按新结果再提")
        row.state, row.decided_by = ProposalState.APPROVED, scope.username
        row.decided_on = moment.business_date
        _decided(act, row)
        made = [
            _begun(each["code"], each["category"], row.round, (row.document, since))
            for each in row.picks
        ]
        act.vouch(*made)
        act.details["since"] = since.isoformat()
    return made


def decline(*, proposal: PilotProposal, remark: str, scope: Scope, moment: Moment) -> PilotProposal:
    """Refuse a proposal, as the second person, with the reason."""
    refuse_all(written("意见", remark, LONGEST_REMARK, "请写明为什么退回"))
    with audit.act(
        "assessment.pilot.refused",
        subject=str(proposal.round),
        by=organisation_queries.actor(scope),
        moment=moment,
    ) as act:
        row = _proposal(proposal, scope, moment.business_date)
        row.state, row.decided_by = ProposalState.REFUSED, scope.username
        row.decided_on, row.remark = moment.business_date, remark.strip()
        _decided(act, row)
    return row


def propose_replacement(*, pilot: Pilot, document: str, scope: Scope, moment: Moment) -> Use:
    """Propose, by the two-year rule, to replace a pilot: a use of its last review's result."""
    living = Pilot.objects.select_related("unit").filter(until=None)
    standing = next((each for each in asking.standings(living) if each.pilot.pk == pilot.pk), None)
    if standing is None or not standing.is_due:
        refuse(str(pilot), "还没有连续不合格到规定的次数", "请看试点页上历年的评估结果")
    follows = standing.successor
    words = f"退出{pilot.get_category_display()}试点"
    words += f"，由{follows.name}递补" if follows else "，没有可递补的镇，名额空缺"
    latest = standing.reviews[0]
    met = f"连续{standing.below}期{latest.grade}"
    if met not in conditions_of(latest.row, latest.round):
        met = f"等次{latest.grade}"
    offer = using.Offer(UseKind.REPLACEMENT, met, words, document=document)
    return using.propose(
        round_=latest.round, code=pilot.unit.code, offer=offer, scope=scope, moment=moment
    )


def end(*, pilot: Pilot, use: Use, how: Exit, scope: Scope, moment: Moment) -> Pilot | None:
    """End a pilot by an approved replacement; gives the successor that follows the next day."""
    refuse_all(written("文号", how.document, LONGEST_DOCUMENT, "请写调整试点的文号"))
    with audit.act(
        "assessment.pilot.ended",
        subject=str(pilot),
        by=organisation_queries.actor(scope),
        moment=moment,
    ) as act:
        row = Pilot.objects.select_related("unit").get(pk=pilot.pk)
        ground = Use.objects.select_related("round__scheme__owner", "unit").get(pk=use.pk)
        _ask_office(ground.round, scope, moment.business_date)
        _ask_ended(row, ground, how)
        follows = asking.successor(row) if how.succeeds else None
        if follows and follows.name not in ground.words:
            refuse(str(row), f"批准的不是由{follows.name}递补", "请撤销那一件，按现在的次序再提")
        row.until, row.ended = how.until, ground.condition
        row.save()
        act.vouch(row)
        ground.state, ground.done_on = UseState.DONE, moment.business_date
        using.finish(act, ground, UseAct.DONE, how.document.strip(), said_by(scope, moment))
        if follows is None:
            return None
        source = Round.objects.get(pk=follows.row.run.round_id) if follows.row else None
        since = how.until + timedelta(days=1)
        made = _begun(follows.code, follows.category, source, (how.document.strip(), since))
        act.vouch(made)
        act.details["successor"] = follows.code
    return made


def _ask_ended(row: Pilot, use: Use, how: Exit) -> None:
    if row.until is not None:
        refuse(str(row), f"已在{short_date(row.until)}退出", "不必再办")
    is_its = use.kind == UseKind.REPLACEMENT and use.code == row.unit.code
    if not is_its or use.state != UseState.APPROVED:
        refuse(str(row), "退出须有已批准的调整替换", "请先提出，由另一个人批准")
    if how.until < row.since:
        refuse(str(row), f"退出日期早于它成为试点的{short_date(row.since)}", "请核对日期")


def _ask_choice(round_: Round, choice: Choice) -> None:
    """Refuse a choice that is not two and two of the ranked, or departs from the ranks wordless."""
    if round_.scheme.kind != SchemeKind.PILOT_SELECTION or round_.state not in _AFTER_CHECK:
        what = f"{round_}{round_.get_state_display()}，还不能提名单"
        refuse("建议名单", what, "遴选结果复核以后再提")
    known = {each.code: each for each in asking.candidates(round_)}
    refuse_all(_pick_faults(known, choice.picks))
    if not choice.picks:
        refuse("建议名单", "一个镇也没有选", "请选出中心镇和特色镇")
    if departs(known.values(), choice.picks) and not choice.words.strip():
        refuse("理由", "名单和位次不一致，或者没有选满", "请写明为什么")


def _pick_faults(known: Mapping[str, asking.Candidate], picks: Mapping[str, str]) -> list[Problem]:
    problems = []
    for code, category in picks.items():
        each = known.get(code)
        if each is None or each.category != category:
            problems.append(Problem(code, "没有申报这一类", "请从申报的镇里选"))
        elif not each.may_be_picked:
            problems.append(Problem(each.name, "没有参加排名，不能选", "请另选"))
    for category, most in asking.PLACES.items():
        chosen = [code for code, each in picks.items() if each == category]
        if len(chosen) > most:
            what = f"选了{len(chosen)}个，最多{most}个"
            problems.append(Problem(str(PilotCategory(category).label), what, "请减少"))
    return problems


def departs(known: Iterable[asking.Candidate], picks: Mapping[str, str]) -> bool:
    """Whether a choice is other than the ranks', or leaves places open."""
    first = {each.code: each.category for each in known if each.is_first}
    return first != dict(picks) or len(first) < sum(asking.PLACES.values())


def _begun(code: str, category: str, round_: Round | None, by: tuple[str, date]) -> Pilot:
    document, since = by
    unit = Unit.objects.get(code=code)
    there = Pilot.objects.filter(unit=unit, until__isnull=True).first()
    if there is not None:
        refuse(unit.name, f"已经是{there.get_category_display()}试点", "一个镇只作一种试点")
    return Pilot.objects.create(
        unit=unit, category=category, round=round_, document=document, since=since
    )


def _ask_office(round_: Round, scope: Scope, day: date) -> None:
    seats, scheme = target_queries.seats(scope, day), round_.scheme
    if not access.keeps(seats, scheme.owner.code, is_countys=scheme.is_countys):
        refuse("试点", "由组织这项考核的单位办理")


def _proposal(proposal: PilotProposal, scope: Scope, day: date) -> PilotProposal:
    row = PilotProposal.objects.select_related("round__scheme__owner").get(pk=proposal.pk)
    if row.state != ProposalState.PROPOSED:
        refuse("建议名单", f"这份名单{row.get_state_display()}", "请刷新后再看")
    seats, scheme = target_queries.seats(scope, day), row.round.scheme
    hands = [row.proposed_by]
    if not access.decides(seats, scheme.owner.code, hands, is_countys=scheme.is_countys):
        refuse("建议名单", "须由没有提出它的另一个人决定", "请考核办的另一位同事办理")
    return row


def _decided(act: Act, row: PilotProposal) -> None:
    row.save()
    act.vouch(row)
    act.details |= {
        "picks": row.picks,
        "words": row.words,
        "document": row.document,
        "state": row.state,
        "remark": row.remark,
    }
