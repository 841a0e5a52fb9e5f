"""What has happened on a demo site before its first visitor comes, by the real services."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhenxing.adoption import demo as adoption
from zhenxing.assessment import demo as assessment
from zhenxing.audit import services as audit
from zhenxing.audit.models import Entry
from zhenxing.kernel.moments import Moment
from zhenxing.packs.services import LoadRefusedError
from zhenxing.reporting import services as reporting
from zhenxing.reporting.models import Submission
from zhenxing.reporting.services import Handed
from zhenxing.reuse import demo as office_forms

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from zhenxing.audit.models import Actor
    from zhenxing.packs.pack import Pack
    from zhenxing.packs.sections.month import Handing

PLAYED = "packs.demo.played"


def is_played() -> bool:
    """Say whether the demo's acts have all been done."""
    return Entry.objects.filter(action=PLAYED).exists()


def play(pack: Pack, *, by: Actor, at: datetime) -> Iterator[int]:
    """Do the acts of demo.yaml one by one, giving how many are done; what is done is passed over.

    Each form is built, read and handed in as its reporter would have done on the business date of
    the act; the real moment is `at`. Raises LoadRefusedError where a form is not taken.
    """
    for number, act in enumerate(pack.demo.submissions, 1):
        _hand_in(act, at)
        yield number
    office_forms.play(at)
    assessment.play(at)
    adoption.play(pack.bytes_of, at)
    audit.record(
        PLAYED,
        subject=pack.header.name,
        by=by,
        moment=Moment(at, pack.today(at.date())),
        details={"submissions": len(pack.demo.submissions)},
    )


def _hand_in(act: Handing, at: datetime) -> None:
    group = f"{act.unit}-{act.group}"
    submission = Submission.objects.select_related("call", "group__unit").get(
        call__period=act.period, group__code=group
    )
    if submission.latest:
        return
    moment = Moment(at, act.on)
    form = reporting.filled_form(submission, values=act.values, parts=act.parts, moment=moment)
    name = f"{submission.group.unit}{submission.group}{act.period}.xlsx"
    handed = reporting.submit_file(form, name=name, username=act.by, moment=moment)
    if not isinstance(handed, Handed):
        problems = getattr(handed, "problems", ())
        raise LoadRefusedError(*problems)
