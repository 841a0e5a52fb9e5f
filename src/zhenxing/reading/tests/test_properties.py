"""What holds for any text whatever."""

from __future__ import annotations

import os
import time
from dataclasses import replace
from decimal import Decimal
from random import Random

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from zhenxing.reading.explain import explain
from zhenxing.reading.healing import heal
from zhenxing.reading.lexicon import simplified, units
from zhenxing.reading.loading import load
from zhenxing.reading.quantities import scan
from zhenxing.reading.reader import read
from zhenxing.reading.tests import hostile

EXAMPLES = int(os.environ.get("READING_EXAMPLES", "150"))
papers = st.lists(st.sampled_from(hostile.WORDS), max_size=60).map("".join)
anything = st.one_of(st.text(max_size=200), papers)


@settings(max_examples=EXAMPLES, deadline=None)
@given(anything)
@example("(((((1亩)")
@example("三、二、一、1亩")
@example("\r\n1、\x1c2、\u2028\uff13亩")
@example("完成1亩\n联系电话:1\n完成2亩")
def test_it_reads_any_text_and_quotes_it_exactly(text: str) -> None:
    reading = read(text)
    assert reading == read(text)
    for fact in reading.facts:
        assert 0 <= fact.start < fact.end <= len(text)
        assert text[fact.start : fact.end] == fact.quote
    for due in reading.deadlines:
        assert text[due.start :].startswith(due.quote)
    for task in reading.tasks:
        assert text[task.start :].startswith(task.quote)
    for project in reading.projects:
        assert text[project.start :].startswith(project.quote)
    assert reading.as_json()["document"]["characters"] == len(text)


@settings(max_examples=EXAMPLES, deadline=None)
@given(anything, st.integers(min_value=0, max_value=250))
def test_it_explains_any_place(text: str, place: int) -> None:
    assert explain(read(text), place)


@settings(max_examples=EXAMPLES, deadline=None)
@given(anything)
@example("完成1亩。\n联系电话:1\n完成2亩")
def test_each_healed_character_knows_its_place(text: str) -> None:
    healed = heal(text)
    assert len(healed.text) == len(healed.places)
    assert list(healed.places) == sorted(healed.places)
    assert all(0 <= place < max(1, len(text)) or place == len(text) for place in healed.places)


@settings(max_examples=EXAMPLES, deadline=None)
@given(st.decimals(min_value=0, max_value=9_999_999, places=2), st.sampled_from(sorted(units())))
def test_a_sound_number_is_never_changed(value: Decimal, unit: str) -> None:
    text = f"完成任务{value}{unit}。"
    found = scan(heal(text).text).quantities
    assert heal(text).repairs == ()
    assert [each.value for each in found] == [value]


@settings(max_examples=EXAMPLES, deadline=None)
@given(st.binary(max_size=300), st.sampled_from(["", "big5", "utf-16", "no-such"]))
@example(b"PK\x03\x04broken", "")
@example(b"%PDF-1.4 broken", "")
@example(b"<html><p>1\xff", "")
def test_it_loads_any_bytes_of_text_or_says_why_not(data: bytes, encoding: str) -> None:
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        data = b" " + data
    loaded = load(data, "来文.txt", encoding=encoding)
    assert all(problem.sentence for problem in loaded.problems)
    read(loaded.text)


@pytest.mark.parametrize("seed", range(EXAMPLES))
def test_a_drawn_case_holds(seed: int) -> None:
    random = Random(seed)  # noqa: S311  # a draw that can be repeated, no secret
    text = hostile.text(random)
    assert list(hostile.faults_of_text(text, random.randrange(len(text) + 1))) == []
    assert list(hostile.faults_of_number(*hostile.sound(random))) == []
    assert list(hostile.faults_of_file(*hostile.file(random))) == []


def test_a_digit_that_was_changed_would_be_told() -> None:
    healed = replace(heal("完成19亩"), text="完成18亩")
    assert list(hostile.changed_digits(healed)) == ["第3字9变成8"]


@settings(max_examples=EXAMPLES, deadline=None)
@given(st.text(max_size=80))
def test_the_table_of_characters_keeps_the_length(text: str) -> None:
    assert len(text.translate(simplified())) == len(text)


@pytest.mark.parametrize(
    "piece",
    [
        "1",
        "1亩",
        "粮食1亩、",
        "一百万亿",
        "每月25日前",
        "甲项目",
        "成立",
        "(",
        "“",
        "1.",
        "一、甲。",
        "其中1亩",
    ],
)
def test_no_text_of_one_piece_takes_long(piece: str) -> None:
    text = piece * (20_000 // len(piece))
    began = time.perf_counter()
    read(text)
    assert time.perf_counter() - began < 10
