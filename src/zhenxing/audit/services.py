"""Acts: one transaction, one ledger entry, the rows it holds and the receipts it gives."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from django.conf import settings
from django.db import transaction
from django.db.models import Max

from zhenxing.audit import canonical, hashing, heads, keys, sentences, vouching
from zhenxing.audit.models import Actor, Entry, Head, Receipt, Sealed, Vouched, sealed_lines
from zhenxing.kernel.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import datetime

    from zhenxing.kernel.moments import Moment

Row = TypeVar("Row", bound=Sealed)

# What the ledger puts beside a receipt's content.
OWN_WORDS = {"number", "entry", "hash", "key"}

# Requests wait for one another: so much may a moment lie behind the one before it.
CLOCK_TOLERANCE = timedelta(seconds=30)
CLOCK_ALARM = "site.clock.stepped_back"

Rule = Callable[[str], Problem | None]

_rules: list[Rule] = []
_open: ContextVar[bool] = ContextVar("an act is open", default=False)


class ActsWithheldError(RuntimeError):
    """No act may be done now; `problem` says why and what has to happen first."""

    def __init__(self, problem: Problem) -> None:
        """Keep the reason."""
        super().__init__(problem.sentence)
        self.problem = problem


@dataclass
class Act:
    """An act under way: its place in the chain is held, its entry is written when it ends well."""

    sequence: int
    action: str
    subject: str
    by: Actor
    moment: Moment
    details: dict[str, object]
    _models: dict[str, type[Sealed]] = field(default_factory=dict)
    _vouched: dict[type[Vouched], set[object] | None] = field(default_factory=dict)
    _receipts: list[tuple[Receipt, dict[str, canonical.Json]]] = field(default_factory=list)
    _entry: Entry | None = None

    @property
    def entry(self) -> Entry:
        """The entry, once the act has ended well."""
        if self._entry is None:
            raise RuntimeError("the act has not ended yet: its entry is written at the end")
        return self._entry

    def seal(self, rows: Iterable[Row]) -> list[Row]:
        """Bind rows to this entry, storing those that are new; give them back with their keys.

        A stored row must have been made with `sealed_by=act.sequence`; one that another entry
        sealed raises ValueError.
        """
        made = list(rows)
        new: dict[type[Sealed], list[Sealed]] = {}
        for row in made:
            waiting = new.setdefault(type(row), [])
            if row._state.adding:
                row.sealed_by = self.sequence
                waiting.append(row)
            elif row.sealed_by != self.sequence:
                raise ValueError(f"{row!r} belongs to entry {row.sealed_by}, not {self.sequence}")
        for model, waiting in new.items():
            self._models[model._meta.label] = model
            model._base_manager.bulk_create(waiting)
        return made

    def vouch(self, *left: type[Vouched] | Vouched) -> None:
        """Let the entry hold how the act leaves whole tables, or single rows of them.

        Whatever an act changes in a table that the ledger vouches for must be named here; what is
        held is read when the act ends. A table as a whole also says that no other row is there.
        """
        for each in left:
            if isinstance(each, type):
                self._vouched[each] = None
                continue
            keys = self._vouched.setdefault(type(each), set())
            if keys is not None:
                keys.add(each.pk)


@contextmanager
def act(
    action: str,
    *,
    subject: str,
    by: Actor,
    moment: Moment,
    details: Mapping[str, object] | None = None,
) -> Iterator[Act]:
    """Do something and record it: all of it stands, or nothing.

    Opens a transaction and locks the head of the chain, so that acts follow one another; the entry
    with the digest of the sealed rows is written at the end. An act inside an act is refused.
    """
    if _open.get():
        raise RuntimeError(f"{action}: an act cannot hold another act")
    token = _open.set(True)
    try:
        with transaction.atomic():
            head = Head.objects.select_for_update().get(pk=1)
            _ask(action)
            if head.sequence == 0:
                keys.make()
            current = Act(head.sequence + 1, action, subject, by, moment, dict(details or {}))
            yield current
            _close(current, head)
    finally:
        _open.reset(token)


def record(
    action: str,
    *,
    subject: str,
    by: Actor,
    moment: Moment,
    details: Mapping[str, object] | None = None,
) -> Entry:
    """Record an act that seals no rows; call it in the transaction of what it records."""
    with act(action, subject=subject, by=by, moment=moment, details=details) as done:
        pass
    return done.entry


class ClockSteppedBackError(ActsWithheldError):
    """An act that decides by the clock came with a moment that the ledger had long passed."""


@contextmanager
def timed_act(
    action: str,
    *,
    subject: str,
    by: Actor,
    moment: Moment,
    details: Mapping[str, object] | None = None,
) -> Iterator[Act]:
    """Do an act that decides by the clock: openings, closings, locks.

    Refused where the moment lies before the ledger's latest by more than `CLOCK_TOLERANCE`; the
    refusal leaves an alarm in the ledger, one for each time the clock is set back.
    """
    try:
        with act(action, subject=subject, by=by, moment=moment, details=details) as current:
            _ask_the_clock(moment)
            yield current
    except ClockSteppedBackError:
        _alarm(action, by, moment)
        raise


def withhold(rule: Rule) -> None:
    """Let a rule say of each act, by its name, why it may not be done now; called at start-up.

    Asked in the act itself, when it holds the head: no page, command or job comes round it.
    """
    if rule not in _rules:
        _rules.append(rule)


def part_from_lost_heads() -> Path | None:
    """Let the site's heads file go on with the chain as it is; what it held before stays beside.

    Only after an act has put the lost heads down. Returns the name under which they lie.
    """
    path = Path(settings.HEADS_FILE)
    known = list(heads.read(path)) if path.exists() else []
    stored = dict(Entry.objects.values_list("sequence", "hash").iterator()) if known else {}
    return heads.set_aside(path, lambda sequence, digest: stored.get(sequence) == digest)


def name_actions(names: Mapping[str, str]) -> None:
    """Say what a part's actions are called on pages; called from its AppConfig.ready."""
    sentences.register(names)


def issue_receipt(during: Act, *, number: str, content: Mapping[str, object]) -> Receipt:
    """Promise a receipt within an open act; it is filled, signed and stored when the act ends.

    The entry's details carry the SHA-256 of the content, so that the chain itself stands for what
    the receipt says.
    """
    if not OWN_WORDS.isdisjoint(content):
        raise ValueError(f"{sorted(OWN_WORDS)} in a receipt are the ledger's own words")
    promised = Receipt(number=number)
    during._receipts.append((promised, canonical.fields({**content, "number": number})))
    return promised


def _ask(action: str) -> None:
    for rule in _rules:
        problem = rule(action)
        if problem is not None:
            raise ActsWithheldError(problem)


def _latest() -> datetime | None:
    latest: datetime | None = Entry.objects.aggregate(latest=Max("at"))["latest"]
    return latest


def _ask_the_clock(moment: Moment) -> None:
    latest = _latest()
    if latest is None or moment.at >= latest - CLOCK_TOLERANCE:
        return
    behind = int((latest - moment.at).total_seconds())
    what = f"服务器时钟比账本里最晚的一条慢了{behind}秒，可能被拨回过，开始、关闭和锁定都先停下"
    raise ClockSteppedBackError(
        Problem("服务器时钟", what, "请系统管理员校准时钟并查明原因，然后再办一次")
    )


def _alarm(action: str, by: Actor, moment: Moment) -> None:
    """Write down that the clock went back, once for the same latest moment."""
    details = canonical.fields({"latest": _latest(), "refused": action})
    known = Entry.objects.filter(action=CLOCK_ALARM).order_by("-sequence").first()
    if known is None or json.loads(known.details)["latest"] != details["latest"]:
        record(CLOCK_ALARM, subject="服务器时钟", by=by, moment=moment, details=details)


def _close(current: Act, head: Head) -> None:
    """Write the entry, its receipts and the new head; tell the heads file once all is committed."""
    entry = _entry(current, head)
    entry.save(force_insert=True)
    _store_receipts(current, entry)
    moved = Head.objects.filter(pk=1, sequence=head.sequence).update(
        sequence=entry.sequence, hash=entry.hash
    )
    if moved != 1:
        raise RuntimeError("账本末端被别处改动，本次操作没有记入。")
    current._entry = entry
    transaction.on_commit(partial(heads.append, Path(settings.HEADS_FILE), entry))


def _entry(current: Act, head: Head) -> Entry:
    algorithm = settings.LEDGER_HASH
    details = canonical.fields(current.details)
    if "receipts" in details:
        raise ValueError("`receipts` in the details is the ledger's own word")
    if current._receipts:
        details["receipts"] = {
            receipt.number: hashing.digest("sha256", canonical.text(content))
            for receipt, content in current._receipts
        }
    entry = Entry(
        sequence=current.sequence,
        action=current.action,
        subject=current.subject,
        actor=current.by.username,
        actor_name=current.by.name,
        actor_role=current.by.role,
        actor_unit=current.by.unit,
        at=current.moment.at,
        business_date=current.moment.business_date,
        details=canonical.text(details),
        seals=canonical.text(
            _seals(current, algorithm) | vouching.states(current._vouched, algorithm)
        ),
        algorithm=algorithm,
        previous=head.hash,
    )
    entry.hash = entry.expected_hash()
    entry.stamp = keys.stamp(algorithm, entry.hash)
    return entry


def _seals(current: Act, algorithm: str) -> dict[str, dict[str, Any]]:
    """Digest the rows as the database now holds them, not as the caller thinks they are."""
    seals = {}
    for label, model in current._models.items():
        stored = model._base_manager.filter(sealed_by=current.sequence).order_by("pk")
        lines = (line for _, line in sealed_lines(stored))
        rows, digest = hashing.digest_lines(algorithm, lines)
        columns = [*model.sealed_fields]
        seals[label] = {"rows": rows, "columns": columns, "digest": digest}
    return seals


def _store_receipts(current: Act, entry: Entry) -> None:
    for receipt, content in current._receipts:
        place = {"entry": entry.content(), "hash": entry.hash, "key": keys.public()["fingerprint"]}
        receipt.entry = entry
        receipt.content = canonical.text({**content, **place})
        receipt.signature, receipt.key = keys.sign(receipt.content)
        receipt.save(force_insert=True)
