"""The language of schemes as its readers have it; `docs/reference/schemes.md` is the same text."""

from __future__ import annotations

from pathlib import Path

PAGE = Path(__file__).with_name("language.md")


def text() -> str:
    """Return the reference, Markdown in Chinese.

    >>> text().splitlines()[0]
    '# 考核方案的写法'
    """
    return PAGE.read_text(encoding="utf-8")
