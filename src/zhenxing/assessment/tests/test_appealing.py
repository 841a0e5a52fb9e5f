"""Appeals: who brings, files and answers them, and what the second check writes beside."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from tests import cast
from zhenxing.assessment.choices import AppealState, Purpose
from zhenxing.assessment.models import Appeal, AppealPaper
from zhenxing.assessment.queries import appeals as asking
from zhenxing.assessment.services import appealing, rounds
from zhenxing.assessment.tests import appeals_make as make
from zhenxing.assessment.tests import rounds_make
from zhenxing.audit import queries as audit_queries
from zhenxing.indicators.models import Indicator
from zhenxing.indicators.tests import make as make_figures
from zhenxing.organisation.services import ActRefusedError
from zhenxing.reporting.services.wishing import Paper
from zhenxing.targets import queries as target_queries

if TYPE_CHECKING:
    from zhenxing.accounts.models import User
    from zhenxing.assessment.models import Round

pytestmark = pytest.mark.django_db


@pytest.fixture
def round_(county: cast.County) -> Round:
    """Give a round in its days of reply."""
    return make.replied(county)


@pytest.mark.both_engines
def test_an_appeal_is_drafted_filed_answered_and_settled(county: cast.County) -> None:
    round_ = make.replied(county)
    appeal = make.answered(county.department, make.filed(county, round_))
    assert appeal.state == AppealState.ANSWERED
    assert (appeal.before, appeal.department) == ("48.0000", county.statistics)
    assert (appeal.drafted_by, appeal.filed_by) == ("t01-g3-reporter", "t01-leader")
    make_figures.figure(
        county.town, Indicator.objects.get(code="fai"), "2023-09", "7000",
        business_date=cast.TODAY,
    )  # fmt: skip
    rounds_make.run(county.assessor, round_, Purpose.FINAL)
    after = make.UNTIL + timedelta(days=1)
    rounds_make.checked(rounds_make.assessor(county, 1), round_, after)
    appeal.refresh_from_db()
    assert appeal.after == "56.0000"
    assert [step.act for step in appeal.steps.all()] == ["drafted", "filed", "answered"]
    assert AppealPaper.objects.get().file.name == "依据.pdf"
    assert audit_queries.verify().holds


def test_only_the_own_unit_prepares_and_its_leader_files(
    county: cast.County, round_: Round
) -> None:
    for person in (
        county.stranger, county.leader, county.assessor, county.auditor, county.administrator,
        county.department, county.village_reporter,
    ):  # fmt: skip
        with pytest.raises(ActRefusedError, match="只为本单位申诉"):
            make.drafted(person, round_)
    appeal = make.drafted(county.supervisor, round_)
    for person in (county.reporter, county.rival_leader, county.assessor):
        with pytest.raises(ActRefusedError, match="主要领导签发"):
            appealing.file(appeal=appeal, seen=1, scope=cast.scope(person), moment=cast.moment())
    assert asking.unanswered(round_) == 0


def test_the_last_day_counts_and_the_day_after_is_refused_in_words(
    county: cast.County, round_: Round
) -> None:
    appeal = make.drafted(county.reporter, round_)
    late = cast.moment(make.UNTIL + timedelta(days=1))
    with pytest.raises(ActRefusedError, match="申诉到10月25日"):
        appealing.file(appeal=appeal, seen=1, scope=cast.scope(county.leader), moment=late)
    with pytest.raises(ActRefusedError, match="已经过了"):
        appealing.draft(
            round_=round_, code="T01", plea=make.plea(item="grain"),
            scope=cast.scope(county.reporter), moment=late,
        )  # fmt: skip
    last = cast.moment(make.UNTIL)
    done = appealing.file(appeal=appeal, seen=1, scope=cast.scope(county.leader), moment=last)
    assert done.filed_on == make.UNTIL
    assert asking.days_left(round_, make.UNTIL) == 1
    assert asking.days_left(round_, date(2023, 10, 26)) is None


def test_before_and_after_the_days_of_reply_nothing_is_taken(county: cast.County) -> None:
    rounds_make.figures(county)
    round_ = rounds_make.opened(county.assessor, rounds_make.edition(county.county))
    round_ = rounds_make.marked(county.assessor, round_)
    with pytest.raises(ActRefusedError, match="不在申诉期"):
        make.drafted(county.reporter, round_)


def test_an_item_is_appealed_once_until_it_is_withdrawn(county: cast.County, round_: Round) -> None:
    first = make.drafted(county.reporter, round_)
    with pytest.raises(ActRefusedError, match="一项只申诉一次"):
        make.drafted(county.town_office, round_)
    assert make.drafted(county.town_office, round_, item="").before == "84.00"
    appealing.withdraw(
        appeal=first, reason="写错了", seen=1, scope=cast.scope(county.reporter),
        moment=cast.moment(),
    )  # fmt: skip
    assert make.drafted(county.town_office, round_).item == "fai"


def test_everything_wrong_is_told_at_once_and_nothing_is_kept(
    county: cast.County, round_: Round
) -> None:
    with pytest.raises(ActRefusedError) as refused:
        make.drafted(
            county.reporter, round_, words=" ", wish="长" * 201,
            papers=[Paper("空.pdf", b""), *[make.PDF] * 10],
        )  # fmt: skip
    assert [each.where for each in refused.value.problems] == ["理由", "请求", "空.pdf", "材料"]
    with pytest.raises(ActRefusedError, match="没有「gdp」这一项"):
        make.drafted(county.reporter, round_, item="gdp")
    assert not Appeal.objects.exists()


def test_a_draft_is_rewritten_by_its_own_on_what_they_saw(
    county: cast.County, round_: Round
) -> None:
    appeal = make.drafted(county.reporter, round_)
    said: dict[str, Any] = {"appeal": appeal, "moment": cast.moment()}
    saved = appealing.save(
        plea=make.plea(item="grain", papers=()), seen=1,
        scope=cast.scope(county.colleague), **said,
    )  # fmt: skip
    assert (saved.item, saved.before, saved.department) == ("grain", "36.0000", county.farming)
    with pytest.raises(ActRefusedError, match="别人刚办过"):
        appealing.save(plea=make.plea(), seen=1, scope=cast.scope(county.reporter), **said)
    appealing.file(seen=2, scope=cast.scope(county.leader), **said)
    with pytest.raises(ActRefusedError, match="不能再改"):
        appealing.save(plea=make.plea(), seen=3, scope=cast.scope(county.reporter), **said)
    with pytest.raises(ActRefusedError, match="不能再改"):
        appealing.file(seen=3, scope=cast.scope(county.leader), **said)


def test_a_draft_about_a_mark_that_was_taken_back_is_not_filed(
    county: cast.County, round_: Round
) -> None:
    appeal = make.drafted(county.reporter, round_)
    scope, moment = cast.scope(county.assessor), cast.moment()
    back = rounds.reopen(round_=round_, reason="漏了一项", scope=scope, moment=moment)
    run = rounds_make.run(county.assessor, back, Purpose.FINAL)
    rounds.open_replies(round_=back, run=run, until=make.UNTIL, scope=scope, moment=moment)
    with pytest.raises(ActRefusedError, match="不是现在的初评"):
        appealing.file(appeal=appeal, seen=1, scope=cast.scope(county.leader), moment=moment)
    saved = appealing.save(
        appeal=appeal, plea=make.plea(), seen=1, scope=cast.scope(county.reporter), moment=moment
    )
    assert saved.run == run
    done = appealing.file(appeal=saved, seen=2, scope=cast.scope(county.leader), moment=moment)
    assert done.state == AppealState.FILED


def test_the_office_or_the_items_lead_answers_and_nobody_else(
    county: cast.County, round_: Round
) -> None:
    appeal = make.filed(county, round_, item="grain")
    for person in (county.department, county.leader, county.supervisor, county.auditor):
        with pytest.raises(ActRefusedError, match="答复由"):
            make.answered(person, appeal)
    with pytest.raises(ActRefusedError, match="成立的申诉要写明"):
        make.answered(county.assessor, appeal, remedy="")
    with pytest.raises(ActRefusedError, match="没有选"):
        make.answered(county.assessor, appeal, effect="maybe")
    done = make.answered(county.assessor, appeal, effect="refused", remedy="slip", number="x")
    assert (done.effect, done.remedy, done.remedy_number) == ("refused", "", "")
    with pytest.raises(ActRefusedError, match="不能答复"):
        make.answered(county.assessor, done)


def test_a_filed_appeal_is_withdrawn_by_the_leader_alone(
    county: cast.County, round_: Round
) -> None:
    appeal = make.filed(county, round_)
    said: dict[str, Any] = {"appeal": appeal, "seen": 2, "moment": cast.moment()}
    with pytest.raises(ActRefusedError, match="没有写"):
        appealing.withdraw(reason="", scope=cast.scope(county.leader), **said)
    with pytest.raises(ActRefusedError, match="不由您撤回"):
        appealing.withdraw(reason="算了", scope=cast.scope(county.reporter), **said)
    done = appealing.withdraw(reason="已核对", scope=cast.scope(county.leader), **said)
    assert done.state == AppealState.WITHDRAWN
    with pytest.raises(ActRefusedError, match="不能撤回"):
        appealing.withdraw(
            appeal=done, reason="再撤", seen=3, scope=cast.scope(county.leader),
            moment=cast.moment(),
        )  # fmt: skip


def test_an_answer_comes_before_the_result_is_checked(county: cast.County, round_: Round) -> None:
    appeal = make.filed(county, round_)
    rounds.revoke(
        round_=round_, reason="方案有误", scope=cast.scope(county.assessor), moment=cast.moment()
    )
    with pytest.raises(ActRefusedError, match="不再答复"):
        make.answered(county.assessor, appeal)


def test_who_may_appeal_today_is_told_for_whom_and_how_long(
    county: cast.County, round_: Round
) -> None:
    def openings(person: User) -> list[tuple[list[str], int]]:
        scope = cast.scope(person)
        seats = target_queries.seats(scope, cast.TODAY)
        return [
            ([place.code for place in each.places], each.days_left)
            for each in asking.openings(scope, seats, cast.TODAY)
        ]

    assert openings(county.reporter) == [(["T01"], 6)]
    assert openings(county.stranger) == [(["T02"], 6)]
    for person in (county.leader, county.assessor, county.auditor, county.village_reporter):
        assert openings(person) == [], person


def test_each_reads_what_concerns_them(county: cast.County, round_: Round) -> None:
    make.drafted(county.reporter, round_, item="")
    make.filed(county, round_, item="grain")

    def items(person: User) -> list[str]:
        return [each.item for each in asking.appeals(cast.scope(person))]

    assert items(county.reporter) == ["grain", ""]
    assert items(county.assessor) == items(county.auditor) == ["grain"]
    assert items(county.stranger) == items(county.department) == []


def test_a_villages_appeal_is_prepared_below_and_signed_by_the_towns_leader(
    county: cast.County,
) -> None:
    fai = make_figures.indicator("fai", "固定资产投资", county.statistics)
    make_figures.figure(county.village, fai, "2023-09", "30")
    make_figures.figure(county.office, fai, "2023-09", "40")
    text = make.REVIEW.replace("consecutive", "# consecutive").replace("10000", "100")
    edition = rounds_make.edition(
        county.town, text, code="villages", name="村和站所考核", subjects="villages"
    )
    round_ = rounds_make.opened(county.supervisor, edition)
    round_ = rounds_make.replied(county.supervisor, rounds_make.marked(county.supervisor, round_))
    appeal = make.drafted(county.village_reporter, round_, "T01-V01")
    assert (appeal.unit, appeal.department) == (county.village, county.statistics)
    appeal = appealing.file(
        appeal=appeal, seen=1, scope=cast.scope(county.leader), moment=cast.moment()
    )
    with pytest.raises(ActRefusedError, match="答复由"):
        make.answered(county.assessor, appeal)
    assert make.answered(county.supervisor, appeal).effect == "upheld"


def test_who_wrote_an_appeal_does_not_answer_it(county: cast.County, round_: Round) -> None:
    fai = Indicator.objects.get(code="fai")
    make_figures.figure(county.village, fai, "2023-09", "30")
    text = make.REVIEW.replace("consecutive", "# consecutive").replace("10000", "100")
    edition = rounds_make.edition(
        county.town, text, code="villages", name="村和站所考核", subjects="villages"
    )
    own = rounds_make.opened(county.supervisor, edition)
    own = rounds_make.replied(county.supervisor, rounds_make.marked(county.supervisor, own))
    appeal = make.drafted(county.supervisor, own, "T01-V01")
    appeal = appealing.file(
        appeal=appeal, seen=1, scope=cast.scope(county.leader), moment=cast.moment()
    )
    with pytest.raises(ActRefusedError, match="不答复自己的申诉"):
        make.answered(county.supervisor, appeal)
