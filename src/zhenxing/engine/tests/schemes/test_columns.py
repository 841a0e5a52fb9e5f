"""Facts out of a database: the same facts, and the same words, as out of files."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from zhenxing.engine.schemes import Facts, facts_from_columns
from zhenxing.engine.schemes.facts import Cell
from zhenxing.engine.tests.schemes.make import facts_of

UNITS = [
    ("T01", "甲镇", "C", {"kind": "hill"}, "units.csv 第2行"),
    ("T02", "乙镇", "C", {"people": "8"}, "units.csv 第3行"),
    ("C", "县", "", {}, "units.csv 第4行"),
]
UNIT_TEXT = "unit,name,parent,kind,people;T01,甲镇,C,hill,;T02,乙镇,C,,8;C,县,,,"


Given = Any  # the fields of a row of figures


def figure(unit: str, value: str | None, line: int, **more: Given) -> tuple[Any, ...]:
    row = {"indicator": "fai", "period": "2023", "lack": "", "reported": None} | more
    number = None if value is None else Decimal(value)
    where = f"figures.csv 第{line}行"
    return unit, row["indicator"], row["period"], number, where, row["lack"], row["reported"]


def target(
    unit: str, value: str | None, line: int, lack: str = ""
) -> tuple[str, str, str, Decimal | None, str, str]:
    number = None if value is None else Decimal(value)
    return unit, "fai", "2023", number, f"targets.csv 第{line}行", lack


def told(facts: Facts) -> list[str]:
    return [problem.sentence for problem in facts.problems]


def test_rows_give_the_facts_that_the_files_would_give() -> None:
    columns = facts_from_columns(
        UNITS,
        [
            figure("T01", "9.80", 2, reported=date(2023, 12, 3)),
            figure("T02", None, 3),
            figure("C", "-3", 4, period="2023-Q3"),
        ],
        [target("T01", "10", 2), target("T02", None, 3, "/"), target("C", None, 4)],
        [("e1", "T01", "signing", date(2023, 5, 1), Decimal("1.5"), "events.csv 第2行")],
        [("T01", "look", "p1", "park", "8.5", "ratings.csv 第2行")],
    )
    files = facts_of(
        units=UNIT_TEXT,
        figures="unit,indicator,period,value,reported;T01,fai,2023,9.80,2023-12-03;T02,fai,2023,,;"
        "C,fai,2023-Q3,-3,",
        targets="T01,fai,2023,10;T02,fai,2023,/;C,fai,2023,",
        events="e1,T01,signing,2023-05-01,1.5",
        ratings="T01,look,p1,park,8.5",
    )
    assert columns == files
    assert columns.problems == []


def test_an_irregular_row_is_told_in_the_words_of_the_files() -> None:
    columns = facts_from_columns(
        [*UNITS, ("T01", "又", "", {}, "units.csv 第5行")],
        [
            figure("T01", "1", 2),
            figure("T01", "2", 3),
            figure("T09", "3", 4),
            figure("T02", "4", 5, period="2023年"),
            figure("T02", "5", 6, indicator=""),
            figure("T02", "1" + "0" * 15, 7, reported=date(2023, 12, 3)),
        ],
        [target("T01", "1", 2), target("T01", "2", 3), target("T02", "1" + "0" * 15, 4)],
        [
            ("", "T01", "signing", date(2023, 5, 1), None, "events.csv 第2行"),
            ("e2", "T01", "signing", date(2023, 5, 1), Decimal("1" + "0" * 15), "events.csv 第3行"),
        ],
        [
            ("T01", "look", "p1", "", mark, f"ratings.csv 第{n}行")
            for n, mark in ((2, "1"), (3, "2"))
        ],
    )
    files = facts_of(
        units=f"{UNIT_TEXT};T01,又,,,",
        figures="unit,indicator,period,value,reported;T01,fai,2023,1,;T01,fai,2023,2,;"
        "T09,fai,2023,3,;T02,fai,2023年,4,;T02,,2023,5,;T02,fai,2023,1000000000000000,2023-12-03",
        targets="T01,fai,2023,1;T01,fai,2023,2;T02,fai,2023,1000000000000000",
        events=",T01,signing,2023-05-01,;e2,T01,signing,2023-05-01,1000000000000000",
        ratings="T01,look,p1,,1;T01,look,p1,,2",
    )
    assert told(columns) == told(files)
    assert len(columns.problems) == 11
    assert columns == files


def test_a_masked_figure_keeps_the_words_for_why_it_is_missing() -> None:
    facts = facts_from_columns(UNITS, [figure("T01", None, 2, lack="数未公开（*）")])
    (cell,) = facts.figures["T01", "fai"].values()
    assert cell == Cell(None, "figures.csv 第2行", "数未公开（*）")


def test_a_number_that_is_none_counts_as_missing_and_is_told() -> None:
    facts = facts_from_columns(UNITS, [figure("T01", "NaN", 2)])
    (cell,) = facts.figures["T01", "fai"].values()
    assert cell.value is None
    assert told(facts) == [
        "figures.csv 第2行：「NaN」不是数，按未报处理；请写阿拉伯数字，不带单位和逗号。"
    ]
