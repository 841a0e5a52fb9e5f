"""A pack without its numbers: the frame of a county, for another one to fill."""

from __future__ import annotations

import re
from dataclasses import replace

from zhenxing.packs.folders import is_carried
from zhenxing.packs.pack import Pack
from zhenxing.packs.sections.county import Town

NUMBERS = re.compile(r"(?:figures|targets|results)/|calls\.yaml|demo\.yaml")


def without_figures(pack: Pack) -> Pack:
    """Keep units, groups, people, dictionary, lamps and calendar, and nothing that is a number.

    Issued schemes go too: another county's document stands for nothing here.
    """
    towns = tuple(_bare(town) for town in pack.units.towns)
    kept = {
        name: data
        for name, data in pack.bytes_of.items()
        if not NUMBERS.match(name) and not is_carried(name)
    }
    return replace(
        pack,
        header=replace(pack.header, demo=False, business_date=None, note=""),
        units=replace(pack.units, towns=towns),
        people=tuple(replace(each, demo=False, demo_order=None) for each in pack.people),
        targets=(),
        results=(),
        figures=(),
        growths=(),
        totals=(),
        history=(),
        calls=(),
        schemes=(),
        demo=replace(pack.demo, submissions=()),
        bytes_of=kept,
    )


def _bare(town: Town) -> Town:
    """Keep of a town's profiles the class alone, by which it is ranked."""
    last = town.profiles[-1]
    blank = dict.fromkeys(
        (
            "people", "households", "area_km2", "cultivated_mu", "paddy_mu", "dryland_mu",
            "forest_mu", "villages", "village_groups", "distance_km",
        )
    )  # fmt: skip
    return replace(town, profiles=(replace(last, note="", **blank),))  # type: ignore[arg-type]  # each of them may be None
