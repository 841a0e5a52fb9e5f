"""Pilot towns: applied for, chosen two and two, reviewed each year, replaced by the rule."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from tests import cast
from zhenxing.accounts.models import User
from zhenxing.assessment.choices import (
    ApplicationState,
    PilotCategory,
    ProposalState,
    Purpose,
    RoundState,
    UseState,
)
from zhenxing.assessment.models import Application, Pilot, Round, Run, RunRow, Use
from zhenxing.assessment.queries import pilots as asking
from zhenxing.assessment.queries.subjects import subjects_of
from zhenxing.assessment.services import applying, piloting, using
from zhenxing.assessment.tests import appeals_make as make
from zhenxing.assessment.tests import rounds_make
from zhenxing.audit import queries as audit_queries
from zhenxing.audit import services as audit
from zhenxing.indicators.models import Indicator
from zhenxing.indicators.tests import make as make_figures
from zhenxing.organisation.services import ActRefusedError
from zhenxing.organisation.tests import make as make_units

if TYPE_CHECKING:
    from zhenxing.assessment.models import PilotProposal
    from zhenxing.organisation.models import Unit

pytestmark = pytest.mark.django_db
SINCE = date(2023, 11, 1)


@pytest.fixture
def round_(county: cast.County) -> Round:
    """Give a selection for which towns may apply."""
    return make.selection(county)


def checked(county: cast.County, round_: Round) -> Round:
    """Run a selection, answer nothing, check it as the second person."""
    round_ = rounds_make.marked(county.assessor, round_)
    round_ = rounds_make.replied(county.assessor, round_)
    second = User.objects.filter(username="assessment-1").first()
    return rounds_make.checked(second or rounds_make.assessor(county, 1), round_)


def signed(person: User, application: Application, day: date = cast.TODAY) -> Application:
    """File an application as it is now."""
    return applying.sign(
        application=application, seen=asking.print_of(application), scope=cast.scope(person),
        moment=cast.moment(day),
    )  # fmt: skip


def proposed(by: User, round_: Round, words: str = "", **picks: str) -> PilotProposal:
    """Propose towns."""
    choice = piloting.Choice(picks, words, "禾试点发〔2023〕9号")
    return piloting.propose(
        round_=round_, choice=choice, scope=cast.scope(by), moment=cast.moment()
    )


def approved(by: User, proposal: PilotProposal) -> list[Pilot]:
    """Approve towns from November on."""
    return piloting.approve(
        proposal=proposal, since=SINCE, scope=cast.scope(by), moment=cast.moment()
    )


def reviewed(county: cast.County, unit: Unit, *grades: str) -> list[Round]:
    """Put published reviews there, one a year up to 2023, each with the unit's grade."""
    edition = rounds_make.edition(
        county.county, make.REVIEW, code="review", name="试点评估", kind="pilot_review",
        subjects="pilots",
    )  # fmt: skip
    made = []
    for year, grade in enumerate(grades, 2024 - len(grades)):
        moment = cast.moment()
        said: dict[str, Any] = {
            "by": "a", "by_name": "甲", "recorded": moment.at, "business_date": cast.TODAY,
        }  # fmt: skip
        with audit.act("test.review", subject="", by=make_figures.BY, moment=moment) as act:
            row = Round.objects.create(
                scheme=edition.scheme, edition=edition, period=str(year), as_of=cast.TODAY,
                opened=cast.TODAY,
            )  # fmt: skip
            [run] = act.seal([Run(
                round=row, edition=edition, number=1, purpose=Purpose.FINAL, period=str(year),
                as_of=cast.TODAY, rules=edition.digest, inputs="{}", inputs_digest="",
                result="{}", result_digest="", engine="1", **said,
            )])  # fmt: skip
            act.seal([RunRow(
                run=run, unit=unit, code=unit.code, name=unit.name, total=Decimal(50), rank=1,
                of=1, grade=grade, **said,
            )])  # fmt: skip
            row.result, row.state, row.published = run, RoundState.PUBLISHED, cast.TODAY
            row.save()
            act.vouch(row)
        made.append(row)
    return made


@pytest.mark.both_engines
def test_towns_apply_are_ranked_proposed_and_approved(county: cast.County) -> None:
    round_ = make.selection(county)
    application = make.apply(county.town_office, round_, county.town)
    assert signed(county.leader, application).state == ApplicationState.FILED
    make.applied(round_, county.rival)
    make.applied(round_, county.plain, PilotCategory.SPECIAL)
    round_ = checked(county, round_)
    first = {each.code: each.category for each in asking.candidates(round_) if each.is_first}
    assert first == {"T01": "central", "T02": "central", "T03": "special"}
    proposal = proposed(county.assessor, round_, "特色镇只有一个镇申报", **first)
    pilots = approved(User.objects.get(username="assessment-1"), proposal)
    assert [(each.unit.code, each.category, each.document, each.since) for each in pilots] == [
        ("T02", "central", "禾试点发〔2023〕9号", SINCE),
        ("T01", "central", "禾试点发〔2023〕9号", SINCE),
        ("T03", "special", "禾试点发〔2023〕9号", SINCE),
    ]
    assert [each.unit.code for each in asking.current_pilots(cast.TODAY)] == []
    assert asking.current_pilots(SINCE).count() == 3
    assert audit_queries.verify().holds


def test_a_town_writes_for_itself_and_its_leader_signs(county: cast.County, round_: Round) -> None:
    for person in (county.stranger, county.leader, county.assessor, county.auditor):
        with pytest.raises(ActRefusedError, match="只为本镇申报"):
            make.apply(person, round_, county.town)
    with pytest.raises(ActRefusedError, match="只为本镇申报"):
        make.apply(county.reporter, round_, county.village)
    application = make.apply(county.reporter, round_, county.town)
    for person in (county.reporter, county.rival_leader, county.assessor):
        with pytest.raises(ActRefusedError, match="本镇主要领导签发"):
            signed(person, application)
    with pytest.raises(ActRefusedError, match="这份申报改过"):
        applying.sign(
            application=application, seen="x", scope=cast.scope(county.leader),
            moment=cast.moment(),
        )  # fmt: skip
    done = signed(county.leader, application)
    with pytest.raises(ActRefusedError, match="不能再签"):
        signed(county.leader, done)
    with pytest.raises(ActRefusedError, match="不能再改"):
        make.apply(county.reporter, round_, county.town)


def test_everything_wrong_with_an_application_is_told_at_once(
    county: cast.County, round_: Round
) -> None:
    with pytest.raises(ActRefusedError) as refused:
        make.apply(county.reporter, round_, county.town, category="both", statement=" ")
    assert [each.where for each in refused.value.problems] == ["申报理由", "申报类别"]
    assert not Application.objects.exists()


def test_an_application_is_rewritten_on_what_was_seen_and_taken_back(
    county: cast.County, round_: Round
) -> None:
    first = make.apply(county.reporter, round_, county.town)
    again = make.apply(county.town_office, round_, county.town, category="special")
    assert (again.pk, again.category, again.papers.count()) == (first.pk, "special", 2)
    with pytest.raises(ActRefusedError, match="别人改过"):
        applying.apply(
            round_=round_, unit=county.town, bid=applying.Bid("central", "好"), seen="",
            scope=cast.scope(county.reporter), moment=cast.moment(),
        )  # fmt: skip
    said: dict[str, Any] = {"scope": cast.scope(county.reporter), "moment": cast.moment()}
    filed = signed(county.leader, again)
    with pytest.raises(ActRefusedError, match="不能由您撤回"):
        applying.withdraw(application=filed, seen=asking.print_of(filed), **said)
    back = applying.withdraw(
        application=filed, seen=asking.print_of(filed), scope=cast.scope(county.leader),
        moment=cast.moment(),
    )  # fmt: skip
    assert back.state == ApplicationState.WITHDRAWN
    anew = make.apply(county.reporter, round_, county.town)
    assert (anew.state, anew.signed_by, anew.filed_on) == (ApplicationState.DRAFT, "", None)
    gone = applying.withdraw(application=anew, seen=asking.print_of(anew), **said)
    with pytest.raises(ActRefusedError, match="不能由您撤回"):
        applying.withdraw(application=gone, seen=asking.print_of(gone), **said)


def test_applications_end_with_their_days_and_belong_to_selections(
    county: cast.County, round_: Round
) -> None:
    Round.objects.filter(pk=round_.pk).update(gather_until=date(2023, 10, 19))
    with pytest.raises(ActRefusedError, match="申报到10月19日"):
        make.apply(county.reporter, round_, county.town)
    Round.objects.filter(pk=round_.pk).update(gather_until=cast.TODAY)
    assert make.apply(county.reporter, round_, county.town).category == "central"
    rounds_make.marked(county.assessor, round_)
    other = rounds_make.opened(county.assessor, rounds_make.edition(county.county))
    with pytest.raises(ActRefusedError, match="不是试点遴选"):
        make.apply(county.reporter, other, county.town)
    Round.objects.filter(pk=round_.pk).update(gather_until=None)
    with pytest.raises(ActRefusedError, match="申报已经结束"):
        signed(county.leader, Application.objects.get())


def test_another_order_than_the_ranks_needs_words(county: cast.County, round_: Round) -> None:
    fourth = make_units.town(county.county, "T04", "云岭镇")
    for code, value in (("fai", "2000"), ("grain", "10")):
        indicator = Indicator.objects.get(code=code)
        make_figures.figure(fourth, indicator, "2023-09", value)
    make_figures.target(fourth, Indicator.objects.get(code="fai"), "10000")
    for unit in (county.town, county.rival, county.plain, fourth):
        make.applied(round_, unit)
    with pytest.raises(ActRefusedError, match="还不能提名单"):
        proposed(county.assessor, round_, T03="central")
    round_ = checked(county, round_)
    for picks, words in (
        ({"T03": "special"}, "没有申报这一类"),
        ({"T09": "central"}, "没有申报这一类"),
        ({"T01": "central", "T02": "central", "T03": "central"}, "最多2个"),
        ({}, "一个镇也没有选"),
        ({"T03": "central", "T01": "central"}, "名单和位次不一致"),
        ({"T03": "central", "T02": "central"}, "没有选满"),
    ):  # fmt: skip
        with pytest.raises(ActRefusedError, match=words):
            proposed(county.assessor, round_, **picks)
    done = proposed(county.assessor, round_, "青溪镇区位更好", T03="central", T01="central")
    assert done.state == ProposalState.PROPOSED
    with pytest.raises(ActRefusedError, match="已经有建议名单"):
        proposed(county.assessor, round_, "再来", T03="central")


def test_a_town_without_a_rank_is_not_picked(county: cast.County, round_: Round) -> None:
    fourth = make_units.town(county.county, "T04", "云岭镇")
    make.applied(round_, fourth)
    round_ = checked_with_note(county, round_)
    [candidate] = asking.candidates(round_)
    assert (candidate.may_be_picked, candidate.is_first) == (False, False)
    with pytest.raises(ActRefusedError, match="没有参加排名"):
        proposed(county.assessor, round_, "试", T04="central")


def checked_with_note(county: cast.County, round_: Round) -> Round:
    """Check a selection in which a town has no total."""
    from zhenxing.assessment.queries import rounds as round_asking  # noqa: PLC0415
    from zhenxing.assessment.services import rounds  # noqa: PLC0415

    round_ = rounds_make.replied(county.assessor, rounds_make.marked(county.assessor, round_))
    run = round_asking.newest_run(round_)
    assert run is not None
    return rounds.check(
        round_=round_, run=run, ticked=round_asking.draw(round_, run).keys,
        note="云岭镇没有数", scope=cast.scope(rounds_make.assessor(county, 1)),
        moment=cast.moment(date(2023, 10, 23)),
    )  # fmt: skip


def test_the_second_person_approves_or_returns(county: cast.County, round_: Round) -> None:
    make.applied(round_, county.plain)
    round_ = checked(county, round_)
    second = User.objects.get(username="assessment-1")
    with pytest.raises(ActRefusedError, match="由组织这项考核的单位办理"):
        proposed(county.leader, round_, "只有一个", T03="central")
    proposal = proposed(county.assessor, round_, "只有一个", T03="central")
    for person in (county.assessor, county.leader, county.auditor):
        with pytest.raises(ActRefusedError, match="另一个人决定"):
            approved(person, proposal)
    back = piloting.decline(
        proposal=proposal, remark="再动员", scope=cast.scope(second), moment=cast.moment()
    )
    assert (back.state, back.remark) == (ProposalState.REFUSED, "再动员")
    with pytest.raises(ActRefusedError, match="这份名单未通过"):
        approved(second, proposal)
    again = proposed(county.assessor, round_, "只有一个", T03="central")
    make.pilot(county.plain)
    with pytest.raises(ActRefusedError, match="一个镇只作一种试点"):
        approved(second, again)
    Round.objects.filter(pk=round_.pk).update(state=RoundState.MARKED)
    with pytest.raises(ActRefusedError, match="结果有变"):
        approved(second, again)


def test_two_years_below_standard_replace_a_pilot_by_the_next_best(
    county: cast.County, round_: Round
) -> None:
    for unit in (county.rival, county.plain):
        make.applied(round_, unit)
    checked(county, round_)
    second = User.objects.get(username="assessment-1")
    pilot = make.pilot(county.town)
    make.pilot(county.plain)
    reviewed(county, county.town, "不合格", "不合格")
    standing = next(each for each in asking.standings(asking.pilots()) if each.below)
    assert standing.is_due
    assert standing.successor is not None
    assert standing.successor.code == "T02"  # T03 ranks before it and is a pilot already
    scope, moment = cast.scope(county.assessor), cast.moment()
    use = piloting.propose_replacement(
        pilot=pilot, document="禾试点发〔2023〕12号", scope=scope, moment=moment
    )
    assert (use.condition, use.words) == ("连续2期不合格", "退出中心镇试点，由石泉镇递补")
    how = piloting.Exit(date(2023, 12, 31), "禾试点发〔2023〕12号")
    with pytest.raises(ActRefusedError, match="已批准的调整替换"):
        piloting.end(pilot=pilot, use=use, how=how, scope=scope, moment=moment)
    use = make.step(using.approve, second, use, note="")
    with pytest.raises(ActRefusedError, match="随试点的退出一并办结"):
        make.step(using.fulfil, county.assessor, use, note="", paper=None)
    early = piloting.Exit(date(2021, 1, 1), "文号")
    with pytest.raises(ActRefusedError, match="早于它成为试点"):
        piloting.end(pilot=pilot, use=use, how=early, scope=scope, moment=moment)
    follows = piloting.end(pilot=pilot, use=use, how=how, scope=scope, moment=moment)
    assert follows is not None
    assert (follows.unit.code, follows.since) == ("T02", date(2024, 1, 1))
    pilot, use = Pilot.objects.get(pk=pilot.pk), Use.objects.get(pk=use.pk)
    assert (pilot.until, pilot.ended, use.state) == (how.until, "连续2期不合格", UseState.DONE)
    with pytest.raises(ActRefusedError, match="已在12月31日"):
        piloting.end(pilot=pilot, use=use, how=how, scope=scope, moment=moment)


def test_a_successor_who_was_not_the_approved_one_does_not_follow(
    county: cast.County, round_: Round
) -> None:
    pilot = make.pilot(county.town)
    reviewed(county, county.town, "不合格", "不合格")
    scope, moment = cast.scope(county.assessor), cast.moment()
    use = piloting.propose_replacement(pilot=pilot, document="", scope=scope, moment=moment)
    assert use.words == "退出中心镇试点，没有可递补的镇，名额空缺"
    use = make.step(using.approve, rounds_make.assessor(county, 2), use, note="")
    make.applied(round_, county.rival)
    checked(county, round_)
    how = piloting.Exit(date(2023, 12, 31), "文号")
    with pytest.raises(ActRefusedError, match="批准的不是由石泉镇递补"):
        piloting.end(pilot=pilot, use=use, how=how, scope=scope, moment=moment)
    alone = piloting.Exit(how.until, how.document, succeeds=False)
    assert piloting.end(pilot=pilot, use=use, how=alone, scope=scope, moment=moment) is None


def test_one_bad_year_or_a_good_one_between_replaces_nobody(county: cast.County) -> None:
    pilot = make.pilot(county.town, since=date(2020, 1, 1))
    reviewed(county, county.town, "不合格", "合格", "不合格")
    [standing] = asking.standings(asking.pilots())
    assert [each.grade for each in standing.reviews] == ["不合格", "合格", "不合格"]
    assert (standing.below, standing.is_due, standing.successor) == (1, False, None)
    with pytest.raises(ActRefusedError, match="还没有连续不合格"):
        piloting.propose_replacement(
            pilot=pilot, document="", scope=cast.scope(county.assessor), moment=cast.moment()
        )


def test_a_review_before_the_town_was_a_pilot_does_not_count(county: cast.County) -> None:
    make.pilot(county.town, since=date(2023, 1, 1))
    reviewed(county, county.town, "不合格", "不合格")
    [standing] = asking.standings(asking.pilots())
    assert (len(standing.reviews), standing.below) == (1, 1)


def test_what_counts_as_below_standard_is_what_the_scheme_says(county: cast.County) -> None:
    edition = rounds_make.edition(county.county, make.REVIEW, code="a", kind="pilot_review")
    assert asking.below_standard(edition) == (frozenset({"不合格"}), 2)
    plain = make.REVIEW.split("consecutive")[0]
    edition = rounds_make.edition(county.county, plain, code="b", kind="pilot_review")
    assert asking.below_standard(edition) == (frozenset({"不合格"}), 2)
    edition = rounds_make.edition(county.county, make.SELECTION, code="c")
    assert asking.below_standard(edition) == (frozenset(), 2)
    edition = rounds_make.edition(county.county, "scheme: 坏", code="d")
    assert asking.below_standard(edition) == (frozenset(), 2)


def test_a_selection_assesses_the_towns_that_applied_by_their_category(
    county: cast.County, round_: Round
) -> None:
    assert len(subjects_of(round_.scheme, cast.TODAY)) == 3
    make.applied(round_, county.rival, PilotCategory.SPECIAL)
    make.apply(county.reporter, round_, county.town)  # not signed: no application yet
    [subject] = subjects_of(round_.scheme, cast.TODAY)
    assert (subject.code, subject.attributes["category"]) == ("T02", "特色镇")
    assert subject.attributes["applied"] == "1"
