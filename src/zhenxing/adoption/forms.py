"""What people write on the pages, read into plain values; all that is wrong is told at once."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from zhenxing.adoption.services.deciding import Part, Said
from zhenxing.adoption.services.taking import Heading
from zhenxing.indicators.choices import Direction, Kind, Nature, Reading
from zhenxing.indicators.services import NewIndicator
from zhenxing.kernel.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from zhenxing.adoption.models import Item

WHOLE = re.compile(r"[0-9]{1,9}")
YEAR = re.compile(r"[0-9]{4}")
TYPED = ("kind", "subject", "unit", "comparator", "value", "high", "measure", "period")
JOINTS = "、，,；;。 　\t"


def whole(written: str) -> int:
    """Read a small whole number; what is none counts as zero."""
    return int(written) if WHOLE.fullmatch(written.strip()) else 0


def year_of(written: str) -> int | Problem | None:
    """Read a year; empty is none."""
    text = written.strip()
    if not text:
        return None
    if YEAR.fullmatch(text):
        return int(text)
    return Problem("年度", f"「{text[:20]}」不是年份", "请写成 2023 这样，或空着")


def heading_of(posted: Mapping[str, str]) -> tuple[Heading | None, dict[str, Problem]]:
    """Read what the register is to say of a paper; problems stand by the field's name."""
    problems: dict[str, Problem] = {}
    year = year_of(posted.get("year", ""))
    if isinstance(year, Problem):
        problems["year"], year = year, None
    received = day_of(posted.get("received", ""))
    if received is None:
        problems["received"] = Problem("收文日期", "没有写，或不是日期", "请写成 2023-10-20 这样")
    for name, word in (("unit", "收文单位"), ("about", "所述单位")):
        if not posted.get(name, "").strip():
            problems[name] = Problem(word, "没有选", "请从列表中选")
    if problems or received is None:
        return None, problems
    texts = ("title", "number", "issuer", "kind", "note")
    said = {name: posted.get(name, "").strip() for name in texts}
    unit, about = posted["unit"].strip(), posted["about"].strip()
    return Heading(unit=unit, about=about, received=received, year=year, **said), {}


def correction(posted: Mapping[str, str], item: Item, indicator: str | None) -> Said:
    """Read one item's corrected columns; a column that was not on the form stays."""
    typed = {name: posted[name] for name in TYPED if name in posted}
    growth = posted.get("growth")
    return Said(
        item=item.pk,
        edition=whole(posted.get("edition", "")),
        verdict=posted.get("verdict", ""),
        note=posted.get("note", ""),
        indicator=indicator,
        is_growth=None if growth is None else growth == "1",
        **typed,
    )


def parts_of(posted: Mapping[str, str], item: Item, text: str) -> list[Part] | Problem:
    """Find the stretches of an item's words that a person wrote one a line, in their order."""
    return list(_parts(posted.get("parts", ""), item, text)) or Problem(
        item.subject, "没有写拆成哪几条", "请在要断开的地方换行"
    )


def _parts(written: str, item: Item, text: str) -> Iterator[Part]:
    at = item.start
    for line in written.splitlines():
        words = line.strip(JOINTS)
        if not words:
            continue
        start = text.find(words, at, item.end)
        if start < 0:
            yield Part(start=item.end, end=item.end, subject=words)
            continue
        at = start + len(words)
        yield Part(start=start, end=at, subject=words)


def stretch(posted: Mapping[str, str], text: str) -> Part | Problem:
    """Find the words a person quotes in a text; where they stand twice, `at` says which."""
    words = posted.get("words", "").strip()
    if not words:
        return Problem("补记", "没有写原文里的词句", "请从左边原文里选一段，或照抄一段")
    at, found = whole(posted.get("at", "")), text.count(words)
    start = at if text.startswith(words, at) and posted.get("at") else text.find(words)
    if not found:
        return Problem("补记", f"原文里没有「{words[:30]}」", "请照原文抄写，一字不差")
    if found > 1 and not posted.get("at"):
        what = f"「{words[:30]}」在原文里有{found}处"
        return Problem("补记", what, "请多抄几个字，使它只有一处")
    subject = posted.get("subject", "").strip() or words
    return Part(start=start, end=start + len(words), subject=subject)


def day_of(written: str) -> date | None:
    """Read a day; what is none is None."""
    try:
        return date.fromisoformat(written.strip())
    except ValueError:
        return None


def prefilled(item: Item) -> dict[str, str]:
    """Give what the paper says of a new indicator as its form takes it."""
    measure = "%" if item.is_growth else item.measure
    reading = Reading.AS_IS if measure == "%" else Reading.CUMULATIVE
    return {
        "name": item.subject,
        "measure": measure,
        "kind": Kind.RATE if measure == "%" else Kind.FLOW,
        "reading": reading,
        "decimals": "1" if measure == "%" else "0",
        "nature": Nature.WORK,
        "source": "部门",
        "direction": Direction.HIGHER,
        "frequency": "year",
        "edition": str(item.edition),
    }


def new_indicator(posted: Mapping[str, str]) -> NewIndicator:
    """Read the description of a new indicator as typed."""
    names = (
        "code", "name", "field", "measure", "lead", "definition", "kind", "reading", "direction",
        "nature", "source", "frequency",
    )  # fmt: skip
    decimals = posted.get("decimals", "").strip()
    return NewIndicator(
        **{name: posted.get(name, "").strip() for name in names},
        decimals=int(decimals) if WHOLE.fullmatch(decimals) else None,
    )
