"""Hold receipts, stored and kept by others, against chain and key."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from zhenxing.audit import canonical, keys, receipt_check
from zhenxing.audit.chain import UNREADABLE
from zhenxing.audit.models import Entry, Receipt
from zhenxing.kernel.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from zhenxing.audit.findings import Findings


def check(findings: Findings, others: Iterable[Mapping[str, object]]) -> None:
    """Check the stored receipts, then those that others kept; run it after the chain."""
    key = dict(keys.public()) if keys.exist() else None
    rows = Receipt.objects.order_by("number").values_list(
        "number", "entry_id", "entry__hash", "content", "signature"
    )
    for number, sequence, digest, content, signature in rows.iterator():
        findings.receipts += 1
        fault = _fault((number, digest, content, signature), key)
        issuer, _ = findings.promised.pop(number, (None, ""))
        if issuer is None:
            fault = "账本里没有签发它的记录"
        elif issuer != sequence:
            fault = f"由第{issuer}条签发，却挂在第{sequence}条下"
        if fault is not None:
            findings.bad(min(issuer or sequence, sequence), f"回执 {number}：{fault}")
    for number, (sequence, _) in findings.promised.items():
        findings.bad(sequence, f"回执 {number} 不见了")
    for kept in others:
        _check_other(dict(kept), key, findings)


def _fault(stored: tuple[str, str | None, str, str], key: dict[str, object] | None) -> str | None:
    """Give the first fault of a stored receipt."""
    number, digest, text, signature = stored
    try:
        content = receipt_check.parse(text)
    except UNREADABLE:
        return "内容读不出来"
    if content.get("number") != number or content.get("hash") != digest:
        return "写的编号或账本哈希不是它自己的"
    faults = _faults({"receipt": content, "signature": signature}, key)
    return faults[0] if faults else None


def _faults(kept: dict[str, Any], key: dict[str, object] | None) -> list[str]:
    return [] if key is None else receipt_check.receipt_faults(kept, key)


def _check_other(kept: dict[str, Any], key: dict[str, object] | None, findings: Findings) -> None:
    """Hold a receipt that somebody kept against the ledger: it wins over what the site says."""
    faults = _faults(kept, key)
    if faults:
        content = kept.get("receipt")
        number = content.get("number") if isinstance(content, dict) else "？"
        findings.tell(Problem(f"交来的回执 {number}", faults[0].rstrip("。"), "请核对原件"))
        return
    content = kept["receipt"]
    number, sequence = content["number"], content["entry"]["sequence"]
    entry = Entry.objects.filter(sequence=sequence).values_list("hash", flat=True).first()
    stored = Receipt.objects.filter(number=number).values_list("content", flat=True).first()
    if entry != content["hash"]:
        findings.bad(sequence, f"与报送人手里的回执 {number} 不符，账本在签发之后被改写或截短")
    elif stored != canonical.text(content):
        findings.bad(sequence, f"库里的回执 {number} 与报送人手里的不同")
