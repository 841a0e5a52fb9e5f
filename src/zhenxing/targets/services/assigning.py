"""Who answers for an indicator of a unit: the line of responsibility, set with its day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from zhenxing.audit import services as audit
from zhenxing.kernel.problems import Problem
from zhenxing.organisation import queries as organisation_queries
from zhenxing.organisation.services import ActRefusedError
from zhenxing.targets import access
from zhenxing.targets.models import ResponsibilityLine
from zhenxing.targets.queries import posts

if TYPE_CHECKING:
    from zhenxing.accounts.models import User
    from zhenxing.indicators.models import Indicator
    from zhenxing.kernel.moments import Moment
    from zhenxing.organisation.models import Unit, WorkingGroup
    from zhenxing.web.scope import Scope


@dataclass(frozen=True)
class Answer:
    """Who answers: in whole, first, directly; by which group; since when, by which document."""

    whole: User | None
    first: User | None
    direct: User | None
    group: WorkingGroup | None
    since: date
    document: str = ""
    reason: str = ""


def assign(
    *, unit: Unit, indicator: Indicator, answer: Answer, scope: Scope, moment: Moment
) -> ResponsibilityLine:
    """Set who answers from a day on; the line before ends on the day before it."""
    seats = posts.seats(scope, moment.business_date)
    if not access.may_assign(seats, unit.code):
        raise ActRefusedError(
            Problem(
                "责任链条", "只有本镇综合协调专班和考核办可以定", "如需调整，请联系镇综合协调专班"
            )
        )
    if not any((answer.whole, answer.first, answer.direct)):
        raise ActRefusedError(Problem("责任链条", "一个人也没有写", "请至少选一个人"))
    with audit.act(
        "targets.responsibility.set",
        subject=f"{unit.name} {indicator.name}",
        by=organisation_queries.actor(scope),
        moment=moment,
        details=_details(answer),
    ) as act:
        lines = ResponsibilityLine.objects.filter(unit=unit, indicator=indicator)
        before = lines.order_by("-since").first()
        if before is not None:
            _end(before, answer)
            act.vouch(before)
        line = ResponsibilityLine.objects.create(
            unit=unit,
            indicator=indicator,
            whole=answer.whole,
            first=answer.first,
            direct=answer.direct,
            group=answer.group,
            document=answer.document.strip(),
            reason=answer.reason.strip(),
            since=answer.since,
        )
        act.vouch(line)
    return line


def _end(before: ResponsibilityLine, answer: Answer) -> None:
    if answer.since <= before.since:
        raise ActRefusedError(
            Problem("起", f"现在的责任人从{before.since}起，新的要晚于这一天", "请改起始日期")
        )
    if not answer.reason.strip():
        raise ActRefusedError(Problem("原因", "换人没有写原因", "请写明为什么换"))
    before.until = answer.since - timedelta(days=1)
    before.save(update_fields=["until"])


def _details(answer: Answer) -> dict[str, object]:
    people = {"whole": answer.whole, "first": answer.first, "direct": answer.direct}
    return {
        **{word: person.username if person else "" for word, person in people.items()},
        "group": answer.group.code if answer.group else "",
        "since": answer.since.isoformat(),
        "document": answer.document,
        "reason": answer.reason,
    }
