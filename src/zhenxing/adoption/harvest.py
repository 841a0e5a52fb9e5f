"""What a reading's JSON says, as the items a person decides about."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from zhenxing.adoption.choices import ItemKind
from zhenxing.indicators.choices import Comparator
from zhenxing.kernel.problems import Problem
from zhenxing.kernel.quantities import MeasureError, convert, measure

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

LONGEST_QUOTE, LONGEST_SUBJECT, LONGEST_DOUBT, LONGEST_MEASURE = 500, 120, 300, 20
LIMIT, PLACES = Decimal(10) ** 14, Decimal("0.0001")
SPAN = re.compile(r"第(\d+)—(\d+)字")
KINDS = {
    "target": ItemKind.TARGET,
    "actual": ItemKind.FIGURE,
    "change": ItemKind.CHANGE,
    "rank": ItemKind.RANK,
    "deadline": ItemKind.DEADLINE,
}
NAMELESS = "（没有主语）"
# Ways to say how much something grows, in percent of what it was; points stay points.
GROWTHS = {"%": Decimal(1), "个百分点": Decimal(1), "‰": Decimal("0.1"), "倍": Decimal(100)}
TURNED = {">=": "<=", "<=": ">="}
MORE_OR_LESS = "说的是增加或减少多少，不是达到多少，请按达到多少填写"
MOST_ITEMS = 5000
Said = dict[str, Any]


@dataclass(frozen=True)
class Ground:
    """What the items are put on: the text, the dictionary's measures, the towns, the paper's year.

    `measures` is by indicator code; `towns` are names and codes.
    """

    text: str
    measures: Mapping[str, str]
    towns: Mapping[str, str]
    unit: str
    year: int | None

    def quoted(self, start: int, end: int) -> tuple[int, int, str]:
        """Keep a span within the text and within what an item can hold."""
        start = max(0, min(start, len(self.text)))
        end = max(start, min(end, len(self.text), start + LONGEST_QUOTE))
        return start, end, self.text[start:end]


def items_of(result: Said, problems: Sequence[Problem], ground: Ground) -> list[Said]:
    """Give every thing that was read as the columns of an item, numbered as the text goes on.

    `unit` and `indicator` are codes. A doubt that the reading tells of a stretch of text stands at
    each item in it; the problem itself is an item too, so that somebody decides about it.
    """
    doubts = [*_problems(result["problems"], ground), *_unplaced(problems, ground)]
    things = [
        *(_fact(each, ground) for each in _facts(result)),
        *_groups(result["groups"], ground),
        *_deadlines(result["deadlines"], ground),
        *_tasks(result["tasks"], ground),
        *_projects(result["projects"], ground),
    ]
    for each in things:
        told = [d["doubt"] for d in doubts if d["start"] < each["end"] and each["start"] < d["end"]]
        each["doubt"] = "；".join(dict.fromkeys(filter(None, [each["doubt"], *told])))[
            :LONGEST_DOUBT
        ]
    found = sorted([*doubts, *things], key=lambda each: (each["start"], each["end"]))
    if len(found) > MOST_ITEMS:
        what = f"读出{len(found)}条，只列前{MOST_ITEMS}条"
        cut = Problem("全文", what, "请把文件分成几份登记")
        found = [*_unplaced([cut], ground), *found[:MOST_ITEMS]]
    for number, each in enumerate(found, 1):
        each["number"] = number
        each["said"] = exact(each["said"])
    return found


def exact(value: Any) -> Any:  # noqa: ANN401  # any JSON
    """Write the fractions in JSON as text: the ledger holds no floats."""
    if isinstance(value, dict):
        return {key: exact(each) for key, each in value.items()}
    if isinstance(value, list):
        return [exact(each) for each in value]
    return str(value) if isinstance(value, float) else value


def in_measure(value: Decimal, given: str, wanted: str) -> Decimal | None:
    """Convert a value into an indicator's measure; None where the two do not convert."""
    if given == wanted:
        return value
    try:
        return convert(value, measure(given), measure(wanted))
    except MeasureError:
        return None


def fitting(value: Decimal | None) -> Decimal | None:
    """Give a value as a figure can be kept; None for one too long."""
    if value is None or abs(value) >= LIMIT:
        return None
    return value if value == value.quantize(PLACES) else None


def _facts(result: Said) -> Iterator[Said]:
    """Give the facts, but for a deadline that is told again with its rule."""
    ruled = {each["start"] for each in result["deadlines"]}
    for fact in result["facts"]:
        if fact["kind"] != "deadline" or fact["start"] not in ruled:
            yield fact


def _fact(fact: Said, ground: Ground) -> Said:
    values = [_decimal(fact["value"]), _decimal(fact["value_high"])]
    unit, code, doubt, sign = fact["unit"], fact["indicator"], fact["doubt"], fact["comparator"]
    wanted = ground.measures.get(code or "")
    is_change = fact["change"] is not None and fact["kind"] in {"target", "change"}
    is_growth = is_change and unit in GROWTHS
    if is_growth:
        values, unit, sign = _grown(fact, values, sign)
    elif is_change:
        code, doubt = None, doubt or MORE_OR_LESS
    elif code and wanted and fact["kind"] != "rank" and unit != wanted:
        turned = [v if v is None else in_measure(v, unit, wanted) for v in values]
        if values[0] is not None and turned[0] is None:
            code = None
        else:
            values, unit = turned, wanted
    kept = [fitting(each) for each in values]
    if kept != values:
        doubt = doubt or "数位太多，请核对后填写"
    return _blank(fact["start"], fact["end"], KINDS[fact["kind"]], fact["subject"], ground) | {
        "section": fact["section"][:120],
        "said": fact,
        "doubt": doubt,
        "unit": _unit_in(fact, ground),
        "indicator": code,
        "comparator": sign if sign in Comparator.values else "",
        "value": kept[0],
        "high": kept[1],
        "measure": unit[:LONGEST_MEASURE],
        "masked": bool(fact["masked"]),
        "is_growth": is_growth,
        "period": (fact["period"] or str(ground.year or ""))[:10],
    }


def _grown(
    fact: Said, values: list[Decimal | None], sign: str
) -> tuple[list[Decimal | None], str, str]:
    """Give a growth in percent, less than zero where it is a fall: 下降3%以上 is at most -3%."""
    unit = fact["unit"] if fact["unit"] == "个百分点" else "%"
    grown = [None if each is None else each * GROWTHS[fact["unit"]] for each in values]
    if fact["change"] != "decrease":
        return grown, unit, sign
    fallen = [None if each is None else -each for each in grown]
    if fallen[1] is not None:
        fallen.reverse()
    return fallen, unit, TURNED.get(sign, sign)


def _unit_in(fact: Said, ground: Ground) -> str:
    """Give the town whose name the fact's own words say, else the unit the paper speaks of."""
    words = fact["subject"] + fact["quote"]
    named = [code for name, code in ground.towns.items() if name in words]
    return named[0] if len(named) == 1 else ground.unit


def _groups(groups: Sequence[Said], ground: Ground) -> Iterator[Said]:
    for group in groups:
        end = group["start"] + len(group["name"])
        said = _blank(group["start"], end, ItemKind.GROUP, group["name"], ground)
        yield said | {"said": group}


def _deadlines(deadlines: Sequence[Said], ground: Ground) -> Iterator[Said]:
    for each in deadlines:
        subject = each["what"] or each["quote"]
        end = each["start"] + len(each["quote"])
        said = _blank(each["start"], end, ItemKind.DEADLINE, subject, ground)
        yield said | {"said": each, "period": str(ground.year or "")}


def _tasks(tasks: Sequence[Said], ground: Ground) -> Iterator[Said]:
    for each in tasks:
        end = each["start"] + len(each["quote"])
        yield _blank(each["start"], end, ItemKind.TASK, each["quote"], ground) | {"said": each}


def _projects(projects: Sequence[Said], ground: Ground) -> Iterator[Said]:
    for each in projects:
        end = each["start"] + len(each["quote"])
        yield _blank(each["start"], end, ItemKind.PROJECT, each["name"], ground) | {"said": each}


def _problems(problems: Sequence[Said], ground: Ground) -> Iterator[Said]:
    for each in problems:
        place = SPAN.search(each["where"])
        start, end = (int(place[1]) - 1, int(place[2])) if place else (0, 0)
        said = _blank(start, end, ItemKind.PROBLEM, each["what"], ground)
        yield said | {"said": each, "doubt": each["what"][:LONGEST_DOUBT]}


def _unplaced(problems: Sequence[Problem], ground: Ground) -> Iterator[Said]:
    for each in problems:
        said = {"where": each.where, "what": each.what, "next": each.next}
        blank = _blank(0, 0, ItemKind.PROBLEM, each.what, ground)
        yield blank | {"said": said, "doubt": each.what[:LONGEST_DOUBT]}


def _blank(start: int, end: int, kind: ItemKind, subject: str, ground: Ground) -> Said:
    start, end, quote = ground.quoted(start, end)
    return {
        "start": start,
        "end": end,
        "quote": quote,
        "kind": kind,
        "subject": " ".join(subject.split())[:LONGEST_SUBJECT] or NAMELESS,
        "doubt": "",
        "unit": ground.unit,
    }


def _decimal(value: float | str | None) -> Decimal | None:
    return None if value is None else Decimal(str(value))
