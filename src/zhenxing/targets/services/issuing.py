"""Issuing: a draft that counts for nothing, put forward by one person, approved by another."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from zhenxing.audit import services as audit
from zhenxing.indicators.models import Indicator, Target
from zhenxing.kernel.problems import Problem
from zhenxing.organisation import queries as organisation_queries
from zhenxing.organisation.models import Unit
from zhenxing.organisation.services import ActRefusedError
from zhenxing.targets import access
from zhenxing.targets.choices import MOVES, IssueState
from zhenxing.targets.models import Issue
from zhenxing.targets.queries import issues, posts

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from datetime import date

    from zhenxing.audit.services import Act
    from zhenxing.kernel.moments import Moment
    from zhenxing.targets.access import Seats
    from zhenxing.targets.cells import Line
    from zhenxing.targets.queries.issues import Told
    from zhenxing.web.scope import Scope


@dataclass(frozen=True)
class Heading:
    """What an issue says above its lines; `reason` is needed where it adjusts earlier targets."""

    document: str
    issued: date
    year: int
    note: str = ""
    reason: str = ""


def draft(*, heading: Heading, scope: Scope, moment: Moment) -> Issue:
    """Begin an issue; a department's own belongs to that department."""
    seats = posts.seats(scope, moment.business_date)
    _require(access.may_prepare(seats), "拟稿", "只有考核办和主管部门拟目标下达稿")
    issue = Issue(hands=[scope.username], department=_department(seats))
    _write_heading(issue, heading)
    with audit.act(
        "targets.issue.drafted",
        subject=heading.document,
        by=organisation_queries.actor(scope),
        moment=moment,
        details=_details(issue),
    ) as act:
        issue.save()
        act.vouch(issue)
    return issue


def save_heading(
    *, issue: Issue, edition: int, heading: Heading, scope: Scope, moment: Moment
) -> Issue:
    """Write an issue's heading; `edition` is the one the writer saw."""
    with _writing(issue, edition, scope, moment) as (row, _):
        _write_heading(row, heading)
    return row


def put_lines(
    *, issue: Issue, edition: int, lines: Collection[Line], scope: Scope, moment: Moment
) -> Issue:
    """Write all lines about the indicators and kinds that are named, in place of those there were.

    A line with nothing written takes its unit out of the issue. Raises ActRefusedError for a
    unit, indicator or cell that cannot be read, and nothing of it is kept.
    """
    with _writing(issue, edition, scope, moment) as (row, seats):
        _require_lead(lines, seats)
        named = {(line.indicator, line.kind) for line in lines}
        kept = [each for each in issues.lines_in(row) if (each.indicator, each.kind) not in named]
        written = [line for line in lines if line.written.strip()]
        row.lines = [line.stored() for line in (*kept, *written)]
        told = issues.read(row, moment.business_date).lines
        unread = [each.aim for each in told if isinstance(each.aim, Problem)]
        unknown = [
            Problem(each.place, "没有这个单位或指标", "请核对编码")
            for each in told
            if each.unit is None or each.indicator is None
        ]
        if unread or unknown:
            raise ActRefusedError(*unread, *unknown)
        same = {each.line.about for each in told if each.is_same}
        row.lines = [each for each in row.lines if _about(each) not in same]
    return row


def propose(*, issue: Issue, edition: int, scope: Scope, moment: Moment) -> Issue:
    """Put an issue forward for the second person; from here on nobody writes in it."""
    with _moving(issue, edition, IssueState.PROPOSED, scope, moment) as (row, seats, _):
        _require(access.may_write(seats, _code(row)), "提请", "只有拟稿的考核办或部门提请下达")
        _require_no_errors(row, moment.business_date)
        row.proposed_by, row.proposed_name = scope.username, _name(scope)
        row.hands = [*dict.fromkeys([*row.hands, scope.username])]
        row.remark = ""
    return row


def send_back(*, issue: Issue, edition: int, remark: str, scope: Scope, moment: Moment) -> Issue:
    """Return an issue to its writers with the reason."""
    if not remark.strip():
        raise ActRefusedError(Problem("退回意见", "没有填写", "请写明要改什么"))
    with _moving(issue, edition, IssueState.DRAFT, scope, moment) as (row, seats, act):
        mine = scope.username == row.proposed_by
        _require(mine or access.may_decide(seats), "退回", "只有考核办或提请人本人退回")
        row.remark = remark.strip()[:200]
        act.details["remark"] = row.remark
    return row


def withdraw(*, issue: Issue, edition: int, scope: Scope, moment: Moment) -> Issue:
    """Give an issue up; it stays, as what was drafted."""
    with _moving(issue, edition, IssueState.WITHDRAWN, scope, moment) as (row, seats, _):
        _require(access.may_write(seats, _code(row)), "作废", "只有拟稿的考核办或部门作废")
    return row


def approve(*, issue: Issue, edition: int, scope: Scope, moment: Moment) -> Issue:
    """Make an issue count: every line becomes a target, the next version of its kind.

    `edition` is the one the approver saw. Refused for whoever had a hand in it.
    """
    with _moving(issue, edition, IssueState.APPROVED, scope, moment) as (row, seats, act):
        _require(access.may_decide(seats), "批准", "只有考核办批准下达")
        if not access.may_approve(seats, row.hands):
            raise ActRefusedError(
                Problem(
                    "批准", "您拟过或提请过这一稿，批准的须是另一个人", "请考核办的另一位同事批准"
                )
            )
        _require_no_errors(row, moment.business_date)
        told = [each for each in issues.read(row, moment.business_date).lines if not each.is_same]
        act.seal(_targets(row, told))
        row.decided_by, row.decided_name = scope.username, _name(scope)
        row.decided_on, row.entry = moment.business_date, act.sequence
        act.details |= {
            "proposed_by": row.proposed_by,
            "targets": len(told),
            "adjusted": sum(each.is_adjusted for each in told),
        }
    return row


def _targets(issue: Issue, told: Iterable[Told]) -> Iterator[Target]:
    for each in told:
        if isinstance(each.aim, Problem) or each.unit is None or each.indicator is None:
            continue
        aim = each.aim
        yield Target(
            unit=each.unit,
            indicator=each.indicator,
            year=issue.year,
            kind=aim.kind,
            comparator=aim.comparator,
            value=aim.value,
            high=aim.high,
            masked=aim.masked,
            no_task=aim.no_task,
            text=aim.text,
            document=issue.document,
            issued=issue.issued,
            version=each.version,
            reason=issue.reason if each.is_adjusted else issue.note,
        )


@contextmanager
def _writing(
    issue: Issue, edition: int, scope: Scope, moment: Moment
) -> Iterator[tuple[Issue, Seats]]:
    """Open a draft for writing: checked again inside the act, saved and vouched for at its end."""
    seats = posts.seats(scope, moment.business_date)
    with audit.act(
        "targets.issue.saved",
        subject=issue.document,
        by=organisation_queries.actor(scope),
        moment=moment,
    ) as act:
        row = _seen(issue, edition)
        _require(access.may_write(seats, _code(row)), "改稿", "只有拟稿的考核办或部门改")
        if not row.is_draft:
            raise ActRefusedError(
                Problem(
                    "目标下达", f"这一稿{row.get_state_display()}，不能再改", "请先退回，或另拟一稿"
                )
            )
        yield row, seats
        row.hands = [*dict.fromkeys([*row.hands, scope.username])]
        _save(row, act)


@contextmanager
def _moving(
    issue: Issue, edition: int, to: IssueState, scope: Scope, moment: Moment
) -> Iterator[tuple[Issue, Seats, Act]]:
    """Move an issue to another state, if that may follow the one it is in."""
    seats = posts.seats(scope, moment.business_date)
    actions = {
        IssueState.DRAFT: "targets.issue.returned",
        IssueState.PROPOSED: "targets.issue.proposed",
        IssueState.APPROVED: "targets.issue.approved",
        IssueState.WITHDRAWN: "targets.issue.withdrawn",
    }
    with audit.act(
        actions[to],
        subject=issue.document,
        by=organisation_queries.actor(scope),
        moment=moment,
    ) as act:
        row = _seen(issue, edition)
        if to not in MOVES[IssueState(row.state)]:
            what = f"这一稿{row.get_state_display()}，不能{to.label}"
            raise ActRefusedError(Problem("目标下达", what, "请刷新页面看它现在的状态"))
        yield row, seats, act
        row.state = to
        _save(row, act)


def _save(row: Issue, act: Act) -> None:
    row.edition += 1
    act.details |= _details(row)
    row.save()
    act.vouch(row)


def _seen(issue: Issue, edition: int) -> Issue:
    """Read the issue anew inside the act; refuse what was decided on an older edition."""
    row = Issue.objects.select_related("department").get(pk=issue.pk)
    if row.edition != edition:
        raise ActRefusedError(
            Problem(
                "目标下达",
                f"您看的是第{edition}稿，现在已是第{row.edition}稿，别人刚改过",
                "请看过现在这一稿再办；您写的内容还在下面",
            )
        )
    return row


def _write_heading(row: Issue, heading: Heading) -> None:
    row.document, row.issued, row.year = heading.document.strip(), heading.issued, heading.year
    row.note, row.reason = heading.note.strip(), heading.reason.strip()


def _details(row: Issue) -> dict[str, object]:
    return {
        "document": row.document,
        "issued": row.issued.isoformat(),
        "year": row.year,
        "lines": len(row.lines),
        "edition": row.edition,
    }


def _department(seats: Seats) -> Unit | None:
    if access.may_decide(seats):
        return None
    return Unit.objects.filter(code__in=seats.departments).order_by("code").first()


def _code(row: Issue) -> str:
    return row.department.code if row.department else ""


def _name(scope: Scope) -> str:
    return f"{scope.name}（{scope.titles[0]}）"[:80] if scope.titles else scope.name


def _about(stored: dict[str, str]) -> tuple[str, str, str]:
    return stored["unit"], stored["indicator"], stored["kind"]


def _require(allowed: bool, where: str, what: str) -> None:  # noqa: FBT001  # a predicate's answer
    if not allowed:
        raise ActRefusedError(Problem(where, what, "如工作需要，请联系考核办"))


def _require_lead(lines: Iterable[Line], seats: Seats) -> None:
    codes = {line.indicator for line in lines}
    leads = Indicator.objects.filter(code__in=codes).values_list("name", "lead__code")
    for name, lead in leads:
        _require(access.may_set(seats, lead), name, "这个指标不由您所在的部门主管")


def _require_no_errors(row: Issue, day: date) -> None:
    errors = issues.read(row, day).errors
    if errors:
        raise ActRefusedError(*errors)
