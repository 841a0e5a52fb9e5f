"""The people of the county as a workbook, without telephone numbers."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import TYPE_CHECKING

from django.utils.timezone import localtime

from zhenxing.accounts.choices import Role
from zhenxing.writing.sheet import Column, Sheet, to_xlsx

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from zhenxing.accounts.models import User
    from zhenxing.writing.sheet import Value

TITLES = (
    Column("登录名", width=18),
    Column("姓名", width=12),
    Column("岗位", width=60),
    Column("最近登录", width=18),
    Column("状态", width=10),
)


def people(found: Iterable[User], day: date, *, mark: str = "") -> bytes:
    """Write people with the posts they hold on the day."""
    title = f"人员（{day}）"
    sheet = Sheet(
        name="人员",
        columns=TITLES,
        rows=tuple(_row(person) for person in found),
        title=title,
        fixed_columns=2,
        mark=mark,
    )
    return to_xlsx(
        [sheet], title=title, issuer="镇兴", created=datetime.combine(day, time.min, UTC)
    )


def _row(person: User) -> tuple[Value, ...]:
    seen = f"{localtime(person.last_login):%Y-%m-%d %H:%M}" if person.last_login else ""
    posts = "；".join(
        f"{post.unit}{post.group or ''} {Role(post.role).label}" for post in vars(person)["current"]
    )
    return (person.username, person.name, posts, seen, "在用" if person.is_active else "已停用")
