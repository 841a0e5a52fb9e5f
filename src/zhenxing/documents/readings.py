"""Reads a paper in the confined child: bytes in, its text and the facts in it out.

The bytes come behind a line of JSON that says what the person said of them: `year`, `encoding`,
`name`, and `indicators`, the rows of the dictionary that facts are matched with.
"""

from __future__ import annotations

import json
import re
from typing import Any

from zhenxing.kernel.problems import Problem
from zhenxing.reading.loading import load
from zhenxing.reading.reader import read as read_text

NO_CHARACTER = re.compile("[\0\ud800-\udfff]")
EMPTY = Problem("", "没有可读的文字", "请换一份有内容的文件")


def read(sent: bytes) -> dict[str, Any]:
    """Give text, places and facts, or what keeps the file from being read."""
    asked, data = opened(sent)
    loaded = load(data, asked["name"], encoding=asked["encoding"])
    if not loaded.text.strip():
        problem = loaded.problems[0] if loaded.problems else EMPTY
        return {"problem": {"where": "", "what": problem.what, "next": problem.next}}
    text = keepable(loaded.text)
    reading = read_text(text, year=asked["year"], indicators=asked["indicators"])
    return {
        "text": text,
        "kind": loaded.kind,
        "places": [[mark.start, mark.place] for mark in loaded.marks],
        "problems": [[each.where, each.what, each.next] for each in loaded.problems],
        "reading": reading.as_json(),
    }


def keepable(text: str) -> str:
    """Put a mark for each character that no database keeps; what stands behind keeps its place."""
    return NO_CHARACTER.sub("\ufffd", text)


def sealed(asked: dict[str, Any], data: bytes) -> bytes:
    """Put what was asked before the bytes."""
    return json.dumps(asked, default=str).encode("ascii") + b"\n" + data


def opened(sent: bytes) -> tuple[dict[str, Any], bytes]:
    """Part what was asked from the bytes."""
    head, _, data = sent.partition(b"\n")
    return json.loads(head), data
