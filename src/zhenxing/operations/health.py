"""How the site is, for those who keep it: a value, and whether somebody should look at it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import connection
from django.utils.timezone import localtime

import zhenxing
from zhenxing.audit.models import Entry
from zhenxing.jobs import services as jobs
from zhenxing.operations import backups, choices
from zhenxing.organisation.models import CalendarYear

if TYPE_CHECKING:
    from datetime import date, datetime

FINE, WATCH, LATE = "", "watch", "late"
GIGABYTE = 1024**3
DURABLE = ("fsync", "full_page_writes", "synchronous_commit")
# A timer makes a backup a day and a drill a week; a little more is a timer that ran late.
BACKUP_AFTER, BACKUP_LATE = timedelta(hours=26), timedelta(days=3)
DRILL_AFTER, DRILL_LATE = timedelta(days=8), timedelta(days=31)
SPACE_WATCHED, SPACE_SHORT = 0.15, 0.05
MONTHS_AHEAD = 11  # from November on, next year's holidays are due from the State Council


@dataclass(frozen=True)
class Line:
    """One thing about the site: what it is called, how it is, whether to look at it, and why."""

    label: str
    value: str
    state: str = FINE
    note: str = ""


@dataclass(frozen=True)
class Health:
    """The page's two panels and its verdict."""

    running: list[Line]
    kept: list[Line]

    @property
    def watched(self) -> list[Line]:
        """What somebody should look at, the pressing first."""
        found = [line for line in (*self.running, *self.kept) if line.state]
        return sorted(found, key=lambda line: line.state != LATE)


def health(at: datetime, day: date) -> Health:
    """Look at everything now."""
    return Health(
        running=[_edition(), *_database(), _disk(), _ledger(), _calendar(day), _jobs()],
        kept=[_backup(at), _drill(at), *_places()],
    )


def _edition() -> Line:
    return Line("版本", zhenxing.__version__)


def _database() -> list[Line]:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT sqlite_version()")
            version = f"SQLite {cursor.fetchone()[0]}"
            cursor.execute("PRAGMA synchronous")
            full = int(cursor.fetchone()[0]) >= len(("NORMAL", "FULL"))
            cursor.execute("PRAGMA journal_mode")
            told = f"synchronous {'FULL' if full else 'NORMAL 或更低'}，日志 {cursor.fetchone()[0]}"
            return [Line("数据库", version), Line("断电不丢", told, FINE if full else LATE)]
        cursor.execute("SHOW server_version")
        version = f"PostgreSQL {cursor.fetchone()[0]}"
        cursor.execute(
            "SELECT name, setting FROM pg_settings WHERE name = ANY(%s) ORDER BY name",
            [list(DURABLE)],
        )
        found = dict(cursor.fetchall())
    told = "，".join(f"{name} {value}" for name, value in found.items())
    bad = any(value in {"off", "local"} for value in found.values())
    return [Line("数据库", version), Line("断电不丢", told, LATE if bad else FINE)]


def _disk() -> Line:
    free, total = backups.space(Path(settings.DATA))
    share = free / total
    value = f"剩{free / GIGABYTE:.1f}GB，占{share:.0%}"
    if share < SPACE_SHORT:
        return Line("数据盘", value, LATE, "写满后不能填报，请马上腾出空间")
    if share < SPACE_WATCHED:
        return Line("数据盘", value, WATCH, "请安排扩容或清理")
    return Line("数据盘", value)


def _ledger() -> Line:
    last = Entry.objects.order_by("-sequence").first()
    if last is None:
        return Line("账本", "还没有条目", WATCH)
    return Line("账本", f"到第{last.sequence:,}条，末条 {last.hash[:16]}…")


def _calendar(day: date) -> Line:
    announced = set(CalendarYear.objects.filter(announced=True).values_list("year", flat=True))
    wanted = [day.year, day.year + 1] if day.month >= MONTHS_AHEAD else [day.year]
    lacking = [str(year) for year in wanted if year not in announced]
    shown = "、".join(f"{year}年" for year in sorted(announced)[-3:]) or "没有"
    if not lacking:
        return Line("放假安排", f"已有{shown}")
    return Line(
        "放假安排",
        f"已有{shown}",
        LATE if str(day.year) in lacking else WATCH,
        f"{'、'.join(lacking)}年的还没有，截止日只按周一至周五推算",
    )


def _jobs() -> Line:
    labels = jobs.labels()
    if not labels:
        return Line("每日例行", "没有登记的事项")
    return Line("每日例行", f"{len(labels)}项：{'、'.join(labels)}", note="定时运行 zhenxing daily")


def _backup(at: datetime) -> Line:
    last = Entry.objects.filter(action=choices.BACKUP_MADE).order_by("-sequence").first()
    how = "请在服务器上运行 zhenxing backup，并设好每日定时"
    if last is None:
        return Line("上次备份", "还没有备份过", LATE, how)
    told = json.loads(last.details)
    sealed = "已加密" if told["sealed"] else "未加密"
    value = f"{_clock(last)}，{last.subject}，{sealed}，账本到第{told['head']:,}条"
    state = _age(at - last.at, BACKUP_AFTER, BACKUP_LATE)
    return Line("上次备份", value, state, how if state else "")


def _drill(at: datetime) -> Line:
    wanted = (choices.DRILL_DONE, choices.DRILL_FAILED)
    last = Entry.objects.filter(action__in=wanted).order_by("-sequence").first()
    how = "请在服务器上运行 zhenxing drill，并设好每周定时"
    if last is None:
        return Line("上次恢复演练", "还没有演练过", WATCH, how)
    told = json.loads(last.details)
    if last.action == choices.DRILL_FAILED:
        why = f"没有通过：{told['faults'][0]}"
        return Line("上次恢复演练", _clock(last), LATE, why)
    value = f"{_clock(last)}，通过，{told['rows']:,}行，用时{told['seconds']}秒"
    state = _age(at - last.at, DRILL_AFTER, DRILL_LATE)
    return Line("上次恢复演练", value, state, how if state else "")


def _places() -> list[Line]:
    """Say where things lie: heads beside the database prove nothing against whoever copies both."""
    data, heads = Path(settings.DATA), Path(settings.HEADS_FILE)
    beside = heads.is_relative_to(data)
    note = "和数据在同一处，请设 ZHENXING_HEADS 放到另一块盘或另一台机器" if beside else ""
    return [Line("外存链头", str(heads), WATCH if beside else FINE, note)]


def _age(age: timedelta, after: timedelta, late: timedelta) -> str:
    if age > late:
        return LATE
    return WATCH if age > after else FINE


def _clock(entry: Entry) -> str:
    return f"{localtime(entry.at):%Y-%m-%d %H:%M}"
