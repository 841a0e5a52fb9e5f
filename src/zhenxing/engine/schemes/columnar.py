"""Operands out of columns: the same figures to date and targets as `gathering`, as database text.

Sums are sums of DECIMAL; the operand is the double nearest to the exact number, as it is there.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from zhenxing.engine.schemes.scheme import Scheme

MONTHS = 12
EXACT = 2**53  # whole numbers below it are doubles
LARGEST = 10**15


@dataclass(frozen=True, slots=True)
class Numbers:
    """A column of exact numbers: its name and its decimals; is_wide: it can hold 10¹⁵."""

    name: str
    scale: int
    is_wide: bool

    @property
    def fair(self) -> str:
        """The number; nothing where it is beyond all measure, as the reader of files has it."""
        if not self.is_wide:
            return self.name
        return f"CASE WHEN abs({self.name}) < {LARGEST} THEN {self.name} END"


@dataclass(frozen=True, slots=True)
class Reading:
    """Months that are added and taken off for a figure to date; one value a unit and indicator."""

    added: tuple[int, ...]
    taken: tuple[int, ...] = ()

    @property
    def months(self) -> tuple[int, ...]:
        """All of them; each must be there."""
        return self.added + self.taken


def reading(scheme: Scheme, cut: int, *, as_is: bool, last_year: bool) -> Reading:
    """Return the months that make a figure to date; counted from year 0.

    >>> from zhenxing.engine.schemes.scheme import Scheme
    >>> of = {"name": "", "basis": "", "file": "", "digest": ""}
    >>> year = Scheme(id="a", year=2023, first=24276, last=24287, **of)
    >>> reading(year, 24280, as_is=False, last_year=True)
    Reading(added=(24268,), taken=())
    """
    shift = MONTHS if last_year else 0
    first, cut = scheme.first - shift, cut - shift
    if as_is:
        return Reading((cut,))
    if scheme.monthly_is_current:
        return Reading(tuple(range(first, cut + 1)))
    added, taken, start = [], [], first
    while start <= cut:
        end = min(cut, start // MONTHS * MONTHS + MONTHS - 1)
        added.append(end)
        if start % MONTHS:
            taken.append(start - 1)
        start = end + 1
    return Reading(tuple(added), tuple(taken))


def literal(value: object) -> str:
    """Write a whole number or a word.

    >>> literal(3), literal("o'")
    ('3', "'o'''")
    """
    return str(value) if isinstance(value, int) else "'" + str(value).replace("'", "''") + "'"


def months_in(months: Collection[int]) -> str:
    """Write that a row's month is one of these, calendar year by calendar year.

    >>> months_in([24275, 24276, 24277])
    '(year = 2022 AND month IN (12) OR year = 2023 AND month IN (1, 2))'
    """
    years = sorted({month // MONTHS for month in months})
    parts = []
    for year in years:
        own = sorted(month % MONTHS + 1 for month in months if month // MONTHS == year)
        parts.append(f"year = {year} AND month IN ({', '.join(map(str, own))})")
    return f"({' OR '.join(parts)})"


def figures_text(
    table: str, value: Numbers, readings: Mapping[str, Reading], only: Collection[object]
) -> str:
    """Return a query: unit, indicator, a column for each reading, and whether a row stands twice.

    only: the indicators to read; empty for all there are.
    """
    made, twice = [], []
    for name, each in readings.items():
        others = [other for other in readings.values() if other is not each]
        own = f" FILTER (WHERE {_only(each, others)})" if len(readings) > 1 else ""
        signed = value.fair
        if each.taken:
            signed = f"CASE WHEN {months_in(each.taken)} THEN -({value.fair}) ELSE {value.fair} END"
        seen = f"sum({_weight(each, value)}){own}"
        full = sum(32**n for n, _ in enumerate(each.months))
        total = nearest(f"(sum({signed}){own})", value.scale)
        made.append(f"CASE WHEN {seen} = {full} THEN {total} END AS {name}")
        twice.append(f"coalesce({seen}::BIGINT & {30 * full}, 0) <> 0")
    where = months_in({month for each in readings.values() for month in each.months})
    if only:
        where += f" AND indicator IN ({', '.join(map(literal, only))})"
    return (
        f"SELECT unit, indicator, {', '.join(made)}, {' OR '.join(twice)} AS twice "  # noqa: S608  # names are our own, words are quoted
        f"FROM {table} WHERE {where} GROUP BY unit, indicator"
    )


def _only(each: Reading, others: Sequence[Reading]) -> str:
    """Tell a reading's rows from those of the others; by the year where that is enough."""
    own = {month // MONTHS for month in each.months}
    rest = {m // MONTHS for other in others for m in other.months}
    if own & rest:
        return months_in(each.months)
    return " OR ".join(f"year = {year}" for year in sorted(own))


def _weight(each: Reading, value: Numbers) -> str:
    """Give each month five bits, so that one sum counts the rows of every month."""
    first = min(each.months)
    if each.months == tuple(range(first, first + len(each.months))):
        whole = f"1::BIGINT << (5 * (year * {MONTHS} + month - {first + 1}))::BIGINT"
        if len({month // MONTHS for month in each.months}) == 1:
            whole = f"1::BIGINT << (5 * (month - {first % MONTHS + 1}))::BIGINT"
    else:
        cases = (
            f"WHEN {months_in([month])} THEN {32**place}" for place, month in enumerate(each.months)
        )
        whole = f"CASE {' '.join(cases)} END"
    return f"CASE WHEN {value.fair} IS NOT NULL THEN {whole} END"


def nearest(exact: str, scale: int) -> str:
    """Write the double nearest to a DECIMAL: one division where both are doubles, else by digits.

    >>> nearest("d", 2)
    'CASE WHEN abs(d) < 90071992547409 THEN d::DOUBLE ELSE d::VARCHAR::DOUBLE END'
    """
    limit = EXACT // 10**scale
    digits = f"{exact}::VARCHAR::DOUBLE"
    return f"CASE WHEN abs({exact}) < {limit} THEN {exact}::DOUBLE ELSE {digits} END"


def shared(target: Numbers, share: Decimal, whole: int) -> str:
    """Write the double nearest to target · share / whole."""
    places = max(-int(share.as_tuple().exponent), 0)
    units = f"(({target.fair})::DECIMAL(38, {target.scale}) * {10**target.scale})::HUGEINT"
    count = f"({units} * {int(share.scaleb(places))})"
    divisor = whole * 10 ** (target.scale + places)
    long = f"(abs({count}) * 1000000000000::HUGEINT)"
    digits = (
        f"({long} // {divisor}::HUGEINT)::VARCHAR || "
        f"CASE WHEN {long} % {divisor}::HUGEINT = 0 THEN '0' ELSE '1' END || 'e-13'"
    )
    return (
        f"CASE WHEN abs({count}) < {EXACT} THEN {count}::DOUBLE / {divisor}::DOUBLE "
        f"ELSE sign({count}) * ({digits})::DOUBLE END"
    )


def due(scheme: Scheme, target: Numbers, cut: int, names: Mapping[str, object]) -> str:
    """Write the share of the year's target that is due; names: indicators by their key there."""
    month = cut - scheme.first + 1
    cases = []
    for name, key in names.items():
        if name in scheme.curves:
            part = shared(target, scheme.curves[name][month - 1], 100)
            cases.append(f"WHEN indicator = {literal(key)} THEN {part}")
    evenly = shared(target, Decimal(month), MONTHS)
    return f"CASE {' '.join(cases)} ELSE {evenly} END" if cases else evenly


def targets_text(columns: Collection[str], cuts: Sequence[int], made: Mapping[str, str]) -> str:
    """Return a query: unit, indicator, the columns `made`, of the first cut-off there is.

    columns: those of the file; without `month` and `span` a target is the year's.
    """
    month = "month" if "month" in columns else str(MONTHS)
    span = "span" if "span" in columns else str(MONTHS)
    ends = [(cut, is_month) for cut in cuts for is_month in (True, False)]
    ends = [(cut, is_month) for cut, is_month in ends if "span" in columns or not is_month]
    ends = [pair for pair in ends if "month" in columns or pair[0] % MONTHS == MONTHS - 1]
    cases = [
        f"WHEN year = {cut // MONTHS} AND {month} = {cut % MONTHS + 1} "
        f"AND {span} {'=' if is_month else '<>'} 1 THEN {place}"
        for place, (cut, is_month) in enumerate(dict.fromkeys(ends))
    ]
    named = ", ".join(f"{text} AS {name}" for name, text in made.items())
    # Names are our own, the rest are whole numbers.
    text = (
        f"SELECT unit, indicator, {named} FROM (SELECT *, CASE {' '.join(cases)} END AS turn "  # noqa: S608  # see above
        "FROM targets) WHERE turn IS NOT NULL"
    )
    if len(cases) > 1:
        text += " QUALIFY rank() OVER (PARTITION BY unit, indicator ORDER BY turn) = 1"
    return text
