"""The files that the generator writes, as text by name."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from io import StringIO
from pathlib import Path

from zhenxing.kernel.periods import LAST_OF_YEAR
from zhenxing.packs.synthetic.demo import demo_script
from zhenxing.packs.synthetic.facts import County, facts_of
from zhenxing.packs.synthetic.figures import figure_of
from zhenxing.packs.synthetic.history import HEADINGS, history_rows
from zhenxing.packs.synthetic.plan import About, Plan, Rule, read_plan
from zhenxing.packs.synthetic.series import Series, growth_rates, make_series, set_targets

MONTHS = [f"{month:02}" for month in range(1, LAST_OF_YEAR + 1)]
NO_TASK = "/"
MASKED = "**"


def written(folder: Path) -> dict[str, str]:
    """Make the text of every synthetic file of a pack's folder, by its name inside it."""
    plan = read_plan(folder)
    series = make_series(plan)
    growths = dict(growth_rates(plan, series))
    targets = set_targets(plan, series)
    files: dict[str, str] = {}
    for year in (plan.year, plan.year + 1):
        files[f"figures/{year}.csv"] = _wide(plan, series, year, _figure(plan, series))
        files[f"figures/{year}-growth.csv"] = _wide(plan, growths, year, _growth(plan, growths))
    files[f"targets/{plan.year + 1}-towns.csv"] = _targets(plan, targets)
    files["figures/history.csv"] = _table(HEADINGS, history_rows(plan, series))
    files["demo.yaml"] = demo_script(folder, plan, series)
    if "facts" in plan.told:
        county = County(folder, plan, series, growths, targets)
        for name, (headings, rows) in facts_of(county).items():
            files[f"facts/{name}.csv"] = _table(headings, rows)
    return files


def _table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    page = StringIO()
    writer = csv.writer(page, lineterminator="\n")
    writer.writerow(headings)
    writer.writerows(rows)
    return page.getvalue()


def _wide(plan: Plan, about: Iterable[About], year: int, cell: Callable[[About, int], str]) -> str:
    """Write a line for each unit's indicator, a column for each month; only what is published."""
    rows = ((code, unit, *_cells(plan, (code, unit), year, cell)) for code, unit in about)
    return _table(["indicator", "unit", *MONTHS], (row for row in rows if any(row[2:])))


def _cells(plan: Plan, about: About, year: int, cell: Callable[[About, int], str]) -> Iterator[str]:
    rule = plan.rules[about[0]]
    offset = (year - plan.year) * LAST_OF_YEAR
    for month in range(1 + offset, LAST_OF_YEAR + offset + 1):
        yield cell(about, month) if _is_published(plan, rule, about, month) else ""


def _is_published(plan: Plan, rule: Rule, about: About, month: int) -> bool:
    if month > plan.last:
        return False
    period = rule.release.ending_in(plan.period(month))
    if period is None or rule.release.published_on(period) > plan.known_on:
        return False
    return rule.release.frequency != "year" or about not in plan.totals


def _figure(plan: Plan, series: Series) -> Callable[[About, int], str]:
    def cell(about: About, month: int) -> str:
        mark = plan.absent.get(about, {}).get(month)
        return mark or f"{figure_of(plan, series, about, month):f}"

    return cell


def _growth(
    plan: Plan, growths: Mapping[About, list[Decimal | None]]
) -> Callable[[About, int], str]:
    def cell(about: About, month: int) -> str:
        rate = None if month in plan.absent.get(about, {}) else growths[about][month - 1]
        return "" if rate is None else f"{rate:f}"

    return cell


def _targets(plan: Plan, targets: Mapping[About, Decimal]) -> str:
    towns = [place.code for place in plan.places[2:]]
    document = plan.told["documents"]["county"]
    paper = (document["document"], document["issued"])
    aimed = (rule for rule in plan.rules.values() if rule.aim is not None)
    aims = ((rule.code, (_aim(plan, targets, rule.code, town) for town in towns)) for rule in aimed)
    values = ((code, "value", ">=", *paper, *row) for code, row in aims)
    growths = (
        (code, "growth", ">=", *paper, *(rates.get(town, "") for town in towns))
        for code, rates in plan.told["growth_targets"].items()
    )
    headings = ["indicator", "kind", "comparator", "document", "issued", *towns]
    return _table(headings, [*values, *growths])


def _aim(plan: Plan, targets: Mapping[About, Decimal], code: str, town: str) -> str:
    if town in plan.told["no_task"].get(code, []):
        return NO_TASK
    if town in plan.told["masked"].get(code, []):
        return MASKED
    value = targets.get((code, town))
    return "" if value is None or (code, town) in plan.set_elsewhere else f"{value:f}"
