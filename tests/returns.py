"""Monthly returns for trials: groups of the standing cast hand in through the real service."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from tests import cast
from zhenxing.accounts.models import User
from zhenxing.audit import queries as audit_queries
from zhenxing.audit import services as audit
from zhenxing.audit.models import Actor, Receipt
from zhenxing.documents import services as documents
from zhenxing.documents.models import File
from zhenxing.indicators.choices import Kind, Nature, Reading
from zhenxing.indicators.models import Charge, Indicator, IndicatorField
from zhenxing.indicators.tests import make
from zhenxing.kernel.moments import Moment
from zhenxing.kernel.periods import Period
from zhenxing.organisation import services as organisation
from zhenxing.organisation.models import Post
from zhenxing.reporting import services
from zhenxing.reporting.choices import PARTS
from zhenxing.reporting.form.answers import Answer, Content
from zhenxing.reporting.models import Call, Submission, Upload
from zhenxing.web.scope import Scope

if TYPE_CHECKING:
    from uuid import UUID

    from zhenxing.organisation.models import Unit, WorkingGroup

FIGURES = 4
CODES = [f"item-{position}" for position in range(1, FIGURES + 1)]
BY = Actor("t01-g3-reporter", "何青", "F", "T01")
MOMENT = Moment(datetime(2023, 10, 20, 1, tzinfo=UTC), cast.TODAY)


def prepare(submissions: int) -> list[int]:
    """Build the county, a few indicators and so many submissions; give the submissions' keys."""
    county = cast.build()
    groups = list(county.groups.values())
    _dictionary(county.statistics, groups)
    organisation.seed_calendar([2023])
    made: list[int] = []
    for month in range(1, submissions // len(groups) + 2):
        call = Call.objects.create(
            code=f"2023-{month:02}",
            period=f"2023-{month:02}",
            opens=date(2023, month, 1),
            due=date(2023, month, 25),
        )
        rows = [Submission(call=call, group=group) for group in groups]
        made += [row.pk for row in Submission.objects.bulk_create(rows)]
    documents.keep_text(b"a form", name="报表.xlsx", by=BY.username, moment=MOMENT)
    return made[:submissions]


def begin() -> int:
    """Let an entry vouch for all that was prepared, as the load of a county does; give it."""
    with audit.act("site.prepared", subject="禾山县", by=BY, moment=MOMENT) as act:
        act.vouch(*audit_queries.vouched_models())
    return act.sequence


def end_a_post(number: int) -> None:
    """Give one of the posts another last day."""
    posts = list(Post.objects.order_by("pk"))
    organisation.end_post(
        post=posts[number % len(posts)],
        until=cast.TODAY + timedelta(days=number),
        reason="换届",
        by=BY,
        moment=MOMENT,
    )


def open_a_call(_: int) -> None:
    """Ask for a further month."""
    month = Call.objects.count()
    services.open_call(
        period=Period.month(2024, month),
        opens=date(2024, month, 1),
        due=date(2024, month, 25),
        scope=cast.scope(User.objects.get(username="assessment")),
        moment=MOMENT,
    )


@dataclass(frozen=True)
class HandedIn:
    """What the one who handed in was told."""

    number: str
    sequence: int
    hash: str


def hand_in(submission: int, key: UUID) -> HandedIn:
    """Upload the next version of a return and hand it in, as its page does in two steps."""
    waiting = Submission.objects.select_related("group__unit", "call").get(pk=submission)
    content = _content(waiting)
    upload = Upload.objects.create(
        token=key,
        submission=waiting,
        file=File.objects.order_by("pk")[0],
        base_version=waiting.latest,
        content={"values": content.values(), "parts": dict(content.parts)},
        by=User.objects.get(username=BY.username),
        at=MOMENT.at,
    )
    handed = services.submit(
        token=upload.token, scope=_scope(waiting), moment=MOMENT, base_version=waiting.latest
    )
    if not isinstance(handed, services.Handed):
        raise TypeError(f"{waiting} was not taken: {handed}")
    receipt = Receipt.objects.select_related("entry").get(number=handed.receipt)
    return HandedIn(receipt.number, receipt.entry_id, receipt.entry.hash)


def _scope(waiting: Submission) -> Scope:
    unit = waiting.group.unit
    return Scope(
        username=BY.username,
        name=BY.name,
        roles=frozenset("F"),
        towns=frozenset({unit.code}),
        reports=frozenset({waiting.group.code}),
        unit=unit.code,
        unit_name=unit.name,
    )


def _content(waiting: Submission) -> Content:
    # Never what is known already: an equal number makes no new figure.
    value = Decimal(waiting.pk * 1000 + waiting.latest) + Decimal("0.25")
    answers = {
        code: Answer(period=waiting.call.period, cell=f"E{row}", value=value)
        for row, code in enumerate(CODES, 5)
    }
    return Content(answers, dict.fromkeys(PARTS, "按序时推进。"))


def _dictionary(lead: Unit, groups: list[WorkingGroup]) -> None:
    make.lamps()
    field = IndicatorField.objects.create(code="work", name="重点工作", position=1)
    rows = Indicator.objects.bulk_create(
        Indicator(
            code=code, name=f"指标{position}", field=field, measure="万元",
            kind=Kind.FLOW, reading=Reading.CUMULATIVE, nature=Nature.WORK, source="专班",
            lead=lead, definition="按月累计", release={}, position=position,
        )
        for position, code in enumerate(CODES, 1)
    )  # fmt: skip
    Charge.objects.bulk_create(
        Charge(group=group, indicator=row, position=row.position)
        for group in groups
        for row in rows
    )
