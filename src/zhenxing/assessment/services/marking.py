"""Judged marks: panels are set by the office, marks given blind, handed in once, never changed."""

from __future__ import annotations

import unicodedata
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from zhenxing.assessment import access
from zhenxing.assessment.models import Mark, MarkSheet, Panel, Rater, Round
from zhenxing.assessment.queries import marks as asking
from zhenxing.assessment.queries.reckoning import rules
from zhenxing.assessment.queries.subjects import subjects_of
from zhenxing.assessment.services.standing import refuse, refuse_all, said_by, written
from zhenxing.audit import services as audit
from zhenxing.kernel.problems import Problem
from zhenxing.organisation import queries as organisation_queries
from zhenxing.targets import queries as target_queries

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from zhenxing.accounts.models import User
    from zhenxing.assessment.queries.marks import Desk, Rated
    from zhenxing.assessment.queries.marks import Seat as Place
    from zhenxing.audit.services import Act
    from zhenxing.kernel.moments import Moment
    from zhenxing.web.scope import Scope

LONGEST_VALUE, LONGEST_NOTE, LONGEST_REASON = 20, 300, 200


@dataclass(frozen=True)
class Seat:
    """A rater as the office names one; `recused` are units besides the rater's own."""

    username: str
    rater_class: str = ""
    recused: tuple[str, ...] = ()


@dataclass(frozen=True)
class Given:
    """One mark as written."""

    item: str
    code: str
    value: str
    note: str = ""


def set_panel(  # what a panel is
    *,
    round_: Round,
    item: str,
    seats: Sequence[Seat],
    due: date | None,
    scope: Scope,
    moment: Moment,
) -> Panel:
    """Name the raters of an item, in place of those there were; whoever has rated stays."""
    with _office("assessment.panel.set", round_, item, scope, moment) as (now, act):
        rated = _rated(now, item)
        if not rated.classes:
            seats = [replace(each, rater_class="") for each in seats]
        people = {each.username: each for each in _people(now, seats, moment.business_date)}
        refuse_all(_faults(seats, people, rated))
        panel = Panel.objects.filter(round=now, item=item).first() or Panel(round=now, item=item)
        _ask_open(panel, rated)
        panel.due = due
        panel.save()
        _leave(panel, seats, act)
        raters = _sit(panel, seats, people, moment.business_date)
        if asking.all_in(panel):
            what = "留下的评委都已交卷，这样改就等于提前结束"
            refuse(rated.item.name, what, "请在“提前结束”里写明原因")
        act.vouch(panel, *raters)
        act.details["raters"] = sorted(people)
    return panel


def close_panel(*, panel: Panel, reason: str, scope: Scope, moment: Moment) -> Panel:
    """End a panel before all are in: what was not handed in does not count."""
    refuse_all(written("提前结束的原因", reason, LONGEST_REASON, "请写明为什么不等没有交卷的评委"))
    with _office("assessment.panel.closed", panel.round, panel.item, scope, moment) as (now, act):
        row = Panel.objects.get(pk=panel.pk)
        _ask_open(row, _rated(now, row.item))
        handed = MarkSheet.objects.filter(rater__panel=row).count()
        if not handed:
            refuse(str(row), "还没有一位评委交卷，结束了就没有评分", "请先请评委交卷")
        row.closed, row.reason = moment.business_date, reason.strip()
        row.save()
        act.vouch(row)
        act.details |= {"reason": row.reason, "handed": handed}
    return row


def give(*, round_: Round, given: Sequence[Given], seen: int, scope: Scope, moment: Moment) -> int:
    """Save a rater's marks, all or none; returns how many were new or changed.

    `seen` counts the marks the rater had saved when the page was opened. Empty ones are skipped.
    """
    if not _read(round_, given, seen, scope, moment):
        return 0
    with audit.act(
        "assessment.mark.given",
        subject=str(round_),
        by=organisation_queries.actor(scope),
        moment=moment,
    ) as act:
        marks = _read(round_, given, seen, scope, moment)
        act.seal(marks)
        act.details |= {"marks": len(marks), "items": sorted({each.item for each in given})}
    return len(marks)


def hand_in(*, round_: Round, scope: Scope, moment: Moment) -> list[MarkSheet]:
    """Hand in everything the person rates in a round; nothing is changed after it.

    The last to hand in closes a panel.
    """
    with audit.act(
        "assessment.mark.handed",
        subject=str(round_),
        by=organisation_queries.actor(scope),
        moment=moment,
    ) as act:
        desk = _desk(round_, scope, moment)
        refuse_all(_gaps(desk))
        sheets = [MarkSheet(rater=seat.rater, **said_by(scope, moment)) for seat in desk.open_seats]
        act.seal(sheets)
        for seat in desk.open_seats:
            _close_with_last(seat, act, moment)
        act.details["items"] = [seat.rater.panel.item for seat in desk.open_seats]
    return sheets


def _close_with_last(seat: Place, act: Act, moment: Moment) -> None:
    """Keep whom the rater did not rate; close the panel if this was the last."""
    rater = seat.rater
    rater.recused = sorted(seat.recused)
    rater.save(update_fields=["recused"])
    act.vouch(rater)
    panel = Panel.objects.get(pk=rater.panel_id)
    if asking.all_in(panel):
        panel.closed = moment.business_date
        panel.save(update_fields=["closed"])
        act.vouch(panel)


@contextmanager
def _office(
    action: str, round_: Round, item: str, scope: Scope, moment: Moment
) -> Iterator[tuple[Round, Act]]:
    """Do something as the office of a round that still gathers."""
    with audit.act(
        action,
        subject=f"{round_} {item}",
        by=organisation_queries.actor(scope),
        moment=moment,
    ) as act:
        now = _now(round_)
        owner, seats = now.scheme.owner.code, target_queries.seats(scope, moment.business_date)
        if not access.keeps(seats, owner, is_countys=now.scheme.is_countys):
            refuse("评分组", "评委由组织考核的单位定")
        _ask_gathering(now)
        yield now, act


def _now(round_: Round) -> Round:
    return Round.objects.select_related("scheme__owner", "edition__scheme").get(pk=round_.pk)


def _ask_gathering(now: Round) -> None:
    if not now.is_open:
        refuse("评分", f"这次考核{now.get_state_display()}，不再评分", "请刷新页面看它现在的状态")


def _ask_open(panel: Panel, rated: Rated) -> None:
    if panel.closed is not None:
        refuse(rated.item.name, "评分已经结束，每个人的评分都公开了", "不再改评委，也不再评分")


def _rated(now: Round, item: str) -> Rated:
    rated = asking.rated_items(rules(now.edition)).get(item)
    if rated is None:
        refuse("评分组", f"方案里没有要评的分项「{item}」", "请从列出的各项中选")
    return rated


def _people(now: Round, seats: Sequence[Seat], day: date) -> list[User]:
    wanted = [each.username for each in seats]
    return list(asking.candidates(now, day).filter(username__in=wanted))


def _faults(seats: Sequence[Seat], people: dict[str, User], rated: Rated) -> list[Problem]:
    problems = []
    if not seats:
        problems.append(Problem(rated.item.name, "没有一位评委", "请搜索并勾选评委"))
    if len({each.username for each in seats}) != len(seats):
        problems.append(Problem(rated.item.name, "同一个人选了两次", "请只留一次"))
    for each in seats:
        person = people.get(each.username)
        if person is None:
            what = f"「{each.username}」现在没有可以评分的岗位"
            problems.append(Problem("评委", what, "请换人；管理员和审计不评分"))
        elif rated.classes and each.rater_class not in rated.classes:
            what = f"没有选评委类别，或类别「{each.rater_class}」不在方案里"
            problems.append(Problem(person.name, what, f"请选{'、'.join(rated.classes)}之一"))
    return problems


def _leave(panel: Panel, seats: Sequence[Seat], act: Act) -> None:
    """Let go of raters who are no longer named; one who has rated cannot be sent away."""
    wanted = {each.username for each in seats}
    gone = [
        each for each in Rater.objects.filter(panel=panel).select_related("person")
        if each.person.username not in wanted
    ]  # fmt: skip
    for rater in gone:
        if Mark.objects.filter(rater=rater).exists():
            next_ = "请留下他；确需不等他的，请写明原因提前结束评分"
            refuse(rater.person.name, "已经评过分，不能撤换", next_)
        rater.delete()
    if gone:
        act.vouch(Rater)


def _sit(panel: Panel, seats: Sequence[Seat], people: dict[str, User], day: date) -> list[Rater]:
    scheme = panel.round.scheme
    subjects = subjects_of(scheme, day)
    own = asking.recusals(
        [each.pk for each in people.values()], subjects, day, is_countys=scheme.is_countys
    )
    there = {each.person_id: each for each in Rater.objects.filter(panel=panel)}
    known = {each.code for each in subjects}
    raters = []
    for seat in seats:
        person = people[seat.username]
        rater = there.get(person.pk) or Rater(panel=panel, person=person)
        rater_class = seat.rater_class.strip()
        if rater.rater_class != rater_class and rater.pk and rater.marks.exists():
            refuse(person.name, "已经评过分，不能改类别", f"请保留「{rater.rater_class}」")
        rater.rater_class = rater_class
        rater.recused = sorted(own[person.pk] | (known & set(seat.recused)))
        rater.save()
        raters.append(rater)
    return raters


def _desk(round_: Round, scope: Scope, moment: Moment) -> Desk:
    now = _now(round_)
    _ask_gathering(now)
    desk = asking.desk_of(now, scope.username, moment.business_date)
    if desk is None:
        refuse("评分", "您不是这次考核的评委", "请联系组织考核的单位")
    if not desk.open_seats:
        refuse("评分", "您已交卷，或评分已结束，不能再改", "交卷后谁也改不了，包括您自己")
    return desk


def _read(
    round_: Round, given: Sequence[Given], seen: int, scope: Scope, moment: Moment
) -> list[Mark]:
    """Read the marks that are new or changed; refuse them all if one is wrong."""
    desk = _desk(round_, scope, moment)
    if desk.seen != seen:
        what = "您在另一个窗口存过评分，这一页是之前打开的，没有保存"
        refuse("评分", what, "您写的还在下面，核对后再存一次")
    seats = {seat.rater.panel.item: seat for seat in desk.open_seats}
    names = {each.code: each.name for each in desk.subjects}
    marks, problems = [], []
    for each in given:
        value, note = _plain(each.value), each.note.strip()
        seat = seats.get(each.item)
        before = seat.latest.get(each.code) if seat else None
        if not value and not note and before is None:
            continue
        if before is not None and (before.value, before.note) == (value, note):
            continue
        fault = _fault(each, value, seat, names)
        if fault or seat is None:
            problems.append(fault or Problem("评分", "这一项您不评", "请刷新页面"))
            continue
        version = before.version + 1 if before else 1
        marks.append(
            Mark(
                rater=seat.rater, code=each.code, version=version, value=value, note=note,
                **said_by(scope, moment),
            )
        )  # fmt: skip
    refuse_all(problems)
    return marks


def _fault(each: Given, value: str, seat: Place | None, names: dict[str, str]) -> Problem | None:
    if seat is None or each.code not in names:
        return Problem("评分", f"「{each.item} {each.code}」不是您要评的", "请刷新页面再评")
    where, asks = f"{names[each.code]} {seat.rated.item.name}", f"请写{seat.rated.asks}"
    what, next_ = "", asks
    if each.code in seat.recused:
        what, next_ = "您在这个单位任职或须回避，不评", "请留空"
    elif not value:
        what = "评过的分不能清空" if each.code in seat.latest else "写了理由，没有写评分"
    elif len(value) > LONGEST_VALUE or seat.rated.number(value) is None:
        what = f"「{value[:LONGEST_VALUE]}」不能作评分"
    elif len(each.note.strip()) > LONGEST_NOTE:
        what, next_ = f"理由超过{LONGEST_NOTE}字", "请写短些"
    return Problem(where, what, next_) if what else None


def _plain(text: str) -> str:
    """Write wide digits and signs as narrow ones."""
    return unicodedata.normalize("NFKC", text).strip()


def _gaps(desk: Desk) -> list[Problem]:
    problems = []
    for seat in desk.open_seats:
        wanting = seat.wanting(desk.subjects)
        if wanting:
            names = "、".join(each.name for each in wanting[:5])
            more = f"等{len(wanting)}个单位" if len(wanting) > 5 else ""  # noqa: PLR2004  # as named
            what = f"{names}{more}还没有评，不能交卷"
            problems.append(Problem(seat.rated.item.name, what, "请评完、保存后再交卷"))
    return problems


__all__ = ["Given", "Seat", "close_panel", "give", "hand_in", "set_panel"]
