"""What lies with a lead department: its indicators' numbers over all towns, as they were signed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import F

from zhenxing.engine.standing import counting
from zhenxing.indicators.choices import Nature
from zhenxing.indicators.models import Figure, Indicator
from zhenxing.indicators.queries.month import figure_facts
from zhenxing.kernel.periods import Period
from zhenxing.kernel.values import is_known
from zhenxing.reporting.choices import Status
from zhenxing.reporting.form.questions import Question
from zhenxing.reporting.models import Call, Confirmation, Submission, Version
from zhenxing.reporting.queries.versions import content_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from datetime import date
    from decimal import Decimal
    from typing import Any

    from zhenxing.reporting.form.answers import Answer
    from zhenxing.reporting.models import SubmissionQuerySet
    from zhenxing.web.scope import Scope

CONFIRMABLE = (Status.SIGNED, Status.CONFIRMED)
_Place = tuple[int, str, str]


@dataclass(frozen=True)
class Asked:
    """One number before the department: what the town says beside what was and what it says."""

    version: Version
    indicator: Indicator
    period: Period
    reported: Decimal
    note: str
    last: Decimal | None
    last_year: Decimal | None
    own: Confirmation | None

    @property
    def submission(self) -> Submission:
        """Whose form it stands in."""
        return self.version.submission

    @property
    def key(self) -> str:
        """Its name in a form: submission, version, indicator, period."""
        return f"{self.submission.pk}/{self.version.number}/{self.indicator.code}/{self.period}"

    @property
    def question(self) -> Question:
        """The number as a form would ask for it: what may be entered follows from that."""
        indicator = self.indicator
        return Question(
            row=1,
            code=indicator.code,
            name=indicator.name,
            measure=indicator.measure,
            period=self.period,
            kind=indicator.kind,
            reading=indicator.reading,
            decimals=indicator.decimals,
        )

    @property
    def since_last(self) -> Decimal | None:
        """How much it differs from the period before."""
        return None if self.last is None else self.reported - self.last

    @property
    def words(self) -> str:
        """What a search looks at."""
        unit = self.submission.group.unit
        state = "已核定" if self.own else "待核定"
        return f"{unit.name} {unit.code} {self.indicator.name} {self.period.label} {state}"


SORTS: dict[str, Callable[[Asked], Any]] = {
    "unit": lambda row: (row.submission.group.unit.position, row.indicator.position),
    "indicator": lambda row: (row.indicator.position, row.submission.group.unit.position),
    "reported": lambda row: row.reported,
    "since_last": lambda row: row.since_last,
    "own": lambda row: row.own.value if row.own else None,
}


def calls_to_confirm(scope: Scope) -> list[Call]:
    """Give the months with something signed in the department's indicators, newest first."""
    rows = _submissions(scope).values("call")
    return list(Call.objects.filter(pk__in=rows).order_by("-period", "code"))


def asked(scope: Scope, call: Call, today: date) -> list[Asked]:
    """List the signed numbers of the department's indicators in a call; five queries."""
    submissions = _submissions(scope).filter(call=call)
    return _rows(scope, submissions, today)


def asked_of(scope: Scope, submission: Submission, today: date) -> list[Asked]:
    """List the department's numbers of one submission."""
    return _rows(scope, Submission.objects.filter(pk=submission.pk), today)


def led_submission(scope: Scope, call: str, group: str) -> Submission | None:
    """Give a signed submission in which the department leads an indicator."""
    rows = _submissions(scope).select_related("call", "group__unit__parent")
    return rows.filter(call__code=call, group__code=group).first()


def _submissions(scope: Scope) -> SubmissionQuerySet:
    rows = Submission.objects.filter(
        status__in=CONFIRMABLE, group__charges__indicator__lead__code__in=scope.departments
    )
    return rows.distinct()


def _rows(scope: Scope, submissions: Iterable[Submission], today: date) -> list[Asked]:
    versions = list(
        Version.objects.filter(submission__in=submissions, number=F("submission__latest"))
        .select_related("submission__call", "submission__group__unit__parent")
        .order_by("submission__group__unit__position", "submission__group__code")
    )
    led = Indicator.objects.filter(lead__code__in=scope.departments).exclude(nature=Nature.SURVEY)
    indicators = {indicator.code: indicator for indicator in led}
    told = [each for version in versions for each in _told(version, indicators)]
    figures, own = _counted(told, today), _own(versions)
    return [
        Asked(
            version,
            indicator,
            period,
            value,
            answer.note,
            figures.get((version.submission.group.unit_id, indicator.code, str(period.previous))),
            figures.get((version.submission.group.unit_id, indicator.code, str(period.last_year))),
            own.get((version.pk, indicator.code, str(period))),
        )
        for version, indicator, period, value, answer in told
    ]


_Told = tuple[Version, Indicator, Period, "Decimal", "Answer"]


def _told(version: Version, indicators: Mapping[str, Indicator]) -> Iterator[_Told]:
    for code, answer in content_of(version).answers.items():
        indicator = indicators.get(code)
        if indicator is None:
            continue
        if answer.value is not None:
            yield version, indicator, Period.parse(answer.period), answer.value, answer
        if answer.confirmed is not None:
            before = Period.parse(answer.confirmed_period)
            yield version, indicator, before, answer.confirmed, answer


def _counted(told: list[_Told], today: date) -> dict[_Place, Decimal]:
    """Give the figures that count in the periods before and a year before; one query."""
    periods = {str(each) for _, _, period, _, _ in told for each in _beside(period)}
    rows = Figure.objects.known_on(today).filter(
        unit__in={version.submission.group.unit_id for version, *_ in told},
        indicator__in={indicator for _, indicator, *_ in told},
        period__in=periods,
    )
    units = {version.submission.group.unit.code: version.submission.group.unit_id
             for version, *_ in told}  # fmt: skip
    by_place: dict[_Place, list[Any]] = {}
    for fact in figure_facts(rows):
        place = (units[fact.unit], fact.indicator, str(fact.period))
        by_place.setdefault(place, []).append(fact)
    counted = {place: counting(facts) for place, facts in by_place.items()}
    return {
        place: fact.value
        for place, fact in counted.items()
        if fact is not None and is_known(fact.value)
    }


def _beside(period: Period) -> tuple[Period, Period]:
    return period.previous, period.last_year


def _own(versions: list[Version]) -> dict[tuple[int, str, str], Confirmation]:
    rows = Confirmation.objects.filter(version__in=versions).select_related("indicator")
    return {(row.version_id, row.indicator.code, row.period): row for row in rows.order_by("pk")}
