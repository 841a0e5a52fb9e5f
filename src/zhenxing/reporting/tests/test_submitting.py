"""Handing in: one version at a time, one receipt a token, the loser keeps his text."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from threading import Barrier, Thread
from typing import TYPE_CHECKING
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, connections, transaction

from tests import cast
from zhenxing.audit import queries as audit_queries
from zhenxing.audit.models import Entry, Receipt
from zhenxing.indicators.models import Figure
from zhenxing.kernel.problems import Problem
from zhenxing.reporting import services
from zhenxing.reporting.form.answers import content_from
from zhenxing.reporting.models import Submission, Upload, Version
from zhenxing.reporting.services import Conflict, Handed
from zhenxing.reporting.tests import make

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.databases import Database
    from zhenxing.accounts.models import User

pytestmark = pytest.mark.django_db

SUBMITTERS = 50


def send(
    upload: Upload, by: User, base: int | None = None, day: date = cast.TODAY
) -> Handed | Conflict | Problem:
    return services.submit(
        token=upload.token,
        scope=cast.scope(by, day),
        moment=cast.moment(day),
        base_version=upload.base_version if base is None else base,
    )


def test_one_upload_sent_five_times_makes_one_version(month: make.Month) -> None:
    reporter = month.county.reporter
    upload = make.uploaded(month, reporter)
    told = [send(upload, reporter) for _ in range(5)]
    assert [done.receipt for done in told if isinstance(done, Handed)] == ["T01-202310-G3-0001"] * 5
    assert [done.again for done in told if isinstance(done, Handed)] == [False, *[True] * 4]
    assert (Version.objects.count(), Receipt.objects.count()) == (1, 1)
    assert Entry.objects.filter(action="reporting.submission.submitted").count() == 1


def test_of_two_people_one_wins_and_the_other_sees_both(month: make.Month) -> None:
    first = make.uploaded(month, month.county.reporter)
    theirs = make.filled(make.blank(month.submission()), make.values(online=200))
    second = make.uploaded(month, month.county.colleague, theirs)
    assert isinstance(send(first, month.county.reporter), Handed)
    before = make.row_counts()
    lost = send(second, month.county.colleague)
    assert isinstance(lost, Conflict)
    assert lost.latest is not None
    assert lost.latest.by == "t01-g3-reporter"
    assert make.row_counts() == before
    kept = Upload.objects.get(pk=lost.upload.pk)
    assert (
        content_from(kept.content["values"], kept.content["parts"]).answers["online"].value == 200
    )


def test_the_loser_may_hand_in_on_top_after_looking(month: make.Month) -> None:
    first = make.uploaded(month, month.county.reporter)
    second = make.copy_of(first, month.county.colleague, online=200)
    send(first, month.county.reporter)
    done = send(second, month.county.colleague, base=1)
    assert isinstance(done, Handed)
    assert (done.version.number, done.receipt) == (2, "T01-202310-G3-0002")
    assert month.submission().latest == 2


@pytest.mark.parametrize("base", [2, 7])
def test_a_version_that_is_not_there_is_no_base(month: make.Month, base: int) -> None:
    upload = make.uploaded(month, month.county.reporter)
    lost = send(upload, month.county.reporter, base=base)
    assert isinstance(lost, Conflict)
    assert lost.latest is None


def test_nobody_hands_in_what_another_uploaded(month: make.Month) -> None:
    upload = make.uploaded(month, month.county.reporter)
    with pytest.raises(Upload.DoesNotExist):
        send(upload, month.county.colleague)
    with pytest.raises(Upload.DoesNotExist):
        services.submit(
            token=UUID(int=1),
            scope=cast.scope(month.county.reporter),
            moment=cast.moment(),
            base_version=0,
        )


def test_who_lost_the_post_between_upload_and_submit_is_refused(month: make.Month) -> None:
    reporter = month.county.reporter
    upload = make.uploaded(month, reporter)
    reporter.posts.update(until=cast.TODAY - timedelta(days=1))
    before = make.row_counts()
    done = send(upload, reporter)
    assert isinstance(done, Problem)
    assert "只有本专班的填报员能报送" in done.what
    assert make.row_counts() == before


DUE = date(2023, 10, 25)


@pytest.mark.parametrize(
    ("day", "on_time"),
    [
        (DUE - timedelta(days=1), True),
        (DUE, True),
        (DUE + timedelta(days=1), False),
        (date(2023, 11, 1), False),
    ],
)
def test_the_business_day_decides_whether_it_is_on_time(
    month: make.Month, day: date, *, on_time: bool
) -> None:
    upload = make.uploaded(month, month.county.reporter, moment=cast.moment(day))
    done = send(upload, month.county.reporter, day=day)
    assert isinstance(done, Handed)
    assert done.version.on_time is on_time
    works = Figure.objects.get(indicator__code="works")
    assert works.vintage == ("flash" if day <= date(2023, 10, 31) else "preliminary")


def test_the_last_minute_of_the_due_day_is_on_time(month: make.Month) -> None:
    upload = make.uploaded(month, month.county.reporter)
    done = services.submit(
        token=upload.token,
        scope=cast.scope(month.county.reporter, DUE),
        moment=cast.moment(DUE, 23, 59),
        base_version=0,
    )
    assert isinstance(done, Handed)
    assert done.version.on_time


def test_a_month_closed_between_upload_and_submit_takes_nothing(month: make.Month) -> None:
    upload = make.uploaded(month, month.county.reporter)
    make.close(month)
    before = make.row_counts()
    done = send(upload, month.county.reporter)
    assert isinstance(done, Problem)
    assert "关闭" in done.what
    assert "更正单" in done.next
    assert make.row_counts() == before


def test_a_receipt_stays_the_same_after_the_month_is_closed(month: make.Month) -> None:
    upload = make.uploaded(month, month.county.reporter)
    send(upload, month.county.reporter)
    make.close(month)
    done = send(upload, month.county.reporter)
    assert isinstance(done, Handed)
    assert done.again


def test_a_version_is_never_changed(month: make.Month) -> None:
    version = make.handed_in(month, month.county.reporter).version
    version.on_time = False
    with pytest.raises(DatabaseError, match="只增不改"), transaction.atomic():
        version.save()
    with pytest.raises(DatabaseError, match="只增不改"), transaction.atomic():
        Figure.objects.all().delete()


def test_a_ledger_that_cannot_be_written_leaves_nothing(
    month: make.Month, monkeypatch: pytest.MonkeyPatch
) -> None:
    upload = make.uploaded(month, month.county.reporter)
    before = make.row_counts()

    def broken(*_: object, **__: object) -> None:
        raise OSError("密钥读不出来")

    monkeypatch.setattr("zhenxing.audit.keys.sign", broken)
    with pytest.raises(OSError, match="密钥"):
        send(upload, month.county.reporter)
    assert make.row_counts() == before
    assert month.submission().latest == 0


def at_once(count: int, act: Callable[[int], object]) -> list[object]:
    """Do something in many threads that all start together."""
    barrier = Barrier(count)
    told: list[object] = [None] * count

    def run(number: int) -> None:
        barrier.wait()
        try:
            told[number] = act(number)
        except Exception as error:  # noqa: BLE001  # told to the test
            told[number] = error
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    return told


def send_one_of(
    number: int, *, uploads: list[Upload], people: list[User], base: int
) -> Handed | Conflict | Problem:
    return send(uploads[number], people[number % 2], base)


@pytest.mark.both_engines
def test_of_fifty_submitting_at_once_one_wins_each_version(real_database: Database) -> None:
    """And nobody is overwritten unseen: every loser is told, the chain is whole."""
    month = make.month(cast.build())
    people = [month.county.reporter, month.county.colleague]
    good = make.uploaded(month, people[0])
    uploads = [
        make.copy_of(good, people[number % 2], online=number) for number in range(SUBMITTERS)
    ]
    for version in (1, 2, 3):
        told = at_once(
            SUBMITTERS, partial(send_one_of, uploads=uploads, people=people, base=version - 1)
        )
        won = [done for done in told if isinstance(done, Handed) and not done.again]
        lost = [done for done in told if isinstance(done, Conflict)]
        before = [done for done in told if isinstance(done, Handed) and done.again]
        assert len(won) == 1, [done for done in told if isinstance(done, Exception)][:3]
        assert len(lost) + len(before) == SUBMITTERS - 1
        assert len(before) == version - 1
        assert won[0].version.number == version
    assert Submission.objects.get(pk=good.submission_id).latest == 3
    assert Version.objects.count() == 3
    assert audit_queries.verify().first_bad is None
    assert connection.vendor == real_database.engine


@pytest.mark.both_engines
def test_one_token_sent_five_times_at_once_makes_one(real_database: Database) -> None:
    month = make.month(cast.build())
    reporter = month.county.reporter
    upload = make.uploaded(month, reporter)
    told = at_once(5, lambda _: send(upload, reporter))
    assert {done.receipt for done in told if isinstance(done, Handed)} == {"T01-202310-G3-0001"}
    assert all(isinstance(done, Handed) for done in told), told
    assert sum(done.again for done in told if isinstance(done, Handed)) == 4
    assert Version.objects.count() == 1
    assert connection.vendor == real_database.engine
