"""A target is broken down with its remainder; proposals are adopted, the leader signs."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from django.db import IntegrityError, transaction

from tests import cast
from zhenxing.audit import queries as audit_queries
from zhenxing.indicators.tests import make as make_indicators
from zhenxing.kernel.problems import errors
from zhenxing.organisation.choices import GroupRole
from zhenxing.organisation.tests import make as make_posts
from zhenxing.targets import queries, services
from zhenxing.targets.models import Breakdown, BreakdownStep, ResponsibilityLine
from zhenxing.targets.services import Answer, Piece, Share
from zhenxing.targets.tests import make

if TYPE_CHECKING:
    from zhenxing.accounts.models import User
    from zhenxing.indicators.models import Indicator, Target


@pytest.fixture
def target(county: cast.County, paid_in: Indicator) -> Target:
    return make_indicators.target(county.town, paid_in, "10000")


def broken(target: Target, by: User, *values: int, **more: Any) -> Breakdown:  # noqa: ANN401  # a share's parts
    pieces = [Piece(f"2023-{n:02}", f"{n}月", Decimal(value)) for n, value in enumerate(values, 1)]
    share = Share(**({"axis": "month", "way": "hand"} | more))
    return services.break_down(
        target=target, share=share, pieces=pieces, scope=cast.scope(by), moment=cast.moment()
    )


def test_what_is_left_is_kept_and_never_spread(county: cast.County, target: Target) -> None:
    made = broken(target, county.town_office, *[800] * 12)
    assert made.remainder == 400
    assert (made.version, made.proposed) == (1, False)
    assert [part.value for part in made.parts.all()] == [800] * 12
    assert errors(audit_queries.verify().problems) == []


@pytest.mark.parametrize("who", ["assessor", "town_office", "group_leader"])
def test_offices_and_the_groups_leader_write(county: cast.County, target: Target, who: str) -> None:
    assert not broken(target, getattr(county, who), *[800] * 12).proposed


def test_the_groups_reporter_only_proposes_and_somebody_else_adopts(
    county: cast.County, target: Target
) -> None:
    made = broken(target, county.reporter, *[800] * 12)
    assert made.proposed
    assert queries.breakdowns_in_force([target]) == {}
    with pytest.raises(services.ActRefusedError, match="还没有采纳"):
        services.sign(breakdown=made, scope=cast.scope(county.leader), moment=cast.moment())
    with pytest.raises(services.ActRefusedError, match="只有考核办、镇综合协调专班、分管领导"):
        services.adopt(breakdown=made, scope=cast.scope(county.reporter), moment=cast.moment())
    services.adopt(breakdown=made, scope=cast.scope(county.group_leader), moment=cast.moment())
    assert queries.breakdowns_in_force([target])[target.pk, "month"] == made
    with pytest.raises(services.ActRefusedError, match="已经采纳"):
        services.hand_back(
            breakdown=made, note="重分", scope=cast.scope(county.town_office), moment=cast.moment()
        )
    services.sign(breakdown=made, scope=cast.scope(county.leader), moment=cast.moment())
    told = queries.signed_steps(Breakdown.objects.get())
    assert [words.split("）")[1] for words in told] == ["采纳，2023-10-20", "签认，2023-10-20"]


def test_a_proposal_is_returned_with_its_reason(county: cast.County, target: Target) -> None:
    made = broken(target, county.reporter, *[800] * 12)
    scope = cast.scope(county.town_office)
    with pytest.raises(services.ActRefusedError, match="没有填写"):
        services.hand_back(breakdown=made, note="", scope=scope, moment=cast.moment())
    services.hand_back(breakdown=made, note="前松后紧", scope=scope, moment=cast.moment())
    with pytest.raises(services.ActRefusedError, match="已经退回"):
        services.adopt(breakdown=made, scope=scope, moment=cast.moment())
    assert BreakdownStep.objects.get().note == "前松后紧"


@pytest.mark.parametrize(
    "who", ["farm_reporter", "leader", "supervisor", "department", "auditor", "administrator",
            "village_reporter", "stranger"],
)  # fmt: skip
def test_nobody_else_writes(county: cast.County, target: Target, who: str) -> None:
    with pytest.raises(services.ActRefusedError, match="分解"):
        broken(target, getattr(county, who), *[800] * 12)
    assert Breakdown.objects.count() == 0


def test_a_written_one_is_not_adopted_and_its_maker_does_not_sign(
    county: cast.County, target: Target
) -> None:
    made = broken(target, county.town_office, *[800] * 12)
    with pytest.raises(services.ActRefusedError, match="只办理别人提出的分解"):
        services.adopt(breakdown=made, scope=cast.scope(county.assessor), moment=cast.moment())
    with pytest.raises(services.ActRefusedError, match="只有本镇党委书记"):
        services.sign(breakdown=made, scope=cast.scope(county.rival_leader), moment=cast.moment())


def test_a_change_is_a_new_version_with_its_reason_on_what_was_seen(
    county: cast.County, target: Target
) -> None:
    broken(target, county.town_office, *[800] * 12)
    with pytest.raises(services.ActRefusedError, match="别人刚分解过"):
        broken(target, county.town_office, *[900] * 12, seen=0)
    with pytest.raises(services.ActRefusedError, match="没有写原因"):
        broken(target, county.town_office, *[900] * 12, seen=1)
    made = broken(target, county.town_office, *[900] * 12, seen=1, reason="提速")
    assert made.remainder == -800
    assert made.version == 2
    assert Breakdown.objects.count() == 2


def test_a_target_that_was_adjusted_is_no_longer_broken_down(
    county: cast.County, target: Target, paid_in: Indicator
) -> None:
    make_indicators.target(
        county.town, paid_in, "20000", version=2, issued=date(2023, 6, 1), reason="上调"
    )
    with pytest.raises(services.ActRefusedError, match="这个目标已调整"):
        broken(target, county.town_office, *[800] * 12)


def test_nothing_is_no_breakdown(county: cast.County, target: Target) -> None:
    with pytest.raises(services.ActRefusedError, match="一项也没有写"):
        broken(target, county.town_office)


def test_a_rate_leaves_nothing_over(county: cast.County) -> None:
    share = make_indicators.indicator(
        "share", "参保率", county.statistics, kind="rate", reading="as_is", measure="%"
    )
    target = make_indicators.target(county.town, share, "90")
    made = broken(target, county.town_office, 90, 91, axis="unit")
    assert (made.manner, made.remainder) == ("each", None)


@pytest.mark.both_engines
def test_the_database_keeps_each_version_once_with_its_remainder(
    county: cast.County, paid_in: Indicator
) -> None:
    target = make_indicators.target(county.town, paid_in, "10000")
    made = make.breakdown(target, county.town_office, [800] * 12)
    again = {
        "target": target, "axis": "month", "way": "hand", "by": "x", "by_name": "x",
        "recorded": made.recorded, "business_date": made.business_date, "sealed_by": 1,
    }  # fmt: skip
    with pytest.raises(IntegrityError), transaction.atomic():
        Breakdown.objects.create(version=1, manner="sum", remainder=Decimal(0), **again)
    with pytest.raises(IntegrityError), transaction.atomic():
        Breakdown.objects.create(version=2, manner="sum", **again)
    with pytest.raises(IntegrityError), transaction.atomic():
        Breakdown.objects.create(version=2, manner="each", remainder=Decimal(0), **again)


def assigned(county: cast.County, indicator: Indicator, by: User, **more: Any) -> None:  # noqa: ANN401  # an answer's parts
    said: dict[str, Any] = {
        "whole": county.group_leader, "first": None, "direct": county.reporter,
        "group": county.groups["T01-G3"], "since": cast.TODAY,
    }  # fmt: skip
    services.assign(
        unit=county.town, indicator=indicator, answer=Answer(**(said | more)),
        scope=cast.scope(by), moment=cast.moment(),
    )  # fmt: skip


def test_the_line_follows_from_the_group_until_one_is_stated(
    county: cast.County, paid_in: Indicator
) -> None:
    make_posts.member(county.groups["T01-G3"], county.supervisor, GroupRole.OFFICE_HEAD)
    line = queries.lines_of(county.town, ["paid_in"], cast.TODAY)["paid_in"]
    assert line.people == [county.group_leader, county.supervisor, county.reporter]
    assert line.stated is None
    assert queries.charges_of(county.group_leader, cast.TODAY) == [(county.town, "paid_in")]
    assigned(county, paid_in, county.town_office, whole=county.supervisor)
    line = queries.lines_of(county.town, ["paid_in"], cast.TODAY)["paid_in"]
    assert (line.whole, line.first) == (county.supervisor, None)
    assert queries.charges_of(county.group_leader, cast.TODAY) == []
    assert queries.charges_of(county.supervisor, cast.TODAY) == [(county.town, "paid_in")]
    assert errors(audit_queries.verify().problems) == []


def test_a_new_line_ends_the_one_before_and_says_why(
    county: cast.County, paid_in: Indicator
) -> None:
    assigned(county, paid_in, county.town_office, since=date(2023, 1, 1))
    with pytest.raises(services.ActRefusedError, match="换人没有写原因"):
        assigned(county, paid_in, county.town_office)
    with pytest.raises(services.ActRefusedError, match="新的要晚于这一天"):
        assigned(county, paid_in, county.assessor, since=date(2023, 1, 1), reason="调岗")
    assigned(county, paid_in, county.assessor, reason="调岗", direct=county.colleague)
    old, new = ResponsibilityLine.objects.order_by("since")
    assert (old.until, new.until, new.reason) == (date(2023, 10, 19), None, "调岗")
    before = queries.lines_of(county.town, ["paid_in"], date(2023, 10, 19))["paid_in"]
    assert before.direct == county.reporter


def test_who_may_not_assign_and_nobody_named_are_refused(
    county: cast.County, paid_in: Indicator
) -> None:
    for who in (county.leader, county.reporter, county.administrator, county.stranger):
        with pytest.raises(services.ActRefusedError, match="只有本镇综合协调专班和考核办"):
            assigned(county, paid_in, who)
    with pytest.raises(services.ActRefusedError, match="一个人也没有写"):
        assigned(county, paid_in, county.town_office, whole=None, direct=None)


@pytest.mark.both_engines
def test_the_database_keeps_one_open_line_that_names_somebody(
    county: cast.County, paid_in: Indicator
) -> None:
    about = {"unit": county.town, "indicator": paid_in}
    ResponsibilityLine.objects.create(whole=county.leader, since=date(2023, 1, 1), **about)
    for faulty in (
        {"whole": county.leader, "since": date(2023, 2, 1)},
        {"since": date(2023, 2, 1), "until": date(2023, 3, 1)},
        {"whole": county.leader, "since": date(2023, 2, 1), "until": date(2023, 1, 1)},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            ResponsibilityLine.objects.create(**about, **faulty)
