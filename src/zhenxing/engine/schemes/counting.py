"""Events counted, amounts added, raters' marks averaged: what a person could check by hand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from itertools import groupby

from zhenxing.engine.schemes.contents import every_expression, every_rule
from zhenxing.engine.schemes.facts import Event, Facts, Rating, number_of
from zhenxing.engine.schemes.scheme import Blend, Events, Judged, Ratings, Rule, Scheme
from zhenxing.engine.schemes.syntax import called
from zhenxing.kernel.periods import Period
from zhenxing.kernel.problems import Problem
from zhenxing.kernel.rounding import WIDE, divide

MONTHS = 12
ZERO = Decimal(0)
FEWEST_TO_TRIM = 3
_SPANS = {"month": 1, "quarter": 3, "half": 6, "year": 12}


class Counter:
    """Events and ratings of the window up to a month, by unit."""

    def __init__(self, scheme: Scheme, facts: Facts, cut: int, problems: list[Problem]) -> None:
        """Take what lies inside the window; tell what names nothing of the scheme."""
        self.scheme, self.facts, self.cut, self.problems = scheme, facts, cut, problems
        self.rules = {
            item.id + part: rule for item in scheme.items for part, rule in parts(item.rule)
        }
        self._events = self._in_window()
        self._marks = self._read_marks()

    def count(self, event: str, unit: str) -> tuple[int, str]:
        """Return how many there were, and where they stand."""
        found = self._events.get((unit, event), [])
        return len(found), _places(found)

    def amount(self, event: str, unit: str) -> tuple[Decimal, str]:
        """Return their amounts together; a blank amount adds nothing."""
        found = self._events.get((unit, event), [])
        total = ZERO
        for each in found:
            total = WIDE.add(total, each.amount or ZERO)
        return total, _places(found)

    def events(self, key: str, unit: str) -> tuple[Decimal, str]:
        """Return the points of an `events` rule."""
        rule = self.rules[key]
        assert isinstance(rule, Events)  # noqa: S101  # the key was made from this rule
        found = self._events.get((unit, rule.event), [])
        total = ZERO
        for _, each in groupby(found, key=lambda event: _period(event.day, rule.per)):
            points = sorted((_points(rule, event) for event in each), reverse=True)
            total = sum(points[: rule.at_most], total)
        return (total if rule.cap is None else min(total, rule.cap)), _places(found)

    def rating(self, key: str, rater_class: str, unit: str) -> tuple[Decimal | None, str]:
        """Return the mean mark, of one class of raters under `ratings`; None without marks."""
        rule = self.rules[key]
        marks = self._marks.get((key, unit), [])
        chosen = [pair for pair in marks if not rater_class or pair[0].rater_class == rater_class]
        values = sorted(value for _, value in chosen)
        if isinstance(rule, Ratings) and rule.trimmed and len(values) >= FEWEST_TO_TRIM:
            values = values[1:-1]
        where = "、".join(rating.where for rating, _ in chosen) or "ratings"
        return (divide(sum(values, ZERO), Decimal(len(values))) if values else None), where

    def returns(self, name: str, unit: str) -> int:
        """Return for how many months of the window nothing came, or something came late."""
        missing = late = 0
        due = self.scheme.due or 31
        cells = [found for (code, _), found in self.facts.figures.items() if code == unit]
        for month in range(self.scheme.first, self.cut + 1):
            came = [found[month, True] for found in cells if (month, True) in found]
            came = [cell for cell in came if cell.value is not None]
            last = Period.month(month // MONTHS, month % MONTHS + 1).last_day
            deadline = last.replace(day=min(due, last.day))
            missing += not came
            late += any(cell.reported is not None and cell.reported > deadline for cell in came)
        return missing if name == "months_missing" else late

    def _in_window(self) -> dict[tuple[str, str], list[Event]]:
        first = date(self.scheme.first // MONTHS, self.scheme.first % MONTHS + 1, 1)
        last = Period.month(self.cut // MONTHS, self.cut % MONTHS + 1).last_day
        known = set(_named(self.scheme))
        found: dict[tuple[str, str], dict[str, Event]] = {}
        for event in sorted(self.facts.events, key=_order):
            if event.event not in known:
                what = f"方案没有用到事项「{event.event}」，本行不计"
                next_ = f"请改为{'、'.join(sorted(known))}" if known else "请删去，或补进方案"
                self.problems.append(Problem(event.where, what, next_))
            elif first <= event.day <= last:
                found.setdefault((event.unit, event.event), {}).setdefault(event.id, event)
        return {key: list(events.values()) for key, events in found.items()}

    def _read_marks(self) -> dict[tuple[str, str], list[tuple[Rating, Decimal]]]:
        found: dict[tuple[str, str], list[tuple[Rating, Decimal]]] = {}
        rated = {
            key: rule for key, rule in self.rules.items() if isinstance(rule, Judged | Ratings)
        }
        items = {key.split("\t")[0] for key in rated}
        for rating in sorted(self.facts.ratings, key=lambda each: each.where):
            if rating.item not in items:
                what = f"方案里没有要评的分项「{rating.item}」，本行不计"
                self.problems.append(
                    Problem(rating.where, what, f"请改为{'、'.join(sorted(items))}")
                )
                continue
            for key, rule in rated.items():
                if key.split("\t")[0] == rating.item:
                    value = self._mark(rating, rule)
                    if value is not None:
                        found.setdefault((key, rating.unit), []).append((rating, value))
        return found

    def _mark(self, rating: Rating, rule: Judged | Ratings) -> Decimal | None:
        if isinstance(rule, Judged):
            if rating.value in rule.words:
                return rule.words[rating.value]
            what, known = f"评语「{rating.value}」不在方案里，本行不计", rule.words
        else:
            value = number_of(rating.value)
            if rating.rater_class not in rule.weights:
                what, known = (
                    f"评分人类别「{rating.rater_class}」不在方案里，本行不计",
                    rule.weights,
                )
            elif value is None or not 0 <= value <= rule.scale:
                what, known = f"评分「{rating.value}」不是0—{rule.scale}的数，本行不计", {}
            else:
                return value
        next_ = f"请改为{'、'.join(known)}" if known else "请核对这一评分"
        self.problems.append(Problem(rating.where, what, next_))
        return None


def parts(rule: Rule, place: str = "") -> Iterator[tuple[str, Rule]]:
    """Give a rule and, inside a blend, its parts, each with the place it is kept under.

    >>> from zhenxing.engine.schemes.scheme import Pass, Share
    >>> blend = Blend((Share(Decimal(1), Pass(), None, None, None),))
    >>> [place for place, _ in parts(blend)]
    ['', '\\t1']
    """
    yield place, rule
    if isinstance(rule, Blend):
        for index, share in enumerate(rule.parts, start=1):
            yield from parts(share.rule, f"{place}\t{index}")


def _named(scheme: Scheme) -> Iterator[str]:
    yield from scheme.events
    for expression in every_expression(scheme):
        yield from called(expression.tree, "count")
        yield from called(expression.tree, "amount")
    yield from (rule.event for _, rule in every_rule(scheme) if isinstance(rule, Events))


def _order(event: Event) -> tuple[date, Decimal, str]:
    return event.day, -(event.amount or ZERO), event.id


def _period(day: date, per: str | None) -> tuple[int, int]:
    return (0, 0) if per is None else (day.year, (day.month - 1) // _SPANS[per])


def _points(rule: Events, event: Event) -> Decimal:
    if not rule.tiers:
        return rule.each
    amount = event.amount
    if amount is None:
        return ZERO
    return next((points for least, points in rule.tiers if amount >= least), ZERO)


def _places(found: list[Event]) -> str:
    return "、".join(event.where for event in found) or "events"
