"""Papers to Word files in the layout of GB/T 9704-2012."""

from __future__ import annotations

from zhenxing.writing.word.document import to_docx

__all__ = ["to_docx"]
