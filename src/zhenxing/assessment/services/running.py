"""Runs: asked for, worked off one after another outside of any act, sealed by one."""

from __future__ import annotations

import logging
from datetime import timedelta
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Any

from django.db.models import Max
from django.utils import timezone

from zhenxing import __version__
from zhenxing.accounts.models import User
from zhenxing.assessment import access
from zhenxing.assessment.choices import JobState, Purpose, RoundState
from zhenxing.assessment.models import Job, Round, Run, RunRow
from zhenxing.assessment.queries import reckoning
from zhenxing.assessment.queries.snapshots import digest, snapshot_of
from zhenxing.assessment.queries.subjects import Subject, subjects_of
from zhenxing.assessment.services.standing import refuse, said_by
from zhenxing.audit import services as audit
from zhenxing.audit.models import Actor
from zhenxing.engine.schemes.results import told
from zhenxing.jobs import services as jobs
from zhenxing.kernel.moments import Moment
from zhenxing.kernel.periods import Period
from zhenxing.kernel.problems import Problem
from zhenxing.organisation import queries as organisation_queries
from zhenxing.organisation.services import ActRefusedError
from zhenxing.targets import queries as target_queries

if TYPE_CHECKING:
    from datetime import date

    from zhenxing.engine import schemes
    from zhenxing.web.scope import Scope

log = logging.getLogger("zhenxing.assessment")

SCHEDULE = Actor("schedule", "考核排期", "", "")
# A run takes seconds; one that has shown no sign for so long died with its server.
LOST_AFTER = timedelta(minutes=3)
MOST_PROBLEMS = 100
# In which states of a round a run of each purpose makes sense; a trial decides nothing.
STATES: dict[str, frozenset[str]] = {
    Purpose.TRIAL: frozenset(set(RoundState.values) - {RoundState.REVOKED}),
    Purpose.FIRST: frozenset({RoundState.GATHERING}),
    Purpose.FINAL: frozenset({RoundState.MARKED, RoundState.REPLY}),
}
_mine: set[int] = set()


def ask_run(
    *,
    round_: Round,
    purpose: str,
    as_of: date,
    scope: Scope | None,
    moment: Moment,
    note: str = "",
) -> Job:
    """Ask for a run on what was known on a day; None as scope is the schedule's asking.

    Raises ActRefusedError. One run of a round waits at a time.
    """
    fail_lost(moment)
    _require_asker(round_, scope, moment)
    row = Round.objects.get(pk=round_.pk)
    if row.state not in STATES[purpose]:
        refuse(str(row), f"现在是“{row.get_state_display()}”，不能做{Purpose(purpose).label}",
               "请看这个考核走到哪一步，再选试算或终评")  # fmt: skip
    if as_of > moment.business_date:
        refuse("数据截至", f"{as_of}还没有到", "请选今天或更早的一天")
    if row.jobs.filter(state__in=[JobState.QUEUED, JobState.RUNNING]).exists():
        refuse(str(row), "已有一次测算在排队或正在算", "请等它算完")
    return Job.objects.create(
        round=row,
        purpose=purpose,
        as_of=as_of,
        note=note.strip()[:200],
        asked_by=scope.username if scope else SCHEDULE.username,
        asked=moment.at,
        stage="等待计算",
    )


def start(job: Job, moment: Moment) -> None:
    """Let the run begin beside the pages once what was asked stands; one at a time."""

    _mine.add(job.pk)
    jobs.beside(f"run-{job.pk}", partial(_in_turn, job.pk, moment.business_date))


def run_job(job: Job, *, moment: Moment) -> Job:
    """Do a run now: read, reckon, seal. What goes wrong stands in the job, in words."""
    Job.objects.filter(pk=job.pk).update(state=JobState.RUNNING, started=moment.at)
    _tell(job, 5, "读方案")
    try:
        run = _done(job, moment)
    except (ActRefusedError, reckoning.UnreadableRulesError) as refused:
        return _ended(job, moment, problems=tuple(refused.problems))
    return _ended(job, moment, run=run)


def fail_lost(moment: Moment) -> int:
    """Say of jobs that a server took with it when it died that they came to nothing."""
    waiting = Job.objects.filter(state__in=[JobState.QUEUED, JobState.RUNNING])
    lost = waiting.filter(asked__lt=moment.at - LOST_AFTER).exclude(pk__in=_mine)
    lack = Problem("测算", "服务器在算的时候停了，这一次没有算成", "请再算一次")
    return lost.update(state=JobState.FAILED, ended=moment.at, stage="中断", problems=told([lack]))


def _in_turn(key: int, business_date: date) -> None:
    """Do a run when its turn has come; a fault is told and logged."""
    at = timezone.now()  # noqa: TID251  # a run begins when its turn has come
    try:
        job = Job.objects.select_related("round").get(pk=key)
        _or_told(job, Moment(at, business_date))
    finally:
        _mine.discard(key)


def _or_told(job: Job, moment: Moment) -> None:
    try:
        run_job(job, moment=moment)
    except Exception:  # whatever it was, the page must not wait for ever
        log.exception("测算%s没有算成", job.pk)
        lack = Problem("测算", "程序出错，这一次没有算成，已记入日志", "请告诉系统管理员")
        _ended(job, moment, problems=(lack,))


def _done(job: Job, moment: Moment) -> Run:
    round_ = Round.objects.select_related("scheme__owner", "edition__scheme").get(pk=job.round_id)
    edition = round_.edition
    scheme = reckoning.rules(edition)
    _tell(job, 15, "读数据、目标、事项、评分")
    snapshot = snapshot_of(edition, scheme, round_.period, job.as_of, round_)
    inputs = snapshot.as_json()
    _tell(job, 45, f"{len(snapshot.units)}个单位、{len(scheme.items)}项，正在计分")
    made = reckoning.reckon(edition, snapshot)
    if not made.result.rows:
        raise ActRefusedError(*made.result.problems)
    result = reckoning.result_text(made)
    _tell(job, 85, "核对、记账")
    run = Run(
        round=round_, edition=edition, purpose=job.purpose, period=round_.period,
        as_of=job.as_of, rules=digest(edition.text), inputs=inputs,
        inputs_digest=digest(inputs), result=result, result_digest=digest(result),
        engine=__version__, note=job.note,
    )  # fmt: skip
    _seal(run, made, job, moment)
    Job.objects.filter(pk=job.pk).update(problems=told(made.result.problems[:MOST_PROBLEMS]))
    return run


def _seal(run: Run, made: schemes.Run, job: Job, moment: Moment) -> None:
    """Keep a run with its rows; what the round was when it was asked is looked at again."""
    by, said = _asker(job, moment)
    end = Period.parse(run.period).last_day
    who = {each.code: each for each in subjects_of(run.round.scheme, min(end, run.as_of))}
    with audit.act(
        "assessment.run.done", subject=str(run.round), by=by, moment=moment,
        details={"purpose": run.purpose, "as_of": run.as_of.isoformat(), "rules": run.rules,
                 "inputs": run.inputs_digest, "result": run.result_digest},
    ) as act:  # fmt: skip
        row = Round.objects.select_related("edition").get(pk=run.round_id)
        if row.state not in STATES[run.purpose]:
            refuse(str(row), f"算的时候考核已变为“{row.get_state_display()}”", "请刷新后再看")
        if digest(row.edition.text) != run.rules:
            refuse(str(row), "算的时候方案文本变了", "请核对方案版本后再算")
        run.number = (row.runs.aggregate(last=Max("number"))["last"] or 0) + 1
        act.details["number"] = run.number
        for name, value in said.items():
            setattr(run, name, value)
        act.seal([run])
        act.seal(_rows(run, made, who, said))


def _rows(
    run: Run, made: schemes.Run, who: dict[str, Subject], said: dict[str, Any]
) -> list[RunRow]:
    names = made.facts.units
    return [
        RunRow(
            run=run,
            unit=who[row.unit].own if row.unit in who else None,
            code=row.unit,
            name=names[row.unit].name,
            group=row.group or "",
            total=None if row.total is None else Decimal(row.total),
            rank=row.rank,
            of=row.of,
            grade=row.grade or "",
            eligible=row.eligible,
            **said,
        )
        for row in made.result.rows
    ]


def said_by_schedule(moment: Moment) -> dict[str, Any]:
    """Give the columns of what the schedule did."""
    return {
        "by": SCHEDULE.username,
        "by_name": SCHEDULE.name,
        "recorded": moment.at,
        "business_date": moment.business_date,
    }


def _asker(job: Job, moment: Moment) -> tuple[Actor, dict[str, Any]]:
    """Give who asked, as the ledger and the rows say it."""
    if job.asked_by == SCHEDULE.username:
        return SCHEDULE, said_by_schedule(moment)
    person = User.objects.get(username=job.asked_by)
    scope = organisation_queries.scope_of(person, moment.business_date)
    return organisation_queries.actor(scope), said_by(scope, moment)


def _require_asker(round_: Round, scope: Scope | None, moment: Moment) -> None:
    if scope is None:
        return
    scheme = round_.scheme
    seats = target_queries.seats(scope, moment.business_date)
    if not access.keeps(seats, scheme.owner.code, is_countys=scheme.is_countys):
        refuse("测算", "只有主办这个考核的考核办可以测算")


def _tell(job: Job, share: int, stage: str) -> None:
    """Say how far it is, outside of any act: a job decides nothing."""
    Job.objects.filter(pk=job.pk).update(share=share, stage=stage)


def _ended(
    job: Job, moment: Moment, *, run: Run | None = None, problems: tuple[Problem, ...] = ()
) -> Job:
    state = JobState.DONE if run else JobState.FAILED
    said: dict[str, Any] = {} if run else {"problems": told(problems[:MOST_PROBLEMS])}
    Job.objects.filter(pk=job.pk).update(
        state=state, ended=moment.at, run=run, share=100, stage=JobState(state).label, **said
    )
    return Job.objects.select_related("run", "round").get(pk=job.pk)
