"""What can be told of a scheme before any figures: sums, names, kinds, cycles, dead rules."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from zhenxing.engine.schemes import bands, cycles
from zhenxing.engine.schemes.contents import directed_rules, every_rule
from zhenxing.engine.schemes.kinds import Kind, OfName, expect, kind_of
from zhenxing.engine.schemes.scheme import (
    Blend,
    Completion,
    Events,
    Expression,
    Formula,
    Grades,
    Item,
    Judged,
    RankBetween,
    Rule,
    Scheme,
    Section,
    Steps,
    Sum,
    Tiers,
)
from zhenxing.engine.schemes.syntax import (
    LAST_YEAR,
    LETTERS,
    RETURNS,
    Call,
    Name,
    Number,
    SyntaxFault,
    Tree,
    called,
    names,
    walk,
)
from zhenxing.kernel.problems import Level, Problem

RESERVED = frozenset({*LETTERS, *RETURNS, "grade", "bonus", "penalties", "all", "parent"})
GRADE, OUTSIDE = frozenset({"grade"}), frozenset({"bonus", "penalties"})
_NEVER_LAST_YEAR = frozenset(
    {*LAST_YEAR, *RETURNS, "count", "amount", "score", "target", "T", "n", "r"}
)


def problems(scheme: Scheme) -> list[Problem]:
    """Return every problem of a scheme that reads well; nothing is raised."""
    checker = _Checker(scheme)
    checker.ids()
    checker.points()
    checker.results()
    for item, rule in every_rule(scheme):
        checker.rule(item, rule)
    for item in scheme.items:
        checker.ends(item)
    for use in uses(scheme):
        checker.use(use)
    checker.found += cycles.problems(scheme)
    return checker.found


@dataclass(frozen=True, slots=True)
class Use:
    """An expression, the kind it must give, the reserved words it may use."""

    expression: Expression
    wanted: Kind | None
    words: frozenset[str] = frozenset()

    def check(self, of_name: OfName) -> None:
        """Raise `SyntaxFault` unless the expression gives what is wanted."""
        if self.wanted is None:
            kind_of(self.expression.tree, of_name)
        else:
            expect(self.expression.tree, self.wanted, of_name)


def uses(scheme: Scheme) -> Iterator[Use]:
    """Give every expression of a scheme with what it must give and may read."""
    for each in scheme.lets.values():
        yield Use(each, None)
    for item in scheme.items:
        yield from _uses_of_item(item)
    for _, rule in every_rule(scheme):
        yield from _uses_of_rule(rule)
    for condition in (*scheme.vetoes, *scheme.bars):
        yield Use(condition.when, Kind.TRUTH)
    for condition in scheme.shifts:
        yield Use(condition.when, Kind.TRUTH, GRADE)
    if scheme.consecutive is not None:
        yield Use(scheme.consecutive.condition.when, Kind.TRUTH, GRADE)
    if scheme.total is not None:
        yield Use(scheme.total, Kind.NUMBER, OUTSIDE)


def _uses_of_item(item: Item) -> Iterator[Use]:
    for each in (item.value, item.target):
        if isinstance(each, Expression):
            yield Use(each, Kind.NUMBER)
    for adjustment in item.adjust:
        yield Use(adjustment.add, Kind.NUMBER, frozenset({"x", "T", "P"}))
    if item.gate is not None:
        yield Use(item.gate.when, Kind.TRUTH, LETTERS)
        yield Use(item.gate.otherwise, Kind.NUMBER, LETTERS)
    if item.times is not None:
        yield Use(item.times, Kind.NUMBER, LETTERS)


def _uses_of_rule(rule: Rule) -> Iterator[Use]:
    letters = LETTERS
    numbers: list[object] = []
    if isinstance(rule, Tiers):
        numbers = [rule.measure, *(band.points for band in rule.bands), rule.otherwise]
    elif isinstance(rule, Sum):
        numbers = [part.points for part in rule.parts]
        yield from (Use(part.when, Kind.TRUTH, LETTERS) for part in rule.parts if part.when)
    elif isinstance(rule, Blend):
        letters = frozenset({"x"})
        numbers = [each for share in rule.parts for each in (share.value, share.target)]
    elif isinstance(rule, Formula):
        numbers = [rule.formula]
    yield from (Use(each, Kind.NUMBER, letters) for each in numbers if isinstance(each, Expression))


class _Checker:
    def __init__(self, scheme: Scheme) -> None:
        self.scheme = scheme
        self.found: list[Problem] = []
        self.sections = {section.id for section in scheme.sections}

    def tell(self, line: int, what: str, next_: str, level: Level = "error") -> None:
        self.found.append(Problem(f"{self.scheme.file} 第{line}行", what, next_, level))

    def ids(self) -> None:
        """Refuse ids used twice, names that are taken, tie-breaks that are no items."""
        scheme = self.scheme
        self._doubled("分项", scheme.items)
        self._doubled("部分", scheme.sections)
        for name, let in scheme.lets.items():
            if name in RESERVED or name in self.sections:
                self.tell(let.line, f"名称「{name}」另有含义", "请给这个量换一个名称")
        for section in scheme.sections:
            if section.id in RESERVED:
                self.tell(section.line, f"部分id「{section.id}」另有含义", "请换一个id")
        known = dict.fromkeys(item.id for item in scheme.items)
        for code in scheme.tie_break:
            if code not in known:
                self.tell(
                    self.scheme.lines["tie_break"],
                    f"tie_break里的「{code}」不是分项",
                    f"请改为{'、'.join(known)}",
                )

    def _doubled(self, kind: str, entries: Sequence[Item | Section]) -> None:
        seen: dict[str, int] = {}
        for entry in entries:
            if entry.id in seen:
                what = f"{kind}id「{entry.id}」第{seen[entry.id]}行已有"
                self.tell(entry.line, what, "请换一个id")
            seen.setdefault(entry.id, entry.line)

    def points(self) -> None:
        """Refuse sections whose items do not add up, in whichever group."""
        for section in self.scheme.sections:
            groups = _groups(section.items) or [None]
            for group in groups if section.points is not None else []:
                total = sum(item.points_in(group) or Decimal(0) for item in section.items)
                if total != section.points:
                    where = "" if group is None else f"在「{group}」组"
                    what = f"「{section.name}」各项{where}合计{total}分，应为{section.points}分"
                    self.tell(section.line, what, "请核对各项分值或本部分分值")
        for item in self.scheme.items:
            if not isinstance(item.points, Decimal | None) and self.scheme.group_by is None:
                what = f"「{item.name}」按组给分，但方案没有分组"
                self.tell(item.line, what, "请写groups: {by: 分组的列名}")

    def results(self) -> None:
        """Refuse grades that nothing reaches and effects that mean nothing."""
        scheme = self.scheme
        words = scheme.grades.words if scheme.grades else ()
        if scheme.grades is not None:
            self._grades(scheme.grades)
        if scheme.grades is not None and scheme.grades.by == "score":
            # Quotas share out the good grades; a veto's grade need not be among them.
            for condition in scheme.vetoes:
                self._effect(condition.when.line, condition.effect, (*words, "unranked"))
        for condition in scheme.bars:
            self._effect(condition.when.line, condition.effect, ("not_eligible",))
        if scheme.consecutive is not None:
            condition = scheme.consecutive.condition
            self._effect(condition.when.line, condition.effect, ("replace",))
        for condition in scheme.shifts:
            if not words:
                self.tell(condition.when.line, "没有等次可升降", "请写grades，或删去shifts")

    def _effect(self, line: int, effect: str, known: Collection[str]) -> None:
        if effect not in known:
            self.tell(line, f"effect「{effect}」不认识", f"请改为{'、'.join(known)}")

    def _grades(self, grades: Grades) -> None:
        line = self.scheme.lines["grades"]
        words, doubled = grades.words, len(set(grades.words)) < len(grades.words)
        least = [band.at_least for band in grades.bands if band.at_least is not None]
        falling = all(late < early for early, late in pairwise(least))
        if doubled:
            self.tell(line, f"等次写了两次（{'、'.join(words)}）", "请每个等次写一次")
        if grades.by == "score":
            if not falling:
                self.tell(line, "等次的分数线没有从高到低排，后面的等次轮不到", "请从高到低写")
            return
        quotas = [band.quota for band in grades.bands]
        if None in quotas[:-1]:
            self.tell(line, "rest后面的等次轮不到", "请把rest写在最后一档")
        if sum(quota for quota in quotas if quota is not None) > 1:
            self.tell(line, "各等次比例合计超过100%", "请核对比例")
        if any(quota is not None and not 0 <= quota <= 1 for quota in quotas):
            self.tell(line, "等次比例不在0—100%之间", "请写成30%")

    def rule(self, item: Item, rule: Rule) -> None:
        """Refuse rules that can never give points or contradict the item."""
        if _is_dead(item, rule):
            self.tell(item.line, f"「{item.name}」的规则永远不得分", "请核对分值和规则")
        if isinstance(rule, Steps):
            self._steps(item, rule)
        if isinstance(rule, RankBetween) and item.points is not None:
            given = {item.points_in(group) for group in _groups([item]) or [None]}
            for points in sorted(given - {rule.first, None}, key=str):
                what = f"「{item.name}」分值{points}与第一名得分{rule.first}不一致"
                self.tell(item.line, what, "请把points和first写成同一个数")
        if isinstance(rule, Tiers):
            for fault in bands.faults(rule.bands, covered=rule.otherwise is not None):
                line = item.line if fault.band is None else rule.bands[fault.band].points.line
                level: Level = "error" if fault.is_error else "warning"
                self.tell(line, f"「{item.name}」分档：{fault.what}", fault.next, level)
        if isinstance(rule, Events):
            self._event(rule.event, item.line)

    def ends(self, item: Item) -> None:
        """Tell of a score without an end: refused where the best value would come to count 0."""
        for rule, lower in directed_rules(item):
            if isinstance(rule, Completion) and lower and rule.cap is None:
                usual = self.scheme.missing if item in self.scheme.section_items else "zero"
                is_held = (item.missing or usual) == "hold"
                what = f"「{item.name}」越低越好而没有上限：取数越近0得分越多，到0算不出分"
                next_ = "请写上限，如completion: {cap: 1}"
                self.tell(item.line, what, next_, "warning" if is_held else "error")

    def _steps(self, item: Item, rule: Steps) -> None:
        """Refuse steps by which missing the target is worth more than reaching it."""
        floor = rule.under.limit if rule.under is not None and rule.short is None else None
        missed = floor if rule.short is None else rule.short
        if item not in self.scheme.section_items or missed is None:
            return
        for group in _groups([item]) or [None]:
            reached = (item.points_in(group) or Decimal(0)) * rule.base
            if missed > reached:
                what = f"「{item.name}」未达到目标得{missed}分，达到才得{reached.normalize():f}分"
                self.tell(item.line, what, "请核对short、floor和分值")
                return

    def _event(self, event: str, line: int) -> None:
        if self.scheme.events and event not in self.scheme.events:
            known = "、".join(self.scheme.events)
            self.tell(line, f"方案没有列出事项「{event}」", f"请改为{known}，或补进events")

    def use(self, use: Use) -> None:
        """Refuse names that mean nothing here and kinds that do not fit."""
        line, tree = use.expression.line, use.expression.tree
        for name in names(tree):
            if name in RESERVED - RETURNS and name not in use.words:
                self.tell(line, f"这里不能用「{name}」", "请改用指标、let里的量或单位属性")
            elif name in RETURNS and self.scheme.due is None:
                self.tell(line, f"「{name}」要有报送期限", "请在scheme里写due，如due: 25")
        for event in [*called(tree, "count"), *called(tree, "amount")]:
            self._event(event, line)
        for node in walk(tree):
            if isinstance(node, Call) and node.function in LAST_YEAR:
                self._last_year(line, node)
        try:
            use.check(self._kind)
        except SyntaxFault as fault:
            self.tell(line, f"表达式「{use.expression.text}」{fault.what}", fault.next)

    def _last_year(self, line: int, call: Call) -> None:
        for node in _with_lets(self.scheme, call.arguments[0]):
            word = node.function if isinstance(node, Call) else getattr(node, "name", "")
            if word in _NEVER_LAST_YEAR:
                what = f"{call.function}()里不能用「{word}」，它没有上年数"
                self.tell(line, what, "请只写指标、let里的量或x")
                return

    def _kind(self, name: str) -> Kind | None:
        """Return the kind of a name so far as the scheme alone can tell."""
        if name == "grade":
            return Kind.TEXT
        if name in RESERVED or name in self.sections:
            return Kind.NUMBER
        return None


def _groups(items: Collection[Item]) -> list[str | None]:
    found: dict[str | None, None] = {}
    for item in items:
        if item.points is not None and not isinstance(item.points, Decimal):
            found.update(dict.fromkeys(item.points))
    return list(found)


def _with_lets(scheme: Scheme, tree: Tree) -> Iterator[Tree]:
    """Give every node of a tree and of the `let` values it stands on."""
    seen: set[str] = set()
    pending = [tree]
    while pending:
        for node in walk(pending.pop()):
            yield node
            name = node.name if isinstance(node, Name) else ""
            if name in scheme.lets and name not in seen:
                seen.add(name)
                pending.append(scheme.lets[name].tree)


def _is_dead(item: Item, rule: Rule) -> bool:
    """Say whether a rule can never give points."""
    given: list[Tree] = []
    if isinstance(rule, Tiers):
        given = [band.points.tree for band in rule.bands]
        given += [rule.otherwise.tree] if rule.otherwise else []
    elif isinstance(rule, Sum):
        given = [part.points.tree for part in rule.parts]
    if given:
        return all(isinstance(tree, Number) and tree.value <= 0 for tree in given)
    most = _most(rule)
    return item.points == 0 and not isinstance(rule, Formula) if most is None else most <= 0


def _most(rule: Rule) -> Decimal | None:
    """Return the most a rule gives, in points or as a share of P; None where P alone decides."""
    match rule:
        case Completion(cap):
            return cap
        case RankBetween(first):
            return first
        case Judged(words):
            return max(words.values())
        case Events():
            return max(rule.each, *(points for _, points in rule.tiers), Decimal(-1))
        case _:
            return None
