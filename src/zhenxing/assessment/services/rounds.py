"""A round from its opening to the publication, each step by whom the matrix names."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from zhenxing.assessment.choices import ROUND_MOVES, Purpose, RoundAct, RoundState
from zhenxing.assessment.models import Round, RoundStep, Run
from zhenxing.assessment.queries import reckoning
from zhenxing.assessment.queries import rounds as asking
from zhenxing.assessment.services import appealing
from zhenxing.assessment.services.running import SCHEDULE, said_by_schedule
from zhenxing.assessment.services.standing import refuse, said_by
from zhenxing.audit import services as audit
from zhenxing.kernel.periods import Period, PeriodError
from zhenxing.organisation import queries as organisation_queries
from zhenxing.targets import queries as target_queries

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from zhenxing.assessment.models import Scheme
    from zhenxing.audit.services import Act
    from zhenxing.kernel.moments import Moment
    from zhenxing.web.scope import Scope

ONLY_OFFICE = "只有主办这个考核的考核办可以办"
OTHERS = "请考核办的另一位同事办"


@dataclass(frozen=True)
class Opening:
    """What a round begins with: its period, what is known of it, by when marks are in."""

    period: str
    as_of: date
    gather_until: date | None = None


def open_round(*, scheme: Scheme, opening: Opening, scope: Scope | None, moment: Moment) -> Round:
    """Begin the assessment of a period on the edition in force; None as scope is the schedule.

    Raises ActRefusedError.
    """
    today, period = moment.business_date, opening.period
    if scope is not None and not asking.may(target_queries.seats(scope, today), scheme).keeps:
        refuse("开始考核", ONLY_OFFICE)
    _require_dates(opening, today)
    edition = asking.edition_in_force(scheme, period, today)
    if edition is None:
        refuse(scheme.name, f"{Period.parse(period).label}没有已发布的方案版本",
               "请先发布覆盖这一期的版本")  # fmt: skip
    by = organisation_queries.actor(scope) if scope else SCHEDULE
    subject = f"{scheme.name} {period}"
    with audit.act("assessment.round.opened", subject=subject, by=by, moment=moment) as act:
        standing = scheme.rounds.filter(period=period).exclude(state=RoundState.REVOKED)
        if standing.exists():
            refuse(subject, "这一期的考核已经开始", "请打开已有的考核")
        row = Round.objects.create(
            scheme=scheme, edition=edition, period=period, as_of=opening.as_of, opened=today,
            gather_until=opening.gather_until,
        )  # fmt: skip
        act.vouch(row)
        act.details |= {"edition": edition.number, "as_of": opening.as_of.isoformat()}
        said = said_by(scope, moment) if scope else said_by_schedule(moment)
        act.seal([RoundStep(round=row, act=RoundAct.OPENED, note="", **said)])
    return row


def mark(*, round_: Round, run: Run, scope: Scope, moment: Moment) -> Round:
    """Make a run the first mark: from now on the assessed see their own."""
    with _moving(round_, RoundState.MARKED, scope, moment) as (row, step, _):
        _require_keeper(row, scope, moment)
        _require_run(row, run, Purpose.FIRST)
        if asking.open_panels(row):
            refuse("评分", "还有评分组没有评完", "请等评委交卷，或写明原因提前结束评分")
        row.result, row.as_of, step.run = run, run.as_of, run
    return row


def open_replies(
    *,
    round_: Round,
    until: date,
    scope: Scope,
    moment: Moment,
    run: Run | None = None,
) -> Round:
    """Let the assessed appeal up to a day; `run` where a new one takes the first mark's place."""
    with _moving(round_, RoundState.REPLY, scope, moment) as (row, step, act):
        _require_keeper(row, scope, moment)
        if until < moment.business_date:
            refuse("申诉截止", f"{until}已经过去", "请写今天或以后的一天")
        if run is not None:
            _require_run(row, run, Purpose.FINAL)
            row.result, row.as_of = run, run.as_of
        row.reply_until, step.run = until, row.result
        act.details["until"] = until.isoformat()
    return row


def reopen(*, round_: Round, reason: str, scope: Scope, moment: Moment) -> Round:
    """Lead a round back with a reason: to its first mark, or to marks and evidence before it."""
    to = RoundState.GATHERING if round_.state == RoundState.MARKED else RoundState.MARKED
    _require_reason(reason)
    with _moving(round_, to, scope, moment, RoundAct.REOPENED) as (row, step, act):
        if not asking.may_of(scope, row, moment.business_date).decides:
            _require_keeper(row, scope, moment)
        step.run, step.note = row.result, reason.strip()[:300]
        row.reason = reason.strip()[:200]
        row.reply_until = None
        if to == RoundState.GATHERING:
            row.result = None
        act.details["reason"] = row.reason
    return row


def check(
    *,
    round_: Round,
    run: Run,
    ticked: Collection[str],
    note: str,
    scope: Scope,
    moment: Moment,
) -> Round:
    """Confirm a run as a second person: reckoned anew, all drawn items looked at, nothing open.

    `ticked` are the keys of the drawn items (`queries.rounds.draw`).
    """
    anew = reckoning.recheck(Run.objects.select_related("edition__scheme").get(pk=run.pk))
    with _moving(round_, RoundState.CHECKED, scope, moment) as (row, step, act):
        _require_second(row, run, scope, moment, "复核")
        latest = asking.newest_run(row)
        if latest is None or latest.pk != run.pk:
            refuse("复核", "这不是最近一次测算", "请刷新页面，复核最近的一次")
        if not anew.holds:
            refuse("复核", f"重新计算与存档不同：{'；'.join(anew.differences[:3])}",
                   "请停下来查明原因，并告诉审计人员")  # fmt: skip
        _require_nothing_open(row, moment)
        drawn = asking.draw(row, run)
        missed = drawn.keys - set(ticked)
        if missed:
            refuse("抽查", f"抽中的{len(drawn.items)}项还有{len(missed)}项没有看过",
                   "请逐项打开核对后勾上")  # fmt: skip
        held = run.rows.filter(total__isnull=True).count()
        if held and not note.strip():
            refuse("意见", f"{held}个单位没有总分", "请写明为什么照此公布")
        row.result, row.as_of, step.run = run, run.as_of, run
        appealing.settle(row, run, act)
        step.note = note.strip()[:300]
        act.details |= {"seed": drawn.seed, "drawn": sorted(drawn.keys), "without_total": held}
    return row


def publish(*, round_: Round, document: str, scope: Scope, moment: Moment) -> Round:
    """Make a checked result public, by a person who did not run it.

    Nor by who checked it, where the office has somebody else. The view asks for the password.
    """
    with _moving(round_, RoundState.PUBLISHED, scope, moment) as (row, step, act):
        if row.result is None:
            refuse("公布", "没有经复核的结果", "请先复核")
        _require_second(row, row.result, scope, moment, "公布")
        checker = row.steps.filter(act=RoundAct.CHECKED).order_by("-pk").first()
        hands = {row.result.by, checker.by if checker else ""}
        is_alone = not asking.others_who_decide(row, hands, moment.business_date)
        if scope.username in hands and not is_alone:
            refuse("公布", "您复核过这个结果，公布的应是另一个人", OTHERS)
        if not document.strip():
            refuse("通报文号", "没有填写", "请写通报的文号")
        if not reckoning.is_whole(row.result):
            refuse("公布", "存档的结果与校验值不符", "请停下来查明原因，并告诉审计人员")
        row.document, row.published = document.strip()[:60], moment.business_date
        step.run = row.result
        act.details |= {"document": row.document, "result": row.result.result_digest}
    return row


def revoke(*, round_: Round, reason: str, scope: Scope, moment: Moment) -> Round:
    """Take a round back with a reason; what was published stays readable as revoked."""
    _require_reason(reason)
    with _moving(round_, RoundState.REVOKED, scope, moment) as (row, step, act):
        _require_keeper(row, scope, moment)
        step.run, step.note = row.result, reason.strip()[:300]
        row.reason = reason.strip()[:200]
        act.details["reason"] = row.reason
    return row


@contextmanager
def _moving(
    round_: Round, to: str, scope: Scope, moment: Moment, word: str = ""
) -> Iterator[tuple[Round, RoundStep, Act]]:
    """Move a round one step: as it is now, saved, held by the entry, with its step beside it."""
    what = word or RoundAct(to).value
    with audit.act(
        f"assessment.round.{what}",
        subject=str(round_),
        by=organisation_queries.actor(scope),
        moment=moment,
    ) as act:
        rows = Round.objects.select_related("scheme__owner", "edition__scheme", "result")
        row = rows.get(pk=round_.pk)
        if to not in ROUND_MOVES[row.state]:
            refuse(str(row), f"现在是“{row.get_state_display()}”，不能{RoundAct(what).label}",
                   "请刷新页面，看走到哪一步")  # fmt: skip
        step = RoundStep(round=row, act=what, note="", **said_by(scope, moment))
        yield row, step, act
        row.state = to
        row.save()
        act.vouch(row)
        act.seal([step])


def _require_keeper(row: Round, scope: Scope, moment: Moment) -> None:
    if not asking.may_of(scope, row, moment.business_date).keeps:
        refuse(str(row), ONLY_OFFICE)


def _require_second(row: Round, run: Run, scope: Scope, moment: Moment, what: str) -> None:
    posts = target_queries.seats(scope, moment.business_date)
    if not asking.may(posts, row.scheme).decides:
        refuse(what, ONLY_OFFICE)
    if not asking.may(posts, row.scheme, [run.by]).decides:
        refuse(what, f"这次测算是您做的，{what}的须是另一个人", OTHERS)


def _require_run(row: Round, run: Run, purpose: str) -> None:
    if run.round_id != row.pk or run.purpose != purpose:
        refuse("测算", f"这不是本次考核的{Purpose(purpose).label}", "请先做一次再确认")


def _require_nothing_open(row: Round, moment: Moment) -> None:
    if row.takes_appeals(moment.business_date):
        refuse("申诉期", f"申诉到{row.reply_until}才截止", "请过了这一天再复核")
    lacks = [each.what for each in asking.lacks(row)]
    if lacks:
        refuse("复核", "、".join(lacks), "请先办完")


def _require_reason(reason: str) -> None:
    if not reason.strip():
        refuse("原因", "没有填写", "请写明为什么")


def _require_dates(opening: Opening, today: date) -> None:
    try:
        Period.parse(opening.period)
    except PeriodError as error:
        what, _, next_ = str(error).rstrip("。").partition("；")
        refuse("考核期", what, next_)
    if opening.as_of > today:
        refuse("数据截至", f"{opening.as_of}还没有到", "请选今天或更早的一天")
    if opening.gather_until is not None and opening.gather_until < today:
        refuse("自评和评分截止", f"{opening.gather_until}已经过去", "请写今天或以后的一天")
