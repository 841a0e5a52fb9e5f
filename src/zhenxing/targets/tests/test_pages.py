"""The pages of targets: what they show, to whom, and that nothing typed is lost."""

from __future__ import annotations

import io
from datetime import date
from typing import TYPE_CHECKING, Protocol

import openpyxl
import pytest

from tests import cast
from zhenxing.indicators.models import Target
from zhenxing.indicators.tests import make as make_indicators
from zhenxing.targets.models import (
    Acknowledgement,
    Breakdown,
    BreakdownStep,
    GradeQuota,
    Issue,
    Label,
    LabelTie,
    ResponsibilityLine,
)
from zhenxing.targets.tests import make

if TYPE_CHECKING:
    from django.test import Client

    from zhenxing.accounts.models import User
    from zhenxing.indicators.models import Indicator

HEADING = {"document": "禾政发〔2023〕20号", "issued": "2023-10-10", "year": "2023"}
TOWN = "/targets/towns/T01/"
ONE = f"{TOWN}indicators/paid_in/"


class Answer(Protocol):
    """What a page answers, of the test client's many kinds."""

    status_code: int
    content: bytes


def text(response: Answer, status: int = 200) -> str:
    assert response.status_code == status, response.content.decode()[:2000]
    return response.content.decode()


@pytest.fixture
def target(county: cast.County, paid_in: Indicator) -> Target:
    make_indicators.figure(county.town, paid_in, "2023-09", "5260")
    return make_indicators.target(county.town, paid_in, "10000")


def test_the_word_leads_to_ones_own_town_or_to_the_matrix(
    county: cast.County, client: Client
) -> None:
    for person, place in ((county.leader, TOWN), (county.assessor, "/targets/county/")):
        cast.sign_in(client, person)
        assert client.get("/targets/")["Location"] == place


def test_a_town_sees_its_targets_documents_and_who_has_not_signed(
    county: cast.County, target: Target, client: Client
) -> None:
    cast.sign_in(client, county.leader)
    shown = text(client.get(TOWN))
    for words in (
        "≥10,000",
        "禾政发〔2023〕1号",
        "还有1项没有签收",
        "未分解",
        "稳投资专班",
        "石磊",
    ):
        assert words in shown, words
    assert "签收1项" in shown
    cast.sign_in(client, county.reporter)
    assert "签收1项" not in text(client.get(TOWN))


def test_the_list_is_narrowed_searched_and_taken_away(
    county: cast.County, target: Target, client: Client
) -> None:
    make_indicators.target(
        county.town,
        make_indicators.indicator("grain", "粮食产量", county.farming),
        "8",
        kind="growth",
    )
    cast.sign_in(client, county.town_office)
    assert "粮食产量" not in text(client.get(f"{TOWN}?show=open"))
    assert "没有符合的目标" in text(client.get(f"{TOWN}?q=没有这个"))
    assert "粮食产量" in text(client.get(f"{TOWN}?show=plaid&sort=-issued"))
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"{TOWN}?xlsx=1").content))
    rows = list(book.worksheets[0].values)
    assert [row[3] for row in rows[2:]] == ["≥10,000", "增8%"]


def test_the_leader_signs_what_is_shown(
    county: cast.County, target: Target, client: Client
) -> None:
    cast.sign_in(client, county.leader)
    answer = client.post(f"{TOWN}acknowledge/", {"target": [str(target.pk), "x"]})
    assert answer.status_code == 302
    assert Acknowledgement.objects.get().by == "t01-leader"
    assert "没有待签收的目标" in text(
        client.post(f"{TOWN}acknowledge/", {"target": str(target.pk)}), 409
    )
    assert "已签收" in text(client.get(TOWN))
    cast.sign_in(client, county.town_office)
    assert client.post(f"{TOWN}acknowledge/", {"target": str(target.pk)}).status_code == 403


def test_one_target_shows_plan_and_actual_checks_and_every_version(
    county: cast.County, target: Target, client: Client
) -> None:
    make_indicators.target(
        county.town, target.indicator, "12000", version=2, issued=date(2023, 7, 1), reason="上调"
    )
    make_indicators.target(county.town, target.indicator, "4", kind="rank")
    make_indicators.target(county.town, target.indicator, None, kind="grade", text="优秀")
    GradeQuota.objects.create(grade="优秀", share="30", basis="考核办法")
    cast.sign_in(client, county.town_office)
    shown = text(client.get(f"{ONE}?period=2023-09"))
    for words in (
        "9,000", "5,260", "−3,740", "第2版", "已被取代", "上调", "得不到优秀", "还没有分解",
        "data-chart",
    ):  # fmt: skip
        assert words in shown, words
    before = text(client.get(f"{ONE}?period=2023-06&as_of=2023-06-30"))
    assert "12,000" not in before


def test_a_target_without_a_number_draws_no_plan(
    county: cast.County, paid_in: Indicator, client: Client
) -> None:
    make_indicators.target(county.town, paid_in, None, masked=True, text="**")
    cast.sign_in(client, county.leader)
    assert "画不出计划" in text(client.get(ONE))
    cast.sign_in(client, county.town_office)
    assert "没有可分解的目标" in text(client.get(f"{ONE}breakdown/month/"), 409)


def test_breaking_down_shows_the_remainder_first_and_then_saves(
    county: cast.County, target: Target, client: Client
) -> None:
    cast.sign_in(client, county.town_office)
    page = f"{ONE}breakdown/month/"
    assert "还有4万元没有分下去" in text(client.get(page))
    assert client.get(f"{page}?way=even").status_code == 200
    parts = {f"value-2023-{n:02}": "900" for n in range(1, 13)} | {"measures-2023-01": "开门红"}
    shown = text(client.post(f"{page}save/", parts | {"reckon": "1"}))
    assert "各项合计比目标多800万元" in shown
    assert "开门红" in shown
    assert Breakdown.objects.count() == 0
    wrong = text(client.post(f"{page}save/", parts | {"value-2023-02": "九百"}), 422)
    assert "2月：「九百」不是数" in wrong
    assert 'value="九百"' in wrong
    assert client.post(f"{page}save/", parts | {"way": "hand"}).status_code == 302
    assert Breakdown.objects.get().remainder == -800
    assert "开门红" in text(client.get(ONE))
    again = text(client.post(f"{page}save/", parts), 422)
    assert "别人刚分解过" in again
    assert 'value="900"' in again


@pytest.mark.parametrize("axis", ["quarter", "unit", "group", "person"])
def test_a_target_is_broken_down_along_every_axis(
    county: cast.County, target: Target, client: Client, axis: str
) -> None:
    cast.sign_in(client, county.town_office)
    page = f"{ONE}breakdown/{axis}/"
    assert client.get(page).status_code == 200
    assert client.get(f"{page}?way=curve").status_code == 200
    keys = {
        "quarter": [f"2023-Q{n}" for n in range(1, 5)],
        "unit": ["T01-O01", "T01-V01"],
        "group": ["T01-G3", "T01-G6"],
        "person": ["t01-g3-leader"],
    }[axis]
    parts = {f"value-{key}": "2000" for key in keys}
    assert client.post(f"{page}save/", parts).status_code == 302
    made = Breakdown.objects.get()
    assert [part.key for part in made.parts.all()] == keys
    assert made.remainder == 10000 - 2000 * len(keys)
    assert client.get(f"{page}?way=even").status_code == 200


def test_an_unknown_axis_is_not_there(county: cast.County, target: Target, client: Client) -> None:
    cast.sign_in(client, county.town_office)
    assert client.get(f"{ONE}breakdown/moon/").status_code == 404


def test_a_reporter_of_another_group_is_told_whose_it_is(
    county: cast.County, target: Target, client: Client
) -> None:
    cast.sign_in(client, county.farm_reporter)
    assert "这个指标不由您分解" in text(client.get(f"{ONE}breakdown/month/"), 403)
    cast.sign_in(client, county.reporter)
    assert "提出分解" in text(client.get(f"{ONE}breakdown/month/"))


def test_a_proposal_is_adopted_or_returned_and_signed_on_the_page(
    county: cast.County, target: Target, client: Client
) -> None:
    made = make.breakdown(target, county.reporter, [800] * 12, proposed=True)
    cast.sign_in(client, county.group_leader)
    assert "待采纳" in text(client.get(ONE))
    assert "没有填写" in text(client.post(f"/targets/breakdowns/{made.pk}/return/"), 409)
    assert client.post(f"/targets/breakdowns/{made.pk}/adopt/").status_code == 302
    cast.sign_in(client, county.leader)
    assert "签认按月分解" in text(client.get(ONE))
    assert client.post(f"/targets/breakdowns/{made.pk}/sign/").status_code == 302
    assert "已签认" in text(client.get(TOWN))
    assert BreakdownStep.objects.count() == 2
    other = make.breakdown(target, county.reporter, [700] * 12, proposed=True, version=2)
    cast.sign_in(client, county.town_office)
    assert (
        client.post(f"/targets/breakdowns/{other.pk}/return/", {"note": "太松"}).status_code == 302
    )
    assert "太松" in text(client.get(ONE))


def test_another_town_sees_nothing(county: cast.County, target: Target, client: Client) -> None:
    made = make.breakdown(target, county.town_office, [800] * 12)
    cast.sign_in(client, county.rival_leader)
    for path in (TOWN, ONE, f"{TOWN}tasks/", f"{TOWN}labels/", f"{TOWN}responsibility/"):
        assert client.get(path).status_code == 404, path
    assert client.post(f"{TOWN}acknowledge/").status_code == 404
    assert client.post(f"/targets/breakdowns/{made.pk}/sign/").status_code == 404
    assert client.get("/targets/leaders/t01-g3-leader/").status_code == 404


def test_a_department_sees_its_own_indicators_alone(
    county: cast.County, target: Target, client: Client
) -> None:
    grain = make_indicators.indicator("grain", "粮食产量", county.farming)
    make_indicators.target(county.town, grain, "1900")
    cast.sign_in(client, county.department)
    for path in (TOWN, "/targets/county/", f"{TOWN}tasks/", f"{TOWN}responsibility/"):
        shown = text(client.get(path))
        assert "招商到位资金" in shown, path
        assert "粮食产量" not in shown, path
    assert client.get(f"{TOWN}indicators/grain/").status_code == 404


def test_the_task_table_by_month_by_quarter_on_screen_and_on_paper(
    county: cast.County, target: Target, client: Client
) -> None:
    make.breakdown(target, county.town_office, [800] * 12)
    make.breakdown(target, county.town_office, [2500] * 4, axis="quarter")
    cast.sign_in(client, county.leader)
    shown = text(client.get(f"{TOWN}tasks/"))
    assert "12月" in shown
    assert "400" in shown
    assert "2,500" in text(client.get(f"{TOWN}tasks/?by=quarter"))
    assert "按季分解是2,500，按月合起来是2,400" in text(client.get(ONE))
    sheet = openpyxl.load_workbook(io.BytesIO(client.get(f"{TOWN}tasks.xlsx").content)).worksheets[
        0
    ]
    (row,) = (row for row in sheet.values if row[1] == "招商到位资金")
    assert (row[4], row[16], row[18], row[21]) == (800, 400, "稳投资专班", "何青")
    paper = client.get(f"{TOWN}tasks.docx")
    assert paper.content[:2] == b"PK"
    assert client.get(f"{TOWN}tasks.docx").content == paper.content


def test_the_county_sees_towns_side_by_side_and_what_does_not_sum(
    county: cast.County, target: Target, client: Client
) -> None:
    make_indicators.target(county.county, target.indicator, "30000")
    make_indicators.target(county.rival, target.indicator, "15000")
    cast.sign_in(client, county.assessor)
    shown = text(client.get("/targets/county/"))
    for words in ("25,000", "比县目标≥30,000少5,000万元", "石泉镇"):
        assert words in shown, words
    book = openpyxl.load_workbook(io.BytesIO(client.get("/targets/county/?xlsx=1").content))
    (row,) = (row for row in book.worksheets[0].values if row[0] == "招商到位资金")
    assert row[2:6] == ("≥30,000", 25000, "≥10,000", "≥15,000")
    assert "还没有下达目标" in text(client.get("/targets/county/?period=2024-03"))


def test_an_issue_goes_from_page_to_page_to_the_second_person(
    county: cast.County, paid_in: Indicator, second: User, client: Client
) -> None:
    cast.sign_in(client, county.assessor)
    assert "还没有在本站下达过目标" in text(client.get("/targets/issues/"))
    bad = text(client.post("/targets/issues/draft/", HEADING | {"issued": "昨天"}), 422)
    assert "下达日期：没有写，或不是日期" in bad
    assert 'value="禾政发〔2023〕20号"' in bad
    place = client.post("/targets/issues/draft/", HEADING)["Location"]
    issue = Issue.objects.get()
    assert place == f"/targets/issues/{issue.pk}/"
    shown = text(client.get(f"{place}?indicator=paid_in&kind=value"))
    assert 'name="unit-T01"' in shown
    entries = {
        "edition": "1", "indicator": "paid_in", "kind": "value", "comparator": ">=",
        "unit-T01": "一万", "unit-T02": "9000",
    }  # fmt: skip
    wrong = text(client.post(f"{place}lines/", entries), 422)
    assert "青溪镇·招商到位资金：「一万」不是数" in wrong
    assert 'value="9000"' in wrong
    assert client.post(f"{place}lines/", entries | {"unit-T01": "12000"}).status_code == 302
    stale = text(client.post(f"{place}lines/", entries | {"unit-T01": "13000"}), 422)
    assert "别人刚改过" in stale
    assert 'value="13000"' in stale
    named = {"edition": "2", "note": "年中下达"}
    assert client.post(f"{place}heading/", HEADING | named).status_code == 302
    assert client.post(f"{place}propose/", {"edition": "3"}).status_code == 302
    assert "不能批准" in text(client.get(place))
    assert "另一个人" in text(client.post(f"{place}approve/", {"edition": "4"}), 422)
    cast.sign_in(client, second)
    assert "批准下达2项" in text(client.get(place))
    assert client.post(f"{place}approve/", {"edition": "4"}).status_code == 302
    assert {row.unit.code for row in Target.objects.all()} == {"T01", "T02"}
    assert "目标已生效" in text(client.get(place))


def test_an_issue_is_returned_and_given_up(
    county: cast.County, paid_in: Indicator, second: User, client: Client
) -> None:
    issue = make.drafted(county.assessor, make.line("T01", "paid_in", "12000"))
    place = f"/targets/issues/{issue.pk}/"
    cast.sign_in(client, second)
    assert client.post(f"{place}propose/", {"edition": str(issue.edition)}).status_code == 302
    said = {"edition": str(issue.edition + 1), "remark": "漏了石泉镇"}
    assert client.post(f"{place}return/", said).status_code == 302
    assert "漏了石泉镇" in text(client.get(place))
    assert client.post(f"{place}withdraw/", {"edition": str(issue.edition + 2)}).status_code == 302
    assert "已作废" in text(client.get("/targets/issues/"))


def test_a_department_sees_and_writes_its_own_issues_alone(
    county: cast.County, paid_in: Indicator, client: Client
) -> None:
    foreign = make.drafted(county.assessor, make.line("T01", "paid_in", "12000"))
    make_indicators.indicator("grain", "粮食产量", county.farming)
    own = make.drafted(county.department, make.line("T01", "paid_in", "12000"))
    cast.sign_in(client, county.department)
    assert client.get(f"/targets/issues/{foreign.pk}/").status_code == 404
    shown = text(client.get(f"/targets/issues/{own.pk}/"))
    assert "招商到位资金（万元）" in shown
    assert "粮食产量" not in shown
    assert client.post(f"/targets/issues/{own.pk}/approve/").status_code == 403
    cast.sign_in(client, county.leader)
    assert client.get(f"/targets/issues/{own.pk}/").status_code == 403


def test_a_label_gathers_a_towns_month(county: cast.County, target: Target, client: Client) -> None:
    label = Label.objects.create(
        code="chain", kind="chain", name="旅游产业链", basis="方案", position=1
    )
    make_indicators.indicator("grain", "粮食产量", county.farming)
    for position, code in enumerate(("grain", "paid_in")):
        LabelTie.objects.create(label=label, thing="indicator", code=code, position=position)
    cast.sign_in(client, county.leader)
    assert "旅游产业链" in text(client.get(f"{TOWN}labels/"))
    shown = text(client.get(f"{TOWN}labels/chain/?period=2023-09"))
    assert shown.index("粮食产量") < shown.index("招商到位资金")
    assert "旅游产业链" in text(client.get(ONE))
    assert client.get(f"{TOWN}labels/none/").status_code == 404
    cast.sign_in(client, county.department)
    assert "另有1项由别的部门主管" in text(client.get(f"{TOWN}labels/chain/"))


def test_who_answers_is_set_on_a_page_and_seen_on_the_indicators(
    county: cast.County, target: Target, client: Client
) -> None:
    cast.sign_in(client, county.town_office)
    place = f"{TOWN}responsibility/"
    assert "定招商到位资金的责任人" in text(client.get(f"{place}?indicator=paid_in"))
    said = {
        "indicator": "paid_in", "whole": "t01-g3-leader", "direct": "t01-g3-reporter",
        "group": "T01-G3", "since": "2023-02-01", "document": "青政办发〔2023〕2号",
    }  # fmt: skip
    assert "起：不是日期" in text(client.post(f"{place}set/", said | {"since": "明天"}), 422)
    assert "太长" in text(client.post(f"{place}set/", said | {"reason": "长" * 201}), 422)
    assert client.post(f"{place}set/", said).status_code == 302
    assert ResponsibilityLine.objects.get().since == date(2023, 2, 1)
    foreign = said | {"whole": "t02-leader", "direct": "", "since": "", "reason": "试"}
    assert "一个人也没有写" in text(client.post(f"{place}set/", foreign), 422)
    cast.sign_in(client, county.leader)
    assert "青政办发〔2023〕2号" in text(client.get(f"{place}?q=石磊&sort=whole"))
    shown = text(client.get("/towns/T01/indicators/paid_in/"))
    assert "责任链条" in shown
    assert "/targets/leaders/t01-g3-leader/" in shown
    assert "/targets/towns/T01/indicators/paid_in/" in text(client.get("/towns/T01/indicators/"))
    charges = text(client.get("/targets/leaders/t01-g3-leader/"))
    assert "招商到位资金" in charges
    assert "没有由他负总责的指标" in text(client.get("/targets/leaders/t01-leader/"))


def test_the_entry_shows_last_year_what_holds_and_keeps_its_sign(
    county: cast.County, target: Target, client: Client
) -> None:
    make_indicators.figure(
        county.town, target.indicator, "2022-12", "8765", business_date=date(2023, 1, 18)
    )
    issue = make.drafted(county.assessor, make.line("T01", "paid_in", "9000", sign="~"))
    cast.sign_in(client, county.assessor)
    place = f"/targets/issues/{issue.pk}/"
    shown = text(client.get(f"{place}?indicator=paid_in&kind=plaid"))
    for words in ("8,765", "≥10,000", 'value="9000"', '<option value="~" selected>'):
        assert words in shown, words
    assert "逐项填写" in text(client.get(f"{place}?indicator=none"))


def test_a_heading_is_refused_part_by_part(
    county: cast.County, paid_in: Indicator, client: Client
) -> None:
    cast.sign_in(client, county.assessor)
    long = {"document": "", "issued": "", "year": "明年", "note": "长" * 201, "reason": "长" * 201}
    shown = text(client.post("/targets/issues/draft/", long), 422)
    for words in (
        "文号：没有写",
        "下达日期：没有写",
        "年度：没有写",
        "说明：超过200字",
        "调整原因：超过200字",
    ):
        assert words in shown, words
    issue = make.drafted(county.assessor, make.line("T01", "paid_in", "9000"))
    assert "文号：没有写" in text(client.post(f"/targets/issues/{issue.pk}/heading/", long), 422)


def test_a_year_out_of_range_is_an_error_of_the_issue(
    county: cast.County, paid_in: Indicator, client: Client
) -> None:
    issue = make.drafted(county.assessor, make.line("T01", "paid_in", "9000"), year=1999)
    cast.sign_in(client, county.assessor)
    assert "1999不在2000—2099之间" in text(client.get(f"/targets/issues/{issue.pk}/"))


def test_parts_may_carry_a_day_and_must_where_it_is_time(
    county: cast.County, target: Target, client: Client
) -> None:
    cast.sign_in(client, county.town_office)
    page = f"{ONE}breakdown/quarter/"
    parts = {f"value-2023-Q{n}": "2500" for n in range(1, 4)}
    assert "四季度：没有写；没有任务要写0" in text(client.post(f"{page}save/", parts), 422)
    parts |= {"value-2023-Q4": "2500", "deadline-2023-Q4": "年底"}
    assert "「年底」不是日期" in text(client.post(f"{page}save/", parts), 422)
    parts["deadline-2023-Q4"] = "2023-12-20"
    assert client.post(f"{page}save/", parts).status_code == 302
    shown = text(client.get(page))
    assert 'value="2023-12-20"' in shown
    assert "余数为0" in shown
    assert "12月20日" in text(client.get(ONE))
