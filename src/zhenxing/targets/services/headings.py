"""An issue's heading as a form writes it; whoever writes into an issue asks for the same."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from zhenxing.kernel.problems import Problem
from zhenxing.targets.services.issuing import Heading

if TYPE_CHECKING:
    from collections.abc import Mapping

YEAR = re.compile(r"[0-9]{4}")
LONGEST_DOCUMENT, LONGEST_NOTE = 60, 200


def read_heading(posted: Mapping[str, str]) -> Heading | list[Problem]:
    """Read an issue's heading."""
    problems = []
    document = posted.get("document", "").strip()
    if not document or len(document) > LONGEST_DOCUMENT:
        problems.append(Problem("文号", "没有写，或超过60字", "请写下达的文号"))
    issued = _day(posted.get("issued", ""))
    if issued is None:
        problems.append(Problem("下达日期", "没有写，或不是日期", "请写成 2023-02-10 这样"))
    year = posted.get("year", "").strip()
    if not YEAR.fullmatch(year):
        problems.append(Problem("年度", "没有写，或不是年份", "请写成 2023 这样"))
    texts = {name: posted.get(name, "").strip() for name in ("note", "reason")}
    for name, word in (("note", "说明"), ("reason", "调整原因")):
        if len(texts[name]) > LONGEST_NOTE:
            problems.append(Problem(word, "超过200字", "请缩短"))
    if problems or issued is None:
        return problems
    return Heading(document, issued, int(year), **texts)


def _day(written: str) -> date | None:
    try:
        return date.fromisoformat(written.strip())
    except ValueError:
        return None
