"""One reading: the paper at the left with its marks, what was read at the right, and its list."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render

from zhenxing.adoption import access, forms, registers, screens
from zhenxing.adoption.choices import READERS, ItemKind, Verdict
from zhenxing.adoption.queries import known, readings
from zhenxing.adoption.queries import papers as asking
from zhenxing.adoption.queries import places as where
from zhenxing.adoption.services.reading import ENCODINGS
from zhenxing.adoption.views import answers
from zhenxing.documents.models import Paper, PaperReading
from zhenxing.indicators.choices import Comparator
from zhenxing.indicators.models import Indicator
from zhenxing.indicators.queries.teaching import leads_for
from zhenxing.targets import queries as target_queries
from zhenxing.targets.choices import COUNTY_READERS
from zhenxing.web.policy import policy

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from django.http import HttpResponse

    from zhenxing.kernel.problems import Problem
    from zhenxing.targets.queries import Seats
    from zhenxing.web.http import Request


@dataclass(frozen=True)
class Kept:
    """What a person has just posted and must not lose: ticks, choices, the panel that was open."""

    problems: Sequence[Problem] = ()
    posted: Mapping[str, str] = field(default_factory=dict)
    picks: Collection[int] | None = None
    choices: Mapping[int, str] | None = None
    edit: int = 0


@policy("adoption.reading", READERS)
def one(request: Request, key: int) -> HttpResponse:
    """Show a paper with what was read in it, what is doubtful first."""
    paper = paper_of(request, key)
    if readings.latest(paper) is None:
        return redirect("adoption:progress", key=key)
    return show(request, paper, Kept(edit=forms.whole(request.GET.get("edit", ""))))


@policy("adoption.sheet", READERS)
def sheet(request: Request, key: int) -> HttpResponse:
    """Give what was read in a paper as a workbook."""
    paper = paper_of(request, key)
    page = readings.page(reading_of(request, paper))
    drawn = screens.screen(page, {}, {})
    title = paper.title[:60]
    content = registers.items(title, drawn.lines, request.moment)
    return answers.workbook(content, f"{title}读出的事.xlsx")


def paper_of(request: Request, key: int) -> Paper:
    """Give a paper the person may read, else 404."""
    rows = Paper.objects.visible_to(request.scope).select_related("unit", "about", "file")
    return get_object_or_404(rows, pk=key)


def reading_of(request: Request, paper: Paper) -> PaperReading:
    """Give the version of a paper's reading that is asked for, the newest unless one is named."""
    wanted = forms.whole(request.GET.get("version", ""))
    if wanted:
        return get_object_or_404(paper.readings, version=wanted)
    newest = readings.latest(paper)
    if newest is None:
        raise Http404
    return newest


def show(request: Request, paper: Paper, kept: Kept) -> HttpResponse:
    """Draw a reading's page with what was just posted still on it."""
    reading, today = reading_of(request, paper), request.moment.business_date
    page = readings.page(reading)
    state, sort = request.GET.get("state", ""), request.GET.get("kind", "")
    dictionary = list(Indicator.objects.values_list("code", "name"))
    asked = screens.Asked(
        state=state if state in Verdict.values else "",
        sort=sort if sort in ItemKind.values else "",
        picks=kept.picks,
        choices=kept.choices,
    )
    drawn = screens.screen(page, known.of(page.items, today), dict(dictionary), asked)
    seats = target_queries.seats(request.scope, today)
    versions = list(paper.readings.order_by("-version").values_list("version", flat=True))
    context: dict[str, Any] = {
        "here": "reading", "paper": paper, "reading": reading, "page": page, "drawn": drawn,
        "state": state,
        "sort": sort, "versions": versions, "problems": kept.problems, "posted": kept.posted,
        "main_year": str(reading.year or paper.year or ""),
        "states": [(key, word, page.counts[key]) for key, word in Verdict.choices],
        "indicators": dictionary, "encodings": ENCODINGS.items(),
        **_may(request, paper, reading, seats, versions[0]),
        **_edited(request, drawn, kept),
        "placed": _placed(request, drawn),
    }  # fmt: skip
    status = answers.UNPROCESSABLE if kept.problems else 200
    return render(request, "adoption/reading.html", context, status=status)


def _may(
    request: Request, paper: Paper, reading: PaperReading, seats: Seats, newest: int
) -> dict[str, Any]:
    """Say what the person may do about a reading, with the draft issues that wait for lines."""
    is_newest = reading.version == newest
    places = is_newest and access.places_targets(seats)
    return {
        "is_newest": is_newest,
        "may_decide": is_newest and asking.may_decide(paper, seats),
        "may_place": places,
        "issues": where.drafts(request.scope) if places else [],
        "returns": where.returns(request.scope, request.moment.business_date) if is_newest else [],
        "kinds": [each for each in ItemKind.choices if each[0] != ItemKind.PROBLEM],
    }


def _edited(request: Request, drawn: screens.Screen, kept: Kept) -> dict[str, Any]:
    """Give the line whose panel is open, with the choices of its fields."""
    line = next((each for each in drawn.lines if each.item.pk == kept.edit), None)
    if line is None:
        return {"edit": None}
    return {
        "edit": line,
        "comparators": Comparator.choices,
        "may_teach": bool(leads_for(request.scope, request.moment.business_date)),
        "units": asking.abouts_for(request.scope, request.moment.business_date),
        "signs": screens.SIGNS,
    }


def _placed(request: Request, drawn: screens.Screen) -> list[tuple[screens.Line, where.Placed]]:
    """Give where each thing went, with the address as far as the person may open it."""
    pairs = [(line, each) for line in drawn.placed for each in line.placements]
    opens = request.scope.has(*COUNTY_READERS)
    told = where.placed([each for _, each in pairs], request.scope, opens_issues=opens)
    return [(line, each) for (line, _), each in zip(pairs, told, strict=True)]
