"""Schemes: their files are there and sound, their owners exist, editions follow one another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhenxing.engine import schemes as engine
from zhenxing.organisation.choices import UnitKind
from zhenxing.packs.checks.index import Index, note_repeats
from zhenxing.packs.reading import pass_on

if TYPE_CHECKING:
    from zhenxing.packs.sections.schemes import SchemeFile


def check_schemes(index: Index) -> None:
    """Every file is named once, loads without an error and follows a file that is named."""
    named, findings = index.pack.schemes, index.findings
    note_repeats(findings, ((each.file, each.at("file")) for each in named), "方案文件")
    later = [(each.previous, each.at("previous")) for each in named if each.previous]
    note_repeats(findings, later, "上一版方案")
    files = {each.file: each for each in named}
    for each in named:
        if each.sound("owner"):
            index.has_unit(each.at("owner"), each.owner, UnitKind.COUNTY, UnitKind.TOWN)
        if each.sound("file"):
            _check_text(each, index)
        before = files.get(each.previous)
        if each.previous and before is None:
            findings.add(each.at("previous"), f"没有列出上一版「{each.previous}」", "补上这一条")
        elif before is not None and before.issued >= each.issued:
            findings.add(each.at("issued"), "不晚于上一版的发布日期", "核对两版的日期")


def _check_text(each: SchemeFile, index: Index) -> None:
    data = index.pack.bytes_of.get(each.path)
    if data is None:
        index.findings.add(
            each.at("file"), f"没有文件「{each.path}」", "补上这个文件，或改正文件名"
        )
        return
    _, problems = engine.load(data.decode("utf-8-sig", "replace"), each.path)
    pass_on(index.findings, problems)
