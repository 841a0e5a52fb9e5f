"""Labels, lines of responsibility and quotas of grades, as records again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhenxing.packs.sections.answers import Answer, Label, Quota
from zhenxing.targets.choices import Thing
from zhenxing.targets.models import GradeQuota, ResponsibilityLine
from zhenxing.targets.models import Label as LabelRow

if TYPE_CHECKING:
    from zhenxing.accounts.models import User


def labels() -> tuple[Label, ...]:
    """Give labels.yaml."""
    rows = LabelRow.objects.select_related("lead").prefetch_related("ties").order_by("position")
    return tuple(
        Label(
            code=row.code,
            kind=row.kind,
            name=row.name,
            basis=row.basis,
            lead=row.lead.code if row.lead else None,
            indicators=tuple(
                tie.code
                for tie in sorted(row.ties.all(), key=lambda tie: tie.position)
                if tie.thing == Thing.INDICATOR
            ),
        )
        for row in rows
    )


def responsibility() -> tuple[Answer, ...]:
    """Give responsibility.yaml: lines that differ in their indicator alone stand together."""
    together: dict[tuple[object, ...], list[ResponsibilityLine]] = {}
    rows = ResponsibilityLine.objects.select_related(
        "unit", "indicator", "whole", "first", "direct", "group"
    )
    for row in rows.order_by("pk"):
        same = (
            row.unit_id, row.whole_id, row.first_id, row.direct_id, row.group_id, row.since,
            row.until, row.document, row.reason,
        )  # fmt: skip
        together.setdefault(same, []).append(row)
    return tuple(_answer(lines) for lines in together.values())


def grades() -> tuple[Quota, ...]:
    """Give grades.yaml."""
    return tuple(
        Quota(grade=row.grade, share=row.share, basis=row.basis)
        for row in GradeQuota.objects.order_by("pk")
    )


def _answer(lines: list[ResponsibilityLine]) -> Answer:
    row = lines[0]
    return Answer(
        unit=row.unit.code,
        indicators=tuple(line.indicator.code for line in lines),
        whole=_username(row.whole),
        first=_username(row.first),
        direct=_username(row.direct),
        group=row.group.key if row.group else None,
        since=row.since,
        until=row.until,
        document=row.document,
        note=row.reason,
    )


def _username(person: User | None) -> str | None:
    return person.username if person is not None else None
