"""The pages of judged marks: blind as every role until the panel is closed, then every mark."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests import cast
from zhenxing.assessment.models import Mark, MarkSheet, Panel, Rater
from zhenxing.assessment.tests import rounds_make
from zhenxing.assessment.tests import scoring_make as make
from zhenxing.targets.tests.conftest import text

if TYPE_CHECKING:
    from django.test import Client

    from zhenxing.accounts.models import User
    from zhenxing.assessment.models import Round

pytestmark = pytest.mark.django_db
TELLING = "87.31"  # a mark that stands nowhere else


@pytest.fixture
def gathering(county: cast.County) -> Round:
    """Give a round that gathers."""
    return make.opened(county)


@pytest.fixture
def raters(county: cast.County) -> list[User]:
    """Give three persons who belong to no town."""
    return [make.free(number) for number in range(3)]


def place(round_: Round, rest: str) -> str:
    return f"/assessment/rounds/{round_.pk}/{rest}"


def grid(panel: Panel, seen: int, **values: str) -> dict[str, str]:
    """Give the rater's form as the page sends it."""
    written = {f"mark-{panel.pk}-{code}": value for code, value in values.items()}
    return {"seen": str(seen), **written, f"note-{panel.pk}-T01": values.get("note", "")}


def test_the_office_finds_and_names_raters(
    county: cast.County, gathering: Round, raters: list[User], client: Client
) -> None:
    cast.sign_in(client, county.assessor)
    shown = text(client.get(place(gathering, "panels/")))
    assert shown.count("没有定评委") == 2
    item = place(gathering, "panels/satisfaction/")
    assert "评分员" not in text(client.get(item))
    assert "评分员零" in text(client.get(f"{item}?q=农业"))
    assert "宋鉴" not in text(client.get(f"{item}?q=宋鉴")).split("<table")[1]
    bad = {
        "seat": ["rater-0", "rater-9"], "class-rater-0": "专家", "recused-rater-0": "天镇",
        "due": "明天",
    }  # fmt: skip
    shown = text(client.post(f"{item}set/", bad), 422)
    assert "没有「天镇」" in shown
    assert "不是日期" in shown
    assert 'id="seat-rater-0" checked' in shown
    shown = text(client.post(f"{item}set/", bad | {"recused-rater-0": "", "due": ""}), 422)
    assert "请选代表、群众之一" in shown
    assert "现在没有可以评分的岗位" in shown
    good = {
        "seat": ["rater-0", "t01-leader"], "class-rater-0": "代表", "class-t01-leader": "群众",
        "recused-rater-0": "石泉镇、T03", "due": "2023-10-25",
    }  # fmt: skip
    assert client.post(f"{item}set/", good).status_code == 302
    rows = dict(Rater.objects.values_list("person__username", "recused"))
    assert rows == {"rater-0": ["T02", "T03"], "t01-leader": ["T01"]}
    shown = text(client.get(item))
    assert "石泉镇、河湾镇" in shown
    assert 'value="2023-10-25"' in shown
    assert client.get(place(gathering, "panels/fai/")).status_code == 404
    assert client.post(place(gathering, "panels/service/close/")).status_code == 404


def test_three_raters_mark_and_only_then_the_marks_are_read(
    county: cast.County, gathering: Round, raters: list[User], client: Client
) -> None:
    seat = "satisfaction"
    panel = make.panel(county.assessor, gathering, seat, *((each, "代表") for each in raters))
    for person in raters:
        cast.sign_in(client, person)
        assert "待评" in text(client.get("/assessment/marks/"))
        wrong = grid(panel, 0, T01="120", T02=TELLING, note="看过现场")
        shown = text(client.post(place(gathering, "marks/save/"), wrong), 422)
        assert f'value="{TELLING}"' in shown
        assert 'value="看过现场"' in shown
        assert "还没有评" in text(client.post(place(gathering, "marks/hand-in/")), 422)
        right = grid(panel, 0, T01="80", T02=TELLING, T03="60", note="看过现场")
        assert client.post(place(gathering, "marks/save/"), right).status_code == 302
        assert "没有改动" in text(
            client.post(place(gathering, "marks/save/"), right | {"seen": "3"}, follow=True)
        )
        assert_blind(county, gathering, client, but=raters)
        cast.sign_in(client, person)
        assert client.post(place(gathering, "marks/hand-in/")).status_code == 302
        assert "已交卷" in text(client.get(place(gathering, "marks/")))
    assert MarkSheet.objects.count() == 3
    again = client.post(place(gathering, "marks/save/"), grid(panel, 3, T01="99"))
    assert "不能再改" in text(again, 422)
    for person in (county.assessor, county.auditor):
        cast.sign_in(client, person)
        shown = text(client.get(place(gathering, f"panels/{seat}/")))
        assert shown.count(TELLING) >= 3
        assert "看过现场" in shown
        assert "没有拉开" not in shown
    cast.sign_in(client, county.leader)
    assert client.get(place(gathering, f"panels/{seat}/")).status_code == 403
    cast.sign_in(client, raters[0])
    assert client.get(place(gathering, f"panels/{seat}/")).status_code == 403


def assert_blind(county: cast.County, round_: Round, client: Client, *, but: list[User]) -> None:
    """Ask as every role, by every page that might tell; nobody but the rater reads a mark."""
    pages = (
        "", "panels/", "panels/satisfaction/", "marks/", "folders/", "folders/T02/", "table.xlsx",
    )  # fmt: skip
    for person in [*county.people.values(), *but]:
        cast.sign_in(client, person)
        own = Mark.objects.filter(rater__person=person).exists()
        for page in (*(place(round_, each) for each in pages), "/audit/ledger/", "/ledger/"):
            if own and page.endswith("/marks/"):
                continue
            response = client.get(page, follow=True)
            assert TELLING not in response.content.decode(errors="replace"), (person, page)
        for verb in ("panels/satisfaction/set/", "panels/satisfaction/close/", "marks/save/"):
            if not own:
                response = client.post(place(round_, verb), {"seat": "rater-0"})
                assert TELLING not in response.content.decode(errors="replace"), (person, verb)
    assert not Panel.objects.filter(closed__isnull=False).exists()


def test_only_raters_reach_the_grid_and_only_the_office_the_panels(
    county: cast.County, gathering: Round, client: Client
) -> None:
    make.panel(county.assessor, gathering, "service", (county.leader, ""))
    for name, person in county.people.items():
        cast.sign_in(client, person)
        rates = client.get(place(gathering, "marks/")).status_code
        panels = client.get(place(gathering, "panels/")).status_code
        closes = client.post(
            place(gathering, "panels/service/close/"), {"reason": "试"}
        ).status_code
        saves = client.post(place(gathering, "marks/save/"), {"seen": "0"}).status_code
        neither = {"administrator", "auditor"}
        expected = 403 if name in neither else 200 if name == "t01-leader" else 404
        assert rates == expected, name
        assert saves == (302 if name == "t01-leader" else expected), name
        office = {"assessment": 200, "auditor": 200, "t01-supervision": 404, "t01-office": 404}
        assert panels == office.get(name, 403), name
        assert closes == {"assessment": 422, "t01-supervision": 404}.get(name, 403), name
    cast.sign_in(client, county.leader)
    shown = text(client.get(place(gathering, "marks/")))
    assert "回避，不评" in shown
    assert "<option>差</option>" in shown


def test_the_office_ends_a_panel_and_the_page_says_so(
    county: cast.County, gathering: Round, raters: list[User], client: Client
) -> None:
    one, two, three = raters
    make.panel(county.assessor, gathering, "service", (one, ""), (two, ""), (three, ""))
    for person in (one, two):
        make.give(person, gathering, "service", T01="好", T02="好", T03="好")
        make.hand_in(person, gathering)
    cast.sign_in(client, county.assessor)
    address = place(gathering, "panels/service/")
    assert "写明为什么" in text(client.post(f"{address}close/", {"reason": ""}), 422)
    assert client.post(f"{address}close/", {"reason": "评分员二住院"}).status_code == 302
    shown = text(client.get(address))
    for words in (
        "提前结束",
        "评分员二住院",
        "没有交卷、不计：评分员二",
        "没有拉开",
        "各评委的评分",
    ):
        assert words in shown, words
    assert "保存评委" not in shown
    cast.sign_in(client, three)
    shown = text(client.get(place(gathering, "marks/")))
    assert "已结束" in shown


def test_a_towns_own_panel_works_for_its_people(county: cast.County, client: Client) -> None:
    own = make.opened_in_town(county)
    cast.sign_in(client, county.supervisor)
    item = place(own, "panels/opinion/")
    assert "曹盛" not in text(client.get(f"{item}?q=镇"))
    said = {"seat": ["t01-v01", "t01-leader"], "class-t01-v01": "班子", "class-t01-leader": "班子"}
    assert client.post(f"{item}set/", said).status_code == 302
    cast.sign_in(client, county.village_reporter)
    shown = text(client.get(place(own, "marks/")))
    assert "党政办公室" in shown
    assert "回避，不评" in shown
    cast.sign_in(client, county.town_office)
    assert "0位已交卷" in text(client.get(item))
    assert client.post(f"{item}set/", said).status_code == 403
    cast.sign_in(client, county.assessor)
    assert client.post(f"{item}set/", said).status_code in {404, 422}


def test_a_round_without_judged_items_says_so(county: cast.County, client: Client) -> None:
    plain = make.opened(county, rounds_make.TEXT)
    cast.sign_in(client, county.assessor)
    assert "没有要人评的分项" in text(client.get(place(plain, "panels/")))
    assert "没有请您评分的考核" in text(client.get("/assessment/marks/"))
