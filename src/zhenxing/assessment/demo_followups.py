"""What followed from the demo's half year: an appeal, a reward, a talk; a selection of pilots."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from zhenxing.accounts.choices import Role
from zhenxing.assessment.choices import AppealEffect, Every, PilotCategory, SchemeKind, UseKind
from zhenxing.assessment.models import RunRow, Scheme
from zhenxing.assessment.queries import appeals as appeal_queries
from zhenxing.assessment.queries import uses as use_queries
from zhenxing.assessment.services import appealing, applying, rounds, scheduling, using
from zhenxing.assessment.services.rounds import Opening
from zhenxing.kernel.moments import Moment
from zhenxing.organisation import queries as organisation_queries
from zhenxing.organisation.models import Post, Unit

if TYPE_CHECKING:
    from zhenxing.assessment.demo_office import Office
    from zhenxing.assessment.models import Round, Use
    from zhenxing.web.scope import Scope

TOWN = "T01"
APPEALED, FILED, ANSWERED = date(2023, 7, 28), date(2023, 7, 29), date(2023, 7, 31)
USED, DECIDED = date(2023, 8, 7), date(2023, 8, 9)
SELECTION, SELECTED, APPLY_UNTIL = "2023", date(2023, 10, 19), date(2023, 10, 31)


def appeal(round_: Round, office: Office) -> None:
    """Let the demo's town appeal about the judged item; the office answers with its reasons."""
    round_.refresh_from_db()
    result = round_.result
    row = RunRow.objects.filter(run=result, code=TOWN).first()
    writer, leader = _of_town(Role.TOWN_OFFICE), _of_town(Role.TOWN_LEADER)
    if result is None or row is None or writer is None or leader is None:
        return
    words = "评分期间本镇两个村的问卷没有回收，请核对样本是否够数"
    made = appealing.draft(
        round_=round_, code=TOWN, plea=appealing.Plea("satisfaction", words, "按补收的问卷重计"),
        scope=_scope(writer, APPEALED), moment=Moment(office.at, APPEALED),
    )  # fmt: skip
    made = appealing.file(
        appeal=made, seen=appeal_queries.seen(made), scope=_scope(leader, FILED),
        moment=Moment(office.at, FILED),
    )  # fmt: skip
    scope, moment = office.on(ANSWERED)
    told = "经核对，回收的问卷够方案规定的样本数，未回收的不影响评分"
    verdict = appealing.Verdict(AppealEffect.REFUSED, told)
    appealing.answer(
        appeal=made, verdict=verdict, seen=appeal_queries.seen(made), scope=scope, moment=moment
    )


def uses(round_: Round, office: Office) -> None:
    """Propose a reward for a first place, approve it, and propose a talk with a last place."""
    rows = RunRow.objects.filter(run=round_.result, rank__isnull=False)
    first = rows.filter(eligible=True).order_by("rank", "group", "code").first()
    last = rows.order_by("-rank", "group", "code").first()
    if first is None or last is None or first == last:
        return
    reward = _use(first, round_, office, UseKind.REWARD, "半年考核奖励工作经费", Decimal(20))
    scope, moment = office.on(DECIDED, 1)
    using.approve(
        use=reward, note="同意", seen=use_queries.seen(reward), scope=scope, moment=moment
    )
    _use(last, round_, office, UseKind.TALK, "由分管县领导约谈，限一个月提出整改措施")


def rhythms(office: Office) -> None:
    """Set the rhythm of the county's quarterly scheme, from the coming quarter on."""
    scheme = Scheme.objects.filter(kind=SchemeKind.QUARTER, owner__parent=None).first()
    if scheme is None:
        return
    scope, moment = office.on(SELECTED)
    rhythm = scheduling.Rhythm(Every.QUARTER, 12, 5, 5, date(2023, 10, 1))
    scheduling.set_schedule(scheme=scheme, rhythm=rhythm, seen="", scope=scope, moment=moment)


def selection(office: Office) -> None:
    """Begin a selection of pilots; the demo's town has drafted its application."""
    scheme = Scheme.objects.filter(kind=SchemeKind.PILOT_SELECTION).first()
    writer = _of_town(Role.TOWN_OFFICE)
    if scheme is None or writer is None:
        return
    scope, moment = office.on(SELECTED)
    round_ = rounds.open_round(
        scheme=scheme, opening=Opening(SELECTION, SELECTED, APPLY_UNTIL), scope=scope,
        moment=moment,
    )  # fmt: skip
    statement = "距县城近，冬菜和生猪产业有基础，已盘活闲置校舍两处，拟建加工园一个。"
    applying.apply(
        round_=round_, unit=Unit.objects.get(code=TOWN),
        bid=applying.Bid(PilotCategory.CENTRAL, statement), seen="",
        scope=_scope(writer, SELECTED), moment=moment,
    )  # fmt: skip


def _use(  # one consequence
    row: RunRow,
    round_: Round,
    office: Office,
    kind: UseKind,
    words: str,
    amount: Decimal | None = None,
) -> Use:
    scope, moment = office.on(USED)
    met = use_queries.conditions_of(row, round_)
    condition = next((each for each in met if each.endswith("末位")), met[0])
    offer = using.Offer(kind, condition, words, amount, "禾考发〔2023〕10号")
    return using.propose(round_=round_, code=row.code, offer=offer, scope=scope, moment=moment)


def _of_town(role: Role) -> Post | None:
    posts = Post.objects.filter(role=role, unit__code=TOWN).select_related("person")
    return posts.order_by("person__username").first()


def _scope(post: Post, day: date) -> Scope:
    return organisation_queries.scope_of(post.person, day)
