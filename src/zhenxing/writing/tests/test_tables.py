"""Tables in the Word file."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from docx.oxml.ns import qn

from zhenxing.writing.paper import Align, Column, GroupRow, Ink, Orientation, Row, Span, Table
from zhenxing.writing.tests.make import (
    GREEN,
    GREY,
    NOTICE_TABLE,
    RED,
    every,
    only_table,
    opened,
    plain,
    styled,
    value,
    wide_table,
)
from zhenxing.writing.word import standard
from zhenxing.writing.word.fitting import SIZES, SMALLEST, fit, orientation_of, text_width

PORTRAIT = Orientation.PORTRAIT


def numbers(longest: str, columns: int) -> Table:
    """A table of figures of one length."""
    heads = tuple(Column(f"{place}", align=Align.RIGHT) for place in range(columns))
    return Table(columns=heads, rows=(Row((longest,) * columns),))


def test_both_header_lines_are_repeated_and_no_line_breaks_across_pages() -> None:
    document = only_table(NOTICE_TABLE)
    lines = every(document, "tr")
    headers = [line.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None for line in lines]
    assert headers == [True, True] + [False] * len(NOTICE_TABLE.rows)
    assert len(every(document, "cantSplit")) == len(lines)


def test_a_table_without_common_headings_has_one_header_line() -> None:
    assert len(every(only_table(numbers("1", 3)), "tblHeader")) == 1


def test_common_headings_are_merged_sideways_and_the_others_downwards() -> None:
    head = only_table(NOTICE_TABLE).tables[0].rows[0].cells
    assert [cell.text for cell in head] == [
        *("指标", "单位", "1—9月", "1—9月", "1—9月", "位次", "亮灯")
    ]
    below = only_table(NOTICE_TABLE).tables[0].rows[1].cells
    assert [cell.text for cell in below] == [
        *("指标", "单位", "目标", "完成", "超欠进度", "位次", "亮灯")
    ]


def test_a_group_row_reaches_over_the_table_and_stays_with_the_next() -> None:
    row = only_table(NOTICE_TABLE).tables[0].rows[2]
    assert {cell.text for cell in row.cells} == {"农村经济专班"}
    assert row.cells[0].paragraphs[0].paragraph_format.keep_with_next


def test_a_span_shows_a_reason_in_the_place_of_figures() -> None:
    cells = only_table(NOTICE_TABLE).tables[0].rows[4].cells
    assert [cell.text for cell in cells][3:6] == ["按收获季公布，年底出数"] * 3


def test_a_lamp_has_shape_and_word_and_only_the_shape_is_coloured() -> None:
    table = Table(columns=(Column("亮灯"),), rows=(Row((RED,)), Row((GREEN,)), Row((GREY,))))
    rows = only_table(table).tables[0].rows[1:]
    assert [row.cells[0].text for row in rows] == ["■红灯", "●绿灯", "○未公布"]
    shape, word = rows[0].cells[0].paragraphs[0].runs
    assert str(shape.font.color.rgb) == Ink.RED.value
    assert word.font.color.rgb is None


def test_figures_stand_right_and_totals_are_bold() -> None:
    columns = (Column("镇"), Column("完成", align=Align.RIGHT))
    table = Table(columns=columns, rows=(Row(("合计", "12"), strong=True),))
    word, figure = only_table(table).tables[0].rows[1].cells
    assert word.paragraphs[0].alignment is None
    assert str(figure.paragraphs[0].alignment) == "RIGHT (2)"
    assert figure.paragraphs[0].runs[0].bold


def test_cells_do_not_snap_to_the_grid() -> None:
    document = only_table(NOTICE_TABLE)
    cell = document.styles["表格文字"].element.find(f"{qn('w:pPr')}/{qn('w:snapToGrid')}")
    assert value(cell) == "0"
    names = {
        line.style.name
        for row in document.tables[0].rows
        for c in row.cells
        for line in c.paragraphs
        if line.style
    }
    assert names == {"表格文字"}


@pytest.mark.parametrize("table", [NOTICE_TABLE, wide_table(), numbers("1", 7)])
def test_columns_fill_the_type_area_exactly(table: Table) -> None:
    orientation = orientation_of(table)
    assert sum(fit(table, orientation).widths) == standard.SHEETS[orientation].measure
    assert all(width > 0 for width in fit(table, orientation).widths)


def test_columns_keep_the_shares_they_were_given() -> None:
    columns = (Column("指标", width=3), Column("完成", width=1))
    first, second = fit(Table(columns=columns, rows=()), PORTRAIT).widths
    assert abs(first - 3 * second) <= 3


def test_a_column_that_is_too_narrow_for_its_figures_is_widened() -> None:
    columns = (Column("指标", width=200), Column("完成", width=1, align=Align.RIGHT))
    table = Table(columns=columns, rows=(Row(("到位资金", "1,005,136.00")),))
    found = fit(table, PORTRAIT)
    assert found.half_points == SIZES[0]
    assert found.widths[1] >= 12 * 6 * 20


def test_a_name_does_not_stand_upright_beside_wide_figures() -> None:
    columns = (Column("指标", width=24), Column("目标", width=13, align=Align.RIGHT))
    table = Table(columns=columns, rows=(Row(("农村居民人均可支配收入", "9" * 64)),))
    found = fit(table, PORTRAIT)
    assert found.half_points < SIZES[0]
    assert found.widths[0] >= text_width("农村居民人均", found.half_points)


def test_type_shrinks_before_a_figure_breaks() -> None:
    sizes = [fit(numbers("123,456.78", columns), PORTRAIT).half_points for columns in (6, 8, 9, 10)]
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[0] == SIZES[0]
    assert sizes[-1] in {SIZES[-1], SMALLEST}


def test_a_page_is_turned_only_when_small_type_is_not_enough() -> None:
    assert orientation_of(numbers("123,456.78", 8)) is PORTRAIT
    assert orientation_of(numbers("123,456.78", 14)) is Orientation.LANDSCAPE


def test_a_table_that_fits_nowhere_is_set_in_the_smallest_type() -> None:
    crowded = numbers("123,456,789.00", 40)
    assert orientation_of(crowded) is Orientation.LANDSCAPE
    assert fit(crowded, Orientation.LANDSCAPE).half_points == SMALLEST


def test_long_words_may_break_in_a_column_of_words() -> None:
    table = Table(columns=(Column("问题"),), rows=(Row(("用地手续未补正。" * 30,)),))
    assert fit(table, PORTRAIT).half_points == SIZES[0]


def test_caption_and_measure_stand_above_the_table() -> None:
    table = replace(NOTICE_TABLE, measure="单位：万元")
    document = only_table(table)
    assert styled(document, "表题") == ["1—9月主要指标完成情况"]
    assert styled(document, "表计量单位") == ["单位：万元"]
    assert [value(one) for one in every(document, "tblCaption")] == ["1—9月主要指标完成情况"]


def test_a_table_without_caption_stands_alone() -> None:
    document = only_table(replace(NOTICE_TABLE, caption=""))
    assert styled(document, "表题") == []
    assert every(document, "tblCaption") == []


def test_two_tables_in_a_row_do_not_grow_together() -> None:
    table = Table(columns=(Column("镇"),), rows=(GroupRow("山区镇"), Row((Span("无", 1),))))
    tags = [child.tag for child in opened(plain(table, table)).element.body]
    assert tags.count(qn("w:tbl")) == 2
    assert (qn("w:tbl"), qn("w:tbl")) not in pairwise(tags)
