"""The pages of uses of results and of schedules."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests import cast
from zhenxing.accounts.models import User
from zhenxing.assessment.choices import UseKind, UseState
from zhenxing.assessment.models import Schedule, Use
from zhenxing.assessment.services import using
from zhenxing.assessment.tests import appeals_make as make
from zhenxing.assessment.tests import rounds_make
from zhenxing.indicators.models import Indicator
from zhenxing.indicators.tests import make as make_figures
from zhenxing.targets.tests.conftest import text

if TYPE_CHECKING:
    from django.test import Client

    from zhenxing.assessment.models import Round

pytestmark = pytest.mark.django_db
LIST, RHYTHMS = "/assessment/uses/", "/assessment/schedules/"


@pytest.fixture
def round_(county: cast.County) -> Round:
    """Give a published round: T03 first and excellent, T01 last."""
    return make.published(county)


def test_a_reward_goes_over_the_pages_from_the_result_to_its_paper(
    county: cast.County, round_: Round, client: Client
) -> None:
    cast.sign_in(client, county.assessor)
    at = f"/assessment/rounds/{round_.pk}/uses/"
    assert f"{at}new/" in text(client.get(LIST))
    assert "还没有选单位" in text(client.get(f"{at}new/"))
    assert "<option>等次优秀</option>" in text(client.get(f"{at}new/?code=T03"))
    said = {"code": "T03", "kind": "reward", "condition": "等次优秀", "words": "奖励经费"}
    wrong = text(client.post(f"{at}propose/", said | {"amount": "二十"}), 422)
    assert "「二十」不是数" in wrong
    assert "奖励经费" in wrong
    wrong = text(client.post(f"{at}propose/", said | {"condition": "等次合格"}), 422)
    assert "不符合「等次合格」" in wrong
    answer = client.post(f"{at}propose/", said | {"amount": "20"})
    use = Use.objects.get()
    here = f"{LIST}{use.pk}/"
    assert answer["Location"] == here
    assert client.get(f"{here}voucher/").status_code == 404
    assert "等组织考核的单位里另一个人批准" in text(client.get(here))
    assert "另一个人决定" in text(client.post(f"{here}approve/", {"seen": "1"}), 422)
    cast.sign_in(client, User.objects.get(username="assessment-1"))
    assert client.post(f"{here}approve/", {"seen": "1", "note": "同意"}).status_code == 302
    cast.sign_in(client, county.assessor)
    assert "须附凭据" in text(client.post(f"{here}fulfil/", {"seen": "2"}), 422)
    voucher = SimpleUploadedFile("回单.pdf", make.PDF.data)
    done = client.post(f"{here}fulfil/", {"seen": "2", "done": "已拨", "voucher": voucher})
    assert done.status_code == 302
    assert client.get(f"{here}voucher/").content == make.PDF.data
    paper = client.get(f"{here}paper.docx")
    assert paper.content.startswith(b"PK")
    assert Use.objects.get().state == UseState.DONE


def test_a_hearing_a_refusal_and_a_withdrawal_are_written_on_the_page(
    county: cast.County, round_: Round, client: Client
) -> None:
    use = make.proposed(
        county.assessor, round_, "T01", kind=UseKind.TOLERANCE, condition="末位", words="免责"
    )
    here = f"{LIST}{use.pk}/"
    cast.sign_in(client, county.assessor)
    assert "不是日期" in text(client.post(f"{here}hear/", {"seen": "1", "day": "昨天"}), 422)
    heard = {"seen": "1", "day": "2023-10-20", "hearing": "镇里和纪委参加"}
    assert client.post(f"{here}hear/", heard).status_code == 302
    cast.sign_in(client, User.objects.get(username="assessment-1"))
    assert "镇里和纪委参加" in text(client.get(here))
    refused = client.post(f"{here}decline/", {"seen": "2", "reason": "情况不符"})
    assert refused.status_code == 302
    other = make.proposed(county.assessor, round_)
    gone = client.post(f"{LIST}{other.pk}/withdraw/", {"seen": "1", "withdrawn": "数据不实"})
    assert gone.status_code == 302
    assert {use.state for use in Use.objects.all()} == {UseState.REFUSED, UseState.WITHDRAWN}


def test_the_list_counts_the_money_narrows_and_is_taken_away(
    county: cast.County, round_: Round, client: Client
) -> None:
    make.proposed(county.assessor, round_, amount=Decimal("12.5"))
    make.proposed(county.assessor, round_, "T01", kind=UseKind.TALK, condition="末位")
    cast.sign_in(client, county.assessor)
    shown = text(client.get(LIST))
    assert "12.5万元" in shown
    assert "末位" not in text(client.get(f"{LIST}?kind=reward&state=proposed&round={round_.pk}"))
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"{LIST}?xlsx=1&kind=talk").content))
    assert [row[1] for row in list(book.worksheets[0].values)[3:]] == ["青溪镇"]
    cast.sign_in(client, county.leader)
    shown = text(client.get(LIST))
    assert "约谈" in shown
    assert "河湾镇" not in shown


def test_what_rests_on_a_changed_figure_stands_first(
    county: cast.County, round_: Round, client: Client
) -> None:
    use = make.proposed(county.assessor, round_, amount=Decimal(10))
    make_figures.figure(
        county.plain, Indicator.objects.get(code="fai"), "2023-09", "3000",
        business_date=date(2023, 10, 25),
    )  # fmt: skip
    county.site.business_date = date(2023, 10, 26)
    county.site.save()
    cast.sign_in(client, county.assessor)
    assert "按现在的数，总分100.00、第1名、优秀变为" in text(client.get(LIST))
    assert "请撤销并追回" in text(client.get(f"{LIST}{use.pk}/"))


def test_a_foreign_use_is_not_found(county: cast.County, round_: Round, client: Client) -> None:
    use = make.proposed(county.assessor, round_)
    for person in (county.leader, county.department, county.reporter):
        cast.sign_in(client, person)
        assert client.get(f"{LIST}{use.pk}/").status_code == 404
        assert client.get(f"{LIST}{use.pk}/paper.docx").status_code == 404
    cast.sign_in(client, county.supervisor)
    assert client.get(f"/assessment/rounds/{round_.pk}/uses/new/").status_code == 404


def test_a_replacement_is_ended_on_the_pilots_page(
    county: cast.County, round_: Round, client: Client
) -> None:
    use = make.proposed(county.assessor, round_, "T01", kind="replacement", condition="末位")
    second = User.objects.get(username="assessment-1")
    make.step(using.approve, second, use, note="")
    cast.sign_in(client, second)
    assert "到试点页办理退出和递补" in text(client.get(f"{LIST}{use.pk}/"))


def test_a_rhythm_is_set_and_the_year_is_shown(county: cast.County, client: Client) -> None:
    rounds_make.edition(county.county, code="monthly", name="月度考核", kind="month")
    cast.sign_in(client, county.assessor)
    assert "还没有排期" in text(client.get(RHYTHMS))
    here = f"{RHYTHMS}monthly/"
    assert "怎样起作用" in text(client.get(here))
    said = {
        "every": "month", "days_after": "10", "gather_days": "5", "reply_days": "5",
        "since": "2023-10-01", "active": "on", "seen": "",
    }  # fmt: skip
    assert "不是日期" in text(client.post(f"{here}set/", said | {"since": "十月"}), 422)
    assert "请改写" in text(client.post(f"{here}set/", said | {"gather_days": "x"}), 422)
    assert client.post(f"{here}set/", said).status_code == 302
    shown = text(client.get(RHYTHMS))
    assert "2023年11月10日" in shown
    assert "期满后10日开始" in shown
    assert "checked" in text(client.get(here))
    assert Schedule.objects.get().active
    cast.sign_in(client, county.leader)
    assert "月度考核" in text(client.get(RHYTHMS))
    assert client.get(here).status_code == 403
    cast.sign_in(client, county.supervisor)
    assert client.get(here).status_code == 404
