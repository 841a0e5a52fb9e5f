"""Handing in: one transaction, one ledger entry, one receipt, however often it is sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from zhenxing.audit import services as audit
from zhenxing.indicators.choices import Absent, StandingChoice, VintageChoice
from zhenxing.indicators.models import Figure, Indicator
from zhenxing.kernel.periods import Period
from zhenxing.organisation import queries as organisation_queries
from zhenxing.reporting import access
from zhenxing.reporting.choices import Status
from zhenxing.reporting.form.answers import content_from
from zhenxing.reporting.models import Call, Submission, Upload, Version
from zhenxing.reporting.services.uploading import closed_problem, not_allowed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID

    from zhenxing.audit.services import Act
    from zhenxing.kernel.moments import Moment
    from zhenxing.kernel.problems import Problem
    from zhenxing.reporting.form.answers import Answer, Content
    from zhenxing.web.scope import Scope

ACTION = "reporting.submission.submitted"


@dataclass(frozen=True)
class Handed:
    """A version that stands, with its receipt; `again` where it had been handed in before."""

    version: Version
    again: bool = False

    @property
    def receipt(self) -> str:
        """The receipt's number."""
        return self.version.receipt


@dataclass(frozen=True)
class Conflict:
    """Somebody else was first: nothing was written, both contents are there to be compared."""

    upload: Upload
    latest: Version | None


@dataclass(frozen=True)
class _Told:
    """A number as it goes into the figures: which indicator and period, and from which cell."""

    indicator: str
    period: str
    value: Decimal | None
    cell: str
    reason: str
    vintage: VintageChoice


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
            subject=f"{upload.submission.group.code} {upload.submission.call.period}",
            by=organisation_queries.actor(scope),
            moment=moment,
        ) as act:
            _check(upload, moment, base_version)
            version = _version(act, upload, content, scope)
            act.seal([version])
            act.vouch(upload.submission, *([upload.file] if upload.file else []))
            figures = act.seal(list(_figures(act, version, content)))
            act.details.update(_details(version, base_version, len(figures)), way=way)
            audit.issue_receipt(act, number=version.receipt, content=_receipt(version))
    except _StoppedError as stop:
        return stop.outcome
    return Handed(version)


def _handed(token: UUID) -> Handed | None:
    version = Version.objects.filter(key=token).first()
    return Handed(version, again=True) if version else None


def _check(upload: Upload, moment: Moment, base_version: int) -> None:
    """Look again at everything, now that no other act can come between."""
    before = _handed(upload.token)
    if before:
        raise _StoppedError(before)
    locked = Submission.objects.select_for_update().get(pk=upload.submission_id)
    call = Call.objects.get(pk=locked.call_id)
    problem = closed_problem(call, moment)
    if problem:
        raise _StoppedError(problem)
    if locked.latest != base_version:
        latest = Version.objects.filter(submission=locked, number=locked.latest).first()
        raise _StoppedError(Conflict(upload, latest))


def _version(act: Act, upload: Upload, content: Content, scope: Scope) -> Version:
    submission, moment = upload.submission, act.moment
    number = Version.objects.filter(submission=submission).count() + 1
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
        on_time=moment.business_date <= submission.call.due,
        key=upload.token,
        receipt=receipt_number(submission, number),
    )


def receipt_number(submission: Submission, number: int) -> str:
    """Give a receipt's number: town, month, group, version (T01-202310-G3-0002)."""
    month = submission.call.period.replace("-", "")
    return f"{submission.group.unit.code}-{month}-{submission.group.key}-{number:04}"


def _figures(act: Act, version: Version, content: Content) -> Iterator[Figure]:
    """Make a figure of every answer that says something new: an equal number is no new line."""
    told = [each for code, answer in content.answers.items() for each in _told(act, code, answer)]
    indicators = Indicator.objects.in_bulk({each.indicator for each in told}, field_name="code")
    unit = version.submission.group.unit
    known = _known(unit.pk, told)
    for each in told:
        absent = "" if each.value is not None else Absent.MISSING
        if known.get((each.indicator, each.period)) == (each.value, absent, each.vintage):
            continue
        yield Figure(
            unit=unit,
            indicator=indicators[each.indicator],
            period=each.period,
            value=each.value,
            absent=absent,
            standing=StandingChoice.SUBMITTED,
            vintage=each.vintage,
            business_date=version.business_date,
            recorded=version.at,
            by=version.by,
            by_name=version.by_name,
            file=version.file,
            cell=each.cell,
            document=version.receipt,
            reason=each.reason,
        )


def _told(act: Act, code: str, answer: Answer) -> Iterator[_Told]:
    """A month that is not over gives a flash; the form after it confirms the full month."""
    is_over = Period.parse(answer.period).is_over(act.moment.business_date)
    vintage = VintageChoice.PRELIMINARY if is_over else VintageChoice.FLASH
    yield _Told(code, answer.period, answer.value, answer.cell, answer.note, vintage)
    if answer.confirmed is not None:
        full = VintageChoice.PRELIMINARY
        where = answer.confirmed_cell
        yield _Told(code, answer.confirmed_period, answer.confirmed, where, answer.note, full)


def _known(unit: int, told: list[_Told]) -> Mapping[tuple[str, str], tuple[object, str, str]]:
    """Give the latest submitted figure of each place: value, absence, vintage."""
    rows = Figure.objects.filter(
        unit=unit,
        standing=StandingChoice.SUBMITTED,
        indicator__code__in={each.indicator for each in told},
        period__in={each.period for each in told},
    ).order_by("recorded", "pk")
    columns = rows.values_list("indicator__code", "period", "value", "absent", "vintage")
    return {
        (code, period): (value, absent, vintage) for code, period, value, absent, vintage in columns
    }


def _details(version: Version, base_version: int, figures: int) -> dict[str, object]:
    return {
        "period": version.submission.call.period,
        "group": version.submission.group.code,
        "version": version.number,
        "base": base_version,
        "on_time": version.on_time,
        "file": version.file.sha256 if version.file else "",
        "figures": figures,
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
        "due": call.due,
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
