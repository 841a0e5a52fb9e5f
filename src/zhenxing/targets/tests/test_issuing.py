"""Two persons issue a target; nothing else does, and nothing of it is undone."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from django.db import IntegrityError, transaction

from tests import cast
from zhenxing.audit import queries as audit_queries
from zhenxing.audit.models import Entry
from zhenxing.indicators.models import Target
from zhenxing.indicators.tests import make as make_indicators
from zhenxing.kernel.problems import errors
from zhenxing.targets import queries, services
from zhenxing.targets.models import Acknowledgement, Issue
from zhenxing.targets.tests import make

if TYPE_CHECKING:
    from zhenxing.accounts.models import User
    from zhenxing.indicators.models import Indicator


def refusal(issue: Issue, verb: str, by: User, **said: object) -> str:
    """Give why a verb is refused."""
    with pytest.raises(services.ActRefusedError) as refused:
        getattr(services, verb)(
            **({"edition": issue.edition} | said),
            issue=issue,
            scope=cast.scope(by),
            moment=cast.moment(),
        )
    return str(refused.value)


def test_a_draft_counts_for_nothing(county: cast.County, paid_in: Indicator) -> None:
    issue = make.drafted(county.assessor, make.line("T01", "paid_in", "12000"))
    assert Target.objects.count() == 0
    assert issue.lines == [
        {"unit": "T01", "indicator": "paid_in", "kind": "value", "comparator": ">=",
         "written": "12000"}
    ]  # fmt: skip


def test_a_second_person_makes_it_count(
    county: cast.County, paid_in: Indicator, second: User
) -> None:
    issue = make.issued(
        county.assessor,
        second,
        make.line("T01", "paid_in", "12000"),
        make.line("T02", "paid_in", "/"),
        make.line("H00", "paid_in", "8.5", "growth"),
    )
    rows = {(row.unit.code, row.kind): row for row in Target.objects.all()}
    assert rows["T01", "value"].value == Decimal(12000)
    assert rows["T02", "value"].no_task
    assert rows["H00", "growth"].value == Decimal("8.5")
    assert {row.sealed_by for row in rows.values()} == {issue.entry}
    assert (issue.proposed_by, issue.decided_by) == ("assessment", "assessment-2")
    entry = Entry.objects.get(sequence=issue.entry or 0)
    assert (entry.action, entry.actor) == ("targets.issue.approved", "assessment-2")
    assert errors(audit_queries.verify().problems) == []


def test_its_proposer_does_not_approve(county: cast.County, paid_in: Indicator) -> None:
    issue = make.drafted(county.assessor, make.line("T01", "paid_in", "12000"))
    issue = services.propose(
        issue=issue, edition=issue.edition, scope=cast.scope(county.assessor), moment=cast.moment()
    )
    assert "批准的须是另一个人" in refusal(issue, "approve", county.assessor)
    assert Target.objects.count() == 0


def test_who_wrote_in_it_does_not_approve_what_another_proposed(
    county: cast.County, paid_in: Indicator, second: User
) -> None:
    issue = make.drafted(county.assessor, make.line("T01", "paid_in", "12000"))
    issue = services.propose(
        issue=issue, edition=issue.edition, scope=cast.scope(second), moment=cast.moment()
    )
    assert "批准的须是另一个人" in refusal(issue, "approve", county.assessor)
    assert "批准的须是另一个人" in refusal(issue, "approve", second)


def test_the_approver_approves_the_edition_that_was_seen(
    county: cast.County, paid_in: Indicator, second: User
) -> None:
    issue = make.drafted(county.assessor, make.line("T01", "paid_in", "12000"))
    old = issue.edition
    issue = services.propose(
        issue=issue, edition=old, scope=cast.scope(county.assessor), moment=cast.moment()
    )
    assert "别人刚改过" in refusal(issue, "approve", second, edition=old)


def test_nobody_writes_in_what_is_proposed_until_it_is_returned(
    county: cast.County, paid_in: Indicator, second: User
) -> None:
    issue = make.drafted(county.assessor, make.line("T01", "paid_in", "12000"))
    issue = services.propose(
        issue=issue, edition=issue.edition, scope=cast.scope(county.assessor), moment=cast.moment()
    )
    more = [make.line("T02", "paid_in", "9000")]
    assert "不能再改" in refusal(issue, "put_lines", county.assessor, lines=more)
    assert "没有填写" in refusal(issue, "send_back", second, remark=" ")
    issue = services.send_back(
        issue=issue, edition=issue.edition, remark="T02漏了", scope=cast.scope(second),
        moment=cast.moment(),
    )  # fmt: skip
    assert (issue.state, issue.remark) == ("draft", "T02漏了")
    issue = services.put_lines(
        issue=issue, edition=issue.edition, lines=more, scope=cast.scope(county.assessor),
        moment=cast.moment(),
    )  # fmt: skip
    assert len(issue.lines) == 1  # the lines of an indicator and kind are replaced together


def test_an_adjustment_is_a_new_version_with_its_reason(
    county: cast.County, paid_in: Indicator, second: User
) -> None:
    old = make_indicators.target(county.town, paid_in, "10000")
    line = make.line("T01", "paid_in", "12000")
    issue = make.drafted(county.assessor, line)
    assert "没有写原因" in refusal(issue, "propose", county.assessor)
    services.withdraw(
        issue=issue, edition=issue.edition, scope=cast.scope(county.assessor), moment=cast.moment()
    )
    make.issued(county.assessor, second, line, reason="县里上调")
    new = Target.objects.get(version=2)
    assert new.value == 12000
    assert (new.reason, new.document) == ("县里上调", "禾政发〔2023〕20号")
    old.refresh_from_db()
    assert old.value == 10000
    held = queries.targets_in_force(Target.objects.all(), 2023, cast.TODAY)
    assert held["T01", "paid_in"] == (new,)


def test_what_holds_already_is_not_issued_again(county: cast.County, paid_in: Indicator) -> None:
    make_indicators.target(county.town, paid_in, "10000")
    issue = make.drafted(
        county.assessor, make.line("T01", "paid_in", "10000"), make.line("T02", "paid_in", "7")
    )
    assert [line["unit"] for line in issue.lines] == ["T02"]


@pytest.mark.parametrize(
    ("issued", "what"),
    [
        (date(2023, 10, 21), "还没有到"),
        (date(2021, 12, 31), "早于上年1月1日"),
        (date(2023, 1, 15), "晚于这次的下达日期"),
    ],
)
def test_a_date_that_cannot_be_is_refused(
    county: cast.County, paid_in: Indicator, issued: date, what: str
) -> None:
    make_indicators.target(county.town, paid_in, "10000")
    issue = make.drafted(
        county.assessor, make.line("T01", "paid_in", "12000"), issued=issued, reason="上调"
    )
    assert what in refusal(issue, "propose", county.assessor)


def test_a_date_back_among_months_that_were_shown_is_warned_of(
    county: cast.County, paid_in: Indicator
) -> None:
    issue = make.drafted(
        county.assessor, make.line("T01", "paid_in", "12000"), issued=date(2023, 8, 10)
    )
    reading = queries.read(issue, cast.TODAY)
    assert not reading.errors
    assert "2023年8月至2023年9月的页面已按没有这次下达的目标看过" in reading.warnings[0].sentence
    fresh = make.drafted(
        county.assessor, make.line("T01", "paid_in", "12000"), issued=date(2023, 10, 19)
    )
    assert queries.read(fresh, cast.TODAY).warnings == []


def test_targets_of_one_draft_are_held_against_each_other_and_never_blocked(
    county: cast.County, paid_in: Indicator, second: User
) -> None:
    make_indicators.figure(
        county.town, paid_in, "2022-12", "10000", business_date=date(2023, 1, 18)
    )
    lines = [make.line("T01", "paid_in", "12000"), make.line("T01", "paid_in", "12", "growth")]
    issue = make.drafted(county.assessor, *lines)
    told = [problem.what for problem in queries.read(issue, cast.TODAY).warnings]
    assert any("增20.0%，与同时下达的增12%不一致" in what for what in told)
    make.issued(county.assessor, second, *lines)
    assert Target.objects.count() == 2


def test_a_department_proposes_on_its_own_indicators_alone(
    county: cast.County, paid_in: Indicator
) -> None:
    issue = make.drafted(county.department, make.line("T01", "paid_in", "12000"))
    assert issue.department == county.statistics
    assert "不能批准" not in str(issue)
    make_indicators.indicator("grain", "粮食产量", county.farming)
    other = [make.line("T01", "grain", "1900")]
    assert "不由您所在的部门主管" in refusal(issue, "put_lines", county.department, lines=other)
    issue = services.propose(
        issue=issue, edition=issue.edition, scope=cast.scope(county.department),
        moment=cast.moment(),
    )  # fmt: skip
    assert "只有考核办批准" in refusal(issue, "approve", county.department)
    services.approve(
        issue=issue, edition=issue.edition, scope=cast.scope(county.assessor), moment=cast.moment()
    )
    assert Target.objects.count() == 1


@pytest.mark.parametrize("who", ["leader", "reporter", "administrator", "auditor", "town_office"])
def test_nobody_else_drafts(county: cast.County, who: str) -> None:
    with pytest.raises(services.ActRefusedError, match="只有考核办和主管部门"):
        services.draft(
            heading=make.heading(), scope=cast.scope(getattr(county, who)), moment=cast.moment()
        )


def test_a_cell_that_cannot_be_read_keeps_nothing(county: cast.County, paid_in: Indicator) -> None:
    issue = make.drafted(county.assessor, make.line("T01", "paid_in", "12000"))
    lines = [make.line("T01", "paid_in", "13000"), make.line("T02", "paid_in", "很多")]
    assert "石泉镇·招商到位资金：「很多」不是数" in refusal(
        issue, "put_lines", county.assessor, lines=lines
    )
    issue.refresh_from_db()
    assert [line["written"] for line in issue.lines] == ["12000"]
    strange = [make.line("T99", "paid_in", "5")]
    assert "没有这个单位或指标" in refusal(issue, "put_lines", county.assessor, lines=strange)


def test_an_empty_issue_is_not_proposed(county: cast.County, paid_in: Indicator) -> None:
    issue = make.drafted(county.assessor)
    assert "一项目标也没有" in refusal(issue, "propose", county.assessor)


def test_an_approved_issue_is_never_undone(
    county: cast.County, paid_in: Indicator, second: User
) -> None:
    issue = make.issued(county.assessor, second, make.line("T01", "paid_in", "12000"))
    for verb in ("withdraw", "propose", "approve"):
        assert "已下达，不能" in refusal(issue, verb, second)


@pytest.mark.both_engines
def test_the_database_refuses_one_person_for_two(county: cast.County) -> None:
    for decided in ("assessment", ""):
        with pytest.raises(IntegrityError), transaction.atomic():
            Issue.objects.create(
                document="甲", issued=cast.TODAY, year=2023, state="approved",
                proposed_by="assessment", decided_by=decided, entry=1,
            )  # fmt: skip
    with pytest.raises(IntegrityError), transaction.atomic():
        Issue.objects.create(
            document="甲", issued=cast.TODAY, year=2023, state="approved",
            proposed_by="one", decided_by="two",
        )  # fmt: skip


def test_only_the_leader_takes_note_and_only_of_what_was_shown(
    county: cast.County, paid_in: Indicator
) -> None:
    shown = make_indicators.target(county.town, paid_in, "10000")
    later = make_indicators.target(county.town, paid_in, "8", kind="growth")
    foreign = make_indicators.target(county.rival, paid_in, "10000")
    with pytest.raises(services.ActRefusedError, match="只有青溪镇党委书记"):
        services.acknowledge(
            unit=county.town, targets=[shown.pk], scope=cast.scope(county.rival_leader),
            moment=cast.moment(),
        )  # fmt: skip
    scope = cast.scope(county.leader)
    made = services.acknowledge(
        unit=county.town, targets=[shown.pk, foreign.pk], scope=scope, moment=cast.moment()
    )
    assert [row.target for row in made] == [shown]
    assert not Acknowledgement.objects.filter(target__in=[later, foreign]).exists()
    with pytest.raises(services.ActRefusedError, match="没有待签收的目标"):
        services.acknowledge(
            unit=county.town, targets=[shown.pk], scope=scope, moment=cast.moment()
        )
