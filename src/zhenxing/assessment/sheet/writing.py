"""From the rows of the form to a scheme's text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from zhenxing.assessment.sheet import kinds
from zhenxing.assessment.sheet.heading import FOOT, HEAD, ITEM, SECTION, HeadCell
from zhenxing.assessment.sheet.rows import Block, Row, Sheet
from zhenxing.assessment.sheet.tree import Plain, read, written

ORDER = (
    "scheme", "groups", "let", "sections", "bonus", "bonus_cap", "penalties", "penalty_cap",
    "total", "grades", "shifts", "veto", "bars", "consecutive",
)  # fmt: skip


def text_of(sheet: Sheet) -> str:
    """Write a scheme's text; what the form holds stands before what is left as text.

    >>> from zhenxing.assessment.sheet.rows import Row
    >>> section = Block("s0", {"id": "s"}, [Row({"id": "b"}, "pass")])
    >>> sheet = Sheet({"id": "a", "year": "2023"}, [section])
    >>> print(text_of(sheet), end="")
    scheme: {id: a, year: 2023}
    sections:
    - id: s
      items:
      - {id: b, rule: pass}
    """
    with_ids(sheet)
    root: dict[str, Plain] = {}
    put(root, HEAD, sheet.head)
    if sheet.sections:
        root["sections"] = [_section(each) for each in sheet.sections]
    for name, block in (("bonus", sheet.bonus), ("penalties", sheet.penalties)):
        if block.rows:
            root[name] = [_item(row) for row in block.rows]
    put(root, FOOT, sheet.head)
    rest = read(sheet.rest) if sheet.rest.strip() else {}
    if isinstance(rest, dict):
        _merge(root, rest)
    else:
        root["rest"] = sheet.rest
    return "".join(_parts(root))


def with_ids(sheet: Sheet) -> Sheet:
    """Give every section and item without an id one: its indicator's code, else a number."""
    used = {row.get("id") for block in sheet.blocks() for row in block.rows}
    used |= {block.cells.get("id", "") for block in sheet.sections}
    for block in sheet.sections:
        if not block.cells.get("id"):
            block.cells["id"] = _free("section", used)
    for block in sheet.blocks():
        for row in block.rows:
            if not row.raw and not row.get("id"):
                value = row.get("value")
                wished = value if value.isidentifier() and value.isascii() else "item"
                row.cells["id"] = _free(wished, used)
                if row.cells["id"] == value:
                    del row.cells["value"]
    return sheet


def _free(wished: str, used: set[str]) -> str:
    number, found = 1, wished if wished not in {"item", "section"} else f"{wished}1"
    while found in used:
        number += 1
        found = f"{wished}{number}"
    used.add(found)
    return found


def put(root: dict[str, Plain], wanted: Iterable[HeadCell], said: Mapping[str, str]) -> None:
    """Put the pieces that cells mean at their places."""
    for cell in wanted:
        text = said.get(cell.name, "").strip()
        if not text:
            continue
        place = root
        for step in cell.path[:-1]:
            inner = place.setdefault(str(step), {})
            assert isinstance(inner, dict)  # noqa: S101  # cells share no place with a holder
            place = inner
        place[str(cell.path[-1])] = cell.codec.meant(text)


def _section(block: Block) -> Plain:
    found: dict[str, Plain] = {}
    put(found, SECTION, block.cells)
    return found | {"items": [_item(row) for row in block.rows]}


def _item(row: Row) -> Plain:
    if row.raw.strip():
        found = read(row.raw)
        return row.raw if found is None else found
    item: dict[str, Plain] = {}
    put(item, ITEM, row.cells)
    return item | {"rule": kinds.meant(row.kind, row.rule)}


def _merge(root: dict[str, Plain], rest: Mapping[str, Plain]) -> None:
    for key, value in rest.items():
        held = root.get(key)
        if isinstance(held, dict) and isinstance(value, dict):
            _merge(held, value)
        elif key not in root:
            root[key] = value


def _parts(root: dict[str, Plain]) -> Iterator[str]:
    known = [key for key in ORDER if key in root]
    for key in (*known, *(key for key in root if key not in ORDER)):
        if key != "sections":
            yield written({key: root[key]})
            continue
        yield "sections:\n"
        sections = root["sections"]
        for section in sections if isinstance(sections, list) else ():
            assert isinstance(section, dict)  # noqa: S101  # made above
            items = section.pop("items")
            yield _entry(written(section), "- ")
            yield "  items:" + ("\n" if items else " []\n")
            for item in items if isinstance(items, list) else ():
                yield _entry(_one(item), "  - ")


def _one(item: Plain) -> str:
    """Write an item, on one line where it is short."""
    (head,) = written({"a": item}).splitlines()[:1]
    return f"{head[3:]}\n" if head != "a:" else written(item)


def _entry(text: str, mark: str) -> str:
    indent = " " * len(mark)
    first, *others = text.splitlines()
    return "\n".join([mark + first, *(indent + each for each in others)]) + "\n"
