"""The pages of appeals: what they show, to whom, and that nothing typed is lost."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests import cast
from zhenxing.assessment.choices import AppealState
from zhenxing.assessment.models import Appeal
from zhenxing.assessment.tests import appeals_make as make
from zhenxing.assessment.tests import rounds_make
from zhenxing.documents import services as documents
from zhenxing.targets.tests.conftest import text

if TYPE_CHECKING:
    from django.test import Client

    from zhenxing.assessment.models import Round

pytestmark = pytest.mark.django_db
LIST = "/assessment/appeals/"


@pytest.fixture
def round_(county: cast.County) -> Round:
    """Give a round in its days of reply."""
    return make.replied(county)


def typed(**more: Any) -> dict[str, Any]:  # noqa: ANN401  # a form's parts
    """Fill the form in, with a paper."""
    paper = SimpleUploadedFile("依据.pdf", make.PDF.data)
    return {"item": "fai", "words": "漏计一个项目", "wish": "重算", "papers": [paper]} | more


def test_an_appeal_goes_over_the_pages_from_the_list_to_the_answer(
    county: cast.County, round_: Round, client: Client
) -> None:
    cast.sign_in(client, county.reporter)
    at = f"/assessment/rounds/{round_.pk}/appeals/T01/"
    assert f"{at}new/" in text(client.get(LIST))
    shown = text(client.get(f"{at}new/?item=fai"))
    assert "固定资产投资　得48.0000，满分60" in shown
    assert "还有6天" in shown
    answer = client.post(f"{at}draft/", typed())
    appeal = Appeal.objects.get()
    here = f"{LIST}{appeal.pk}/"
    assert answer["Location"] == here
    assert "改稿" in text(client.get(here))
    cast.sign_in(client, county.leader)
    signing = {"seen": "1", "password": "不对"}
    assert "密码不对" in text(client.post(f"{here}file/", signing), 422)
    signing["password"] = cast.PASSWORD
    assert client.post(f"{here}file/", signing).status_code == 302
    cast.sign_in(client, county.department)
    assert "漏计一个项目" in text(client.get(here))
    said = {"seen": "2", "effect": "upheld", "answer": "属实", "remedy": "slip", "number": "更正-1"}
    assert client.post(f"{here}answer/", said).status_code == 302
    shown = text(client.get(here))
    assert "/corrections/" in shown or "更正单" in shown
    assert "更正-1，重算后生效" in shown
    appeal.refresh_from_db()
    assert appeal.state == AppealState.ANSWERED


def test_what_was_typed_stays_where_it_is_refused(
    county: cast.County, round_: Round, client: Client
) -> None:
    cast.sign_in(client, county.reporter)
    at = f"/assessment/rounds/{round_.pk}/appeals/T01/draft/"
    shown = text(client.post(at, typed(item="gdp", words="我写的理由")), 422)
    assert "没有「gdp」这一项" in shown
    assert "我写的理由" in shown
    appeal = make.drafted(county.reporter, round_)
    stale = typed(seen="0", words="新的理由")
    shown = text(client.post(f"{LIST}{appeal.pk}/save/", stale), 422)
    assert "别人刚办过" in shown
    assert "新的理由" in shown
    cast.sign_in(client, county.leader)
    withdrawn = client.post(f"{LIST}{appeal.pk}/withdraw/", {"seen": "1", "reason": "不申诉了"})
    assert withdrawn.status_code == 302
    filed = make.filed(county, round_)
    cast.sign_in(client, county.assessor)
    shown = text(
        client.post(f"{LIST}{filed.pk}/answer/", {"seen": "2", "effect": "upheld", "answer": "对"}),
        422,
    )
    assert "成立的申诉要写明凭什么改结果" in shown
    assert "对</textarea>" in shown


def test_nobody_reads_or_drafts_a_foreign_towns_appeal(
    county: cast.County, round_: Round, client: Client
) -> None:
    appeal = make.filed(county, round_)
    paper = appeal.papers.get()
    cast.sign_in(client, county.stranger)
    for path in (
        f"{LIST}{appeal.pk}/", f"{LIST}{appeal.pk}/papers/{paper.pk}/",
        f"/assessment/rounds/{round_.pk}/appeals/T01/new/",
        f"/assessment/rounds/{round_.pk}/appeals/T99/new/",
    ):  # fmt: skip
        assert client.get(path).status_code == 404, path
    assert "青溪镇" not in text(client.get(LIST))
    cast.sign_in(client, county.auditor)
    assert "青溪镇" in text(client.get(LIST))
    assert client.post(f"{LIST}{appeal.pk}/answer/").status_code == 403


def test_a_paper_is_given_as_it_came_or_not_at_all(
    county: cast.County, round_: Round, client: Client
) -> None:
    appeal = make.filed(county, round_)
    paper = appeal.papers.select_related("file").get()
    cast.sign_in(client, county.assessor)
    answer = client.get(f"{LIST}{appeal.pk}/papers/{paper.pk}/")
    assert answer.content == make.PDF.data
    assert "attachment" in answer["Content-Disposition"]
    stored = documents.stored_at(paper.file.sha256)
    stored.unlink()
    assert "这份材料打不开" in text(client.get(f"{LIST}{appeal.pk}/papers/{paper.pk}/"), 500)


def test_the_list_is_narrowed_searched_and_taken_away(
    county: cast.County, round_: Round, client: Client
) -> None:
    make.filed(county, round_)
    make.drafted(county.town_office, round_, item="")
    cast.sign_in(client, county.town_office)
    assert "总分" in text(client.get(f"{LIST}?state=draft"))
    assert "没有符合的申诉" in text(client.get(f"{LIST}?q=没有这个"))
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"{LIST}?xlsx=1").content))
    rows = list(book.worksheets[0].values)
    assert [row[2] for row in rows[2:]] == ["固定资产投资", "总分"]


def test_the_newest_run_stands_beside_the_first_mark(
    county: cast.County, round_: Round, client: Client
) -> None:

    appeal = make.answered(county.assessor, make.filed(county, round_))
    rounds_make.run(county.assessor, round_, "trial")
    cast.sign_in(client, county.leader)
    assert "第2次" not in text(client.get(f"{LIST}{appeal.pk}/"))  # no trial for the assessed
    cast.sign_in(client, county.assessor)
    assert "第2次试算" in text(client.get(f"{LIST}{appeal.pk}/"))
    after = make.UNTIL.replace(day=26)
    rounds_make.run(county.assessor, round_, "final")
    rounds_make.checked(rounds_make.assessor(county, 1), round_, after)
    cast.sign_in(client, county.leader)
    shown = text(client.get(f"{LIST}{appeal.pk}/"))
    assert "复核确认" in shown
    assert "没有变化" in shown
