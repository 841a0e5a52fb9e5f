"""Appeals: prepared by the assessed, filed by their leader, answered with what follows from it.

Nobody writes a score. An appeal that is upheld names what changes the figures, claims, marks or
rules; the next run reckons with it, and the second check writes what came of it beside.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from zhenxing.assessment import access
from zhenxing.assessment.choices import (
    AppealAct,
    AppealEffect,
    AppealRemedy,
    AppealState,
    RoundState,
)
from zhenxing.assessment.models import Appeal, AppealPaper, AppealStep, Round
from zhenxing.assessment.queries import appeals as asking
from zhenxing.assessment.queries.assessed import (
    Assessed,
    assessed,
    department_of,
    items_of,
    printed,
)
from zhenxing.assessment.services.standing import (
    keep_papers,
    refuse,
    refuse_all,
    said_by,
    unfit_papers,
    written,
)
from zhenxing.audit import services as audit
from zhenxing.kernel.problems import Problem
from zhenxing.kernel.wording import short_date
from zhenxing.organisation import queries as organisation_queries
from zhenxing.targets import queries as target_queries

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from zhenxing.assessment.models import Run
    from zhenxing.audit.services import Act
    from zhenxing.kernel.moments import Moment
    from zhenxing.reporting.services.wishing import Paper
    from zhenxing.web.scope import Scope

LONGEST_WORDS, LONGEST_WISH, LONGEST_NUMBER = 1000, 200, 60
WHOLE = "总分"
_ACTIONS = {
    AppealAct.DRAFTED: "assessment.appeal.drafted",
    AppealAct.FILED: "assessment.appeal.filed",
    AppealAct.ANSWERED: "assessment.appeal.answered",
    AppealAct.WITHDRAWN: "assessment.appeal.withdrawn",
}
_ANSWERED_WHILE = (RoundState.REPLY, RoundState.MARKED, RoundState.GATHERING)


@dataclass(frozen=True)
class Plea:
    """What an appeal says: the item (none: the whole), why, what is asked for, the papers."""

    item: str
    words: str
    wish: str = ""
    papers: Sequence[Paper] = ()


@dataclass(frozen=True)
class Verdict:
    """What an answer says: the effect, why, and what is done about it (one that is upheld)."""

    effect: str
    words: str
    remedy: str = ""
    number: str = ""
    papers: Sequence[Paper] = ()


def draft(*, round_: Round, code: str, plea: Plea, scope: Scope, moment: Moment) -> Appeal:
    """Begin an appeal about one item of one of those the person prepares for."""
    refuse_all(_faults(plea))
    today = moment.business_date
    with audit.act(
        _ACTIONS[AppealAct.DRAFTED],
        subject=f"{round_} {code}",
        by=organisation_queries.actor(scope),
        moment=moment,
    ) as act:
        now = Round.objects.select_related("scheme__owner", "result", "edition__scheme").get(
            pk=round_.pk
        )
        _ask_open(now, today)
        place = _place(now, code, scope, today)
        appeal = Appeal(
            round=now, run=now.result, unit=place.unit, code=code, drafted_by=scope.username
        )
        _write(appeal, plea)
        _end(act, appeal, AppealAct.DRAFTED, "", scope, moment)
        _attach(act, appeal, plea.papers, scope, moment)
    return appeal


def save(*, appeal: Appeal, plea: Plea, seen: int, scope: Scope, moment: Moment) -> Appeal:
    """Write a draft anew; `seen` is how many steps the writer saw."""
    refuse_all(_faults(plea))
    with _moving(appeal, seen, AppealAct.DRAFTED, scope, moment) as (row, act):
        _ask_draft(row)
        _ask_open(row.round, moment.business_date)
        _place(row.round, row.code, scope, moment.business_date)
        row.run = row.round.result or row.run
        _write(row, plea)
        row.drafted_by = scope.username
        _attach(act, row, plea.papers, scope, moment)
    return row


def file(*, appeal: Appeal, seen: int, scope: Scope, moment: Moment) -> Appeal:
    """Let the leader file an appeal; the view has asked for the password again."""
    with _moving(appeal, seen, AppealAct.FILED, scope, moment) as (row, _):
        _ask_draft(row)
        _ask_open(row.round, moment.business_date)
        seats = target_queries.seats(scope, moment.business_date)
        if not access.signs_for(seats, row.unit.town_code or ""):
            refuse(_name(row), "申诉由镇主要领导签发提交", "请书记或镇长签发")
        if row.run_id != row.round.result_id:
            refuse(
                _name(row),
                "拟稿以后初评重新算过，这一稿针对的不是现在的初评",
                "请拟稿人看过新的初评，存一次稿再提交",
            )
        row.state, row.filed_by = AppealState.FILED, scope.username
        row.filed_on = moment.business_date
    return row


def withdraw(*, appeal: Appeal, reason: str, seen: int, scope: Scope, moment: Moment) -> Appeal:
    """Take an appeal back before it is answered; what is filed, by the leader alone."""
    refuse_all(written("撤回原因", reason, LONGEST_WISH, "请写明为什么撤回"))
    with _moving(appeal, seen, AppealAct.WITHDRAWN, scope, moment, reason.strip()) as (row, _):
        seats = target_queries.seats(scope, moment.business_date)
        town = row.unit.town_code or ""
        if row.state == AppealState.DRAFT:
            may = access.prepares_for(seats, row.unit.code, town) or access.signs_for(seats, town)
        elif row.state == AppealState.FILED:
            may = access.signs_for(seats, town)
        else:
            refuse(_name(row), f"这件申诉{row.get_state_display()}，不能撤回", "留作存底")
        if not may:
            refuse(_name(row), "这件申诉不由您撤回", "提交了的由签发的镇主要领导撤回")
        row.state = AppealState.WITHDRAWN
    return row


def answer(*, appeal: Appeal, verdict: Verdict, seen: int, scope: Scope, moment: Moment) -> Appeal:
    """Answer an appeal, as its office or as the item's lead department."""
    refuse_all(_verdict_faults(verdict))
    words = verdict.words.strip()
    with _moving(appeal, seen, AppealAct.ANSWERED, scope, moment, words) as (row, act):
        if row.state != AppealState.FILED:
            refuse(_name(row), f"这件申诉{row.get_state_display()}，不能答复", "请刷新后再看")
        if row.round.state not in _ANSWERED_WHILE:
            refuse(_name(row), f"这次考核{row.round.get_state_display()}，不再答复", "请联系考核办")
        if not asking.may_answer(row, target_queries.seats(scope, moment.business_date)):
            refuse(
                _name(row),
                "答复由组织考核的单位或该项的牵头部门办理，拟稿和签发的人不答复自己的申诉",
            )
        row.state, row.effect, row.answer = AppealState.ANSWERED, verdict.effect, words
        row.answered_by, row.answered_on = scope.username, moment.business_date
        is_upheld = verdict.effect != AppealEffect.REFUSED
        row.remedy = verdict.remedy if is_upheld else ""
        row.remedy_number = verdict.number.strip() if is_upheld else ""
        _attach(act, row, verdict.papers, scope, moment)
    return row


def settle(round_: Round, run: Run, act: Act) -> list[Appeal]:
    """Write beside every filed appeal what its item came to in the run that was checked.

    Called within the act of the second check.
    """
    result = run.read()
    settled = list(Appeal.objects.filter(round=round_, state=AppealState.ANSWERED))
    for appeal in settled:
        appeal.after = printed(result, appeal.code, appeal.item)
        appeal.save(update_fields=["after"])
    act.vouch(*settled)
    return settled


def _write(appeal: Appeal, plea: Plea) -> None:
    """Fill an appeal with what was said; refuse an unknown item or one appealed already."""
    result = appeal.run.read()
    row = next((each for each in result["rows"] if each["unit"] == appeal.code), None)
    if row is None or (plea.item and plea.item not in row["items"]):
        refuse("考核项", f"初评里没有「{plea.item}」这一项", "请从列出的各项中选")
    twin = asking.twin(appeal.round, appeal.code, plea.item, appeal.pk or 0)
    if twin is not None:
        refuse(
            "考核项",
            f"这一项已经有一件申诉（{twin.get_state_display()}），一项只申诉一次",
            "请在那一件里补充，或先撤回它",
        )
    told = items_of(appeal.round.edition).get(plea.item)
    appeal.item, appeal.words, appeal.wish = plea.item, plea.words.strip(), plea.wish.strip()
    appeal.department = department_of(told.lead) if told else None
    appeal.before = printed(result, appeal.code, plea.item)


def _place(round_: Round, code: str, scope: Scope, today: date) -> Assessed:
    place = assessed(round_.result, code)
    seats = target_queries.seats(scope, today)
    if place is None or not access.prepares_for(seats, place.unit.code, place.town):
        refuse("申诉", "只为本单位申诉，由填报员、专班、镇办公室或督查考核人员拟稿")
    return place


def _ask_open(round_: Round, today: date) -> None:
    if round_.takes_appeals(today):
        return
    until = round_.reply_until
    if round_.state == RoundState.REPLY and until is not None:
        what = f"申诉到{short_date(until)}为止，今天是{short_date(today)}，已经过了"
        refuse("申诉", what, "写的内容还在下面；情况特殊的，请书面告知考核办")
    refuse("申诉", f"这次考核{round_.get_state_display()}，不在申诉期", "申诉期开放后再提")


def _ask_draft(row: Appeal) -> None:
    if row.state != AppealState.DRAFT:
        refuse(_name(row), f"这件申诉{row.get_state_display()}，不能再改", "请先撤回，再另拟")


@contextmanager
def _moving(  # one act, one place where it is written down
    appeal: Appeal, seen: int, what: AppealAct, scope: Scope, moment: Moment, note: str = ""
) -> Iterator[tuple[Appeal, Act]]:
    """Do one step on an appeal as it now is; refuse what was decided on an older state."""
    with audit.act(
        _ACTIONS[what],
        subject=_name(appeal),
        by=organisation_queries.actor(scope),
        moment=moment,
    ) as act:
        row = Appeal.objects.select_related(
            "unit__parent", "department", "round__scheme__owner", "round__result",
            "round__edition__scheme", "run",
        ).get(pk=appeal.pk)  # fmt: skip
        now = asking.seen(row)
        if now != seen:
            refuse(
                _name(row),
                f"您看到时办过{seen}步，现在已是{now}步，别人刚办过",
                "请看过现在的样子再办；您写的内容还在下面",
            )
        yield row, act
        _end(act, row, what, note, scope, moment)


def _end(  # what an act leaves
    act: Act, row: Appeal, what: AppealAct, note: str, scope: Scope, moment: Moment
) -> None:
    row.save()
    act.seal([AppealStep(appeal=row, act=what, note=note, **said_by(scope, moment))])
    act.vouch(row)
    act.details |= {
        "round": str(row.round),
        "code": row.code,
        "item": row.item,
        "state": row.state,
        "effect": row.effect,
        "remedy": row.remedy,
        "before": row.before,
    }


def _attach(act: Act, row: Appeal, papers: Sequence[Paper], scope: Scope, moment: Moment) -> None:
    files = keep_papers(act, papers, scope, moment)
    act.seal(AppealPaper(appeal=row, file=each, **said_by(scope, moment)) for each in files)


def _faults(plea: Plea) -> list[Problem]:
    return [
        *written("理由", plea.words, LONGEST_WORDS, "请写明哪里不对、凭什么"),
        *written("请求", plea.wish, LONGEST_WISH),
        *unfit_papers(plea.papers),
    ]


def _verdict_faults(verdict: Verdict) -> list[Problem]:
    problems = [
        *written("答复", verdict.words, LONGEST_WORDS, "请写明依据和结论"),
        *written("编号", verdict.number, LONGEST_NUMBER),
        *unfit_papers(verdict.papers),
    ]
    if verdict.effect not in AppealEffect.values:
        problems.append(Problem("结论", "没有选", "请选成立、部分成立或不成立"))
    elif verdict.effect != AppealEffect.REFUSED and verdict.remedy not in AppealRemedy.values:
        what = "成立的申诉要写明凭什么改结果，分数不能直接改"
        problems.append(Problem("怎样办理", what, "请选更正单、事项认定、重新评分或方案新版"))
    return problems


def _name(row: Appeal) -> str:
    return f"{row.unit} {row.item or WHOLE}申诉"


__all__ = [
    "Plea", "Verdict", "answer", "draft", "file", "save", "settle", "withdraw",
]  # fmt: skip
