"""Labels, lines of responsibility and quotas of grades."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhenxing.targets.choices import Thing
from zhenxing.targets.models import GradeQuota, Label, LabelTie, ResponsibilityLine

if TYPE_CHECKING:
    from collections.abc import Mapping

    from zhenxing.indicators.models import Indicator
    from zhenxing.packs.loading.county import County
    from zhenxing.packs.pack import Pack
    from zhenxing.packs.sections import answers as written


def load_answers(pack: Pack, county: County, indicators: Mapping[str, Indicator]) -> None:
    """Make the labels with what they gather, who answers for what, and the quotas."""
    for position, label in enumerate(pack.labels, 1):
        _label(label, position, county)
    ResponsibilityLine.objects.bulk_create(
        _line(each, indicators[code], county)
        for each in pack.responsibility
        for code in each.indicators
    )
    GradeQuota.objects.bulk_create(
        GradeQuota(grade=each.grade, share=each.share, basis=each.basis) for each in pack.grades
    )


def _label(label: written.Label, position: int, county: County) -> None:
    row = Label.objects.create(
        code=label.code,
        kind=label.kind,
        name=label.name,
        basis=label.basis,
        lead=county.units[label.lead] if label.lead else None,
        position=position,
    )
    LabelTie.objects.bulk_create(
        LabelTie(label=row, thing=Thing.INDICATOR, code=code, position=place)
        for place, code in enumerate(label.indicators, 1)
    )


def _line(each: written.Answer, indicator: Indicator, county: County) -> ResponsibilityLine:
    people = {key: county.people[username] for key, username in each.people}
    return ResponsibilityLine(
        unit=county.units[each.unit],
        indicator=indicator,
        whole=people.get("whole"),
        first=people.get("first"),
        direct=people.get("direct"),
        group=county.groups[f"{each.unit}-{each.group}"] if each.group else None,
        document=each.document,
        reason=each.note,
        since=each.since,
        until=each.until,
    )
