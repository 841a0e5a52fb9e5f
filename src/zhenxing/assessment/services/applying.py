"""Applications of towns to be pilots: written by the town, filed by its leader."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from zhenxing.assessment import access
from zhenxing.assessment.choices import ApplicationState, PilotCategory, SchemeKind
from zhenxing.assessment.models import Application, ApplicationPaper, Round
from zhenxing.assessment.queries import pilots as asking
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
    from collections.abc import Sequence
    from datetime import date

    from zhenxing.audit.services import Act
    from zhenxing.kernel.moments import Moment
    from zhenxing.organisation.models import Unit
    from zhenxing.reporting.services.wishing import Paper
    from zhenxing.web.scope import Scope

LONGEST_STATEMENT = 2000


@dataclass(frozen=True)
class Bid:
    """What a town says when it nominates itself."""

    category: str
    statement: str
    papers: Sequence[Paper] = ()


def apply(
    *, round_: Round, unit: Unit, bid: Bid, seen: str, scope: Scope, moment: Moment
) -> Application:
    """Write a town's application, or write it anew; `seen` is the print of what was shown."""
    refuse_all(_bid_faults(bid))
    with audit.act(
        "assessment.pilot.applied",
        subject=f"{round_} {unit}",
        by=organisation_queries.actor(scope),
        moment=moment,
    ) as act:
        now = Round.objects.select_related("scheme").get(pk=round_.pk)
        _ask_open(now, moment.business_date)
        seats = target_queries.seats(scope, moment.business_date)
        if unit.town_code != unit.code or not access.prepares_for(seats, unit.code, unit.code):
            refuse("试点申报", "只为本镇申报，由填报员、专班、镇办公室或督查考核人员拟稿")
        row = Application.objects.select_related("unit").filter(round=now, unit=unit).first()
        row = row or Application(round=now, unit=unit)
        _ask_writable(row, seen)
        row.category, row.statement = bid.category, bid.statement.strip()
        row.state, row.written_by = ApplicationState.DRAFT, scope.username
        row.signed_by, row.filed_on = "", None
        _save(act, row)
        files = keep_papers(act, bid.papers, scope, moment)
        act.seal(ApplicationPaper(application=row, file=f, **said_by(scope, moment)) for f in files)
    return row


def sign(*, application: Application, seen: str, scope: Scope, moment: Moment) -> Application:
    """Let the town's leader file the application; the view has asked for the password again."""
    with audit.act(
        "assessment.pilot.filed",
        subject=str(application),
        by=organisation_queries.actor(scope),
        moment=moment,
    ) as act:
        row = _now(application, seen)
        _ask_open(row.round, moment.business_date)
        if row.state != ApplicationState.DRAFT:
            refuse(str(row), f"这份申报{row.get_state_display()}，不能再签", "请刷新后再看")
        seats = target_queries.seats(scope, moment.business_date)
        if not access.signs_for(seats, row.unit.code) or scope.username == row.written_by:
            refuse(str(row), "申报由本镇主要领导签发，拟稿人不签自己的稿", "请书记或镇长签发")
        row.state, row.signed_by = ApplicationState.FILED, scope.username
        row.filed_on = moment.business_date
        _save(act, row)
    return row


def withdraw(*, application: Application, seen: str, scope: Scope, moment: Moment) -> Application:
    """Take an application back while towns may still apply; what is filed, by the leader."""
    with audit.act(
        "assessment.pilot.application_withdrawn",
        subject=str(application),
        by=organisation_queries.actor(scope),
        moment=moment,
    ) as act:
        row = _now(application, seen)
        _ask_open(row.round, moment.business_date)
        seats, town = target_queries.seats(scope, moment.business_date), row.unit.code
        may = access.signs_for(seats, town)
        if row.state == ApplicationState.DRAFT:
            may = may or access.prepares_for(seats, town, town)
        if not may or row.state == ApplicationState.WITHDRAWN:
            refuse(str(row), "这份申报不能由您撤回", "已申报的由本镇主要领导撤回")
        row.state = ApplicationState.WITHDRAWN
        _save(act, row)
    return row


def _ask_open(round_: Round, today: date) -> None:
    if round_.scheme.kind != SchemeKind.PILOT_SELECTION:
        refuse("试点申报", f"{round_.scheme}不是试点遴选", "请从试点页进入")
    if not asking.takes_applications(round_, today):
        until = round_.gather_until
        what = f"申报到{short_date(until)}为止" if until else "申报已经结束"
        refuse("试点申报", what, "写的内容还在下面；情况特殊的，请书面告知考核办")


def _ask_writable(row: Application, seen: str) -> None:
    now = asking.print_of(row) if row.pk else ""
    if now != seen:
        refuse("试点申报", "您打开以后，别人改过这份申报", "请看过现在这一稿；您写的内容还在下面")
    if row.pk and row.state == ApplicationState.FILED:
        refuse("试点申报", "已经由主要领导签发申报，不能再改", "要改请先撤回")


def _now(application: Application, seen: str) -> Application:
    row = Application.objects.select_related("unit", "round__scheme").get(pk=application.pk)
    if asking.print_of(row) != seen:
        refuse(str(row), "您看过以后，这份申报改过", "请看过现在这一稿再办")
    return row


def _save(act: Act, row: Application) -> None:
    row.save()
    act.vouch(row)
    act.details |= {"category": row.category, "state": row.state, "town": row.unit.code}


def _bid_faults(bid: Bid) -> list[Problem]:
    problems = [
        *written("申报理由", bid.statement, LONGEST_STATEMENT, "请写明基础、方案和目标"),
        *unfit_papers(bid.papers),
    ]
    if bid.category not in PilotCategory.values:
        problems.append(Problem("申报类别", "没有选", "请选中心镇或特色镇，一个镇只报一类"))
    return problems
