"""The rows of the form as a browser posts them, and the buttons that add, remove and move rows."""

from __future__ import annotations

from collections.abc import Mapping

from zhenxing.assessment.sheet import kinds
from zhenxing.assessment.sheet.heading import FOOT, HEAD, ITEM, SECTION
from zhenxing.assessment.sheet.rows import BONUS, PENALTIES, Block, Row, Sheet

MOST_ROWS = 200


def posted(said: Mapping[str, str]) -> Sheet:
    """Read the form; what is missing from it is empty.

    >>> posted({"h-id": "a", "s0": "1", "s0-name": "经济", "s0-0-kind": "pass"}).sections[0].rows
    [Row(cells={}, kind='pass', rule={}, raw='')]
    """
    sheet = Sheet({cell.name: _said(said, f"h-{cell.name}") for cell in (*HEAD, *FOOT)})
    sheet.head = {name: text for name, text in sheet.head.items() if text}
    for number in range(MOST_ROWS):
        if f"s{number}" not in said:
            break
        sheet.sections.append(_block(said, f"s{number}"))
    sheet.bonus, sheet.penalties = _block(said, BONUS), _block(said, PENALTIES)
    sheet.rest = _said(said, "rest")
    return sheet


def _block(said: Mapping[str, str], key: str) -> Block:
    names = (cell.name for cell in SECTION)
    block = Block(key, {name: text for name in names if (text := _said(said, f"{key}-{name}"))})
    for number in range(MOST_ROWS):
        if f"{key}-{number}-kind" not in said:
            break
        block.rows.append(_row(said, f"{key}-{number}"))
    return block


def _row(said: Mapping[str, str], key: str) -> Row:
    raw = _said(said, f"{key}-raw")
    kind = said[f"{key}-kind"]
    if raw:
        return Row(kind=kinds.FREE, raw=raw)
    cells = {cell.name: text for cell in ITEM if (text := _said(said, f"{key}-{cell.name}"))}
    if cells.get("value") == cells.get("id"):
        cells.pop("value", None)  # an indicator of the item's own name goes without saying
    kind = kind if kind in kinds.KINDS else kinds.FREE
    rule = {
        cell.name: text
        for cell in kinds.KINDS[kind][1]
        if (text := _said(said, f"{key}-r-{cell.name}"))
    }
    return Row(cells, kind, rule)


def _said(said: Mapping[str, str], name: str) -> str:
    return said.get(name, "").replace("\r\n", "\n").strip()


def done(sheet: Sheet, act: str) -> str:
    """Do what a button says (`add:s0`, `up:s0-3`, …); give the row to go back to.

    >>> sheet = Sheet({}, [Block("s0")])
    >>> done(sheet, "add:s0"), len(sheet.sections[0].rows)
    ('s0-0', 1)
    """
    verb, _, place = act.partition(":")
    key, _, number = place.partition("-")
    if verb == "section":
        sheet.sections.append(Block("", {}, [Row()]))
        sheet.numbered()
        return sheet.sections[-1].key
    block = sheet.block(key)
    if block is None:
        return "head"
    if verb == "add":
        block.rows.append(Row())
        return f"{key}-{len(block.rows) - 1}"
    if not number:
        _of_section(sheet, block, verb)
        return key
    index = int(number) if number.isdigit() else len(block.rows)
    return _of_row(block, index, verb) if index < len(block.rows) else key


def _of_section(sheet: Sheet, block: Block, verb: str) -> None:
    if block not in sheet.sections:
        return
    index = sheet.sections.index(block)
    if verb == "remove":
        del sheet.sections[index]
    elif verb in STEPS:
        sheet.sections.insert(max(0, index + STEPS[verb]), sheet.sections.pop(index))
    sheet.numbered()


def _of_row(block: Block, index: int, verb: str) -> str:
    if verb == "remove":
        del block.rows[index]
        index = max(0, index - 1)
    elif verb == "copy":
        row = block.rows[index]
        cells = {name: text for name, text in row.cells.items() if name != "id"}
        block.rows.insert(index + 1, Row(cells, row.kind, dict(row.rule), row.raw))
        index += 1
    elif verb in STEPS:
        other = max(0, index + STEPS[verb])
        block.rows.insert(other, block.rows.pop(index))
        index = min(other, len(block.rows) - 1)
    return f"{block.key}-{index}"


STEPS = {"up": -1, "down": 1}
