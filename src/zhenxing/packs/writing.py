"""From a pack to the files of a folder, as a person would write them."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TypeVar

import yaml

from zhenxing.kernel.periods import Period
from zhenxing.kernel.values import Absence
from zhenxing.packs.figures import ABSENCES, HISTORY, MONTHS
from zhenxing.packs.folders import is_carried
from zhenxing.packs.pack import Pack
from zhenxing.packs.records import Record, values_of
from zhenxing.packs.saving.figures import plain_number
from zhenxing.packs.sections.aims import Target
from zhenxing.packs.sections.numbers import Told, Vintage
from zhenxing.packs.sections.schemes import INDEX
from zhenxing.packs.targets import HEADINGS, MASKS, NO_TASK

LONGEST_FLOW = 160
VINTAGE_HEADINGS = (
    "unit", "indicator", "period", "value", "standing", "vintage", "business_date", "by",
    "growth", "document", "reason",
)  # fmt: skip

T = TypeVar("T")

_TEXT = "tag:yaml.org,2002:str"
_LIST = "tag:yaml.org,2002:seq"
_MAP = "tag:yaml.org,2002:map"
_NOTHING = frozenset({"", "~", "null"})
_MARKS = {absence: mark for mark, absence in ABSENCES.items()}


def write(pack: Pack, folder: Path) -> list[str]:
    """Write a pack into an empty or new folder; give the names of its files.

    Raises FileExistsError where the folder holds anything: a pack is never mixed with another.
    """
    if folder.exists() and any(folder.iterdir()):
        raise FileExistsError(str(folder))
    texts = {**_yaml_files(pack), **_tables(pack)}
    files = {name: text.encode() for name, text in texts.items()}
    files |= {name: data for name, data in pack.bytes_of.items() if is_carried(name)}
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return sorted(files)


def _yaml_files(pack: Pack) -> dict[str, str]:
    files = {
        "pack.yaml": as_yaml(pack.header),
        "units.yaml": as_yaml(pack.units),
        "groups.yaml": as_yaml({"groups": pack.groups}),
        "villages.yaml": as_yaml(pack.village_form) if pack.village_form else "",
        "people.yaml": as_yaml({"people": pack.people}),
        "indicators.yaml": as_yaml(pack.dictionary),
        "lamps.yaml": pack.lamps.text,
        "calendar.yaml": as_yaml(pack.calendar),
        "calls.yaml": as_yaml(pack.calls) if pack.calls else "",
        "demo.yaml": as_yaml(pack.demo) if pack.demo.submissions else "",
        "labels.yaml": as_yaml(pack.labels) if pack.labels else "",
        "responsibility.yaml": as_yaml(pack.responsibility) if pack.responsibility else "",
        "grades.yaml": as_yaml(pack.grades) if pack.grades else "",
        INDEX: as_yaml({"schemes": pack.schemes}) if pack.schemes else "",
        "curves.yaml": as_yaml([_fields(curve) for curve in pack.curves]) if pack.curves else "",
    }
    for year, results in _by_year(pack.results, lambda result: result.year):
        files[f"results/{year}.yaml"] = as_yaml(results)
    for year, totals in _by_year(pack.totals, _year_of):
        files[f"figures/year-{year}.yaml"] = as_yaml([_total(told) for told in totals])
    for year, sets in _by_year(pack.targets, lambda each: each.year):
        _, single = _shared_targets([each.target for each in sets])
        files[f"targets/{year}.yaml"] = as_yaml(single) if single else ""
    return {name: text for name, text in files.items() if text}


def _tables(pack: Pack) -> dict[str, str]:
    files = {}
    for suffix, tolds in (("", pack.figures), ("-growth", pack.growths)):
        for year, each in _by_year(tolds, _year_of):
            files[f"figures/{year}{suffix}.csv"] = _wide(each, pack)
    if pack.history:
        files[HISTORY] = _csv([VINTAGE_HEADINGS, *map(_vintage, pack.history)])
    for year, sets in _by_year(pack.targets, lambda each: each.year):
        shared, _ = _shared_targets([each.target for each in sets])
        if shared:
            files[f"targets/{year}-towns.csv"] = _target_table(shared, pack)
    return files


def _wide(tolds: Iterable[Told], pack: Pack) -> str:
    order = {one.code: place for place, one in enumerate(pack.dictionary.indicators)}
    units = {unit.code: place for place, unit in enumerate(pack.units.all)}
    rows: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for told in tolds:
        month = f"{Period.parse(told.period).last_month:02}"
        rows[told.indicator, told.unit][month] = _value(told.value)
    lines = sorted(rows.items(), key=lambda row: (order[row[0][0]], units[row[0][1]]))
    body = ((*about, *(cells.get(month, "") for month in MONTHS)) for about, cells in lines)
    return _csv([("indicator", "unit", *MONTHS), *body])


def _year_of(told: Told) -> int:
    return int(told.period[:4])


def _by_year(items: Iterable[T], year_of: Callable[[T], int]) -> list[tuple[int, list[T]]]:
    years: dict[int, list[T]] = defaultdict(list)
    for item in items:
        years[year_of(item)].append(item)
    return sorted(years.items())


def _shared_targets(
    targets: Sequence[Target],
) -> tuple[dict[tuple[str, ...], dict[str, Target]], list[Target]]:
    """Part a year's targets: those that several units share line by line, and the others."""
    lines: dict[tuple[str, ...], dict[str, Target]] = defaultdict(dict)
    single: list[Target] = []
    for target in targets:
        if _is_plain(target) and target.unit not in lines[_line(target)]:
            lines[_line(target)][target.unit] = target
        else:
            single.append(target)
    shared = {line: each for line, each in lines.items() if len(each) > 1}
    alone = (each for line, each in lines.items() if line not in shared)
    single += [target for each in alone for target in each.values()]
    return shared, sorted(single, key=targets.index)


def _is_plain(target: Target) -> bool:
    """Whether one cell of a table can say all of the target."""
    words = target.text in MASKS if target.masked else not target.text
    return words and target.high is None and target.version == 1 and not target.note


def _line(target: Target) -> tuple[str, ...]:
    return (
        target.indicator,
        target.kind,
        target.comparator,
        target.document,
        target.issued.isoformat(),
    )


def _target_table(lines: Mapping[tuple[str, ...], Mapping[str, Target]], pack: Pack) -> str:
    named = {unit for targets in lines.values() for unit in targets}
    units = [unit.code for unit in pack.units.all if unit.code in named]
    body = (
        (*line, *(_target_cell(targets.get(unit)) for unit in units))
        for line, targets in lines.items()
    )
    return _csv([(*HEADINGS, *units), *body])


def _target_cell(target: Target | None) -> str:
    if target is None:
        return ""
    if target.no_task:
        return NO_TASK
    return target.text if target.masked or target.value is None else plain_number(target.value)


def _vintage(line: Vintage) -> tuple[str, ...]:
    told = line.told
    return (
        *told.about,
        _value(told.value),
        line.standing,
        line.vintage,
        line.business_date.isoformat(),
        line.by,
        "" if line.growth is None else plain_number(line.growth),
        line.document,
        line.reason,
    )


def _total(told: Told) -> dict[str, object]:
    values = {
        "unit": told.unit,
        "indicator": told.indicator,
        "value": told.value,
        "growth": told.growth,
        "note": told.note,
    }
    return {name: value for name, value in values.items() if value not in (None, "")}


def _value(value: Decimal | Absence) -> str:
    return _MARKS[value] if isinstance(value, Absence) else plain_number(value)


def _csv(rows: Iterable[Sequence[str]]) -> str:
    lines = _Lines()
    csv.writer(lines, lineterminator="\n").writerows(rows)
    return "".join(lines)


class _Lines(list[str]):
    """A file for the CSV writer."""

    def write(self, line: str) -> None:
        self.append(line)


def _fields(item: object) -> dict[str, object]:
    return {name: getattr(item, name) for name in type(item).__slots__}  # type: ignore[attr-defined]  # a frozen dataclass with slots


def one_line(values: Mapping[str, object]) -> str:
    """Write a mapping as one line of YAML.

    >>> one_line({"code": "T01", "comparator": ">=", "indicators": ["fai", "pigs"]})
    "{code: T01, comparator: '>=', indicators: [fai, pigs]}"
    """
    pairs = [(_node(name), _node(each)) for name, each in values.items()]
    node = yaml.MappingNode(_MAP, pairs, flow_style=True)
    text: str = yaml.serialize(node, Dumper=yaml.BaseDumper, allow_unicode=True, width=10**6)
    return text.rstrip("\n")


def as_yaml(value: object) -> str:
    """Write a value as YAML; what fits on a line and holds no lists of records is one line."""
    text: str = yaml.serialize(
        _node(value), Dumper=yaml.BaseDumper, allow_unicode=True, width=10**6, indent=2
    )
    return text


def _node(value: object) -> yaml.Node:
    """Build the YAML of a value; what fits on a line and holds no lists of records is one line."""
    if isinstance(value, Record):
        return _node(dict(values_of(value)))
    if isinstance(value, Mapping):
        pairs = [(_node(name), _node(each)) for name, each in value.items()]
        return yaml.MappingNode(_MAP, pairs, flow_style=_is_short(part for _, part in pairs))
    if isinstance(value, list | tuple):
        nodes = [_node(each) for each in value]
        scalars = all(isinstance(node, yaml.ScalarNode) for node in nodes)
        return yaml.SequenceNode(_LIST, nodes, flow_style=scalars)
    text = _scalar(value)
    return yaml.ScalarNode(_TEXT, text, style="'" if text in _NOTHING else None)


def _is_short(parts: Iterable[yaml.Node]) -> bool:
    nodes = list(parts)
    scalars = all(isinstance(node, yaml.ScalarNode) for node in nodes)
    return scalars and sum(len(node.value) + 8 for node in nodes) <= LONGEST_FLOW


def _scalar(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return plain_number(value)
    if isinstance(value, date):
        return value.isoformat()
    return str(value)
