"""The demo county holds what its source documents aim at and count, and its forms can be filled."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from zhenxing.kernel.quantities import MeasureError, convert, measure

HESHAN = Path(__file__).parents[4] / "packs" / "heshan"
SURVEYED = "统计调查"
# Counting words that a document uses for the dictionary's own.
ALIKE = {"名": "人", "场次": "场", "处": "座", "次": "人次", "万人": "万人次", "人": "人次"}


@lru_cache
def file(name: str) -> Any:  # noqa: ANN401  # a YAML file is a list or a mapping
    return yaml.safe_load((HESHAN / name).read_text(encoding="utf-8"))


@lru_cache
def indicators() -> dict[str, dict[str, Any]]:
    return {each["code"]: each for each in file("indicators.yaml")["indicators"]}


def facts() -> list[dict[str, Any]]:
    """Give the facts that are a figure of their own: no part of a sum, no rate of change."""
    every: list[dict[str, Any]] = file("sources.yaml")["facts"]
    return [fact for fact in every if "remark" not in fact and "change" not in fact]


def in_dictionary(fact: dict[str, Any]) -> Decimal:
    own, value = indicators()[fact["indicator"]]["measure"], Decimal(str(fact["value"]))
    try:
        return convert(value, measure(fact["measure"]), measure(own))
    except MeasureError:
        assert ALIKE[fact["measure"]] == own, fact
        return value


def units(fact: dict[str, Any]) -> list[str]:
    return fact["unit"] if isinstance(fact["unit"], list) else [fact["unit"]]


def test_every_fact_of_the_source_documents_has_a_home() -> None:
    known = indicators()
    homeless = [
        fact
        for fact in file("sources.yaml")["facts"]
        if not fact.get("place") and fact.get("indicator") not in known
    ]
    assert homeless == []


def test_what_the_documents_count_is_a_year_total_of_the_town_it_fits() -> None:
    totals = {
        (each["indicator"], each["unit"]): Decimal(str(each["value"]))
        for each in file("figures/year-2022.yaml")
    }
    counted = [fact for fact in facts() if "indicator" in fact and fact["kind"] == "actual"]
    for fact in counted:
        told = sum(totals[fact["indicator"], unit] for unit in units(fact))
        assert told == in_dictionary(fact), fact
    assert len(counted) > 80


def test_what_the_documents_aim_at_is_a_target() -> None:
    aims = {
        (each["indicator"], each["unit"]): each
        for each in file("targets/2023.yaml")
        if each.get("kind", "value") in {"value", "range"}
    }
    aimed = [fact for fact in facts() if "indicator" in fact and fact["kind"] == "target"]
    for fact in aimed:
        aim = aims[fact["indicator"], fact["unit"]]
        assert Decimal(str(aim["value"])) == in_dictionary(fact), fact
        assert aim.get("high") == fact.get("high"), fact
    assert len(aimed) > 12


def test_masked_aims_stay_masked_beside_the_level() -> None:
    aims = [each for each in file("targets/2023.yaml") if each["unit"] == "T01"]
    masked = {each["indicator"] for each in aims if each.get("masked")}
    assert masked == {"gdp", "fai", "resident_income"}
    assert {each["kind"] for each in aims if each["indicator"] == "fai"} == {"growth", "value"}


def test_one_indicator_has_one_working_group() -> None:
    charged = Counter(
        code for group in file("groups.yaml")["groups"] for code in group["indicators"]
    )
    assert [code for code, times in charged.items() if times > 1] == []


def test_every_group_fills_in_a_form_without_statutory_statistics() -> None:
    known = indicators()
    forms = {
        group["key"]: [code for code in group["indicators"] if known[code]["nature"] != SURVEYED]
        for group in file("groups.yaml")["groups"]
    }
    sizes = {key: len(codes) for key, codes in forms.items()}
    assert sizes == {"G1": 5, "G2": 11, "G3": 9, "G4": 8, "G5": 6, "G6": 7, "G7": 4}
    assert {known[code]["release"]["frequency"] for codes in forms.values() for code in codes} == {
        "month"
    }


def test_twelve_indicators_make_the_heat_table() -> None:
    orders = sorted(each["headline"] for each in indicators().values() if "headline" in each)
    assert orders == list(range(1, 13))


def test_a_quarterly_headline_names_what_speaks_for_it_monthly() -> None:
    known = indicators()
    for each in known.values():
        if "headline" in each and each["release"]["frequency"] == "quarter":
            assert each["leading"], each["code"]
            assert {known[code]["release"]["frequency"] for code in each["leading"]} == {"month"}


def test_one_person_of_each_role_is_a_demo_identity() -> None:
    shown = [person for person in file("people.yaml")["people"] if person.get("demo")]
    roles = Counter(post["role"] for person in shown for post in person["posts"])
    assert roles == dict.fromkeys("ADLGVCSX", 1) | {"F": 3, "K": 2}
    assert len({person["demo_order"] for person in shown}) == len(shown) == 13


def test_last_year_qingxi_came_fifth_and_three_towns_of_ten_were_excellent() -> None:
    results = {each["unit"]: each for each in file("results/2022.yaml") if each.get("of")}
    hill = [f"T{number:02}" for number in range(1, 11)]
    assert (results["T01"]["score"], results["T01"]["rank"], results["T01"]["grade"]) == (
        121.96,
        5,
        "良好",
    )
    assert {unit for unit in hill if results[unit]["grade"] == "优秀"} == {"T02", "T03", "T04"}
