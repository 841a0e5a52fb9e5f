"""Scoring: a scheme, facts and a period → totals, ranks, grades and every item's reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import ROUND_FLOOR, Decimal
from typing import Any

from zhenxing.engine.schemes import binding, grading, lacking, running, sql
from zhenxing.engine.schemes.facts import LARGEST, Facts, Unit
from zhenxing.engine.schemes.gathering import Gathered, Gatherer, group_of
from zhenxing.engine.schemes.planning import ItemPlan, plan
from zhenxing.engine.schemes.program import Operand
from zhenxing.engine.schemes.resolving import Attributes
from zhenxing.engine.schemes.results import ItemResult, Result, Row, input_text
from zhenxing.engine.schemes.runs import Compiled, Inputs, Json, Run
from zhenxing.engine.schemes.scheme import Scheme
from zhenxing.engine.schemes.syntax import Number, Ref, Tree
from zhenxing.engine.schemes.words import arithmetic
from zhenxing.kernel.periods import Period, PeriodError
from zhenxing.kernel.problems import Problem, errors
from zhenxing.kernel.rounding import half_up

MONTHS = 12
KEPT = 64
TAKEN_OFF = "扣分项，"
NANO = Decimal(10) ** -9

_COMPILED: dict[tuple[str, Attributes, bool], Compiled] = {}


def compiled(scheme: Scheme, attributes: Attributes, *, nudged: bool = False) -> Compiled:
    """Return the compiled scheme, kept by the scheme's hash and the attributes' kinds.

    nudged: with an operand beside each item's x, giving back only the points that count.
    """
    key = (f"{scheme.digest} {scheme.file}", attributes, nudged)  # places name the file
    if key not in _COMPILED:
        while len(_COMPILED) >= KEPT:
            del _COMPILED[next(iter(_COMPILED))]
        planned = plan(scheme, attributes, nudged=nudged)
        counted = tuple(each.counted.column for each in planned.items)
        wanted = counted if nudged else planned.told()
        text = sql.compile_program(planned.program, attributes, wanted=wanted)
        _COMPILED[key] = Compiled(planned, text)
    return _COMPILED[key]


def score(scheme: Scheme, facts: Facts, inputs: Inputs | None = None) -> Result:
    """Return a scheme's result; what is wrong with the facts stands among its problems.

    >>> from zhenxing.engine.schemes import loading, tables
    >>> from zhenxing.engine.schemes.rows import from_tables
    >>> scheme, _ = loading.load('''
    ... scheme: {id: a, name: 试, basis: 文号, year: 2023}
    ... sections:
    ... - id: s
    ...   items: [{id: fai, points: 12, target: 10000, rule: {completion: {cap: 1}}}]
    ... ''', "a.yaml")
    >>> figures = b"unit,indicator,period,value\\nT01,fai,2023,9800"
    >>> csv = {"units": b"unit\\nT01\\n", "figures": figures}
    >>> facts = from_tables({name: tables.from_csv(name, data, []) for name, data in csv.items()})
    >>> row = score(scheme, facts).rows[0]
    >>> row.total, row.rank, row.items["fai"].score, dict(row.items["fai"].inputs)
    ('11.76', 1, '11.7600', {'x': '9800', 'T': '10000'})
    """
    return run(scheme, facts, inputs or Inputs()).result


def run(scheme: Scheme, facts: Facts, inputs: Inputs) -> Run:
    """Score and keep everything an explanation needs."""
    problems = list(facts.problems)
    cut, period = cut_of(scheme, inputs.period, problems)
    attributes = binding.attributes_of(facts)
    found = list(binding.problems(scheme, facts, attributes))
    problems += found
    if cut is None or errors(found):
        return Run(scheme, facts, None, Result(scheme.id, period, (), tuple(problems)))
    made = compiled(scheme, attributes)
    problems += binding.strangers(scheme, facts, made.plan.program)
    gatherer = Gatherer(scheme, facts, cut, totals_of(inputs.others, problems))
    units = {unit.code: unit for unit in facts.scored if group_of(scheme, unit) != ""}
    gathered = {
        code: {
            column.name: gatherer.gather(column.what, unit)
            for column in made.text.operands
            if isinstance(column.what, Operand)
        }
        for code, unit in units.items()
    }
    problems += gatherer.problems
    values = _computed(made, scheme, units, gathered)
    this = Run(scheme, facts, made, Result(scheme.id, period, (), ()), units, gathered, values)
    rows = [_row(this, code, inputs.previous, problems) for code in units]
    rows += [outside(unit) for unit in facts.scored if unit.code not in units]
    rows.sort(key=order)
    unique = tuple(dict.fromkeys(problems))
    this.result = Result(scheme.id, period, tuple(rows), unique, scheme.digest)
    return this


def cut_of(scheme: Scheme, asked: str | None, problems: list[Problem]) -> tuple[int | None, str]:
    """Return the month a period asked for ends with, and its name; None where it is no such."""
    if asked is None:
        last = Period.month(scheme.last // MONTHS, scheme.last % MONTHS + 1)
        is_year = last.last_month == MONTHS and scheme.first % MONTHS == 0
        return scheme.last, str(last.year) if is_year else str(last)
    try:
        period = Period.parse(asked)
    except PeriodError as error:
        what, _, next_ = str(error).rstrip("。").partition("；")
        problems.append(Problem("--period", what, next_))
        return None, asked
    cut = period.year * MONTHS + period.last_month - 1
    if scheme.first <= cut <= scheme.last:
        return cut, asked
    first, last = (
        Period.month(end // MONTHS, end % MONTHS + 1) for end in (scheme.first, scheme.last)
    )
    what = f"{period.label}不在方案的考核期内"
    problems.append(Problem("--period", what, f"请写{first}至{last}之间的期别"))
    return None, asked


def totals_of(
    others: Sequence[Json], problems: list[Problem]
) -> dict[str, dict[str, Decimal | None]]:
    """Return the totals in results of other schemes, by scheme and unit."""
    found: dict[str, dict[str, Decimal | None]] = {}
    for other in others:
        try:
            rows = {row["unit"]: row["total"] for row in other["rows"]}
            totals = {
                unit: None if total is None else _finite(Decimal(total))
                for unit, total in rows.items()
            }
            found[other["scheme"]] = totals
        except (KeyError, TypeError, ValueError, ArithmeticError):
            what = "带上的结果不是zhenxing score --json的输出"
            problems.append(Problem("--with", what, "请用--json重新生成"))
    return found


def _finite(total: Decimal) -> Decimal:
    if total.is_finite() and abs(total) < LARGEST:
        return total
    raise TypeError(f"{total} is no total")


def _computed(
    made: Compiled,
    scheme: Scheme,
    units: Mapping[str, Unit],
    gathered: Mapping[str, Mapping[str, Gathered]],
) -> dict[str, dict[str, Any]]:
    if not units:
        return {}
    codes = list(units)
    groups = sorted({group_of(scheme, unit) or "" for unit in units.values()})
    keys = [
        (0, groups.index(group_of(scheme, unit) or ""), place)
        for place, unit in enumerate(units.values())
    ]
    values = {
        column.name: [cell_of(gathered[code][column.name]) for code in codes]
        for column in made.text.operands
    }
    rows = {codes[row["unit"]]: row for row in running.run(made.text, keys, values)}
    for place, code in enumerate(codes):
        rows[code].update((name, cells[place]) for name, cells in values.items())
    return rows


def cell_of(gathered: Gathered) -> running.Cell:
    """Return an operand as the database takes it: the double nearest to its decimal.

    >>> cell_of(Gathered(Decimal("0.1")))
    0.1
    """
    value = gathered.value
    return float(value) if isinstance(value, Decimal) else value


def _row(this: Run, code: str, previous: Sequence[Json], problems: list[Problem]) -> Row:
    assert this.compiled is not None  # noqa: S101  # rows are made of what was computed
    made, values, scheme = this.compiled.plan, this.values[code], this.scheme
    items = {each.item.id: item_result(this, each, code, problems) for each in made.items}
    nano = values[made.total.column]
    places = scheme.item_places if scheme.total_places is None else scheme.total_places
    total = None if nano is None else half_up(Decimal(nano) * NANO, places)

    def holds(name: str, place: int, grade: str) -> bool:
        ref = made.conditions.get((name, place, grade))
        return ref is not None and bool(values[ref.column])

    rank, of = values[made.rank.column], int(values[made.of.column])
    earlier = grading.grades_before(previous, code)
    verdict = grading.verdict(scheme, total, (rank, of), holds, earlier)
    problems += lacking.of_conditions(this, code)
    if total is None:
        problems += lacking.of_total(this, code)
    if verdict.replaced and scheme.consecutive is not None:
        what = f"「{this.units[code].name}」连续{scheme.consecutive.periods}期符合调整条件"
        problems.append(Problem(code, what, f"请按{scheme.basis}办理调整", "warning"))
    group = group_of(scheme, this.units[code])
    text = None if total is None else str(total)
    return Row(code, group, text, rank, of, verdict.grade, verdict.eligible, items)


def item_result(this: Run, each: ItemPlan, code: str, problems: list[Problem]) -> ItemResult:
    """Return one item of one unit, its reason, and a problem where it is missing."""
    values, item, scheme = this.values[code], each.item, this.scheme
    points = _value(each.points, values)
    inputs = {name: input_text(_value(tree, values)) for name, tree in each.legend.items()}
    printed = printed_points(values[each.counted.column], scheme.item_places)
    score_ = values[each.score.column]
    shown = input_text(points) or ""
    if points is None:
        return ItemResult(None, "", inputs, "本组不适用此项，分值不计")
    if any(values[task.column] for task in each.tasks):
        why = "本单位无此项任务，" + ("按满分计" if scheme.no_task == "full" else "分值退出")
        return ItemResult(printed if scheme.no_task == "full" else None, shown, inputs, why)
    if score_ is not None and printed is None:
        what = f"{this.units[code].name}「{item.name}」得分超出100万分，总分暂缺"
        problems.append(Problem(f"{scheme.file} 第{item.line}行", what, "请核对规则和数据"))
        return ItemResult(None, shown, inputs, "得分超出100万分，总分暂缺")
    if score_ is not None:
        said = arithmetic(item, each.said, inputs, shown, printed or "")
        is_taken_off = item in scheme.penalties.items
        return ItemResult(printed, shown, inputs, f"{TAKEN_OFF}{said}" if is_taken_off else said)
    policy = item.missing or ("zero" if each.is_outside else scheme.missing)
    lack = lacking.of_item(this, each, code)
    problems.append(lack.problem(policy))
    words = {"hold": "总分暂缺", "zero": "按0分计", "exclude": "分值退出，其余按比例折算"}[policy]
    why = f"{lack.what}，{words}；{lack.next}"
    return ItemResult(printed if policy == "zero" else None, shown, inputs, why)


def _value(tree: Tree, values: Mapping[str, Any]) -> Any:  # noqa: ANN401  # number, word or None
    if isinstance(tree, Ref):
        return values[tree.column]
    return float(tree.value) if isinstance(tree, Number) else None


def printed_points(quantum: Decimal | None, places: int) -> str | None:
    """Print points held in 1e-12: noise goes first (to 1e-9, a half up), then the decimals.

    >>> printed_points(Decimal(1_000_050_000_000), 4), printed_points(None, 4)
    ('1.0001', None)
    """
    if quantum is None:
        return None
    nano = ((Decimal(quantum) + 501) / 1000).to_integral_value(rounding=ROUND_FLOOR)
    return str(half_up(nano * NANO, places))


def outside(unit: Unit) -> Row:
    """Return the row of a unit that stands in no group."""
    return Row(unit.code, None, None, None, 0, None, eligible=True, items={})


def order(row: Row) -> tuple[str, bool, int, str]:
    """Sort by group, rank (nulls last), unit."""
    return row.group or "", row.rank is None, row.rank or 0, row.unit
