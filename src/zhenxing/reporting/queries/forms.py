"""What the form of a group asks this month, with everything known that stands beside an entry."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import Q

from zhenxing.engine.judging import in_force, level_of
from zhenxing.engine.progress import time_progress
from zhenxing.engine.releases import read_release
from zhenxing.engine.standing import Standing, Vintage, counting
from zhenxing.indicators.choices import Direction, Nature, Reading
from zhenxing.indicators.models import Charge, Figure, Indicator, Target
from zhenxing.indicators.queries.dictionary import definition
from zhenxing.indicators.queries.month import figure_facts, target_facts
from zhenxing.kernel.periods import Period
from zhenxing.kernel.values import is_known
from zhenxing.organisation import queries as organisation_queries
from zhenxing.organisation.choices import VILLAGE_FORM
from zhenxing.reporting.form.layout import FIRST_ROW
from zhenxing.reporting.form.questions import Form, Question
from zhenxing.reporting.models import Version
from zhenxing.reporting.queries.versions import content_of, latest_of
from zhenxing.reporting.queries.villages import beside_villages
from zhenxing.targets import queries as target_queries

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from zhenxing.engine.facts import FigureFact, TargetFact
    from zhenxing.engine.releases import Release
    from zhenxing.organisation.models import WorkingGroup
    from zhenxing.reporting.form.answers import Content
    from zhenxing.reporting.models import Submission
    from zhenxing.targets.queries import Plan

_LOCKS = {
    Standing.CONFIRMED: "已核定",
    Standing.IMPORTED: "已导入",
    Standing.CORRECTION: "已更正",
    Standing.SIGNED: "已签发",
}
_FLASHES = frozenset({Standing.SIGNED, Standing.CONFIRMED})
_NOT_ASKED = "不需确认"


@dataclass(frozen=True)
class _Asked:
    """An indicator asked for, with its own period and the one before."""

    indicator: Indicator
    period: Period
    before: Period
    confirms: bool
    release: Release
    elsewhere: str = ""

    @property
    def earlier(self) -> tuple[Period, ...]:
        """The year's periods before its own, where each is reported by itself."""
        if self.indicator.reading != Reading.CURRENT:
            return ()
        known = self.release.periods(self.period.year)
        return tuple(each for each in known if each < self.period)


def form_of(submission: Submission, today: date, *, filled: Content | None = None) -> Form:
    """Give the form of a submission as it is on a business day.

    `filled` puts a content into the entries; without it the latest version stands there.
    """
    group, month = submission.group, Period.parse(submission.call.period)
    asked = _asked(submission, month)
    figures = _figures(group, asked, today)
    aims = _targets(group, asked, month, today)
    latest = None if filled else latest_of(submission)
    return Form(
        site=_site(),
        period=month,
        due=submission.call.due,
        unit=group.unit.code,
        unit_name=group.unit.name,
        group=group.code,
        group_name=group.name,
        base_version=submission.latest,
        questions=beside_villages(
            group,
            (
                _question(row, each, figures, aims.get((group.unit.code, each.indicator.code), ()))
                for row, each in enumerate(asked, start=FIRST_ROW)
            ),
            today,
        ),
        is_short=group.key == VILLAGE_FORM,
        filled=filled or (content_of(latest) if latest else None),
        parts_before=_parts_before(group, month),
    )


def with_plans(form: Form, today: date) -> Form:
    """Put what the plan asks for beside every entry, read as the entry is."""
    codes = [each.code for each in form.questions]
    plans = target_queries.month_plan(form.unit, codes, form.period, today) if codes else {}
    return replace(
        form,
        questions=tuple(replace(each, plan=_planned(each, plans)) for each in form.questions),
    )


def _planned(question: Question, plans: Mapping[str, Plan]) -> Decimal | None:
    plan = plans.get(question.code)
    if plan is None:
        return None
    return plan.of_period if question.reading == Reading.CURRENT else plan.to_date


def _asked(submission: Submission, month: Period) -> list[_Asked]:
    """Give what is asked: no statutory statistics, which are only received; nothing not due yet."""
    found, elsewhere = [], _elsewhere(submission)
    for indicator in _wanted(submission):
        release, problems = read_release(indicator.release, indicator.code)
        if release is None:
            raise ValueError("".join(problem.sentence for problem in problems))
        period = asked_period(release, month)
        if period is not None:
            before, at_once = _before(release, period), release.lag_months == 0
            where = elsewhere.get(indicator.code, "")
            found.append(_Asked(indicator, period, before, at_once, release, where))
    return found


def _elsewhere(submission: Submission) -> dict[str, str]:
    """Say which other group of the unit answers for what a temporary call asks: it is not asked."""
    if not submission.call.is_temporary:
        return {}
    charges = Charge.objects.filter(
        group__unit=submission.group.unit, indicator__code__in=submission.call.asked
    )
    own = set(charges.filter(group=submission.group).values_list("indicator__code", flat=True))
    told = charges.exclude(indicator__code__in=own).values_list("indicator__code", "group__name")
    return {code: f"由{name}报" for code, name in told}


def _wanted(submission: Submission) -> list[Indicator]:
    """Give what a call is about: what the group answers for, or what a temporary one names."""
    call = submission.call
    rows = Indicator.objects.exclude(nature=Nature.SURVEY).select_related(
        "part_of", "curve", "field", "lead"
    )
    if call.is_temporary:
        named = {each.code: each for each in rows.filter(code__in=call.asked)}
        return [named[code] for code in call.asked if code in named]
    charged = rows.filter(charges__group=submission.group)
    return list(charged.order_by("charges__position", "charges__pk"))


def asked_period(release: Release, month: Period) -> Period | None:
    """Give the period a month's form asks for: what appears months later is asked months later."""
    for _ in range(release.lag_months):
        month = month.previous
    return release.ending_in(month)


def _before(release: Release, period: Period) -> Period:
    known = [*release.periods(period.year - 1), *release.periods(period.year)]
    return max(each for each in known if each < period)


def _figures(
    group: WorkingGroup, asked: Sequence[_Asked], today: date
) -> dict[tuple[str, Period], FigureFact]:
    """Give the figure that counts, by indicator and period, for every period the form shows."""
    wanted = Q()
    for each in asked:
        shown = (each.period, each.before, each.period.last_year, *each.earlier)
        wanted |= Q(indicator=each.indicator, period__in=[str(period) for period in shown])
    if not asked:
        return {}
    rows = Figure.objects.known_on(today).filter(wanted, unit=group.unit)
    by_place: dict[tuple[str, Period], list[FigureFact]] = {}
    for fact in figure_facts(rows):
        by_place.setdefault((fact.indicator, fact.period), []).append(fact)
    counted = {place: counting(facts) for place, facts in by_place.items()}
    return {place: fact for place, fact in counted.items() if fact is not None}


def _targets(
    group: WorkingGroup, asked: Sequence[_Asked], month: Period, today: date
) -> dict[tuple[str, str], tuple[TargetFact, ...]]:
    rows = Target.objects.filter(
        unit=group.unit, year=month.year, indicator__in=[each.indicator for each in asked]
    )
    return in_force(target_facts(rows), month.year, today)


def _question(
    row: int,
    asked: _Asked,
    figures: Mapping[tuple[str, Period], FigureFact],
    targets: Iterable[TargetFact],
) -> Question:
    indicator, told = asked.indicator, tuple(targets)
    own = figures.get((indicator.code, asked.period))
    last = figures.get((indicator.code, asked.before))
    last_year = figures.get((indicator.code, asked.period.last_year))
    level = level_of(told)
    return Question(
        row=row,
        code=indicator.code,
        name=indicator.name,
        measure=indicator.measure,
        period=asked.period,
        kind=indicator.kind,
        reading=indicator.reading,
        decimals=indicator.decimals,
        definition=indicator.definition,
        last_year=_value(last_year),
        last_period=asked.before,
        last=_value(last),
        last_is_flash=last is not None and last.vintage is Vintage.FLASH,
        locked=_lock(own) or asked.elsewhere,
        known=_value(own),
        confirm_locked=_confirm_locked(asked, last),
        target="；".join(fact.target.label for fact in told),
        aim=level.target.value if level else None,
        aims_up=indicator.direction == Direction.HIGHER,
        low=indicator.plausible_low,
        high=indicator.plausible_high,
        part_of=indicator.part_of.code if indicator.part_of else "",
        nature=indicator.nature,
        evidence=indicator.evidence,
        so_far=_so_far(asked, figures),
        elapsed=time_progress(asked.period, definition(indicator).plan),
    )


def _so_far(asked: _Asked, figures: Mapping[tuple[str, Period], FigureFact]) -> Decimal | None:
    """Add the year's earlier periods up; None where one of them is not known."""
    values = [_value(figures.get((asked.indicator.code, each))) for each in asked.earlier]
    known = [value for value in values if value is not None]
    return sum(known, Decimal(0)) if len(known) == len(values) else None


def _lock(fact: FigureFact | None) -> str:
    """Say why a reporter's number could not count there; empty where it could."""
    if fact is None or not is_known(fact.value):
        return ""
    return _LOCKS.get(fact.standing, "") if fact.standing.outweighs(Standing.SUBMITTED) else ""


def _confirm_locked(asked: _Asked, last: FigureFact | None) -> str:
    return (asked.elsewhere or _confirm_lock(last)) if asked.confirms else _NOT_ASKED


def _confirm_lock(fact: FigureFact | None) -> str:
    """Say why the full month is not asked for; a flash waits for it, whoever stands behind it."""
    if fact is not None and fact.vintage is Vintage.FLASH and fact.standing in _FLASHES:
        return ""
    return _lock(fact)


def _value(fact: FigureFact | None) -> Decimal | None:
    return fact.value if fact is not None and is_known(fact.value) else None


def _site() -> str:
    site = organisation_queries.site()
    return f"{site.county.code} {site.name}" if site else ""


def _parts_before(group: WorkingGroup, month: Period) -> Mapping[str, str]:
    """Give what the group wrote the month before."""
    said = (
        Version.objects.filter(submission__group=group, submission__call__code=str(month.previous))
        .order_by("-number")
        .values_list("parts", flat=True)
        .first()
    )
    return dict(said or {})
