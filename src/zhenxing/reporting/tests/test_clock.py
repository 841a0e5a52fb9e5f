"""The deadline is midnight in Shanghai, to the second; a clock set back opens nothing."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from tests import cast
from zhenxing.audit.models import Entry
from zhenxing.kernel.moments import Moment
from zhenxing.kernel.problems import Problem
from zhenxing.organisation import queries as organisation_queries
from zhenxing.reporting import services
from zhenxing.reporting.models import Call, Submission, Upload, Version
from zhenxing.reporting.tests import make, make_calls

if TYPE_CHECKING:
    from zhenxing.accounts.models import User

SHANGHAI = ZoneInfo("Asia/Shanghai")
POSTS = 1_000
ALARM = "site.clock.stepped_back"

# Due days of every kind: plain, year end, leap day, the day before a holiday, a make-up Saturday.
DUE = (
    date(2023, 10, 25), date(2023, 12, 31), date(2024, 2, 29), date(2024, 9, 30), date(2023, 9, 28),
)  # fmt: skip


def real(at: datetime) -> Moment:
    """Give a moment as a request on a real site has it: its day is the day in Shanghai."""
    return Moment(at, organisation_queries.business_date(None, timezone.localdate(at)))


def midnight_after(due: date) -> datetime:
    """Give the end of a due day."""
    end = due + timedelta(days=1)
    return datetime(end.year, end.month, end.day, tzinfo=SHANGHAI)


def posted(upload: Upload, by: User, moment: Moment) -> Version:
    """Hand an upload in at a moment."""
    done = services.submit(
        token=upload.token, scope=cast.scope(by), moment=moment, base_version=upload.base_version
    )
    assert isinstance(done, services.Handed), done
    return done.version


@pytest.mark.both_engines
@pytest.mark.django_db
@pytest.mark.parametrize("due", DUE)
def test_two_seconds_decide(month: make.Month, due: date) -> None:
    Call.objects.filter(pk=month.october.pk).update(due=due, opens=date(2023, 1, 1))
    end, by = midnight_after(due), month.county.reporter
    upload = make.uploaded(month, by, moment=real(end - timedelta(hours=1)))
    base = upload.base_version
    for seconds, on_time in ((-2, True), (0, False), (2, False)):
        again = make.copy_of(upload, by)
        Upload.objects.filter(pk=again.pk).update(base_version=base)
        again.content["parts"]["done"] = f"第{seconds}秒"
        again.base_version = base
        again.save(update_fields=["content"])
        version = posted(again, by, real((end + timedelta(seconds=seconds)).astimezone(UTC)))
        assert (version.on_time, version.due) == (on_time, due), seconds
        base = version.number


@pytest.mark.django_db
def test_of_a_thousand_posts_none_is_misjudged(month: make.Month) -> None:
    by, chance = month.county.farm_reporter, random.Random(25)  # noqa: S311  # no secret
    submission, wrong = month.submission("T01-G2"), []
    for number in range(POSTS):
        due = chance.choice(DUE)
        Call.objects.filter(pk=month.october.pk).update(due=due, opens=date(2023, 1, 1))
        offset = timedelta(microseconds=chance.randint(-2_000_000, 1_999_999))
        at = (midnight_after(due) + offset).astimezone(chance.choice((UTC, SHANGHAI)))
        Submission.objects.filter(pk=submission.pk).update(latest=number, status="not_started")
        version = posted(words_alone(submission, number, by, at), by, real(at))
        if version.on_time != (offset < timedelta()):
            wrong.append((due, offset))
    assert wrong == []
    assert Version.objects.filter(submission=submission).count() == POSTS


def words_alone(submission: Submission, base: int, by: User, at: datetime) -> Upload:
    """Keep a form of a group that answers for no indicator: its four parts."""
    content = {"values": {}, "parts": make.PARTS | {"done": f"第{base}次"}, "remarks": []}
    return Upload.objects.create(
        submission=submission, base_version=base, content=content, by=by, at=at
    )


@pytest.mark.django_db
def test_an_extension_moves_the_same_midnight(month: make.Month) -> None:
    until, by = date(2023, 10, 30), month.county.reporter
    Submission.objects.filter(pk=month.submission().pk).update(extended_to=until)
    end = midnight_after(until)
    upload = make.uploaded(month, by)
    assert posted(upload, by, real(end - timedelta(seconds=2))).on_time
    late = make.uploaded(
        month, by, make.filled(make.blank(month.submission()), make.values(works=1))
    )
    assert not posted(late, by, real(end + timedelta(seconds=2))).on_time


@pytest.mark.django_db
def test_whoever_reads_the_clock_elsewhere_is_judged_in_shanghai(month: make.Month) -> None:
    # 16:30 in London is past midnight here.
    at = datetime(2023, 10, 25, 16, 30, tzinfo=UTC)
    assert real(at).business_date == date(2023, 10, 26)
    assert real(at - timedelta(hours=1)).business_date == date(2023, 10, 25)


def stepped(back: timedelta) -> Moment:
    """Give the moment of a server whose clock was set back from the ledger's latest entry."""
    latest = Entry.objects.latest("sequence").at
    return Moment(latest - back, date(2023, 11, 16))


@pytest.mark.both_engines
@pytest.mark.django_db
def test_a_clock_set_back_opens_nothing_and_leaves_an_alarm(month: make.Month) -> None:
    with make.sealed():
        pass
    with pytest.raises(RuntimeError, match="拨回"):
        services.open_due_calls(stepped(timedelta(hours=1)))
    assert not Call.objects.filter(code="2023-11").exists()
    alarm = Entry.objects.get(action=ALARM)
    assert "reporting.call.opened" in alarm.details
    assert (alarm.actor, alarm.sentence) == ("calendar", "服务器时钟被拨回")


@pytest.mark.django_db
def test_one_alarm_for_one_setting_back(month: make.Month) -> None:
    with make.sealed():
        pass
    moment = stepped(timedelta(hours=1))
    for _ in range(3):
        with pytest.raises(RuntimeError):
            services.open_due_calls(moment)
    assert Entry.objects.filter(action=ALARM).count() == 1
    right = Moment(moment.at + timedelta(hours=1, seconds=1), moment.business_date)
    assert services.open_due_calls(right)
    latest = Entry.objects.latest("sequence").at
    again = Moment(latest - timedelta(hours=1), date(2023, 12, 16))
    with pytest.raises(RuntimeError):
        services.open_due_calls(again)
    assert Entry.objects.filter(action=ALARM).count() == 2


@pytest.mark.django_db
def test_requests_that_waited_for_one_another_are_no_alarm(month: make.Month) -> None:
    with make.sealed():
        pass
    assert services.open_due_calls(stepped(timedelta(seconds=20)))
    assert not Entry.objects.filter(action=ALARM).exists()


@pytest.mark.django_db
def test_a_clock_set_back_closes_nothing_and_gives_no_days(month: make.Month) -> None:
    second = make_calls.second_assessor(month.county)
    with make.sealed():
        pass
    latest = Entry.objects.latest("sequence").at
    back = Moment(latest - timedelta(hours=1), make.DAY_AFTER)
    for by in (month.county.assessor, second):
        done = services.propose_closing(call=month.october, scope=cast.scope(by), moment=back)
        assert isinstance(done, Problem)
        assert "可能被拨回过" in done.what
    asked = services.ask_extension(
        submission=month.submission(),
        until=date(2023, 10, 30),
        reason="停电",
        scope=cast.scope(month.county.reporter),
        moment=Moment(back.at, cast.TODAY),
    )
    assert isinstance(asked, Problem)
    assert month.submission().call.closing_proposed_by == ""
