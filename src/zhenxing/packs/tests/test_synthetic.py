"""The generator writes the demo county's tables again, and what it writes could have happened."""

from __future__ import annotations

import csv
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml

from zhenxing.packs.synthetic.__main__ import main
from zhenxing.packs.synthetic.files import written

HESHAN = Path(__file__).parents[4] / "packs" / "heshan"
MONTHS = [f"{month:02}" for month in range(1, 13)]
YEARS = ("2022", "2023")
MARKS = {"", "-", "**"}
WHOLE = Decimal(100)

Rows = Mapping[tuple[str, str], Mapping[str, str]]


def rows(name: str) -> Rows:
    """Read a table of the pack: cells by month under indicator and unit."""
    with (HESHAN / "figures" / name).open(encoding="utf-8", newline="") as page:
        return {(row["indicator"], row["unit"]): row for row in csv.DictReader(page)}


@pytest.fixture(scope="module", params=YEARS)
def year(request: pytest.FixtureRequest) -> Rows:
    return rows(f"{request.param}.csv")


def indicators() -> dict[str, dict[str, Any]]:
    text = (HESHAN / "indicators.yaml").read_text(encoding="utf-8")
    entries = yaml.load(text, yaml.BaseLoader)["indicators"]  # noqa: S506  # text only
    return {entry["code"]: entry for entry in entries}


def values(row: Mapping[str, str]) -> list[Decimal]:
    return [Decimal(row[month]) for month in MONTHS if row[month] not in MARKS]


def test_it_writes_the_committed_files_again_byte_for_byte() -> None:
    for name, text in written(HESHAN).items():
        assert (HESHAN / name).read_bytes() == text.encode(), name


def test_another_seed_makes_other_figures_but_keeps_what_is_known(tmp_path: Path) -> None:
    copy = shutil.copytree(HESHAN, tmp_path / "heshan")
    plan = (copy / "synthetic.yaml").read_text(encoding="utf-8")
    changed = plan.replace("seed: heshan-2023", "seed: another")
    (copy / "synthetic.yaml").write_text(changed, encoding="utf-8")

    again = written(copy)["figures/2023.csv"]

    assert again != (HESHAN / "figures/2023.csv").read_text(encoding="utf-8")
    line = next(line for line in again.splitlines() if line.startswith("paid_in,T01"))
    assert line.split(",")[10] == "5260"


def test_the_command_writes_into_the_folder_it_is_given(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = shutil.copytree(HESHAN, tmp_path / "heshan")
    (copy / "figures/history.csv").unlink()

    assert main([str(copy)]) == 0
    assert (copy / "figures/history.csv").read_bytes() == (
        HESHAN / "figures/history.csv"
    ).read_bytes()
    assert "figures/2023.csv" in capsys.readouterr().out


def test_the_command_says_what_to_write_where_there_is_no_plan(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(tmp_path)]) == 2
    assert "没有找到 synthetic.yaml" in capsys.readouterr().err


def test_it_knows_no_django() -> None:
    code = (
        "import sys, zhenxing.packs.synthetic.__main__;"
        "sys.exit(any(name.split('.')[0] == 'django' for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_running_total_never_falls_within_the_year(year: Rows) -> None:
    known = indicators()
    fallen = [
        about
        for about, row in year.items()
        if known[about[0]]["reading"] == "cumulative"
        and any(later < earlier for earlier, later in pairwise(values(row)))
    ]
    assert fallen == []


def test_only_a_rate_may_be_negative(year: Rows) -> None:
    known = indicators()
    negative = {about[0] for about, row in year.items() if any(each < 0 for each in values(row))}
    assert {code for code in negative if known[code]["kind"] != "rate"} == set()
    assert negative <= {"security_cases", "criminal_cases"}


def test_a_rate_stays_within_its_bounds(year: Rows) -> None:
    bounds = {code: each["plausible"] for code, each in indicators().items() if "plausible" in each}
    for (code, unit), row in year.items():
        if code in bounds:
            low, high = Decimal(bounds[code]["low"]), Decimal(bounds[code]["high"])
            assert all(low <= each <= high for each in values(row)), (code, unit)


def test_fixed_investment_has_no_january_figure(year: Rows) -> None:
    investment = {unit: row for (code, unit), row in year.items() if code == "fai"}
    assert len(investment) == 20
    assert {row["01"] for row in investment.values()} == {""}
    assert all(Decimal(row["02"]) > 0 for row in investment.values())


def test_parts_stay_within_their_whole(year: Rows) -> None:
    for whole, parts in families().items():
        for (code, unit), row in year.items():
            if code == whole:
                for month in MONTHS:
                    inside = [year[part, unit][month] for part in parts if (part, unit) in year]
                    told = [Decimal(each) for each in inside if each not in MARKS]
                    assert not told or sum(told) <= Decimal(row[month]), (whole, unit, month)


def families() -> dict[str, list[str]]:
    wholes: dict[str, list[str]] = {}
    for code, each in indicators().items():
        if "parts_of" in each:
            wholes.setdefault(each["parts_of"], []).append(code)
    return wholes


def test_the_four_kinds_of_income_make_up_the_income(year: Rows) -> None:
    kinds = ("wage_income", "business_income", "property_income", "transfer_income")
    for (code, unit), row in year.items():
        if code == "rural_income":
            told = [month for month in MONTHS if row[month] not in MARKS]
            for month in told:
                assert sum(Decimal(year[kind, unit][month]) for kind in kinds) == Decimal(
                    row[month]
                )


def test_the_tiers_of_village_income_are_nested(year: Rows) -> None:
    tiers = ("villages_10", "villages_20", "villages_50", "villages_100")
    for unit in {unit for code, unit in year if code == tiers[0]}:
        for month in ("03", "06", "09"):
            counts = [Decimal(year[tier, unit][month]) for tier in tiers]
            assert counts == sorted(counts, reverse=True), (unit, month)


def test_grain_comes_with_its_two_harvests() -> None:
    for (code, unit), row in rows("2022.csv").items():
        if code == "grain_output":
            assert [month for month in MONTHS if row[month]] == ["06", "10", "11"], unit
            summer = Decimal(row["06"]) / Decimal(row["11"]) * WHOLE
            assert 40 < summer < 48, unit


def test_visitors_come_in_summer_and_stay_away_in_winter() -> None:
    for (code, unit), row in rows("2022.csv").items():
        if code == "tourism_income":
            total = [Decimal(row[month]) for month in MONTHS]
            assert total[7] - total[5] > 2 * (total[11] - total[9]), unit


def test_trees_are_planted_in_spring() -> None:
    for (code, unit), row in rows("2022.csv").items():
        if code == "afforestation":
            assert Decimal(row["06"]) > Decimal(row["12"]) * Decimal("0.6"), unit


def test_what_is_published_after_the_business_date_is_left_out() -> None:
    now = rows("2023.csv")
    assert now["rural_income", "T01"]["06"]
    assert now["rural_income", "T01"]["09"] == ""
    assert now["gdp", "H00"]["09"] == ""
    assert now["collective_income", "T01"]["09"]
    assert all(row[month] == "" for row in now.values() for month in ("10", "11", "12"))


def test_no_town_has_a_product_of_its_own() -> None:
    for name in ("2022.csv", "2023.csv"):
        assert {unit for code, unit in rows(name) if code == "gdp"} == {"H00"}


def test_missing_and_masked_are_marked_and_are_not_zero() -> None:
    now = rows("2023.csv")
    assert now["mushrooms", "T10"]["09"] == "-"
    assert now["contract_amount", "T18"]["09"] == "**"
    assert now["firms_upgraded", "T10"]["09"] == "0"
    assert rows("2023-growth.csv")["mushrooms", "T10"]["09"] == ""


def test_growth_is_told_only_where_a_department_gives_it() -> None:
    given = {code for code, each in indicators().items() if each["growth"] == "given"}
    for name in YEARS:
        assert {code for code, _ in rows(f"{name}-growth.csv")} <= given


def test_given_growth_lies_near_the_growth_of_the_two_totals() -> None:
    before, now, rates = rows("2022.csv"), rows("2023.csv"), rows("2023-growth.csv")
    for about, row in rates.items():
        for month in MONTHS:
            if row[month] and about[0] != "gdp":
                computed = Decimal(now[about][month]) / Decimal(before[about][month]) - 1
                assert abs(computed * WHOLE - Decimal(row[month])) < 2, (about, month)


def test_qingxi_stands_where_its_story_says() -> None:
    now, rates = rows("2023.csv"), rows("2023-growth.csv")
    story = {"fai": "8140", "paid_in": "5260", "pigs": "4964", "tourism_visits": "13.1"}
    assert {code: now[code, "T01"]["09"] for code in story} == story
    assert rates["paid_in", "T01"]["09"] == "-6.8"


def test_every_town_behind_or_ahead_is_so_by_its_lead() -> None:
    plan = yaml.safe_load((HESHAN / "synthetic.yaml").read_text(encoding="utf-8"))
    now, targets = rows("2023.csv"), dict(town_targets())
    for unit, lead in plan["leads"]["paid_in"].items():
        done = Decimal(now["paid_in", unit]["09"]) / targets["paid_in", unit] * WHOLE
        assert abs(done - 75 - Decimal(str(lead))) < Decimal("0.1"), unit


def town_targets() -> Iterator[tuple[tuple[str, str], Decimal]]:
    with (HESHAN / "targets/2023-towns.csv").open(encoding="utf-8", newline="") as page:
        for row in csv.DictReader(page):
            for unit, value in row.items():
                if unit.startswith("T") and value not in {"", "/", "**"}:
                    yield (row["indicator"], unit), Decimal(value)


def test_towns_without_a_task_say_so() -> None:
    with (HESHAN / "targets/2023-towns.csv").open(encoding="utf-8", newline="") as page:
        aims = {row["indicator"]: row for row in csv.DictReader(page)}
    assert aims["mushrooms"]["T11"] == "/"
    assert aims["firms_upgraded"]["T14"] == "**"
    assert "T01" not in aims["fai"]


def test_histories_tell_at_least_sixty_earlier_vintages_and_end_at_the_table() -> None:
    with (HESHAN / "figures/history.csv").open(encoding="utf-8", newline="") as page:
        lines = list(csv.DictReader(page))
    now = rows("2023.csv")
    assert sum(line["unit"] == "T01" and line["standing"] != "confirmed" for line in lines) >= 60
    assert all(
        line["document"] for line in lines if line["standing"] in {"correction", "confirmed"}
    )
    for line in lines:
        if line["standing"] == "confirmed":
            month = line["period"].removeprefix("2023-")
            assert line["value"] == now[line["indicator"], line["unit"]][month], line


def test_the_open_month_goes_on_from_the_last_one() -> None:
    now, known = rows("2023.csv"), indicators()
    acts = yaml.safe_load((HESHAN / "demo.yaml").read_text(encoding="utf-8"))["submissions"]
    assert {act["group"] for act in acts if act["unit"] == "T01"} == {"G1", "G2", "G4", "G7"}
    for act in acts:
        for code, value in act["values"].items():
            last = now[code, act["unit"]]["09"]
            if known[code]["reading"] == "cumulative" and last not in MARKS:
                assert Decimal(str(value)) >= Decimal(last), (act["unit"], code)
