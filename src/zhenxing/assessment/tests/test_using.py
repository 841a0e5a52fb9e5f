"""Uses of results: conditions of the result, two persons, hearings, vouchers, withdrawal."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from tests import cast
from zhenxing.accounts.models import User
from zhenxing.assessment.choices import UseKind, UseState
from zhenxing.assessment.models import RunRow, Use
from zhenxing.assessment.queries import uses as asking
from zhenxing.assessment.services import rounds, using
from zhenxing.assessment.tests import appeals_make as make
from zhenxing.audit import queries as audit_queries
from zhenxing.indicators.models import Indicator
from zhenxing.indicators.tests import make as make_figures
from zhenxing.organisation.services import ActRefusedError

if TYPE_CHECKING:
    from zhenxing.assessment.models import Round

pytestmark = pytest.mark.django_db


@pytest.fixture
def round_(county: cast.County) -> Round:
    """Give a published round: T03 first and excellent, T01 last."""
    return make.published(county)


@pytest.fixture
def second(round_: Round) -> User:
    """Give the office's second person, who checked the round."""
    return User.objects.get(username="assessment-1")


@pytest.mark.both_engines
def test_a_reward_goes_from_its_condition_to_its_payment(county: cast.County) -> None:
    round_ = make.published(county)
    second = User.objects.get(username="assessment-1")
    use = make.proposed(county.assessor, round_, amount=Decimal("20.5"))
    use = make.step(using.approve, second, use, note="同意")
    use = make.step(using.fulfil, county.assessor, use, note="已拨付", paper=make.PDF)
    assert (use.state, use.amount, use.decided_by) == (
        UseState.DONE,
        Decimal("20.5"),
        "assessment-1",
    )
    assert use.voucher is not None
    assert [each.act for each in use.steps.all()] == ["proposed", "approved", "done"]
    [total] = asking.totals(Use.objects.all())
    assert (total.label, total.count, total.amount) == ("已兑现", 1, Decimal("20.5"))
    assert audit_queries.verify().holds


def test_conditions_are_read_from_the_result(county: cast.County, round_: Round) -> None:
    first = RunRow.objects.get(run=round_.result, code="T03")
    assert asking.conditions_of(first, round_) == (
        "等次优秀", "第1名（共3个）", "前3名", "总分100",
    )  # fmt: skip
    with pytest.raises(ActRefusedError, match="不符合「等次优秀」"):
        make.proposed(county.assessor, round_, "T01", condition="等次优秀")
    last = RunRow.objects.get(run=round_.result, code="T01")
    assert "末位" in asking.conditions_of(last, round_)


def test_only_the_office_proposes_on_what_is_public(county: cast.County, round_: Round) -> None:
    for person in (county.leader, county.department, county.auditor, county.supervisor):
        with pytest.raises(ActRefusedError, match="由组织这项考核的单位办理"):
            make.proposed(person, round_)
    with pytest.raises(ActRefusedError, match="没有「T09」"):
        make.proposed(county.assessor, round_, "T09")
    make.proposed(county.assessor, round_)
    with pytest.raises(ActRefusedError, match="已经提出过同类"):
        make.proposed(county.assessor, round_)


def test_what_is_not_public_has_no_consequence(county: cast.County) -> None:
    round_ = make.replied(county)
    with pytest.raises(ActRefusedError, match="结果没有公布"):
        make.proposed(county.assessor, round_)


def test_everything_wrong_with_a_proposal_is_told_at_once(
    county: cast.County, round_: Round
) -> None:
    with pytest.raises(ActRefusedError) as refused:
        make.proposed(
            county.assessor, round_, kind="gift", condition="", words=" ", document="文" * 61,
            amount=Decimal(1),
        )  # fmt: skip
    places = [each.where for each in refused.value.problems]
    assert places == ["条件", "内容", "文号", "类别", "金额"]
    for amount in ("0", "0.00001", "922337203685478"):
        with pytest.raises(ActRefusedError, match="不能用"):
            make.proposed(county.assessor, round_, amount=Decimal(amount))
    with pytest.raises(ActRefusedError, match="只有奖励、表彰写金额"):
        make.proposed(county.assessor, round_, kind=UseKind.TALK, amount=Decimal(1))


def test_who_proposed_does_not_approve(county: cast.County, round_: Round, second: User) -> None:
    use = make.proposed(county.assessor, round_)
    said: dict[str, str]
    for verb, said in ((using.approve, {"note": ""}), (using.decline, {"reason": "不妥"})):
        for person in (county.assessor, county.leader, county.auditor):
            with pytest.raises(ActRefusedError, match="另一个人决定"):
                make.step(verb, person, use, **said)
    use = make.step(using.decline, second, use, reason="金额未定")
    assert (use.state, use.reason) == (UseState.REFUSED, "金额未定")
    with pytest.raises(ActRefusedError, match="不能批准"):
        make.step(using.approve, second, use, note="")


def test_honest_error_is_tolerated_only_after_its_hearing(
    county: cast.County, round_: Round, second: User
) -> None:
    use = make.proposed(
        county.assessor, round_, "T01", kind=UseKind.TOLERANCE, condition="末位", words="免责"
    )
    with pytest.raises(ActRefusedError, match="还没有听证记录"):
        make.step(using.approve, second, use, note="")
    with pytest.raises(ActRefusedError, match="还没有到"):
        make.step(using.hear, county.assessor, use, day=date(2023, 10, 21), words="查明")
    use = make.step(using.hear, county.assessor, use, day=cast.TODAY, words="镇里、纪委参加")
    use = make.step(using.approve, second, use, note="")
    assert (use.state, use.heard_on) == (UseState.APPROVED, cast.TODAY)
    use = make.step(using.fulfil, county.assessor, use, note="已告知", paper=None)
    assert (use.state, use.voucher) == (UseState.DONE, None)


def test_no_other_kind_is_heard(county: cast.County, round_: Round) -> None:
    use = make.proposed(county.assessor, round_)
    with pytest.raises(ActRefusedError, match="不经听证"):
        make.step(using.hear, county.assessor, use, day=cast.TODAY, words="查明")


def test_money_is_paid_only_with_its_voucher(
    county: cast.County, round_: Round, second: User
) -> None:
    use = make.proposed(county.assessor, round_, amount=Decimal(5))
    use = make.step(using.approve, second, use, note="")
    with pytest.raises(ActRefusedError, match="须附凭据"):
        make.step(using.fulfil, county.assessor, use, note="", paper=None)


def test_a_step_on_what_was_seen_before_is_refused(
    county: cast.County, round_: Round, second: User
) -> None:
    use = make.proposed(county.assessor, round_)
    with pytest.raises(ActRefusedError, match="您看过以后又办过"):
        using.approve(use=use, note="", seen=0, scope=cast.scope(second), moment=cast.moment())


def test_a_use_is_withdrawn_with_its_reason_even_when_paid(
    county: cast.County, round_: Round, second: User
) -> None:
    use = make.step(using.approve, second, make.proposed(county.assessor, round_), note="")
    use = make.step(using.fulfil, county.assessor, use, note="", paper=None)
    with pytest.raises(ActRefusedError, match="没有写"):
        make.step(using.withdraw, county.assessor, use, reason="")
    with pytest.raises(ActRefusedError, match="由组织这项考核的单位"):
        make.step(using.withdraw, county.leader, use, reason="不实")
    use = make.step(using.withdraw, county.assessor, use, reason="投资额查实虚报")
    assert use.state == UseState.WITHDRAWN
    assert make.proposed(county.assessor, round_).state == UseState.PROPOSED


def test_what_rests_on_a_figure_that_changed_is_found(county: cast.County, round_: Round) -> None:
    use = make.proposed(county.assessor, round_)
    assert asking.shaken([use], cast.TODAY) == []
    make_figures.figure(
        county.plain, Indicator.objects.get(code="fai"), "2023-09", "3000",
        business_date=date(2023, 10, 25),
    )  # fmt: skip
    [found] = asking.shaken([use], date(2023, 10, 26))
    assert "总分100.00、第1名、优秀变为" in found.why


def test_what_rests_on_a_revoked_result_is_found_and_not_approved(
    county: cast.County, round_: Round, second: User
) -> None:
    use = make.proposed(county.assessor, round_)
    rounds.revoke(
        round_=round_, reason="数据不实", scope=cast.scope(second),
        moment=cast.moment(date(2023, 10, 25)),
    )  # fmt: skip
    use = Use.objects.select_related("round__scheme__owner", "unit").get(pk=use.pk)
    [found] = asking.shaken([use], cast.TODAY)
    assert found.why == "考核结果已撤销：数据不实"
    with pytest.raises(ActRefusedError, match="请撤销这一件"):
        make.step(using.approve, second, use, note="")


def test_the_own_unit_sees_its_uses_and_no_others(county: cast.County, round_: Round) -> None:
    make.proposed(county.assessor, round_, "T01", kind=UseKind.TALK, condition="末位")
    assert asking.uses(cast.scope(county.leader)).count() == 1
    assert asking.uses(cast.scope(county.auditor)).count() == 1
    assert asking.uses(cast.scope(county.rival_leader)).count() == 0
    assert asking.uses(cast.scope(county.department)).count() == 0
