"""Correction slips: which number, whether it may be asked for, what it would change."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from zhenxing.engine.facts import Facts, FigureFact
from zhenxing.engine.month import assess
from zhenxing.engine.releases import read_release
from zhenxing.engine.standing import Standing, Vintage, counting
from zhenxing.indicators.choices import Nature
from zhenxing.indicators.models import Charge, Figure, Indicator, Target
from zhenxing.indicators.queries import class_of, rule_book
from zhenxing.indicators.queries.dictionary import definition
from zhenxing.indicators.queries.month import figure_facts, target_facts
from zhenxing.kernel.periods import Period
from zhenxing.kernel.problems import Problem
from zhenxing.kernel.values import is_known
from zhenxing.reporting.choices import OPEN_SLIPS, CallKind, SlipMove
from zhenxing.reporting.form.questions import Question
from zhenxing.reporting.models import Call, CorrectionSlip

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date, datetime
    from decimal import Decimal

    from zhenxing.engine.rows import Row
    from zhenxing.organisation.models import Unit, WorkingGroup
    from zhenxing.reporting.models import SlipStep
    from zhenxing.reporting.models.corrections import SlipQuerySet
    from zhenxing.web.scope import Scope


@dataclass(frozen=True)
class Place:
    """One number: whose, of which indicator and period; the group that answers for it."""

    unit: Unit
    group: WorkingGroup
    indicator: Indicator
    period: Period

    @property
    def words(self) -> str:
        """The number in words."""
        return f"{self.unit.name}{self.indicator.name}{self.period.label}"

    @property
    def question(self) -> Question:
        """The number as a form would ask for it: what may be entered follows from that."""
        return Question(
            row=1,
            code=self.indicator.code,
            name=self.indicator.name,
            measure=self.indicator.measure,
            period=self.period,
            kind=self.indicator.kind,
            reading=self.indicator.reading,
            decimals=self.indicator.decimals,
        )


@dataclass(frozen=True)
class Effect:
    """The month's row of the indicator without the correction and with it."""

    before: Row
    after: Row

    @property
    def places(self) -> tuple[int | None, int | None]:
        """The rank in the class before and after."""
        before, after = self.before.place, self.after.place
        return before.place if before else None, after.place if after else None

    @property
    def changes_rank(self) -> bool:
        """Whether the unit's rank moves."""
        before, after = self.places
        return before != after

    @property
    def changes_lamp(self) -> bool:
        """Whether the lamp changes its colour."""
        return self.before.lamp.colour is not self.after.lamp.colour


def place_of(group: WorkingGroup, code: str, period: Period) -> Place | None:
    """Give a number that a group answers for; None where it does not."""
    charge = (
        Charge.objects.filter(group=group, indicator__code=code)
        .select_related("indicator__lead")
        .first()
    )
    return Place(group.unit, group, charge.indicator, period) if charge else None


def place_of_slip(slip: CorrectionSlip) -> Place:
    """Give the number a slip is about."""
    return Place(slip.unit, slip.group, slip.indicator, Period.parse(slip.period))


def counted(place: Place, day: date) -> FigureFact | None:
    """Give the figure that counts there, as known on a business day."""
    rows = Figure.objects.known_on(day).filter(
        unit=place.unit, indicator=place.indicator, period=str(place.period)
    )
    return counting(list(figure_facts(rows)))


def value_of(fact: FigureFact | None) -> Decimal | None:
    """Give a figure's number; None where there is none."""
    return fact.value if fact is not None and is_known(fact.value) else None


def key_of(fact: FigureFact | None) -> int | None:
    """Give the key of the line a fact was taken from."""
    return fact.ref if fact is not None and isinstance(fact.ref, int) else None


def not_correctable(place: Place) -> Problem | None:
    """Say why a number cannot be corrected by a slip now, if so."""
    if place.indicator.nature == Nature.SURVEY:
        lead = place.indicator.lead.name
        return Problem(
            place.words, "是统计调查数，本系统只接收、不填报", f"确有差错的，请{lead}重新提供"
        )
    month = _asking_month(place)
    if month is None:
        return Problem(place.words, "这一期没有数", "请从该指标页选一期有数的")
    problem = _not_closed(place, month)
    if problem:
        return problem
    open_one = slip_under_way(place)
    if open_one:
        return Problem(
            place.words,
            f"已有一张没有办完的更正单（{open_one.number}，{open_one.get_state_display()}）",
            "请等它办完，再看是否还要更正",
        )
    return None


def slip_under_way(place: Place) -> CorrectionSlip | None:
    """Give the slip about a number that still waits for a signature."""
    return CorrectionSlip.objects.filter(
        unit=place.unit,
        indicator=place.indicator,
        period=str(place.period),
        state__in=OPEN_SLIPS,
    ).first()


def slips(scope: Scope) -> SlipQuerySet:
    """Give the slips a person may read, with what a list says of each."""
    rows = CorrectionSlip.objects.visible_to(scope)
    return rows.select_related(
        "unit__parent", "group", "indicator__lead", "indicator__field", "indicator__curve", "figure"
    )


def open_slips(scope: Scope) -> int:
    """Count the slips under way that the person may read."""
    return CorrectionSlip.objects.visible_to(scope).filter(state__in=OPEN_SLIPS).count()


def effect(slip: CorrectionSlip, steps: Sequence[SlipStep], today: date) -> Effect:
    """Reckon the month without the correction and with it; nothing is written.

    Of a decided slip it is what was known when it was decided, so that the page says for good what
    the four signed for.
    """
    place, decided = place_of_slip(slip), deciding_step(steps)
    day = decided.business_date if decided else today
    peers = class_of(place.unit.code, day)
    rows = Figure.objects.known_on(day).filter(indicator=place.indicator, unit__code__in=peers)
    if decided:
        rows = rows.filter(recorded__lte=decided.at)
    told = list(figure_facts(rows.exclude(document=slip.number)))
    spot = place.unit.code, place.period
    others = [fact for fact in told if (fact.unit, fact.period) != spot]
    with_it = [*others, _as_corrected(slip, place, steps[0].at, day)]
    facts = Facts(
        indicators=[definition(place.indicator)],
        peers=peers,
        figures=told,
        targets=tuple(
            target_facts(Target.objects.filter(indicator=place.indicator, unit__code__in=peers))
        ),
        rules=rule_book(day),
    )
    return Effect(_row(facts, place, day), _row(replace(facts, figures=with_it), place, day))


def deciding_step(steps: Iterable[SlipStep]) -> SlipStep | None:
    """Give the step that ended a slip, if one has."""
    ends = {SlipMove.APPROVE, SlipMove.REFUSE}
    return next((step for step in steps if step.move in ends), None)


def _row(facts: Facts, place: Place, day: date) -> Row:
    month = Period.month(place.period.year, place.period.last_month)
    return assess(facts, asked=month, today=day, units=[place.unit.code]).rows[0]


def _as_corrected(slip: CorrectionSlip, place: Place, at: datetime, day: date) -> FigureFact:
    return FigureFact(
        place.unit.code,
        place.indicator.code,
        place.period,
        slip.new,
        Standing.CORRECTION,
        Vintage.PRELIMINARY,
        at,
        day,
    )


def _asking_month(place: Place) -> Period | None:
    """Give the month whose form asks for the number: what appears later is asked later."""
    release, problems = read_release(place.indicator.release, place.indicator.code)
    if release is None:
        raise ValueError("".join(problem.sentence for problem in problems))
    month = Period.month(place.period.year, place.period.last_month)
    if release.ending_in(month) != place.period:
        return None
    for _ in range(release.lag_months):
        month = month.next
    return month


def _not_closed(place: Place, month: Period) -> Problem | None:
    """A month that is open is handed in again; one before the site's first was brought in."""
    calls = Call.objects.filter(kind=CallKind.MONTHLY).order_by("period")
    call = calls.filter(period=str(month)).first()
    if call is not None and call.closed_on is not None:
        return None
    first = calls.first()
    if call is None and first is not None and str(month) < first.period:
        return None
    return Problem(
        place.words,
        f"{month.label}填报还没有关闭，不用更正单",
        "请改好报表再报一版；要等主管部门改的，请联系主管部门",
    )
