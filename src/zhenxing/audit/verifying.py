"""A verification in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhenxing.kernel.problems import errors, warnings

if TYPE_CHECKING:
    from zhenxing.audit.findings import Verification


def report(verification: Verification) -> str:
    """Write the outcome in Chinese, one fact a line, the verdict first."""
    counted = (
        f"核对了账本{verification.entries:,}条、封存的数据{verification.rows:,}行、"
        f"担保的现状{verification.vouched:,}行、"
        f"回执{verification.receipts:,}份、库外链头{verification.heads:,}个。"
    )
    lines = [_verdict(verification), counted]
    lines += [f"错误：{problem.sentence}" for problem in errors(verification.problems)]
    lines += [f"提醒：{problem.sentence}" for problem in warnings(verification.problems)]
    return "\n".join(lines)


def _verdict(verification: Verification) -> str:
    if verification.first_bad is not None:
        sequence, what = verification.first_bad
        return f"账本不完整：最前面出问题的是第{sequence}条——{what}。"
    if not verification.holds:
        return "账本的条目都相符，但保障不全，见下。"
    return "账本完整。"
