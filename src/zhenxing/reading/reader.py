"""The reader: a text in, a reading out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from zhenxing.reading.checks import problems_of
from zhenxing.reading.clauses import Ground
from zhenxing.reading.due import find_deadlines
from zhenxing.reading.facts import Found, find_facts
from zhenxing.reading.furniture import lines
from zhenxing.reading.groups import find_groups
from zhenxing.reading.healing import Healed, heal
from zhenxing.reading.indicators import entries, matched
from zhenxing.reading.outline import outline
from zhenxing.reading.papers import document_of
from zhenxing.reading.projects import find_projects
from zhenxing.reading.quantities import Quantity, Scan, scan
from zhenxing.reading.results import Aside, Reading
from zhenxing.reading.standings import standings
from zhenxing.reading.tables import Table, table_facts, tables
from zhenxing.reading.tasks import find_tasks


def read(
    given: str, *, year: int | None = None, indicators: Iterable[Mapping[str, object]] = ()
) -> Reading:
    """Read a text; never raises, and the same text gives the same reading.

    given: the text as it came; every span of the reading counts its characters. year: the year the
    paper speaks of, where its title names none. indicators: rows of a dictionary with `code`,
    `name`, `measure` and perhaps `synonyms`; facts get candidates from it.

    >>> reading = read("2023年镇工作计划\\n粮食总产量1900吨以上,养殖乌鸡9万只。")
    >>> [fact.subject for fact in reading.facts]
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
    facts = [*(each.fact for each in found), *due, *in_tables]
    named = matched(sorted(facts, key=lambda fact: (fact.start, fact.end)), entries(indicators))
    return Reading(
        document,
        tuple(named),
        groups=tuple(find_groups(healed, structure)),
        deadlines=tuple(rules),
        tasks=tuple(find_tasks(healed, ground, document, rules)),
        projects=tuple(find_projects(healed, ground, found)),
        problems=tuple(problems_of(healed, found)),
        aside=tuple(_aside(healed, scanned, found)),
    )


def _aside(healed: Healed, scanned: Scan, found: Sequence[Found]) -> Iterator[Aside]:
    """List the digits that are no fact: set aside by the scanner, a condition, furniture."""
    for each in scanned.aside:
        yield Aside(*healed.back(each.start, each.end), each.reason)
    for one in found:
        for condition in filter(None, (one.place.tier, one.place.tail)):
            yield Aside(*healed.back(condition.opening, condition.closing), "condition")
    for line in lines(healed.given):
        if line.kind != "text" and line.end > line.start:
            yield Aside(line.start, line.end, "furniture")


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
