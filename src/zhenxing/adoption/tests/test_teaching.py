"""What was read teaches the dictionary when a person says so; what has no part yet waits."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import openpyxl
import pytest

from tests import cast
from zhenxing.adoption.choices import ItemKind
from zhenxing.adoption.services import circulating
from zhenxing.adoption.tests import make
from zhenxing.audit import queries as audit_queries
from zhenxing.documents.models import Circulation, Paper
from zhenxing.indicators.models import Indicator, Synonym
from zhenxing.indicators.tests import make as make_figures
from zhenxing.organisation.services import ActRefusedError

if TYPE_CHECKING:
    from django.test import Client

    from zhenxing.adoption.models import Item
    from zhenxing.documents.models import PaperReading

PLAN = (
    "青溪镇2023年工作计划",
    "二、年度目标",
    "村组道路硬化里程达到12公里以上。",
    "三、工作要求",
    "成立稳投资专班，办公室设在项目办公室。各专班每月25日前报送完成情况。",
)


@pytest.fixture
def fai(county: cast.County) -> Indicator:
    return make_figures.indicator("fai", "固定资产投资", county.statistics)


@pytest.fixture
def plan(county: cast.County, fai: Indicator) -> PaperReading:
    paper = make.registered(county.assessor, make.word(*PLAN))
    return make.read(county.assessor, paper)


def road(plan: PaperReading) -> Item:
    return make.item(plan, "12公里")


def form(of: Item, **more: str) -> dict[str, str]:
    return {"item": str(of.pk), "edition": str(of.edition), "verdict": "accepted"} | more


def test_a_mapped_subject_becomes_a_name_when_the_person_says_so(
    county: cast.County, plan: PaperReading, client: Client
) -> None:
    item, page = road(plan), f"/readings/{plan.paper_id}/"
    roads = make_figures.indicator("roads", "农村公路", county.statistics)
    Indicator.objects.filter(pk=roads.pk).update(measure="公里")
    cast.sign_in(client, county.assessor)
    assert "记作别名" in client.get(f"{page}?edit={item.pk}").content.decode()
    said = form(item, other="农村公路", subject="道路硬化里程", learn="1")
    assert client.post(f"{page}correct/", said).status_code == 302
    taught = Synonym.objects.get()
    assert (taught.name, taught.indicator, taught.by) == (
        "道路硬化里程", roads, county.assessor.username,
    )  # fmt: skip
    assert f"第{item.number}条" in taught.basis
    again = make.read(county.assessor, make.registered(county.assessor, make.word(*PLAN, "完。")))
    assert road(again).indicator == roads
    assert audit_queries.verify().holds


def test_nothing_is_decided_where_the_name_is_refused(
    county: cast.County, plan: PaperReading, client: Client
) -> None:
    item = road(plan)
    cast.sign_in(client, county.assessor)
    said = form(item, subject="固定资产投资", indicator="", learn="1")
    answer = client.post(f"/readings/{plan.paper_id}/correct/", said)
    assert answer.status_code == 422
    assert "没有归到指标" in answer.content.decode()
    item.refresh_from_db()
    assert item.verdict == "open"
    assert not Synonym.objects.exists()


def test_a_keeper_who_may_not_teach_is_not_asked_to(
    county: cast.County, fai: Indicator, client: Client
) -> None:
    paper = make.registered(county.town_office, make.word(*PLAN), unit="T01")
    item = road(make.read(county.town_office, paper))
    cast.sign_in(client, county.town_office)
    assert "记作别名" not in client.get(f"/readings/{paper.pk}/?edit={item.pk}").content.decode()
    said = form(item, indicator="fai", subject="固投", learn="1", measure="万元")
    answer = client.post(f"/readings/{paper.pk}/correct/", said)
    assert "不由您记" in answer.content.decode()
    assert not Synonym.objects.exists()


def test_a_thing_without_an_indicator_makes_one_and_is_mapped_to_it(
    county: cast.County, plan: PaperReading, client: Client
) -> None:
    item = road(plan)
    page = f"/readings/items/{item.pk}/indicator/"
    cast.sign_in(client, county.assessor)
    asked = client.get(page).content.decode()
    assert f'value="{item.subject}"' in asked
    assert 'value="公里"' in asked
    fields = Indicator.objects.get().field.code
    said = {
        "edition": str(item.edition), "name": "道路硬化", "code": "road_repaired",
        "definition": "当年新硬化的村组道路。", "field": fields, "lead": "D01", "measure": "公里",
        "decimals": "0", "kind": "flow", "reading": "cumulative", "direction": "higher",
        "nature": "工作报送", "source": "部门", "frequency": "year",
    }  # fmt: skip
    wrong = client.post(f"{page}create/", said | {"code": "道路", "decimals": "两位"})
    assert wrong.status_code == 422
    assert "当年新硬化的村组道路。" in wrong.content.decode()
    assert client.post(f"{page}create/", said).status_code == 302
    item.refresh_from_db()
    assert item.indicator == Indicator.objects.get(code="road_repaired")
    assert item.verdict == "open"
    assert audit_queries.verify().holds


def test_an_indicator_is_not_made_where_its_thing_was_just_changed(
    county: cast.County, plan: PaperReading, client: Client
) -> None:
    item = road(plan)
    cast.sign_in(client, county.assessor)
    said = {
        "edition": "99", "name": "道路硬化", "code": "road_repaired", "definition": "甲",
        "field": Indicator.objects.get().field.code, "lead": "D01", "measure": "公里",
        "decimals": "0", "kind": "flow", "reading": "cumulative", "direction": "higher",
        "nature": "工作报送", "source": "部门", "frequency": "year",
    }  # fmt: skip
    assert client.post(f"/readings/items/{item.pk}/indicator/create/", said).status_code == 422
    assert Indicator.objects.count() == 1


def test_a_growth_asks_for_a_rate(county: cast.County, plan: PaperReading, client: Client) -> None:
    item = road(plan)
    type(item).objects.filter(pk=item.pk).update(is_growth=True)
    cast.sign_in(client, county.assessor)
    asked = client.get(f"/readings/items/{item.pk}/indicator/").content.decode()
    assert 'value="%"' in asked
    assert '<option value="rate" selected>' in asked


def test_accepted_groups_and_days_wait_with_what_is_there_already(
    county: cast.County, plan: PaperReading, client: Client
) -> None:
    kinds = [ItemKind.GROUP, ItemKind.DEADLINE]
    found = list(plan.items.filter(kind__in=kinds))
    assert {each.kind for each in found} == set(kinds)
    cast.sign_in(client, county.assessor)
    assert "没有符合的事" in client.get("/readings/drafts/").content.decode()
    make.accept(county.assessor, *found)
    shown = client.get("/readings/drafts/").content.decode()
    assert "已有" in shown
    assert all(f"/readings/lines/{each.pk}/" in shown for each in found)
    groups = client.get("/readings/drafts/?kind=group").content.decode()
    assert "稳投资专班" in groups
    assert "25日前" not in groups
    book = openpyxl.load_workbook(BytesIO(client.get("/readings/drafts/?xlsx=1").content))
    assert any("稳投资专班" in str(cell.value) for row in book.worksheets[0] for cell in row)
    cast.sign_in(client, county.reporter)
    assert "没有符合的事" in client.get("/readings/drafts/").content.decode()


def test_the_list_of_what_waits_is_searched_and_sorted(
    county: cast.County, plan: PaperReading, client: Client
) -> None:
    make.accept(county.assessor, *plan.items.filter(kind__in=[ItemKind.GROUP, ItemKind.DEADLINE]))
    cast.sign_in(client, county.assessor)
    for sort in ("kind", "-kind", "subject", "who", "paper", "there"):
        page = client.get("/readings/drafts/", {"sort": sort, "q": "稳投资"}).content.decode()
        assert "稳投资专班" in page


def test_a_copy_sent_by_mistake_is_taken_back_until_it_is_read(
    county: cast.County, plan: PaperReading, client: Client
) -> None:
    paper = Paper.objects.get(pk=plan.paper_id)
    circulating.send(
        paper=paper, persons=[county.stranger.username, county.leader.username], wish="", due=None,
        scope=cast.scope(county.assessor), moment=cast.moment(),
    )  # fmt: skip
    copy = Circulation.objects.get(person=county.stranger)
    cast.sign_in(client, county.assessor)
    address = f"/readings/{paper.pk}/register/recall/{copy.pk}/"
    assert client.post(address).status_code == 302
    assert paper not in Paper.objects.visible_to(cast.scope(county.stranger))
    assert client.post(address).status_code == 404
    circulating.seen(paper=paper, remark="", scope=cast.scope(county.leader), moment=cast.moment())
    read = Circulation.objects.get(person=county.leader)
    refused = client.post(f"/readings/{paper.pk}/register/recall/{read.pk}/")
    assert refused.status_code == 422
    assert audit_queries.verify().holds


def test_an_auditor_is_sent_nothing(county: cast.County, plan: PaperReading) -> None:
    paper = Paper.objects.get(pk=plan.paper_id)
    with pytest.raises(ActRefusedError, match="不能传给"):
        circulating.send(
            paper=paper, persons=[county.auditor.username], wish="", due=None,
            scope=cast.scope(county.assessor), moment=cast.moment(),
        )  # fmt: skip


def test_what_waits_to_be_read_stands_in_the_list_and_on_the_cockpit(
    county: cast.County, plan: PaperReading, client: Client
) -> None:
    paper = Paper.objects.get(pk=plan.paper_id)
    circulating.send(
        paper=paper, persons=[county.leader.username], wish="请阅", due=cast.TODAY,
        scope=cast.scope(county.assessor), moment=cast.moment(),
    )  # fmt: skip
    cast.sign_in(client, county.leader)
    card = f"/readings/{paper.pk}/register/"
    assert f"{card}#mine" in client.get("/towns/T01/").content.decode()
    assert "请您阅" in client.get("/readings/?show=mine").content.decode()
    circulating.seen(paper=paper, remark="", scope=cast.scope(county.leader), moment=cast.moment())
    assert card not in client.get("/towns/T01/").content.decode()
    for show, there in (("mine", False), ("unread", False), ("open", True), ("other", True)):
        assert (card in client.get(f"/readings/?show={show}").content.decode()) is there
