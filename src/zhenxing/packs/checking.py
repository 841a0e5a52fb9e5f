"""Check a pack: everything that is wrong, at once, with file, line and what to write instead."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from zhenxing.kernel.problems import Problem
from zhenxing.packs.checks.aims import check_results, check_targets
from zhenxing.packs.checks.answers import check_answers, check_labels, check_quotas
from zhenxing.packs.checks.dictionary import check_indicators, check_lamps
from zhenxing.packs.checks.figures import check_parts, check_totals, check_wide
from zhenxing.packs.checks.history import check_history
from zhenxing.packs.checks.index import Index
from zhenxing.packs.checks.month import check_calendar, check_calls, check_demo
from zhenxing.packs.checks.people import check_groups, check_people, check_village_form
from zhenxing.packs.checks.schemes import check_schemes
from zhenxing.packs.checks.units import check_header, check_units
from zhenxing.packs.pack import Pack
from zhenxing.packs.places import Findings, Place
from zhenxing.packs.reading import read

CHECKS = (
    check_header,
    check_units,
    check_groups,
    check_village_form,
    check_people,
    check_indicators,
    check_lamps,
    check_targets,
    check_results,
    check_wide,
    check_totals,
    check_parts,
    check_history,
    check_calls,
    check_calendar,
    check_demo,
    check_labels,
    check_answers,
    check_quotas,
    check_schemes,
)


def check(folder: Path, today: date = date.max) -> tuple[Pack | None, list[Problem]]:
    """Read a folder and give the pack with all its problems, by file and line.

    today: the day that a pack without a business date of its own is judged on. The pack is None
    where the folder does not exist; with errors it may be looked at, but not loaded.
    """
    if not folder.is_dir():
        findings = Findings()
        findings.add(Place(str(folder)), "没有这个文件夹", "核对路径，如 packs/heshan")
        return None, list(findings)
    pack, findings = read(folder)
    index = Index(pack, pack.today(today), findings)
    for each in CHECKS:
        each(index)
    return pack, list(findings)
