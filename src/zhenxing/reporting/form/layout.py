"""Where everything stands in the Excel form; errors and figures name these very cells."""

from __future__ import annotations

import re

from zhenxing.reporting.choices import PARTS

FORMAT = "zhenxing-return/1"
FIGURES, WORDS, MARKS = "指标数", "四段文字", "系统信息"

NAME, MEASURE, MEANING, LAST_YEAR, LAST, ENTRY, CONFIRM, TARGET, NOTE = "ABCDEFGHI"
HEADS = {
    NAME: "指标",
    MEASURE: "计量单位",
    MEANING: "口径",
    LAST_YEAR: "上年同期",
    LAST: "上期数",
    ENTRY: "本月数\n（填报）",
    CONFIRM: "上月全月数\n（确认）",
    TARGET: "年度目标",
    NOTE: "备注\n（可填）",
}
HEAD_ROW = 3
FIRST_ROW = 4

PART_ROWS = {part: row for row, part in enumerate(PARTS, start=3)}
PART_LABEL, PART_TEXT = "A", "B"
CLAIMED_ROW = 8  # below the four parts: when a form filled offline was finished
CLAIMED = "离线填好时间（可空）"

MARK_ROWS = {
    "format": (2, "表式"),
    "site": (3, "站点"),
    "period": (4, "期间"),
    "unit": (5, "单位编码"),
    "group": (6, "专班编码"),
    "base_version": (7, "基于第几版"),
    "hash": (8, "校验码"),
    "made": (9, "下载时刻"),
}
FIRST_LISTED = 11
LISTED = ("row", "code", "name", "measure", "period")
LONGEST_PART = 1000
LONGEST_NOTE = 200


def cell(column: str, row: int) -> str:
    """Name a cell of the figures as errors and figures do: 指标数!F6."""
    return f"{FIGURES}!{column}{row}"


def figure_row(where: str) -> int | None:
    """Give the row of a place among the figures, None for any other place."""
    match = re.fullmatch(f"{FIGURES}![A-Z]+([0-9]+)", where)
    return int(match[1]) if match else None


def part_cell(part: str) -> str:
    """Name the cell of a part of the text: 四段文字!B3."""
    return f"{WORDS}!{PART_TEXT}{PART_ROWS[part]}"
