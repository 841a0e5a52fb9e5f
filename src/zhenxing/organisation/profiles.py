"""A unit's profile as rows beside each other, and where its own arithmetic does not hold."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from zhenxing.kernel import wording

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zhenxing.organisation.models import UnitProfile

NOTHING = "—"


@dataclass(frozen=True)
class Line:
    """One thing known of a unit: its name, its measure, and its value in each profile."""

    name: str
    measure: str
    values: tuple[str, ...]


_LINES = (
    ("town_class", "类别", ""),
    ("people", "人口", "人"),
    ("households", "户数", "户"),
    ("area_km2", "面积", "平方公里"),
    ("cultivated_mu", "耕地", "亩"),
    ("paddy_mu", "其中水田", "亩"),
    ("dryland_mu", "其中旱地", "亩"),
    ("forest_mu", "林地", "亩"),
    ("villages", "行政村", "个"),
    ("village_groups", "村民小组", "个"),
    ("terrain", "地形", ""),
    ("distance_km", "距县城", "公里"),
)


def lines(profiles: Sequence[UnitProfile]) -> list[Line]:
    """Set the profiles side by side; a line nothing is known of is left out."""
    found = [
        Line(name, measure, tuple(_shown(getattr(profile, field)) for profile in profiles))
        for field, name, measure in _LINES
    ]
    return [line for line in found if set(line.values) != {NOTHING}]


def doubts(profile: UnitProfile) -> list[str]:
    """Say where a profile's figures do not fit each other; they stay as the source has them."""
    return [doubt for doubt in (_of_land(profile), _of_area(profile), _of_people(profile)) if doubt]


def _of_land(profile: UnitProfile) -> str:
    whole, paddy, dry = profile.cultivated_mu, profile.paddy_mu, profile.dryland_mu
    if whole is None or paddy is None or dry is None or paddy + dry == whole:
        return ""
    both = wording.number(paddy + dry)
    return (
        f"水田{wording.number(paddy)}亩与旱地{wording.number(dry)}亩合计{both}亩，"
        f"与耕地{wording.number(whole)}亩差{wording.number(abs(whole - paddy - dry))}亩；"
        "按来源原样列出，请与来源核对。"
    )


def _of_area(profile: UnitProfile) -> str:
    """Hold land against area: one square kilometre is 1,500 亩."""
    area, land = profile.area_km2, (profile.cultivated_mu or 0) + (profile.forest_mu or 0)
    if area is None or not land or land <= area * 1500:
        return ""
    return (
        f"耕地与林地合计{wording.number(Decimal(land))}亩，超过总面积{wording.number(area)}平方公里"
        f"（折{wording.number(area * 1500)}亩）；按来源原样列出，请与来源核对。"
    )


def _of_people(profile: UnitProfile) -> str:
    if profile.people is None or profile.households is None or profile.households <= profile.people:
        return ""
    return (
        f"户数{wording.number(Decimal(profile.households))}多于人口"
        f"{wording.number(Decimal(profile.people))}；按来源原样列出，请与来源核对。"
    )


def _shown(value: Decimal | int | str | None) -> str:
    if value is None or value == "":
        return NOTHING
    return value if isinstance(value, str) else wording.number(Decimal(value))
