"""Walk the chain from its first entry: each hash anew, each link, each mark, each known head."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING

from django.core.exceptions import FieldError
from django.db import DatabaseError

from zhenxing.audit import hashing, heads, keys
from zhenxing.audit.canonical import ENCODER, moment
from zhenxing.audit.findings import Findings, Left, Seal, Table
from zhenxing.audit.models import Entry, Head
from zhenxing.kernel.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any

    from django.db import models

    from zhenxing.audit.keys import Stamper

COLUMNS = (*Entry.HASHED, "hash", "stamp")
CHUNK = 5_000
# Servers of one site and parallel requests may differ so much; more is a clock that was set back.
SLACK = timedelta(minutes=10)
# What a stored value that is no longer one of its kind may raise while it is read.
UNREADABLE = (
    ArithmeticError, AttributeError, DatabaseError, FieldError, KeyError, TypeError, ValueError,
)  # fmt: skip


def walk(findings: Findings, progress: Callable[[int], None] | None = None) -> None:
    """Check every entry, collecting what entries promise about rows and receipts."""
    stamp = keys.stamper() if keys.exist() else None
    for row in _rows(findings):
        _check(row, findings, stamp)
        if progress is not None and findings.entries % CHUNK == 0:
            progress(findings.entries)
    if findings.entries and stamp is None:
        step = "请把建站时的密钥放回 ZHENXING_KEYS"
        findings.tell(Problem("账本", "站章的密钥不见了，站章无从核对", step))
    _check_end(findings)
    _check_file(findings)


def _rows(findings: Findings) -> Iterator[dict[str, Any]]:
    """Give the entries in order; one that cannot be read is named and passed over."""
    while True:
        try:
            for values in _after(findings).values_list(*COLUMNS).iterator(CHUNK):
                yield dict(zip(COLUMNS, values, strict=True))
        except UNREADABLE:  # somewhere in what was fetched together
            yield from _one_by_one(findings)
        else:
            return


def _one_by_one(findings: Findings) -> Iterator[dict[str, Any]]:
    """Read a chunk's entries singly, to name those that cannot be read."""
    for _ in range(CHUNK):
        try:
            values = _after(findings).values_list(*COLUMNS).first()
        except UNREADABLE:
            findings.last = _after(findings).values_list("sequence", flat=True)[:1].get()
            findings.last_hash = None
            findings.entries += 1
            findings.bad(findings.last, "内容读不出来，不是本系统写入的格式")
            continue
        if values is None:
            return
        yield dict(zip(COLUMNS, values, strict=True))


def _after(findings: Findings) -> models.QuerySet[Entry]:
    return Entry.objects.filter(sequence__gt=findings.last).order_by("sequence")


def _check(row: dict[str, Any], findings: Findings, stamp: Stamper | None) -> None:
    sequence, digest = row["sequence"], row["hash"]
    if not isinstance(sequence, int):
        findings.bad(findings.last + 1, f"此处有一条，序号是「{sequence}」，不是数")
        return
    try:
        fault = _misplaced(row, findings) or _changed(row, stamp)
        _collect(row, findings)
        _note_time(row, findings)
    except UNREADABLE:
        fault = (sequence, "内容读不出来，不是本系统写入的格式")
    if fault is not None:
        findings.bad(*fault)
    if findings.known.get(sequence, digest) != digest:
        findings.bad(sequence, "与留存的链头不同，此条或此条以前被整体改写")
    if sequence not in findings.filed:
        findings.owed.append(sequence)
    findings.entries += 1
    findings.last, findings.last_hash = sequence, digest


def _misplaced(row: dict[str, Any], findings: Findings) -> tuple[int, str] | None:
    """Give the fault of an entry's place: a hole before it, or a broken link."""
    sequence = row["sequence"]
    if sequence != findings.last + 1:
        return findings.last + 1, f"这一条不见了，后面紧接着的是第{sequence}条"
    if findings.last_hash not in {row["previous"], None}:
        return sequence, "与前一条接不上：前一条被改写，或两条之间被动过"
    return None


def _changed(row: dict[str, Any], stamp: Stamper | None) -> tuple[int, str] | None:
    """Give the fault of an entry in itself."""
    sequence, algorithm, digest = row["sequence"], row["algorithm"], row["hash"]
    if algorithm not in hashing.ALGORITHMS:
        return sequence, f"写明的算法「{algorithm}」不认识"
    content = {name: row[name] for name in Entry.HASHED}
    content |= {"at": moment(row["at"]), "business_date": row["business_date"].isoformat()}
    if hashing.digest(algorithm, ENCODER.encode(content)) != digest:
        return sequence, "内容与它的哈希不符，记入后被改过"
    if stamp is not None and stamp(algorithm, digest) != row["stamp"]:
        return sequence, "没有本站的站章，不是经本系统记入的"
    return None


def _collect(row: dict[str, Any], findings: Findings) -> None:
    """Keep what the entry promises about rows and receipts."""
    sequence = row["sequence"]
    if row["seals"] != "{}":
        for label, seal in json.loads(row["seals"]).items():
            if "state" in seal:
                _left(findings.tables.setdefault(label, Table()), seal, row)
                continue
            columns = tuple(seal.get("columns", ()))
            promised = Seal(seal["rows"], seal["digest"], row["algorithm"], columns)
            findings.seals.setdefault(label, {})[sequence] = promised
    if '"receipts":' in row["details"]:
        for number, digest in json.loads(row["details"]).get("receipts", {}).items():
            findings.promised[number] = (sequence, digest)


def _note_time(row: dict[str, Any], findings: Findings) -> None:
    """Tell of the first entry that is earlier than one before it: late may have been made on time.

    Only a reminder, since a clock put right once would stand against the ledger for ever.
    """
    latest = findings.latest_at
    if latest is not None and latest - row["at"] > SLACK and not findings.clock_told:
        findings.clock_told = True
        minutes = int((latest - row["at"]).total_seconds() // 60)
        what = f"时刻比更前面的条目早{minutes}分钟，服务器的时钟被拨回过"
        step = "请查明何时、何人拨的，核对此后记为按时的报送"
        findings.tell(Problem(f"账本第{row['sequence']}条", what, step, "warning"))
    if latest is None or row["at"] > latest:
        findings.latest_at = row["at"]


def _left(table: Table, seal: dict[str, Any], row: dict[str, Any]) -> None:
    """Let a later entry take the place of what earlier ones said of the same rows."""
    if seal["whole"]:
        table.whole = True
        table.rows.clear()
    table.latest = row["sequence"]
    columns = tuple(seal["columns"])
    for key, digest in seal["state"].items():
        table.rows[key] = Left(row["sequence"], digest, row["algorithm"], columns)


def _check_end(findings: Findings) -> None:
    """Hold the end of the chain against the head row and against what is known outside."""
    head = Head.objects.filter(pk=1).values_list("sequence", "hash").first()
    if head is None:
        findings.bad(findings.last, "账本末端的记录不见了")
    elif head[0] != findings.last:
        findings.bad(
            min(head[0], findings.last) + 1,
            f"末端记录写的是第{head[0]}条，账本却到第{findings.last}条为止",
        )
    elif findings.last_hash not in {head[1], None}:
        findings.bad(findings.last, "与末端记录的哈希不同")
    beyond = max(findings.known, default=0)
    if beyond > findings.last:
        findings.bad(
            findings.last + 1,
            f"留存的链头到第{beyond}条，库里只到第{findings.last}条：尾部被删，或换回了旧的备份",
        )


def _check_file(findings: Findings) -> None:
    """Tell of entries whose head never reached the file outside the database."""
    if not findings.owed:
        return
    first, last, count = findings.owed[0], findings.owed[-1], len(findings.owed)
    if findings.last - first < heads.HEALED:
        what = f"第{first}—{last}条中有{count}条尚未写入外存链头，多半因为进程刚被终止"
        step = "下一次记账会自动补上，无需处理"
        findings.tell(Problem("外存链头", what, step, "warning"))
        return
    what = f"第{first}—{last}条中有{count}条不在其中，这些条目少了库外的凭据"
    findings.tell(Problem("外存链头", what, "请从留存的副本补回该文件，或用回执逐条核对"))
