"""Bad facts: a problem with its place and the next step, never a silent zero, never a crash."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook

from zhenxing.engine.schemes import Result, read_facts, tables
from zhenxing.engine.tests.schemes.make import FAI, HEAD, facts_of, of, result_of, told, totals

FIGURES = b"unit,indicator,period,value\nT01,fai,2023,8\nT02,fai,2023,8\n"
UNITS = b"unit,name\nT01,\xe7\x94\xb2\nT02,\xe4\xb9\x99\n"


def scored(tmp_path: Path, **files: bytes) -> Result:
    for name, data in {"units.csv": UNITS, "figures.csv": FIGURES, **files}.items():
        (tmp_path / name).write_bytes(data)
    return result_of(FAI, read_facts(tmp_path))


@pytest.mark.parametrize(
    "cell",
    [
        "八",
        "8亿",
        "12%",
        "\uff11\uff12",
        "=A1",
        "#DIV/0!",
        "0x10",
        "1e3",
        "--",
        "nan",
        "inf",
        "8 000",
    ],
)
def test_text_in_a_number_is_told_with_its_row_and_holds_the_total(cell: str) -> None:
    result = of(FAI, "1", tables={"figures": f"T01,fai,2023,{cell}"})
    assert totals(result) == {"T01": None}
    sentence = told(result)[0]
    assert sentence.startswith(f"figures.csv 第2行：「{cell}」")
    assert "按未报处理；请" in sentence


@pytest.mark.parametrize(
    ("tables_", "parts"),
    [
        ({"figures": "T01,fai,2023,**"}, ["figures.csv 第2行：", "数未公开（*）），总分暂缺"]),
        ({"targets": "T01,fai,2023,**"}, ["targets.csv 第2行：", "目标未公开（*）），总分暂缺"]),
        ({"targets": "T01,fai,2023,"}, ["targets.csv 第2行：", "目标是空的或不是数），总分暂缺"]),
        ({"targets": "T01,fai,2022,5"}, ["没有下达目标），总分暂缺"]),
        ({"figures": "T01,fai,2023,"}, ["figures.csv 第2行：", "数是空的或不是数），总分暂缺"]),
        ({"figures": "T01,fai,2023-11,5"}, ["没有到2023年12月的数），总分暂缺"]),
    ],
)
def test_what_is_not_there_holds_the_total(tables_: dict[str, str], parts: list[str]) -> None:
    item = "{id: fai, points: 9, rule: {completion: {cap: 1.2}}}"
    given = {"figures": "T01,fai,2023,5", "targets": "T01,fai,2023,5"} | tables_
    result = of(item, "1", tables=given)
    assert totals(result) == {"T01": None}
    assert all(part in "".join(told(result)) for part in parts), told(result)


def test_a_word_among_the_numbers_of_units_is_told_with_its_cell() -> None:
    units = "unit,name,people;T01,,12;T02,,一万;T03,,9"
    facts = facts_of(units=units, figures="T01,fai,2023,8")
    result = result_of("{id: fai, points: 9, rule: {formula: x / people}}", facts)
    assert result.rows == ()
    assert "units.csv 第3行「people」：「一万」不是数，这一列别的单位是数；请" in "".join(
        told(result)
    )


def test_a_number_among_the_words_of_units_stays_a_word() -> None:
    facts = facts_of(units="unit,name,kind;T01,,1;T02,,1.0;T03,,山", figures="T01,fai,2023,8")
    item = """{id: a, points: 9, rule: {formula: '5 if kind == "1" else 2'}}"""
    assert totals(result_of(item, facts)) == {"T01": "5.00", "T02": "2.00", "T03": "2.00"}


def test_a_number_beyond_all_measure_is_told() -> None:
    facts = facts_of(units=f"unit,name,area;T01,,{'9' * 400};T02,,3")
    result = result_of("{id: a, points: 9, rule: {formula: area}}", facts)
    assert totals(result) == {"T02": "3.00", "T01": None}
    assert "units.csv 第2行「area」：" in told(result)[0]
    assert "过大" in told(result)[0]


def test_two_targets_of_one_cut_off_are_told() -> None:
    item = "{id: fai, points: 9, rule: pass}"
    result = of(item, "8", tables={"targets": "T01,fai,2023,1;T01,fai,2023-12,9"})
    assert told(result) == [
        (
            "targets.csv 第2行：「T01」「fai」到2023年12月的数写了两次（targets.csv 第3行），以月份"
            "的为准；请只留一行。"
        )
    ]


@pytest.mark.parametrize(
    ("units", "path"),
    [
        ("T01,,T01;T02,,", "T01 → T01"),
        ("T01,,T02;T02,,T01;T03,,", "T01 → T02 → T01"),
        ("T01,,C;C,,P;P,,C;T02,,", "C → P → C"),
    ],
)
def test_units_above_themselves_are_told(units: str, path: str) -> None:
    result = of(FAI, "8 8 8", tables={"units": units})
    assert f"上级写成了一圈（{path}），这些单位不参加计分；请改正parent" in told(result)[0]


def test_a_file_that_strangers_are_full_of_is_read_in_time() -> None:
    units = ";".join(f"T{n:05},," for n in range(2000))
    rows = ";".join(f"X{n:05},fai,2023,1" for n in range(2000))
    problems = facts_of(units=units, figures=rows).problems
    assert len(problems) == 2000
    assert problems[0].next.startswith("请改为")
    assert problems[-1].next == "请补进单位表，或删去"


def test_a_misspelt_file_is_no_empty_table(tmp_path: Path) -> None:
    result = scored(tmp_path, **{"event.csv": b"id\n", "Targets.CSV": b"unit\n", "备注.csv": b""})
    assert [problem.sentence for problem in result.problems] == [
        f"{tmp_path.name}：不认识的文件「Targets.CSV」，没有读；请改名为targets.csv，或移走。",
        f"{tmp_path.name}：不认识的文件「event.csv」，没有读；请改名为events.csv，或移走。",
        (
            f"{tmp_path.name}：不认识的文件「备注.csv」，没有读；请改名为units.csv、figures.csv、"
            "targets.csv、events.csv、ratings.csv，或移走。"
        ),
    ]
    assert totals(result) == {"T01": "12.00", "T02": "12.00"}


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (
            "单位,indicator\n".encode("gb18030"),
            "figures.csv 第1行：不是UTF-8文字；请另存为UTF-8的CSV。",
        ),
        (FIGURES + b"T01,\xff,2023,1\n", "figures.csv 第4行：不是UTF-8文字；请另存为UTF-8的CSV。"),
        (FIGURES.decode().encode("utf-16"), "figures.csv 第1行：不是UTF-8文字"),
        (b"", "figures.csv：是空的；第一行请写列名。"),
        (b"\n\n", "figures.csv：是空的；第一行请写列名。"),
        (b"PK\x03\x04", "figures.csv：缺少列「unit」「indicator」「period」「value」；第一行请写"),
        (
            b"Unit,Indicator,Period,Value\nT01,fai,2023,8\n",
            "figures.csv：缺少列「unit」「indicator」",
        ),
        (
            b"unit;indicator;period;value\nT01;fai;2023;8\n",
            "figures.csv：缺少列「unit」「indicator」",
        ),
        (b'unit,indicator,period,value\nT01,fai,2023,"8', "figures.csv 第2行：CSV写法有误"),
        (b"unit,indicator,period,value\nT01,fai,2023," + b"8" * 200_000, "CSV写法有误"),
        (
            b",".join([b"unit", *[b"c"] * 250]) + b"\n",
            "figures.csv：超过200列，后面的没有读；请删去",
        ),
    ],
)
def test_a_damaged_table_is_told_and_holds_the_totals(
    data: bytes, sentence: str, tmp_path: Path
) -> None:
    result = scored(tmp_path, **{"figures.csv": data})
    assert any(sentence in each for each in told(result)), told(result)
    assert totals(result) == {"T01": None, "T02": None}


def test_rows_beyond_measure_are_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(tables, "MOST_ROWS", 1)
    result = scored(tmp_path)
    assert told(result)[:2] == [
        "units.csv 第3行：超过1行，从这里起没有读；请按年拆成几份。",
        "figures.csv 第3行：超过1行，从这里起没有读；请按年拆成几份。",
    ]


def workbook(**sheets: list[list[object]]) -> bytes:
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


SHEETS: dict[str, list[list[object]]] = {
    "units": [["unit", "name"], ["T01", "甲"]],
    "figures": [["unit", "indicator", "period", "value"], ["T01", "fai", 2023, 8]],
}


def read(tmp_path: Path, data: bytes) -> Result:
    file = tmp_path / "facts.xlsx"
    file.write_bytes(data)
    return result_of(FAI, read_facts(file))


def test_a_workbook_with_wrong_columns_or_names_is_told_by_sheet(tmp_path: Path) -> None:
    sheets: dict[str, list[list[object]]] = {
        "units": SHEETS["units"], "Figures": SHEETS["figures"],
        "targets": [["单位", "目标"], ["T01", 5]],
        "events": [["id", "unit", "event", "date"], ["e1", "T01", "签约", "某日"]],
    }  # fmt: skip
    result = read(tmp_path, workbook(**sheets))
    sentences = told(result)
    assert sentences[:3] == [
        "facts.xlsx：不认识的工作表「Figures」，没有读；请改名为figures，或移走。",
        (
            "facts.xlsx，targets：缺少列「unit」「indicator」「period」「target」；第一行请写unit、"
            "indicator、period、target。"
        ),
        "facts.xlsx，events!第2行：「某日」不是日期；请写成2023-10-25。",
    ]
    assert totals(result) == {"T01": None}


def test_a_date_where_a_month_was_meant_is_told(tmp_path: Path) -> None:
    from datetime import datetime  # noqa: PLC0415

    rows: list[list[object]] = [SHEETS["figures"][0], ["T01", "fai", datetime(2023, 12, 1), 8]]  # noqa: DTZ001
    result = read(tmp_path, workbook(units=SHEETS["units"], figures=rows))
    assert (
        "facts.xlsx，figures!第2行：期别「2023-12-01」不认识，本行不计；请写成2023"
        in told(result)[0]
    )
    assert totals(result) == {"T01": None}


def packed(sound: bytes, name: str, content: bytes) -> bytes:
    """Give a workbook one of whose parts has been replaced."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(sound)) as old, zipfile.ZipFile(stream, "w") as new:
        for part in old.infolist():
            new.writestr(part.filename, content if part.filename == name else old.read(part))
    return stream.getvalue()


def test_a_damaged_workbook_is_told_wherever_it_is_damaged(tmp_path: Path) -> None:
    sound = workbook(**SHEETS)
    assert totals(read(tmp_path, sound)) == {"T01": "12.00"}
    with zipfile.ZipFile(io.BytesIO(sound)) as parts:
        names = [part.filename for part in parts.infolist()]
    damaged = [sound[: len(sound) // 2], sound[:-30], b"PK", b""]
    damaged += [packed(sound, name, b"<a><b>") for name in names if name.endswith(".xml")]
    for data in damaged:
        result = read(tmp_path, data)
        where = {problem.where for problem in result.problems}
        assert totals(result) in ({}, {"T01": "12.00"}), data[:60]
        assert "facts.xlsx" in where or totals(result) == {"T01": "12.00"}


def test_a_workbook_beyond_measure_is_not_unpacked(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(tables, "LARGEST", 100)
    assert "facts.xlsx：文件过大；请按年拆成几份" in told(read(tmp_path, workbook(**SHEETS)))[0]


def test_every_unit_without_a_class_is_named() -> None:
    units = "unit,name,class;T01,甲,山;T02,乙,"
    facts = facts_of(units=units, figures="T01,fai,2023,8;T02,fai,2023,8")
    result = result_of(FAI, facts, more="groups: {by: class}")
    assert told(result) == [
        "units.csv 第3行：单位「乙」没有分组（class是空的），不参加计分；请补上。"
    ]
    assert {row.unit: (row.total, row.rank) for row in result.rows} == {
        "T02": (None, None), "T01": ("12.00", 1),
    }  # fmt: skip


def test_the_same_month_last_year_at_nothing_is_no_growth() -> None:
    head = HEAD.replace("year: 2023", "year: 2023, missing: hold")
    item = "{id: fai, points: 9, value: growth(fai), rule: {formula: x}}"
    result = of(item, "1", tables={"figures": "T01,fai,2023,5;T01,fai,2022,0.00"}, head=head)
    assert totals(result) == {"T01": None}
    assert "figures.csv 第3行：T01「fai」除数「上年数」为0，总分暂缺" in told(result)[0]
