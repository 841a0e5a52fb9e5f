"""A nation scored in columns: byte for byte what ordinary scoring prints on the same facts."""

from __future__ import annotations

import tempfile
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

import duckdb
from hypothesis import given, settings
from hypothesis import strategies as st

from zhenxing.engine.schemes import Inputs, columnar, load, score
from zhenxing.engine.schemes.bulk import Table, score_table
from zhenxing.engine.schemes.rows import from_tables
from zhenxing.engine.schemes.tables import from_csv
from zhenxing.engine.tests.schemes.make import scheme_of
from zhenxing.engine.tests.schemes.parquet_facts import write_folder
from zhenxing.engine.tests.schemes.random_schemes import Case, case
from zhenxing.kernel.rounding import WIDE, divide


def ordinary(drawn: Case) -> tuple[list[Any], dict[str, dict[str, str | None]]]:
    """Score the case from CSV: rows without items, and the items' printed scores."""
    scheme, problems = load(drawn.scheme, "random.yaml")
    assert scheme is not None, [problem.sentence for problem in problems]
    read = {name: from_csv(name, text.encode(), []) for name, text in drawn.tables.items()}
    facts = from_tables({name: table for name, table in read.items() if table is not None})
    rows = score(scheme, facts, Inputs(drawn.period, drawn.others, drawn.previous)).rows
    scores = {row.unit: {k: v.score for k, v in row.items.items()} for row in rows if row.items}
    return [(r.unit, r.group, r.total, r.rank, r.of, r.grade, r.eligible) for r in rows], scores


def in_bulk(drawn: Case) -> tuple[list[Any], dict[str, dict[str, str | None]]]:
    """Score the case from Parquet."""
    scheme, _ = load(drawn.scheme, "random.yaml")
    assert scheme is not None
    with tempfile.TemporaryDirectory() as folder:
        inputs = Inputs(drawn.period, drawn.others, drawn.previous)
        table = score_table(scheme, write_folder(Path(folder), drawn.tables), inputs)
        rows, scores = table.rows(drawn.previous), table.scores()
    return [(r.unit, r.group, r.total, r.rank, r.of, r.grade, r.eligible) for r in rows], scores


@given(st.integers(min_value=0, max_value=2**32))
@settings(max_examples=40, deadline=None)
def test_bulk_prints_what_ordinary_scoring_prints(seed: int) -> None:
    drawn = case(Random(seed))  # noqa: S311  # a draw that can be repeated, no secret
    found = in_bulk(drawn)
    if "months_late" not in drawn.scheme or found[0]:  # the one thing that is refused, told below
        assert found == ordinary(drawn)


HEAD = "scheme: {id: t, name: 试, basis: 试, year: 2023}"
ITEM = "{id: fai, points: 12, rule: {completion: {cap: 1}}}"
UNITS = "unit,name,parent,kind\nT01,甲镇,C,hill\nT02,乙镇,C,\nC,县,,\n"
FIGURES = "unit,indicator,period,value\nT01,fai,2023-12,9\nT02,fai,2023-12,8\n"
TARGETS = "unit,indicator,period,target\nT01,fai,2023,10\nT02,fai,2023,10\n"


def table_of(folder: Path, items: str = ITEM, **tables: str) -> Table:
    """Score a small folder; tables may carry a scheme's head and its tail beside the CSV text."""
    head, more = tables.pop("head", HEAD), tables.pop("more", "")
    written = {"units": UNITS, "figures": FIGURES, "targets": TARGETS} | tables
    given = {name: text for name, text in written.items() if text}
    return score_table(scheme_of(items, head=head, more=more), write_folder(folder, given))


def told(table: Table) -> list[str]:
    """Return the problems as sentences."""
    return [problem.sentence for problem in table.problems]


def test_a_month_that_stands_twice_is_refused(tmp_path: Path) -> None:
    table = table_of(tmp_path, figures=f"{FIGURES}T01,fai,2023-12,9\n")
    assert told(table) == ["figures.parquet：「T01」有的指标在同一期写了两次；请只留一行。"]
    assert (table.rows(), table.scores()) == ([], {})


def test_a_target_that_stands_twice_is_refused(tmp_path: Path) -> None:
    table = table_of(tmp_path, targets=f"{TARGETS}T01,fai,2023,11\n")
    assert told(table) == ["targets.parquet：「T01」有的指标在同一期写了两次；请只留一行。"]


def test_figures_in_doubles_are_refused(tmp_path: Path) -> None:
    write_folder(tmp_path, {"units": UNITS})
    text = "SELECT 'T01' AS unit, 'fai' AS indicator, 2023 AS year, 12 AS month, 9e0 AS value"
    duckdb.execute(f"COPY ({text}) TO '{tmp_path}/figures.parquet'")
    table = score_table(scheme_of(ITEM), tmp_path)
    assert told(table) == [
        "figures.parquet：列「value」是DOUBLE，不能精确计算；请存为DECIMAL(18, 6)以内或整数。"
    ]


def test_a_file_that_lacks_a_column_is_told(tmp_path: Path) -> None:
    write_folder(tmp_path, {"units": UNITS, "figures": "unit,indicator,value\nT01,fai,9\n"})
    assert told(score_table(scheme_of(ITEM), tmp_path)) == [
        "figures.parquet：缺少列「year」「month」；请写unit、indicator、year、month、value。"
    ]


def test_an_empty_folder_is_told(tmp_path: Path) -> None:
    said = told(score_table(scheme_of(ITEM), tmp_path))
    assert said == [f"{tmp_path}：没有能读的units.parquet；请核对文件夹。"]


def test_a_period_outside_the_window_is_told(tmp_path: Path) -> None:
    write_folder(tmp_path, {"units": UNITS, "figures": FIGURES})
    said = told(score_table(scheme_of(ITEM), tmp_path, Inputs(period="2022-10")))
    assert said == ["--period：2022年10月不在方案的考核期内；请写2023-01至2023-12之间的期别。"]


def test_late_returns_cannot_be_scored_in_bulk(tmp_path: Path) -> None:
    item = "{id: late, points: 1, value: months_late, target: 1, better: lower, rule: pass}"
    head = "scheme: {id: t, name: 试, basis: 试, year: 2023, due: 25}"
    table = table_of(tmp_path, item, head=head)
    assert "成批计分没有上报日期，算不出「months_late」" in told(table)[-1]
    assert table.plan is None


def test_a_grouping_column_that_is_not_there_stops_the_scoring(tmp_path: Path) -> None:
    table = table_of(tmp_path, more="groups: {by: class}")
    assert table.plan is None
    assert "单位表没有分组的列「class」" in told(table)[0]


def test_a_unit_without_a_group_stands_outside(tmp_path: Path) -> None:
    table = table_of(tmp_path, more="groups: {by: kind}")
    assert [(row.unit, row.total, row.rank) for row in table.rows()] == [
        ("T02", None, None),
        ("T01", "10.80", 1),
    ]


def test_it_tells_how_many_units_lack_a_score(tmp_path: Path) -> None:
    items = f"{ITEM}\n{{id: tax, lead: 县税务局, points: 1, target: 1, rule: pass}}"
    said = told(table_of(tmp_path, items))
    assert said[-1] == "t.yaml 第7行：「tax」有2个单位没有得分；请县税务局补报。"


def test_a_folder_without_targets_holds_what_reads_them(tmp_path: Path) -> None:
    table = table_of(tmp_path, targets="")
    assert table.scores() == {"T01": {"fai": None}, "T02": {"fai": None}}
    assert "「fai」有2个单位没有得分" in told(table)[-1]


def test_a_scheme_of_marks_alone_reads_no_figures(tmp_path: Path) -> None:
    ratings = "unit,item,rater,rater_class,value\nT01,look,p1,,好\nT02,look,p1,,差\n"
    item = "{id: look, points: 2, rule: {judged: {好: 2, 差: 0}}}"
    table = table_of(tmp_path, item, ratings=ratings)
    assert table.scores() == {"T01": {"look": "2.0000"}, "T02": {"look": "0.0000"}}


def test_indicators_may_be_numbers_with_their_codes_beside(tmp_path: Path) -> None:
    write_folder(tmp_path, {"units": UNITS})
    files = {
        "indicators": "SELECT 7 AS indicator, 'fai' AS code",
        "figures": "SELECT 'T0' || n AS unit, 7 AS indicator, 2023 AS year, 12 AS month, "
        "n AS value FROM range(1, 3) AS t(n)",
        "targets": "SELECT 'T0' || n AS unit, 7 AS indicator, 2023 AS year, 2 AS target "
        "FROM range(1, 3) AS t(n)",
    }
    for name, text in files.items():
        duckdb.execute(f"COPY ({text}) TO '{tmp_path}/{name}.parquet'")
    table = score_table(scheme_of(ITEM), tmp_path)
    assert table.scores() == {"T01": {"fai": "6.0000"}, "T02": {"fai": "12.0000"}}


def test_a_scheme_without_a_year_of_its_own_takes_windows_and_rates(tmp_path: Path) -> None:
    head = "scheme: {id: t, name: 试, basis: 试, year: 2023, monthly: current, as_is: [rate]}"
    items = f"{ITEM}\n{{id: rate, points: 1, target: 5, rule: {{completion: {{cap: 2}}}}}}"
    months = "".join(f"T01,fai,2023-{month:02},1\n" for month in range(1, 13))
    figures = f"{FIGURES.splitlines()[0]}\n{months}T02,fai,2023,6\nT01,rate,2023-12,5\n"
    figures += "T01,rate,2023-Q4,4\nT02,rate,2023-Q4,10\n"
    assert table_of(tmp_path, items, head=head, figures=figures).scores() == {
        "T01": {"fai": "12.0000", "rate": "1.0000"},
        "T02": {"fai": "7.2000", "rate": "2.0000"},
    }


def test_the_months_of_a_window_over_new_year_are_added_up(tmp_path: Path) -> None:
    head = (
        "scheme: {id: t, name: 试, basis: 试, year: 2023, monthly: current, "
        "window: [2022-12, 2023-11]}"
    )
    months = ["2022-12", *(f"2023-{month:02}" for month in range(1, 12))]
    figures = "".join(f"T01,fai,{month},1\nT02,fai,{month},0.5\n" for month in months)
    table = table_of(tmp_path, head=head, figures=f"unit,indicator,period,value\n{figures}")
    assert table.scores() == {"T01": {"fai": "12.0000"}, "T02": {"fai": "7.2000"}}


@given(
    st.integers(-(10**18) + 1, 10**18 - 1),
    st.integers(0, 6),
    st.sampled_from(["1", "7", "12", "4.5", "33.25"]),
)
def test_the_operand_is_the_double_nearest_to_the_exact_number(
    digits: int, scale: int, share: str
) -> None:
    exact = Decimal(digits).scaleb(-scale)
    number = columnar.Numbers("v", scale, is_wide=False)
    drawn = f"(SELECT '{exact:f}'::DECIMAL(18, {scale}) AS v)"
    texts = columnar.nearest("v", scale), columnar.shared(number, Decimal(share), 12)
    asked = f"SELECT {', '.join(texts)} FROM {drawn}"  # noqa: S608  # drawn numbers
    assert duckdb.execute(asked).fetchall() == [
        (float(exact), float(divide(WIDE.multiply(exact, Decimal(share)), Decimal(12))))
    ]


def test_a_number_beyond_all_measure_counts_as_missing() -> None:
    wide = columnar.Numbers("v", 0, is_wide=True)
    asked = f"SELECT {wide.fair} FROM (VALUES ({10**15}), (5)) AS t(v)"  # noqa: S608  # numbers
    assert duckdb.execute(asked).fetchall() == [(None,), (5,)]


def test_a_nation_owes_nothing_in_an_item_of_another_group(tmp_path: Path) -> None:
    units = UNITS.replace("乙镇,C,", "乙镇,C,plain")
    items = f"{ITEM}\n{{id: tax, points: {{hill: 3}}, value: fai, rule: {{formula: P}}}}"
    table = table_of(tmp_path, items, units=units, more="groups: {by: kind}")
    assert told(table) == []
    assert table.scores()["T02"] == {"fai": "9.6000", "tax": None}
    assert [row.total for row in table.rows()] == ["13.80", "9.60"]
