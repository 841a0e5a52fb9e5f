"""What a written value may look like: each shape reads one kind and says what it expected.

A shape that cannot read its value notes why and gives back None; its `blank` then stands in for
the value, so that everything else of the file is still checked.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Generic, Protocol, TypeVar

from zhenxing.kernel.periods import Period, PeriodError
from zhenxing.kernel.quantities import measure_problem
from zhenxing.packs.nodes import Fields, Listing, Node, Scalar, describe
from zhenxing.packs.places import Findings, Place, nearest

DECIMAL_PLACES = 4
LARGEST = Decimal(10) ** 14

_CODE = re.compile(r"[A-Za-z0-9_]+(?:[-.][A-Za-z0-9_]+)*")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NUMBER = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?")
_WHOLE = re.compile(r"[+-]?[0-9]{1,9}")
_FLAGS = {"true": True, "false": False}

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


class UnfitError(ValueError):
    """A value that is not what its key asks for: what is wrong, and what to write instead."""

    def __init__(self, what: str, advice: str) -> None:
        """Keep both halves of the message."""
        super().__init__(what)
        self.what = what
        self.advice = advice


@dataclass(slots=True)
class Reading:
    """What is learnt while one record is read, beside its values: their lines, and which failed."""

    findings: Findings
    places: dict[str, Place] = field(default_factory=dict)
    spoiled: set[str] = field(default_factory=set)


class Shape(Protocol[T_co]):
    """One kind of value."""

    @property
    def blank(self) -> T_co:
        """What stands in for a value that could not be read."""
        ...

    def read(self, node: Node, name: str, reading: Reading) -> T_co | None:
        """Read a node written under a name; None where it is unfit and the reason is noted."""
        ...


@dataclass(frozen=True, slots=True)
class Word(Generic[T]):
    """A single value: converted from its text."""

    convert: Callable[[str], T]
    blank: T

    def read(self, node: Node, name: str, reading: Reading) -> T | None:
        """Convert the text."""
        if not isinstance(node, Scalar) or node.text is None:
            reading.findings.add(
                node.place, f"「{name}」应是一个值，现在是{describe(node)}", "只写一个值"
            )
            return None
        try:
            return self.convert(node.text)
        except UnfitError as unfit:
            reading.findings.add(node.place, f"「{name}」{unfit.what}", unfit.advice)
            return None


@dataclass(frozen=True, slots=True)
class Each(Generic[T]):
    """A list of one kind of value; the line of the third lies under `name.2`."""

    shape: Shape[T]
    blank: tuple[T, ...] = ()

    def read(self, node: Node, name: str, reading: Reading) -> tuple[T, ...] | None:
        """Read every item; unfit ones are noted and left out."""
        if not isinstance(node, Listing):
            reading.findings.add(
                node.place,
                f"「{name}」应是一个列表，现在是{describe(node)}",
                "写成 [甲, 乙] 或每行一个「- 甲」",
            )
            return None
        kept: list[T] = []
        for item in node.items:
            value = self.shape.read(item, name, reading)
            if value is None:
                reading.spoiled.add(name)
            else:
                reading.places[f"{name}.{len(kept)}"] = item.place
                kept.append(value)
        return tuple(kept)


@dataclass(frozen=True, slots=True)
class Under(Generic[T]):
    """Values under keys of the writer's choice; the line of each lies under `name.key`."""

    key: Shape[str]
    shape: Shape[T]
    blank: Mapping[str, T] = field(default_factory=dict)

    def read(self, node: Node, name: str, reading: Reading) -> Mapping[str, T] | None:
        """Read every entry; unfit ones are noted and left out."""
        if not isinstance(node, Fields):
            reading.findings.add(
                node.place,
                f"「{name}」应是一组「键: 值」，现在是{describe(node)}",
                "写成「键: 值」",
            )
            return None
        kept: dict[str, T] = {}
        for entry in node:
            key = self.key.read(Scalar(entry.place, entry.key), name, reading)
            value = self.shape.read(entry.value, entry.key, reading)
            if key is None or value is None:
                reading.spoiled.add(name)
            else:
                reading.places[f"{name}.{key}"] = entry.place
                kept[key] = value
        return kept


def text(longest: int) -> Word[str]:
    """Words of at most so many characters, as the database keeps them."""

    def convert(written: str) -> str:
        if len(written) > longest:
            raise UnfitError(f"有{len(written)}字，最多{longest}字", f"缩短到{longest}字以内")
        if not written.strip():
            raise UnfitError("是空白", "写上内容或删去这一项")
        if "\x00" in written:
            raise UnfitError("有不能显示的字符", "删去这个字符")
        return written

    return Word(convert, "")


def code(longest: int = 40) -> Word[str]:
    """A code: letters, digits and underscores, joined by hyphens or points."""

    def convert(written: str) -> str:
        if not _CODE.fullmatch(written) or len(written) > longest:
            raise UnfitError(
                f"的编码「{written}」写法不对",
                f"只用字母、数字、下划线和连字符，不超过{longest}个",
            )
        return written

    return Word(convert, "")


def to_day(written: str) -> date:
    """Read a date as 2023-01-31."""
    try:
        if not _DAY.fullmatch(written):
            raise ValueError
        return date.fromisoformat(written)
    except ValueError as error:
        raise UnfitError(f"不是日期：「{written}」", "写成 2023-01-31 这样") from error


def to_decimal(written: str) -> Decimal:
    """Read an exact number with at most four decimals."""
    if not _NUMBER.fullmatch(written):
        raise UnfitError(
            f"不是数：「{written}」", "只写数字和小数点，不写千分位逗号、百分号和计量单位"
        )
    number = Decimal(written)
    if abs(number) >= LARGEST:
        raise UnfitError(f"的数「{written}」太大", "核对计量单位，改用更大的计量单位")
    if number != number.quantize(Decimal(1).scaleb(-DECIMAL_PLACES)):
        raise UnfitError(
            f"的数「{written}」多于{DECIMAL_PLACES}位小数", f"保留{DECIMAL_PLACES}位小数以内"
        )
    return number


def to_period(written: str) -> Period:
    """Read a period key."""
    try:
        return Period.parse(written)
    except PeriodError as error:
        what, _, advice = str(error).rstrip("。").partition("；")
        raise UnfitError(f"的{what}", advice.removeprefix("请")) from error


def whole(lowest: int = 0, highest: int = 10**9) -> Word[int]:
    """A whole number within bounds."""

    def convert(written: str) -> int:
        if not _WHOLE.fullmatch(written):
            raise UnfitError(f"不是整数：「{written}」", "写一个整数")
        number = int(written)
        if not lowest <= number <= highest:
            raise UnfitError(f"是{number}，不在{lowest}—{highest}之间", "核对这个数")
        return number

    return Word(convert, lowest)


def one_of(choices: Iterable[str]) -> Word[str]:
    """One of a few words."""
    known = tuple(choices)

    def convert(written: str) -> str:
        if written not in known:
            near = nearest(written, known)
            advice = f"改成相近的{near}" if near else f"写{'、'.join(known)}之一"
            raise UnfitError(f"不能是「{written}」", advice)
        return written

    return Word(convert, known[0])


def _to_flag(written: str) -> bool:
    if written not in _FLAGS:
        raise UnfitError(f"不能是「{written}」", "写 true 或 false")
    return _FLAGS[written]


def _to_measure(written: str) -> str:
    problem = measure_problem(written, "")
    if problem is not None:
        raise UnfitError(f"的{problem.what}", problem.next.removeprefix("请"))
    if len(written) > _LONGEST_MEASURE:
        raise UnfitError(f"的计量单位「{written}」太长", f"不超过{_LONGEST_MEASURE}字")
    return written


_LONGEST_MEASURE = 20

day = Word(to_day, date.min)
decimal = Word(to_decimal, Decimal(0))
period = Word(to_period, Period(1900, 12, 12))
period_key = Word(lambda written: str(to_period(written)), "")
flag = Word(_to_flag, blank=False)
measure = Word(_to_measure, "")
