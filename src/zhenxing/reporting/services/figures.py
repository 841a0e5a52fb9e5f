"""The figures that versions, signatures, confirmations and returns leave: a new line each time."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import Max

from zhenxing.engine.standing import upheld
from zhenxing.indicators.choices import Absent, StandingChoice, VintageChoice
from zhenxing.indicators.models import Figure, Indicator
from zhenxing.indicators.queries.month import figure_facts
from zhenxing.kernel.periods import Period
from zhenxing.reporting.form.answers import content_from
from zhenxing.reporting.models import Version

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date, datetime
    from decimal import Decimal

    from zhenxing.indicators.models import FigureQuerySet
    from zhenxing.reporting.form.answers import Answer
    from zhenxing.reporting.models import Confirmation, Step, Submission

# A line laid again stands after the mark that took it back, and nothing comes between.
JUST_AFTER = timedelta(microseconds=1)
Place = tuple[str, str]


@dataclass(frozen=True)
class Told:
    """A number as it goes into the figures: which indicator and period, and from which cell."""

    indicator: str
    period: str
    value: Decimal | None
    cell: str
    reason: str
    vintage: VintageChoice

    @property
    def place(self) -> Place:
        """Where it belongs: indicator and period."""
        return self.indicator, self.period

    @property
    def absent(self) -> str:
        """Why there is no value, if there is none."""
        return "" if self.value is not None else Absent.MISSING


def told(version: Version) -> list[Told]:
    """Give every number of a version, a blank one among them, as it stood on its own day."""
    content = content_from(version.values, version.parts)
    return [
        each for code, answer in content.answers.items() for each in _told(version, code, answer)
    ]


def submitted(version: Version) -> list[Figure]:
    """Make a figure of every answer that says something new: an equal number is no new line.

    A number that an earlier version gave and this one does not give is taken back: nobody stands
    behind it any more.
    """
    said = told(version)
    known = _known(version.submission.group.unit_id, said)
    new = [
        each for each in said if known.get(each.place) != (each.value, each.absent, each.vintage)
    ]
    made = [
        _figure(version, each, indicator, StandingChoice.SUBMITTED, reason=each.reason)
        for each, indicator in _with_indicators(new)
    ]
    if version.number == 1:
        return made
    back = _withdrawn(version, said)
    behind = {(mark.indicator.code, mark.period) for mark in back}
    at = _after_all(version.submission, behind | {each.place for each in new}, version.at)
    for figure in made:
        figure.recorded = at + JUST_AFTER if back else at
    return back + made


def signed(step: Step) -> list[Figure]:
    """Let every number of the signed version count as signed: the same values, by the filler."""
    version, said = step.version, told(step.version)
    recorded = _after_all(version.submission, {each.place for each in said}, step.at)
    made = []
    for each, indicator in _with_indicators(said):
        why = f"{step.by_name}签发"
        figure = _figure(version, each, indicator, StandingChoice.SIGNED, reason=why)
        figure.recorded, figure.business_date = recorded, step.business_date
        made.append(figure)
    return made


def confirmed(lines: Sequence[Confirmation]) -> list[Figure]:
    """Make a figure of each confirmation of one version: the department's value, by its person."""
    version = lines[0].version
    vintages = {each.place: each.vintage for each in told(version)}
    places = {(line.indicator.code, line.period) for line in lines}
    recorded = _after_all(version.submission, places, lines[0].at)
    return [
        Figure(
            unit=line.submission.group.unit,
            indicator=line.indicator,
            period=line.period,
            value=line.value,
            standing=StandingChoice.CONFIRMED,
            vintage=vintages[line.indicator.code, line.period],
            business_date=line.business_date,
            recorded=recorded,
            by=line.by,
            by_name=line.by_name,
            document=line.version.receipt,
            reason=line.reason or "与报数一致",
        )
        for line in lines
    ]


def recalled(step: Step) -> list[Figure]:
    """Take back what a submission's signing and confirming said; what others said stands again.

    A mark takes back its whole standing. Where another paper had spoken of the same month in that
    standing (the form of the month itself, of which this one gives the full month), its line is
    laid once more behind the mark.
    """
    made: list[Figure] = []
    versions = list(step.submission.versions.all())
    receipts = {version.receipt for version in versions}
    places = {each.place for version in versions for each in told(version)}
    at = _after_all(step.submission, places, step.at)
    for standing in (StandingChoice.SIGNED, StandingChoice.CONFIRMED):
        for lines in _standing_lines(step.submission, standing, places):
            own = [line for line in lines if line.document in receipts]
            if own:
                made += _taken_back(step, at, own[-1], [each for each in lines if each not in own])
    return made


def _withdrawn(version: Version, said: Sequence[Told]) -> list[Figure]:
    """Take back what earlier versions of the submission gave and this one leaves blank."""
    submission = version.submission
    earlier = [each for each in submission.versions.all() if each.number < version.number]
    receipts = {each.receipt for each in earlier}
    given = {each.place for each in said if each.value is not None}
    places = {
        each.place for before in earlier for each in told(before) if each.value is not None
    } - given
    made: list[Figure] = []
    at = _after_all(submission, places, version.at)
    for lines in _standing_lines(submission, StandingChoice.SUBMITTED, places):
        own = [line for line in lines if line.document in receipts]
        if any(line.value is not None for line in own):
            why = f"{version.label}没有填这个数"
            mark = _mark(own[-1], at, version.business_date, version.by, version.by_name, why)
            made += [mark, *_again(mark, [each for each in lines if each not in own])]
    return made


def _standing_lines(
    submission: Submission, standing: str, places: set[Place]
) -> Iterator[list[Figure]]:
    """Give what of a standing holds at each place, oldest first."""
    rows = _at_places(submission, places).filter(standing=standing)
    holding: dict[Place, list[int]] = defaultdict(list)
    facts = defaultdict(list)
    for fact in figure_facts(rows):
        facts[fact.indicator, str(fact.period)].append(fact)
    for place in places:
        holding[place] += [fact.ref for fact in upheld(facts[place]) if isinstance(fact.ref, int)]
    lines = Figure.objects.select_related("unit", "indicator", "file").in_bulk(
        [key for keys in holding.values() for key in keys]
    )
    for _, keys in sorted(holding.items()):
        yield sorted((lines[key] for key in keys), key=lambda line: (line.recorded, line.pk))


def _taken_back(step: Step, at: datetime, last: Figure, others: list[Figure]) -> Iterator[Figure]:
    why = f"{step.by_name}退回：{step.get_reason_display()}"
    mark = _mark(last, at, step.business_date, step.by, step.by_name, why)
    yield mark
    yield from _again(mark, others)


def _mark(  # a mark is these words
    last: Figure, at: datetime, day: date, by: str, by_name: str, why: str
) -> Figure:
    return Figure(
        unit=last.unit,
        indicator=last.indicator,
        period=last.period,
        absent=Absent.RECALLED,
        standing=last.standing,
        vintage=last.vintage,
        business_date=day,
        recorded=at,
        by=by,
        by_name=by_name,
        document=last.document,
        reason=why,
    )


def _again(mark: Figure, others: list[Figure]) -> Iterator[Figure]:
    """Lay what others said once more behind a mark that took a whole standing back."""
    if others:
        again = others[-1]
        again.pk, again._state.adding = None, True
        again.recorded, again.business_date = mark.recorded + JUST_AFTER, mark.business_date
        again.reason = f"{mark.document}撤回后仍作数"
        yield again


def _at_places(submission: Submission, places: set[Place]) -> FigureQuerySet:
    return Figure.objects.filter(
        unit=submission.group.unit_id,
        indicator__code__in={code for code, _ in places},
        period__in={period for _, period in places},
    )


def _after_all(submission: Submission, places: set[Place], at: datetime) -> datetime:
    """Give the moment, moved behind what is there already, should the clock have gone back.

    What counts goes by the order of writing, and the ledger knows that order.
    """
    last = _at_places(submission, places).aggregate(last=Max("recorded"))["last"]
    return at if last is None or last < at else last + JUST_AFTER


def _told(version: Version, code: str, answer: Answer) -> Iterator[Told]:
    """A month that is not over gives a flash; the form after it confirms the full month."""
    is_over = Period.parse(answer.period).is_over(version.business_date)
    vintage = VintageChoice.PRELIMINARY if is_over else VintageChoice.FLASH
    yield Told(code, answer.period, answer.value, answer.cell, answer.note, vintage)
    if answer.confirmed is not None:
        full = VintageChoice.PRELIMINARY
        where = answer.confirmed_cell
        yield Told(code, answer.confirmed_period, answer.confirmed, where, answer.note, full)


def _with_indicators(said: Iterable[Told]) -> list[tuple[Told, Indicator]]:
    lines = list(said)
    found = Indicator.objects.in_bulk({each.indicator for each in lines}, field_name="code")
    return [(each, found[each.indicator]) for each in lines]


def _figure(
    version: Version, each: Told, indicator: Indicator, standing: StandingChoice, *, reason: str
) -> Figure:
    return Figure(
        unit=version.submission.group.unit,
        indicator=indicator,
        period=each.period,
        value=each.value,
        absent=each.absent,
        standing=standing,
        vintage=each.vintage,
        business_date=version.business_date,
        recorded=version.at,
        by=version.by,
        by_name=version.by_name,
        file=version.file,
        cell=each.cell,
        document=version.receipt,
        reason=reason,
    )


def _known(unit: int, said: list[Told]) -> Mapping[Place, tuple[object, str, str]]:
    """Give the latest submitted figure of each place: value, absence, vintage."""
    rows = Figure.objects.filter(
        unit=unit,
        standing=StandingChoice.SUBMITTED,
        indicator__code__in={each.indicator for each in said},
        period__in={each.period for each in said},
    ).order_by("recorded", "pk")
    columns = rows.values_list("indicator__code", "period", "value", "absent", "vintage")
    return {
        (code, period): (value, absent, vintage) for code, period, value, absent, vintage in columns
    }
