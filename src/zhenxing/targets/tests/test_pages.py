"""The pages of targets: what they show, to whom, and that nothing typed is lost."""

from __future__ import annotations

import io
from datetime import date
from typing import TYPE_CHECKING

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
    Label,
    LabelTie,
    ResponsibilityLine,
)
from zhenxing.targets.tests import make
from zhenxing.targets.tests.conftest import text

if TYPE_CHECKING:
    from django.test import Client

    from zhenxing.indicators.models import Indicator

TOWN = "/targets/towns/T01/"
ONE = f"{TOWN}indicators/paid_in/"


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
