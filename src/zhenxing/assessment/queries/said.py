"""What people said that a scoring reads: targets, approved claims, marks, earlier results."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q

from zhenxing.assessment.choices import RoundState
from zhenxing.assessment.models import Claim, Mark, Rater, Round
from zhenxing.assessment.queries.events import events_named
from zhenxing.engine.schemes.facts import NO_TASK
from zhenxing.indicators.choices import TargetKind
from zhenxing.indicators.models import Target as Stored
from zhenxing.kernel.periods import Period

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from datetime import date
    from typing import Any

    from zhenxing.assessment.models import Scheme
    from zhenxing.assessment.queries.figures import Read
    from zhenxing.assessment.queries.rows import Event, Rating, Target
    from zhenxing.assessment.queries.subjects import Subject
    from zhenxing.engine import schemes
    from zhenxing.engine.facts import IndicatorDef

GROWTH = "_growth"
# Which of an indicator's targets `target(code)` means: the level, else what else was set.
ORDER = (TargetKind.VALUE, TargetKind.RANGE, TargetKind.GROWTH, TargetKind.RANK, TargetKind.GAP)
COLUMNS = (
    "unit__code", "indicator__code", "kind", "value", "masked", "no_task", "document", "version",
    "issued",
)  # fmt: skip
HIDDEN = "目标未公开（*）"
EARLIER = 8  # earlier results a scheme may look back on


def targets(
    read: Read, year: int, as_of: date, known: Collection[IndicatorDef], wanted: Collection[str]
) -> list[Target]:
    """Give the targets of the year that were in force on the day, in one order; one query."""
    stored = Stored.objects.filter(
        year=year,
        issued__lte=as_of,
        unit__code__in=list(read.stands),
        indicator__code__in=[each.code for each in known],
    ).order_by("issued", "version")
    latest: dict[tuple[str, str], dict[str, tuple[Any, ...]]] = {}
    for unit, code, kind, *rest in stored.values_list(*COLUMNS):
        latest.setdefault((unit, code), {})[kind] = tuple(rest)
    found: list[Target] = []
    for unit in read.stands:
        for each in known:
            kinds = latest.get((unit, each.code), {})
            for code, is_task in read.whom(unit, each.code):
                found += _lines(code, each.code, str(year), kinds if is_task else None, wanted)
    found.sort(key=lambda row: row[:3])
    return found


def _lines(
    unit: str,
    code: str,
    year: str,
    kinds: Mapping[str, tuple[Any, ...]] | None,
    wanted: Collection[str],
) -> Iterator[Target]:
    if kinds is None:  # a working group that is not charged with it
        if code in wanted:
            yield unit, code, year, None, "不归本专班", NO_TASK
        return
    main = next((kinds[kind] for kind in ORDER if kind in kinds), None)
    if main is not None and code in wanted:
        yield _line(unit, code, year, main)
    if TargetKind.GROWTH in kinds and f"{code}{GROWTH}" in wanted:
        yield _line(unit, f"{code}{GROWTH}", year, kinds[TargetKind.GROWTH])


def _line(unit: str, code: str, year: str, row: tuple[Any, ...]) -> Target:
    value, masked, no_task, document, version, _ = row
    lack = NO_TASK if no_task else HIDDEN if masked else ""
    return unit, code, year, None if lack else value, f"{document}第{version}版", lack


def events(scheme: schemes.Scheme, subjects: Iterable[Subject], as_of: date) -> list[Event]:
    """Give the claims that stood as approved on the day, those the scheme knows; one query."""
    claims = Claim.objects.known_on(as_of).filter(code__in=[each.code for each in subjects])
    rows = claims.order_by("number").values_list("number", "code", "event", "day", "amount")
    known = events_named(scheme)
    return [row for row in rows if row[2] in known]


def ratings(of: Round) -> list[Rating]:
    """Give what was handed in to panels that are closed, or where all have handed in; two queries.

    Raters are numbered inside their panel: who gave which mark is for the panel's own page.
    """
    waiting = Rater.objects.filter(panel=OuterRef("panel"), sheet__isnull=True)
    raters = (
        Rater.objects.filter(panel__round=of)
        .exclude(Q(panel__closed__isnull=True) & Exists(waiting))
        .filter(sheet__isnull=False)
        .order_by("panel__item", "pk")
    )
    seats = list(raters.values_list("pk", "panel__item", "rater_class", "recused"))
    latest: dict[tuple[int, str], str] = {}
    marks = Mark.objects.filter(rater__in=[seat[0] for seat in seats]).order_by("version")
    for rater, code, value in marks.values_list("rater", "code", "value"):
        latest[rater, code] = value
    numbers: dict[str, int] = {}
    found: list[Rating] = []
    for rater, item, rater_class, recused in seats:
        numbers[item] = numbers.get(item, 0) + 1
        found += [
            (code, item, f"评委{numbers[item]}", rater_class, value)
            for (of_rater, code), value in latest.items()
            if of_rater == rater and code not in recused
        ]
    found.sort()
    return found


def previous(scheme: Scheme, asked: Period) -> tuple[Mapping[str, Any], ...]:
    """Give what earlier published rounds of the scheme came to, the latest first; one query."""
    rounds = scheme.rounds.filter(state=RoundState.PUBLISHED).select_related("result")
    ended = [(Period.parse(each.period).last_day, each) for each in rounds]
    earlier = sorted(
        ((day, each) for day, each in ended if day < asked.last_day),
        key=lambda pair: pair[0],
        reverse=True,
    )
    return results_read([each.result.read() for _, each in earlier[:EARLIER] if each.result])


def others(called: Collection[str], period: str) -> tuple[Mapping[str, Any], ...]:
    """Give the results of other schemes that this one reads, for the same period; one query."""
    if not called:
        return ()
    rounds = (
        Round.objects.filter(period=period, result__isnull=False)
        .exclude(state=RoundState.REVOKED)
        .select_related("result")
        .order_by("pk")
    )
    results = [each.result.read() for each in rounds if each.result]
    return results_read([each for each in results if each["scheme"] in called])


def results_read(results: Sequence[Mapping[str, Any]]) -> tuple[Mapping[str, Any], ...]:
    """Keep of results what other scorings read of them: total, rank and grade of each unit."""
    return tuple(
        {
            "scheme": result["scheme"],
            "period": result["period"],
            "rows": [
                {name: row[name] for name in ("unit", "total", "rank", "grade")}
                for row in result["rows"]
            ],
        }
        for result in results
    )
