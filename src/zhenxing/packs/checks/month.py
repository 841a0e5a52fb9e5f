"""Calls, the calendar, and the acts of the demo."""

from __future__ import annotations

from itertools import pairwise

from zhenxing.accounts.choices import Role
from zhenxing.indicators.choices import Nature
from zhenxing.kernel.periods import Kind, Period
from zhenxing.organisation.choices import UnitKind
from zhenxing.packs.checks.index import Index, note_repeats
from zhenxing.packs.sections.month import Call, Handing


def check_calls(index: Index) -> None:
    """Months are asked once, in order, and one is closed before the next opens."""
    calls = [call for call in index.pack.calls if call.sound("period", "opens", "due", "closed")]
    note_repeats(index.findings, ((call.period, call.at("period")) for call in calls), "填报任务")
    for call in calls:
        _check_call(call, index)
    ordered = sorted(calls, key=lambda call: call.opens)
    for earlier, later in pairwise(ordered):
        if earlier.closed is None or earlier.closed > later.opens:
            index.findings.add(
                later.at("opens"),
                f"{later.period}在{earlier.period}关闭之前就开始了（{earlier.place}）",
                f"先给{earlier.period}写上不晚于{later.opens}的 closed，或推迟 opens",
            )
        if Period.parse(earlier.period) > Period.parse(later.period):
            index.findings.add(
                later.at("period"), f"{later.period}开始得比{earlier.period}晚", "核对期间和日期"
            )


def check_calendar(index: Index) -> None:
    """A day has one exception."""
    exceptions = index.pack.calendar.exceptions
    note_repeats(
        index.findings, ((each.day.isoformat(), each.at("day")) for each in exceptions), "日期"
    )


def check_demo(index: Index) -> None:
    """Acts are done by reporters of groups that exist, in an open call, once a group and month."""
    acts = index.pack.demo.submissions
    if acts and index.is_real:
        index.findings.add(acts[0].place, "只有演示县能有演示动作", "删去 demo.yaml")
    note_repeats(
        index.findings,
        ((f"{act.unit}-{act.group} {act.period}", act.place) for act in acts if not act.spoiled),
        "报送",
    )
    for act in acts:
        _check_act(act, index)


def _check_call(call: Call, index: Index) -> None:
    findings = index.findings
    if Period.parse(call.period).kind is not Kind.MONTH:
        findings.add(
            call.at("period"), f"填报按月，「{call.period}」不是一个月", "写成 2023-09 这样"
        )
    if call.due < call.opens:
        findings.add(call.at("due"), "截止早于开始", "核对 opens 和 due")
    if call.closed is not None and call.closed < call.due:
        findings.add(call.at("closed"), "关闭早于截止", "核对 due 和 closed")
    if call.closed is not None and call.closed > index.today:
        findings.add(
            call.at("closed"), f"关闭日期晚于业务日期{index.today}", "删去 closed，关闭之后再写"
        )


def _check_act(act: Handing, index: Index) -> None:
    index.has_unit(act.at("unit"), act.unit, UnitKind.TOWN)
    has_group = index.has_group(act.at("group"), act.group)
    if index.has_person(act.at("by"), act.by) and has_group and act.sound("unit"):
        posts = index.people[act.by].posts
        held = {(post.role, post.unit, post.group) for post in posts}
        if (Role.REPORTER, act.unit, act.group) not in held:
            index.findings.add(
                act.at("by"),
                f"「{act.by}」不是{act.unit}-{act.group}的填报员",
                "改成这个专班的填报员",
            )
    call = next((call for call in index.pack.calls if call.period == act.period), None)
    if call is None:
        if act.sound("period") and "calls.yaml" not in index.unsure:
            known = [each.period for each in index.pack.calls]
            index.findings.unknown(act.at("period"), "填报任务", act.period, known, "calls.yaml")
    elif call.closed is not None:
        index.findings.add(act.at("period"), f"{act.period}已经关闭", "改成还在填报的月份")
    elif act.sound("on") and not call.opens <= act.on <= index.today:
        index.findings.add(
            act.at("on"),
            f"{act.on}不在填报开始{call.opens}到业务日期{index.today}之间",
            "核对日期",
        )
    for code in act.values:
        _check_value(act, code, index)


def _check_value(act: Handing, code: str, index: Index) -> None:
    """A form asks a group for its own indicators, and for none that statistics alone give."""
    place = act.at(f"values.{code}")
    if not index.has_indicator(place, code):
        return
    one, group = index.indicators[code], index.groups.get(act.group)
    if one.nature == Nature.SURVEY:
        index.findings.add(place, f"「{one.name}」是统计调查指标，专班不填报", "删去这一项")
    elif group and group.sound("indicators") and code not in group.indicators:
        what = f"「{one.name}」不归{act.unit}-{act.group}"
        index.findings.add(place, what, "删去这一项，或在 groups.yaml 里写给它")
