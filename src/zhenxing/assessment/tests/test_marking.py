"""Judged marks: panels, recusal, marks given blind and handed in once, what they look like then."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from tests import cast
from zhenxing.assessment.models import Mark, Panel, Rater
from zhenxing.assessment.queries import marks as asking
from zhenxing.assessment.queries import said, spread
from zhenxing.assessment.queries.reckoning import rules
from zhenxing.assessment.queries.subjects import subjects_of
from zhenxing.assessment.services import marking
from zhenxing.assessment.services.marking import Given, Seat
from zhenxing.assessment.tests import rounds_make
from zhenxing.assessment.tests import scoring_make as make
from zhenxing.audit import queries as audit_queries
from zhenxing.audit.models import Entry
from zhenxing.organisation.choices import GroupRole
from zhenxing.organisation.services import ActRefusedError
from zhenxing.organisation.tests import make as make_posts

if TYPE_CHECKING:
    from zhenxing.accounts.models import User
    from zhenxing.assessment.models import Round

pytestmark = pytest.mark.django_db


@pytest.fixture
def gathering(county: cast.County) -> Round:
    """Give a round that gathers."""
    return make.opened(county)


@pytest.fixture
def raters(county: cast.County) -> list[User]:
    """Give four persons who belong to no town."""
    return [make.free(number) for number in range(4)]


def sheet(panel: Panel) -> spread.Sheet | None:
    panel = Panel.objects.select_related("round__scheme__owner", "round__edition__scheme").get(
        pk=panel.pk
    )
    rated = asking.rated_items(rules(panel.round.edition))[panel.item]
    subjects = subjects_of(panel.round.scheme, cast.TODAY)
    return spread.sheet_of(panel, rated, subjects)


def close(by: User, panel: Panel, reason: str) -> Panel:
    return marking.close_panel(
        panel=panel, reason=reason, scope=cast.scope(by), moment=cast.moment()
    )


@pytest.mark.both_engines
def test_marks_are_blind_until_the_last_rater_has_handed_in(county: cast.County) -> None:
    gathering = make.opened(county)
    people = [make.free(number) for number in range(3)]
    panel = make.panel(
        county.assessor, gathering, "satisfaction", *((each, "代表") for each in people)
    )
    for person, value in zip(people, ("80", "\uff19\uff10", "85.5"), strict=True):
        assert sheet(panel) is None
        assert said.ratings(gathering) == []
        assert make.give(person, gathering, "satisfaction", T01=value, T02="70", T03="60") == 3
        make.hand_in(person, gathering)
    panel.refresh_from_db()
    assert panel.closed == cast.TODAY
    shown = sheet(panel)
    assert shown is not None
    assert [cell and cell.value for cell in shown.rows[0].cells] == ["80", "90", "85.5"]
    assert [cell and cell.is_left_out for cell in shown.rows[0].cells] == [True, True, False]
    assert shown.rows[0].means == (("代表", Decimal("85.5")),)
    assert [shown.rows[0].low, shown.rows[0].high, shown.rows[0].range] == [80, 90, 10]
    assert len(said.ratings(gathering)) == 9
    assert audit_queries.verify().holds


def test_the_ledger_says_who_rated_and_never_what(
    county: cast.County, gathering: Round, raters: list[User]
) -> None:
    make.panel(county.assessor, gathering, "service", (raters[0], ""), (raters[1], ""))
    make.give(raters[0], gathering, "service", T01="差", T02="好", T03="中")
    entry = Entry.objects.get(action="assessment.mark.given")
    assert "差" not in entry.details
    assert "差" not in entry.seals


def test_a_rater_with_a_post_or_place_in_a_town_never_rates_it(
    county: cast.County, gathering: Round, raters: list[User]
) -> None:
    person = raters[0]
    make_posts.member(county.groups["T02-G3"], person, GroupRole.MEMBER)
    make.panel(
        county.assessor, gathering, "service", (county.leader, ""), (person, ""),
        (county.village_reporter, ""),
    )  # fmt: skip
    rows = Rater.objects.all().values_list("person__username", "recused")
    assert dict(rows) == {"t01-leader": ["T01"], "rater-0": ["T02"], "t01-v01": ["T01"]}
    with pytest.raises(ActRefusedError, match="须回避"):
        make.give(county.leader, gathering, "service", T01="好")
    make.give(county.leader, gathering, "service", T02="好", T03="差")
    make.hand_in(county.leader, gathering)
    desk = asking.desk_of(gathering, person.username, cast.TODAY)
    assert desk is not None
    assert [each.code for each in desk.seats[0].wanting(desk.subjects)] == ["T01", "T03"]


def test_a_post_that_comes_later_recuses_too_and_the_office_names_more(
    county: cast.County, gathering: Round, raters: list[User]
) -> None:
    marking.set_panel(
        round_=gathering, item="service", seats=[Seat("rater-0", "", ("T03", "T99"))], due=None,
        scope=cast.scope(county.assessor), moment=cast.moment(),
    )  # fmt: skip
    make_posts.member(county.groups["T01-G3"], raters[0], GroupRole.MEMBER)
    with pytest.raises(ActRefusedError, match="须回避"):
        make.give(raters[0], gathering, "service", T01="好")
    make.give(raters[0], gathering, "service", T02="好")
    make.hand_in(raters[0], gathering)
    assert Rater.objects.get().recused == ["T01", "T03"]
    assert audit_queries.verify().holds


def test_in_a_town_the_own_village_and_the_own_group_are_recused(county: cast.County) -> None:
    own = make.opened_in_town(county)
    make.panel(county.supervisor, own, "opinion", (county.village_reporter, "班子"),
               (county.leader, "班子"))  # fmt: skip
    rows = Rater.objects.all().values_list("person__username", "recused")
    assert dict(rows) == {"t01-v01": ["T01-V01"], "t01-leader": []}
    with pytest.raises(ActRefusedError, match="没有可以评分的岗位"):
        make.panel(county.supervisor, own, "opinion", (county.stranger, "班子"))
    with pytest.raises(ActRefusedError, match="由组织考核的单位定"):
        make.panel(county.assessor, own, "opinion", (county.leader, "班子"))


def test_a_panel_is_refused_with_all_that_is_wrong(
    county: cast.County, gathering: Round, raters: list[User]
) -> None:
    one, two, *_ = raters
    with pytest.raises(ActRefusedError) as refused:
        make.panel(
            county.assessor, gathering, "satisfaction",
            (one, "代表"), (one, "代表"), (two, "专家"), (county.auditor, "代表"),
        )  # fmt: skip
    told = [problem.sentence for problem in refused.value.problems]
    assert len(told) == 3
    assert "选了两次" in told[0]
    assert "专家" in told[1]
    assert "管理员和审计不评分" in told[2]
    with pytest.raises(ActRefusedError, match="没有一位评委"):
        make.panel(county.assessor, gathering, "satisfaction")
    with pytest.raises(ActRefusedError, match="没有要评的分项"):
        make.panel(county.assessor, gathering, "fai", (one, ""))
    for person in (county.leader, county.department, county.auditor, county.supervisor):
        with pytest.raises(ActRefusedError, match="由组织考核的单位定"):
            make.panel(person, gathering, "service", (one, ""))
    assert not Panel.objects.exists()


def test_raters_change_only_while_they_have_not_rated(
    county: cast.County, gathering: Round, raters: list[User]
) -> None:
    one, two, three, _ = raters
    seat = "satisfaction"
    make.panel(county.assessor, gathering, seat, (one, "代表"), (two, "群众"))
    make.panel(county.assessor, gathering, seat, (one, "群众"), (three, "群众"))
    assert {each.person for each in Rater.objects.all()} == {one, three}
    make.give(one, gathering, seat, T01="80", T02="80", T03="80")
    with pytest.raises(ActRefusedError, match="不能撤换"):
        make.panel(county.assessor, gathering, seat, (three, "群众"))
    with pytest.raises(ActRefusedError, match="不能改类别"):
        make.panel(county.assessor, gathering, seat, (one, "代表"), (three, "群众"))
    make.hand_in(one, gathering)
    with pytest.raises(ActRefusedError, match="等于提前结束"):
        make.panel(county.assessor, gathering, seat, (one, "群众"))
    panel = close(county.assessor, Panel.objects.get(), "评分员二出差")
    assert panel.closed == cast.TODAY
    with pytest.raises(ActRefusedError, match="已经结束"):
        make.panel(county.assessor, gathering, seat, (one, "群众"), (two, "群众"))
    assert audit_queries.verify().holds


def test_marks_are_checked_and_kept_all_or_none(
    county: cast.County, gathering: Round, raters: list[User]
) -> None:
    one, two, *_ = raters
    make.panel(county.assessor, gathering, "satisfaction", (one, "代表"))
    make.panel(county.assessor, gathering, "service", (one, ""))
    with pytest.raises(ActRefusedError) as refused:
        make.give(one, gathering, "satisfaction", T01="80", T02="100.1", T03="好", T09="1")
    assert len(refused.value.problems) == 3
    for item, value in (("service", "优"), ("fai", "1")):
        with pytest.raises(ActRefusedError):
            make.give(one, gathering, item, T01=value)
    with pytest.raises(ActRefusedError, match="没有写评分"):
        marking.give(
            round_=gathering, given=[Given("service", "T01", "", "看不清")], seen=0,
            scope=cast.scope(one), moment=cast.moment(),
        )  # fmt: skip
    with pytest.raises(ActRefusedError, match="超过300字"):
        marking.give(
            round_=gathering, given=[Given("service", "T01", "好", "长" * 301)], seen=0,
            scope=cast.scope(one), moment=cast.moment(),
        )  # fmt: skip
    with pytest.raises(ActRefusedError, match="不是这次考核的评委"):
        make.give(two, gathering, "service", T01="好")
    assert not Mark.objects.exists()


def test_marks_are_saved_as_often_as_wished_until_handed_in_once(
    county: cast.County, gathering: Round, raters: list[User]
) -> None:
    one = raters[0]
    make.panel(county.assessor, gathering, "service", (one, ""), (raters[1], ""))
    assert make.give(one, gathering, "service", T01="好", T02="", T03="") == 1
    assert make.give(one, gathering, "service", seen=1, T01="好") == 0
    assert make.give(one, gathering, "service", seen=1, T01="中", T02="好") == 2
    with pytest.raises(ActRefusedError, match="不能清空"):
        make.give(one, gathering, "service", seen=3, T01="")
    with pytest.raises(ActRefusedError, match="另一个窗口"):
        make.give(one, gathering, "service", seen=1, T01="差")
    with pytest.raises(ActRefusedError, match="河湾镇还没有评"):
        make.hand_in(one, gathering)
    make.give(one, gathering, "service", seen=3, T03="差")
    make.hand_in(one, gathering)
    with pytest.raises(ActRefusedError, match="不能再改"):
        make.hand_in(one, gathering)
    with pytest.raises(ActRefusedError, match="不能再改"):
        make.give(one, gathering, "service", seen=4, T01="好")
    versions = Mark.objects.filter(code="T01").values_list("version", "value")
    assert list(versions) == [(1, "好"), (2, "中")]


def test_the_office_ends_a_panel_with_a_reason_and_drafts_do_not_count(
    county: cast.County, gathering: Round, raters: list[User]
) -> None:
    one, two, *_ = raters
    panel = make.panel(county.assessor, gathering, "service", (one, ""), (two, ""))
    with pytest.raises(ActRefusedError, match="写明为什么"):
        close(county.assessor, panel, "")
    with pytest.raises(ActRefusedError, match="还没有一位评委交卷"):
        close(county.assessor, panel, "等不及")
    for person in (one, two):
        make.give(person, gathering, "service", T01="好", T02="好", T03="好")
    make.hand_in(one, gathering)
    with pytest.raises(ActRefusedError, match="由组织考核的单位定"):
        close(county.leader, panel, "他出差了")
    done = close(county.assessor, panel, "评分员一出差，月底前回不来")
    assert done.reason
    with pytest.raises(ActRefusedError, match="不能再改"):
        make.hand_in(two, gathering)
    with pytest.raises(ActRefusedError, match="已经结束"):
        close(county.assessor, panel, "再结束一次")
    shown = sheet(panel)
    assert shown is not None
    assert [each.person for each in shown.absent] == [two]
    assert {row[2] for row in said.ratings(gathering)} == {"评委1"}
    assert len(said.ratings(gathering)) == 3


def test_a_rater_far_from_the_rest_and_one_who_tells_none_apart_are_told(
    county: cast.County, gathering: Round, raters: list[User]
) -> None:
    seat = "satisfaction"
    panel = make.panel(county.assessor, gathering, seat, *((each, "群众") for each in raters))
    for person, values in zip(
        raters, (("85", "80", "82"), ("88", "75", "70"), ("40", "78", "77"), ("90", "90", "90")),
        strict=True,
    ):  # fmt: skip
        first, second, third = values
        make.give(person, gathering, seat, T01=first, T02=second, T03=third)
        make.hand_in(person, gathering)
    shown = sheet(panel)
    assert shown is not None
    assert shown.doubts == (
        "评分员二给青溪镇40，其余3人在85—90之间",
        "评分员三给3个单位都评了90，没有拉开",
    )
    assert [mark.value for mark in Mark.objects.filter(code="T01")] == ["85", "88", "40", "90"]


def test_nothing_is_rated_once_the_first_mark_stands(
    county: cast.County, raters: list[User]
) -> None:
    gathering = make.opened(county, rounds_make.TEXT.replace("bonus:\n", rounds_make.JUDGED))
    seat = "satisfaction"
    make.panel(county.assessor, gathering, seat, (raters[0], "代表"))
    make.give(raters[0], gathering, seat, T01="90", T02="80", T03="70")
    make.hand_in(raters[0], gathering)
    rounds_make.marked(county.assessor, gathering)
    with pytest.raises(ActRefusedError, match="不再评分"):
        make.panel(county.assessor, gathering, seat, (raters[1], "代表"))
    with pytest.raises(ActRefusedError, match="不再评分"):
        make.give(raters[0], gathering, seat, seen=3, T01="95")
    assert [row.handed for row in asking.panels(gathering)] == [1]
    assert list(asking.desks(raters[0].username)) == [gathering]
