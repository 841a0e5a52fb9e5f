"""Acts on the site itself: what was backed up, drilled, restored, upgraded; a loss accepted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db.models import Max

from zhenxing.accounts.choices import Role
from zhenxing.accounts.models import User
from zhenxing.audit import queries as audit_queries
from zhenxing.audit import services as audit
from zhenxing.audit.models import Actor, Entry
from zhenxing.kernel.problems import Problem
from zhenxing.operations import choices, queries
from zhenxing.operations.refusing import OperationRefusedError
from zhenxing.organisation.models import Post, Site

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from zhenxing.kernel.moments import Moment
    from zhenxing.operations.backups import Backup

CONSOLE = Actor("console", "控制台", "", "")
LEAST_REASON = 6


def record_backup(backup: Backup, *, by: Actor, moment: Moment) -> Entry:
    """Write down that a backup was made, and by which bytes it can be known again."""
    return audit.record(
        choices.BACKUP_MADE,
        subject=backup.path.name,
        by=by,
        moment=moment,
        details={
            "sha256": backup.sha256,
            "size": backup.size,
            "sealed": backup.is_sealed,
            "keys": backup.manifest.has_keys,
            "head": backup.manifest.head[0],
            "head_hash": backup.manifest.head[1],
        },
    )


def record_drill(
    *, name: str, result: Mapping[str, object], faults: Iterable[str], by: Actor, moment: Moment
) -> Entry:
    """Write down how a drill ended."""
    told = list(faults)
    action = choices.DRILL_FAILED if told else choices.DRILL_DONE
    details = {**result, "faults": told}
    return audit.record(action, subject=name, by=by, moment=moment, details=details)


def record(action: str, *, subject: str, moment: Moment, details: Mapping[str, object]) -> Entry:
    """Write down what the console did to the whole site."""
    return audit.record(action, subject=subject, by=CONSOLE, moment=moment, details=details)


def look_for_loss(
    known_heads: Iterable[tuple[int, str]], *, moment: Moment
) -> audit_queries.Parting | None:
    """Let the site read only where heads from outside name entries it does not have.

    Found once, it stays so until an administrator and an auditor accept the loss; the site's own
    heads file goes on with the chain as it is, what it held before lies beside it.
    """
    parted = audit_queries.parting(known_heads)
    if parted is None:
        return None
    if queries.loss() is None:
        last = Entry.objects.aggregate(last=Max("sequence"))["last"] or 0
        audit.record(
            choices.LOSS_FOUND,
            subject=f"第{parted.at}条",
            by=CONSOLE,
            moment=moment,
            details={
                "restored_to": last,
                "parted_at": parted.at,
                "known_to": parted.known_to,
                "known_hash": parted.known_hash,
                "lost": parted.lost,
            },
        )
    audit.part_from_lost_heads()
    return parted


def propose_to_accept(*, reason: str, by: Actor, moment: Moment) -> Entry:
    """Say as administrator why the site goes on without the entries that are lost."""
    given = reason.strip()
    if len(given) < LEAST_REASON:
        what = f"只写了{len(given)}个字"
        raise OperationRefusedError(
            Problem("原因", what, "请写明为什么只能用这份备份，缺的一段怎样补")
        )
    return _step(choices.LOSS_PROPOSED, Role.ADMINISTRATOR, {"reason": given}, by, moment)


def accept_loss(*, by: Actor, moment: Moment) -> Entry:
    """Let the site be used again, as auditor, by what an administrator has proposed."""
    return _step(choices.LOSS_ACCEPTED, Role.AUDITOR, {}, by, moment)


def make_administrator(*, username: str, name: str, password: str, moment: Moment) -> User:
    """Give a new site its first administrator; one that the pack names only gets the password."""
    site = Site.objects.select_related("county").get(pk=1)
    with audit.act(choices.ADMINISTRATOR_MADE, subject=username, by=CONSOLE, moment=moment) as act:
        person = User.objects.filter(username=username).first()
        refused = _against_administrator(username, person, name)
        person = person or User(username=username, name=name)
        refused += password_problems(password, username, person.name)
        if refused:
            raise OperationRefusedError(*refused)
        person.set_password(password)
        person.password_since = moment.at
        person.active_since = person.active_since or moment.business_date
        person.save()
        post, _ = Post.objects.get_or_create(
            person=person,
            role=Role.ADMINISTRATOR,
            unit=site.county,
            defaults={"title": Role.ADMINISTRATOR.label, "since": moment.business_date},
        )
        act.vouch(person, post)
    return person


def password_problems(password: str, username: str, name: str) -> list[Problem]:
    """Say what the site's rules have against a password."""
    try:
        validate_password(password, User(username=username, name=name))
    except ValidationError as error:
        return [Problem("密码", each.rstrip("。"), "想好后请重新写") for each in error.messages]
    return []


def _against_administrator(username: str, person: User | None, name: str) -> list[Problem]:
    if person is None:
        return []
    roles = set(person.posts.values_list("role", flat=True))
    if name and person.name != name:
        what = f"在县域文件里是「{person.name}」，不是「{name}」"
        return [Problem(f"登录名「{username}」", what, "请核对姓名，或换一个登录名")]
    if roles - {Role.ADMINISTRATOR}:
        what = f"{person.name}在县域文件里有业务岗位，管理员不能兼任"
        return [Problem(f"登录名「{username}」", what, "请另指一个人")]
    return []


def _step(
    action: str, role: Role, details: Mapping[str, object], by: Actor, moment: Moment
) -> Entry:
    """Do one of the two steps out of a loss, if it is this person's turn."""
    site = Site.objects.get(pk=1)
    with audit.act(action, subject=site.name, by=by, moment=moment, details=details) as act:
        found = queries.loss()
        refused = _against_step(found, role, by)
        if found is None or refused is not None:
            raise OperationRefusedError(refused or NOTHING)
        act.details["found"] = found.found
        if action == choices.LOSS_ACCEPTED and found.proposal:
            act.details |= {
                "restored_to": found.restored_to,
                "known_to": found.known_to,
                "known_hash": found.known_hash,
                "proposed_by": found.proposal.actor,
                "reason": found.reason,
            }
    return act.entry


NOTHING = Problem("本站", "没有等待接受的缺失", "无需处理")


def _against_step(found: queries.Loss | None, role: Role, by: Actor) -> Problem | None:
    if found is None:
        return NOTHING
    if role not in by.role:
        return Problem("本站", f"这一步由{role.label}办理", "请换人办理")
    if role == Role.AUDITOR and found.proposal is None:
        return Problem("本站", "县级管理员还没有写明原因", "请先由县级管理员提出")
    if role == Role.AUDITOR and found.proposal and found.proposal.actor == by.username:
        return Problem("本站", "提出和接受是同一个人", "请换另一个人接受")
    return None
