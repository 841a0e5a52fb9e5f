"""From the files of a folder to a pack; what cannot be read is noted, the rest goes on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

from zhenxing.engine.curves import load_curves
from zhenxing.kernel.problems import Problem
from zhenxing.packs.figures import read_growths, read_history, read_totals, read_wide
from zhenxing.packs.folders import Folder
from zhenxing.packs.pack import Pack, Set
from zhenxing.packs.places import Findings, Place
from zhenxing.packs.records import Nested, Record, read_record
from zhenxing.packs.sections.aims import Result
from zhenxing.packs.sections.answers import Answer, Label, Quota
from zhenxing.packs.sections.county import Group, Header, Person, Units, VillageForm
from zhenxing.packs.sections.dictionary import Dictionary, LampText, PlanCurve
from zhenxing.packs.sections.month import Calendar, Call, Demo
from zhenxing.packs.sections.schemes import INDEX, SchemeFile
from zhenxing.packs.targets import read_targets

BUILT_IN_CURVES = ("linear", "steady")
LONGEST_ID, LONGEST_NAME, LONGEST_BASIS = 30, 60, 120  # as the database keeps a curve

_LINE = re.compile(r"^(?P<file>.*) 第(?P<line>\d+)行$")
R = TypeVar("R", bound=Record)


def read(path: Path) -> tuple[Pack, Findings]:
    """Read a folder; the pack is as whole as its files are."""
    findings = Findings()
    folder = Folder(path, findings)
    folder.survey()
    dictionary = _one(folder, "indicators.yaml", Dictionary)
    pack = Pack(
        header=_one(folder, "pack.yaml", Header),
        units=_one(folder, "units.yaml", Units),
        groups=tuple(_each(folder, "groups.yaml", "groups", Group)),
        people=tuple(_each(folder, "people.yaml", "people", Person)),
        dictionary=dictionary,
        curves=_curves(folder),
        lamps=_lamps(folder),
        targets=tuple(_targets(folder)),
        results=tuple(_results(folder)),
        figures=tuple(read_wide(folder, dictionary)),
        growths=tuple(read_growths(folder, dictionary)),
        totals=tuple(read_totals(folder)),
        history=tuple(read_history(folder)),
        calls=tuple(_each(folder, "calls.yaml", "calls", Call)),
        calendar=_one(folder, "calendar.yaml", Calendar),
        demo=_one_if_there(folder, "demo.yaml", Demo),
        village_form=(
            _one(folder, "villages.yaml", VillageForm)
            if (path / "villages.yaml").is_file()
            else None
        ),
        labels=tuple(_each(folder, "labels.yaml", "labels", Label)),
        responsibility=tuple(_each(folder, "responsibility.yaml", "responsibility", Answer)),
        grades=tuple(_each(folder, "grades.yaml", "grades", Quota)),
        schemes=tuple(_schemes(folder)),
        folder=path,
        bytes_of=folder.bytes_of,
        unread=frozenset(folder.unread),
    )
    return pack, findings


def pass_on(findings: Findings, problems: list[Problem]) -> None:
    """Note what the engine found, at the file and line that it names in words."""
    for problem in problems:
        match = _LINE.match(problem.where)
        place = Place(match["file"], int(match["line"])) if match else Place(problem.where)
        advice = problem.next.removeprefix("请")
        findings.add(place, problem.what, advice, problem.level)


def _one(folder: Folder, name: str, kind: type[R]) -> R:
    root = folder.yaml(name)
    found = None if root is None else read_record(kind, root, folder.findings)
    if root is not None and found is None:
        folder.unread.add(name)
    return found or Nested(kind).blank


def _one_if_there(folder: Folder, name: str, kind: type[R]) -> R:
    if (folder.path / name).is_file():
        return _one(folder, name, kind)
    return Nested(kind).blank


def _each(folder: Folder, name: str, heading: str, kind: type[R]) -> Iterator[R]:
    for node in folder.items(name, heading):
        found = read_record(kind, node, folder.findings)
        if found is not None:
            yield found


def _schemes(folder: Folder) -> Iterator[SchemeFile]:
    """Read the index of the schemes, and every file it names."""
    if (folder.path / INDEX).is_file():
        for each in _each(folder, INDEX, "schemes", SchemeFile):
            folder.text(each.path)
            yield each


def _curves(folder: Folder) -> tuple[PlanCurve, ...]:
    name = "curves.yaml"
    written = folder.text(name)
    if written is None:
        return ()
    curves, problems = load_curves(written, name)
    pass_on(folder.findings, problems)
    if any(problem.is_error for problem in problems):
        folder.unread.add(name)
    for id_, curve in curves.items():
        if (
            len(id_) > LONGEST_ID
            or len(curve.name) > LONGEST_NAME
            or len(curve.basis) > LONGEST_BASIS
        ):
            what = f"曲线「{id_[:LONGEST_ID]}」的 id、name 或 basis 太长"
            limits = f"{LONGEST_ID}、{LONGEST_NAME}、{LONGEST_BASIS}"
            folder.findings.add(Place(name), what, f"分别缩短到{limits}字以内")
    return tuple(
        PlanCurve(id_, curve.name, curve.shares, curve.basis)
        for id_, curve in curves.items()
        if id_ not in BUILT_IN_CURVES
    )


def _lamps(folder: Folder) -> LampText:
    return LampText(folder.text("lamps.yaml") or "")


def _targets(folder: Folder) -> Iterator[Set]:
    for name, year in folder.dated("targets"):
        for target in read_targets(folder, name):
            yield Set(year, target)


def _results(folder: Folder) -> Iterator[Result]:
    for name, _ in folder.dated("results"):
        yield from _each(folder, name, "results", Result)
