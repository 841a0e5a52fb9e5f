"""The month's notice: what it says and where it says it from."""

from __future__ import annotations

import io
from datetime import date
from typing import TYPE_CHECKING

import docx
import pytest

from tests import cast
from zhenxing.audit import services as audit
from zhenxing.indicators.choices import Nature
from zhenxing.indicators.models import Indicator
from zhenxing.indicators.tests import make
from zhenxing.kernel.periods import Period
from zhenxing.papers import queries
from zhenxing.reporting.models import Call

if TYPE_CHECKING:
    from django.test import Client

SEPTEMBER = Period.parse("2023-09")


@pytest.fixture
def paid_in(county: cast.County) -> Indicator:
    make.lamps()
    indicator = make.indicator("paid_in", "招商到位资金", county.statistics)
    make.target(county.town, indicator, "10000")
    make.figure(county.town, indicator, "2023-09", "5260")
    return indicator


def opened(content: bytes) -> docx.document.Document:
    return docx.Document(io.BytesIO(content))


def words_of(paper: docx.document.Document) -> str:
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(line.text for line in paper.paragraphs), *cells])


def test_it_says_what_is_behind_and_why(county: cast.County, paid_in: Indicator) -> None:
    text = words_of(opened(queries.month_notice(county.town, SEPTEMBER, cast.TODAY)))
    for words in (
        "青溪镇2023年9月",
        "红灯1项",
        "累计5,260万元",
        "■红灯",
        "−22.40",
        "按2023年10月20日",
    ):
        assert words in text, words


def test_it_stands_in_the_layout_of_the_standard(county: cast.County, paid_in: Indicator) -> None:
    section = opened(queries.month_notice(county.town, SEPTEMBER, cast.TODAY)).sections[0]
    margins = [section.top_margin, section.bottom_margin, section.left_margin, section.right_margin]
    assert [round(margin.mm) for margin in margins if margin is not None] == [37, 35, 28, 26]
    size = [section.page_width, section.page_height]
    assert [round(each.mm) for each in size if each is not None] == [210, 297]


def test_it_carries_the_closing_root_of_a_closed_month(
    county: cast.County, paid_in: Indicator
) -> None:
    entry = audit.record(
        "test.closed", subject="2023-09", by=cast.actor(county.assessor), moment=cast.moment()
    )
    Call.objects.create(
        code="2023-09",
        period="2023-09",
        opens=date(2023, 9, 15),
        due=date(2023, 9, 25),
        closed_on=date(2023, 10, 9),
        closing_entry=entry.sequence,
    )
    paper = opened(queries.month_notice(county.town, SEPTEMBER, cast.TODAY))
    footer = "".join(line.text for line in paper.sections[0].footer.paragraphs)
    assert entry.hash in footer
    october = opened(queries.month_notice(county.town, SEPTEMBER.next, cast.TODAY))
    assert "尚无关闭根" in "".join(p.text for p in october.sections[0].footer.paragraphs)


def test_equal_figures_give_an_equal_file(county: cast.County, paid_in: Indicator) -> None:
    first = queries.month_notice(county.town, SEPTEMBER, cast.TODAY)
    assert first == queries.month_notice(county.town, SEPTEMBER, cast.TODAY)
    make.figure(county.town, paid_in, "2023-09", "5300", business_date=cast.TODAY)
    assert first != queries.month_notice(county.town, SEPTEMBER, cast.TODAY)


def test_it_says_so_when_nothing_is_behind(county: cast.County) -> None:
    text = words_of(opened(queries.month_notice(county.town, SEPTEMBER, cast.TODAY)))
    assert "没有落后的指标" in text


def test_masked_missing_and_unpublished_are_three_words(
    county: cast.County, paid_in: Indicator
) -> None:
    masked = make.indicator("gdp", "地区生产总值", county.statistics)
    absent = make.indicator("firms", "小升规企业", county.statistics)
    later = make.indicator(
        "grain", "粮食产量", county.farming, release={"frequency": "year", "lag": 1, "day": 20}
    )
    idle = make.indicator("boats", "渔船", county.farming)
    make.target(county.town, masked, None, masked=True, kind="growth", text="**%")
    make.figure(county.town, masked, "2023-09", "3")
    make.target(county.town, absent, "2")
    make.target(county.town, later, "1900")
    make.target(county.town, idle, None, no_task=True)
    text = words_of(opened(queries.month_notice(county.town, SEPTEMBER, cast.TODAY)))
    for words in ("○未公开", "未报", "○未公布", "无任务", "到期未报1项", "不判进度2项"):
        assert words.replace("不判进度2项", "未公布、未收到或未公开2项") in text, words


def test_what_the_statistics_office_owes_is_no_default_of_the_town(county: cast.County) -> None:
    survey = make.indicator("gdp", "地区生产总值", county.statistics, nature=Nature.SURVEY)
    make.target(county.town, survey, "4")
    text = words_of(opened(queries.month_notice(county.town, SEPTEMBER, cast.TODAY)))
    assert "○未收到" in text
    assert "9月数未收到（由统计部门提供，不由本单位填报）" in text
    assert "未报" not in text


def test_the_table_goes_by_the_dictionary_and_sets_each_aim_on_its_own_line(
    county: cast.County, paid_in: Indicator
) -> None:
    Indicator.objects.update(position=9)
    first = make.indicator("zinc", "锌", county.statistics, position=0)
    make.target(county.town, first, "4")
    make.target(county.town, first, None, kind="growth", masked=True, text="**%")
    table = opened(queries.month_notice(county.town, SEPTEMBER, cast.TODAY)).tables[0]
    names = [row.cells[0].text for row in table.rows]
    assert names.index("锌") < names.index(paid_in.name)
    assert table.rows[names.index("锌")].cells[2].text == "≥4\n**%"


def test_the_button_gives_the_file_of_the_command(
    county: cast.County, paid_in: Indicator, client: Client
) -> None:
    cast.sign_in(client, county.town_office)
    response = client.get("/towns/T01/notice/2023-09.docx")
    assert response.content == queries.month_notice(county.town, SEPTEMBER, cast.TODAY)
    assert response.headers["Content-Disposition"].endswith('notice-T01-2023-09.docx"')


def test_a_foreign_town_and_a_bad_month_are_refused(
    county: cast.County, paid_in: Indicator, client: Client
) -> None:
    cast.sign_in(client, county.stranger)
    assert client.get("/towns/T01/notice/2023-09.docx").status_code == 404
    assert client.get("/towns/T02/notice/十月.docx").status_code == 400
