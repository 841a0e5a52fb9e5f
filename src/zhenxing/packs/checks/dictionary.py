"""Indicators, their release calendars, and the lamp rules that name them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from zhenxing.engine.lamps import load_rules
from zhenxing.engine.releases import read_release
from zhenxing.organisation.choices import UnitKind
from zhenxing.packs.checks.index import Index, note_repeats
from zhenxing.packs.places import Place
from zhenxing.packs.reading import BUILT_IN_CURVES, pass_on
from zhenxing.packs.sections.dictionary import Indicator, Release

LAMPS = "lamps.yaml"
# The closing months of each frequency; a harvest may close in any.
CLOSING = {"month": range(1, 13), "quarter": (3, 6, 9, 12), "half": (6, 12), "year": (12,)}


def check_indicators(index: Index) -> None:
    """Codes, fields, departments, curves and calendars exist; parts belong to a whole."""
    dictionary, findings = index.pack.dictionary, index.findings
    each = dictionary.indicators
    note_repeats(findings, ((field.code, field.at("code")) for field in dictionary.fields), "领域")
    note_repeats(findings, ((one.code, one.at("code")) for one in each), "指标编码")
    note_repeats(findings, _names(each), "指标名称或别名")
    orders = ((str(one.headline), one.at("headline")) for one in each if one.headline)
    note_repeats(findings, orders, "热力表次序")
    for one in each:
        _check_references(one, index)
        _check_whole(one, index)
        _check_release(one.release, index)
        _check_sense(one, index)


def _names(each: Iterable[Indicator]) -> Iterator[tuple[str, Place]]:
    """Give every name an indicator goes by: what names two says nothing."""
    for one in each:
        yield one.name, one.at("name")
        for number, name in enumerate(one.synonyms):
            yield name, one.at(f"synonyms.{number}")


def check_lamps(index: Index) -> None:
    """Pass on what the engine finds in the rules, and note indicators that do not exist."""
    if LAMPS in index.pack.unread:
        return
    text = index.pack.lamps.text
    book, problems = load_rules(text, LAMPS)
    pass_on(index.findings, problems)
    lines = text.splitlines()
    for rules in book.sets:
        for code in sorted(rules.indicators):
            line = next((n for n, written in enumerate(lines, 1) if code in written), 0)
            index.has_indicator(Place(LAMPS, line), code)


def _check_references(one: Indicator, index: Index) -> None:
    fields = {field.code for field in index.pack.dictionary.fields}
    sure = all(field.sound("code") for field in index.pack.dictionary.fields)
    if sure and one.sound("field") and one.field not in fields:
        index.findings.unknown(one.at("field"), "领域", one.field, fields, "fields")
    if one.sound("lead"):
        index.has_unit(one.at("lead"), one.lead, UnitKind.DEPARTMENT)
    curves = [*BUILT_IN_CURVES, *(curve.id for curve in index.pack.curves)]
    if one.curve is not None and one.curve not in curves and "curves.yaml" not in index.unsure:
        index.findings.unknown(one.at("curve"), "曲线", one.curve, curves, "curves.yaml")
    for number, code in enumerate(one.leading):
        index.has_indicator(one.at(f"leading.{number}"), code)


def _check_whole(one: Indicator, index: Index) -> None:
    if one.parts_of is None or not index.has_indicator(one.at("parts_of"), one.parts_of):
        return
    place = one.at("parts_of")
    whole = index.indicators[one.parts_of]
    if one.code in _wholes_above(whole, index):
        index.findings.add(place, f"「{one.code}」成了自己的其中项", "改成包含它的那个指标")
    elif one.sound("measure") and whole.sound("measure") and one.measure != whole.measure:
        index.findings.add(
            place,
            f"计量单位「{one.measure}」与整体「{whole.name}」的「{whole.measure}」不同",
            "改用同一个计量单位",
        )
    elif one.sound("reading") and whole.sound("reading") and one.reading != whole.reading:
        index.findings.add(place, f"月度数口径与整体「{whole.name}」不同", "改用同一个 reading")


def _wholes_above(one: Indicator, index: Index) -> set[str]:
    above: set[str] = set()
    current: Indicator | None = one
    while current is not None and current.code not in above:
        above.add(current.code)
        current = index.indicators.get(current.parts_of or "")
    return above


def _check_release(release: Release, index: Index) -> None:
    if release.spoiled:
        return
    _, problems = read_release(release.stored(), str(release.place))
    for problem in problems:
        index.findings.add(release.place, problem.what, problem.next.removeprefix("请"))
    possible = CLOSING.get(release.frequency, range(1, 13))
    for number, month in enumerate(release.months):
        if month not in possible:
            words = "、".join(map(str, possible))
            index.findings.add(
                release.at(f"months.{number}"),
                f"{release.frequency} 的指标没有截至{month}月的数",
                f"只写{words}之中的月份",
            )
    for period in release.fixed:
        _check_fixed(release, period, index)


def _check_fixed(release: Release, period: str, index: Index) -> None:
    calendar, _ = read_release(release.stored(), "")
    if calendar is None:
        return
    known = [str(each) for each in calendar.periods(int(period[:4]))]
    if period not in known:
        what = f"按这个发布日历没有{period}的数"
        index.findings.add(release.at(f"fixed.{period}"), what, f"写{'、'.join(known)}之一")


def _check_sense(one: Indicator, index: Index) -> None:
    if one.sound("kind", "reading") and one.kind != "flow" and one.reading == "current":
        index.findings.add(one.at("reading"), "存量和比率没有当期数", "改成 as_is 或 cumulative")
    bounds = one.plausible
    if bounds and bounds.low is not None and bounds.high is not None and bounds.low > bounds.high:
        index.findings.add(bounds.at("low"), "合理下限大于上限", "核对两个数")
    if one.code in one.leading:
        index.findings.add(one.at("leading"), "先行指标里有自己", "删去自己")
