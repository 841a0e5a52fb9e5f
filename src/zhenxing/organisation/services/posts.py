"""Posts given and ended: asked for by an administrator, approved by a second person."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from zhenxing.accounts.choices import Role
from zhenxing.audit import services as audit
from zhenxing.kernel.problems import Problem
from zhenxing.organisation import access, queries
from zhenxing.organisation.choices import Decision, UnitKind
from zhenxing.organisation.models import Post, PostRequest
from zhenxing.organisation.services.proposals import Answer, decide
from zhenxing.organisation.services.refusals import ActRefusedError

if TYPE_CHECKING:
    from zhenxing.accounts.models import User
    from zhenxing.audit.models import Actor
    from zhenxing.kernel.moments import Moment
    from zhenxing.organisation.models import Unit, WorkingGroup
    from zhenxing.web.scope import Scope


def appoint(  # noqa: PLR0913  # a post is these words
    *,
    person: User,
    role: Role,
    unit: Unit,
    by: Actor,
    moment: Moment,
    group: WorkingGroup | None = None,
    title: str = "",
    document: str = "",
    since: date | None = None,
    until: date | None = None,
) -> Post:
    """Give a person a post, if the hard rules allow it beside those already held."""
    post = Post(
        person=person,
        role=role,
        unit=unit,
        group=group,
        title=title,
        document=document,
        since=since or moment.business_date,
        until=until,
    )
    details = _details(post)
    with audit.act(
        "organisation.post.granted", subject=person.username, by=by, moment=moment, details=details
    ) as act:
        # The act holds the head of the ledger, so nobody else can be granting meanwhile.
        held = Post.objects.filter(person=person).select_related("unit", "group__unit")
        refused = access.problems(seat_of(post), map(seat_of, held))
        if refused:
            raise ActRefusedError(*refused)
        post.save()
        act.vouch(post)
    return post


def end_post(*, post: Post, until: date, reason: str, by: Actor, moment: Moment) -> Post:
    """End a post after its last day; the row stays, as what was true."""
    if post.since is not None and until < post.since:
        raise ActRefusedError(Problem(str(post), "止日早于起日", "请改止日"))
    details = {**_details(post), "until": _iso(until), "reason": reason}
    with audit.act(
        "organisation.post.ended",
        subject=post.person.username,
        by=by,
        moment=moment,
        details=details,
    ) as act:
        post.until = until
        post.save(update_fields=["until"])
        act.vouch(post)
    return post


def seat_of(post: Post | PostRequest) -> access.Seat:
    """Give a post as the plain values the hard rules look at."""
    return access.Seat(
        role=Role(post.role),
        kind=UnitKind(post.unit.kind),
        unit=post.unit.code,
        group=post.group.code if post.group else "",
        group_unit=post.group.unit.code if post.group else "",
        since=post.since,
        until=post.until,
    )


def request_post(wanted: PostRequest, *, scope: Scope, moment: Moment) -> PostRequest:
    """Ask for a post as `wanted` says it; nothing is given until a second person approves."""
    wanted.proposed_at = moment.at
    wanted.proposed_by = queries.person(scope)
    with audit.act(
        "organisation.post.requested",
        subject=wanted.person.username,
        by=queries.actor(scope),
        moment=moment,
        details=_details(wanted),
    ) as act:
        refused = [
            *access.against_asking(
                scope, Role(wanted.role), wanted.person.username, wanted.document
            ),
            *_against_person(wanted.person),
            *access.problems(seat_of(wanted), _held(wanted.person)),
            *_against_twins(wanted),
        ]
        if refused:
            raise ActRefusedError(*refused)
        wanted.save(force_insert=True)
        act.vouch(wanted)
    return wanted


def decide_post(asked: PostRequest, answer: Answer) -> PostRequest:
    """Approve, refuse or withdraw a request; approved, the person has the post at once."""
    with decide(asked, answer, "organisation.post", _details(asked)) as act:
        refused = access.against_deciding(
            answer.scope, access.Proposal.of_post(asked), answer.decision
        )
        if answer.decision == Decision.APPROVED:
            refused += [
                *_against_person(asked.person),
                *access.problems(seat_of(asked), _held(asked.person)),
            ]
        if refused:
            raise ActRefusedError(*refused)
        if answer.decision == Decision.APPROVED:
            asked.post = Post.objects.create(
                person=asked.person,
                role=asked.role,
                unit=asked.unit,
                group=asked.group,
                title=asked.title,
                document=asked.document,
                since=asked.since,
                until=asked.until,
            )
            act.vouch(asked.post)
    return asked


def relieve(post: Post, *, until: date, reason: str, scope: Scope, moment: Moment) -> Post:
    """Let an administrator end somebody else's post; its last day is yesterday at the earliest."""
    refused = access.against_keeping(scope, post.person.username)
    if not reason.strip():
        refused.append(Problem("原因", "没有填写", "请写一句为什么，它会记入账本"))
    if until < moment.business_date - timedelta(days=1):
        refused.append(
            Problem(
                "止日", f"{until}已经过去，已经做过的事不能变成没有权限做的", "请改成昨天或以后"
            )
        )
    if post.until is not None and until > post.until:
        refused.append(Problem("止日", f"岗位{post.until}就到期，不能往后改", "请另外申请岗位"))
    if refused:
        raise ActRefusedError(*refused)
    return end_post(post=post, until=until, reason=reason, by=queries.actor(scope), moment=moment)


def _held(person: User) -> list[access.Seat]:
    return [
        seat_of(post)
        for post in Post.objects.filter(person=person).select_related("unit", "group__unit")
    ]


def _against_person(person: User) -> list[Problem]:
    if person.is_active:
        return []
    return [Problem(person.name, "账号已停用", "请先启用账号，再授予岗位")]


def _against_twins(wanted: PostRequest) -> list[Problem]:
    twins = PostRequest.objects.filter(
        person=wanted.person,
        role=wanted.role,
        unit=wanted.unit,
        group=wanted.group,
        decision=Decision.PENDING,
    )
    if twins.exists():
        return [Problem(str(wanted), "同样的申请正在等复核", "请等复核，或先撤回那一份")]
    return []


def _details(post: Post | PostRequest) -> dict[str, str]:
    return {
        "role": post.role,
        "unit": post.unit.code,
        "group": post.group.code if post.group else "",
        "title": post.title,
        "document": post.document,
        "since": _iso(post.since),
        "until": _iso(post.until),
    }


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
