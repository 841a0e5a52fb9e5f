"""Whom a row of a result is about, and what the items of a round are called."""

from __future__ import annotations

import pytest

from tests import cast
from zhenxing.assessment.models import RunRow
from zhenxing.assessment.queries import assessed as asking
from zhenxing.assessment.tests import rounds_make

pytestmark = pytest.mark.django_db


def test_a_working_group_speaks_through_its_town(county: cast.County) -> None:
    place = asking.of_row(RunRow(code="T01-G3", name="稳投资专班"))
    assert place is not None
    assert (place.unit, place.town, place.name) == (county.town, "T01", "稳投资专班")
    assert asking.of_row(RunRow(code="T01-G99", name="没有的专班")) is None
    assert asking.assessed(None, "T01") is None


def test_items_are_named_with_their_lead(county: cast.County) -> None:
    items = asking.items_of(rounds_make.edition(county.county))
    assert [(each.code, each.name) for each in items.values()] == [
        ("fai", "固定资产投资"), ("grain", "粮食产量"), ("models", "试点示范"),
    ]  # fmt: skip
    assert asking.department_of(items["fai"].lead) == county.statistics
    assert asking.department_of("评审专家组") is None
    assert asking.department_of("") is None


def test_rules_that_cannot_be_read_name_no_items(county: cast.County) -> None:
    assert asking.items_of(rounds_make.edition(county.county, "scheme: 坏")) == {}


def test_a_score_is_printed_as_the_result_says_or_not_at_all() -> None:
    result = {"rows": [{"unit": "T01", "total": "9.00", "items": {"fai": {"score": None}}}]}
    assert asking.printed(result, "T01", "") == "9.00"
    assert asking.printed(result, "T01", "fai") == asking.printed(result, "T01", "gdp") == ""
    assert asking.printed(result, "T02", "") == asking.printed({}, "T01", "") == ""
