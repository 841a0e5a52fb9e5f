"""An issue goes out as a workbook and comes back, every fault named by its cell."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests import cast
from zhenxing.targets.models import Issue
from zhenxing.targets.tests import make

if TYPE_CHECKING:
    from django.http import HttpResponse
    from django.test import Client
    from openpyxl.worksheet.worksheet import Worksheet

    from zhenxing.indicators.models import Indicator


@pytest.fixture
def issue(county: cast.County, paid_in: Indicator, client: Client) -> Issue:
    cast.sign_in(client, county.assessor)
    return make.drafted(county.assessor, make.line("T01", "paid_in", "12000"))


def taken(client: Client, issue: Issue) -> openpyxl.Workbook:
    answer = client.get(f"/targets/issues/{issue.pk}/lines.xlsx")
    assert answer.status_code == 200
    return openpyxl.load_workbook(io.BytesIO(answer.content))


def brought(client: Client, issue: Issue, book: openpyxl.Workbook) -> HttpResponse:
    file = io.BytesIO()
    book.save(file)
    said = {"edition": str(issue.edition), "file": SimpleUploadedFile("a.xlsx", file.getvalue())}
    return client.post(f"/targets/issues/{issue.pk}/upload/", said)  # type: ignore[return-value]  # the test client's own


def first(book: openpyxl.Workbook) -> Worksheet:
    return book.worksheets[0]


def test_it_goes_out_with_what_is_written(client: Client, issue: Issue) -> None:
    rows = list(first(taken(client, issue)).values)
    assert rows[1][5:] == ("H00 禾山县", "T01 青溪镇", "T02 石泉镇", "T03 河湾镇")
    assert rows[2] == (
        "paid_in",
        "招商到位资金",
        "万元",
        "数值",
        "不低于",
        None,
        "12000",
        None,
        None,
    )


def test_it_comes_back_filled(client: Client, issue: Issue) -> None:
    book = taken(client, issue)
    sheet = first(book)
    sheet["G3"], sheet["H3"], sheet["I3"] = 12500, 9000.5, "/"
    for column, value in enumerate(("paid_in", "", "", "增速", "不低于", "8.5"), 1):
        sheet.cell(4, column, value)
    assert brought(client, issue, book).status_code == 302
    issue.refresh_from_db()
    said = {(line["unit"], line["kind"]): line["written"] for line in issue.lines}
    assert said == {
        ("T01", "value"): "12500", ("T02", "value"): "9000.5", ("T03", "value"): "/",
        ("H00", "growth"): "8.5",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("cell", "value", "told"),
    [
        ("G3", "一万", "目标!G3：「一万」不是数"),
        ("G3", "=1+1", "目标!G3：不是数也不是文字"),
        ("A3", "paid", "目标!A3：没有「paid」这个指标"),
        ("D3", "数字", "目标!D3：类型不认识"),
        ("E3", "大于", "目标!E3：比较不认识"),
        ("A2", "编码", "目标!A2：表头应是「指标编码」"),
        ("H2", "T99 无此镇", "目标!H2：没有「T99」这个单位"),
    ],
)
def test_a_fault_is_named_by_its_cell_and_keeps_nothing(
    client: Client,
    issue: Issue,
    cell: str,
    value: str,
    told: str,
) -> None:
    book = taken(client, issue)
    first(book)[cell] = value
    answer = brought(client, issue, book)
    assert answer.status_code == 422
    assert told in answer.content.decode()
    issue.refresh_from_db()
    assert len(issue.lines) == 1


def test_a_percent_and_a_date_are_no_numbers(client: Client, issue: Issue) -> None:
    for form, word in (("0.0%", "百分比"), ("yyyy-mm-dd", "日期")):
        book = taken(client, issue)
        first(book)["G3"] = 0.5
        first(book)["G3"].number_format = form
        assert f"单元格是{word}格式" in brought(client, issue, book).content.decode()


def test_an_indicator_written_twice_is_refused(client: Client, issue: Issue) -> None:
    book = taken(client, issue)
    for column, value in enumerate(("paid_in", "", "", "数值", "不低于", "8"), 1):
        first(book).cell(4, column, value)
    assert "目标写了两行" in brought(client, issue, book).content.decode()


def test_another_workbook_is_told_apart(client: Client, issue: Issue) -> None:
    book = openpyxl.Workbook()
    assert "没有名为「目标」的工作表" in brought(client, issue, book).content.decode()
    book.worksheets[0].title = "目标"
    for column, heading in enumerate(("指标编码", "指标", "计量单位", "类型", "比较"), 1):
        book.worksheets[0].cell(2, column, heading)
    assert "没有一个单位的列" in brought(client, issue, book).content.decode()


def test_no_file_and_no_workbook_are_told(client: Client, issue: Issue) -> None:
    place = f"/targets/issues/{issue.pk}/upload/"
    assert "没有收到文件" in client.post(place).content.decode()
    text = SimpleUploadedFile("a.xlsx", b"not a workbook")
    assert client.post(place, {"edition": "2", "file": text}).status_code == 422
