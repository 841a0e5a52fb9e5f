"""The page says how the site is, and what somebody should look at."""

from __future__ import annotations

from collections import namedtuple
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.test import Client

from tests import cast
from zhenxing.kernel.moments import Moment
from zhenxing.operations import choices, health, services
from zhenxing.operations.health import LATE, WATCH, Line
from zhenxing.operations.tests.make import AT
from zhenxing.organisation.models import CalendarYear

if TYPE_CHECKING:
    from pytest_django import Settings

    from tests.databases import Database

DAY = date(2024, 5, 6)


def line(label: str, *, day: date = DAY, after: timedelta = timedelta()) -> Line:
    found = health.health(AT + after, day)
    return next(each for each in (*found.running, *found.kept) if each.label == label)


def drilled(action: str, **more: object) -> None:
    told = {"rows": 12345, "seconds": 7, "faults": [], **more}
    moment = Moment(AT, DAY)
    services.record(action, subject="own.zip", moment=moment, details=told)


def backed_up() -> None:
    told = {"sealed": True, "head": 99}
    moment = Moment(AT, DAY)
    services.record(choices.BACKUP_MADE, subject="kept.zxb", moment=moment, details=told)


@pytest.mark.both_engines
def test_it_names_the_database_and_that_it_loses_nothing(real_database: Database) -> None:
    found = health.health(AT, DAY)
    values = {each.label: each for each in found.running}
    name = "SQLite 3." if real_database.engine == "sqlite" else "PostgreSQL 18"
    assert values["数据库"].value.startswith(name)
    assert values["断电不丢"].state == ""
    assert values["账本"].value == "还没有条目"


@pytest.mark.django_db
def test_a_site_without_backup_or_drill_is_told_so() -> None:
    assert (line("上次备份").state, line("上次恢复演练").state) == (LATE, WATCH)
    assert "zhenxing backup" in line("上次备份").note
    watched = health.health(AT, DAY).watched
    assert watched[0].state == LATE
    assert [each.state for each in watched] == sorted(each.state for each in watched)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("hours", "state"), [(0, ""), (26, ""), (27, WATCH), (72, WATCH), (73, LATE)]
)
def test_a_backup_ages(hours: int, state: str) -> None:
    backed_up()
    found = line("上次备份", after=timedelta(hours=hours))
    assert found.state == state
    assert found.value == "2024-05-06 17:30，kept.zxb，已加密，账本到第99条"


@pytest.mark.django_db
@pytest.mark.parametrize(("days", "state"), [(8, ""), (9, WATCH), (31, WATCH), (32, LATE)])
def test_a_drill_ages(days: int, state: str) -> None:
    drilled(choices.DRILL_DONE)
    found = line("上次恢复演练", after=timedelta(days=days))
    assert (found.state, "通过，12,345行，用时7秒" in found.value) == (state, True)


@pytest.mark.django_db
def test_a_drill_that_failed_is_pressing() -> None:
    drilled(choices.DRILL_DONE)
    drilled(choices.DRILL_FAILED, faults=["表x与备份时不同"])
    assert line("上次恢复演练").state == LATE
    assert "没有通过：表x与备份时不同" in line("上次恢复演练").note


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("day", "state", "note"),
    [
        (date(2024, 10, 31), "", ""),
        (date(2024, 11, 1), WATCH, "2025年的还没有"),
        (date(2025, 1, 1), LATE, "2025年的还没有"),
    ],
)
def test_it_waits_for_next_years_holidays_from_november_on(
    day: date, state: str, note: str
) -> None:
    CalendarYear.objects.create(year=2024, announced=True, basis="通知")
    CalendarYear.objects.create(year=2025, announced=False)
    found = line("放假安排", day=day)
    assert (found.state, found.note.startswith(note)) == (state, True)


Usage = namedtuple("Usage", "total used free")


@pytest.mark.django_db
@pytest.mark.parametrize(("free", "state"), [(50, ""), (14, WATCH), (4, LATE)])
def test_a_full_disk_is_told_before_it_is_full(
    monkeypatch: pytest.MonkeyPatch, free: int, state: str
) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda _: Usage(100, 100 - free, free))
    assert line("数据盘").state == state


@pytest.mark.django_db
def test_heads_beside_the_data_are_told(settings: Settings, tmp_path: Path) -> None:
    settings.DATA = tmp_path / "data"
    settings.DATA.mkdir()
    settings.HEADS_FILE = tmp_path / "data" / "heads.log"
    assert line("外存链头").state == WATCH
    settings.HEADS_FILE = tmp_path / "elsewhere.log"
    assert line("外存链头").state == ""


def test_the_keepers_see_the_page(county: cast.County) -> None:
    backed_up()
    for person, status in (
        (county.administrator, 200),
        (county.auditor, 200),
        (county.leader, 403),
    ):
        client = Client()
        cast.sign_in(client, person)
        page = client.get("/system/")
        assert page.status_code == status
        assert ("kept.zxb" in page.content.decode()) is (status == 200)
