"""Targets and results of earlier years."""

from __future__ import annotations

from typing import cast

from zhenxing.engine import targets as engine_targets
from zhenxing.engine.targets import Comparator, TargetError, TargetKind
from zhenxing.packs.checks.index import Index, note_repeats
from zhenxing.packs.pack import Set
from zhenxing.packs.sections.aims import Result, Target


def check_targets(index: Index) -> None:
    """Unit and indicator exist, the aim says something, one version each, versions in order."""
    for each in index.pack.targets:
        target = each.target
        if not target.sound("unit", "indicator"):
            continue
        index.has_unit(target.at("unit"), target.unit)
        index.has_indicator(target.at("indicator"), target.indicator)
        _check_aim(target, index)
        _check_issue(target, index)
    said = ((_about(each), each.target.place) for each in index.pack.targets)
    note_repeats(index.findings, said, "目标")
    _check_versions(index)


def check_results(index: Index) -> None:
    """Unit exists, a rank lies inside its field, nobody has the same place twice."""
    for result in index.pack.results:
        index.has_unit(result.at("unit"), result.unit)
        _check_result(result, index)
    said = (
        (f"{each.unit} {each.year} {each.name}", each.place)
        for each in index.pack.results
        if each.sound("unit", "year", "name")
    )
    note_repeats(index.findings, said, "考核结果")


def _check_aim(target: Target, index: Index) -> None:
    if not target.sound("kind", "comparator", "value", "high", "masked", "no_task", "text"):
        return
    if target.masked and target.no_task:
        index.findings.add(target.at("masked"), "既未公开又无任务", "只留 masked 或 no_task 之一")
    try:
        engine_targets.Target(
            kind=cast("TargetKind", target.kind),
            comparator=cast("Comparator", target.comparator),
            value=target.value,
            high=target.high,
            masked=target.masked,
            no_task=target.no_task,
            text=target.text,
        )
    except TargetError as error:
        what, _, advice = str(error).rstrip("。").partition("；")
        index.findings.add(target.at("value"), what, advice.removeprefix("请"))
    whole = target.value is None or target.value == target.value.to_integral_value()
    if target.kind == "rank" and not (whole and (target.value is None or target.value >= 1)):
        index.findings.add(target.at("value"), f"名次目标是{target.value}", "写第几名，从1起的整数")


def _check_issue(target: Target, index: Index) -> None:
    if target.sound("issued") and target.issued > index.today:
        index.findings.add(
            target.at("issued"),
            f"下达日期{target.issued}晚于业务日期{index.today}",
            "核对日期，或删去还没有下达的目标",
        )
    if target.version > 1 and not target.note and target.sound("note"):
        index.findings.add(target.at("version"), "调整后的目标没有写原因", "在 note 里写明调整原因")


def _check_versions(index: Index) -> None:
    numbers: dict[str, set[int]] = {}
    for each in index.pack.targets:
        numbers.setdefault(_series(each), set()).add(each.target.version)
    for each in index.pack.targets:
        if each.target.version - 1 not in {0, *numbers[_series(each)]}:
            index.findings.add(
                each.target.at("version"),
                f"有第{each.target.version}版，没有第{each.target.version - 1}版",
                "补上前一版，或改版号",
            )


def _check_result(result: Result, index: Index) -> None:
    if result.rank is not None and result.of is not None and result.rank > result.of:
        index.findings.add(
            result.at("rank"), f"第{result.rank}名，参评却只有{result.of}个", "核对 rank 和 of"
        )
    if result.score is None and result.rank is None and not result.grade and not result.spoiled:
        index.findings.add(result.place, "得分、位次、等次都没有", "至少写 score、rank、grade 之一")
    if result.sound("year") and not result.place.file.endswith(f"/{result.year}.yaml"):
        index.findings.add(
            result.at("year"), f"{result.year}年写在别的年份的文件里", "移到那一年的文件"
        )
    if result.sound("year") and result.year > index.today.year:
        index.findings.add(result.at("year"), f"{result.year}年还没有到", "核对年度")


def _series(each: Set) -> str:
    return f"{each.target.unit} {each.target.indicator} {each.year} {each.target.kind}"


def _about(each: Set) -> str:
    target = each.target
    if not target.sound("unit", "indicator", "kind", "version"):
        return ""
    return f"{_series(each)} 第{target.version}版"
