"""A paper goes round: who has read it, who has not, and what came of it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import cast
from zhenxing.adoption.models import FollowUp
from zhenxing.adoption.services import circulating, placing
from zhenxing.adoption.tests import make
from zhenxing.audit import queries as audit_queries
from zhenxing.documents.models import Circulation, Paper
from zhenxing.indicators.tests import make as make_figures
from zhenxing.organisation.services import ActRefusedError

if TYPE_CHECKING:
    from datetime import date

    from django.test import Client

    from zhenxing.accounts.models import User


@pytest.fixture
def paper(county: cast.County) -> Paper:
    return make.registered(county.town_office, unit="T01", about="T01")


def sent(by: User, paper: Paper, *to: User, wish: str = "", due: date | None = None) -> None:
    circulating.send(
        paper=paper, persons={each.username for each in to}, wish=wish, due=due,
        scope=cast.scope(by), moment=cast.moment(),
    )  # fmt: skip


def followed(by: User, paper: Paper, words: str, address: str = "") -> FollowUp:
    return circulating.follow(
        paper=paper, words=words, address=address, scope=cast.scope(by), moment=cast.moment()
    )


def seen(by: User, paper: Paper, remark: str = "") -> Circulation:
    return circulating.seen(paper=paper, remark=remark, scope=cast.scope(by), moment=cast.moment())


@pytest.mark.both_engines
def test_a_paper_sent_round_is_read_once_by_each(county: cast.County, paper: Paper) -> None:
    sent(county.town_office, paper, county.leader, county.reporter, wish="请阅")
    row = seen(county.leader, paper, "已阅，请抓紧")
    assert (row.read_on, row.remark) == (cast.TODAY, "已阅，请抓紧")
    with pytest.raises(ActRefusedError, match="已经阅知过"):
        seen(county.leader, paper)
    assert Circulation.objects.filter(read_on=None).count() == 1
    assert followed(county.town_office, paper, "已布置", "/readings/").address == "/readings/"
    assert audit_queries.verify().holds


def test_nobody_is_sent_a_paper_twice(county: cast.County, paper: Paper) -> None:
    sent(county.town_office, paper, county.leader)
    with pytest.raises(ActRefusedError, match="已经送过"):
        sent(county.town_office, paper, county.leader, county.reporter)
    assert Circulation.objects.count() == 1


def test_a_town_sends_its_papers_to_its_own_people_alone(county: cast.County, paper: Paper) -> None:
    with pytest.raises(ActRefusedError, match="不能传给"):
        sent(county.town_office, paper, county.stranger)
    sent(county.assessor, paper, county.stranger)
    assert paper in Paper.objects.visible_to(cast.scope(county.stranger))


def test_who_does_not_keep_a_paper_neither_sends_nor_follows_it_up(
    county: cast.County, paper: Paper
) -> None:
    with pytest.raises(ActRefusedError, match="不由您办理"):
        sent(county.leader, paper, county.reporter)
    with pytest.raises(ActRefusedError, match="不由您办理"):
        followed(county.leader, paper, "办了")
    with pytest.raises(ActRefusedError, match="没有传阅给您"):
        seen(county.leader, paper)


def test_all_that_is_wrong_with_a_round_is_told_at_once(county: cast.County, paper: Paper) -> None:
    with pytest.raises(ActRefusedError) as refusal:
        sent(county.town_office, paper, wish="请" * 201, due=cast.TODAY - timedelta(days=1))
    assert [each.where for each in refusal.value.problems] == ["要求", "限期", "传阅"]


@pytest.mark.parametrize("address", ["https://example.org/", "//example.org/", "readings/"])
def test_what_followed_leads_to_pages_of_this_site_alone(
    county: cast.County, paper: Paper, address: str
) -> None:
    with pytest.raises(ActRefusedError, match="不是本系统的页面"):
        followed(county.town_office, paper, "已布置", address)


def test_the_card_walks_from_sending_to_having_read(
    county: cast.County, paper: Paper, client: Client
) -> None:
    page = f"/readings/{paper.pk}/register/"
    cast.sign_in(client, county.town_office)
    due = cast.TODAY.isoformat()
    answer = client.post(
        f"{page}send/", {"person": county.leader.username, "wish": "请阅示", "due": due}
    )
    assert answer.status_code == 302
    client.post(f"{page}follow/", {"words": "已转农办"})
    shown = client.get(page).content.decode()
    assert "1人未阅" in shown
    assert "已转农办" in shown
    assert 'id="mine"' not in shown
    cast.sign_in(client, county.leader)
    assert 'id="mine"' in client.get(page).content.decode()
    assert client.post(f"{page}seen/", {"remark": "同意"}).status_code == 302
    shown = client.get(page).content.decode()
    assert "都已阅知" in shown
    assert "同意" in shown


def test_a_paper_not_read_in_time_says_so(
    county: cast.County, paper: Paper, client: Client
) -> None:
    sent(county.town_office, paper, county.leader, due=cast.TODAY)
    Circulation.objects.update(due=cast.TODAY - timedelta(days=1))
    cast.sign_in(client, county.town_office)
    assert "逾期未阅" in client.get(f"/readings/{paper.pk}/register/").content.decode()


def test_what_was_typed_stays_where_it_is_refused(
    county: cast.County, paper: Paper, client: Client
) -> None:
    page = f"/readings/{paper.pk}/register/"
    cast.sign_in(client, county.town_office)
    to = county.leader.username
    for path, form, kept in (
        ("send/", {"person": to, "due": "明天", "wish": "速阅"}, "速阅"),
        ("send/", {"person": "nobody", "wish": "速阅"}, "速阅"),
        ("follow/", {"words": "办了", "address": "http://x/"}, "办了"),
        ("change/", {"title": "新标题", "received": "昨天", "about": "T01"}, "新标题"),
        ("change/", {"title": "新标题", "received": "2099-01-01", "about": "T01"}, "新标题"),
        ("seen/", {"remark": "好"}, "没有传阅给您"),
    ):
        answer = client.post(page + path, form)
        assert answer.status_code == 422
        assert kept in answer.content.decode()
    answer = client.post(f"{page}send/", {"person": to, "due": "明天"})
    assert f'value="{to}" checked' in answer.content.decode()


def test_a_keeper_changes_what_the_register_says(
    county: cast.County, paper: Paper, client: Client
) -> None:
    cast.sign_in(client, county.town_office)
    form = {
        "title": "计划",
        "number": "青政发〔2023〕4号",
        "received": "2023-10-19",
        "about": "T01",
    }
    assert client.post(f"/readings/{paper.pk}/register/change/", form).status_code == 302
    paper.refresh_from_db()
    assert (paper.title, paper.number) == ("计划", "青政发〔2023〕4号")


def test_people_are_found_by_name_or_place(
    county: cast.County, paper: Paper, client: Client
) -> None:
    cast.sign_in(client, county.assessor)
    page = f"/readings/{paper.pk}/register/"
    assert f'value="{county.stranger.username}"' in client.get(page).content.decode()
    found = client.get(page, {"find": "青溪镇"}).content.decode()
    assert f'value="{county.reporter.username}"' in found
    assert f'value="{county.stranger.username}"' not in found


def test_the_card_asks_as_much_for_many_readers_as_for_one(
    county: cast.County, paper: Paper, client: Client
) -> None:
    page = f"/readings/{paper.pk}/register/"
    cast.sign_in(client, county.town_office)
    sent(county.town_office, paper, county.leader)
    client.get(page)
    with CaptureQueriesContext(connection) as one:
        client.get(page)
    sent(county.town_office, paper, county.reporter, county.colleague, county.group_leader)
    with CaptureQueriesContext(connection) as many:
        client.get(page)
    assert len(many) == len(one)


def test_the_card_says_where_what_was_read_went(county: cast.County, client: Client) -> None:
    make_figures.indicator("fai", "固定资产投资", county.statistics)
    paper = make.registered(county.town_office, unit="T01", about="T01")
    reading = make.read(county.town_office, paper)
    item = make.item(reading, "8980万元")
    make.accept(county.town_office, item, indicator="fai")
    placing.references(
        reading=reading, items=[item.pk], scope=cast.scope(county.town_office), moment=cast.moment()
    )
    followed(county.town_office, paper, "已转农办")
    cast.sign_in(client, county.leader)
    shown = client.get(f"/readings/{paper.pk}/register/").content.decode()
    assert f"/readings/lines/{item.pk}/" in shown
    assert "参考值" in shown
    assert '<span class="count">2</span>' in shown
    assert 'name="words"' not in shown
