"""The pages on which an issue is written, put forward and approved."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from tests import cast
from zhenxing.indicators.models import Target
from zhenxing.indicators.tests import make as make_indicators
from zhenxing.targets.models import Issue
from zhenxing.targets.tests import make
from zhenxing.targets.tests.conftest import text

if TYPE_CHECKING:
    from django.test import Client

    from zhenxing.accounts.models import User
    from zhenxing.indicators.models import Indicator

HEADING = {"document": "禾政发〔2023〕20号", "issued": "2023-10-10", "year": "2023"}


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
