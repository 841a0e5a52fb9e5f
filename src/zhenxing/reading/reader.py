"""The reader: a text in, a reading out."""

from __future__ import annotations

from collections.abc import Sequence

from zhenxing.reading.clauses import Ground
from zhenxing.reading.due import find_deadlines
from zhenxing.reading.facts import Found, find_facts
from zhenxing.reading.healing import Healed, heal
from zhenxing.reading.outline import outline
from zhenxing.reading.papers import document_of
from zhenxing.reading.quantities import Quantity, Scan, scan
from zhenxing.reading.results import Reading
from zhenxing.reading.standings import standings
from zhenxing.reading.tables import Table, table_facts, tables


def read(given: str, *, year: int | None = None) -> Reading:
    """Read a text; never raises, and the same text gives the same reading.

    given: the text as it came; every span of the reading counts its characters. year: the year the
    paper speaks of, where its title names none.

    >>> [fact.subject for fact in read("2023年镇工作计划\\n粮食总产量1900吨以上,养殖乌鸡9万只。").facts]
    ['粮食总产量', '养殖乌鸡']
    """
    healed = heal(given)
    text = healed.text
    document = document_of(text, given, year)
    structure = outline(text)
    scanned = scan(text)
    found_tables = tables(text)
    ground = Ground.of(text, _quantities(text, scanned, found_tables), structure)
    found = find_facts(healed, ground, document)
    due, rules = find_deadlines(healed, ground)
    in_tables = table_facts(healed, found_tables, document, structure)
    facts = sorted([*(each.fact for each in found), *due, *in_tables], key=lambda f: (f.start, f.end))
    return Reading(document, tuple(facts), deadlines=tuple(rules))


def _quantities(text: str, scanned: Scan, found: Sequence[Table]) -> list[Quantity]:
    """Put numbers, ranks and scores together; a rank wins over its own number."""
    placed = standings(text)
    taken = [(each.start, each.end) for each in placed] + [(each.start, each.end) for each in found]
    numbers = [
        each
        for each in scanned.quantities
        if not any(start < each.end and each.start < end for start, end in taken)
    ]
    inside = [(each.start, each.end) for each in found]
    placed = [q for q in placed if not any(start <= q.start < end for start, end in inside)]
    return sorted([*numbers, *placed], key=lambda each: each.start)
