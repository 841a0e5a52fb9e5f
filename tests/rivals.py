"""Many people of one group at one form at once: one wins each version, and no text is lost.

A round: everybody has read the same page, changes a place of it (many the same one) and sends it
at the same moment; some hand the form in with it. Then the books are balanced.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Barrier
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.db import connections

from tests import cast
from zhenxing.kernel.problems import Problem
from zhenxing.reporting import queries, services
from zhenxing.reporting.form.merging import Edit
from zhenxing.reporting.models import Draft, Version

if TYPE_CHECKING:
    from collections.abc import Mapping

    from zhenxing.accounts.models import User
    from zhenxing.reporting.models import Submission
    from zhenxing.reporting.tests.make import Month

SHARED = ("done", "problems", "works.I", "industry.I", "paid_in.I", "online.I")
OWN = ("measures", "suggestions", "reserve.I", "cases.I")  # one for each who hands in
APART = 13  # so far apart are the seats of those who hand in


@dataclass
class Tally:
    """What came of the rounds."""

    rounds: int = 0
    texts: int = 0
    stood: int = 0
    aside: int = 0
    versions: int = 0
    faults: list[str] = field(default_factory=list)

    @property
    def is_sound(self) -> bool:
        """Whether exactly one won each version and every text was found again."""
        return not self.faults and self.versions == self.rounds


def play(month: Month, rounds: int, people: int) -> Tally:
    """Let people press at once, round after round."""
    tally, barrier = Tally(), Barrier(people)
    seats = [month.county.reporter, month.county.colleague]
    with ThreadPoolExecutor(people) as pool:
        for number in range(1, rounds + 1):
            submission = month.submission()
            page = _page(submission)
            sent = [
                pool.submit(_press, barrier, seats[seat % 2], submission, page, seat, number)
                for seat in range(people)
            ]
            _balance(tally, month, [each.result(timeout=120) for each in sent], number)
        list(pool.map(lambda _: _leave(barrier), range(people)))
    return tally


@dataclass(frozen=True)
class _Press:
    name: str
    text: str
    outcome: services.Handed | services.Saved | Problem


def _page(submission: Submission) -> Mapping[str, str]:
    form = queries.form_of(submission, cast.TODAY)
    return queries.desk_of(submission, form).texts


def _press(
    barrier: Barrier,
    person: User,
    submission: Submission,
    page: Mapping[str, str],
    seat: int,
    number: int,
) -> _Press:
    hands_in, text = seat % APART == 0, f"第{number}轮第{seat}人"
    name = OWN[seat // APART % len(OWN)] if hands_in else SHARED[seat % len(SHARED)]
    said = services.Typed(
        submission=submission,
        scope=cast.scope(person),
        moment=cast.moment(),
        base_version=submission.latest,
        edits=[Edit(name, page.get(name, ""), text)],
    )
    barrier.wait(timeout=120)
    if hands_in:
        return _Press(name, text, services.hand_in(said, uuid4()))
    return _Press(name, text, services.save(said))


def _balance(tally: Tally, month: Month, pressed: list[_Press], number: int) -> None:
    """Find every text of a round again, and the one version it brought."""
    submission = month.submission()
    version = Version.objects.get(submission=submission, number=submission.latest)
    form = queries.form_of(submission, cast.TODAY)
    desk = queries.desk_of(submission, form)
    outcomes = [each.outcome for each in pressed]
    handed = [each for each in outcomes if isinstance(each, services.Handed) and not each.again]
    if len(handed) != 1 or version.number != number:
        tally.faults.append(f"{number}: {len(handed)} handed in, version {version.number}")
    stands = set(desk.base.values())
    aside = {each["text"] for each in desk.aside}
    for each in pressed:
        if isinstance(each.outcome, Problem):
            tally.faults.append(f"{number}: {each.outcome.sentence}")
        elif each.text not in stands | aside:
            tally.faults.append(f"{number}: {each.name} lost {each.text}")
    tally.rounds, tally.versions = number, Version.objects.filter(submission=submission).count()
    tally.texts += len(pressed)
    tally.stood += sum(each.text in stands for each in pressed)
    tally.aside += sum(each.text in aside for each in pressed)
    Draft.objects.filter(submission=submission).update(set_aside=[])


def _leave(barrier: Barrier) -> Any:  # noqa: ANN401  # each thread closes its own connections
    barrier.wait(timeout=120)
    connections.close_all()
