"""Holidays and the due rule: proposed by one, approved by another, in force from the next call."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from tests import cast
from zhenxing.accounts.choices import Role
from zhenxing.accounts.models import User
from zhenxing.accounts.tests import make as make_accounts
from zhenxing.audit import services as audit
from zhenxing.audit.models import Entry
from zhenxing.kernel.periods import Period
from zhenxing.kernel.workdays import DueRule
from zhenxing.organisation import queries, services
from zhenxing.organisation.choices import Decision
from zhenxing.organisation.models import CalendarDay, CalendarProposal, CalendarYear
from zhenxing.organisation.services import ActRefusedError, Answer
from zhenxing.organisation.tests import make

MOMENT = cast.moment()
NOTICE = "国办发明电〔2023〕7号"
DAYS = [
    (date(2024, 1, 1), False, "元旦"),
    (date(2024, 2, 12), False, "春节"),
    (date(2024, 2, 18), True, "春节调休"),
]
LINES = "2024-01-01 放假 元旦\n\n2024-02-12 放假 春节\n2024-02-18 上班 春节调休\n"


@pytest.fixture
def second(county: cast.County) -> User:
    """Give a second person of the assessment office."""
    other = make_accounts.person("assessment-2", "吕平")
    make.post(other, Role.ASSESSMENT, county.county)
    return other


def propose(by: User, days: list[tuple[date, bool, str]] | None = None) -> CalendarProposal:
    """Propose the days of 2024."""
    return services.propose_days(
        2024,
        DAYS if days is None else days,
        basis=NOTICE,
        scope=cast.scope(by),
        moment=MOMENT,
    )


def decide(
    proposal: CalendarProposal, by: User, decision: Decision = Decision.APPROVED, text: str = ""
) -> None:
    services.decide_calendar(proposal, Answer(decision, cast.scope(by), MOMENT, text))


@pytest.mark.both_engines
def test_a_year_is_announced_once_a_second_person_approved(
    county: cast.County, second: User
) -> None:
    CalendarDay.objects.create(day=date(2024, 3, 1), is_workday=False, name="误录", source="误录")
    proposal = propose(county.assessor)
    assert not queries.is_announced(2024)
    decide(proposal, second)
    assert queries.is_announced(2024)
    assert queries.calendar_year(2024).lines == LINES.replace("\n\n", "\n").strip()
    assert queries.work_calendar().is_workday(date(2024, 2, 18))
    assert queries.work_calendar().is_workday(date(2024, 3, 1))
    entry = Entry.objects.get(action="organisation.calendar.approved")
    assert '"whole":true' in entry.seals


@pytest.mark.parametrize("letter", "DLGFVCSX")
def test_only_the_offices_propose(county: cast.County, letter: str) -> None:
    with pytest.raises(ActRefusedError, match="只有考核办和县级管理员"):
        propose(county.of_role(letter))


def test_an_administrators_proposal_is_approved_by_the_assessment_office(
    county: cast.County, second: User
) -> None:
    proposal = propose(county.administrator)
    other = make_accounts.person("administrator-2", "任永年")
    make.post(other, Role.ADMINISTRATOR, county.county)
    for wrong in (county.administrator, other, county.auditor):
        with pytest.raises(ActRefusedError):
            decide(proposal, wrong)
    decide(proposal, county.assessor)
    assert queries.is_announced(2024)


def test_a_refusal_changes_nothing_and_one_proposal_waits_at_a_time(
    county: cast.County, second: User
) -> None:
    proposal = propose(county.assessor)
    with pytest.raises(ActRefusedError, match="已有一份申请在等复核"):
        propose(second)
    decide(proposal, second, Decision.REFUSED, "少写了清明")
    assert not queries.is_announced(2024)
    decide(propose(second), second, Decision.WITHDRAWN)
    assert not CalendarDay.objects.exists()


@pytest.mark.parametrize(
    ("days", "why"),
    [
        ([], "一天也没有写"),
        ([(date(2023, 1, 2), False, "元旦")], "不在2024年"),
        ([DAYS[0], DAYS[0]], "写了两次"),
        ([(date(2024, 2, 19), True, "调休")], "本来就上班"),
    ],
)
def test_days_that_cannot_be_are_named(
    county: cast.County, days: list[tuple[date, bool, str]], why: str
) -> None:
    with pytest.raises(ActRefusedError, match=why):
        propose(county.assessor, days)
    assert not CalendarProposal.objects.exists()


def test_a_new_due_rule_holds_for_the_next_call(county: cast.County, second: User) -> None:
    rule = DueRule(5, inclusive=False, on_rest_day="previous", months_after=1)
    proposal = services.propose_rule(
        rule, 20, basis="禾政发〔2023〕1号", scope=cast.scope(county.assessor), moment=MOMENT
    )
    assert queries.due_rule().rule == DueRule()
    decide(proposal, second)
    assert queries.due_rule() == (rule, "禾政发〔2023〕1号", 20)
    month, due, announced = queries.due_days(2023, queries.due_rule())[11]
    assert (month, due, announced) == (Period.parse("2023-12"), date(2024, 1, 4), False)


@pytest.mark.parametrize(
    ("opens", "basis", "why"),
    [(25, "依据", "没有填报的时间"), (10, " ", "请写明通知的名称和文号")],
)
def test_a_rule_without_time_or_basis_is_refused(
    county: cast.County, opens: int, basis: str, why: str
) -> None:
    with pytest.raises(ActRefusedError, match=why):
        services.propose_rule(
            DueRule(), opens, basis=basis, scope=cast.scope(county.assessor), moment=MOMENT
        )


def test_the_years_seeded_are_on_the_page_and_an_unknown_one_says_so(
    county: cast.County, client: Client
) -> None:
    with audit.act(
        "site.seeded", subject="", by=cast.actor(county.administrator), moment=MOMENT
    ) as act:
        services.seed_calendar([2023])
        act.vouch(CalendarDay, CalendarYear)
    cast.sign_in(client, county.village_reporter)
    page = client.get("/calendar/").content.decode()
    assert "2023年工作日历" in page
    assert "调休上班" in page
    assert "当月25日前（含当日）" in page
    assert "未公布" not in page
    assert "改截止规则" not in page
    unknown = client.get("/calendar/?year=2030").content.decode()
    assert unknown.count('<span class="tag tag-watch">未公布</span>') == 13
    assert "2023年工作日历" in client.get("/calendar/?year=1850").content.decode()
    assert "2023年工作日历" in client.get("/calendar/?year=abc").content.decode()


def test_the_pages_form_proposes_and_a_second_click_approves(
    county: cast.County, second: User, client: Client
) -> None:
    cast.sign_in(client, county.assessor)
    sent = client.post("/calendar/days/", {"year": "2024", "days": LINES, "basis": NOTICE})
    assert sent["Location"] == "/calendar/?year=2024"
    page = client.get(sent["Location"]).content.decode()
    assert "已提出，等考核办另一人复核" in page
    assert 'value="withdrawn"' in page
    assert 'value="approved"' not in page
    key = CalendarProposal.objects.get().pk
    assert client.post(f"/calendar/{key}/", {"decision": "approved"}).status_code == 302
    assert "要由另一个人复核" in client.get("/calendar/?year=2024").content.decode()
    cast.sign_in(client, second)
    assert 'value="approved"' in client.get("/calendar/?year=2024").content.decode()
    client.post(f"/calendar/{key}/", {"decision": "approved", "answer": "与通知一致"})
    page = client.get("/calendar/?year=2024").content.decode()
    assert "与通知一致" in page
    assert '<span class="tag">已公布</span>' in page


def test_a_line_that_cannot_be_read_is_named_and_nothing_typed_is_lost(
    county: cast.County, client: Client
) -> None:
    cast.sign_in(client, county.assessor)
    wrong = "2024-01-01 放假 元旦\n2024-13-01 放假 什么\n明天 放假\n2024-02-18 加班 春节"
    sent = client.post("/calendar/days/", {"year": "2024", "days": wrong, "basis": NOTICE})
    page = sent.content.decode()
    assert sent.status_code == 422
    for number in (2, 3, 4):
        assert f"第{number}行" in page
    assert "第1行" not in page
    assert "2024-13-01 放假 什么" in page


def test_the_rules_form_proposes(county: cast.County, second: User, client: Client) -> None:
    cast.sign_in(client, county.administrator)
    form = {
        "months_after": "1", "day": "5", "inclusive": "0", "on_rest_day": "previous",
        "opens": "20", "basis": "禾政发〔2023〕1号",
    }  # fmt: skip
    assert client.post("/calendar/rule/", form)["Location"] == "/calendar/"
    page = client.get("/calendar/").content.decode()
    assert "次月5日前（不含当日），逢休息日提前到上一工作日，每月20日开始" in page
    refused = client.post("/calendar/rule/", form | {"day": "32"})
    assert refused.status_code == 422
    assert "禾政发〔2023〕1号" in refused.content.decode()
    cast.sign_in(client, second)
    key = CalendarProposal.objects.get().pk
    client.post(f"/calendar/{key}/", {"decision": "approved"})
    assert queries.due_rule().opens_day == 20
    assert client.post(f"/calendar/{key}/", {"decision": "pending"}).status_code == 302
    assert "只能批准、驳回或撤回" in client.get("/calendar/").content.decode()
