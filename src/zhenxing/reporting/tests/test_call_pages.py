"""The pages of the months: why a day is due, who is missing, how two persons close one."""

from __future__ import annotations

import io
from datetime import date
from typing import TYPE_CHECKING

import openpyxl
import pytest

from tests import cast
from zhenxing.audit.models import Entry
from zhenxing.reporting import services
from zhenxing.reporting.choices import CallState, ExtensionState, Status
from zhenxing.reporting.models import Call, Extension, Ruling, Submission, Upload, Urging
from zhenxing.reporting.tests import make, make_calls

if TYPE_CHECKING:
    from django.test import Client

    from zhenxing.accounts.models import User

pytestmark = pytest.mark.django_db


def as_(client: Client, person: User, day: date | None = None) -> Client:
    """Sign somebody in, on a business day."""
    if day is not None:
        make_calls.move(day)
    cast.sign_in(client, person)
    return client


def text(client: Client, path: str) -> str:
    """Give a page's text."""
    response = client.get(path)
    assert response.status_code == 200, path
    return response.content.decode()


def workbook(client: Client, path: str) -> list[list[object]]:
    """Give the rows of a page's workbook."""
    book = openpyxl.load_workbook(io.BytesIO(client.get(path).content))
    return [[cell.value for cell in row] for row in book.worksheets[0]]


def test_the_list_says_when_a_month_is_due_and_why(month: make.Month, client: Client) -> None:
    make_calls.opened(date(2023, 11, 15))
    page = text(as_(client, month.county.leader, date(2023, 11, 16)), "/calls/")
    assert "11月25日遇周六，顺延到11月27日（周一）（暂定）" in page
    assert "当月25日前（含当日），逢休息日顺延到下一工作日" in page
    assert "放假安排尚未录入" in page
    assert "提临时任务" not in page
    rows = workbook(client, "/calls/?xlsx=1")
    assert ["2023-11", "2023年11月填报", "填报中"] in [row[:3] for row in rows]


def test_a_site_without_months_says_what_will_come(county: cast.County, client: Client) -> None:
    as_(client, county.assessor)
    assert "还没有填报任务" in text(client, "/calls/")
    assert "没有已开始的填报" in text(client, "/completeness/")


def test_two_persons_close_a_month_on_its_page(month: make.Month, client: Client) -> None:
    second = make_calls.second_assessor(month.county)
    as_(client, month.county.assessor)
    page = text(client, "/calls/2023-10/")
    assert "最后一天（含延期）过完以后才能关闭" in page
    early = client.post("/calls/2023-10/closing/")
    assert early.status_code == 409
    assert "还没有过完" in early.content.decode()
    as_(client, month.county.assessor, make.DAY_AFTER)
    assert "提出关闭</button>" in text(client, "/calls/2023-10/")
    assert client.post("/calls/2023-10/closing/").status_code == 302
    alone = text(client, "/calls/2023-10/")
    assert "关闭本月填报" not in alone
    assert client.post("/calls/2023-10/close/").status_code == 409
    as_(client, second)
    assert "关闭本月填报" in text(client, "/calls/2023-10/")
    assert client.post("/calls/2023-10/close/").status_code == 302
    root = Entry.objects.get(pk=Call.objects.get(code="2023-10").closing_entry or 0).hash
    assert root in text(client, "/calls/2023-10/")
    assert root[:10] in text(client, "/calls/")


def test_the_town_office_urges_and_sees_it_arrive(month: make.Month, client: Client) -> None:
    as_(client, month.county.town_office)
    assert "没有催过" in text(client, "/calls/2023-10/")
    assert client.post("/calls/2023-10/urge/", {"groups": ["T01-G3"]}).status_code == 302
    assert "未读" in text(client, "/calls/2023-10/")
    as_(client, month.county.reporter)
    page = text(client, "/returns/")
    assert "知道了" in page
    number = Urging.objects.get().pk
    assert client.post(f"/urgings/{number}/read/").status_code == 302
    assert "知道了" not in text(client, "/returns/")
    as_(client, month.county.town_office)
    assert "已读" in text(client, "/calls/2023-10/")


def test_all_that_are_missing_are_urged_at_once(month: make.Month, client: Client) -> None:
    make.handed_in(month, month.county.reporter)
    as_(client, month.county.assessor)
    assert client.post("/calls/2023-10/urge/", {"all": "1", "text": "今天报齐"}).status_code == 302
    assert Urging.objects.count() == 13
    assert client.post("/calls/2023-10/urge/", {"all": "1"}).status_code == 409


def test_a_stranger_s_urging_is_not_there(month: make.Month, client: Client) -> None:
    services.urge(
        call=month.october, groups=["T01-G3"], text="",
        scope=cast.scope(month.county.assessor), moment=cast.moment(),
    )  # fmt: skip
    number = Urging.objects.get().pk
    as_(client, month.county.stranger)
    assert client.post(f"/urgings/{number}/read/").status_code == 404
    as_(client, month.county.farm_reporter)
    assert client.post(f"/urgings/{number}/read/").status_code == 409


def test_days_are_asked_supported_and_given_on_pages(month: make.Month, client: Client) -> None:
    own = "/returns/2023-10/T01-G3/extension/"
    as_(client, month.county.reporter)
    assert "申请延期" in text(client, own)
    wrong = client.post(f"{own}ask/", {"until": "2023-10-01", "reason": "停电三天"})
    assert wrong.status_code == 422
    assert "停电三天" in wrong.content.decode()
    assert client.post(f"{own}ask/", {"until": "无", "reason": "停电"}).status_code == 422
    good = client.post(f"{own}ask/", {"until": "2023-10-30", "reason": "停电"})
    assert good.status_code == 302
    assert "已有一件申请在办" in text(client, own)
    number = Extension.objects.get().pk
    as_(client, month.county.town_office)
    assert "同意上报" in text(client, "/calls/2023-10/")
    assert client.post(f"/extensions/{number}/support/").status_code == 302
    as_(client, month.county.assessor)
    assert client.post(f"/extensions/{number}/grant/", {"answer": "可以"}).status_code == 302
    assert client.post(f"/extensions/{number}/grant/").status_code == 409
    assert "已延期" in text(client, "/calls/2023-10/")
    as_(client, month.county.leader)
    assert "批准" in text(client, own)
    assert "由本专班填报员申请" in text(client, own)


def test_a_no_needs_its_reason(month: make.Month, client: Client) -> None:
    services.ask_extension(
        submission=month.submission(), until=date(2023, 10, 30), reason="停电",
        scope=cast.scope(month.county.reporter), moment=cast.moment(),
    )  # fmt: skip
    number = Extension.objects.get().pk
    as_(client, month.county.town_office)
    assert client.post(f"/extensions/{number}/refuse/").status_code == 409
    assert client.post(f"/extensions/{number}/refuse/", {"answer": "先报"}).status_code == 302
    assert Extension.objects.get().state == ExtensionState.REFUSED


def test_the_office_rules_on_a_late_offline_form(month: make.Month, client: Client) -> None:
    late, by = date(2023, 10, 27), month.county.reporter
    upload = make.uploaded(month, by, moment=cast.moment(late))
    claimed = cast.moment(date(2023, 10, 25), 22).at.isoformat()
    Upload.objects.filter(pk=upload.pk).update(told={"claimed_at": claimed})
    done = services.submit(
        token=upload.token, scope=cast.scope(by), moment=cast.moment(late), base_version=0
    )
    assert isinstance(done, services.Handed)
    as_(client, month.county.assessor, late)
    page = text(client, "/calls/2023-10/")
    assert "10月25日 22:00填好" in page
    path = f"/receipts/{done.receipt}/ruling/"
    assert client.post(path, {"reason": "断网"}).status_code == 400
    said = {"reason": "断网", "counts_as_on_time": "yes"}
    assert client.post(path, said).status_code == 302
    assert client.post(path, said).status_code == 409
    assert Ruling.objects.get().counts_as_on_time
    assert "认定按时" in text(client, "/calls/2023-10/")
    assert "逾期（认定按时）" in text(client, "/completeness/T01/")
    as_(client, month.county.leader)
    assert "视为按时</button>" not in text(client, "/calls/2023-10/")


def test_completeness_counts_each_kind_and_changes_none(month: make.Month, client: Client) -> None:
    make.handed_in(month, month.county.reporter)
    Submission.objects.filter(call=month.september).update(status=Status.IMPORTED)
    as_(client, month.county.assessor, make.DAY_AFTER)
    page = text(client, "/completeness/")
    assert "缺6" in page
    assert "14.29%" in page
    assert "完整率=已报÷应报" in page
    rows = workbook(client, "/completeness/?xlsx=1")
    ours = next(row for row in rows if row[:2] == ["青溪镇", "2023年10月"])
    assert ours[2:9] == [7, 1, 0, 0, 0, 6, 0]
    unit = text(client, "/completeness/T01/?year=2023")
    assert "初始导入" in unit
    assert "未报" in unit
    assert workbook(client, "/completeness/T01/?xlsx=1")
    assert text(client, "/completeness/?year=abc&villages=1")


def test_a_town_sees_its_own_completeness_alone(month: make.Month, client: Client) -> None:
    as_(client, month.county.leader)
    assert "石泉镇" not in text(client, "/completeness/")
    assert client.get("/completeness/T02/").status_code == 404


ASKED = {
    "title": "到位资金核查",
    "basis": "41号",
    "reason": "检查",
    "period": "2023-10",
    "indicators": ["paid_in"],
    "groups": ["T01-G3", "T02-G3"],
    "due": "2023-10-27",
    "expires": "2023-11-03",
}


def test_its_price_stands_before_the_button(month: make.Month, client: Client) -> None:
    as_(client, month.county.assessor)
    assert "提出“" not in text(client, "/calls/new/")
    response = client.get("/calls/new/", ASKED | {"check": "1"})
    page = response.content.decode()
    assert "别处已在问2个，新增0个" in page
    assert "每月填报（稳投资专班）" in page
    assert "提出“到位资金核查”" in page
    wrong = client.get("/calls/new/", ASKED | {"check": "1", "due": "昨天", "period": "去年"})
    assert "截止日：要在" in wrong.content.decode()
    assert "提出“" not in wrong.content.decode()
    quarter = client.get("/calls/new/", ASKED | {"check": "1", "period": "2023-Q3"})
    assert 'value="2023-Q3"' in quarter.content.decode()


def test_it_is_proposed_and_answered_on_pages(month: make.Month, client: Client) -> None:
    second = make_calls.second_assessor(month.county)
    as_(client, month.county.assessor)
    wrong = client.post("/calls/propose/", ASKED | {"basis": ""})
    assert wrong.status_code == 422
    assert "到位资金核查" in wrong.content.decode()
    assert client.post("/calls/propose/", ASKED).status_code == 302
    assert "不能批准" in text(client, "/calls/2023-10-L1/")
    assert client.post("/calls/2023-10-L1/approve/").status_code == 409
    as_(client, month.county.reporter)
    assert client.get("/calls/2023-10-L1/").status_code == 404
    as_(client, second)
    assert client.post("/calls/2023-10-L1/approve/").status_code == 302
    as_(client, month.county.reporter)
    assert "2项" not in text(client, "/calls/2023-10-L1/")
    assert client.get("/returns/2023-10-L1/T01-G3/").status_code == 200
    as_(client, month.county.farm_reporter)
    assert client.get("/calls/2023-10-L1/").status_code == 200


def test_a_refused_one_says_why(month: make.Month, client: Client) -> None:
    second = make_calls.second_assessor(month.county)
    as_(client, month.county.department)
    assert client.post("/calls/propose/", ASKED).status_code == 302
    as_(client, second)
    assert client.post("/calls/2023-10-L1/refuse/").status_code == 409
    assert client.post("/calls/2023-10-L1/refuse/", {"reason": "月报已有"}).status_code == 302
    call = Call.objects.get(code="2023-10-L1")
    assert call.state(cast.TODAY) is CallState.REFUSED
    as_(client, month.county.department)
    assert "月报已有" in text(client, "/calls/2023-10-L1/")


def test_each_proposer_may_choose_only_what_is_theirs(month: make.Month, client: Client) -> None:
    make_calls.foreign_lead(month.county, "reserve")
    as_(client, month.county.department)
    page = text(client, "/calls/new/")
    assert 'value="paid_in"' in page
    assert 'value="reserve"' not in page
    assert 'value="fai"' not in page
    as_(client, month.county.town_office)
    page = text(client, "/calls/new/")
    assert 'value="T01-G3"' in page
    assert 'value="T02-G3"' not in page
