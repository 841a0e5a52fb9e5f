"""Claims: who brings which matter, the second person, the same matter twice."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from tests import cast
from zhenxing.assessment.choices import ClaimState
from zhenxing.assessment.models import Claim
from zhenxing.assessment.queries import claims as asking
from zhenxing.assessment.queries import said
from zhenxing.assessment.queries.reckoning import rules
from zhenxing.assessment.queries.subjects import subjects_of
from zhenxing.assessment.services import claiming
from zhenxing.assessment.tests import rounds_make
from zhenxing.assessment.tests import scoring_make as make
from zhenxing.audit import queries as audit_queries
from zhenxing.organisation.services import ActRefusedError
from zhenxing.reporting.services.wishing import Paper
from zhenxing.targets import queries as target_queries

if TYPE_CHECKING:
    from zhenxing.accounts.models import User
    from zhenxing.assessment.models import Edition

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition(county: cast.County) -> Edition:
    """Put the county's scheme in force."""
    return rounds_make.edition(county.county, make.TEXT)


@pytest.fixture
def second(county: cast.County) -> User:
    """Give the assessment office a second person."""
    return rounds_make.assessor(county, 1)


def approve(by: User, claim: Claim, remark: str = "") -> Claim:
    return claiming.approve(claim=claim, remark=remark, scope=cast.scope(by), moment=cast.moment())


def decline(by: User, claim: Claim, remark: str) -> Claim:
    return claiming.decline(claim=claim, remark=remark, scope=cast.scope(by), moment=cast.moment())


def withdraw(by: User, claim: Claim, reason: str) -> Claim:
    return claiming.withdraw(claim=claim, reason=reason, scope=cast.scope(by), moment=cast.moment())


def ground(by: User) -> asking.Ground:
    seats = target_queries.seats(cast.scope(by), cast.TODAY)
    return asking.ground(cast.scope(by), seats, cast.TODAY)


@pytest.mark.both_engines
def test_a_matter_counts_once_a_second_person_approved_it(county: cast.County) -> None:
    edition = rounds_make.edition(county.county, make.TEXT)
    claim = make.claim(county.assessor)
    assert (claim.number, claim.state) == ("SX2023-00001", ClaimState.PROPOSED)
    scheme, subjects = rules(edition), subjects_of(edition.scheme, cast.TODAY)
    assert said.events(scheme, subjects, cast.TODAY) == []
    with pytest.raises(ActRefusedError, match="须是另一个人"):
        approve(county.assessor, claim)
    done = approve(rounds_make.assessor(county, 1), claim, "属实")
    assert (done.decided_by, done.decided_on) == ("assessment-1", cast.TODAY)
    assert said.events(scheme, subjects, cast.TODAY) == [
        (claim.number, "T01", "通报批评", date(2023, 9, 12), None)
    ]
    assert said.events(scheme, subjects, cast.TODAY - timedelta(days=1)) == []
    for again in (approve, lambda by, row: decline(by, row, "不"), withdraw_again):
        with pytest.raises(ActRefusedError, match="已认定，不能再办"):
            again(county.assessor, claim)
    assert audit_queries.verify().holds


def withdraw_again(by: User, claim: Claim) -> Claim:
    return withdraw(by, claim, "写错了")


def test_the_same_matter_twice_is_told(county: cast.County, edition: Edition, second: User) -> None:
    first = make.claim(county.assessor)
    for twin in ({"document": ""}, {"day": date(2023, 9, 20)}, {"code": "T02"}):
        with pytest.raises(ActRefusedError, match="SX2023-00001（待复核）像是同一件事"):
            make.claim(county.assessor, **twin)
    other = make.claim(county.assessor, is_another=True, code="T02")
    assert other.number == "SX2023-00002"
    decline(second, first, "通报已撤销")
    withdraw(county.assessor, other, "填错单位")
    assert make.claim(county.assessor).number == "SX2023-00003"


def test_everything_wrong_is_told_at_once(county: cast.County, edition: Edition) -> None:
    with pytest.raises(ActRefusedError) as refused:
        make.claim(
            county.assessor, kind="bonus", event="通报批评", day=date(2023, 12, 1), words=" ",
            document="长" * 61, paper=None,
        )  # fmt: skip
    assert [problem.where for problem in refused.value.problems] == [
        "事项", "发生日期", "情况", "依据文号", "依据",
    ]  # fmt: skip
    for wrong in ({"event": ""}, {"code": ""}, {"code": "T01-V01"}):
        with pytest.raises(ActRefusedError, match=r"没有选|不考核所选"):
            make.claim(county.assessor, **wrong)
    with pytest.raises(ActRefusedError, match="看内容"):
        make.claim(county.assessor, paper=Paper("通报.txt", b"text"))
    counted = {"kind": "event", "event": "项目入库", "paper": None}
    with pytest.raises(ActRefusedError, match="请至少写一样"):
        make.claim(county.assessor, document="", **counted)
    claim = make.claim(county.assessor, amount=Decimal(3), **counted)
    assert claim.amount == Decimal(3)
    assert claim.paper is None
    assert Claim.objects.count() == 1


def test_the_schemes_in_force_say_which_matters_there_are(
    county: cast.County, edition: Edition
) -> None:
    office = ground(county.assessor)
    assert [(each.kind, each.event) for each in office.matters] == [
        ("bonus", "试点示范"), ("penalty", "通报批评"), ("veto", "较大安全事故"),
        ("event", "省级表彰"), ("event", "项目入库"),
    ]  # fmt: skip
    assert office.matters[0].kind_word == "加分"
    assert set(office.subjects) == {"T01", "T02", "T03"}
    department = {each.event for each in ground(county.department).matters}
    assert department == {"较大安全事故", "省级表彰", "项目入库"}
    assert set(ground(county.town_office).subjects) == {"T01"}
    for person in (county.leader, county.reporter, county.auditor, county.administrator):
        with pytest.raises(ActRefusedError, match="提出"):
            make.claim(person)
    rounds_make.edition(county.county, rounds_make.TEXT)
    assert [each.event for each in ground(county.assessor).matters] == ["试点示范"]


def test_a_department_brings_what_it_leads_and_the_office_decides(
    county: cast.County, edition: Edition, second: User
) -> None:
    claim = make.claim(county.department, kind="event", event="项目入库")
    assert claim.department == county.statistics
    assert make.claim(county.town_office, kind="bonus", event="试点示范").department is None
    with pytest.raises(ActRefusedError, match="由您提出的事项里"):
        make.claim(county.department)
    for person in (county.town_office, county.supervisor, county.leader, county.auditor):
        with pytest.raises(ActRefusedError, match="不由您复核"):
            approve(person, claim)
    with pytest.raises(ActRefusedError, match="为什么不予认定"):
        decline(second, claim, "")
    with pytest.raises(ActRefusedError, match="由提出的人"):
        withdraw(county.supervisor, claim, "不是我的")
    with pytest.raises(ActRefusedError, match="由提出的人"):
        withdraw(county.leader, claim, "不想要")
    assert withdraw(county.department, claim, "入库单写错").state == ClaimState.WITHDRAWN


def test_a_towns_own_matters_are_decided_in_the_town(county: cast.County) -> None:
    rounds_make.edition(
        county.town, make.VILLAGES, code="t01-villages", name="村级考核", subjects="villages"
    )
    own = {"code": "T01-V01", "event": "环境卫生问题"}
    claim = make.claim(county.supervisor, **own)
    assert claim.unit == county.village
    for person in (county.assessor, county.leader, county.reporter):
        with pytest.raises(ActRefusedError, match="不由您复核"):
            approve(person, claim)
    assert approve(county.town_office, claim).state == ClaimState.APPROVED
    with pytest.raises(ActRefusedError):
        make.claim(county.assessor, **own)
    assert ground(county.assessor).matters == ()


def test_each_reads_the_claims_about_the_own_units(county: cast.County, edition: Edition) -> None:
    claim = make.claim(county.assessor)
    readers = {
        name for name, person in county.people.items() if claim in asking.claims(cast.scope(person))
    }
    assert "t02-leader" not in readers
    assert "t01-v01" not in readers
    assert {"t01-leader", "t01-g3-reporter", "auditor", "assessment"} <= readers
    assert asking.names_of([claim]) == {"T01": "青溪镇"}


def test_an_event_that_only_a_rule_names_counts_too(county: cast.County, second: User) -> None:
    text = make.TEXT.replace("events: [试点示范, 通报批评, 较大安全事故, 省级表彰, 项目入库]", "")
    edition = rounds_make.edition(county.county, text)
    approve(second, make.claim(county.assessor))
    subjects = subjects_of(edition.scheme, cast.TODAY)
    assert [each[2] for each in said.events(rules(edition), subjects, cast.TODAY)] == ["通报批评"]
