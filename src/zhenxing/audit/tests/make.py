"""Builders of acts: an actor, moments, entries in a row, receipts."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from zhenxing.audit import services
from zhenxing.audit.models import Actor, Entry, Receipt
from zhenxing.kernel.moments import Moment

BY = Actor("t01-g3-reporter", "何青", "F", "T01")
DAY = date(2023, 10, 20)


def moment(minute: int = 0) -> Moment:
    """Give a moment of the demo's day, some minutes after nine in the morning."""
    return Moment(datetime(2024, 3, 1, 1, tzinfo=UTC) + timedelta(minutes=minute), DAY)


def entries(count: int, action: str = "site.noted") -> list[Entry]:
    """Record acts in a row."""
    return [
        services.record(
            action,
            subject=f"第{n}件",
            by=BY,
            moment=moment(n),
            details={"count": n, "text": "台账"},
        )
        for n in range(1, count + 1)
    ]


def content(number: int, **more: object) -> dict[str, object]:
    """Give what a receipt says of a return."""
    return {
        "site": "禾山县", "unit_name": "青溪镇", "group_name": "稳投资专班", "period": "2023-09",
        "version": number, "at": moment(number).at, "business_date": DAY, "on_time": True,
        "values": {"fixed-investment": "12.5", "projects-started": None},
        "parts_sha256": "a" * 64, "file_sha256": "b" * 64, **more,
    }  # fmt: skip


def receipt(number: int, **more: object) -> Receipt:
    """Record an act that gives a receipt."""
    with services.act("reporting.submitted", subject="T01-G3", by=BY, moment=moment(number)) as act:
        given = services.issue_receipt(act, number=f"HS-{number}", content=content(number, **more))
    return given
