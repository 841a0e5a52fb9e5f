"""From a target or an indicator back to the very line of the paper."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from tests import cast
from zhenxing.accounts.choices import Role
from zhenxing.accounts.tests import make as make_accounts
from zhenxing.adoption.queries import sources
from zhenxing.adoption.services import deciding, placing
from zhenxing.adoption.services.deciding import Part
from zhenxing.adoption.tests import make
from zhenxing.indicators.models import Target
from zhenxing.indicators.tests import make as make_figures
from zhenxing.organisation.tests import make as make_posts
from zhenxing.targets.services import issuing
from zhenxing.targets.services.issuing import Heading

if TYPE_CHECKING:
    from django.test import Client

    from zhenxing.accounts.models import User
    from zhenxing.adoption.models import Item
    from zhenxing.documents.models import PaperReading
    from zhenxing.targets.models import Issue

TITLE = "青溪镇2023年经济工作计划"
FAI = "/towns/T01/indicators/fai/"


@pytest.fixture
def plan(county: cast.County) -> PaperReading:
    make_figures.lamps()
    make_figures.indicator("fai", "固定资产投资", county.statistics)
    return make.read(county.reporter, make.registered(county.reporter, unit="T01"))


def draft(by: User, of: PaperReading, item: Item) -> Issue:
    [item] = make.accept(by, item)
    return placing.targets(
        reading=of,
        items=[item.pk],
        heading=Heading("青政发〔2023〕4号", date(2023, 10, 18), 2023),
        scope=cast.scope(by),
        moment=cast.moment(),
    )


def approve(county: cast.County, issue: Issue) -> None:
    second = make_accounts.person("h00-second")
    make_posts.post(second, Role.ASSESSMENT, county.county)
    by, other = cast.scope(county.assessor), cast.scope(second)
    moment = cast.moment()
    issue = issuing.propose(issue=issue, edition=issue.edition, scope=by, moment=moment)
    issuing.approve(issue=issue, edition=issue.edition, scope=other, moment=moment)


def page(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, path
    return response.content.decode()


def test_the_cockpit_leads_back_to_the_line_once_the_target_is_approved(
    county: cast.County, client: Client, plan: PaperReading
) -> None:
    item = make.item(plan, "1亿元以上")
    issue = draft(county.assessor, plan, item)
    address = reverse("adoption:line", args=[item.pk])
    cast.sign_in(client, county.leader)
    assert address not in page(client, "/towns/T01/")
    approve(county, issue)
    for path in ("/towns/T01/", FAI, "/targets/towns/T01/indicators/fai/"):
        assert address in page(client, path), path
    told = client.get(address)
    assert told["Location"] == f"/readings/{plan.paper_id}/?version=1#t{item.number}"
    assert f'id="t{item.number}"' in page(client, told["Location"])


def test_a_reference_value_stands_on_its_indicator_with_its_words(
    county: cast.County, client: Client, plan: PaperReading
) -> None:
    [item] = make.accept(county.assessor, make.item(plan, "8980万元"), indicator="fai")
    by, moment = cast.scope(county.assessor), cast.moment()
    placing.references(reading=plan, items=[item.pk], scope=by, moment=moment)
    cast.sign_in(client, county.leader)
    told = page(client, FAI)
    assert "参考值 8980万元" in told
    assert f"《{TITLE}》第{item.number}条" in told


def test_a_part_is_found_by_its_own_mark(county: cast.County, plan: PaperReading) -> None:
    whole = make.item(plan, "1-2家")
    at = plan.text.index("1-2家")
    parts = [Part(start=at, end=at + 1, subject="一"), Part(start=at + 2, end=at + 4, subject="二")]
    made = deciding.split(
        item=whole,
        edition=whole.edition,
        parts=parts,
        scope=cast.scope(county.assessor),
        moment=cast.moment(),
    )
    assert [sources.anchor_of(each) for each in made] == [f"{whole.number}-1", f"{whole.number}-2"]


def test_the_line_of_another_town_s_paper_is_not_there(
    county: cast.County, client: Client, plan: PaperReading
) -> None:
    cast.sign_in(client, county.stranger)
    address = reverse("adoption:line", args=[make.item(plan, "1亿元以上").pk])
    assert client.get(address).status_code == 404


def test_it_asks_the_same_number_of_questions_of_many_targets(
    county: cast.County, plan: PaperReading, django_assert_num_queries: object
) -> None:
    approve(county, draft(county.assessor, plan, make.item(plan, "1亿元以上")))
    rows = list(Target.objects.select_related("unit", "indicator")) * 50
    scope = cast.scope(county.assessor)
    with django_assert_num_queries(2):  # type: ignore[operator]  # pytest-django's fixture
        assert sources.of_targets(rows, scope)
