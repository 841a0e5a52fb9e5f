"""What looks odd in a filled form: said to the reporter; stops nothing, changes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from zhenxing.indicators.choices import Kind, Reading
from zhenxing.kernel.problems import Problem
from zhenxing.kernel.rounding import divide
from zhenxing.kernel.wording import number, percent, signed
from zhenxing.reporting.choices import PARTS
from zhenxing.reporting.form import layout

if TYPE_CHECKING:
    from zhenxing.reporting.form.answers import Answer, Content
    from zhenxing.reporting.form.questions import Form, Question

JUMP = Decimal(3)  # one month as much as three usual ones, or a third of one
YEAR_HIGH, YEAR_LOW = Decimal(2), Decimal("0.5")
STOCK_MOVE = Decimal("0.5")
RATE_POINTS = Decimal(20)
FLASH_MOVE = Decimal("0.2")
CHECK = "请核对；属实可照报，并在备注里写明原因"


@dataclass(frozen=True)
class _Entry:
    """A number entered, with its question and the value it is compared to in the period before."""

    question: Question
    answer: Answer
    value: Decimal
    before: Decimal | None

    def warn(self, what: str, next_: str = CHECK) -> Problem:
        return Problem(self.answer.cell, f"{self.question.name}{what}", next_, "warning")

    @property
    def figure(self) -> str:
        return f"{number(self.value)}{self.question.measure}"


def remarks(form: Form, content: Content) -> list[Problem]:
    """Give every remark on a form's content, by the order of its lines."""
    found: list[Problem] = []
    for question in form.questions:
        answer = content.answers.get(question.code)
        if answer is None or question.locked:
            continue
        if answer.value is None:
            found.append(_missing(form, question, answer))
        else:
            before = question.last if answer.confirmed is None else answer.confirmed
            found += _odd(_Entry(question, answer, answer.value, before))
        found += _confirmation(question, answer)
    return found + list(_parts_over_whole(form, content)) + _silent(form, content)


def _odd(entry: _Entry) -> Iterator[Problem]:
    yield from _against_last_period(entry)
    yield from _against_last_year(entry)
    yield from _against_target(entry)
    yield from _against_range(entry)
    yield from _against_villages(entry)


def _missing(form: Form, question: Question, answer: Answer) -> Problem:
    earlier = form.filled.answers.get(question.code) if form.filled else None
    if earlier and earlier.value is not None:
        old = f"{number(earlier.value)}{question.measure}"
        what = f"{question.name}这一版留空，第{form.base_version}版填的是{old}"
        return Problem(
            answer.cell, what, "留空不会撤回旧数；要改请填新数，没有发生请填0", "warning"
        )
    what = f"{question.name}未填，将记为未报"
    return Problem(
        answer.cell, what, "没有发生请填0；还不知道请留空，并在备注里写明哪天能报", "warning"
    )


def _against_last_period(entry: _Entry) -> Iterator[Problem]:
    question, before = entry.question, entry.before
    if before is None or question.last_period is None:
        return
    if question.reading == Reading.CUMULATIVE:
        if question.last_period.year == question.period.year:
            yield from _accumulated(entry, before, question.last_period.last_month)
    elif question.kind == Kind.RATE:
        yield from _rate(entry, before)
    elif question.kind == Kind.STOCK:
        if before and abs(entry.value - before) >= STOCK_MOVE * abs(before):
            yield entry.warn(f"由上期{number(before)}变为{entry.figure}，变动过半")
    elif before > 0 and (entry.value >= JUMP * before or JUMP * entry.value <= before):
        times = number(divide(entry.value, before), 1)
        yield entry.warn(f"为{entry.figure}，是上期{number(before)}的{times}倍")


def _accumulated(entry: _Entry, before: Decimal, months: int) -> Iterator[Problem]:
    """A running total never falls, and rarely grows in one step as in three usual months."""
    step = entry.value - before
    if step < 0:
        yield entry.warn(f"累计{entry.figure}，小于上期累计{number(before)}，累计数不应减少")
    elif before > 0 and step >= JUMP * divide(before, Decimal(months)):
        times = number(divide(step * months, before), 1)
        yield entry.warn(
            f"本期新增{number(step)}{entry.question.measure}，是前{months}个月月均的{times}倍"
        )


def _rate(entry: _Entry, before: Decimal) -> Iterator[Problem]:
    move = entry.value - before
    if entry.value * before < 0:
        yield entry.warn(f"由上期{number(before)}变为{entry.figure}，正负号变了")
    elif abs(move) >= RATE_POINTS:
        yield entry.warn(f"比上期变动{signed(move)}个百分点")


def _against_last_year(entry: _Entry) -> Iterator[Problem]:
    before = entry.question.last_year
    if before is None or before <= 0 or entry.question.kind == Kind.RATE:
        return
    ratio = divide(entry.value, before)
    if ratio >= YEAR_HIGH or ratio <= YEAR_LOW:
        word = "增长" if ratio > 1 else "下降"
        change = percent(abs(ratio - 1) * 100, 1)
        yield entry.warn(f"为{entry.figure}，比上年同期{number(before)}{word}{change}")


def _against_target(entry: _Entry) -> Iterator[Problem]:
    aim = entry.question.aim
    if aim is not None and aim != 0 and entry.value == aim:
        yield entry.warn(f"为{entry.figure}，恰等于年度目标", "请核对是否照目标填的数；属实可照报")


def _against_range(entry: _Entry) -> Iterator[Problem]:
    low, high = entry.question.low, entry.question.high
    if low is not None and entry.value < low:
        yield entry.warn(f"为{entry.figure}，低于合理下限{number(low)}", "请核对口径和计量单位")
    if high is not None and entry.value > high:
        yield entry.warn(f"为{entry.figure}，高于合理上限{number(high)}", "请核对口径和计量单位")


def _confirmation(question: Question, answer: Answer) -> Iterator[Problem]:
    flash, confirmed = question.last, answer.confirmed
    if confirmed is None or flash is None or not flash:
        return
    if abs(confirmed - flash) >= FLASH_MOVE * abs(flash):
        what = f"{question.name}上月全月数{number(confirmed)}与快报{number(flash)}相差两成以上"
        yield Problem(answer.confirmed_cell, what, CHECK, "warning")


def _parts_over_whole(form: Form, content: Content) -> Iterator[Problem]:
    for whole in form.questions:
        parts = [question for question in form.questions if question.part_of == whole.code]
        total, given = _value(content, whole), [_value(content, part) for part in parts]
        known = [value for value in given if value is not None]
        if parts and total is not None and sum(known, Decimal(0)) > total:
            names = "、".join(part.name for part in parts)
            what = f"{whole.name}{number(total)}小于其中{names}合计{number(sum(known, Decimal(0)))}"
            yield Problem(layout.cell(layout.ENTRY, whole.row), what, "请核对哪一项填错", "warning")


def _value(content: Content, question: Question) -> Decimal | None:
    if question.locked:
        return question.known
    answer = content.answers.get(question.code)
    return answer.value if answer else None


def _against_villages(entry: _Entry) -> Iterator[Problem]:
    """A town's number is the whole of which its villages told the parts."""
    told = entry.question.villages
    if told is None or not told.told or told.fits(entry.value):
        return
    parts = f"{told.of}个村已报{told.told}个，村级合计{number(told.total)}"
    yield entry.warn(f"为{entry.figure}，{parts}，对不上")


def _silent(form: Form, content: Content) -> list[Problem]:
    """The four parts may stay empty; the first three are missed."""
    return [
        Problem(layout.part_cell(part), f"{PARTS[part]}没有写", "没有可写的请写“无”", "warning")
        for part in ("done", "problems", "measures")
        if part in form.asked_parts and not content.parts.get(part)
    ]
