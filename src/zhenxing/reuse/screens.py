"""What the pages of the office forms show, put together for their templates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from zhenxing.documents.services import position
from zhenxing.indicators.models import Indicator
from zhenxing.organisation.choices import UnitKind
from zhenxing.reuse import access, matching, queries
from zhenxing.reuse.drawing import Drawn, drawn
from zhenxing.reuse.forms import CellForm, SendingForm

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from django.http import QueryDict

    from zhenxing.documents.services import Look, SheetLook
    from zhenxing.kernel.moments import Moment
    from zhenxing.reuse.models import Mapped, Sent, Template
    from zhenxing.reuse.queries import Compared, Difference, FilledCell, Filling
    from zhenxing.web.scope import Scope

MOST_SUGGESTED = 60


@dataclass(frozen=True)
class Line:
    """A filled cell beside what was sent last."""

    cell: FilledCell
    difference: Difference | None
    before: str


@dataclass(frozen=True)
class SentLine:
    """A cell as it went out, beside what the form holds now."""

    place: str
    said: Mapping[str, str]
    now: str


@dataclass(frozen=True)
class Proposal:
    """A suggestion with the words of what it names, and its form values."""

    suggestion: matching.Suggestion
    indicator: str
    unit: str
    value: str

    @property
    def percent(self) -> int:
        """How alike, of a hundred."""
        return int(self.suggestion.likeness * 100)


def frame(template: Template, scope: Scope, moment: Moment) -> dict[str, Any]:
    """Give what every page of a form shows."""
    return {
        "here": "reuse",
        "town": template.unit if template.unit.kind == UnitKind.TOWN else None,
        "template": template,
        "state": template.state(moment.business_date),
        "is_expired": template.is_expired(moment.business_date),
        "may_keep": access.may_keep(scope, template.unit) and template.stopped is None,
    }


def filling_of(
    template: Template, filling: Filling, compared: Compared | None, look: Look
) -> dict[str, Any]:
    """Show a form filled for a month: every value, every blank with its reason, what changed."""
    before = compared.sent.values if compared else {}
    differences = compared.differences if compared else {}
    lines = [
        Line(cell, differences.get(cell.place), before.get(cell.place, {}).get("shown", ""))
        for cell in filling.cells
    ]
    gone = [each for place, each in differences.items() if place not in filling.snapshot]
    return {
        "filling": filling,
        "lines": [line for line in lines if not line.cell.is_blank],
        "blanks": [line for line in lines if line.cell.is_blank],
        "compared": compared,
        "gone": gone,
        "pictures": [_picture(page, filling) for page in look.sheets if not page.hidden],
        "sendings": template.sendings.select_related("file"),
        "sending": SendingForm(
            initial={
                "office": template.office,
                "seen": filling.digest,
                "period": str(filling.month),
            }
        ),
    }


def sent_of(sent: Sent, now: Filling) -> dict[str, Any]:
    """Show what went out, and which of its cells would be others today."""
    moved = queries.differences(sent.values, now.snapshot)
    return {
        "sent": sent,
        "lines": [
            SentLine(place, said, moved[place].after if place in moved else "")
            for place, said in sent.values.items()
        ],
        "moved": len(moved),
    }


def cells_of(
    template: Template, look: Look, asked: QueryDict, day: date, form: CellForm | None = None
) -> dict[str, Any]:
    """Show a sheet to be mapped: its picture, the form of the chosen cell, suggestions."""
    cells = queries.cells_of(template)
    page = look.sheet(asked.get("sheet", "")) or _first(look)
    here = chosen(page, asked.get("cell", ""))
    says = {c.cell: (c.words, c.brief) for c in cells if c.sheet == page.name}
    known, units = _known(template), _units(template, day)
    held = next((c for c in cells if (c.sheet, c.cell) == (page.name, here)), None)
    proposals = _proposals(template, page, known, units, says)
    return {
        "look": look,
        "page": page,
        "chosen": here,
        "held": held,
        "cells": cells,
        "picture": drawn(page, says=says, here=here),
        "form": form or cell_form(template, day, initial=_initial(page, here, held, proposals)),
        "proposals": proposals[:MOST_SUGGESTED],
    }


def cell_form(
    template: Template,
    day: date,
    data: QueryDict | None = None,
    initial: dict[str, Any] | None = None,
) -> CellForm:
    """Give the form of one cell with the indicators and units the form may take."""
    return CellForm(
        data,
        initial=initial or {},
        indicators=[(each.code, f"{each.name}（{each.measure}）") for each in _known(template)],
        units=_units(template, day),
    )


def chosen(page: SheetLook, cell: str) -> str:
    """Give the cell that is meant: the first of a merged range, nothing for what is no cell."""
    try:
        where = page.anchor(cell.strip().upper())
    except ValueError:
        return ""
    row, column = position(where)
    return where if row <= page.size[0] and column <= page.size[1] else ""


def proposal_value(said: matching.Suggestion) -> str:
    """Write a suggestion so that a tick sends it back whole."""
    parts = (said.cell, said.item, said.rule, said.indicator, said.unit, said.measure)
    return "|".join(parts)


def _initial(
    page: SheetLook, here: str, held: Mapped | None, proposals: list[Proposal]
) -> dict[str, Any]:
    """Begin with what the cell takes, else with what it seems to ask for."""
    first: dict[str, Any] = {"sheet": page.name, "cell": here}
    if held is not None:
        names = ("item", "rule", "measure", "decimals")
        codes = {
            "indicator": held.indicator.code if held.indicator else "",
            "unit": held.unit.code if held.unit else "",
        }
        return first | codes | {name: getattr(held, name) for name in names}
    said = next((p.suggestion for p in proposals if p.suggestion.cell == here), None)
    if said is None:
        return first
    parts = ("item", "rule", "indicator", "unit", "measure")
    return first | {part: getattr(said, part) for part in parts}


def _proposals(
    template: Template,
    page: SheetLook,
    known: list[matching.Known],
    units: list[tuple[str, str]],
    says: Iterable[str],
) -> list[Proposal]:
    names, places = {each.code: each.name for each in known}, dict(units)
    own = template.unit.code if template.unit.code in places else ""
    found = matching.suggestions(page, known, units, own=own, taken=says)
    return [
        Proposal(each, names[each.indicator], places.get(each.unit, ""), proposal_value(each))
        for each in found
        if each.unit
    ]


def _known(template: Template) -> list[matching.Known]:
    codes = queries.readable_codes(template.unit)
    rows = Indicator.objects.values_list("code", "name", "measure")
    return [matching.Known(*row) for row in rows if codes is None or row[0] in codes]


def _units(template: Template, day: date) -> list[tuple[str, str]]:
    return list(queries.open_units(template.unit, day).values_list("code", "name"))


def _picture(page: SheetLook, filling: Filling) -> Drawn:
    own = [cell for cell in filling.cells if cell.mapped.sheet == page.name]
    return drawn(
        page,
        says={cell.mapped.cell: (cell.mapped.words, cell.mapped.brief) for cell in own},
        values={cell.mapped.cell: cell.written.shown or "空" for cell in own},
    )


def _first(look: Look) -> SheetLook:
    return next((page for page in look.sheets if not page.hidden), look.sheets[0])
