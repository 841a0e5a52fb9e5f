"""Header, units and their profiles."""

from __future__ import annotations

from collections import Counter
from datetime import date
from decimal import Decimal

from zhenxing.kernel.quantities import convert, measure
from zhenxing.organisation.choices import UnitKind
from zhenxing.packs.checks.index import Index, note_repeats
from zhenxing.packs.places import Findings, nearest
from zhenxing.packs.sections.county import Header, Part, Profile, Town

ENOUGH_TO_RANK = 2


def check_header(index: Index) -> None:
    """Only a demo moves its date, and the county is the one in units.yaml."""
    header, findings = index.pack.header, index.findings
    _check_date(header, findings)
    county = index.pack.units.county
    if header.sound("county") and county.sound("code") and header.county != county.code:
        findings.add(
            header.at("county"),
            f"县的编码「{header.county}」与 {county.at('code')} 的「{county.code}」不同",
            "改成同一个编码",
        )


def check_units(index: Index) -> None:
    """Codes are unique, parts lie in a town and carry its code, dates are in order."""
    units, findings = index.pack.units, index.findings
    note_repeats(findings, ((unit.code, unit.at("code")) for unit in units.all), "单位编码")
    note_repeats(findings, ((town.name, town.at("name")) for town in units.towns), "镇名")
    for unit in units.all:
        if unit.opened and unit.closed and unit.closed <= unit.opened:
            findings.add(unit.at("closed"), "撤销不晚于设立", "核对两个日期")
        if isinstance(unit, Part):
            _check_part(unit, index)
    if units.sound("towns") and not units.towns:
        findings.add(units.at("towns"), "一个镇也没有", "至少写一个镇")
    for town in units.towns:
        _check_profiles(town, index)
    _check_classes(units.towns, findings)


def _check_date(header: Header, findings: Findings) -> None:
    if not header.sound("demo", "business_date"):
        return
    if header.demo and header.business_date is None:
        findings.add(header.place, "演示县缺「business_date」", "补上演示站的业务日期")
    if not header.demo and header.business_date is not None:
        findings.add(
            header.at("business_date"), "只有演示县能定业务日期", "删去这一项，或写 demo: true"
        )


def _check_part(part: Part, index: Index) -> None:
    if not part.sound("parent", "code"):
        return
    if not index.has_unit(part.at("parent"), part.parent, UnitKind.TOWN):
        return
    if not part.code.startswith(f"{part.parent}-"):
        index.findings.add(
            part.at("code"),
            f"「{part.code}」的编码不以所在镇「{part.parent}-」开头",
            f"改成「{part.parent}-…」",
        )


def _check_profiles(town: Town, index: Index) -> None:
    findings = index.findings
    if town.sound("profiles") and not town.profiles:
        findings.add(town.at("profiles"), f"{town.name}没有概况", "至少写一条，注明 as_of 日期")
    earlier: date | None = None
    for profile in town.profiles:
        if profile.sound("as_of"):
            place = profile.at("as_of")
            if earlier is not None and profile.as_of <= earlier:
                findings.add(place, f"概况日期不晚于上一条的{earlier}", "按日期从早到晚写")
            if profile.as_of > index.today:
                findings.add(place, f"概况日期晚于业务日期{index.today}", "删去这一条或核对日期")
            earlier = profile.as_of
        _check_land(profile, findings)


def _check_land(profile: Profile, findings: Findings) -> None:
    whole, paddy, dry = profile.cultivated_mu, profile.paddy_mu, profile.dryland_mu
    if whole is not None and paddy is not None and dry is not None:
        if paddy + dry > whole:
            findings.add(
                profile.at("cultivated_mu"),
                f"水田{paddy}亩加旱地{dry}亩大于耕地{whole}亩",
                "核对三个数，部分不能大于整体",
            )
        elif paddy + dry < whole:
            findings.warn(
                profile.at("cultivated_mu"),
                f"水田{paddy}亩加旱地{dry}亩为{paddy + dry}亩，少于耕地{whole}亩",
                "核对；原文如此的在 note 里说明",
            )
    land = (whole or Decimal(0)) + (profile.forest_mu or Decimal(0))
    if profile.area_km2 is not None:
        area = convert(profile.area_km2, measure("平方公里"), measure("亩"))
        if land > area:
            findings.add(
                profile.at("area_km2"),
                f"耕地加林地{land}亩大于总面积{profile.area_km2}平方公里（{area:f}亩）",
                "核对计量单位，部分不能大于整体",
            )


def _check_classes(towns: tuple[Town, ...], findings: Findings) -> None:
    """A town has one class at a time, and a class of one ranks nobody."""
    counted = Counter(town.town_class for town in towns if town.sound("town_class"))
    for town in towns:
        latest = town.profiles[-1] if town.profiles else None
        if latest and latest.town_class and latest.town_class != town.town_class:
            findings.add(
                latest.at("town_class"),
                f"{town.name}有两个类别：「{town.town_class}」和最近概况的「{latest.town_class}」",
                "最近一条概况的 class 与镇的一致，或删去",
            )
        if town.sound("town_class") and counted[town.town_class] < ENOUGH_TO_RANK < len(towns):
            near = nearest(town.town_class, [name for name in counted if name != town.town_class])
            advice = f"改成{near}，或确认这一类只有一个镇" if near else "确认这一类只有一个镇"
            what = f"「{town.town_class}」类只有{town.name}一个镇，排不出名次"
            findings.warn(town.at("town_class"), what, advice)
