"""What a cell of an issue says: a number, a range, a grade, `/` for no task, `**` for masked."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, cast

from zhenxing.engine.target_checks import ends
from zhenxing.engine.targets import Target as Aim
from zhenxing.indicators.choices import Comparator, TargetKind
from zhenxing.kernel.problems import Problem
from zhenxing.targets.choices import GRADES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from zhenxing.engine.targets import Comparator as Sign
    from zhenxing.engine.targets import TargetKind as Kind

NO_TASK = "/"
MASK = re.compile(r"[^0-9]*\*{2,}[.*%]*")
NUMBER = re.compile(r"[+-]?(?:[0-9]{1,14}|[0-9]{1,3}(?:,[0-9]{3})+)(?:\.[0-9]{1,4})?")
DASHES = re.compile(r"[—–~～至]+")
PLACE = re.compile(r"[前第]?([0-9]{1,3})名?")
LONGEST = 60


@dataclass(frozen=True)
class Line:
    """One line of an issue, as it was written: which unit is to reach what on which indicator."""

    unit: str
    indicator: str
    kind: str
    comparator: str
    written: str

    @property
    def about(self) -> tuple[str, str, str]:
        """What a line is one of: two lines about the same thing cannot stand in one issue."""
        return self.unit, self.indicator, self.kind

    def stored(self) -> dict[str, str]:
        """Give the line as an issue keeps it."""
        return asdict(self)


def line_of(stored: Mapping[str, str]) -> Line:
    """Give a kept line back."""
    return Line(**stored)


def read_aim(line: Line, where: str) -> Aim | Problem:
    """Read what a line asks for, or say at its place what is wrong and what to write."""
    if line.kind not in TargetKind.values or line.comparator not in Comparator.values:
        return Problem(where, "目标类型或比较符号不认识", "请从列表中选")
    kind, sign = cast("Kind", line.kind), cast("Sign", line.comparator)
    written = _plain(line.written)
    if written == NO_TASK:
        return Aim(kind=kind, comparator=sign, no_task=True)
    if MASK.fullmatch(written) and len(written) <= LONGEST:
        return Aim(kind=kind, comparator=sign, masked=True, text=line.written.strip())
    return _open_aim(kind, sign, written, where)


def read_number(written: str) -> Decimal | None:
    """Read a plain number with at most four decimals; None for anything else."""
    return _number(_plain(written), "value")


def written_of(aim: Aim) -> str:
    """Write a target as a cell would say it."""
    if aim.no_task:
        return NO_TASK
    if aim.masked or aim.value is None:
        return aim.text or "**"
    low = f"{aim.value:f}"
    return f"{low}—{aim.high:f}" if aim.kind == "range" and aim.high is not None else low


def _open_aim(kind: Kind, sign: Sign, written: str, where: str) -> Aim | Problem:
    if kind == "grade":
        return _grade(written, sign, where)
    if kind == "range":
        return _range(written, where)
    number = _place(written) if kind == "rank" else _number(written, kind)
    if number is None:
        return Problem(where, f"「{written[:LONGEST]}」{_fault(kind)}", _advice(kind))
    return Aim(kind=kind, comparator=sign, value=number)


def _plain(written: str) -> str:
    return unicodedata.normalize("NFKC", written).replace("−", "-").replace(" ", "").strip()


def _number(written: str, kind: str) -> Decimal | None:
    words = written.removesuffix("%").removeprefix("增") if kind == "growth" else written
    return Decimal(words.replace(",", "")) if NUMBER.fullmatch(words) else None


def _place(written: str) -> Decimal | None:
    match = PLACE.fullmatch(written)
    return Decimal(match[1]) if match and int(match[1]) else None


def _grade(written: str, sign: Sign, where: str) -> Aim | Problem:
    if written not in GRADES:
        return Problem(where, f"「{written[:LONGEST]}」不是等次", f"请写{'、'.join(GRADES)}之一")
    return Aim(kind="grade", comparator=sign, text=written)


def _range(written: str, where: str) -> Aim | Problem:
    # A hyphen parts two numbers only where it is no sign of the first.
    low, _, high = DASHES.sub("—", re.sub(r"(?<=[0-9])-+", "—", written)).partition("—")
    numbers = _number(low, "range"), _number(high, "range")
    if numbers[0] is None or numbers[1] is None:
        return Problem(where, f"「{written[:LONGEST]}」不是区间", "请写成 1—2 这样，小的在前")
    for problem in ends(numbers[0], numbers[1]):
        return Problem(where, problem.what, problem.next)
    return Aim(kind="range", value=numbers[0], high=numbers[1])


def _fault(kind: str) -> str:
    return "不是位次" if kind == "rank" else "不是数，或多于四位小数"


def _advice(kind: str) -> str:
    if kind == "rank":
        return "请写1以上的整数，如 3"
    return "请只写数字；无任务写 /，未公开写 **，不在这次下达的留空"
