"""Labels, lines of responsibility and quotas of grades."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

from zhenxing.organisation.choices import UnitKind
from zhenxing.packs.checks.index import Index, note_repeats

if TYPE_CHECKING:
    from zhenxing.packs.places import Place
    from zhenxing.packs.sections.answers import Answer

WHOLE = 100


def check_labels(index: Index) -> None:
    """Codes are unique; indicators and lead departments exist."""
    labels, findings = index.pack.labels, index.findings
    note_repeats(findings, ((each.code, each.at("code")) for each in labels), "标签编码")
    note_repeats(findings, ((each.name, each.at("name")) for each in labels), "标签")
    for each in labels:
        if each.lead is not None:
            index.has_unit(each.at("lead"), each.lead, UnitKind.DEPARTMENT, UnitKind.COUNTY)
        places = [(code, each.at(f"indicators.{n}")) for n, code in enumerate(each.indicators)]
        note_repeats(findings, places, "标签里的指标")
        for code, place in places:
            index.has_indicator(place, code)


def check_answers(index: Index) -> None:
    """Units, people, groups and indicators exist; no two lines hold on one day."""
    said: dict[tuple[str, str], list[tuple[date, date, Place]]] = {}
    for each in index.pack.responsibility:
        _check_answer(each, index)
        if not each.sound("unit", "since", "until"):
            continue
        for number, code in enumerate(each.indicators):
            span = (each.since, each.until or date.max, each.at(f"indicators.{number}"))
            said.setdefault((each.unit, code), []).append(span)
    for (unit, code), spans in said.items():
        for before, after in pairwise(sorted(spans, key=lambda span: span[:2])):
            if after[0] <= before[1]:
                what = f"{unit}的「{code}」同一天有两条责任人，另一条在 {before[2]}"
                index.findings.add(after[2], what, "写清起止日期，前一条止于后一条的前一天")


def check_quotas(index: Index) -> None:
    """A grade has one quota, between nought and a hundred percent."""
    quotas, findings = index.pack.grades, index.findings
    note_repeats(findings, ((each.grade, each.at("grade")) for each in quotas), "等次")
    for each in quotas:
        if each.sound("share") and not 0 < each.share <= WHOLE:
            findings.add(each.at("share"), f"名额{each.share}%不在0—100之间", "写百分数，如 30")


def _check_answer(each: Answer, index: Index) -> None:
    index.has_unit(each.at("unit"), each.unit, UnitKind.TOWN, UnitKind.COUNTY)
    for number, code in enumerate(each.indicators):
        index.has_indicator(each.at(f"indicators.{number}"), code)
    for key, person in each.people:
        index.has_person(each.at(key), person)
    if not each.people and each.sound("whole", "first", "direct"):
        index.findings.add(each.place, "一个责任人也没有写", "写 whole、first、direct 至少一个")
    if each.group is not None and index.has_group(each.at("group"), each.group):
        index.has_unit(each.at("unit"), each.unit, UnitKind.TOWN)
    if each.sound("since", "until") and each.until and each.until < each.since:
        index.findings.add(each.at("until"), "止日早于起日", "核对两个日期")
