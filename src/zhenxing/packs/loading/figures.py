"""Targets and figures: the rows that the ledger seals."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta

from zhenxing.audit.models import Actor
from zhenxing.documents.models import File
from zhenxing.indicators.models import Figure, Indicator, Target
from zhenxing.kernel.moments import Moment
from zhenxing.kernel.values import Absence
from zhenxing.organisation.models import Unit
from zhenxing.packs.arrivals import Arrival
from zhenxing.packs.pack import Pack, Set

STEP = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Desk:
    """What every imported figure refers to: units, indicators, the pack's files, names, the act."""

    units: Mapping[str, Unit]
    indicators: Mapping[str, Indicator]
    files: Mapping[str, File]
    names: Mapping[str, str]
    by: Actor
    moment: Moment
    sequence: int


def target_rows(targets: Iterable[Set], desk: Desk) -> Iterator[Target]:
    """Turn a pack's targets into rows to be sealed."""
    for each in targets:
        target = each.target
        yield Target(
            unit=desk.units[target.unit],
            indicator=desk.indicators[target.indicator],
            year=each.year,
            kind=target.kind,
            comparator=target.comparator,
            value=target.value,
            high=target.high,
            masked=target.masked,
            no_task=target.no_task,
            text=target.text,
            document=target.document,
            issued=target.issued,
            version=target.version,
            reason=target.note,
            sealed_by=desk.sequence,
        )


def figure_rows(arrivals: Iterable[Arrival], desk: Desk) -> Iterator[Figure]:
    """Turn arrivals into rows to be sealed.

    The lines of one history are recorded a microsecond apart, in their order: of two with the same
    standing the later one counts.
    """
    told: dict[tuple[str, str, str], int] = {}
    for arrival in arrivals:
        about = arrival.told.about
        number = told[about] = told.get(about, -1) + 1
        yield _figure(arrival, number, desk)


def names_of(pack: Pack) -> dict[str, str]:
    """Say for each username and unit code how a figure's source is named on a page."""
    units = {unit.code: unit.name for unit in pack.units.all}
    named = dict(units)
    for person in pack.people:
        post = person.posts[0] if person.posts else None
        place = (post.title or units[post.unit]) if post else ""
        named[person.username] = f"{person.name}（{place}）" if place else person.name
    return named


def _figure(arrival: Arrival, number: int, desk: Desk) -> Figure:
    told = arrival.told
    indicator = desk.indicators[told.indicator]
    absent = told.value if isinstance(told.value, Absence) else None
    number_told = None if isinstance(told.value, Absence) else told.value
    by = arrival.by or desk.by.username
    by_name = desk.names.get(arrival.by, arrival.by) if arrival.by else indicator.lead.name
    return Figure(
        unit_id=desk.units[told.unit].pk,
        indicator_id=indicator.pk,
        period=told.period,
        value=number_told,
        absent=absent.value if absent is not None else "",
        growth_given=arrival.growth,
        standing=arrival.standing,
        vintage=arrival.vintage,
        business_date=arrival.business_date,
        recorded=desk.moment.at + number * STEP,
        by=by,
        by_name=by_name[:80],
        file_id=desk.files[told.place.file].pk,
        cell=told.cell,
        document=arrival.document,
        reason=arrival.reason,
        sealed_by=desk.sequence,
    )
