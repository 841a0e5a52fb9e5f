"""Who a scheme assesses on a day, with what is known of each: class, people, land, group."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from zhenxing.assessment.choices import ApplicationState, RoundState, SchemeKind, Subjects
from zhenxing.assessment.models import Application, Pilot
from zhenxing.organisation import queries as organisation_queries
from zhenxing.organisation.choices import UnitKind
from zhenxing.organisation.models import Unit, UnitProfile, WorkingGroup

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from zhenxing.assessment.models import Scheme

# What a scheme may call a unit's attribute beside `class`, and the profile's column.
PROFILE = (
    "people", "households", "area_km2", "cultivated_mu", "paddy_mu", "dryland_mu", "forest_mu",
    "villages", "village_groups", "terrain", "distance_km",
)  # fmt: skip
KINDS = {UnitKind.VILLAGE: "村", UnitKind.OFFICE: "站所"}


@dataclass(frozen=True)
class Subject:
    """One who is assessed: `code` is its key in facts and results, `unit` where it belongs.

    `unit` is the unit itself, or a working group's town; `town` is the code of the town it is or
    lies in, `above` the unit whose figures `at(…, parent)` means. Attributes are texts, as the
    scheme language reads them; a blank one is not known.
    """

    code: str
    name: str
    unit: Unit
    town: str
    above: str
    attributes: Mapping[str, str] = field(default_factory=dict)
    is_group: bool = False

    @property
    def own(self) -> Unit | None:
        """The unit it is; None for a working group."""
        return None if self.is_group else self.unit


def subjects_of(scheme: Scheme, day: date) -> list[Subject]:
    """Give who the scheme assesses on the day, in the county's order; at most four queries."""
    return _WHO[Subjects(scheme.subjects)](scheme, day)


def _towns(scheme: Scheme, day: date) -> list[Subject]:
    towns = organisation_queries.towns_on(day)
    if not scheme.is_countys:  # the town itself, as the level above assesses it
        towns = towns.filter(code=scheme.owner.code)
    subjects = _described(list(towns.select_related("parent")), day)
    return _applicants(scheme, subjects) if scheme.kind == SchemeKind.PILOT_SELECTION else subjects


def _applicants(scheme: Scheme, subjects: list[Subject]) -> list[Subject]:
    """Keep the towns that applied in the latest selection, with the category they applied for.

    All of them where none has applied yet: a selection may also be held on paper.
    """
    latest = scheme.rounds.exclude(state=RoundState.REVOKED).order_by("-opened", "-pk").first()
    filed = Application.objects.filter(round=latest, state=ApplicationState.FILED)
    category = {each.unit_id: each.get_category_display() for each in filed} if latest else {}
    if not category:
        return subjects
    return [
        replace(
            each,
            attributes={**each.attributes, "category": category[each.unit.pk], "applied": "1"},
        )
        for each in subjects
        if each.unit.pk in category
    ]


def _pilots(scheme: Scheme, day: date) -> list[Subject]:
    pilots = Pilot.objects.on(day).select_related("unit__parent").order_by("unit__position")
    rows = {pilot.unit.code: pilot for pilot in pilots}
    subjects = _described([pilot.unit for pilot in rows.values()], day)
    return [
        Subject(
            each.code,
            each.name,
            each.unit,
            each.town,
            each.above,
            {**each.attributes, "category": rows[each.code].get_category_display()},
        )
        for each in subjects
    ]


def _villages(scheme: Scheme, day: date) -> list[Subject]:
    small = Unit.objects.of_kind(UnitKind.VILLAGE, UnitKind.OFFICE).open_on(day)
    if not scheme.is_countys:
        small = small.filter(parent=scheme.owner_id)
    return _described(list(small.select_related("parent")), day)


def _groups(scheme: Scheme, day: date) -> list[Subject]:
    groups = WorkingGroup.objects.open_on(day).select_related("unit__parent")
    if not scheme.is_countys:
        groups = groups.filter(unit=scheme.owner_id)
    return [
        Subject(
            group.code,
            group.name,
            group.unit,
            group.unit.code,
            group.unit.code,
            {"class": "专班", "key": group.key},
            is_group=True,
        )
        for group in groups
    ]


_WHO: dict[Subjects, Callable[[Scheme, date], list[Subject]]] = {
    Subjects.TOWNS: _towns,
    Subjects.VILLAGES: _villages,
    Subjects.GROUPS: _groups,
    Subjects.PILOTS: _pilots,
}


def _described(units: list[Unit], day: date) -> list[Subject]:
    """Give units with their class and profile as of the day."""
    classes = organisation_queries.classes_on(day)
    profiles = organisation_queries.profiles_on(day)
    return [
        Subject(
            unit.code,
            unit.name,
            unit,
            unit.town_code or unit.code,
            unit.parent.code if unit.parent else "",
            {
                "class": KINDS.get(UnitKind(unit.kind)) or classes.get(unit.code, ""),
                **_profile(profiles.get(unit.pk)),
            },
        )
        for unit in units
    ]


def _profile(profile: UnitProfile | None) -> dict[str, str]:
    return {name: _text(getattr(profile, name, None)) for name in PROFILE}


def _text(value: Decimal | int | str | None) -> str:
    if value is None:
        return ""
    return plain(value) if isinstance(value, Decimal) else str(value)


def plain(value: Decimal) -> str:
    """Write a number in full, without the zeros that a database adds.

    >>> plain(Decimal("9800.000")), plain(Decimal("1E+3")), plain(Decimal("0.50"))
    ('9800', '1000', '0.5')
    """
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
