"""A number cell as people fill it: what counts as a number, and what to say of everything else."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from typing import TYPE_CHECKING

from zhenxing.kernel.problems import Problem
from zhenxing.kernel.quantities import MeasureError, convert, measure
from zhenxing.kernel.rounding import half_up
from zhenxing.kernel.wording import number

if TYPE_CHECKING:
    from zhenxing.documents.services import Cell
    from zhenxing.reporting.form.questions import Question

LARGEST = Decimal(10) ** 14
_WRITTEN = re.compile(r"([+\-−]?)(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?(.*)")
_MAGNITUDES = ("千万", "百万", "亿", "万", "千")
_NOTHING = frozenset({"-", "--", "—", "——", "/", "\\", "无", "空", "暂无", "待定", "?", "**"})
_ZERO_OR_BLANK = "没有发生请填0，还不知道请留空"
_CUT = 20


def number_in(
    cell: Cell | None, question: Question, where: str
) -> tuple[Decimal | None, list[Problem]]:
    """Read an entry: the number, or None for a blank one, with all that is to be said about it."""
    if cell is None or (cell.kind == "text" and not cell.text.strip()):
        return None, []
    fault = _not_a_number(cell, question, where)
    if fault:
        return None, [fault]
    value = cell.number
    if value is None or abs(value) >= LARGEST:
        return None, [
            Problem(where, f"「{_short(cell.text)}」大得不可能是{question.name}", "请改数")
        ]
    faults = _limits(value, question, where)
    if faults:
        return None, faults
    return value, _remarks(cell, value, question, where)


def typed_in(text: str, question: Question, where: str) -> tuple[Decimal | None, list[Problem]]:
    """Read an entry typed or pasted on the page; what can only mean one number is that number.

    Thousands commas, full-width digits and the measure of the question itself behind the number
    leave no doubt. Anything else is an error with a suggestion: the person types it.
    """
    plain = unicodedata.normalize("NFKC", text).replace(" ", "")
    if not plain:
        return None, []
    match = _WRITTEN.fullmatch(plain)
    own = unicodedata.normalize("NFKC", question.measure)
    if match is None or match[4] not in {"", own}:
        return None, [_text(text.strip(), question, where)]
    sign = "-" if match[1] and match[1] != "+" else ""
    value = Decimal(f"{sign}{match[2].replace(',', '')}{match[3] or ''}")
    if abs(value) >= LARGEST:
        what = f"「{_short(text)}」大得不可能是{question.name}"
        return None, [Problem(where, what, "请改数")]
    faults = _limits(value, question, where)
    return (None, faults) if faults else (value, [])


def suggested(text: str, question: Question) -> str:
    """Say which number a text probably means in the measure of the question; empty if unsure.

    Never taken over: the person types it.
    """
    plain = unicodedata.normalize("NFKC", text).replace(" ", "").replace("、", ",")
    match = _WRITTEN.fullmatch(plain)
    if match is None:
        return ""
    sign = "-" if match[1] and match[1] != "+" else ""
    amount = Decimal(f"{sign}{match[2].replace(',', '')}{match[3] or ''}")
    if abs(amount) >= LARGEST:
        return ""
    value = _in_measure(amount, match[4], question.measure)
    return "" if value is None else f"{value:f}"


def _not_a_number(cell: Cell, question: Question, where: str) -> Problem | None:
    if cell.kind == "text":
        return _text(cell.text.strip(), question, where)
    if cell.kind == "uncomputed":
        return Problem(
            where, "是公式，但表里没有存下算出的结果", "请在 Excel 里打开、保存一次，或直接填数值"
        )
    if cell.kind != "number":
        shown = "是/否值" if cell.kind == "boolean" else f"错误值「{_short(cell.text)}」"
        return Problem(
            where, f"是{shown}，不是数", f"请填{question.name}的数，单位{question.measure}"
        )
    if cell.shown == "date":
        return Problem(
            where,
            "被 Excel 当成了日期",
            "请把该格的格式改为“数值”再重填，如10-5这样的写法会变成日期",
        )
    return _percent(cell, question, where) if cell.shown == "percent" else None


def _text(text: str, question: Question, where: str) -> Problem:
    what = f"「{_short(text)}」是文字，不是数"
    if text in _NOTHING:
        return Problem(where, what, _ZERO_OR_BLANK)
    meant = suggested(text, question)
    if meant:
        return Problem(where, what, f"如果是{meant}{question.measure}，请只填数字{meant}")
    return Problem(where, what, f"请只填数字，单位是{question.measure}；{_ZERO_OR_BLANK}")


def _percent(cell: Cell, question: Question, where: str) -> Problem | None:
    stored = cell.number
    if stored is None:
        return None
    shown = f"{(stored * 100).normalize():f}"
    what = f"格式是百分比：显示{shown}%，实存{stored:f}"
    if question.measure == "%":
        return Problem(where, what, f"请把该格的格式改为“数值”，再填{shown}")
    return Problem(where, what, f"请把该格的格式改为“数值”，再填以{question.measure}计的数")


def _limits(value: Decimal, question: Question, where: str) -> list[Problem]:
    faults = []
    if value < 0 and not question.may_be_negative:
        faults.append(
            Problem(
                where,
                f"{question.name}填了负数{number(value)}",
                "请核对；冲减请在备注里写明，并填冲减后的数",
            )
        )
    if half_up(value, question.decimals) != value:
        places = f"最多{question.decimals}位小数" if question.decimals else "只填整数"
        rounded = f"{half_up(value, question.decimals):f}"
        faults.append(
            Problem(
                where,
                f"{question.name}{places}，填了{_digits(value)}",
                f"请按四舍五入改填{rounded}，或核对是否填错了单位（{question.measure}）",
            )
        )
    return faults


def _remarks(cell: Cell, value: Decimal, question: Question, where: str) -> list[Problem]:
    remarks = []
    if cell.formula:
        remarks.append(
            Problem(
                where,
                f"是公式，按表中存下的结果读作{_digits(value)}",
                "请核对，最好粘贴为数值",
                "warning",
            )
        )
    if cell.has_remainder:
        stored = f"表中实存{cell.text}（Excel 计算留下的尾差）"
        read = f"按15位有效数字读作{_digits(value)}{question.measure}"
        remarks.append(Problem(where, f"{stored}，{read}", "请核对", "warning"))
    return remarks


def _in_measure(amount: Decimal, unit: str, wanted: str) -> Decimal | None:
    """Convert an amount with what was written behind it into the measure asked for."""
    if not unit or unit == wanted:
        return amount
    base = wanted
    for magnitude in _MAGNITUDES:
        base = base.removeprefix(magnitude)
    for name in (unit, f"{unit}{base}"):
        try:
            return convert(amount, measure(name), measure(wanted))
        except MeasureError:
            continue
    return None


def _digits(value: Decimal) -> str:
    return f"{value:f}"


def _short(text: str) -> str:
    return text if len(text) <= _CUT else f"{text[:_CUT]}…"
