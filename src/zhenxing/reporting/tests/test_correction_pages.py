"""Correction slips on their pages: proposed, signed with the password, refused, read, printed."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests import cast
from zhenxing.documents import services as documents
from zhenxing.indicators.choices import Direction, StandingChoice
from zhenxing.indicators.models import Indicator
from zhenxing.reporting.choices import Move, SlipState
from zhenxing.reporting.models import CorrectionSlip, SlipStep, Step, Submission, Version
from zhenxing.reporting.queries import pattern
from zhenxing.reporting.services import correcting
from zhenxing.reporting.tests import make, make_slips

if TYPE_CHECKING:
    from zhenxing.accounts.models import User

pytestmark = pytest.mark.django_db
NEW = "/corrections/new/T01-G3/works/2023-09/"
ALL = ("sign", "verify", "approve")


def of(person: User) -> Client:
    """Give a browser in which a person has signed in."""
    client = Client()
    cast.sign_in(client, person)
    return client


def paper(name: str = "监理月报.pdf", data: bytes = make_slips.PDF) -> SimpleUploadedFile:
    """Give a paper as a browser sends it."""
    return SimpleUploadedFile(name, data)


def form(**said: Any) -> dict[str, Any]:  # noqa: ANN401  # fields of the form
    """Give the form as it is sent, filled well unless said otherwise."""
    return {"new": "8780", "reason": make_slips.REASON, "papers": [paper()]} | said


def page(slip: CorrectionSlip, move: str = "") -> str:
    """Give the address of a slip, or of what is done on it."""
    return reverse(f"reporting:slip{move and f'_{move}'}", args=[slip.number])


def test_the_reporter_finds_the_way_from_the_indicators_page_to_a_slip(month: make.Month) -> None:
    make_slips.told(month, StandingChoice.SIGNED)
    client = of(month.county.reporter)
    own = client.get("/towns/T01/indicators/works/?period=2023-09").content.decode()
    assert NEW in own
    shown = client.get(NEW).content.decode()
    assert "8,140" in shown
    assert "签发" in shown
    for person in (month.county.leader, month.county.group_leader, month.county.auditor):
        other = of(person).get("/towns/T01/indicators/works/?period=2023-09")
        assert NEW not in other.content.decode()


def test_an_open_month_offers_no_slip(month: make.Month) -> None:
    make.figure(month.county.town, "works", "2023-10", "9060")
    client = of(month.county.reporter)
    own = client.get("/towns/T01/indicators/works/?period=2023-10").content.decode()
    assert "/corrections/new/T01-G3/works/2023-10/" not in own
    shown = client.get("/corrections/new/T01-G3/works/2023-10/").content.decode()
    assert "现在不能提" in shown
    assert "提出更正单</button>" not in shown


def test_a_slip_is_proposed_on_the_page_and_sent_twice_is_one(month: make.Month) -> None:
    make_slips.told(month, StandingChoice.SIGNED)
    client = of(month.county.reporter)
    for _ in range(2):
        answer = client.post(f"{NEW}propose/", form())
        assert answer.status_code == 302
    slip = CorrectionSlip.objects.get()
    shown = client.get(page(slip)).content.decode()
    assert "没有再提" in shown
    assert "监理月报.pdf" in shown
    assert (
        client.get("/towns/T01/indicators/works/?period=2023-09")
        .content.decode()
        .count(slip.number)
    )


def test_a_wish_with_faults_comes_back_with_every_word(month: make.Month) -> None:
    client = of(month.county.reporter)
    answer = client.post(f"{NEW}propose/", form(new="约八千", papers=[]))
    assert answer.status_code == 422
    shown = answer.content.decode()
    for word in ("约八千", make_slips.REASON, "没有附文件", "请重新选佐证"):
        assert word in shown
    assert CorrectionSlip.objects.count() == 0


def test_another_groups_number_is_refused_and_another_towns_is_not_there(
    month: make.Month,
) -> None:
    client = of(month.county.farm_reporter)
    assert client.get(NEW).status_code == 403
    assert client.post(f"{NEW}propose/", form()).status_code == 403
    client = of(month.county.stranger)
    assert client.get(NEW).status_code == 404
    assert client.post(f"{NEW}propose/", form()).status_code == 404
    own = of(month.county.reporter)
    for wrong in ("T01-G3/works/九月", "T01-G3/nothing/2023-09", "T01-G2/works/2023-09"):
        assert own.get(f"/corrections/new/{wrong}/").status_code == 404


def test_each_of_three_signs_with_the_password_and_both_lines_are_shown(
    month: make.Month,
) -> None:
    make_slips.told(month, StandingChoice.CONFIRMED)
    slip = make_slips.proposed(month)
    county = month.county
    for move, person in zip(ALL, (county.leader, county.department, county.assessor), strict=True):
        client = of(person)
        wrong = client.post(page(slip, move), {"password": "不对", "opinion": "看过凭证"})
        assert wrong.status_code == 422
        assert "看过凭证" in wrong.content.decode()
        right = client.post(page(slip, move), {"password": cast.PASSWORD, "opinion": "看过凭证"})
        assert right.status_code == 302
    slip.refresh_from_db()
    assert slip.state == SlipState.APPROVED
    shown = of(county.auditor).get(page(slip)).content.decode()
    assert "更正前后" in shown
    assert shown.count("看过凭证") == 3
    one = of(county.reporter).get("/towns/T01/indicators/works/?period=2023-09").content.decode()
    assert "8,140" in one
    assert "8,780" in one


def test_a_signature_out_of_order_is_answered_409_and_the_opinion_stays(
    month: make.Month,
) -> None:
    slip = make_slips.proposed(month)
    said = {"password": cast.PASSWORD, "opinion": "同意更正"}
    answer = of(month.county.assessor).post(page(slip, "approve"), said)
    assert answer.status_code == 409
    assert "没有签成" in answer.content.decode()
    leader = of(month.county.leader)
    assert leader.post(page(slip, "sign"), said).status_code == 302
    assert leader.post(page(slip, "sign"), said).status_code == 409
    assert SlipStep.objects.filter(slip=slip).count() == 2


def test_a_refusal_is_given_on_the_page_and_a_bare_one_comes_back(month: make.Month) -> None:
    slip = make_slips.proposed(month)
    leader = of(month.county.leader)
    bare = leader.post(page(slip, "refuse"), {"reason": "", "text": "凭证不清"})
    assert bare.status_code == 409
    assert "凭证不清" in bare.content.decode()
    good = leader.post(page(slip, "refuse"), {"reason": "evidence", "text": "凭证不清"})
    assert good.status_code == 302
    shown = leader.get(page(slip)).content.decode()
    assert "与佐证不符" in shown
    assert "凭证不清" in shown


def test_a_stale_slip_offers_only_the_refusal(month: make.Month) -> None:
    make_slips.told(month, StandingChoice.SIGNED)
    slip = make_slips.proposed(month)
    make_slips.told(month, StandingChoice.CONFIRMED, "8200")
    shown = of(month.county.leader).get(page(slip)).content.decode()
    assert "作数的数已经变了" in shown
    assert 'id="sign"' not in shown
    assert 'id="refuse"' in shown


def test_a_foreign_towns_slip_is_not_there_for_anybody_of_another_town(month: make.Month) -> None:
    slip = make_slips.proposed(month)
    paths = [page(slip), page(slip, "paper"), f"{page(slip)}evidence/{slip.evidence.get().pk}/"]
    for person in (month.county.stranger, month.county.rival_leader):
        client = of(person)
        assert [client.get(path).status_code for path in paths] == [404, 404, 404]
        assert slip.number not in client.get("/corrections/").content.decode()
    rival = of(month.county.rival_leader)
    assert rival.post(page(slip, "sign"), {"password": cast.PASSWORD}).status_code == 404


def test_a_department_reads_the_slips_of_its_own_indicators(month: make.Month) -> None:
    slip = make_slips.proposed(month)
    client = of(month.county.department)
    assert client.get(page(slip)).status_code == 200
    Indicator.objects.update(lead=month.county.farming)
    assert client.get(page(slip)).status_code == 404


def test_the_evidence_comes_back_byte_for_byte(month: make.Month) -> None:
    slip = make_slips.proposed(month)
    address = f"{page(slip)}evidence/{slip.evidence.get().pk}/"
    answer = of(month.county.auditor).get(address)
    assert b"".join(answer.streaming_content) == make_slips.PDF  # type: ignore[attr-defined]
    assert "attachment" in answer["Content-Disposition"]
    documents.stored_at(slip.evidence.get().file.sha256).unlink()
    gone = of(month.county.auditor).get(address)
    assert gone.status_code == 404
    assert "请联系县级管理员" in gone.content.decode()


def test_a_slip_is_printed_as_a_paper_with_its_signatures(month: make.Month) -> None:
    slip = make_slips.advanced(month, make_slips.proposed(month), "sign")
    answer = of(month.county.leader).get(page(slip, "paper"))
    with zipfile.ZipFile(io.BytesIO(answer.content)) as parcel:
        text = re.sub("<[^>]+>", "", parcel.read("word/document.xml").decode())
    step = SlipStep.objects.get(slip=slip, move="sign")
    for word in (
        "数据更正单",
        slip.number,
        "周正（青溪镇）",
        str(step.sealed_by),
        "（未签）",
        "8,780",
    ):
        assert word in text
    again = of(month.county.leader).get(page(slip, "paper"))
    assert again.content == answer.content


def test_a_refused_paper_says_why(month: make.Month) -> None:
    slip = make_slips.proposed(month)
    correcting.refuse(
        slip=slip,
        reason="evidence",
        text="凭证不清。",
        scope=cast.scope(month.county.leader),
        moment=cast.moment(),
    )
    answer = of(month.county.leader).get(page(slip, "paper"))
    with zipfile.ZipFile(io.BytesIO(answer.content)) as parcel:
        text = re.sub("<[^>]+>", "", parcel.read("word/document.xml").decode())
    assert "与佐证不符：凭证不清。" in text


def test_the_list_says_what_waits_for_whom(month: make.Month) -> None:
    make_slips.proposed(month)
    county = month.county
    for person, waits in ((county.leader, 1), (county.department, 0), (county.auditor, 0)):
        shown = of(person).get("/corrections/").content.decode()
        assert f"等我办 {waits}<" in shown
        assert "办理中 1<" in shown
    mine = of(county.leader).get("/corrections/?state=mine&unit=T01").content.decode()
    assert "更正-T01-202309-0001" in mine
    none = of(county.leader).get("/corrections/?state=approved").content.decode()
    assert "没有符合的更正单" in none
    made = of(county.auditor).get("/corrections/?xlsx=1")
    sheet = openpyxl.load_workbook(io.BytesIO(made.content)).active
    assert sheet is not None
    cells = [cell for row in sheet.iter_rows(values_only=True) for cell in row]
    assert "更正-T01-202309-0001" in cells
    assert 8780 in cells


def returned(month: make.Month, before: int, after: int | None) -> None:
    """Hand in, let it be returned, hand in again."""
    make.handed_in(month, month.county.reporter, good(month, works=before))
    sent_back(Version.objects.latest("number"))
    if after is not None:
        make.handed_in(month, month.county.reporter, good(month, works=after))


def sent_back(version: Version) -> None:
    """Let a version be returned."""
    moment = cast.moment()
    step = Step(
        submission=version.submission, version=version, move=Move.RETURN,
        before="submitted", after="returned", reason="jump", text="再核一核。",
        by="t01-g3-leader", by_name="石磊（青溪镇）", role="G", at=moment.at,
        business_date=moment.business_date,
    )  # fmt: skip
    with make.sealed() as act:
        act.seal([step])
    Submission.objects.filter(pk=version.submission_id).update(status="returned")


def good(month: make.Month, **numbers: int) -> bytes:
    """Fill the form with the usual numbers, or those said."""
    return make.filled(make.blank(month.submission()), make.values(**numbers))


@pytest.mark.parametrize(
    ("after", "way"),
    [
        (9500, pattern.Way.BETTER),
        (9000, pattern.Way.WORSE),
        (9060, pattern.Way.SAME),
        (None, pattern.Way.WAITING),
    ],
)
def test_a_return_is_held_against_the_version_after_it(
    month: make.Month, after: int | None, way: pattern.Way
) -> None:
    returned(month, 9060, after)
    [case] = pattern.cases()
    assert (case.kind, case.way, case.unit.code) == ("退回", way, "T01")


def test_of_what_is_better_low_a_lower_number_is_better(month: make.Month) -> None:
    Indicator.objects.update(direction=Direction.LOWER)
    returned(month, 9060, 9000)
    assert pattern.cases()[0].way is pattern.Way.BETTER


def test_the_auditor_sees_by_unit_what_ended_in_a_better_number(month: make.Month) -> None:
    make_slips.told(month, StandingChoice.SIGNED)
    slip = make_slips.advanced(month, make_slips.proposed(month), *ALL)
    returned(month, 9060, 9500)
    [tally] = pattern.tallies(pattern.cases())
    assert (tally.returns, tally.returns_better, tally.slips, tally.slips_better) == (1, 1, 1, 1)
    assert (tally.better, tally.all) == (2, 2)
    shown = of(month.county.auditor).get("/corrections/pattern/").content.decode()
    for word in ("9,060→9,500", "8,140→8,780", page(slip), "from=1&amp;to=2"):
        assert word in shown
    cut = of(month.county.assessor).get("/corrections/pattern/?unit=T02&way=better&q=x&sort=way")
    assert "没有符合的" in cut.content.decode()
    made = of(month.county.auditor).get("/corrections/pattern/?xlsx=1")
    sheet = openpyxl.load_workbook(io.BytesIO(made.content)).active
    assert sheet is not None
    cells = [cell for row in sheet.iter_rows(values_only=True) for cell in row]
    assert {"变好", "退回", "更正"} <= set(cells)


def test_the_pattern_is_for_the_office_and_the_auditor_alone(month: make.Month) -> None:
    for letter in "ADLGFVCS":
        client = of(month.county.of_role(letter))
        assert client.get("/corrections/pattern/").status_code == 403


def test_many_numbers_moved_by_one_version_are_named_in_part(month: make.Month) -> None:
    make.handed_in(month, month.county.reporter)
    sent_back(Version.objects.latest("number"))
    other = good(month, works=1, industry=1, paid_in=7000, online=1, reserve=1)
    make.handed_in(month, month.county.reporter, other)
    [case] = pattern.cases()
    assert "等5项" in case.changes
    assert case.way is pattern.Way.MIXED
