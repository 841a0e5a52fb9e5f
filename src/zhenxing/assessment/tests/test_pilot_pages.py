"""The pages of pilots: applied for, chosen, replaced."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests import cast
from zhenxing.accounts.models import User
from zhenxing.assessment.choices import ApplicationState, PilotCategory, UseState
from zhenxing.assessment.models import Application, Pilot, PilotProposal, Use
from zhenxing.assessment.tests import appeals_make as make
from zhenxing.assessment.tests import rounds_make
from zhenxing.assessment.tests.test_piloting import checked, reviewed
from zhenxing.targets.tests.conftest import text

if TYPE_CHECKING:
    from django.test import Client

    from zhenxing.assessment.models import Round

pytestmark = pytest.mark.django_db
LIST = "/assessment/pilots/"


@pytest.fixture
def round_(county: cast.County) -> Round:
    """Give a selection for which towns may apply."""
    return make.selection(county)


def test_a_town_applies_over_the_pages_and_its_leader_signs(
    county: cast.County, round_: Round, client: Client
) -> None:
    here = f"{LIST}selections/{round_.pk}/"
    cast.sign_in(client, county.town_office)
    assert here in text(client.get(LIST))
    assert "青溪镇申报" in text(client.get(here))
    said = {"category": "central", "statement": "交通便利", "seen": ""}
    wrong = text(client.post(f"{here}towns/T01/apply/", said | {"category": ""}), 422)
    assert "交通便利" in wrong
    paper = SimpleUploadedFile("方案.pdf", make.PDF.data)
    answer = client.post(f"{here}towns/T01/apply/", said | {"papers": paper})
    application = Application.objects.get()
    at = f"{LIST}applications/{application.pk}/"
    assert answer["Location"] == at
    assert "方案.pdf" in text(client.get(at))
    kept = application.papers.get()
    assert client.get(f"{at}papers/{kept.pk}/").content == make.PDF.data
    cast.sign_in(client, county.leader)
    seen = client.get(at).context["seen"]
    signing = {"seen": seen, "password": "不对"}
    assert "密码不对" in text(client.post(f"{at}sign/", signing), 422)
    assert client.post(f"{at}sign/", signing | {"password": cast.PASSWORD}).status_code == 302
    assert Application.objects.get().state == ApplicationState.FILED


def test_the_office_chooses_over_the_page_and_a_second_person_approves(
    county: cast.County, round_: Round, client: Client
) -> None:
    here = f"{LIST}selections/{round_.pk}/"
    make.applied(round_, county.town)
    make.applied(round_, county.plain, PilotCategory.SPECIAL)
    checked(county, round_)
    cast.sign_in(client, county.assessor)
    assert "建议" in text(client.get(here))
    picked = {"pick": ["T01", "T03"], "words": "", "document": "禾试点发〔2023〕9号"}
    assert "请写明为什么" in text(client.post(f"{here}propose/", picked), 422)
    assert client.post(f"{here}propose/", picked | {"words": "只有两个申报"}).status_code == 302
    proposal = PilotProposal.objects.get()
    decide = f"{here}proposals/{proposal.pk}/"
    own = text(client.post(f"{decide}approve/", {"since": "2023-11-01"}), 422)
    assert "另一个人决定" in own
    cast.sign_in(client, User.objects.get(username="assessment-1"))
    assert "不是日期" in text(client.post(f"{decide}approve/", {"since": ""}), 422)
    assert client.post(f"{decide}approve/", {"since": "2023-11-01"}).status_code == 302
    assert "青溪镇（中心镇）" in text(client.get(here))
    assert Pilot.objects.count() == 2
    assert "禾试点发〔2023〕9号" in text(client.get(LIST))


def test_a_proposal_is_returned_on_the_page(
    county: cast.County, round_: Round, client: Client
) -> None:
    make.applied(round_, county.plain)
    checked(county, round_)
    here = f"{LIST}selections/{round_.pk}/"
    cast.sign_in(client, county.assessor)
    picked = {"pick": "T03", "words": "只有一个申报", "document": "文号"}
    client.post(f"{here}propose/", picked)
    proposal = PilotProposal.objects.get()
    cast.sign_in(client, User.objects.get(username="assessment-1"))
    returned = client.post(f"{here}proposals/{proposal.pk}/decline/", {"remark": "再动员"})
    assert returned.status_code == 302
    assert "再动员" in text(client.get(here))


def test_other_towns_see_neither_applications_nor_ranks_before_publication(
    county: cast.County, round_: Round, client: Client
) -> None:
    application = make.applied(round_, county.town)
    checked(county, round_)
    cast.sign_in(client, county.rival_leader)
    assert client.get(f"{LIST}applications/{application.pk}/").status_code == 404
    assert "青溪镇" not in text(client.get(f"{LIST}selections/{round_.pk}/"))
    cast.sign_in(client, county.stranger)
    foreign = client.post(f"{LIST}selections/{round_.pk}/towns/T01/apply/", {})
    assert foreign.status_code == 404


def test_an_application_is_taken_back_on_the_page(
    county: cast.County, round_: Round, client: Client
) -> None:
    application = make.apply(county.reporter, round_, county.town)
    at = f"{LIST}applications/{application.pk}/"
    cast.sign_in(client, county.reporter)
    assert "改过" in text(client.post(f"{at}withdraw/", {"seen": "x"}), 422)
    seen = client.get(at).context["seen"]
    assert client.post(f"{at}withdraw/", {"seen": seen}).status_code == 302
    assert Application.objects.get().state == ApplicationState.WITHDRAWN


def test_two_bad_years_are_replaced_from_the_page(
    county: cast.County, round_: Round, client: Client
) -> None:
    make.applied(round_, county.rival)
    checked(county, round_)
    pilot = make.pilot(county.town)
    cast.sign_in(client, county.assessor)
    assert "还没有连续不合格" in text(client.post(f"{LIST}{pilot.pk}/replace/"), 422)
    reviewed(county, county.town, "不合格", "不合格")
    shown = text(client.get(LIST))
    assert "青溪镇：连续2年不合格" in shown
    assert "下一名是石泉镇" in shown
    assert client.post(f"{LIST}{pilot.pk}/replace/").status_code == 302
    use = Use.objects.get()
    cast.sign_in(client, User.objects.get(username="assessment-1"))
    client.post(f"/assessment/uses/{use.pk}/approve/", {"seen": "1"})
    at = f"{LIST}{pilot.pk}/end/{use.pk}/"
    assert "不是日期" in text(client.post(at, {"until": "", "document": "留住的文号"}), 422)
    said = {"until": "2023-12-31", "document": "", "succeeds": "on"}
    assert "请写调整试点的文号" in text(client.post(at, said), 422)
    assert client.post(at, said | {"document": "禾试点发〔2023〕12号"}).status_code == 302
    assert Use.objects.get().state == UseState.DONE
    assert {each.unit.code for each in Pilot.objects.filter(until=None)} == {"T02"}
    assert "已退出" in text(client.get(f"{LIST}?all=1"))
    cast.sign_in(client, county.leader)
    assert client.post(at, said).status_code == 403


def test_the_page_is_empty_before_the_first_pilot(county: cast.County, client: Client) -> None:
    cast.sign_in(client, county.village_reporter)
    shown = text(client.get(LIST))
    assert "还没有试点镇" in shown
    assert "还没有遴选" in shown
    rounds_make.edition(county.county)
    assert client.get(f"{LIST}selections/9/").status_code == 404
