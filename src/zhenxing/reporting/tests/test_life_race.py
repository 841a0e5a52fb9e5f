"""Fifty decide on one form at the same moment: exactly one decision stands, on both databases."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest
from django.db import connection

from tests import cast
from zhenxing.audit import queries as audit_queries
from zhenxing.indicators.models import Figure
from zhenxing.kernel.problems import Problem
from zhenxing.reporting import services
from zhenxing.reporting.choices import ReturnReason, Status
from zhenxing.reporting.models import Step
from zhenxing.reporting.tests import make, make_life
from zhenxing.reporting.tests.test_submitting import at_once

if TYPE_CHECKING:
    from tests.databases import Database
    from zhenxing.kernel.moments import Moment
    from zhenxing.reporting.models import Submission
    from zhenxing.reporting.services.life import Outcome
    from zhenxing.web.scope import Scope

DECIDERS = 50


def decide(
    number: int, *, submission: Submission, signer: Scope, reviewer: Scope, moment: Moment
) -> Outcome:
    """Sign with an even number, send back with an odd one."""
    if number % 2 == 0:
        return services.sign(submission=submission, scope=signer, moment=moment, base_version=1)
    return services.send_back(
        submission=submission,
        scope=reviewer,
        moment=moment,
        base_version=1,
        reason=ReturnReason.OTHER,
        text="请再核对",
    )


@pytest.mark.both_engines
def test_of_fifty_signing_and_sending_back_at_once_one_wins(real_database: Database) -> None:
    month = make.month(cast.build())
    make.handed_in(month, month.county.reporter)
    make_life.review(month)
    before = Figure.objects.count()
    told = at_once(
        DECIDERS,
        partial(
            decide,
            submission=month.submission(),
            signer=cast.scope(month.county.leader),
            reviewer=cast.scope(month.county.group_leader),
            moment=make_life.later(),
        ),
    )
    won = [done for done in told if isinstance(done, services.Done)]
    assert len(won) == 1, told
    assert sum(isinstance(done, Problem) for done in told) == DECIDERS - 1
    step = Step.objects.exclude(move="review").get()
    assert (step.before, step.after) == (Status.REVIEWED, make_life.status(month))
    assert Figure.objects.count() == before + won[0].figures
    assert audit_queries.verify().first_bad is None
    assert connection.vendor == real_database.engine
