"""The daily round: what parts registered is done once a day, by a command or the first sign-in.

    jobs.every_day("开出到期的填报任务", open_due)      # in AppConfig.ready

A job takes the moment, does what is due, and says in sentences what it did: nothing where nothing
was due, so that a second round changes nothing. One that fails is told and stops no other.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from threading import Lock, Thread
from typing import TYPE_CHECKING, Any

from django.db import connections, transaction

if TYPE_CHECKING:
    from datetime import date

    from zhenxing.kernel.moments import Moment

log = logging.getLogger("zhenxing.jobs")

Job = Callable[["Moment"], Sequence[str]]

_turn = Lock()
_jobs: dict[str, Job] = {}
# The business day whose round this process has done well: the next sign-in need not look again.
_done: dict[str, date] = {}


@dataclass(frozen=True)
class Outcome:
    """What one job did, in sentences; `failed` where it could not."""

    label: str
    done: tuple[str, ...] = ()
    failed: str = ""


def every_day(label: str, job: Job) -> None:
    """Register a job under its Chinese name; called from a part's AppConfig.ready."""
    _jobs[label] = job


def labels() -> list[str]:
    """Name the jobs of the round."""
    return list(_jobs)


def run(moment: Moment) -> list[Outcome]:
    """Do everything that is due now, in the order of registration."""
    return [_outcome(label, job, moment) for label, job in _jobs.items()]


def run_once(moment: Moment) -> list[Outcome]:
    """Do the round unless this process has done it well for the business day."""
    if _done.get("day") == moment.business_date:
        return []
    outcomes = run(moment)
    if not any(each.failed for each in outcomes):
        _done["day"] = moment.business_date
    return outcomes


def run_after_commit(moment: Moment) -> None:
    """Do the round once what is under way stands: after the business date was moved."""
    transaction.on_commit(partial(run, moment))


def after_sign_in(request: Any, **_: object) -> None:  # noqa: ANN401  # a request once it has a moment
    """Do the round at a sign-in through the door; a site needs no clockwork of its own."""
    moment = getattr(request, "moment", None)
    if moment is not None:
        transaction.on_commit(partial(run_once, moment))


def forget() -> None:
    """Let the next sign-in look again."""
    _done.clear()


def _outcome(label: str, job: Job, moment: Moment) -> Outcome:
    try:
        return Outcome(label, tuple(job(moment)))
    except Exception as error:  # one job's fault must stop neither the others nor a sign-in
        log.exception("每日例行「%s」没有做成", label)
        return Outcome(label, failed=f"{type(error).__name__}：{error}")


def beside(name: str, work: Callable[[], None]) -> None:
    """Let work begin beside the pages once what was asked for stands; one piece after another.

    The work words its own faults and takes its own clock when its turn comes.
    """

    def begin() -> None:
        Thread(target=_in_turn, args=(work,), name=name, daemon=True).start()

    transaction.on_commit(begin)


def _in_turn(work: Callable[[], None]) -> None:
    with _turn:
        try:
            work()
        finally:
            connections.close_all()
