"""A demo site has two papers that were read, one of them half way round."""

from __future__ import annotations

from tests.product.conftest import signed_in
from zhenxing.adoption import demo
from zhenxing.adoption.models import FollowUp, Item, Placement
from zhenxing.documents.models import Circulation, Paper
from zhenxing.kernel.moments import Moment


def test_the_demo_has_a_notice_that_one_of_two_has_read(site: None) -> None:
    notice = Paper.objects.get(number__contains="31号")
    read = dict(notice.circulations.values_list("person__username", "read_on"))
    assert read == {demo.READER: demo.MADE, demo.WAITING: None}
    assert FollowUp.objects.filter(paper=notice).count() == 1
    assert "逾期未阅" in signed_in("C").get(f"/readings/{notice.pk}/register/").content.decode()
    assert Circulation.objects.count() == len(read)


def test_the_demo_has_a_plan_that_is_partly_decided(site: None) -> None:
    plan = Item.objects.filter(reading__paper__number__contains="36号")
    assert plan.filter(verdict="open", doubt__contains="4+6=10").exists()
    assert Placement.objects.filter(item__in=plan, home="reference").count() == 4
    page = signed_in("K").get("/towns/T01/indicators/fai/").content.decode()
    assert "参考值 8150万元" in page
    assert "不参加计算" in page


def test_the_demo_is_played_once(site: None) -> None:
    moment = Moment(Paper.objects.all()[0].readings.all()[0].recorded, demo.CAME)
    before = Paper.objects.count()
    texts = dict.fromkeys(demo.HEADINGS, b"")
    assert demo.play(texts, moment.at) == 0
    assert demo.play({}, moment.at) == 0
    assert Paper.objects.count() == before
