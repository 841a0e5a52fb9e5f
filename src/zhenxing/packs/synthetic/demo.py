"""The demo script: who has handed in the open month, with values and words of the same making."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from zhenxing.packs.synthetic.figures import figure_of
from zhenxing.packs.synthetic.plan import Plan
from zhenxing.packs.synthetic.series import Series
from zhenxing.packs.synthetic.texts import read_fields

HEADER = """\
# 演示站打开前已经发生的事：到2023年10月20日，哪些镇的哪些专班交了10月报表。
# 由 synthetic.yaml 的 demo 一节生成，要改请改那里再重新生成；数值均为演示数据。
# 青溪镇：综合协调、农村经济、三产服务业、督查考核已交，稳投资、农村居民增收、招商引资未交。
submissions:
"""
SURVEYED = "统计调查"
REPORTER = "F"


def demo_script(folder: Path, plan: Plan, series: Series) -> str:
    """Write demo.yaml: one act for each group that has handed in, in the order of the days."""
    demo = plan.told["demo"]
    forms = _forms(folder)
    reporters = _reporters(folder)
    acts = sorted(
        (day, unit, group)
        for unit, groups in demo["handed_in"].items()
        for group, day in groups.items()
    )
    lines: list[str] = []
    for day, unit, group in acts:
        values = {
            code: f"{figure_of(plan, series, (code, unit), plan.last + 1):f}"
            for code in forms[group]
        }
        words = demo["texts"].get(unit, {}).get(group) or demo["words"][group]
        lines += [
            f"  - period: {demo['period']}",
            f"    unit: {unit}",
            f"    group: {group}",
            f"    by: {reporters[unit, group]}",
            f"    on: {day}",
            f"    values: {{{', '.join(f'{code}: {value}' for code, value in values.items())}}}",
            "    parts:",
            *(f"      {part}: {text.format_map(values)}" for part, text in words.items()),
        ]
    return HEADER + "\n".join(lines) + "\n"


def _forms(folder: Path) -> dict[str, list[str]]:
    """Give what each group fills in itself: its indicators but for the statutory ones."""
    entries = read_fields(folder / "indicators.yaml")["indicators"]
    surveyed = {entry["code"] for entry in entries if entry["nature"] == SURVEYED}
    return {
        group["key"]: [code for code in group["indicators"] if code not in surveyed]
        for group in read_fields(folder / "groups.yaml")["groups"]
    }


def _reporters(folder: Path) -> dict[tuple[str, str], str]:
    found: dict[tuple[str, str], str] = {}
    for username, post in _posts(folder):
        if post["role"] == REPORTER:
            found.setdefault((post["unit"], post["group"]), username)
    return found


def _posts(folder: Path) -> Iterator[tuple[str, Any]]:
    for person in read_fields(folder / "people.yaml")["people"]:
        for post in person.get("posts", ()):
            yield person["username"], post
