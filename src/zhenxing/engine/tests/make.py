"""Builders for the engine's tests: a small county in two classes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path

from zhenxing.engine.facts import Facts, FigureFact, IndicatorDef, TargetFact
from zhenxing.engine.lamps import RuleBook, load_rules
from zhenxing.engine.month import assess
from zhenxing.engine.releases import Release
from zhenxing.engine.rows import Row
from zhenxing.engine.standing import Standing, Vintage
from zhenxing.engine.targets import Target
from zhenxing.kernel.periods import Period
from zhenxing.kernel.problems import Problem
from zhenxing.kernel.rounding import half_up
from zhenxing.kernel.values import Value

ROOT = Path(__file__).parents[4]
SEPTEMBER = Period.month(2023, 9)
TODAY = date(2023, 10, 20)
MONTHLY = Release("month", day=18)
QUARTERLY = Release("quarter", day=20, fixed={"2023-Q3": date(2023, 10, 24)})
PEERS: Mapping[str, str | None] = {"T01": "山区镇", "T02": "山区镇", "T11": "川道镇", "H00": None}
_FIRST = datetime(2023, 1, 1, tzinfo=UTC)


@cache
def heshan_rules() -> tuple[RuleBook, tuple[Problem, ...]]:
    """Load the demo county's own lamp rules."""
    text = (ROOT / "packs" / "heshan" / "lamps.yaml").read_text(encoding="utf-8")
    book, problems = load_rules(text, "lamps.yaml")
    return book, tuple(problems)


def fai(**changes: object) -> IndicatorDef:
    """Return fixed investment, monthly and cumulative unless changed."""
    parts: dict[str, object] = {"code": "fai", "name": "固定资产投资", "release": MONTHLY}
    return IndicatorDef(**(parts | {"measure": "万元"} | changes))  # type: ignore[arg-type]  # loose on purpose


def figure(value: Value | int | str, period: str = "2023-09", **parts: object) -> FigureFact:
    """Return a figure, T01's confirmed fixed investment known at the period's end unless told.

    parts: fields of the figure; `minute` and `known` are short for its two times, `growth` for a
    given growth as text.
    """
    spoken = Period.parse(period)
    standing = parts.pop("standing", Standing.CONFIRMED)
    growth = parts.pop("growth", None)
    minutes = timedelta(minutes=int(str(parts.pop("minute", 0))))
    fields: dict[str, object] = {
        "unit": "T01",
        "indicator": "fai",
        "period": spoken,
        "value": Decimal(value) if isinstance(value, int | str) else value,
        "standing": standing,
        "vintage": Vintage.FLASH if standing is Standing.FLASH else Vintage.FINAL,
        "recorded": _FIRST + minutes,
        "business_date": parts.pop("known", spoken.last_day),
        "growth_given": None if growth is None else Decimal(str(growth)),
    }
    return FigureFact(**(fields | parts))  # type: ignore[arg-type]  # loose on purpose


def aim(value: int | str | None = None, **parts: object) -> TargetFact:
    """Return T01's target of 2023 on fixed investment unless told otherwise.

    parts: unit, indicator, issued and version of the fact, anything else of the target.
    """
    fields: dict[str, object] = {
        "unit": parts.pop("unit", "T01"),
        "indicator": parts.pop("indicator", "fai"),
        "issued": parts.pop("issued", date(2023, 2, 20)),
        "version": parts.pop("version", 1),
    }
    number = None if value is None else Decimal(value)
    target = Target(value=number, **parts)  # type: ignore[arg-type]  # loose on purpose
    return TargetFact(year=2023, target=target, document="2023年工作计划", **fields)  # type: ignore[arg-type]  # loose on purpose


def facts(
    figures: Iterable[FigureFact] = (),
    targets: Iterable[TargetFact] = (),
    *,
    indicators: Iterable[IndicatorDef] | None = None,
    peers: Mapping[str, str | None] = PEERS,
    rules: RuleBook | None = None,
) -> Facts:
    """Return a county's facts; fixed investment is the only indicator unless told otherwise."""
    return Facts(
        indicators=[fai()] if indicators is None else indicators,
        peers=peers,
        figures=figures,
        targets=targets,
        rules=heshan_rules()[0] if rules is None else rules,
    )


def town(given: Facts, *, asked: Period = SEPTEMBER, today: date = TODAY, unit: str = "T01") -> Row:
    """Return the only indicator's row of one town."""
    rows = assess(given, asked=asked, today=today, units=[unit]).rows
    assert len(rows) == 1
    return rows[0]


def one(*figures: FigureFact, targets: list[TargetFact] | None = None, **changes: object) -> Row:
    """Return T01's row of one indicator with these figures."""
    aims = [aim(10000)] if targets is None else targets
    return town(facts(figures, aims, indicators=[fai(**changes)]))


def two(value: Decimal | None) -> Decimal | None:
    return None if value is None else half_up(value, 2)
