"""What does not add up in a paper: sums, rates, growth against level, two values, breaks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise

from zhenxing.kernel.problems import Problem
from zhenxing.reading.facts import Found
from zhenxing.reading.healing import Healed

FEWEST_PARTS = 2
MOST_PARTS = 30
LARGEST_COUNT = 1000
LEAST_TEXT = 60
SIGNATURE = 30
PERCENT = Decimal(100)
_RATES = re.compile(r"(?:开工|办结|完成|竣工|签约|履约|投产|整改|结案|销号)率$")
_ENDED = "。!?”」)》…;"


def problems_of(healed: Healed, found: Sequence[Found]) -> list[Problem]:
    """List what a person must look at, in order of place; nothing is corrected."""
    placed = [
        *_doubts(found), *_sums(found), *_rates(found), *_growths(found), *_two_values(found),
        *_breaks(healed),
    ]  # fmt: skip
    return [problem for _, problem in sorted(placed, key=lambda each: each[0])]


def _where(start: int, end: int) -> str:
    return f"第{start + 1}—{end}字"


def _problem(each: Found, what: str, advice: str) -> tuple[int, Problem]:
    return each.fact.start, Problem(_where(each.fact.start, each.fact.end), what, advice, "warning")


def _doubts(found: Sequence[Found]) -> Iterator[tuple[int, Problem]]:
    for each in found:
        if each.fact.doubt:
            what = f"“{each.fact.repaired_from}”有误：{each.fact.doubt}"
            yield _problem(each, what, "请对照原件核实后再采用")


def _sums(found: Sequence[Found]) -> Iterator[tuple[int, Problem]]:
    for index, total in enumerate(found):
        parts = _parts(found, index)
        if len(parts) < FEWEST_PARTS:
            continue
        values = [part.place.quantity.base or Decimal(0) for part in parts]
        whole = total.place.quantity.base or Decimal(0)
        if sum(values) == whole:
            continue
        scale = Decimal(total.place.quantity.scale)
        shown = "+".join(_shown(value / scale) for value in values)
        what = f"{shown}={_shown(sum(values) / scale)}，与{_shown(whole / scale)}不符"
        yield _problem(total, what, "请核对总数和分项；分项没有列全的可忽略")


def _parts(found: Sequence[Found], index: int) -> list[Found]:
    """The values after 其中 in the same sentence, of the total's unit and not above it."""
    total = found[index]
    text, sentence = (
        total.place.ground.text,
        total.place.ground.sentence(total.place.quantity.start),
    )
    if not _is_sound(total) or index + 1 >= len(found):
        return []
    first = found[index + 1]
    if "其中" not in text[total.place.quantity.end : first.place.quantity.start]:
        return []
    parts = []
    for part in found[index + 1 : index + 1 + MOST_PARTS]:
        quantity = part.place.quantity
        beyond = quantity.start >= sentence[1] or not _is_sound(part)
        if (
            beyond
            or not _same_unit(total, part)
            or (quantity.base or 0) > (total.place.quantity.base or 0)
        ):
            break
        parts.append(part)
    return parts


def _is_sound(each: Found) -> bool:
    quantity = each.place.quantity
    whole = quantity.value is not None and quantity.high is None and each.fact.change is None
    return (
        whole and quantity.comparator == "=" and quantity.rule != "rank" and each.place.tier is None
    )


def _same_unit(first: Found, second: Found) -> bool:
    a, b = first.place.quantity, second.place.quantity
    return a.unit.lstrip("十百千万亿") == b.unit.lstrip("十百千万亿") and a.unit != "%"


def _rates(found: Sequence[Found]) -> Iterator[tuple[int, Problem]]:
    """68个项目中已开工61个,开工率89.7%."""
    for total, part, rate in zip(found, found[1:], found[2:], strict=False):
        if (
            rate.fact.unit != "%"
            or not _RATES.search(rate.fact.subject)
            or rate.fact.kind != "actual"
        ):
            continue
        same = _same_unit(total, part) and _is_sound(total) and _is_sound(part)
        ground = total.place.ground
        near = ground.half(total.place.quantity.start) == ground.half(rate.place.quantity.start)
        if not (same and near and total.place.quantity.base and rate.fact.value is not None):
            continue
        share = (part.place.quantity.base or Decimal(0)) / total.place.quantity.base * PERCENT
        step = Decimal(1).scaleb(min(0, _exponent(rate.fact.value)))
        if min(abs(share - rate.fact.value), abs(PERCENT - share - rate.fact.value)) > step:
            done, whole = _shown(part.place.quantity.base), _shown(total.place.quantity.base)
            reckoned = f"{done}÷{whole}={_shown(_rounded(share))}%"
            what = f"{reckoned}，与所写{_shown(rate.fact.value)}%不符"
            yield _problem(rate, what, "请核对两个数和比率")


def _growths(found: Sequence[Found]) -> Iterator[tuple[int, Problem]]:
    """A count that grew by a share must have grown from a whole number."""
    for level, growth in pairwise(found):
        value, share = level.fact.value, growth.fact.value
        grown = growth.fact.kind == "change" and growth.fact.unit == "%"
        if value is None or share is None or not (grown and _is_count(level)):
            continue
        signed = -share if growth.fact.change == "decrease" else share
        if level.subject.text == growth.subject.text and not _has_whole_base(value, signed):
            near = _shown(_rounded(value / (1 + signed / PERCENT)))
            word = "下降" if signed < 0 else "增长"
            grew = f"{_shown(value)}{level.fact.unit}、{word}{_shown(share)}%"
            what = f"{grew}，上年应为{near}，不是整数"
            yield _problem(growth, what, "请核对增幅或本年数")


def _has_whole_base(value: Decimal, signed: Decimal) -> bool:
    """Say whether some whole number, grown so, gives the value; printed shares may be cut off."""
    if signed <= -PERCENT:
        return True
    base = (value / (1 + signed / PERCENT)).quantize(Decimal(1), ROUND_HALF_UP)
    step = Decimal(1).scaleb(min(0, _exponent(signed)))
    tries = [each for each in (base - 1, base, base + 1) if each > 0]
    return not tries or min(abs((value / b - 1) * PERCENT - signed) for b in tries) < step


def _is_count(each: Found) -> bool:
    quantity = each.place.quantity
    whole = quantity.value is not None and quantity.value == quantity.value.to_integral_value()
    small = (
        quantity.value is not None and 0 < quantity.value < LARGEST_COUNT and quantity.scale == 1
    )
    return bool(whole and small) and quantity.unit in {
        "个",
        "家",
        "户",
        "人",
        "件",
        "起",
        "次",
        "名",
        "项",
    }


def _two_values(found: Sequence[Found]) -> Iterator[tuple[int, Problem]]:
    seen: dict[tuple[object, ...], Found] = {}
    for each in found:
        fact, section = each.fact, each.place.section
        if fact.masked or each.subject.rule != "noun before" or len(fact.subject) < 4:  # noqa: PLR2004  # short names repeat
            continue
        key = (
            fact.subject,
            fact.unit.lstrip("十百千万亿"),
            fact.kind,
            fact.change,
            fact.period,
            section.part,
        )
        before = seen.setdefault(key, each)
        if before.fact.value_base != fact.value_base:
            first = f"{_shown(before.fact.value)}{before.fact.unit}"
            what = f"“{fact.subject}”前面写{first}，这里写{_shown(fact.value)}{fact.unit}"
            yield _problem(each, what, "请核对是否同一口径，留下正确的一个")


def _breaks(healed: Healed) -> Iterator[tuple[int, Problem]]:
    text = healed.text.rstrip()
    if len(text) < LEAST_TEXT:
        return
    last = text.rpartition("\n")[2]
    signed = len(last) <= SIGNATURE and not re.search(r"[,、]$|\.\.\.$", last)
    cut = text.endswith(("...", "……", ",", "、")) or (text[-1] not in _ENDED and not signed)
    if cut and "\t" not in last:
        start, end = healed.back(len(text) - 1, len(text))
        what = "文字到此中断，后面的内容没有读到"
        yield end, Problem(_where(start, end), what, "请找到全文再读一次", "warning")


def _exponent(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return exponent if isinstance(exponent, int) else 0


def _rounded(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.1"), ROUND_HALF_UP)


def _shown(value: Decimal | None) -> str:
    if value is None:
        return ""
    return f"{value.normalize():f}" if value % 1 else f"{value:.0f}"
