"""What a paper refuses to be."""

from __future__ import annotations

from datetime import date

import pytest

from zhenxing.writing.paper import (
    Column,
    GroupRow,
    Heading,
    Ink,
    Lamp,
    Paper,
    Row,
    Signature,
    Span,
    Table,
    date_text,
)

TWO = (Column("指标"), Column("完成"))


@pytest.mark.parametrize(("shape", "word"), [("", "红灯"), ("■", ""), (" ", "红灯"), ("■", " ")])
def test_it_refuses_a_lamp_that_is_told_by_colour_alone(shape: str, word: str) -> None:
    with pytest.raises(ValueError, match="不能只靠颜色"):
        Lamp(shape, word, Ink.RED)


@pytest.mark.parametrize("level", [0, 5])
def test_it_knows_four_levels_of_headings(level: int) -> None:
    with pytest.raises(ValueError, match="只有4级"):
        Heading("总体情况", level=level)


@pytest.mark.parametrize(
    "row", [Row(("甲",)), Row(("甲", "1", "2")), Row((Span("未公布", 3),)), Row((Span("", 0), "1"))]
)
def test_it_refuses_a_row_that_does_not_fill_the_columns(row: Row) -> None:
    with pytest.raises(ValueError, match="第2行"):
        Table(columns=TWO, rows=(Row(("甲", "1")), row))


def test_it_refuses_a_row_without_cells() -> None:
    with pytest.raises(ValueError, match="有0格"):
        Table(columns=TWO, rows=(Row(()),))


@pytest.mark.parametrize("columns", [(), (Column("指标", width=0),)])
def test_it_refuses_a_table_without_width(columns: tuple[Column, ...]) -> None:
    with pytest.raises(ValueError, match="须有列"):
        Table(columns=columns, rows=(GroupRow("农村经济专班"),))


@pytest.mark.parametrize(("title", "issuer"), [("", "考核办"), ("通报", " ")])
def test_it_refuses_a_paper_without_title_or_issuer(title: str, issuer: str) -> None:
    with pytest.raises(ValueError, match="须有标题和发文机关"):
        Paper(title=title, issuer=issuer, blocks=())


def test_it_refuses_a_signer_without_a_red_head() -> None:
    with pytest.raises(ValueError, match="须印在红头内"):
        Paper(title="请示", issuer="云溪镇人民政府", blocks=(), signer="王某某")


def test_the_date_of_a_paper_has_no_leading_zeros_and_no_weekday() -> None:
    assert date_text(Signature("考核办", date(2023, 1, 5)).on) == "2023年1月5日"
