"""Monthly returns for trials: the standing cast hands in through the real ledger."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from tests import cast
from zhenxing.audit import services
from zhenxing.audit.models import Actor
from zhenxing.indicators.choices import Kind, Nature, Reading, StandingChoice, VintageChoice
from zhenxing.indicators.models import Figure, Indicator, IndicatorField
from zhenxing.kernel.moments import Moment
from zhenxing.reporting.choices import PARTS, Status
from zhenxing.reporting.models import Call, Submission, Version

if TYPE_CHECKING:
    from uuid import UUID

    from zhenxing.audit.models import Receipt
    from zhenxing.organisation.models import Unit

FIGURES = 4
BY = Actor("t01-g3-reporter", "何青", "F", "T01")


def prepare(submissions: int) -> list[int]:
    """Build the county, a few indicators and so many submissions; give the submissions' keys."""
    county = cast.build()
    _indicators(county.statistics)
    groups = list(county.groups.values())
    made: list[int] = []
    for month in range(1, submissions // len(groups) + 2):
        call = Call.objects.create(
            period=f"2023-{month:02}", opens=date(2023, month, 1), due=date(2023, month, 25)
        )
        rows = [Submission(call=call, group=group) for group in groups]
        made += [row.pk for row in Submission.objects.bulk_create(rows)]
    return made[:submissions]


@dataclass(frozen=True)
class HandedIn:
    """What the one who handed in was told."""

    number: str
    sequence: int
    hash: str


def hand_in(submission: int, key: UUID, at: datetime | None = None) -> HandedIn:
    """Hand a version in: version, figures, the submission's standing and receipt in one act."""
    moment = Moment(at or datetime(2023, 10, 20, 1, tzinfo=UTC), cast.TODAY)
    with services.act("reporting.submitted", subject=str(submission), by=BY, moment=moment) as act:
        handed = Submission.objects.select_related("group", "call").get(pk=submission)
        handed.latest += 1
        handed.status = Status.SUBMITTED
        handed.save()
        receipt = services.issue_receipt(
            act, number=f"HS-{act.sequence}", content={"version": handed.latest, "idempotency": key}
        )
        act.seal(_rows(handed, key, moment, receipt))
    return HandedIn(receipt.number, act.sequence, act.entry.hash)


def _rows(
    handed: Submission, key: UUID, moment: Moment, receipt: Receipt
) -> list[Version | Figure]:
    said = {"by": BY.username, "by_name": BY.name, "business_date": moment.business_date}
    version = Version(
        submission=handed,
        number=handed.latest,
        values={"n": handed.latest},
        parts=dict.fromkeys(PARTS, "按序时推进。"),
        at=moment.at,
        on_time=True,
        key=key,
        receipt=receipt.number,
        **said,
    )
    figures = [
        Figure(
            unit=handed.group.unit,
            indicator=indicator,
            period=handed.call.period,
            value=Decimal(handed.latest) + Decimal("0.25"),
            standing=StandingChoice.SUBMITTED,
            vintage=VintageChoice.FLASH,
            recorded=moment.at,
            document=receipt.number,
            **said,
        )
        for indicator in Indicator.objects.order_by("position")[:FIGURES]
    ]
    return [version, *figures]


def _indicators(lead: Unit) -> None:
    field = IndicatorField.objects.create(code="work", name="重点工作", position=1)
    Indicator.objects.bulk_create(
        Indicator(
            code=f"item-{position}", name=f"指标{position}", field=field, measure="万元",
            kind=Kind.FLOW, reading=Reading.CUMULATIVE, nature=Nature.WORK, source="专班",
            lead=lead, definition="按月累计", release={}, position=position,
        )
        for position in range(1, FIGURES + 1)
    )  # fmt: skip
