"""Reads a Word paper's text in the confined child; tables come as lines with tabs between cells."""

from __future__ import annotations

from typing import Any

from zhenxing.reading.loading.word import load_word


def read(data: bytes) -> dict[str, Any]:
    """Give the text, or what is wrong with the file."""
    loaded = load_word(data, "")
    if loaded.problems and not loaded.text.strip():
        problem = loaded.problems[0]
        return {"problem": {"where": "", "what": problem.what, "next": problem.next}}
    return {"text": loaded.text}
