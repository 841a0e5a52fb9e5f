"""Builders of issues and breakdowns; targets and figures come from the indicators' builders."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from tests import cast
from zhenxing.accounts.choices import Role
from zhenxing.accounts.tests import make as make_accounts
from zhenxing.audit import services as audit
from zhenxing.organisation.tests import make as make_posts
from zhenxing.targets import services
from zhenxing.targets.cells import Line
from zhenxing.targets.models import Breakdown, Part
from zhenxing.targets.services import Heading

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zhenxing.accounts.models import User
    from zhenxing.indicators.models import Target
    from zhenxing.targets.models import Issue


def breakdown(
    target: Target,
    by: User,
    values: Sequence[int],
    *,
    axis: str = "month",
    version: int = 1,
    proposed: bool = False,
) -> Breakdown:
    """Write a breakdown by hand, parts numbered from one."""
    moment = cast.moment()
    row = Breakdown(
        target=target,
        axis=axis,
        version=version,
        way="hand",
        manner="sum",
        proposed=proposed,
        remainder=(target.value or Decimal(0)) - sum(values),
        by=by.username,
        by_name=by.name,
        recorded=moment.at,
        business_date=moment.business_date,
    )
    with audit.act("test.breakdown", subject=str(target), by=cast.actor(by), moment=moment) as act:
        act.seal([row])
        act.seal(
            Part(breakdown=row, key=str(n), name=f"{n}月", position=n, value=Decimal(value))
            for n, value in enumerate(values, 1)
        )
    return row


def second_assessor(county: cast.County) -> User:
    """Give the assessment office a second person."""
    person = make_accounts.person("assessment-2", "夏晓峰")
    make_posts.post(person, Role.ASSESSMENT, county.county)
    return person


def heading(**more: Any) -> Heading:  # noqa: ANN401  # a heading's parts
    """Write the heading of an issue of 2023, dated ten days before today."""
    said: dict[str, Any] = {
        "document": "禾政发〔2023〕20号",
        "issued": date(2023, 10, 10),
        "year": 2023,
    }
    return Heading(**(said | more))


def line(unit: str, code: str, written: str, kind: str = "value", sign: str = ">=") -> Line:
    """Write one line of an issue."""
    return Line(unit, code, kind, sign, written)


def drafted(by: User, *lines: Line, **more: Any) -> Issue:  # noqa: ANN401  # a heading's parts
    """Draft an issue with these lines."""
    scope, moment = cast.scope(by), cast.moment()
    issue = services.draft(heading=heading(**more), scope=scope, moment=moment)
    return services.put_lines(
        issue=issue, edition=issue.edition, lines=lines, scope=scope, moment=moment
    )


def issued(by: User, second: User, *lines: Line, **more: Any) -> Issue:  # noqa: ANN401  # a heading's parts
    """Draft, propose and approve an issue."""
    issue, moment = drafted(by, *lines, **more), cast.moment()
    issue = services.propose(
        issue=issue, edition=issue.edition, scope=cast.scope(by), moment=moment
    )
    return services.approve(
        issue=issue, edition=issue.edition, scope=cast.scope(second), moment=moment
    )
