"""What a further import may bring into a site at work: past years' figures it does not hold."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from zhenxing.indicators.choices import StandingChoice
from zhenxing.kernel.problems import Problem
from zhenxing.packs.arrivals import Arrival, arrivals
from zhenxing.packs.pack import Pack
from zhenxing.packs.places import Place
from zhenxing.packs.sections.numbers import Told

About = tuple[str, str, str]


def new_arrivals(pack: Pack, site: Pack, today: date) -> tuple[list[Arrival], list[Problem]]:
    """Give the figures to bring in, or every reason why not.

    Figures that the site holds with the same value are passed over.
    """
    problems = _against_county(pack, site)
    held = _held(site)
    units = {unit.code for unit in site.units.all}
    codes = {each.code for each in site.dictionary.indicators}
    new: list[Arrival] = []
    for arrival in arrivals(pack):
        told = arrival.told
        known = held.get(told.about)
        if known is not None:
            problems += _against_change(arrival, known)
        elif told.unit not in units or told.indicator not in codes:
            what = f"本站没有单位「{told.unit}」或指标「{told.indicator}」"
            problems.append(Problem(str(told.place), what, "请删去这一行，或核对编码"))
        elif int(told.period[:4]) >= today.year:
            problems.append(_current(told.place, told.period))
        elif arrival.standing != StandingChoice.IMPORTED:
            what = f"往年的数只能作为初始导入，这一条是「{arrival.standing}」"
            problems.append(Problem(str(told.place), what, "请写进年度表，不写进历次数值"))
        else:
            new.append(arrival)
    if not new and not problems:
        problems.append(Problem(pack.header.name, "没有本站还没有的往年的数", "请核对文件夹"))
    return new, problems


def _held(site: Pack) -> Mapping[About, Told]:
    """Give what the site holds: tables and totals, and histories of what is not in a table."""
    held = {told.about: told for told in (*site.figures, *site.totals)}
    for line in site.history:
        held.setdefault(line.told.about, line.told)
    return held


def _against_county(pack: Pack, site: Pack) -> list[Problem]:
    if pack.header.county == site.header.county:
        return []
    return [
        Problem(
            "pack.yaml",
            f"文件写的是「{pack.header.county}」，本站是「{site.header.county}」（{site.header.name}）",
            "请核对是不是这个县的文件",
        )
    ]


def _against_change(arrival: Arrival, known: Told) -> list[Problem]:
    told = arrival.told
    if told.value == known.value or arrival.standing != StandingChoice.IMPORTED:
        return []
    return [
        Problem(
            str(told.place),
            f"{told.cell}格与本站已有的{told.unit}「{told.indicator}」{told.period}不同，导入不改已有的数",
            "请改成一致，或走更正单",
        )
    ]


def _current(place: Place, period: str) -> Problem:
    return Problem(
        str(place),
        f"{period}是本年的数，不能作为初始导入",
        "请由填报、核定或更正单进入",
    )
