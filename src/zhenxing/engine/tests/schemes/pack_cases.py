"""Cases worked by hand, as the county's files hold them: packs/*/schemes/cases/*.yaml → facts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from zhenxing.engine.schemes import Facts, Inputs, Scheme, from_tables
from zhenxing.engine.schemes.tables import Line, Table
from zhenxing.kernel.periods import Period

Case = dict[str, Any]
Record = dict[str, str]
PARTS = ("figures", "last_year", "targets", "marks")
IN_TIME, LATE = "20", "28"


def read(path: Path) -> Iterator[tuple[str, str, Case]]:
    """Give every case of a file: the scheme's file, a name for readers, the case.

    `usual` at the top of a file says, for every unit, what a case does not say otherwise.
    """
    written = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CBaseLoader)  # noqa: S506  # all text
    usual = written.get("usual", {})
    for case in written["cases"]:
        yield written["scheme"], f"{path.stem}：{case['name']}", _with_usual(case, usual)


def facts_of(case: Case, scheme: Scheme) -> Facts:
    """Make FACTS of a case; a year's figures unless the case names its period."""
    period = case.get("period", str(scheme.year))
    before = period.replace(str(scheme.year), str(scheme.year - 1), 1)
    units = [{"unit": unit, **values} for unit, values in case["units"].items()]
    figures = [*_long(case, "figures", period, "value"), *_long(case, "last_year", before, "value")]
    figures += _returns(case, scheme, period)
    rows = {
        "units": units, "figures": figures,
        "targets": list(_long(case, "targets", str(scheme.year), "target")),
        "events": case.get("events", []),
        "ratings": [*case.get("ratings", []), *_marks(case)],
    }  # fmt: skip
    return from_tables({name: _table(name, each) for name, each in rows.items() if each})


def inputs_of(case: Case) -> Inputs:
    """Give what a case stands on besides its facts."""
    earlier = case.get("earlier", [])
    previous = [
        {"rows": [{"unit": unit, "grade": grade} for unit, grade in grades.items()]}
        for grades in earlier
    ]
    others = [
        {
            "scheme": scheme,
            "rows": [{"unit": unit, "total": _told(total)} for unit, total in of.items()],
        }
        for scheme, of in case.get("others", {}).items()
    ]
    return Inputs(case.get("period"), others, previous)


def _told(written: str) -> str | None:
    return None if written == "null" else written


def _with_usual(case: Case, usual: Mapping[str, Any]) -> Case:
    units = {code: {**usual.get("unit", {}), **own} for code, own in case["units"].items()}
    filled = {
        part: {
            code: {**usual.get(part, {}), **case.get(part, {}).get(code, {})}
            for code in {**units, **case.get(part, {})}
        }
        for part in PARTS
    }
    return {**case, **filled, "units": units}


def _long(case: Case, part: str, period: str, column: str) -> Iterator[Record]:
    for unit, values in case[part].items():
        for name, value in values.items():
            if value != "none":
                yield {"unit": unit, "indicator": name, "period": period, column: value}


def _marks(case: Case) -> Iterator[Record]:
    """Give a rating for each mark; {unit: {item: {class of raters: marks}}} or {item: marks}."""
    for unit, items in case["marks"].items():
        for item, told in items.items():
            of_class = told if isinstance(told, dict) else {"": told}
            for name, values in of_class.items():
                for place, value in enumerate(values, start=1):
                    rater = f"{name}{place}"
                    yield {
                        "unit": unit, "item": item, "rater": rater, "rater_class": name,
                        "value": value,
                    }  # fmt: skip


def _returns(case: Case, scheme: Scheme, period: str) -> Iterator[Record]:
    """Give a return for every month so far, late or missing where the case says so."""
    if scheme.due is None:
        return
    for unit in case["units"]:
        told = case.get("returns", {}).get(unit, {})
        for number in range(1, Period.parse(period).last_month + 1):
            month = f"{scheme.year}-{number:02}"
            if month not in told.get("missing", ()):
                day = LATE if month in told.get("late", ()) else IN_TIME
                yield {
                    "unit": unit, "indicator": "returned", "period": month, "value": "1",
                    "reported": f"{month}-{day}",
                }  # fmt: skip


def _table(name: str, rows: list[Record]) -> Table:
    columns = tuple(dict.fromkeys(column for row in rows for column in row))
    lines = (
        Line(f"{name} 第{place}条", {column: row.get(column, "") for column in columns})
        for place, row in enumerate(rows, start=1)
    )
    return Table(name, columns, tuple(lines))
