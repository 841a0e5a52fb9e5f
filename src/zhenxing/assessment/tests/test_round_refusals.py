"""Runs beside the pages, and what holds a round up."""

from __future__ import annotations

import time
from datetime import date

import pytest
from django.db import connection

from tests import cast
from tests.databases import Database, guards_lifted
from zhenxing.accounts.models import User
from zhenxing.assessment.choices import JobState, Purpose, RoundState
from zhenxing.assessment.models import Claim, Round, RunRow
from zhenxing.assessment.queries import rounds as asking
from zhenxing.assessment.services import rounds, running
from zhenxing.assessment.tests import rounds_make as make
from zhenxing.indicators.tests import make as make_figures
from zhenxing.organisation.services import ActRefusedError

pytestmark = pytest.mark.django_db
LATER = date(2023, 10, 23)


@pytest.mark.both_engines
def test_a_run_goes_on_beside_the_pages(real_database: Database) -> None:
    county = cast.build()
    make.figures(county)
    round_ = make.opened(county.assessor, make.edition(county.county))
    moment = cast.moment()
    job = running.ask_run(
        round_=round_, purpose=Purpose.TRIAL, as_of=cast.TODAY,
        scope=cast.scope(county.assessor), moment=moment,
    )  # fmt: skip
    running.start(job, moment)
    for _ in range(200):
        job.refresh_from_db()
        if job.ended is not None:
            break
        time.sleep(0.1)
    assert (job.state, job.share, job.problems) == (JobState.DONE, 100, [])


@pytest.mark.both_engines
def test_a_run_that_breaks_down_says_so_and_the_page_need_not_wait(
    real_database: Database,
) -> None:
    county = cast.build()
    round_ = make.opened(county.assessor, make.edition(county.county))
    moment = cast.moment()
    job = running.ask_run(
        round_=round_, purpose=Purpose.TRIAL, as_of=cast.TODAY,
        scope=cast.scope(county.assessor), moment=moment,
    )  # fmt: skip
    User.objects.filter(pk=county.assessor.pk).update(username="somebody-else")
    running.start(job, moment)
    for _ in range(200):
        job.refresh_from_db()
        if job.ended is not None:
            break
        time.sleep(0.1)
    assert (job.state, job.problems[0]["what"]) == (
        JobState.FAILED, "程序出错，这一次没有算成，已记入日志",
    )  # fmt: skip


def test_each_step_is_refused_with_what_is_missing(ready: Round, county: cast.County) -> None:
    scope, moment = cast.scope(county.assessor), cast.moment()
    with pytest.raises(ActRefusedError, match="不能开放申诉"):
        make.replied(county.assessor, ready)
    with pytest.raises(ActRefusedError, match="还没有到"):
        running.ask_run(
            round_=ready, purpose=Purpose.TRIAL, as_of=LATER, scope=scope, moment=moment
        )
    trial = make.run(county.assessor, ready, Purpose.TRIAL)
    with pytest.raises(ActRefusedError, match="不是本次考核的初评"):
        rounds.mark(round_=ready, run=trial, scope=scope, moment=moment)
    marked = make.marked(county.assessor, ready)
    with pytest.raises(ActRefusedError, match="已经过去"):
        make.replied(county.assessor, marked, date(2023, 10, 1))
    back = rounds.reopen(round_=marked, reason="评分有误", scope=scope, moment=moment)
    assert (back.state, back.result) == (RoundState.GATHERING, None)


def test_an_open_claim_and_an_empty_document_hold_the_round_up(
    ready: Round, county: cast.County
) -> None:
    second = make.assessor(county, 1)
    claim = Claim.objects.create(
        number="S1", unit=county.town, code="T01", kind="bonus", event="试点示范",
        day=date(2023, 8, 1), words="试点", proposed_by="a", proposed_name="甲",
        proposed_on=date(2023, 8, 2),
    )  # fmt: skip
    round_ = make.replied(county.assessor, make.marked(county.assessor, ready))
    with pytest.raises(ActRefusedError, match="1件事项还没有认定"):
        make.checked(second, round_)
    Claim.objects.filter(pk=claim.pk).update(state="withdrawn")
    round_ = make.checked(second, round_)
    with pytest.raises(ActRefusedError, match="没有填写"):
        rounds.publish(
            round_=round_, document=" ", scope=cast.scope(second), moment=cast.moment(LATER)
        )
    with pytest.raises(ActRefusedError, match="考核办"):
        rounds.publish(
            round_=round_, document="文", scope=cast.scope(county.leader),
            moment=cast.moment(LATER),
        )  # fmt: skip


def test_a_result_changed_behind_the_site_is_neither_checked_nor_published(
    ready: Round, county: cast.County
) -> None:
    second = make.assessor(county, 1)
    round_ = make.replied(county.assessor, make.marked(county.assessor, ready))
    row = RunRow.objects.get(run=round_.result, code="T01")
    with guards_lifted(connection):
        RunRow.objects.filter(pk=row.pk).update(total=99)
    with pytest.raises(ActRefusedError, match="与存档不同"):
        make.checked(second, round_)
    with guards_lifted(connection):
        RunRow.objects.filter(pk=row.pk).update(total=row.total)
    round_ = make.checked(second, round_)
    with guards_lifted(connection):
        RunRow.objects.filter(pk=row.pk).update(rank=1)
    with pytest.raises(ActRefusedError, match="校验值不符"):
        make.published(second, round_)


def test_a_towns_own_scheme_is_run_by_its_office_and_decided_by_its_deputy(
    county: cast.County,
) -> None:
    fai = make_figures.indicator("fai", "固定资产投资", county.statistics)
    make_figures.indicator("grain", "粮食产量", county.farming)
    make_figures.figure(county.village, fai, make.PERIOD, "10")
    make_figures.target(county.village, fai, "20")
    of = make.edition(county.town, code="village", subjects="villages")
    with pytest.raises(ActRefusedError, match="考核办"):
        make.opened(county.assessor, of)
    round_ = make.opened(county.supervisor, of)
    round_ = make.replied(county.supervisor, make.marked(county.supervisor, round_))
    newest = asking.newest_run(round_)
    assert newest is not None
    round_ = rounds.check(
        round_=round_, run=newest, ticked=asking.draw(round_, newest).keys, note="缺粮食数",
        scope=cast.scope(county.town_office), moment=cast.moment(LATER),
    )  # fmt: skip
    assert make.published(county.town_office, round_).is_published
