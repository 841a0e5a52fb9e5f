"""A scheme as the rows of a form, and back: what an officer edits who knows no YAML.

Pure: text in, rows out, text back. `parse(text)` → rows → `text_of(rows)` loads as an equal scheme;
what does not fit the form's cells stays as a piece of text in the place it belongs to.
"""

from __future__ import annotations

from zhenxing.assessment.sheet.placing import Told, told_by_row
from zhenxing.assessment.sheet.reading import parse
from zhenxing.assessment.sheet.rows import Block, Row, Sheet
from zhenxing.assessment.sheet.writing import text_of

__all__ = ["Block", "Row", "Sheet", "Told", "parse", "text_of", "told_by_row"]
