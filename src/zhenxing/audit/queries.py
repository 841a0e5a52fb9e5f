"""Questions to the ledger: does it hold, who may read which entries, the closed months' roots."""

from __future__ import annotations

import json
from contextlib import contextmanager
from dataclasses import dataclass
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import connection, transaction

from zhenxing.audit import chain, heads, seals, sentences, vouching
from zhenxing.audit import receipts as kept_receipts
from zhenxing.audit.choices import MONTH_CLOSED
from zhenxing.audit.findings import Findings, Verification
from zhenxing.audit.models import Entry
from zhenxing.audit.verifying import report
from zhenxing.kernel.periods import Period
from zhenxing.kernel.problems import Problem
from zhenxing.store.appendonly import guarded
from zhenxing.store.roles import role_problems

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from datetime import date

    from django.db.models import QuerySet

    from zhenxing.audit.models import Receipt, Vouched

__all__ = ["ClosingRoot", "Parting", "Verification", "verify"]

CHUNK = 500  # heads looked up at once: SQLite takes no more than so many in one question


def verify(
    known_heads: Iterable[tuple[int, str]] = (),
    receipts: Iterable[Mapping[str, object]] = (),
    progress: Callable[[int], None] | None = None,
) -> Verification:
    """Recompute the whole ledger and hold it against everything that vouches for it.

    Besides the site's own heads file: heads and receipts that others kept. The database is read in
    one snapshot, so that acts going on meanwhile are no false alarm.
    """
    findings = _with_heads(known_heads)
    with _snapshot():
        chain.walk(findings, progress)
        seals.check(findings)
        vouching.check(findings)
        kept_receipts.check(findings, receipts)
        _check_guards(findings)
    return Verification(
        entries=findings.entries,
        rows=findings.rows,
        vouched=findings.vouched,
        receipts=findings.receipts,
        heads=len(findings.known),
        first_bad=findings.first_bad or findings.first_drift,
        problems=findings.problems(),
    )


@dataclass(frozen=True)
class ClosingRoot:
    """The hash of the entry that closed a month: whoever holds it holds everything before it."""

    period: Period
    closed_on: date
    sequence: int
    hash: str


def closing_roots() -> list[ClosingRoot]:
    """Give the closed months' roots, the latest entry first."""
    rows = Entry.objects.filter(action=MONTH_CLOSED).order_by("-sequence")
    columns = rows.values_list("details", "business_date", "sequence", "hash")
    return [
        ClosingRoot(Period.parse(json.loads(details)["period"]), closed_on, sequence, digest)
        for details, closed_on, sequence, digest in columns
    ]


@dataclass(frozen=True)
class Parting:
    """Where heads held outside and the chain part: the database is older, or another one.

    `at` is the first sequence that is not the chain's, `known_to` and `known_hash` the last head
    held outside, `lost` how many of those heads the chain does not have.
    """

    at: int
    known_to: int
    known_hash: str
    lost: int


def parting(known_heads: Iterable[tuple[int, str]]) -> Parting | None:
    """Say where heads held outside stop being the chain's; None where all of them are in it.

    Read the heads before asking: an entry is in the database before its line is in any file.
    """
    known = list(known_heads)
    lost: list[tuple[int, str]] = []
    for start in range(0, len(known), CHUNK):
        part = known[start : start + CHUNK]
        wanted = [sequence for sequence, _ in part]
        stored = dict(
            Entry.objects.filter(sequence__in=wanted).values_list("sequence", "hash").iterator()
        )
        lost += [(sequence, digest) for sequence, digest in part if stored.get(sequence) != digest]
    if not lost:
        return None
    return Parting(min(lost)[0], *max(lost), len(lost))


def heads_in(path: Path) -> list[tuple[int, str]]:
    """Give sequence and hash of each line of a list of heads; a line that is none: ValueError."""
    return list(heads.read(path))


def in_words(verification: Verification) -> str:
    """Write the outcome of a verification in Chinese, one fact a line, the verdict first."""
    return report(verification)


def actions(visible: QuerySet[Entry]) -> list[tuple[str, str]]:
    """Give the actions there are among the entries, each with its Chinese name, by that name."""
    found = visible.order_by().values_list("action", flat=True).distinct()
    return sorted(((action, sentences.of(action)) for action in found), key=itemgetter(1))


def vouched_models() -> list[type[Vouched]]:
    """Give every table whose present state the ledger holds."""
    return vouching.vouched_models()


def receipt_file(receipt: Receipt) -> str:
    """Give the text of the file a reporter keeps: what `receipt_check.py` reads."""
    kept = {"receipt": json.loads(receipt.content), "signature": receipt.signature}
    return json.dumps(kept, ensure_ascii=False, sort_keys=True, indent=1)


def _check_guards(findings: Findings) -> None:
    """Tell of tables that the database would let anybody change."""
    missing = {*seals.append_only_tables(), "audit_head"} - set(guarded(connection))
    for table in sorted(missing):
        step = "请查明何时被去掉，再重新建立"
        findings.tell(Problem(f"数据库表 {table}", "没有拒绝修改、删除的触发器", step))
    for problem in role_problems(connection):
        findings.tell(problem)


def _with_heads(known_heads: Iterable[tuple[int, str]]) -> Findings:
    """Gather the heads held outside, before the snapshot: all of them are then inside it."""
    path, filed, problems = Path(settings.HEADS_FILE), [], []
    try:
        filed = list(heads.read(path)) if path.exists() else []
    except (OSError, ValueError) as error:
        step = "请查明何时被动过，并从留存的副本补回"
        problems.append(Problem(f"外存链头 {path}", f"读不出来（{error}）", step))
    known: dict[int, str] = {}
    findings = Findings(known=known, filed={sequence for sequence, _ in filed}, told=problems)
    for sequence, digest in [*filed, *known_heads]:
        if known.setdefault(sequence, digest) != digest:
            findings.bad(sequence, "留存的链头里，这一条有两个不同的哈希")
    return findings


@contextmanager
def _snapshot() -> Iterator[None]:
    """Read one state of the database throughout, without holding up whoever writes."""
    mode = getattr(connection, "transaction_mode", None)
    outermost = not connection.in_atomic_block
    if connection.vendor == "sqlite":
        vars(connection)["transaction_mode"] = "DEFERRED"
    try:
        with transaction.atomic():
            if connection.vendor == "postgresql" and outermost:
                with connection.cursor() as cursor:
                    cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
    finally:
        if connection.vendor == "sqlite":
            vars(connection)["transaction_mode"] = mode
