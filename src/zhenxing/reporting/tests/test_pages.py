"""The pages of the hand-in as each person meets them."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests import cast
from zhenxing.documents.tests import make as files
from zhenxing.reporting.models import Call, Upload, Version
from zhenxing.reporting.tests import make

if TYPE_CHECKING:
    from django.test import Client
    from django.test.client import _MonkeyPatchedWSGIResponse as Answer

    from zhenxing.accounts.models import User

pytestmark = pytest.mark.django_db

OURS = {"period": "2023-10", "group": "T01-G3"}


@pytest.fixture
def reporter(month: make.Month, client: Client) -> Client:
    cast.sign_in(client, month.county.reporter)
    return client


def page(client: Client, name: str, **arguments: object) -> Answer:
    return client.get(reverse(f"reporting:{name}", kwargs=arguments))


def words(response: Answer) -> str:
    return response.content.decode()


def send_file(client: Client, data: bytes, **place: str) -> Answer:
    file = SimpleUploadedFile(make.NAME, data)
    return client.post(reverse("reporting:upload", kwargs=place or OURS), {"file": file})


def hand_in(client: Client, data: bytes) -> Answer:
    """Upload a form, look at its check, press the button; give the page it leads to."""
    check = send_file(client, data)
    assert check.status_code == 302, words(check)
    shown = client.get(check.headers["Location"])
    base = shown.context["upload"].base_version
    return client.post(f"{check.headers['Location']}submit/", {"base_version": base}, follow=True)


def test_a_reporter_goes_from_the_list_to_the_receipt(reporter: Client, month: make.Month) -> None:
    listed = words(page(reporter, "list"))
    assert "我的填报" in listed
    assert "稳投资专班</b>　2023年10月填报" in listed
    form = page(reporter, "form", **OURS)
    assert "attachment" in form.headers["Content-Disposition"]
    done = hand_in(reporter, make.filled(form.content, make.values()))
    assert "T01-202310-G3-0001" in words(done)
    assert "比截止早5天" in words(done)
    kept = page(reporter, "receipt_file", number="T01-202310-G3-0001")
    assert json.loads(kept.content)["receipt"]["version"] == 1
    shown = words(page(reporter, "one", **OURS))
    assert "<b>6,720.50</b>" in shown
    assert "1—10月完成投资9060万元。" in shown
    assert "本月还没有报" not in words(page(reporter, "list"))
    assert month.submission().latest == 1


def test_the_check_shows_remarks_in_their_rows_and_what_submitting_means(
    reporter: Client, month: make.Month
) -> None:
    make.target(month.county.town, "works", "9060")
    check = send_file(reporter, make.filled(make.blank(month.submission()), make.values()))
    shown = words(reporter.get(check.headers["Location"]))
    assert "<b>请核 F4</b>" in shown
    assert "恰等于年度目标" in shown
    assert "还没有提交" in shown
    assert "提交第1版" in shown
    assert not Version.objects.exists()


def test_a_form_with_errors_comes_back_with_all_of_them_and_is_not_kept(
    reporter: Client, month: make.Month
) -> None:
    before = make.row_counts()
    bad = make.filled(make.blank(month.submission()), make.values(works="12.5万", online=-1))
    answer = send_file(reporter, bad)
    assert answer.status_code == 422
    shown = words(answer)
    assert "指标数!F4" in shown
    assert "如果是12.5万元，请只填数字12.5" in shown
    assert "指标数!F7" in shown
    assert make.row_counts() == before


@pytest.mark.parametrize("data", [files.far_cell(), files.renamed_word(), b""])
def test_a_hostile_file_is_answered_and_the_site_goes_on(
    reporter: Client, month: make.Month, data: bytes
) -> None:
    before = make.row_counts()
    answer = send_file(reporter, data)
    assert answer.status_code == 422
    assert make.NAME in words(answer)
    assert page(reporter, "list").status_code == 200
    assert make.row_counts() == before
    assert month.submission().status == "not_started"


def test_a_file_that_was_not_chosen_is_asked_for(reporter: Client, month: make.Month) -> None:
    answer = reporter.post(reverse("reporting:upload", kwargs=OURS))
    assert answer.status_code == 400
    assert "没有收到文件" in words(answer)
    assert month.submission().latest == 0


def test_a_stale_form_is_shown_beside_the_latest_version(
    reporter: Client, month: make.Month
) -> None:
    old = make.filled(make.blank(month.submission()), make.values(online=305))
    make.handed_in(month, month.county.colleague)
    answer = send_file(reporter, old)
    assert answer.status_code == 422
    assert "现在最新是第1版" in words(answer)
    assert [(d.before, d.after) for d in answer.context["differences"]] == [("310", "305")]


def test_the_second_of_two_sees_both_versions_and_may_go_on(
    reporter: Client, month: make.Month
) -> None:
    mine = send_file(
        reporter, make.filled(make.blank(month.submission()), make.values(online=305))
    ).headers["Location"]
    make.handed_in(month, month.county.colleague)
    lost = reporter.post(f"{mine}submit/", {"base_version": 0})
    assert lost.status_code == 409
    assert "梁平（青溪镇）先报了第1版" in words(lost)
    assert [(d.before, d.after) for d in lost.context["differences"]] == [("310", "305")]
    assert reporter.get(mine).status_code == 409
    token = lost.context["upload"].token
    again = reporter.get(f"{reverse('reporting:form', kwargs=OURS)}?from={token}")
    sheet = openpyxl.load_workbook(io.BytesIO(again.content))["指标数"]
    assert sheet[f"F{make.ROWS['online']}"].value == 305
    won = reporter.post(f"{mine}submit/", {"base_version": 1}, follow=True)
    assert "T01-202310-G3-0002" in words(won)
    compared = page(reporter, "one", **OURS).context["compared"]
    assert [(d.before, d.after) for d in compared.differences] == [("310", "305")]


def test_any_two_versions_are_compared(reporter: Client, month: make.Month) -> None:
    for number in (300, 301, 302):
        make.handed_in(
            month,
            month.county.reporter,
            make.filled(make.blank(month.submission()), make.values(online=number)),
        )
    address = reverse("reporting:one", kwargs=OURS)
    told = reporter.get(address, {"from": "1", "to": "3"}).context["compared"]
    assert [(d.before, d.after) for d in told.differences] == [("300", "302")]
    unknown = reporter.get(address, {"from": "9", "to": "x"}).context["compared"]
    assert (unknown.older.number, unknown.newer.number) == (2, 3)


def test_a_button_pressed_twice_leads_to_the_same_receipt(
    reporter: Client, month: make.Month
) -> None:
    check = send_file(reporter, make.filled(make.blank(month.submission()), make.values())).headers[
        "Location"
    ]
    told = [reporter.post(f"{check}submit/", {"base_version": 0}) for _ in range(3)]
    assert {answer.headers["Location"] for answer in told} == {"/receipts/T01-202310-G3-0001/"}
    assert reporter.get(check).headers["Location"] == "/receipts/T01-202310-G3-0001/"
    assert Version.objects.count() == 1


@pytest.mark.parametrize("base", ["", "x", "-1"])
def test_a_base_that_is_no_number_is_a_bad_request(
    reporter: Client, month: make.Month, base: str
) -> None:
    upload = make.uploaded(month, month.county.reporter)
    address = reverse("reporting:submit", kwargs={"token": upload.token})
    assert reporter.post(address, {"base_version": base}).status_code == 400


def test_a_month_closed_meanwhile_says_so_and_takes_nothing(
    reporter: Client, month: make.Month
) -> None:
    upload = make.uploaded(month, month.county.reporter)
    make.close(month)
    address = reverse("reporting:submit", kwargs={"token": upload.token})
    answer = reporter.post(address, {"base_version": 0})
    assert answer.status_code == 409
    assert "更正单" in words(answer)
    shown = words(page(reporter, "preview", token=upload.token))
    assert "提交第1版" not in shown
    assert "上传并核对" not in words(page(reporter, "one", **OURS))


def test_another_town_is_not_there(reporter: Client, month: make.Month) -> None:
    theirs = {"period": "2023-10", "group": "T02-G3"}
    for name in ("one", "form"):
        assert page(reporter, name, **theirs).status_code == 404
    assert send_file(reporter, b"x", **theirs).status_code == 404
    assert month.submission("T02-G3").latest == 0


def test_another_group_of_the_town_is_seen_and_not_filled_in(
    reporter: Client, month: make.Month
) -> None:
    other = {"period": "2023-10", "group": "T01-G2"}
    assert page(reporter, "one", **other).status_code == 200
    assert page(reporter, "form", **other).status_code == 403
    assert send_file(reporter, b"x", **other).status_code == 403
    assert month.submission("T01-G2").latest == 0


def test_an_upload_is_its_owners_alone(month: make.Month, client: Client) -> None:
    upload = make.uploaded(month, month.county.reporter)
    cast.sign_in(client, month.county.colleague)
    assert page(client, "preview", token=upload.token).status_code == 404
    address = reverse("reporting:submit", kwargs={"token": upload.token})
    assert client.post(address, {"base_version": 0}).status_code == 404
    form = reverse("reporting:form", kwargs=OURS)
    assert client.get(form, {"from": str(upload.token)}).status_code == 404
    assert client.get(form, {"from": "x"}).status_code == 400
    assert Upload.objects.count() == 1


def test_a_receipt_is_shown_inside_the_town_and_the_county(
    month: make.Month, client: Client
) -> None:
    number = make.handed_in(month, month.county.reporter).receipt

    def status(person: User, name: str = "receipt") -> int:
        cast.sign_in(client, person)
        return page(client, name, number=number).status_code

    county = month.county
    readers = (county.reporter, county.leader, county.assessor, county.auditor, county.supervisor)
    assert [status(person) for person in readers] == [200] * 5
    assert status(county.rival_leader) == 404
    assert status(county.stranger, "receipt_file") == 404
    assert [status(person) for person in (county.administrator, county.department)] == [403] * 2


@pytest.mark.parametrize(
    ("letter", "rows"), [("L", 7), ("C", 7), ("S", 7), ("G", 7), ("K", 14), ("X", 14)]
)
def test_the_list_shows_the_town_or_the_county(
    month: make.Month, client: Client, letter: str, rows: int
) -> None:
    make.handed_in(month, month.county.reporter)
    cast.sign_in(client, month.county.of_role(letter))
    shown = page(client, "list")
    assert shown.context["listing"].page.paginator.count == rows
    assert shown.context["counts"] == {"all": rows, "missing": rows - 1, "in": 1, "late": 0}
    address = reverse("reporting:list")
    assert client.get(address, {"state": "in"}).context["listing"].page.paginator.count == 1
    assert client.get(address, {"state": "late"}).context["listing"].page.paginator.count == 0
    found = client.get(address, {"q": "稳投资", "period": "2023-09", "sort": "-at"})
    assert found.context["call"] == month.september
    assert {due.state for due in found.context["listing"].page} == {"未交"}


def test_the_list_goes_out_as_a_workbook(month: make.Month, client: Client) -> None:
    make.handed_in(month, month.county.reporter)
    cast.sign_in(client, month.county.assessor)
    out = client.get(reverse("reporting:list"), {"xlsx": "1", "state": "in"})
    page_ = openpyxl.load_workbook(io.BytesIO(out.content)).worksheets[0]
    assert [cell.value for cell in page_[3]] == [
        "2023年10月", "青溪镇", "稳投资专班", "已提交", 1, page_[3][5].value, "何青（青溪镇）",
        "T01-202310-G3-0001",
    ]  # fmt: skip
    assert page_.max_row == 3


def test_a_site_without_a_month_says_so(county: cast.County, client: Client) -> None:
    assert not Call.objects.exists()
    cast.sign_in(client, county.assessor)
    assert "还没有填报任务" in words(page(client, "list"))


def test_a_late_hand_in_says_that_it_is_late(month: make.Month, client: Client) -> None:
    site = month.county.site
    site.business_date = month.october.due.replace(day=28)
    site.save()
    cast.sign_in(client, month.county.reporter)
    check = send_file(client, make.filled(make.blank(month.submission()), make.values()))
    assert "已过截止日，记为逾期" in words(client.get(check.headers["Location"]))
    done = client.post(f"{check.headers['Location']}submit/", {"base_version": 0}, follow=True)
    assert "逾期" in words(done)


def test_what_a_cell_says_is_never_markup(reporter: Client, month: make.Month) -> None:
    nasty = "<script>alert(1)</script>"
    data = make.filled(
        make.blank(month.submission()),
        {**make.values(), f"I{make.ROWS['works']}": nasty},
        make.PARTS | {"done": nasty},
    )
    for shown in (words(hand_in(reporter, data)), words(page(reporter, "one", **OURS))):
        assert nasty not in shown
    assert "&lt;script&gt;" in words(page(reporter, "one", **OURS))


def test_a_month_handed_in_before_the_site_began_is_not_missing(
    month: make.Month, client: Client
) -> None:
    month.september.submissions.filter(group__code="T01-G3").update(status="imported")
    cast.sign_in(client, month.county.leader)
    shown = client.get(reverse("reporting:list"), {"period": "2023-09"})
    assert shown.context["counts"] == {"all": 7, "missing": 6, "in": 1, "late": 0}
    one = page(client, "one", period="2023-09", group="T01-G3")
    assert "建站前已报，没有留下报表和回执" in words(one)


def test_a_month_nobody_is_asked_for_is_not_passed_over_in_silence(
    reporter: Client, month: make.Month
) -> None:
    text = words(reporter.get(f"{reverse('reporting:list')}?period=2024-06"))
    assert "没有2024-06的填报任务，这里是2023年10月的" in text
    assert "的填报任务，这里是" not in words(reporter.get(reverse("reporting:list")))


def test_who_comes_second_is_not_told_of_a_version_nought(
    reporter: Client, month: make.Month
) -> None:
    mine = send_file(
        reporter, make.filled(make.blank(month.submission()), make.values(online=305))
    ).headers["Location"]
    make.handed_in(month, month.county.colleague)
    answer = reporter.post(f"{mine}submit/", {"base_version": "0"})
    assert answer.status_code == 409
    assert "第0版" not in words(answer)
    assert "还没有人报时下载的" in words(answer)


def test_after_a_version_the_page_offers_the_latest_form_not_an_empty_one(
    reporter: Client, month: make.Month
) -> None:
    page = reverse("reporting:one", kwargs=OURS)
    assert "下载空表" in words(reporter.get(page))
    make.handed_in(month, month.county.colleague)
    assert "下载最新的表" in words(reporter.get(page))
