"""A scheme's YAML → `Scheme`, with every problem at once: file, line, what to write instead."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from zhenxing.engine.curves import Curve
from zhenxing.engine.ruletext import Node
from zhenxing.engine.schemes import checking
from zhenxing.engine.schemes.item_loading import read_items
from zhenxing.engine.schemes.reading import SchemeText
from zhenxing.engine.schemes.scheme import (
    Condition,
    Consecutive,
    Expression,
    Extra,
    Grade,
    Grades,
    Scheme,
    Section,
)
from zhenxing.kernel.periods import EARLIEST_YEAR, LATEST_YEAR
from zhenxing.kernel.problems import Problem, errors
from zhenxing.kernel.rounding import ROUNDINGS

MONTHS = 12
LONGEST = 500_000  # letters; the longest scheme known has ten thousand
HEAD = (
    "year", "window", "rounding", "ties", "tie_break", "missing", "no_task", "monthly", "due",
    "curves", "as_is", "events",
)  # fmt: skip
SETTINGS = ("monthly", "due", "curves", "as_is", "events")  # also allowed beside `scheme`
PARTS = (
    "groups", "let", "sections", "bonus", "bonus_cap", "penalties", "penalty_cap", "total",
    "grades", "veto", "bars", "shifts", "consecutive", *SETTINGS,
)  # fmt: skip


def load(text: str, file: str) -> tuple[Scheme | None, list[Problem]]:
    """Read a scheme; None where it has an error, and all problems in the order of their lines.

    >>> text = '''
    ... scheme: {id: a, name: 试, basis: 文号, year: 2023}
    ... sections:
    ... - {id: s, items: [{id: fai, name: 投资, points: 10, rule: {completion: {cap: 1}}}]}
    ... '''
    >>> scheme, problems = load(text, "a.yaml")
    >>> scheme.items[0].rule, problems
    (Completion(cap=Decimal('1'), floor=Decimal('0')), [])
    >>> load(text.replace("cap", "kap"), "a.yaml")[1][0].sentence
    'a.yaml 第4行：不认识的项「kap」；请删去或改为cap。'
    """
    yaml = SchemeText(file)
    if len(text) > LONGEST:
        return None, [Problem(file, "文件过大，不像考核方案", "请核对是否选错了文件")]
    root = yaml.open(text)
    if root is None:
        return None, yaml.problems
    digest = hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
    scheme = Scheme(**_Reading(yaml, digest).all(root))
    yaml.problems += checking.problems(scheme)
    problems = sorted(yaml.problems, key=_line)
    return (None if errors(problems) else scheme), problems


def _line(problem: Problem) -> int:
    digits = problem.where.rpartition("第")[2].removesuffix("行")
    return int(digits) if digits.isdigit() else 0


class _Reading:
    def __init__(self, text: SchemeText, digest: str) -> None:
        self.text = text
        self.digest = digest

    def all(self, root: Node) -> dict[str, Any]:
        """Return the arguments of `Scheme`; what cannot be read has a stand-in and a problem."""
        text = self.text
        fields = text.fields(root, required=("scheme",), optional=PARTS)
        head = fields.get("scheme")
        said = self._head(Node({}, root.line) if head is None else head, fields)
        if "sections" not in fields and "total" not in fields:
            text.complain(root, "没有sections，也没有total，算不出总分", "请写考核内容sections")
        parts = {name: read(self, fields[name]) for name, read in _PARTS.items() if name in fields}
        bonus, penalties = (
            Extra(read_items(text, fields.get(name), outside=True), text.amount(fields.get(cap)))
            for name, cap in (("bonus", "bonus_cap"), ("penalties", "penalty_cap"))
        )
        found = {_FIELDS.get(name, name): part for name, part in parts.items() if part is not None}
        lines = {name: node.line for name, node in fields.items()} | said["lines"]
        return {**said, **found, "bonus": bonus, "penalties": penalties, "lines": lines}

    def _head(self, node: Node, top: Mapping[str, Node]) -> dict[str, Any]:
        text = self.text
        fields = text.fields(node, required=("id", "name", "basis", "year"), optional=HEAD)
        beside = {key: top[key] for key in SETTINGS if key in top}
        for key in beside.keys() & fields.keys():
            text.complain(top[key], f"「{key}」写了两处", "请只留scheme里的一处")
        fields = {**beside, **fields}
        year = text.whole(fields.get("year"), EARLIEST_YEAR, LATEST_YEAR)
        code, name, basis = (text.text(fields.get(word)) for word in ("id", "name", "basis"))
        policies = self._policies(fields)
        year = LATEST_YEAR if year is None else year
        first, last = self._window(fields.get("window"), year)
        return {
            "id": code or "", "name": name or "", "basis": basis or "", "year": year,
            "file": text.file, "digest": self.digest, "first": first, "last": last, **policies,
            "lines": {name: field.line for name, field in fields.items()},
        }  # fmt: skip

    def _policies(self, fields: Mapping[str, Node]) -> dict[str, Any]:
        text = self.text
        item_places, total_places = self._rounding(fields.get("rounding"))
        ties = text.one_of(fields.get("ties"), ("competition", "dense"), "competition")
        monthly = text.one_of(fields.get("monthly"), ("cumulative", "current"), "cumulative")
        return {
            "item_places": item_places,
            "total_places": total_places,
            "dense": ties == "dense",
            "tie_break": text.words(fields.get("tie_break")),
            "missing": text.one_of(fields.get("missing"), ("hold", "zero", "exclude"), "hold"),
            "no_task": text.one_of(fields.get("no_task"), ("exclude", "full"), "exclude"),
            "monthly_is_current": monthly == "current",
            "due": text.whole(fields.get("due"), 1, 31),
            "as_is": text.words(fields.get("as_is")),
            "events": text.words(fields.get("events")),
            "curves": self._curves(fields.get("curves")),
        }

    def _window(self, node: Node | None, year: int) -> tuple[int, int]:
        usual = (year * MONTHS, year * MONTHS + MONTHS - 1)
        if node is None:
            return usual
        ends = [self.text.month(each) for each in self.text.items(node)]
        first, last = ends if len(ends) == 2 else (None, None)  # noqa: PLR2004  # two ends
        if first is None or last is None or not first <= last < first + MONTHS:
            what = "window应当是起止两个月、不超过12个月"
            self.text.complain(node, what, "请写成[2022-12, 2023-11]")
            return usual
        if last < usual[0] or first > usual[1]:
            self.text.complain(node, f"window里没有{year}年的月份", "请核对year和window")
        return first, last

    def _rounding(self, node: Node | None) -> tuple[int, int | None]:
        if node is None:
            return 4, 2
        fields = self.text.fields(node, optional=("item", "total"))
        item = self.text.one_of(fields.get("item"), tuple(ROUNDINGS), "half_up_4")
        known = (*ROUNDINGS, "sum_of_items")
        total = self.text.one_of(fields.get("total"), known, "half_up_2")
        return int(item[-1]), None if total == "sum_of_items" else int(total[-1])

    def _curves(self, node: Node | None) -> Mapping[str, tuple[Decimal, ...]]:
        curves: dict[str, tuple[Decimal, ...]] = {}
        if node is None:
            return curves
        known = node.content if isinstance(node.content, dict) else ()
        for code, each in self.text.fields(node, optional=known).items():
            read = [self.text.amount(share) for share in self.text.items(each)]
            shares = tuple(share for share in read if share is not None)
            fault = Curve.fault(shares)
            if fault is None:
                curves[code] = shares
            else:
                self.text.complain(each, f"曲线「{code}」{fault[0]}", fault[1])
        return MappingProxyType(curves)

    def group_by(self, node: Node) -> str | None:
        return self.text.text(self.text.fields(node, required=("by",)).get("by"))

    def lets(self, node: Node) -> Mapping[str, Expression]:
        known = node.content if isinstance(node.content, dict) else ()
        read = {
            name: self.text.expression(each)
            for name, each in self.text.fields(node, optional=known).items()
        }
        return MappingProxyType({name: each for name, each in read.items() if each is not None})

    def sections(self, node: Node) -> tuple[Section, ...]:
        found = []
        for each in self.text.items(node):
            fields = self.text.fields(each, required=("id", "items"), optional=("name", "points"))
            code, name = self.text.text(fields.get("id")), self.text.text(fields.get("name"))
            items = read_items(self.text, fields.get("items"), outside=False)
            points = self.text.amount(fields.get("points"))
            written = self.text.items(fields.get("items")) if items else ()
            if len(items) < len(written) or any(item.points is None for item in items):
                points = None  # what did not read cannot be added up
            if code is not None:
                found.append(Section(code, name or code, each.line, points, items))
        return tuple(found)

    def total(self, node: Node) -> Expression | None:
        return self.text.expression(node)

    def grades(self, node: Node) -> Grades | None:
        fields = self.text.fields(node, required=("by", "bands"))
        by = self.text.choice(fields.get("by"), ("score", "quota"))
        read = [self._grade(each, by) for each in self.text.items(fields.get("bands"))]
        bands = tuple(band for band in read if band is not None)
        if by is None or len(bands) < len(read):
            return None
        return Grades(by, bands) if bands else None  # type: ignore[arg-type]  # one of the two

    def _grade(self, node: Node, by: str | None) -> Grade | None:
        known = node.content if isinstance(node.content, dict) else ()
        fields = self.text.fields(node, optional=known)
        words = [name for name in fields if name != "min"]
        if len(words) != 1:
            self.text.complain(node, "每档写一个等次", "请写成{优秀: 90}或{优秀: 30%, min: 85}")
            return None
        word = words[0]
        if by == "quota":
            is_rest = fields[word].content == "rest"
            quota = None if is_rest else self.text.amount(fields[word])
            least = self.text.amount(fields.get("min"))
            return Grade(word, least, quota) if is_rest or quota is not None else None
        if "min" in fields:
            self.text.complain(fields["min"], "min只用于by: quota", "请删去min")
        score = self.text.amount(fields[word])
        return None if score is None else Grade(word, score)

    def vetoes(self, node: Node) -> tuple[Condition, ...]:
        return self._conditions(node, "effect")

    def bars(self, node: Node) -> tuple[Condition, ...]:
        return self._conditions(node, "effect")

    def shifts(self, node: Node) -> tuple[Condition, ...]:
        return self._conditions(node, "by")

    def _conditions(self, node: Node, brings: str) -> tuple[Condition, ...]:
        found = []
        for each in self.text.items(node):
            fields = self.text.fields(each, required=("when", brings))
            when, effect = (
                self.text.expression(fields.get("when")),
                self.text.text(fields.get(brings)),
            )
            if when is None or effect is None:
                continue
            steps = self.text.amount(fields[brings]) if brings == "by" else Decimal(0)
            if steps is not None and steps == int(steps):
                found.append(Condition(when, effect, int(steps)))
            elif steps is not None:
                self.text.complain(fields[brings], f"by {effect}不是整数", "请写升降几档，如1或-1")
        return tuple(found)

    def consecutive(self, node: Node) -> Consecutive | None:
        fields = self.text.fields(node, required=("periods", "when", "effect"))
        periods = self.text.whole(fields.get("periods"), 2, 10)
        when = self.text.expression(fields.get("when"))
        effect = self.text.text(fields.get("effect"))
        if periods is None or when is None or effect is None:
            return None
        return Consecutive(periods, Condition(when, effect))


_PARTS: Mapping[str, Callable[[_Reading, Node], object]] = MappingProxyType(
    {
        "groups": _Reading.group_by, "let": _Reading.lets, "sections": _Reading.sections,
        "total": _Reading.total, "grades": _Reading.grades, "veto": _Reading.vetoes,
        "bars": _Reading.bars, "shifts": _Reading.shifts, "consecutive": _Reading.consecutive,
    }
)  # fmt: skip
_FIELDS = {"groups": "group_by", "let": "lets", "veto": "vetoes"}
