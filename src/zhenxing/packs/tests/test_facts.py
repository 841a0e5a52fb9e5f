"""The demo county's FACTS: made from its own figures, and enough to score every town."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pytest

from zhenxing.engine.schemes import Inputs, Result, read_facts, read_scheme, score
from zhenxing.packs.synthetic.files import written

HESHAN = Path(__file__).parents[4] / "packs/heshan"
FACTS = HESHAN / "facts"
TOWNS = 20
HELD = "T10"


@pytest.fixture(scope="module")
def result() -> Result:
    scheme, problems = read_scheme(HESHAN / "schemes/town-hill.yaml")
    assert scheme is not None
    assert problems == []
    return score(scheme, read_facts(FACTS), Inputs("2023-10"))


def rows(name: str) -> list[dict[str, str]]:
    with (HESHAN / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_town_has_a_total_but_the_one_that_owes_a_figure(result: Result) -> None:
    totals = {row.unit: row.total for row in result.rows}
    assert len(totals) == TOWNS
    assert [unit for unit, total in totals.items() if total is None] == [HELD]


def test_the_held_total_names_who_owes_the_figure(result: Result) -> None:
    [problem] = result.problems
    assert problem.where.startswith("figures.csv 第")
    assert problem.what == "黑水镇「食用菌」缺指标「mushrooms」（数是空的或不是数），总分暂缺"
    assert problem.next == "请县农业农村局补报这个数"


def test_no_point_is_missing_where_a_town_has_the_task(result: Result) -> None:
    missing = {
        (row.unit, code)
        for row in result.rows
        for code, item in row.items.items()
        if item.score is None
    }
    idle = {("T11", code) for code in ("grain_area", "mushrooms", "black_chickens", "pigs")}
    assert {each for each in missing if each[0] in {HELD, "T11"}} == {(HELD, "mushrooms"), *idle}


def test_its_figures_are_those_of_the_county() -> None:
    told = {(row["unit"], row["indicator"]): row["10"] for row in rows("figures/2022")}
    given = {
        (row["unit"], row["indicator"]): row["value"]
        for row in rows("facts/figures")
        if row["period"] == "2022-10" and not row["note"]
    }
    assert len(given) > TOWNS * TOWNS
    assert {about: told[about] for about in given} == given


def test_a_quarterly_figure_is_the_last_one_out_and_says_so() -> None:
    lines = [row for row in rows("facts/figures") if row["indicator"] == "rural_income"]
    assert {(row["period"], row["note"]) for row in lines} == {
        ("2022-10", "沿用2022-Q3"),
        ("2023-10", "沿用2023-Q3"),
    }


def test_an_event_is_kept_for_each_project_that_was_entered() -> None:
    entered = [
        row
        for row in rows("facts/events")
        if (row["unit"], row["event"]) == ("T01", "项目入库") and row["date"] < "2023-10"
    ]
    [figure] = [
        row["09"]
        for row in rows("figures/2023")
        if (row["unit"], row["indicator"]) == ("T01", "projects_entered")
    ]
    assert str(len(entered)) == figure


def test_a_pack_that_asks_for_none_gets_none(tmp_path: Path) -> None:
    copy = shutil.copytree(HESHAN, tmp_path / "heshan")
    plan = copy / "synthetic.yaml"
    head, _, _ = plan.read_text(encoding="utf-8").partition("\n# 考核用的数据文件夹")
    plan.write_text(head, encoding="utf-8")
    assert [name for name in written(copy) if name.startswith("facts/")] == []


def test_early_in_the_year_a_quarterly_figure_is_left_out(tmp_path: Path) -> None:
    copy = shutil.copytree(HESHAN, tmp_path / "heshan")
    plan = copy / "synthetic.yaml"
    told = plan.read_text(encoding="utf-8")
    told = told.replace(
        "period: 2023-10\n  closed: 2023-11-20", "period: 2023-01\n  closed: 2023-02-20"
    )
    plan.write_text(told, encoding="utf-8")
    lines = written(copy)["facts/figures.csv"].splitlines()
    given = {line.split(",")[1] for line in lines[1:]}
    assert {"general_budget", "paid_in"} <= given
    assert given & {"rural_income", "rural_income_growth", "grain_output", "fai"} == set()


def test_a_target_kept_back_stays_kept_back() -> None:
    targets = {(row["unit"], row["indicator"]): row["target"] for row in rows("facts/targets")}
    assert targets["T14", "firms_upgraded"] == "**"
    assert targets["T11", "pigs"] == "/"
    assert targets["T02", "rural_income"] == "8.8"
