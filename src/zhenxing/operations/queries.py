"""Questions about the site itself: does everything hold, is part of the ledger lost, its health."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

from zhenxing.audit import queries as audit
from zhenxing.audit.models import Entry
from zhenxing.documents.models import File
from zhenxing.documents.services import stored_at
from zhenxing.kernel.problems import Problem
from zhenxing.operations.choices import (
    LOSS_ACCEPTED,
    LOSS_FOUND,
    LOSS_PROPOSED,
    STILL_DONE,
)
from zhenxing.operations.refusing import OperationRefusedError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import datetime

    from zhenxing.audit.queries import Verification

RECENT = 2_000  # heads looked at when the site starts; `verify` looks at all of them
TOLD = 20
BLOCK = 1024 * 1024
STEP = "由县级管理员和审计在“系统”页核对后接受；在此之前只能查看"


@dataclass(frozen=True)
class Loss:
    """Part of the ledger that is gone: heads outside name entries the database does not have."""

    found: int
    restored_to: int
    known_to: int
    known_hash: str
    at: datetime
    proposal: Entry | None

    @property
    def sentence(self) -> str:
        """What is missing, for a banner."""
        span = f"第{self.restored_to + 1}条至第{self.known_to}条"
        if self.restored_to >= self.known_to:
            span = f"第{self.known_to}条以前的一段"
        return f"本站只读：数据库是旧备份或被换过，账本{span}不在库里"

    @property
    def reason(self) -> str:
        """What the administrator wrote, if one has proposed to go on without it."""
        return str(json.loads(self.proposal.details)["reason"]) if self.proposal else ""


def loss() -> Loss | None:
    """Give the loss that nobody has accepted yet."""
    steps = Entry.objects.filter(action__in=(LOSS_FOUND, LOSS_PROPOSED, LOSS_ACCEPTED))
    proposal = None
    for entry in steps.order_by("-sequence")[:TOLD]:
        if entry.action == LOSS_ACCEPTED:
            return None
        if entry.action == LOSS_FOUND:
            told = json.loads(entry.details)
            return Loss(
                found=entry.sequence,
                restored_to=told["restored_to"],
                known_to=told["known_to"],
                known_hash=told["known_hash"],
                at=entry.at,
                proposal=proposal,
            )
        proposal = proposal or entry
    return None


def why_withheld(action: str) -> Problem | None:
    """Say why an act may not be done now: while part of the ledger is lost, the site reads only."""
    if action.startswith(STILL_DONE):
        return None
    found = loss()
    return None if found is None else Problem("", found.sentence, STEP)


def recent_heads() -> list[tuple[int, str]]:
    """Give the newest heads of the site's own file; a file that cannot be read is for `verify`."""
    path = Path(settings.HEADS_FILE)
    try:
        return sorted(audit.heads_in(path))[-RECENT:] if path.exists() else []
    except (OSError, ValueError):
        return []


def checked(
    known_heads: Iterable[tuple[int, str]] = (), receipts: Iterable[Mapping[str, object]] = ()
) -> Verification:
    """Verify the ledger, and the bytes of every stored file against what the database says."""
    known = list(known_heads)
    given_up = [line for line in known if line in _given_up(known)]
    verification = audit.verify(
        known_heads=[line for line in known if line not in given_up], receipts=receipts
    )
    told = [_of_given_up(given_up)] if given_up else []
    return replace(verification, problems=(*verification.problems, *told, *file_problems()))


def file_problems() -> Iterator[Problem]:
    """Tell of stored files that are gone or no longer what was handed in."""
    rows = File.objects.order_by("sha256", "pk").values_list("sha256", "name", "size")
    told: dict[str, tuple[str, int]] = {}
    for digest, name, size in rows.iterator():
        told.setdefault(digest, (name, size))
    step = "请从备份补回这一份原件，并查明何时被动过"
    for digest, (name, size) in told.items():
        fault = _fault(stored_at(digest), digest, size)
        if fault:
            yield Problem(f"文件「{name}」（{digest[:12]}）", fault, step)


def kept_receipts(folder: Path) -> list[dict[str, object]]:
    """Read the receipts of a folder; one that is none is refused by its name."""
    if not folder.is_dir():
        raise OperationRefusedError(Problem(str(folder), "没有这个文件夹", "请核对路径"))
    found: list[dict[str, object]] = []
    for path in sorted(folder.rglob("*.json")):
        try:
            told = json.loads(path.read_text(encoding="utf-8-sig"))
            _ = (told["receipt"]["number"], told["receipt"]["entry"]["sequence"], told["signature"])
        except (KeyError, OSError, TypeError, ValueError) as error:
            step = "请换回下载时的原件，或把它移出这个文件夹"
            what = "不是一份完整的回执"
            raise OperationRefusedError(Problem(f"回执 {path.name}", what, step)) from error
        found.append(told)
    return found


def _given_up(known: list[tuple[int, str]]) -> set[tuple[int, str]]:
    """Give those heads that are of a branch whose loss was accepted: they hold nothing any more."""
    lost: set[tuple[int, str]] = set()
    for details in Entry.objects.filter(action=LOSS_ACCEPTED).values_list("details", flat=True):
        told = json.loads(details)
        if (told["known_to"], told["known_hash"]) not in known:
            continue
        span = [line for line in known if told["restored_to"] < line[0] <= told["known_to"]]
        parted = audit.parting(span)
        lost |= {line for line in span if parted is not None and line[0] >= parted.at}
    return lost


def _of_given_up(given_up: list[tuple[int, str]]) -> Problem:
    what = f"其中{len(given_up)}个属于恢复旧备份时经两人接受而舍去的一段，没有参加核对"
    return Problem("库外链头", what, "接受的记录在账本里，请对照当时的报告", "warning")


def _fault(path: Path, digest: str, size: int) -> str:
    try:
        if path.stat().st_size != size:
            return f"现有{path.stat().st_size:,}字节，收到时是{size:,}字节"
        with path.open("rb") as file:
            same = hashlib.file_digest(file, "sha256").hexdigest() == digest
    except FileNotFoundError:
        return "原件不见了"
    except OSError as error:
        return f"原件读不出来（{error.strerror}）"
    return "" if same else "原件的内容被改过"
