"""From a scheme's text to the rows of the form."""

from __future__ import annotations

from collections.abc import Iterable

from zhenxing.assessment.sheet import kinds
from zhenxing.assessment.sheet.heading import BESIDE, FOOT, HEAD, ITEM, SECTION, HeadCell
from zhenxing.assessment.sheet.rows import BONUS, PENALTIES, Block, Row, Sheet
from zhenxing.assessment.sheet.tree import Plain, read, written

OUTER = "scheme", "groups", "let"


def parse(text: str) -> Sheet | None:
    """Read a scheme's text into rows; None where it has no shape of a scheme at all.

    >>> items = "sections: [{id: s, items: [{id: b, rule: pass}]}]"
    >>> sheet = parse(f"{{scheme: {{id: a, notes: 甲}}, {items}}}")
    >>> sheet.sections[0].rows[0].kind, sheet.rest
    ('pass', 'scheme: {notes: 甲}\\n')
    >>> parse("- 甲") is None
    True
    """
    root = read(text)
    if not isinstance(root, dict):
        return None
    head = root.get("scheme")
    if isinstance(head, dict):
        for name in BESIDE:
            if name in root and name not in head:
                head[name] = root.pop(name)
    sheet = Sheet()
    for key, block in ((BONUS, "bonus"), (PENALTIES, "penalties")):
        rows = _rows(root.pop(block, []))
        if rows is None:
            return None
        found = Block(key, {}, rows)
        setattr(sheet, block, found)
    sections = _sections(root.pop("sections", []))
    if sections is None:
        return None
    sheet.sections = sections
    sheet.head = take(root, (*HEAD, *FOOT))
    sheet.rest = written(root) if root else ""
    return sheet.numbered()


def take(root: dict[str, Plain], wanted: Iterable[HeadCell]) -> dict[str, str]:
    """Take the pieces that fit their cells out of a mapping; what does not fit stays in it."""
    found = {}
    for cell in wanted:
        path = [str(step) for step in cell.path]
        holder: Plain | None = root
        for step in path[:-1]:
            holder = holder.get(step) if isinstance(holder, dict) else None
        if not isinstance(holder, dict) or path[-1] not in holder:
            continue
        text = cell.codec.text(holder[path[-1]])
        if text is None or text != text.strip():
            continue
        found[cell.name] = text
        del holder[path[-1]]
        if not holder and len(path) > 1:
            _drop(root, path[:-1])
    return found


def _drop(root: dict[str, Plain], path: list[str]) -> None:
    """Take an emptied mapping away, and what it leaves empty."""
    holder: dict[str, Plain] = root
    for step in path[:-1]:
        inner = holder[step]
        assert isinstance(inner, dict)  # noqa: S101  # walked a moment ago
        holder = inner
    del holder[path[-1]]
    if not holder and len(path) > 1:
        _drop(root, path[:-1])


def _sections(value: Plain) -> list[Block] | None:
    if not isinstance(value, list):
        return None
    found = []
    for each in value:
        if not isinstance(each, dict):
            return None
        rows = _rows(each.pop("items", []))
        cells = take(each, SECTION)
        if rows is None or each:
            return None
        found.append(Block("", cells, rows))
    return found


def _rows(value: Plain) -> list[Row] | None:
    if not isinstance(value, list):
        return None
    return [row_of(each) for each in value]


def row_of(value: Plain) -> Row:
    """Give an item's row; one that does not fit the cells keeps its text."""
    raw = written(value)
    if not isinstance(value, dict) or "rule" not in value:
        return Row(kind=kinds.FREE, raw=raw)
    left = dict(value)
    kind, rule = kinds.shown(left.pop("rule"))
    copies = {key: dict(each) if isinstance(each, dict) else each for key, each in left.items()}
    cells = take(copies, ITEM)
    return Row(kind=kinds.FREE, raw=raw) if copies else Row(cells, kind, rule)
