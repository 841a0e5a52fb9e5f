"""The pages of the office forms: registered, mapped, read, sent; nothing typed is lost."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING
from typing import cast as cast_to
from urllib.parse import unquote

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests import cast
from zhenxing.documents.services import stored_at
from zhenxing.documents.tests import hostile, offices
from zhenxing.reuse.choices import Item
from zhenxing.reuse.models import Mapped, Sent, Template
from zhenxing.reuse.tests import make
from zhenxing.reuse.tests.make import cell

if TYPE_CHECKING:
    from django.http import HttpResponse

    from zhenxing.accounts.models import User

pytestmark = pytest.mark.django_db
PAGE = "/reuse/T01-W1/"
ANSWERS = {
    "name": "新表", "office": "县商务局", "frequency": "month", "document": "", "expires": "",
    "unit": "T01",
}  # fmt: skip


def signed_in(person: User) -> Client:
    client = Client()
    cast.sign_in(client, person)
    return client


@pytest.fixture
def office(desk: make.Desk) -> Client:
    return signed_in(desk.county.town_office)


def text(answer: object) -> str:
    return cast_to("HttpResponse", answer).content.decode()


def brought(client: Client, data: bytes, **more: str) -> HttpResponse:
    file = SimpleUploadedFile("新表.xlsx", data)
    return cast_to("HttpResponse", client.post("/reuse/register/", ANSWERS | more | {"file": file}))


def test_a_form_is_registered_and_leads_to_its_cells(office: Client) -> None:
    answer = brought(office, offices.monthly(picture=False))
    assert (answer.status_code, answer["Location"]) == (302, "/reuse/T01-W2/cells/")
    assert "已登记《新表》" in text(office.get(answer["Location"]))


def test_what_was_typed_stays_when_the_file_is_bad(office: Client) -> None:
    answer = brought(office, hostile.build("macro inside"))
    assert answer.status_code == 422
    assert "宏" in text(answer)
    assert 'value="县商务局"' in text(answer)
    assert brought(office, b"", name="").status_code == 400
    assert Template.objects.count() == 1


def test_a_unit_that_is_not_ones_own_cannot_be_chosen(office: Client) -> None:
    assert brought(office, offices.monthly(picture=False), unit="T02").status_code == 400


def test_the_list_is_searched_sorted_and_taken_along(office: Client, desk: make.Desk) -> None:
    make.registered(desk.county.reporter, desk.county.town, offices.monthly(picture=False))
    found = text(office.get("/reuse/?q=发改委没有"))
    assert "没有符合的外表" in found
    assert text(office.get("/reuse/?sort=-sent")).count("重点指标月报表") == 2
    data = office.get("/reuse/?xlsx=1&q=月报").content
    page = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    assert [page["A3"].value, page["D3"].value, page["H3"].value] == [
        "T01-W1", "县发展和改革局", "在用",
    ]  # fmt: skip


def test_an_empty_list_says_what_to_do(county: cast.County) -> None:
    page = text(signed_in(county.town_office).get("/reuse/"))
    assert "还没有登记外表" in page
    assert "登记外表</a>" in page
    assert "登记外表</a>" not in text(signed_in(county.leader).get("/reuse/"))


def test_a_cell_is_chosen_tied_and_let_go(office: Client, desk: make.Desk) -> None:
    page = text(office.get(f"{PAGE}cells/?cell=d4"))
    assert "<h2>D4</h2>" in page
    assert '<option value="growth" selected>' in page
    given = {"sheet": "月报", "cell": "d4", "item": "growth", "indicator": "fai", "unit": "T01",
             "rule": "to_date", "measure": "", "decimals": ""}  # fmt: skip
    answer = office.post(f"{PAGE}cells/assign/", given)
    assert answer.status_code == 302
    row = Mapped.objects.get()
    assert (row.cell, row.item, row.measure, row.decimals) == ("D4", "growth", "%", 1)
    assert "现在：固定资产投资　同比" in text(office.get(answer["Location"]))
    done = office.post(f"{PAGE}cells/release/", {"place": "月报!D4", "sheet": "月报"})
    assert done.status_code == 302
    assert not Mapped.objects.get().active
    assert office.post(f"{PAGE}cells/release/", {"place": "月报!D4"}).status_code == 409
    assert office.post(f"{PAGE}cells/release/").status_code == 400


@pytest.mark.parametrize(
    ("given", "status", "words"),
    [
        ({"cell": "甲4"}, 400, "单元格写成C4这样"),
        ({"indicator": ""}, 400, "请选指标"),
        ({"unit": ""}, 400, "请选单位"),
        ({"decimals": "9"}, 400, "小数位最多4位"),
        ({"cell": "C7"}, 422, "公式"),
        ({"measure": "公顷"}, 422, "不能换算成「公顷」"),
    ],
)
def test_a_wrong_answer_is_said_and_stays_in_the_form(
    office: Client, given: dict[str, str], status: int, words: str
) -> None:
    first = {"sheet": "月报", "cell": "C4", "item": "value", "indicator": "fai", "unit": "T01",
             "rule": "month", "measure": "亿元"}  # fmt: skip
    answer = office.post(f"{PAGE}cells/assign/", first | given)
    assert answer.status_code == status
    page = text(answer)
    assert words in page
    assert '<option value="month" selected>' in page
    assert not Mapped.objects.exists()


def test_suggestions_are_taken_together(office: Client) -> None:
    page = text(office.get(f"{PAGE}cells/"))
    assert "C4|value|to_date|fai|T01|亿元" in page
    ticked = ["C4|value|to_date|fai|T01|亿元", "D4|growth|to_date|fai|T01|%"]
    answer = office.post(f"{PAGE}cells/accept/", {"sheet": "月报", "take": ticked})
    assert answer.status_code == 302
    assert Mapped.objects.filter(active=True).count() == 2
    for bad in ("C4|value", "C4|x|to_date|fai|T01|亿元"):
        assert (
            office.post(f"{PAGE}cells/accept/", {"sheet": "月报", "take": bad}).status_code == 400
        )


def test_a_department_ties_a_whole_column_at_once(desk: make.Desk) -> None:
    county = desk.county
    make.registered(county.department, county.statistics, make.rows_of_towns("青溪镇", "石泉镇"))
    client = signed_in(county.department)
    given = {"sheet": "Sheet", "cell": "B2", "item": "value", "indicator": "fai",
             "rule": "to_date", "measure": "亿元", "decimals": "2", "spread": "on"}  # fmt: skip
    assert client.post("/reuse/D01-W1/cells/assign/", given).status_code == 302
    page = text(client.get("/reuse/D01-W1/?period=2023-09"))
    assert "石泉镇　固定资产投资" in page
    assert "0.90" in page


def test_the_page_lists_values_and_blanks_and_the_file_agrees(
    office: Client, desk: make.Desk
) -> None:
    make.mapped(desk, cell("C4"), cell("C6", code="grain"), cell("C5", Item.TARGET, "gdp"))
    page = text(office.get(f"{PAGE}?period=2023-09"))
    assert all(words in page for words in ("8,209", "核定", "留空的格", "未公开"))
    answer = office.get(f"{PAGE}filled.xlsx?period=2023-09")
    assert "重点指标月报表2023年9月.xlsx" in unquote(answer["Content-Disposition"])
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content))["月报"]
    assert [sheet[c].value for c in ("C4", "C5", "C6")] == [8209, "**", None]
    earlier = text(office.get(f"{PAGE}?period=2023-09&as_of=2023-10-17"))
    assert "按2023年10月17日" in earlier
    assert "9月已报出</button>" not in earlier


def test_a_form_nobody_mapped_says_so(office: Client, desk: make.Desk) -> None:
    assert "去对应" in text(office.get(PAGE))
    assert "由填表单位的综合协调专班" in text(signed_in(desk.county.leader).get(PAGE))


def test_an_expired_form_says_so(office: Client, desk: make.Desk) -> None:
    given = {"name": "重点指标月报表", "office": "县发改局", "frequency": "month",
             "document": "发改〔2022〕1号", "expires": "2023-09-30"}  # fmt: skip
    assert office.post(f"{PAGE}amend/", given).status_code == 302
    assert "已过期" in text(office.get(PAGE))
    assert "已过期" in text(office.get("/reuse/"))
    bad = office.post(f"{PAGE}amend/", given | {"expires": "明年"})
    assert bad.status_code == 400
    assert 'value="明年"' in text(bad)
    assert 'value="县发改局"' in text(office.get(f"{PAGE}particulars/"))


def test_a_form_is_stopped_with_a_reason(office: Client) -> None:
    assert "为什么停用" in text(office.post(f"{PAGE}stop/"))
    assert office.post(f"{PAGE}stop/", {"reason": "不再要"}).status_code == 302
    page = text(office.get(PAGE))
    assert "已停用" in page
    assert "对应单元格" not in page
    assert "已停用，不能再改对应" in text(office.get(f"{PAGE}cells/"))
    assert office.post(f"{PAGE}stop/", {"reason": "不再要"}).status_code == 409
    given = {"name": "新", "office": "新", "frequency": "month"}
    assert office.post(f"{PAGE}amend/", given).status_code == 409


def test_a_sending_is_shown_beside_what_is_known_now(office: Client, desk: make.Desk) -> None:
    make.mapped(desk, cell("C4"), cell("C6", code="grain"))
    seen = make.filling(desk.template).digest
    given = {"seen": seen, "period": "2023-09", "office": "", "note": "补报"}
    answer = office.post(f"{PAGE}send/", given)
    assert (answer.status_code, answer["Location"]) == (302, f"{PAGE}sent/1/")
    assert "各格与现在的数相同" in text(office.get(f"{PAGE}sent/1/"))
    make.corrected(desk, "8300")
    page = text(office.get(f"{PAGE}sent/1/"))
    assert "有1格变了" in page
    assert "8,300" in page
    assert "1格的数后来变了" in text(office.get(f"{PAGE}?period=2023-09"))
    assert office.post(f"{PAGE}send/", given).status_code == 409
    marked = office.get(f"{PAGE}filled.xlsx?period=2023-09&marked=1")
    assert "差异标注版" in unquote(marked["Content-Disposition"])
    sent = Sent.objects.get()
    file = office.get(f"{PAGE}sent/1.xlsx").content
    assert file == stored_at(sent.file.sha256).read_bytes()
    assert office.get(f"{PAGE}sent/2/").status_code == 404


def test_a_file_that_is_gone_is_said_to_be_gone(office: Client, desk: make.Desk) -> None:
    make.mapped(desk, cell("C4"))
    sent = make.sent(desk.county.town_office, desk.template)
    for file in (sent.file, desk.template.file):
        stored_at(file.sha256).unlink()
    assert office.get(f"{PAGE}sent/1.xlsx").status_code == 409
    assert office.get(f"{PAGE}original.xlsx").status_code == 409
    assert office.get(f"{PAGE}filled.xlsx").status_code == 409


def test_the_form_as_it_was_brought_is_given_back(office: Client, desk: make.Desk) -> None:
    answer = office.get(f"{PAGE}original.xlsx")
    assert answer.content == stored_at(desk.template.file.sha256).read_bytes()


@pytest.mark.parametrize("path", ["", "filled.xlsx", "original.xlsx", "cells/", "particulars/"])
def test_a_foreign_town_finds_nothing(desk: make.Desk, path: str) -> None:
    assert signed_in(desk.county.stranger).get(f"{PAGE}{path}").status_code == 404


def test_who_only_reads_is_refused_at_the_cells(desk: make.Desk) -> None:
    assert signed_in(desk.county.assessor).get(f"{PAGE}cells/").status_code == 403
