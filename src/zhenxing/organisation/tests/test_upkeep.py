"""Units and groups set up, renamed, closed: dated, with a paper, never removed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests import cast
from zhenxing.audit.models import Entry
from zhenxing.organisation import services
from zhenxing.organisation.models import Membership, Unit, WorkingGroup

if TYPE_CHECKING:
    from django.test import Client

PAPER = "青政发〔2023〕11号"
TODAY = cast.TODAY.isoformat()


@pytest.fixture
def office(county: cast.County, client: Client) -> Client:
    """Give the administrator's browser."""
    cast.sign_in(client, county.administrator)
    return client


def sent(office: Client, path: str, **form: str) -> str:
    """Send a form that is refused; give the page."""
    response = office.post(path, form)
    assert response.status_code == 422
    return response.content.decode()


def test_a_village_is_set_up_from_today(county: cast.County, office: Client) -> None:
    form = {
        "kind": "village", "code": "T01-V09", "name": "柳树沟村", "short": "",
        "pinyin": "liushugou", "opened": TODAY, "document": PAPER,
    }  # fmt: skip
    assert office.post("/units/T01/open-unit/", form)["Location"] == "/units/T01-V09/upkeep/"
    village = Unit.objects.get(code="T01-V09")
    assert (village.parent, village.opened) == (county.town, cast.TODAY)
    entry = Entry.objects.get(action="organisation.unit.opened")
    assert json.loads(entry.details)["document"] == PAPER
    assert json.loads(entry.seals)["organisation.Unit"]["rows"] == 1
    again = sent(office, "/units/T01/open-unit/", **form)
    assert "「T01-V09」已经用过" in again
    assert 'value="liushugou"' in again


def test_a_unit_begins_neither_in_the_past_nor_in_a_strange_place(
    county: cast.County, office: Client
) -> None:
    form = {"code": "X", "name": "某", "opened": "2023-10-19", "document": PAPER}
    assert "早于今天" in sent(office, "/units/T01/open-unit/", kind="village", **form)
    assert "类型没有这一项" in sent(office, "/units/T01/open-unit/", kind="town", **form)
    page = office.get("/units/T01-V01/upkeep/").content.decode()
    assert "在下面设单位" not in page
    strange = Unit(code="X", name="某", kind="county", opened=cast.TODAY, parent=county.town)
    with pytest.raises(services.ActRefusedError, match="县不能设在这里"):
        services.open_unit(
            strange,
            document=PAPER,
            scope=cast.scope(county.administrator),
            moment=cast.moment(),
        )


def test_only_an_administrator_keeps_units(county: cast.County) -> None:
    with pytest.raises(services.ActRefusedError, match="只有县级管理员"):
        services.rename(
            county.town,
            name="新名",
            document=PAPER,
            scope=cast.scope(county.assessor),
            moment=cast.moment(),
        )
    county.town.refresh_from_db()
    assert county.town.name == "青溪镇"


def test_another_name_keeps_the_old_one_in_the_ledger(county: cast.County, office: Client) -> None:
    done = office.post("/units/T01/rename/", {"name": "清溪镇", "document": PAPER})
    assert done["Location"] == "/units/T01/upkeep/"
    assert Unit.objects.get(code="T01").name == "清溪镇"
    assert Entry.objects.get(action="organisation.unit.renamed").subject == "青溪镇"
    assert "没有改动" in sent(office, "/units/T01/rename/", name="清溪镇", document=PAPER)
    assert "请填写文号" in sent(office, "/units/T01/rename/", name="别的", document="")
    page = sent(office, "/units/T01/rename/", name="别的镇", document=" ")
    assert "维护清溪镇" in page
    assert 'value="别的镇"' in page


def test_a_unit_is_closed_when_nothing_is_left_below(county: cast.County, office: Client) -> None:
    form = {"on": TODAY, "document": PAPER}
    assert "下面还有" in sent(office, "/units/T01/close/", **form)
    assert "不能撤销" in sent(office, "/units/H00/close/", **form)
    early = {"on": "2023-10-01", "document": PAPER}
    assert "早于今天" in sent(office, "/units/T01-V01/close/", **early)
    assert office.post("/units/T01-V01/close/", form).status_code == 302
    assert Unit.objects.get(code="T01-V01").closed == cast.TODAY
    assert cast.scope(county.village_reporter).roles == frozenset()
    assert "不必再办" in sent(office, "/units/T01-V01/close/", **form)
    assert "2023年10月20日（周五）撤销" in office.get("/units/T01-V01/upkeep/").content.decode()


def test_a_group_is_set_up_renamed_and_closed(county: cast.County, office: Client) -> None:
    form = {"key": "G8", "name": "防汛专班", "opened": TODAY, "document": PAPER}
    assert office.post("/units/T01/open-group/", form)["Location"] == "/groups/T01-G8/"
    assert "已经用过" in sent(office, "/units/T01/open-group/", **form)
    office.post("/groups/T01-G8/rename/", {"name": "防汛抗旱专班", "document": PAPER})
    assert "没有改动" in sent(office, "/groups/T01-G8/rename/", name="防汛抗旱专班", document=PAPER)
    office.post("/groups/T01-G8/close/", {"on": TODAY, "document": PAPER})
    group = WorkingGroup.objects.get(code="T01-G8")
    assert (group.name, group.closed) == ("防汛抗旱专班", cast.TODAY)
    assert "不必再办" in sent(office, "/groups/T01-G8/close/", on=TODAY, document=PAPER)
    assert "成员还没有录入" in office.get("/groups/T01-G8/").content.decode()


def test_somebody_joins_a_group_leaves_it_and_comes_back(
    county: cast.County, office: Client
) -> None:
    form = {"username": "t01-leader", "role": "成员", "home": "T01-O01", "since": TODAY}
    assert office.post("/groups/T01-G4/join/", form).status_code == 302
    assert "已经是三产服务业专班的成员" in sent(office, "/groups/T01-G4/join/", **form)
    earlier = form | {"since": "2023-10-01"}
    assert "以后已另有同样的一段" in sent(office, "/groups/T01-G4/join/", **earlier)
    place = Membership.objects.get(group__code="T01-G4")
    leave = f"/members/{place.pk}/leave/"
    assert "止日早于起日" in sent(office, leave, until="2023-10-19")
    assert office.post(leave, {"until": TODAY}).status_code == 302
    assert "不必再办" in sent(office, leave, until=TODAY)
    again = form | {"since": "2023-10-21"}
    assert office.post("/groups/T01-G4/join/", again).status_code == 302
    assert Membership.objects.filter(group__code="T01-G4").count() == 2
    unknown = sent(office, "/groups/T01-G4/join/", **(form | {"username": "nobody"}))
    assert "没有登录名「nobody」" in unknown


def test_nothing_is_set_up_renamed_or_closed_without_a_paper(county: cast.County) -> None:
    more: dict[str, Any] = {
        "document": " ",
        "scope": cast.scope(county.administrator),
        "moment": cast.moment(),
    }
    village = Unit(code="X", name="某", kind="village", opened=cast.TODAY, parent=county.town)
    group = WorkingGroup(code="T01-G9", key="G9", name="某", unit=county.town, opened=cast.TODAY)
    for act in (
        lambda: services.open_unit(village, **more),
        lambda: services.open_group(group, **more),
        lambda: services.rename(county.town, name="新名", **more),
        lambda: services.close(county.village, on=cast.TODAY, **more),
    ):
        with pytest.raises(services.ActRefusedError, match="请填写依据的文件或会议"):
            act()
    assert not Entry.objects.exists()
