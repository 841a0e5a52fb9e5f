"""Handing in: one transaction, one ledger entry, one receipt, however often it is sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from zhenxing.audit import services as audit
from zhenxing.organisation import queries as organisation_queries
from zhenxing.reporting import access
from zhenxing.reporting.choices import Move, Status, legal
from zhenxing.reporting.form.answers import content_from
from zhenxing.reporting.models import Submission, Upload, Version
from zhenxing.reporting.services import figures, moving
from zhenxing.reporting.services.uploading import closed_problem, not_allowed

if TYPE_CHECKING:
    from uuid import UUID

    from zhenxing.audit.services import Act
    from zhenxing.kernel.moments import Moment
    from zhenxing.kernel.problems import Problem
    from zhenxing.reporting.form.answers import Content
    from zhenxing.web.scope import Scope

ACTION = "reporting.submission.submitted"


@dataclass(frozen=True)
class Handed:
    """A version that stands, with its receipt.

    `again` where nothing was written: the same upload had been handed in before, or (`unchanged`)
    the form says nothing that the version which stands does not say.
    """

    version: Version
    again: bool = False
    unchanged: bool = False

    @property
    def receipt(self) -> str:
        """The receipt's number."""
        return self.version.receipt


@dataclass(frozen=True)
class Conflict:
    """Somebody else was first: nothing was written, both contents are there to be compared."""

    upload: Upload
    latest: Version | None


class _StoppedError(Exception):
    """Ends the act under way, so that nothing of it stands."""

    def __init__(self, outcome: Handed | Conflict | Problem) -> None:
        super().__init__("the act came to nothing")
        self.outcome = outcome


def submit(
    *, token: UUID, scope: Scope, moment: Moment, base_version: int, way: str = "page"
) -> Handed | Conflict | Problem:
    """Hand an upload in as the version after `base_version`.

    `way` is `page` for who has signed in, `command` for a name given on the server's own console,
    where nobody asks for a password: the entry says which.

    The token is the key of the act: sent again, also at the same moment, it gives the same receipt
    and writes nothing. Where another version came first, the outcome is a `Conflict`; sending the
    token again with that version's number hands in on top of it, knowingly.
    """
    upload = Upload.objects.select_related(
        "submission__call", "submission__group__unit", "file"
    ).get(token=token, by__username=scope.username)
    if not access.may_submit(scope, upload.submission.group.code):
        return not_allowed(upload.submission)
    before = _handed(token)
    if before:
        return before
    content = content_from(upload.content["values"], upload.content["parts"])
    try:
        with audit.act(
            ACTION,
            subject=moving.subject(upload.submission),
            by=organisation_queries.actor(scope),
            moment=moment,
        ) as act:
            current = _check(upload, scope, moment, content, base_version)
            version = _version(act, upload, current, content, scope)
            act.seal([version])
            act.vouch(current, *([upload.file] if upload.file else []))
            laid = act.seal(figures.submitted(version))
            act.details.update(_details(version, base_version, len(laid)), way=way)
            act.details["unchanged"] = _says_nothing_new(version)
            audit.issue_receipt(act, number=version.receipt, content=_receipt(version))
    except _StoppedError as stop:
        return stop.outcome
    return Handed(version)


def _handed(token: UUID) -> Handed | None:
    version = Version.objects.filter(key=token).first()
    return Handed(version, again=True) if version else None


def _check(
    upload: Upload, scope: Scope, moment: Moment, content: Content, base_version: int
) -> Submission:
    """Look again at everything, now that no other act can come between; give it as it is now."""
    before = _handed(upload.token)
    if before:
        raise _StoppedError(before)
    current = moving.locked(upload.submission)
    problem = closed_problem(current.call, moment) or _out_of_turn(current, scope)
    if problem:
        raise _StoppedError(problem)
    latest = Version.objects.filter(submission=current, number=current.latest).first()
    if latest and current.status == Status.SUBMITTED and is_same(content, latest):
        raise _StoppedError(Handed(latest, again=True, unchanged=True))
    if current.latest != base_version:
        raise _StoppedError(Conflict(upload, latest))
    return current


def is_same(content: Content, version: Version) -> bool:
    """Whether a content says what a version said: numbers, remarks and the four parts."""
    said = (version.values, version.parts)
    return (content.values(), dict(content.parts)) == said


def _says_nothing_new(version: Version) -> bool:
    """Whether a version repeats the one before it, as it may after a return."""
    before = Version.objects.filter(submission=version.submission, number=version.number - 1)
    earlier = before.first()
    return earlier is not None and (earlier.values, earlier.parts) == (
        version.values,
        version.parts,
    )


def _out_of_turn(current: Submission, scope: Scope) -> Problem | None:
    """Say why a form cannot be handed in as things stand, and who has to give it back first."""
    status = Status(current.status)
    if not any(legal(Move.SUBMIT, status, role) for role in scope.roles):
        return moving.wrong_state(Move.SUBMIT, current)
    return moving.too_many_hands(Move.SUBMIT, current, scope.username)


def _version(
    act: Act, upload: Upload, submission: Submission, content: Content, scope: Scope
) -> Version:
    moment, number = act.moment, submission.latest + 1
    Submission.objects.filter(pk=submission.pk).update(latest=number, status=Status.SUBMITTED)
    return Version(
        submission=submission,
        number=number,
        values=content.values(),
        parts=dict(content.parts),
        file=upload.file,
        by=scope.username,
        by_name=f"{scope.name}（{scope.unit_name}）",
        at=moment.at,
        business_date=moment.business_date,
        on_time=moment.business_date <= submission.due,
        key=upload.token,
        receipt=receipt_number(submission, number),
        due=submission.due,
        opened_at=_said_moment(upload, "opened_at"),
        claimed_at=_said_moment(upload, "claimed_at"),
    )


def receipt_number(submission: Submission, number: int) -> str:
    """Give a receipt's number: unit, call, group, version (T01-202310-G3-0002)."""
    call = submission.call.code.replace("-", "")
    return f"{submission.group.unit.code}-{call}-{submission.group.key}-{number:04}"


def _said_moment(upload: Upload, name: str) -> datetime | None:
    """Give a moment the form tells of itself; one that cannot be is not taken over."""
    said = upload.told.get(name)
    at = datetime.fromisoformat(said) if isinstance(said, str) else None
    return at if at is not None and at.tzinfo is not None and at <= upload.at else None


def _details(version: Version, base_version: int, laid: int) -> dict[str, object]:
    return {
        "call": version.submission.call.code,
        "period": version.submission.call.period,
        "group": version.submission.group.code,
        "version": version.number,
        "base": base_version,
        "on_time": version.on_time,
        "file": version.file.sha256 if version.file else "",
        "figures": laid,
    }


def _receipt(version: Version) -> dict[str, object]:
    """Say on paper what was handed in, so that whoever keeps it can prove each number."""
    group, call = version.submission.group, version.submission.call
    site = organisation_queries.site()
    return {
        "kind": "报送回执",
        "site": site.name if site else "",
        "unit": group.unit.code,
        "unit_name": group.unit.name,
        "group": group.code,
        "group_name": group.name,
        "period": call.period,
        "due": version.due,
        "version": version.number,
        "by": version.by,
        "by_name": version.by_name,
        "at": version.at,
        "business_date": version.business_date,
        "on_time": version.on_time,
        "file_name": version.file.name if version.file else "",
        "file_sha256": version.file.sha256 if version.file else "",
        "values": version.values,
        "parts": version.parts,
    }
