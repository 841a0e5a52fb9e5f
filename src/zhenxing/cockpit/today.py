"""What is to be done today, by role: from what the cockpit has gathered already."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse

from zhenxing.accounts.choices import Role
from zhenxing.adoption.queries import circulation
from zhenxing.engine.lamps import Colour
from zhenxing.indicators.models import Charge
from zhenxing.kernel import wording
from zhenxing.kernel.periods import Period
from zhenxing.reporting.choices import ExtensionState, Status
from zhenxing.reporting.models import Extension

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zhenxing.cockpit.queries import Deadline, HandIn, Town
    from zhenxing.engine.rows import Row
    from zhenxing.web.asking import Asked
    from zhenxing.web.scope import Scope

# From so many working days on a last day is near.
SOON = 3
DOERS = (Role.REPORTER, Role.TOWN_OFFICE, Role.TOWN_LEADER, Role.GROUP_LEADER)


@dataclass(frozen=True)
class Thing:
    """One thing to do: for whom, what, where, by when; late ones are marked."""

    role: str
    words: str
    address: str
    due: str
    is_late: bool


def today(told: Town, asked: Asked, scope: Scope) -> tuple[Thing, ...] | None:
    """Give what the person has to do in their town today; None for whoever has no such list.

    A look back has none either: what was to be done then is no longer.
    """
    is_now = not asked.is_past and asked.month == Period.month_of(asked.day).previous
    if not is_now or not scope.has(*DOERS):
        return None
    things = [
        *_returns(told, scope),
        *_decisions(told, scope),
        *_reminders(told, scope),
        *_wishes(scope),
        *_papers(asked, scope),
        *_red_lamps(told, asked, scope),
    ]
    return tuple(things)


def _returns(told: Town, scope: Scope) -> Iterator[Thing]:
    """Give the forms that wait for this reporter, what came back first."""
    if told.deadline is None or not scope.has(Role.REPORTER):
        return
    own = [each for each in told.hand_ins if not each.is_in and each.group.code in scope.reports]
    for each in sorted(own, key=lambda each: each.status != Status.RETURNED):
        returned = each.status == Status.RETURNED
        words = f"改{each.group.name}报表（已退回）" if returned else f"填{each.group.name}报表"
        yield _about(each, told.deadline, "填报员", words)


def _decisions(told: Town, scope: Scope) -> Iterator[Thing]:
    """Give what waits to be reviewed by this group leader, or signed by this town leader."""
    if told.deadline is None:
        return
    for each in told.hand_ins:
        if each.status == Status.SUBMITTED and each.group.code in scope.leads:
            yield _about(each, told.deadline, "专班组长", f"审核{each.group.name}报表")
        if each.status == Status.REVIEWED and each.group.unit.code in scope.signs:
            yield _about(each, told.deadline, "镇领导", f"签发{each.group.name}报表")


def _reminders(told: Town, scope: Scope) -> Iterator[Thing]:
    """Give the groups that the town office has to remind."""
    if told.deadline is None or not scope.has(Role.TOWN_OFFICE):
        return
    for each in told.hand_ins:
        if not each.is_in:
            yield _about(each, told.deadline, "综合协调", f"催报{each.group.name}")


def _wishes(scope: Scope) -> Iterator[Thing]:
    """Give the wishes for more days that wait for the town's word."""
    if not scope.has(Role.TOWN_OFFICE):
        return
    rows = Extension.objects.filter(
        state=ExtensionState.ASKED, submission__group__unit__code__in=scope.units
    ).select_related("submission__group", "submission__call")
    for each in rows:
        address = reverse("reporting:call", args=[each.submission.call.code])
        words = f"答复{each.submission.group.name}的延期申请"
        yield Thing("综合协调", words, f"{address}#extensions", "待同意", is_late=False)


def _papers(asked: Asked, scope: Scope) -> Iterator[Thing]:
    """Give the papers that were sent to the person and that they have not read yet."""
    for each in circulation.waiting(scope):
        address = reverse("adoption:register", args=[each.paper_id])
        is_late = each.due is not None and each.due < asked.day
        due = "未阅" if each.due is None else f"{wording.short_date(each.due)}前阅"
        words = f"阅《{each.paper.title}》"
        yield Thing("传阅", words, f"{address}#mine", "逾期未阅" if is_late else due, is_late)


def _red_lamps(told: Town, asked: Asked, scope: Scope) -> Iterator[Thing]:
    """Give a town leader every red lamp, a group leader those of the groups led."""
    if scope.has(Role.TOWN_LEADER):
        role, codes = "镇领导", None
    elif scope.has(Role.GROUP_LEADER):
        charged = Charge.objects.filter(group__code__in=scope.leads)
        role, codes = "专班组长", set(charged.values_list("indicator__code", flat=True))
    else:
        return
    for row in told.rows:
        if row.lamp.colour is Colour.RED and (codes is None or row.indicator.code in codes):
            yield _behind(row, role, asked)


def _about(each: HandIn, deadline: Deadline, role: str, words: str) -> Thing:
    address = reverse("reporting:one", args=[deadline.call.code, each.group.code])
    if each.is_in:
        return Thing(role, words, address, f"{deadline.call.due.day}日截止", is_late=False)
    if deadline.is_past:
        return Thing(role, words, address, f"逾期{deadline.overdue}天", is_late=True)
    due = f"还有{deadline.days}天" if deadline.days else "今天截止"
    if deadline.days and deadline.workdays <= SOON:
        due = f"还有{deadline.workdays}个工作日"
    return Thing(role, words, address, due, is_late=False)


def _behind(row: Row, role: str, asked: Asked) -> Thing:
    address = reverse("indicators:one", args=[row.unit, row.indicator.code])
    share = "" if row.completion is None else f"完成{wording.percent(row.completion)}"
    due = share if row.lead is None else f"{wording.signed(row.lead)}个百分点"
    words = f"看{row.indicator.name}为什么红灯"
    return Thing(role, words, f"{address}?{asked.keep}", due or "红灯", is_late=True)
