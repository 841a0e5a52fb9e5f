"""The pages of schemes and the table editor: read, edit without script, check, decide."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook

from tests import cast
from zhenxing.assessment.models import Edition, Scheme
from zhenxing.assessment.tests import rounds_make
from zhenxing.assessment.tests.schemes_make import TEXT, WRONG, begun, issued
from zhenxing.writing.paper import Column, Paper, Row, Table
from zhenxing.writing.word import to_docx

if TYPE_CHECKING:
    from django.test import Client

    from zhenxing.accounts.models import User

pytestmark = pytest.mark.django_db
PASTED = "考核内容\t分值\t评分标准\n固定资产投资\t10\t按完成率得分\n创新\t5\t研究确定\n"
NEW = {"name": "试行办法", "kind": "year", "subjects": "towns", "owner": "H00"}


@pytest.fixture
def office(county: cast.County, client: Client) -> Client:
    """Sign the assessment office in."""
    cast.sign_in(client, county.assessor)
    return client


def at(route: str, edition: Edition) -> str:
    """Give a route's address for an edition."""
    return reverse(f"assessment:{route}", args=[edition.scheme.code, edition.number])


def words(client: Client, path: str, status: int = 200) -> str:
    """Open a page."""
    answer = client.get(path, follow=True)
    assert answer.status_code == status
    return answer.content.decode()


def fields(client: Client, edition: Edition) -> dict[str, str]:
    """Give the fields of the editor's form as a browser would post them."""
    form = client.get(at("scheme_edit", edition)).context["form"]
    said = {cell.name: cell.value for cell in (*form.head, *form.settings, *form.foot)}
    for block in form.blocks:
        said |= {block.key: "1"} if block.is_section else {}
        said |= {cell.name: cell.value for cell in block.cells}
        for row in block.rows:
            said |= {c.name: c.value for c in (*row.main, *row.rule, *row.more, row.kind)}
    return {**said, "rest": form.rest, "draft": str(edition.draft), "do": "save"}


def second(county: cast.County) -> User:
    """Give a second person of the office who can sign in."""
    return rounds_make.assessor(county, 1)


def test_a_scheme_is_begun_edited_and_saved_without_script(office: Client) -> None:
    answer = office.post(reverse("assessment:scheme_draft"), NEW, follow=True)
    edition = Edition.objects.get()
    assert answer.redirect_chain == [(at("scheme_edit", edition), 302)]
    assert "缺少「basis」" in answer.content.decode()
    said = fields(office, edition) | {"h-basis": "禾考发〔2023〕1号", "s0-0-name": "固定资产投资"}
    said |= {"s0-0-value": "fai", "s0-0-points": "10", "s0-0-kind": "pass"}
    answer = office.post(at("scheme_sheet", edition), said | {"do": "add:s0"})
    assert "还没有存" in answer.content.decode()
    assert "s0-1-name" in answer.content.decode()
    assert Edition.objects.get().text == edition.text
    said |= {"s0-1-kind": "judged", "s0-1-r-words": "好 5\n差 0", "s0-1-points": "5"}
    office.post(at("scheme_sheet", edition), said | {"s0-1-name": "服务"})
    edition.refresh_from_db()
    assert edition.draft == 2
    assert "{judged: {好: 5, 差: 0}}" in edition.text
    assert edition.document == "禾考发〔2023〕1号"


def test_the_checker_answers_with_the_row_and_the_totals(
    office: Client, county: cast.County
) -> None:
    edition = begun(county)
    said = fields(office, edition) | {"s0-0-r-cap": "很高"}
    piece = office.post(at("scheme_check", edition), said).content.decode()
    assert 'href="#s0-0"' in piece
    assert "「很高」不是数" in piece
    assert "100" in piece
    assert "<html" not in piece
    piece = office.post(at("scheme_check", edition), {"text": WRONG}).content.decode()
    assert "不认识的项「kap」" in piece
    assert Edition.objects.get().draft == 1


def test_a_stale_form_shows_both_texts(office: Client, county: cast.County) -> None:
    edition = begun(county)
    said = fields(office, edition)
    office.post(at("scheme_sheet", edition), said | {"h-name": "甲办法"})
    answer = office.post(at("scheme_sheet", edition), said | {"h-name": "乙办法"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "别人刚改过" in page
    assert "甲办法" in page
    assert "乙办法" in page
    assert Edition.objects.get().title == "甲办法"


def test_the_text_itself_may_be_written(office: Client, county: cast.County) -> None:
    edition = begun(county)
    assert "# 说明" in words(office, at("scheme_edit", edition) + "?text")
    said = {"draft": "1", "text": "不成样子\r\n- 甲"}
    office.post(at("scheme_text", edition), said)
    edition.refresh_from_db()
    assert edition.text == "不成样子\n- 甲"
    assert "方案原文" in words(office, at("scheme_edit", edition))
    assert "还不能读成一份方案" in words(office, at("edition", edition))
    assert "改正以后再比" not in words(office, at("edition_differences", edition))
    assert "不能试算" in words(office, at("edition_preview", edition))
    answer = office.post(at("scheme_text", edition), {"draft": "x", "text": "乙"})
    assert answer.status_code == 422
    assert "别人刚改过" in answer.content.decode()


def test_an_edition_is_issued_with_the_password_and_read_by_all(
    office: Client, county: cast.County
) -> None:
    edition = begun(county)
    office.post(at("edition_propose", edition), {"draft": "1"})
    cast.sign_in(office, second(county))
    wrong = office.post(at("edition_approve", edition), {"draft": "2", "password": "wrong"})
    assert wrong.status_code == 422
    edition.refresh_from_db()
    assert edition.is_proposed
    person = second_with_password(county)
    cast.sign_in(office, person)
    office.post(at("edition_approve", edition), {"draft": "2", "password": cast.PASSWORD})
    edition.refresh_from_db()
    assert edition.is_issued
    cast.sign_in(office, county.leader)
    page = words(office, reverse("assessment:scheme", args=[edition.scheme.code]))
    assert edition.digest in page
    assert "按完成率计分，最高100%" in page
    assert "批准发布" not in page
    assert office.get(at("edition_paper", edition)).content[:2] == b"PK"
    assert office.get(at("edition_sheet", edition)).content[:2] == b"PK"
    assert office.get(at("edition_text", edition)).content == TEXT.encode()


def second_with_password(county: cast.County) -> User:
    """Give a third person of the office, whose password is known."""
    from zhenxing.accounts.choices import Role  # noqa: PLC0415
    from zhenxing.accounts.tests import make as make_accounts  # noqa: PLC0415
    from zhenxing.organisation.tests import make  # noqa: PLC0415

    person = make_accounts.person("k9", "第九人", password=cast.PASSWORD)
    make.post(person, Role.ASSESSMENT, county.county)
    return person


def test_return_withdraw_and_revise_from_the_page(office: Client, county: cast.County) -> None:
    edition = begun(county)
    office.post(at("edition_propose", edition), {"draft": "1"})
    page = office.post(at("edition_return", edition), {"draft": "2", "remark": ""})
    assert page.status_code == 422
    office.post(at("edition_return", edition), {"draft": "2", "remark": "再议"})
    assert "再议" in words(office, at("edition", edition))
    refused = office.post(at("edition_revise", edition))
    assert refused.status_code == 422
    office.post(at("edition_withdraw", edition), {"draft": "3"})
    assert "已作废" in words(office, at("edition", edition))
    office.post(at("edition_revise", edition))
    assert Edition.objects.count() == 2
    assert office.get(at("scheme_edit", edition)).status_code == 409


def test_two_editions_are_compared_and_a_draft_tried(office: Client, county: cast.County) -> None:
    rounds_make.figures(county)
    other = second(county)
    first = issued(begun(county), county.assessor, other)
    office.post(at("edition_revise", first))
    draft = Edition.objects.get(number=2)
    text = TEXT.replace("points: 60", "points: 70").replace("40", "30")
    office.post(at("scheme_text", draft), {"draft": "1", "text": text})
    page = words(office, at("edition_differences", draft))
    assert "分值" in page
    assert "70" in page
    assert "已有" not in words(office, at("edition_differences", first))
    page = words(office, at("edition_preview", draft) + "?period=2023-09&lacking=exclude")
    assert "与现行第1版对照" in page
    assert "缺数的项" in page
    page = words(office, at("edition_preview", draft) + "?period=某年")
    assert "没有看懂期别" in page
    assert "这一版的结果" in words(office, at("edition_preview", first) + "?period=2023-09")


def test_a_pasted_table_becomes_a_draft(office: Client, county: cast.County) -> None:
    address = reverse("assessment:scheme_paste")
    assert "要粘贴的表" in words(office, address)
    answer = office.post(address, {"table": PASTED})
    page = answer.content.decode()
    assert "没有看懂" in page
    assert "按完成率计分" in page
    office.post(reverse("assessment:scheme_draft"), {**NEW, "text": answer.context["text"]})
    assert "研究确定" in Edition.objects.get().text
    empty = office.post(address, {"table": ""})
    assert empty.status_code == 422


def test_a_table_in_a_file_is_read_too(office: Client, county: cast.County) -> None:
    address = reverse("assessment:scheme_paste")
    book = Workbook()
    sheet = book.worksheets[0]
    for line in PASTED.strip().split("\n"):
        sheet.append(line.split("\t"))
    data = BytesIO()
    book.save(data)
    rows = [line.split("\t") for line in PASTED.strip().split("\n")]
    table = Table(
        columns=tuple(Column(head) for head in rows[0]),
        rows=tuple(Row(tuple(row)) for row in rows[1:]),
    )
    paper = to_docx(Paper(title="办法", issuer="县", blocks=(table,)), created=cast.moment().at)
    for name, content in (("表.xlsx", data.getvalue()), ("表.docx", paper)):
        brought = SimpleUploadedFile(name, content)
        found = office.post(address, {"file": brought}).context["found"]
        assert [line.name for line in found.lines] == ["固定资产投资", "创新"], name
    for name, content in (("坏.docx", b"no"), ("坏.xlsx", b"no"), ("断.docx", b"PK\x03\x04")):
        answer = office.post(address, {"file": SimpleUploadedFile(name, content)})
        assert answer.status_code == 422
        assert answer.context["found"].problems


def test_the_list_finds_sorts_and_hides_what_is_only_drafted(
    office: Client, county: cast.County
) -> None:
    address = reverse("assessment:schemes")
    assert "还没有考核方案" in words(office, address)
    edition = begun(county)
    assert "有稿在办" in words(office, address + "?sort=-editions")
    assert "没有找到这样的方案" in words(office, address + "?q=没有")
    bad = office.post(reverse("assessment:scheme_draft"), {**NEW, "name": ""})
    assert bad.status_code == 422
    assert Scheme.objects.count() == 1
    cast.sign_in(office, county.leader)
    assert edition.title not in words(office, address)
    words(office, at("edition", edition), 404)
    words(office, reverse("assessment:scheme", args=[edition.scheme.code]), 404)


def test_a_towns_draft_is_no_business_of_the_county(office: Client, county: cast.County) -> None:
    edition = begun(county, by=county.supervisor, owner=county.town)
    assert office.get(at("edition", edition)).status_code == 404
    issued(edition, county.supervisor, county.town_office)
    assert office.get(at("edition", edition)).status_code == 200
    assert office.get(at("scheme_edit", edition)).status_code == 403
