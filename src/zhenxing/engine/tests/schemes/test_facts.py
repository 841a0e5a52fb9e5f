"""FACTS: every faulty row is told with its place, none is a zero, none stops the rest."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook

from zhenxing.engine.schemes import read_facts, read_results, read_scheme
from zhenxing.engine.schemes.rows import from_tables
from zhenxing.engine.schemes.tables import LARGEST, from_csv
from zhenxing.engine.tests.schemes.make import facts_of
from zhenxing.kernel.problems import Problem


def told(**tables: str) -> list[str]:
    return [problem.sentence for problem in facts_of(**tables).problems]


@pytest.mark.parametrize(
    ("tables", "sentence"),
    [
        ({"units": "T01,甲,;T01,乙,"},
            "units.csv 第3行：单位「T01」在units.csv 第2行已有；请删去重复的一行。"),
        ({"units": ",甲,"}, "units.csv 第2行：没有单位编码；请补上unit。"),
        ({"figures": "T1,fai,2023,1"},
            "figures.csv 第2行：单位表里没有「T1」，它的行不计；请改为T01，或补进单位表。"),
        ({"figures": "县,fai,2023,1"},
            "figures.csv 第2行：单位表里没有「县」，它的行不计；请补进单位表，或删去。"),
        ({"figures": "T01,,2023,1"},
            "figures.csv 第2行：没有指标编码，本行不计；请补上indicator。"),
        ({"figures": "T01,fai,二〇二三,1"},
            ("figures.csv 第2行：期别「二〇二三」不认识，本行不计；请写成2023、2023-H1、2023-Q3"
            "、2023-09、2023-01..02之一。")),
        ({"figures": "T01,fai,2023,1;T01,fai,2023,2"},
            ("figures.csv 第3行：「T01」「fai」2023的数在figures.csv 第2行已有，以前一行为准；请"
            "删去重复的一行。")),
        ({"figures": 'T01,fai,2023,"9,800"'},
            "figures.csv 第2行：「9,800」不是数，按未报处理；请写阿拉伯数字，不带单位和逗号。"),
        ({"figures": "T01,fai,2023,12%"},
            "figures.csv 第2行：「12%」带百分号，按未报处理；请去掉%，整列统一写成12这样。"),
        ({"figures": "T01,fai,2023,9999999999999999"},
            "figures.csv 第2行：「9999999999999999」过大，按未报处理；请核对计量单位和位数。"),
        ({"targets": "T01,fai,2023,很多"},
            "targets.csv 第2行：「很多」不是数，按未报处理；请写阿拉伯数字，不带单位和逗号。"),
        ({"events": ",T01,signing,2023-01-01,"},
            "events.csv 第2行：缺编号、事项或日期，本行不计；请补上id、event、date。"),
        ({"events": "e,T01,signing,1月1日,"},
            "events.csv 第2行：「1月1日」不是日期；请写成2023-10-25。"),
        ({"ratings": "T01,a,p1,,5;T01,a,p1,,6"},
            "ratings.csv 第3行：「p1」对「T01」「a」评了两次，以前一行为准；请删去重复的一行。"),
        ({"units": "unit,name,name;T01,a,b"}, "units.csv：列「name」写了两次；请只留一列。"),
        ({"units": "unit,name;T01,a,b"}, "units.csv 第2行：比表头多出几格；请检查逗号或引号。"),
        ({"figures": "unit,value;T01,1"},
            ("figures.csv：缺少列「indicator」「period」；第一行请写unit、indicator、period、val"
            "ue。")),
        ({"figures": 'T01,fai,2023,"1'},
            "figures.csv 第2行：CSV写法有误（unexpected end of data）；请检查引号是否成对。"),
    ],
)  # fmt: skip
def test_it_tells_place_and_next_step(tables: dict[str, str], sentence: str) -> None:
    assert sentence in told(**tables)


def test_a_blank_mark_is_no_mark() -> None:
    assert facts_of(ratings="T01,a,p1,,").ratings == []


def test_a_stranger_is_told_once_a_file() -> None:
    assert (
        len(told(figures="X,fai,2023,1;X,fai,2022,1", ratings="X,a,p,,1", events="X,X,s,2023,"))
        == 3
    )


def test_shares_and_percents_in_one_column_are_told() -> None:
    mixed = "T01,rate,2023,0.12;T02,rate,2023,12;T03,rate,2023,13"
    units = "T01,,;T02,,;T03,,"
    assert "有0.12，也有12，像是小数与百分数混写" in "".join(told(units=units, figures=mixed))
    for fine in ("0.5 1 2", "0.12 0.13 0.2", "12 13 14", "0.001 12 13", "0.1 900 1000", "0.12 12"):
        rows = ";".join(f"T{n:02},rate,2023,{v}" for n, v in enumerate(fine.split(), 1))
        assert told(units=units, figures=rows) == []


def test_blank_masked_and_no_task_are_three_things() -> None:
    facts = facts_of(
        figures="T01,fai,2023,;T02,fai,2023,**", targets="T01,fai,2023,/;T02,fai,2023,**%"
    )
    assert facts.problems == []
    cells = [next(iter(facts.figures[unit, "fai"].values())) for unit in ("T01", "T02")]
    assert [(cell.value, cell.lack) for cell in cells] == [
        (None, "数是空的或不是数"), (None, "数未公开（*）"),
    ]  # fmt: skip
    targets = [next(iter(facts.targets[unit, "fai"].values())) for unit in ("T01", "T02")]
    assert [cell.lack for cell in targets] == ["/", "目标未公开（*）"]


def test_a_parent_holds_figures_and_is_not_scored() -> None:
    facts = facts_of(units="T01,,C;C,县,", figures="C,gdp,2023,5;T01,gdp,2023,1")
    assert [unit.code for unit in facts.scored] == ["T01"]
    assert facts.problems == []
    # A parent needs no row of its own.
    assert facts_of(units="T01,,C", figures="C,gdp,2023,5").problems == []


def workbook(sheets: dict[str, Sequence[Sequence[object]]]) -> bytes:
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_a_workbook_reads_as_the_folder_does(tmp_path: Path) -> None:
    file = tmp_path / "facts.xlsx"
    file.write_bytes(
        workbook(
            {
                "units": [["unit", "name", None], ["T01", "甲镇", None], [None, None, None]],
                "figures": [["unit", "indicator", "period", "value"], ["T01", "fai", 2023, 0.1]],
                "events": [
                    ["id", "unit", "event", "date", "amount"],
                    ["e1", "T01", "signing", datetime(2023, 3, 1, 8), 5.0],  # noqa: DTZ001  # Excel has no zones
                    ["e2", "T01", "signing", date(2023, 3, 2), None],
                ],
                "targets": [[None]],
            }
        )
    )
    facts = read_facts(file)
    assert facts.figures["T01", "fai"][2023 * 12 + 11, False].value == Decimal("0.1")
    assert [(event.day, event.amount) for event in facts.events] == [
        (date(2023, 3, 1), 5), (date(2023, 3, 2), None),
    ]  # fmt: skip
    assert [problem.sentence for problem in facts.problems] == [
        "facts.xlsx，targets：是空的；第一行请写列名。"
    ]
    assert facts.units["T01"].where == "facts.xlsx，units!第2行"


def test_what_is_no_table_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"PK nothing")
    problems = read_facts(tmp_path / "a.xlsx").problems
    assert [problem.what for problem in problems] == ["不是能读的工作簿", "没有单位表"]
    told_: list[Problem] = []
    assert from_csv("units.csv", "单位".encode("gb18030"), told_) is None
    assert from_csv("units.csv", b" " * (LARGEST + 1), told_) is None
    assert [problem.what for problem in told_] == ["不是UTF-8文字", "文件过大"]


def test_a_folder_reads_and_lacks_what_it_lacks(tmp_path: Path) -> None:
    (tmp_path / "units.csv").write_bytes("\ufeffunit,class\nT01,山区镇\n".encode())
    facts = read_facts(tmp_path)
    assert facts.units["T01"].attributes == {"class": "山区镇"}
    assert facts.problems == []
    assert from_tables({}).problems[0].what == "没有单位表"


def test_results_of_other_runs_are_read_or_told(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('{"scheme": "a", "rows": []}', encoding="utf-8")
    (tmp_path / "b.json").write_text("[", encoding="utf-8")
    (tmp_path / "c.json").write_text("{}", encoding="utf-8")
    found, problems = read_results([tmp_path / f"{name}.json" for name in "abcd"])
    assert found == [{"scheme": "a", "rows": []}]
    assert [problem.where for problem in problems] == ["b.json", "c.json", "d.json"]
    assert read_scheme(tmp_path / "e.yaml")[1][0].what.startswith("打不开")
