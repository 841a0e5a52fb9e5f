"""The day's round is done by whoever comes first, changes nothing twice, and stops at nothing."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.contrib.auth.signals import user_logged_in
from django.test import RequestFactory

from tests import cast
from zhenxing.audit.models import Entry
from zhenxing.jobs import services as jobs
from zhenxing.kernel.moments import Moment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_django import DjangoCaptureOnCommitCallbacks

pytestmark = pytest.mark.django_db

NOVEMBER = date(2023, 11, 15)


@pytest.fixture(autouse=True)
def _forgotten() -> Iterator[None]:
    """Let no test meet the round of another."""
    jobs.forget()
    yield
    jobs._jobs.pop("测试", None)
    jobs.forget()


def sign_in(person: object, moment: Moment | None) -> None:
    """Sign somebody in through the door, at a moment."""
    request = RequestFactory().get("/")
    if moment:
        vars(request)["moment"] = moment
    user_logged_in.send(sender=type(person), request=request, user=person)


def said(outcomes: list[jobs.Outcome]) -> list[str]:
    """Give what was done, without the jobs that found nothing."""
    return [f"{each.label}：{sentence}" for each in outcomes for sentence in each.done]


def test_a_round_opens_what_is_due_and_a_second_one_nothing(county: cast.County) -> None:
    moment = cast.moment(NOVEMBER)
    assert said(jobs.run(moment)) == ["开始到期的填报：2023年11月填报，11月27日（周一）24时截止"]
    entries = Entry.objects.count()
    assert said(jobs.run(moment)) == []
    assert Entry.objects.count() == entries


def test_the_first_sign_in_of_a_day_does_the_round(
    county: cast.County, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    seen: list[Moment] = []

    def look(moment: Moment) -> list[str]:
        seen.append(moment)
        return []

    jobs.every_day("测试", look)
    with django_capture_on_commit_callbacks(execute=True):
        sign_in(county.reporter, cast.moment())
        sign_in(county.leader, cast.moment())
        sign_in(county.leader, cast.moment(NOVEMBER))
    assert [moment.business_date for moment in seen] == [cast.TODAY, NOVEMBER]


def test_a_sign_in_without_a_moment_does_nothing(
    county: cast.County, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks() as waiting:
        sign_in(county.reporter, None)
    assert waiting == []


def test_a_job_that_fails_stops_no_other_and_is_tried_again(county: cast.County) -> None:
    jobs.every_day("测试", lambda _: [str(1 // 0)])
    outcomes = {each.label: each for each in jobs.run_once(cast.moment(NOVEMBER))}
    assert outcomes["测试"].failed.startswith("ZeroDivisionError")
    assert outcomes["开始到期的填报"].done
    assert jobs.run_once(cast.moment(NOVEMBER))
    jobs.every_day("测试", lambda _: [])
    assert jobs.run_once(cast.moment(NOVEMBER))
    assert jobs.run_once(cast.moment(NOVEMBER)) == []
