"""Any text at all, through a Word or an Excel file and back."""

from __future__ import annotations

import io
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.utils.escape import unescape

from zhenxing.writing.legible import REPLACEMENT, legible, one_line
from zhenxing.writing.paper import Column, Heading, Paragraph, Row, Table
from zhenxing.writing.sheet import LONGEST_TEXT, Sheet, guarded, to_xlsx
from zhenxing.writing.sheet import Column as SheetColumn
from zhenxing.writing.tests.make import AT, opened, plain
from zhenxing.writing.word.numerals import chinese
from zhenxing.writing.word.runs import scripts

anything = st.text(st.characters(), max_size=60)  # surrogates and controls too


@settings(max_examples=60, deadline=None)
@given(anything, anything)
def test_any_text_survives_a_word_file(first: str, second: str) -> None:
    table = Table(columns=(Column(second),), rows=(Row((first,)),), caption=first)
    paper = replace(
        plain(Paragraph(first), Heading(second), table), mark=first, verification=second
    )
    document = opened(paper)
    texts = [one.text for one in document.paragraphs]
    assert legible(first) in texts
    assert f"一、{legible(second)}" in texts
    rows = document.tables[0].rows
    assert [row.cells[0].text for row in rows] == [legible(second), legible(first)]


@settings(max_examples=100, deadline=None)
@given(st.lists(anything, min_size=1, max_size=8))
def test_any_text_survives_an_excel_file_and_none_becomes_a_formula(texts: list[str]) -> None:
    sheet = Sheet(
        name=texts[0],
        columns=(SheetColumn(texts[0], unit=texts[-1]),),
        rows=tuple((text,) for text in texts),
        notes=("注",),
        mark=texts[-1],
    )
    data = to_xlsx([sheet], title=texts[0], issuer=texts[-1], created=AT)
    page = load_workbook(io.BytesIO(data)).worksheets[0]
    cells = [cell for row in page.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert all(cell.value is None for cell in cells if cell.data_type == "n")
    body = cells[-len(texts) - 1 : -1]
    for cell, text in zip(body, texts, strict=True):
        shown = unescape(str(cell.value or ""))
        assert shown in {legible(text), f"'{legible(text)}"}
        assert not shown.startswith(("=", "+", "-", "@", "\t", "\n"))


@given(anything)
def test_what_cannot_be_written_is_shown_and_nothing_disappears(text: str) -> None:
    shown = legible(text)
    assert shown == legible(shown)
    assert len(shown) == len(text.replace("\r\n", "\n"))


def test_forbidden_characters_become_a_visible_sign() -> None:
    assert legible("6\x00400\ud800万\uffff元") == f"6{REPLACEMENT}400{REPLACEMENT}万{REPLACEMENT}元"
    assert one_line("一\u2028二\x0b三") == "一 二 三"


@given(anything)
def test_scripts_cut_and_lose_nothing(text: str) -> None:
    assert "".join(words for words, _ in scripts(text)) == text


def test_numerals_go_on_past_ninety_nine() -> None:
    assert (chinese(99), chinese(100)) == ("九十九", "100")


def test_over_long_text_is_cut_where_the_reader_sees_it() -> None:
    shown = guarded("长" * (LONGEST_TEXT + 1))
    assert len(shown) == LONGEST_TEXT
    assert shown.endswith("以下略）")
    assert guarded("长" * LONGEST_TEXT) == "长" * LONGEST_TEXT


def test_text_that_looks_like_an_escape_stays_as_it_was_written() -> None:
    assert unescape(guarded("_x0041_")) == "_x0041_"
