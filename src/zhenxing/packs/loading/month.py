"""Calls, and what each group has handed in for the closed ones."""

from __future__ import annotations

from collections.abc import Collection

from zhenxing.organisation.choices import VILLAGE_FORM
from zhenxing.organisation.models import WorkingGroup
from zhenxing.packs.pack import Pack
from zhenxing.reporting.choices import Status
from zhenxing.reporting.models import Call, Submission


def load_calls(pack: Pack, groups: Collection[WorkingGroup], sequence: int) -> None:
    """Make the calls; a closed month's root is the entry of the load, before which it ended."""
    calls = Call.objects.bulk_create(
        Call(
            code=call.period,
            period=call.period,
            opens=call.opens,
            due=call.due,
            closed_on=call.closed,
            closing_entry=sequence if call.closed else None,
        )
        for call in pack.calls
    )
    Submission.objects.bulk_create(
        Submission(
            call=call,
            group=group,
            status=Status.IMPORTED if call.closed_on else Status.NOT_STARTED,
        )
        for call in calls
        for group in groups
        # What was handed in before the site began came from the towns; no village had a form.
        if call.closed_on is None or group.key != VILLAGE_FORM
    )
