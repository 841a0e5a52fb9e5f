"""A post is asked for by one person and given by a second; nobody changes their own rights."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import IntegrityError, transaction

from tests import cast
from zhenxing.accounts.choices import Role
from zhenxing.accounts.tests import make as make_accounts
from zhenxing.audit.models import Entry
from zhenxing.organisation import services
from zhenxing.organisation.choices import Decision
from zhenxing.organisation.models import Post, PostRequest
from zhenxing.organisation.services import ActRefusedError, Answer
from zhenxing.organisation.tests import make

if TYPE_CHECKING:
    from zhenxing.accounts.models import User

MOMENT = cast.moment()


@pytest.fixture
def newcomer(county: cast.County) -> User:
    """Give somebody without a post."""
    return make_accounts.person("newcomer", "新来")


@pytest.fixture
def second(county: cast.County) -> User:
    """Give a second administrator."""
    other = make_accounts.person("administrator-2", "任永年")
    make.post(other, Role.ADMINISTRATOR, county.county)
    return other


def ask(county: cast.County, person: User, role: Role, by: User, **more: object) -> PostRequest:
    """Ask for a post where a role has its seat."""
    units = {
        "A": county.county, "K": county.county, "X": county.county, "D": county.statistics,
        "V": county.village,
    }  # fmt: skip
    wanted = PostRequest(
        person=person,
        role=role,
        unit=units.get(role, county.town),
        group=county.groups["T01-G4"] if role == Role.REPORTER else None,
        since=cast.TODAY,
        **{"document": "青政任〔2023〕9号", **more},
    )
    return services.request_post(wanted, scope=cast.scope(by), moment=MOMENT)


def answer(asked: PostRequest, by: User, decision: Decision, text: str = "") -> PostRequest:
    """Decide a request."""
    return services.decide_post(asked, Answer(decision, cast.scope(by), MOMENT, text))


def refused(county: cast.County, person: User, role: Role, by: User, **more: object) -> str:
    """Give why a request is not taken."""
    with pytest.raises(ActRefusedError) as why:
        ask(county, person, role, by, **more)
    assert not PostRequest.objects.exists()
    return str(why.value)


@pytest.mark.both_engines
def test_a_post_is_held_once_the_assessment_office_approved(
    county: cast.County, newcomer: User
) -> None:
    asked = ask(county, newcomer, Role.REPORTER, county.administrator)
    assert cast.scope(newcomer).roles == frozenset()
    answer(asked, county.assessor, Decision.APPROVED)
    assert cast.scope(newcomer).reports == {"T01-G4"}
    asked.refresh_from_db()
    assert (asked.post, asked.decided_by) == (Post.objects.get(person=newcomer), county.assessor)
    entry = Entry.objects.get(action="organisation.post.approved")
    assert json.loads(entry.details)["proposed_by"] == "administrator"
    seals = json.loads(entry.seals)
    assert seals["organisation.Post"]["rows"] == seals["organisation.PostRequest"]["rows"] == 1


@pytest.mark.parametrize("role", [role for role in Role if role not in "AKX"])
def test_every_business_post_is_approved_by_the_assessment_office_alone(
    county: cast.County, newcomer: User, second: User, role: Role
) -> None:
    asked = ask(county, newcomer, role, county.administrator)
    for other in (county.administrator, second, county.leader, county.auditor, county.department):
        with pytest.raises(ActRefusedError):
            answer(asked, other, Decision.APPROVED)
    answer(asked, county.assessor, Decision.APPROVED)
    assert cast.scope(newcomer).roles == {role}


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.ASSESSMENT, Role.AUDITOR])
def test_a_high_post_needs_another_administrator_and_a_paper(
    county: cast.County, newcomer: User, second: User, role: Role
) -> None:
    why = refused(county, newcomer, role, county.administrator, document=" ")
    assert "要有任命文件" in why
    asked = ask(county, newcomer, role, county.administrator)
    for other in (county.administrator, county.assessor):
        with pytest.raises(ActRefusedError):
            answer(asked, other, Decision.APPROVED)
    answer(asked, second, Decision.APPROVED)
    assert cast.scope(newcomer).roles == {role}


def test_nobody_asks_or_approves_for_themselves(county: cast.County, second: User) -> None:
    assert "不能改自己的账号和权限" in refused(
        county, county.administrator, Role.AUDITOR, county.administrator
    )
    end = services.relieve
    own = Post.objects.get(person=county.administrator)
    with pytest.raises(ActRefusedError, match="不能改自己"):
        end(
            own,
            until=cast.TODAY,
            reason="不干了",
            scope=cast.scope(county.administrator),
            moment=MOMENT,
        )
    asked = ask(county, county.assessor, Role.DEPARTMENT, county.administrator)
    with pytest.raises(ActRefusedError, match="不能由您复核"):
        answer(asked, county.assessor, Decision.APPROVED)


@pytest.mark.parametrize("letter", "KDLGFVCSX")
def test_only_an_administrator_asks(county: cast.County, newcomer: User, letter: str) -> None:
    why = refused(county, newcomer, Role.TOWN_OFFICE, county.of_role(letter))
    assert "只有县级管理员能办理" in why


@pytest.mark.parametrize(
    ("who", "role", "why"),
    [
        ("reporter", Role.ADMINISTRATOR, "县级管理员不得兼任业务角色"),
        ("reporter", Role.AUDITOR, "审计不得兼任其他角色"),
        ("auditor", Role.TOWN_LEADER, "审计不得兼任其他角色"),
        ("leader", Role.TOWN_LEADER, "已有同样的岗位"),
    ],
)
def test_hard_rules_stop_the_request(
    county: cast.County, second: User, who: str, role: Role, why: str
) -> None:
    assert why in refused(county, getattr(county, who), role, county.administrator)


def test_hard_rules_are_asked_again_when_the_post_is_given(
    county: cast.County, newcomer: User, second: User
) -> None:
    business = ask(county, newcomer, Role.TOWN_OFFICE, county.administrator)
    high = ask(county, newcomer, Role.AUDITOR, county.administrator)
    answer(business, county.assessor, Decision.APPROVED)
    with pytest.raises(ActRefusedError, match="审计不得兼任"):
        answer(high, second, Decision.APPROVED)
    assert cast.scope(newcomer).roles == {"C"}
    answer(high, second, Decision.REFUSED, "已在综合协调专班")
    high.refresh_from_db()
    assert (high.decision, high.post) == (Decision.REFUSED, None)


def test_a_disabled_person_gets_no_post(county: cast.County, newcomer: User) -> None:
    asked = ask(county, newcomer, Role.TOWN_OFFICE, county.administrator)
    newcomer.is_active = False
    newcomer.save()
    with pytest.raises(ActRefusedError, match="账号已停用"):
        answer(asked, county.assessor, Decision.APPROVED)
    answer(asked, county.administrator, Decision.WITHDRAWN)
    asked.refresh_from_db()
    assert asked.decision == Decision.WITHDRAWN
    with pytest.raises(ActRefusedError, match="账号已停用"):
        ask(county, newcomer, Role.TOWN_OFFICE, county.administrator)


def test_the_same_is_not_asked_twice_at_once(county: cast.County, newcomer: User) -> None:
    ask(county, newcomer, Role.TOWN_OFFICE, county.administrator)
    with pytest.raises(ActRefusedError, match="正在等复核"):
        ask(county, newcomer, Role.TOWN_OFFICE, county.administrator)


def test_what_is_decided_stays_decided(county: cast.County, newcomer: User) -> None:
    asked = ask(county, newcomer, Role.TOWN_OFFICE, county.administrator)
    with pytest.raises(ActRefusedError, match="驳回没有写理由"):
        answer(asked, county.assessor, Decision.REFUSED, " ")
    with pytest.raises(ActRefusedError, match="不是您提出的"):
        answer(asked, county.assessor, Decision.WITHDRAWN)
    answer(asked, county.assessor, Decision.APPROVED)
    for decision in (Decision.APPROVED, Decision.REFUSED, Decision.WITHDRAWN):
        with pytest.raises(ActRefusedError, match="已批准，不能再改"):
            answer(asked, county.assessor, decision, "再看看")
    assert Post.objects.filter(person=newcomer).count() == 1


@pytest.mark.both_engines
def test_the_database_itself_keeps_the_second_person(county: cast.County, newcomer: User) -> None:
    asked = ask(county, newcomer, Role.TOWN_OFFICE, county.administrator)
    rows = PostRequest.objects.filter(pk=asked.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(decision=Decision.APPROVED, decided_by=county.administrator)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(decision=Decision.APPROVED)


@pytest.mark.parametrize(
    ("until", "reason", "why"),
    [
        (cast.TODAY - timedelta(days=2), "调离", "已经过去"),
        (cast.TODAY, "  ", "没有填写"),
    ],
)
def test_a_post_is_not_ended_into_the_past_or_without_reason(
    county: cast.County, until: date, reason: str, why: str
) -> None:
    post = Post.objects.get(person=county.leader)
    scope = cast.scope(county.administrator)
    with pytest.raises(ActRefusedError, match=why):
        services.relieve(post, until=until, reason=reason, scope=scope, moment=MOMENT)
    assert cast.scope(county.leader).roles == {"L"}


def test_a_post_ended_yesterday_counts_at_once_and_is_not_drawn_out(county: cast.County) -> None:
    post = Post.objects.get(person=county.leader)
    scope = cast.scope(county.administrator)
    yesterday = cast.TODAY - timedelta(days=1)
    services.relieve(post, until=yesterday, reason="调离", scope=scope, moment=MOMENT)
    assert cast.scope(county.leader).roles == frozenset()
    assert cast.scope(county.leader, yesterday).roles == {"L"}
    with pytest.raises(ActRefusedError, match="不能往后改"):
        services.relieve(post, until=cast.TODAY, reason="又回来", scope=scope, moment=MOMENT)
