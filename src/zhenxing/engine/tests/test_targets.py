"""Targets as plans write them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from zhenxing.engine.targets import COMPARATORS, KINDS, Target, TargetError

TWELVE = Decimal(12)


@pytest.mark.parametrize(
    ("parts", "label"),
    [
        ({"value": Decimal(1900)}, "≥1,900"), ({"value": Decimal(5), "comparator": "<="}, "≤5"),
        ({"value": Decimal(8), "comparator": "="}, "8"),
        ({"value": Decimal("1.50"), "comparator": "~"}, "约1.5"),
        ({"kind": "range", "value": Decimal(1), "high": Decimal(2)}, "1—2"),
        ({"kind": "growth", "value": TWELVE}, "增12%"),
        ({"kind": "growth", "value": Decimal("7.50")}, "增7.5%"),
        ({"kind": "growth", "value": Decimal(100)}, "增100%"),
        ({"kind": "growth", "value": TWELVE, "comparator": "~"}, "增12%左右"),
        ({"kind": "growth", "value": TWELVE, "comparator": "<="}, "增速≤12%"),
        ({"kind": "growth", "value": Decimal(-3)}, "增速≥−3%"),
        ({"kind": "growth", "masked": True}, "**%"), ({"masked": True}, "**"),
        ({"masked": True, "text": "**亿元"}, "**亿元"), ({"no_task": True}, "/"),
        ({"kind": "rank", "value": Decimal(3)}, "前3名"),
        ({"kind": "rank", "value": Decimal(4), "comparator": "="}, "第4名"),
        ({"kind": "grade", "text": "优秀"}, "优秀"),
        ({"kind": "gap", "value": Decimal(5), "comparator": "<="}, "差距≤5"),
    ],
)  # fmt: skip
def test_readers_see_the_plans_own_words(parts: dict[str, object], label: str) -> None:
    assert Target(**parts).label == label  # type: ignore[arg-type]  # loose on purpose


@pytest.mark.parametrize(
    ("parts", "what"),
    [
        ({}, "没有数值"), ({"kind": "range", "value": TWELVE}, "上限缺失"),
        ({"kind": "range", "value": TWELVE, "high": Decimal(1)}, "小于下限"),
        ({"kind": "grade"}, "没有写等次"), ({"kind": "wish", "value": TWELVE}, "「wish」"),
        ({"comparator": ">", "value": TWELVE}, "「>」"),
    ],
)  # fmt: skip
def test_parts_that_do_not_fit_are_refused(parts: dict[str, object], what: str) -> None:
    with pytest.raises(TargetError, match=f"{what}.*；请|；请"):
        Target(**parts)  # type: ignore[arg-type]  # wrong on purpose


def test_only_values_and_ranges_are_levels_and_only_a_value_can_be_a_ceiling() -> None:
    levels = {kind for kind in KINDS if Target(kind=kind, masked=True).is_level}
    assert levels == {"value", "range"}
    ceilings = {
        (kind, sign)
        for kind in KINDS
        for sign in COMPARATORS
        if Target(kind=kind, comparator=sign, masked=True).is_ceiling
    }
    assert ceilings == {("value", "<=")}


def test_masked_and_no_task_are_not_open() -> None:
    assert Target(value=TWELVE).is_open
    assert not Target(masked=True).is_open
    assert not Target(no_task=True).is_open
