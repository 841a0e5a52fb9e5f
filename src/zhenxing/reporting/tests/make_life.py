"""The standing cast goes through the life of T01-G3's October form, one step an hour."""

from __future__ import annotations

import itertools
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from tests import cast
from zhenxing.accounts.choices import Role
from zhenxing.engine.standing import counting
from zhenxing.indicators.models import Figure
from zhenxing.indicators.queries.month import figure_facts
from zhenxing.organisation.tests import make as make_posts
from zhenxing.reporting import services
from zhenxing.reporting.choices import ReturnReason, Status
from zhenxing.reporting.models import Confirmation, Step, Version
from zhenxing.reporting.tests import make

if TYPE_CHECKING:
    from collections.abc import Callable

    from zhenxing.accounts.models import User
    from zhenxing.engine.facts import FigureFact
    from zhenxing.kernel.moments import Moment
    from zhenxing.reporting.services.confirming import Confirmed, NotConfirmed
    from zhenxing.reporting.services.life import Outcome

_MINUTES = itertools.count(1)
WHY = "F6与银行回单不一致，请核对后再报"


def later() -> Moment:
    """Give the cast's day, a minute after the last time it was asked for."""
    hours, minutes = divmod(next(_MINUTES) % (12 * 60), 60)
    return cast.moment(hour=9 + hours, minute=minutes)


def review(month: make.Month, by: User | None = None, base: int | None = None) -> Outcome:
    """Let somebody review; the group's leader where nobody is named."""
    submission, person = month.submission(), by or month.county.group_leader
    return services.review(
        submission=submission,
        scope=cast.scope(person),
        moment=later(),
        base_version=submission.latest if base is None else base,
    )


def sign(month: make.Month, by: User | None = None, base: int | None = None) -> Outcome:
    """Let somebody sign; the town's leader where nobody is named."""
    submission, person = month.submission(), by or month.county.leader
    return services.sign(
        submission=submission,
        scope=cast.scope(person),
        moment=later(),
        base_version=submission.latest if base is None else base,
    )


def send_back(
    month: make.Month, by: User, reason: str = ReturnReason.EVIDENCE, text: str = WHY
) -> Outcome:
    """Let somebody send the form back."""
    submission = month.submission()
    return services.send_back(
        submission=submission,
        scope=cast.scope(by),
        moment=later(),
        base_version=submission.latest,
        reason=reason,
        text=text,
    )


def signed(month: make.Month) -> Version:
    """Hand in, review and sign; give the signed version."""
    version = make.handed_in(month, month.county.reporter).version
    for done in (review(month), sign(month)):
        if not isinstance(done, services.Done):
            raise AssertionError(done)
    return version


def verdicts(month: make.Month, **own: tuple[int, str]) -> list[services.Verdict]:
    """Say yes to every number of the latest version; `own` gives another value and its reason."""
    submission = month.submission()
    version = submission.versions.get(number=submission.latest)
    found = []
    for (code, period), told in services.confirmable(version).items():
        value, reason = own.get(code, (told.value, ""))
        said = Decimal(value if value is not None else 0)
        found.append(services.Verdict(submission, version.number, code, period, said, reason))
    return found


def confirm(
    month: make.Month, said: list[services.Verdict] | None = None, by: User | None = None
) -> Confirmed | NotConfirmed:
    """Confirm all that the latest version says, or what is named."""
    return services.confirm(
        verdicts=verdicts(month) if said is None else said,
        scope=cast.scope(by or month.county.department),
        moment=later(),
    )


def counts(month: make.Month, code: str, period: str = "2023-10") -> FigureFact | None:
    """Give the figure of T01 that counts."""
    rows = Figure.objects.filter(unit=month.county.town, indicator__code=code, period=period)
    return counting(figure_facts(rows))


def status(month: make.Month) -> str:
    """Say where T01-G3's form stands."""
    return month.submission().status


def lines() -> tuple[int, int, int, int]:
    """Count versions, steps, confirmations and figures."""
    return (
        Version.objects.count(),
        Step.objects.count(),
        Confirmation.objects.count(),
        Figure.objects.count(),
    )


def bring_to(month: make.Month, status: Status) -> None:
    """Let the form come as far as a status."""
    make.handed_in(month, month.county.reporter)
    steps: list[Callable[[make.Month], object]] = [review, sign, confirm]
    order = [Status.SUBMITTED, Status.REVIEWED, Status.SIGNED, Status.CONFIRMED]
    for step in steps[: order.index(status)]:
        step(month)
    if month.submission().status != status:
        raise AssertionError(month.submission().status)


def other_numbers(month: make.Month) -> bytes:
    """Fill the form with another retail figure, 205."""
    return make.filled(make.blank(month.submission()), make.values(online=205))


def becomes(month: make.Month, person: User, role: Role) -> None:
    """Give a person another post instead of the one they have."""
    person.posts.update(until=cast.TODAY - timedelta(days=1))
    group = month.county.groups["T01-G3"] if role == Role.GROUP_LEADER else None
    make_posts.post(person, role, month.county.town, group)
