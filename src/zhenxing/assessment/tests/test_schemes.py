"""A scheme's editions: drafted, proposed, issued by a second person, never written again."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests import cast
from zhenxing.assessment.models import Edition
from zhenxing.assessment.queries import schemes as asking
from zhenxing.assessment.services import schemes as services
from zhenxing.assessment.tests import rounds_make, schemes_make
from zhenxing.assessment.tests.schemes_make import TEXT, WRONG, begun, issued, said
from zhenxing.audit import queries as audit_queries
from zhenxing.audit.models import Entry
from zhenxing.indicators.tests import make as make_figures
from zhenxing.organisation.services import ActRefusedError
from zhenxing.targets import queries as target_queries

if TYPE_CHECKING:
    from collections.abc import Callable

    from zhenxing.accounts.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def second(county: cast.County) -> User:
    """Give a second person of the assessment office."""
    return rounds_make.assessor(county, 1)


def refused(verb: Callable[..., Edition], edition: Edition, by: User, **more: object) -> str:
    """Try a verb that must be refused; give its words."""
    with pytest.raises(ActRefusedError) as caught:
        verb(**said(edition, by), **more)
    edition.refresh_from_db()
    return "".join(problem.sentence for problem in caught.value.problems)


@pytest.mark.both_engines
def test_two_persons_issue_an_edition_and_the_ledger_holds_it(county: cast.County) -> None:
    other = rounds_make.assessor(county, 1)
    done = issued(begun(county), county.assessor, other)
    assert (done.state, done.issued, done.number) == ("issued", cast.TODAY, 1)
    assert (done.proposed_by, done.decided_by) == (county.assessor.username, other.username)
    assert (done.title, done.document, done.year) == ("镇考核办法", "禾考发〔2023〕9号", 2023)
    assert Entry.objects.filter(
        sequence=done.entry or 0, action="assessment.scheme.issued"
    ).exists()
    assert audit_queries.verify().holds


def test_issued_text_is_never_written_again(county: cast.County, second: User) -> None:
    done = issued(begun(county), county.assessor, second)
    assert "不再改" in refused(services.save, done, county.assessor, text="改")
    assert "不能" in refused(services.withdraw, done, county.assessor)
    assert done.text == TEXT
    following = services.revise(
        scheme=done.scheme, text=done.text, scope=cast.scope(second), moment=cast.moment()
    )
    assert following.number == 2


def test_an_edition_changed_behind_the_sites_back_is_not_issued(
    county: cast.County, second: User
) -> None:
    row = services.propose(**said(begun(county), county.assessor))  # type: ignore[arg-type]
    Edition.objects.filter(pk=row.pk).update(text=TEXT.replace("60", "59").replace("40,", "41,"))
    assert "校验码对不上" in refused(services.approve, row, second)


def test_a_draft_with_an_error_goes_nowhere(county: cast.County, second: User) -> None:
    assert "不认识的项" in refused(services.propose, begun(county, WRONG), county.assessor)


def test_whoever_had_a_hand_in_it_does_not_approve(county: cast.County, second: User) -> None:
    row = begun(county)
    row = services.save(**said(row, second), text=TEXT)  # type: ignore[arg-type]
    row = services.propose(**said(row, county.assessor))  # type: ignore[arg-type]
    assert "不能批准" in refused(services.approve, row, second)
    assert "不能批准" in refused(services.approve, row, county.assessor)
    third = rounds_make.assessor(county, 2)
    assert services.approve(**said(row, third)).is_issued  # type: ignore[arg-type]


def test_a_stale_save_keeps_both_texts(county: cast.County, second: User) -> None:
    row = begun(county)
    services.save(**said(row, second), text=TEXT + "# 乙\n")  # type: ignore[arg-type]
    with pytest.raises(ActRefusedError, match="别人刚改过"):
        services.save(**said(row, county.assessor), text=TEXT + "# 甲\n")  # type: ignore[arg-type]
    row.refresh_from_db()
    assert row.text.endswith("# 乙\n")


def test_it_is_returned_with_words_and_may_be_given_up(county: cast.County, second: User) -> None:
    row = services.propose(**said(begun(county), county.assessor))  # type: ignore[arg-type]
    assert "请写明" in refused(services.send_back, row, second, remark=" ")
    assert "不能批准" in refused(services.send_back, row, county.leader, remark="不同意")
    row = services.send_back(**said(row, second), remark="分值再议")  # type: ignore[arg-type]
    assert (row.is_draft, row.remark) == (True, "分值再议")
    row = services.propose(**said(row, county.assessor))  # type: ignore[arg-type]
    row = services.send_back(**said(row, county.assessor), remark="自己收回")  # type: ignore[arg-type]
    assert services.withdraw(**said(row, county.assessor)).state == "withdrawn"  # type: ignore[arg-type]
    again = services.revise(
        scheme=row.scheme, text="甲", scope=cast.scope(second), moment=cast.moment()
    )
    assert (again.number, again.title, again.year) == (2, "镇考核办法", 2023)


def test_one_edition_at_a_time_is_worked_on(county: cast.County, second: User) -> None:
    row = begun(county)
    with pytest.raises(ActRefusedError, match="还没有办完"):
        services.revise(
            scheme=row.scheme, text=TEXT, scope=cast.scope(second), moment=cast.moment()
        )


def test_a_second_edition_of_a_year_says_why(county: cast.County, second: User) -> None:
    first = issued(begun(county), county.assessor, second)
    row = services.revise(
        scheme=first.scheme, text=TEXT, scope=cast.scope(second), moment=cast.moment()
    )
    assert "没有写为什么再改" in refused(services.propose, row, second)
    row = services.save(**said(row, second), text=TEXT, reason="县委会议议定")  # type: ignore[arg-type]
    assert services.propose(**said(row, second)).is_proposed  # type: ignore[arg-type]


def test_a_town_keeps_its_own_schemes_and_its_office_decides(county: cast.County) -> None:
    row = begun(county, by=county.supervisor, owner=county.town)
    row = services.propose(**said(row, county.supervisor))  # type: ignore[arg-type]
    assert "不能批准" in refused(services.approve, row, county.assessor)
    assert services.approve(**said(row, county.town_office)).is_issued  # type: ignore[arg-type]


@pytest.mark.parametrize("role", list("ADLGFVCX"))
def test_nobody_else_drafts(county: cast.County, role: str) -> None:
    with pytest.raises(ActRefusedError, match="考核方案由考核办拟定"):
        begun(county, by=county.of_role(role))


def test_no_office_drafts_for_another(county: cast.County) -> None:
    with pytest.raises(ActRefusedError, match="考核方案由考核办拟定"):
        begun(county, by=county.assessor, owner=county.town)
    with pytest.raises(ActRefusedError, match="考核方案由考核办拟定"):
        begun(county, by=county.supervisor, owner=county.rival)


def test_what_is_missing_from_a_new_scheme_is_told_at_once(county: cast.County) -> None:
    with pytest.raises(ActRefusedError) as caught:
        services.begin(
            particulars=services.Particulars(" ", "", "", "H00"),
            text=TEXT,
            scope=cast.scope(county.assessor),
            moment=cast.moment(),
        )
    assert [each.where for each in caught.value.problems] == ["方案名称", "类别", "考核对象"]
    with pytest.raises(ActRefusedError, match="没有这个单位"):
        services.begin(
            particulars=services.Particulars("甲", "year", "towns", "Z99"),
            text=TEXT,
            scope=cast.scope(county.assessor),
            moment=cast.moment(),
        )


def test_a_text_without_end_is_refused(county: cast.County) -> None:
    long = "甲" * 200_001
    assert "拆开" in refused(services.save, begun(county), county.assessor, text=long)


def test_a_name_outside_the_dictionary_is_a_warning_with_its_line(county: cast.County) -> None:
    found = asking.checked(TEXT)
    assert [(each.where, each.level) for each in found.problems] == [("方案 第7行", "warning")]
    make_figures.indicator("fai", "固定资产投资", county.statistics)
    assert asking.checked(TEXT).problems == ()
    told = asking.checked(f"{TEXT}veto: [{{when: strange > 0, effect: 不排名}}]\n").problems
    assert any("「strange」" in each.what for each in told)


def test_drafts_are_for_those_who_work_on_them(county: cast.County, second: User) -> None:
    def opened(person: User) -> set[str]:
        scope = cast.scope(person)
        seats = target_queries.seats(scope, cast.TODAY)
        return {each.scheme.owner.code for each in asking.editions_visible(scope, seats)}

    begun(county)
    begun(county, by=county.supervisor, owner=county.town)
    assert opened(county.assessor) == {"H00"}
    assert opened(county.supervisor) == {"T01"}
    assert opened(county.town_office) == {"T01"}
    assert opened(county.auditor) == {"H00", "T01"}
    for person in (county.leader, county.department, county.reporter, county.rival_leader):
        assert opened(person) == set()


def test_an_edition_after_its_period_began_is_late(county: cast.County, second: User) -> None:
    done = issued(begun(county), county.assessor, second)
    told = asking.issued_late(done, date(2023, 9, 1))
    assert "第1版2023年10月20日（周五）发布" in told
    assert "2023年9月1日（周五）晚49天" in told
    assert asking.issued_late(done, cast.TODAY) == ""
    assert asking.issued_late(begun(county), date(2023, 9, 1)) == ""
    assert asking.in_force(done.scheme, "2023-12", date(2023, 12, 31)) == done
    assert schemes_make.WRONG != TEXT
