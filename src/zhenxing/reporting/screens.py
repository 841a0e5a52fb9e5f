"""What the pages of the hand-in show, put together for their templates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from zhenxing.accounts.choices import Role
from zhenxing.kernel.problems import errors, warnings
from zhenxing.reporting import access, queries, services
from zhenxing.reporting.choices import PARTS
from zhenxing.reporting.form import checks, layout
from zhenxing.reporting.form.answers import Content, content_from
from zhenxing.reporting.queries import desk

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from zhenxing.kernel.moments import Moment
    from zhenxing.kernel.problems import Problem
    from zhenxing.reporting.form.differences import Difference
    from zhenxing.reporting.form.questions import Form
    from zhenxing.reporting.form.reading import FormRead
    from zhenxing.reporting.models import Call, Submission, Upload, Version
    from zhenxing.reporting.queries import Due, Line
    from zhenxing.web.scope import Scope


@dataclass(frozen=True)
class PartShown:
    """One of the four parts: its title, what it says, and what was written the month before."""

    title: str
    text: str
    before: str
    remarks: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Compared:
    """Two versions held against each other."""

    older: Version
    newer: Version
    differences: list[Difference]


def listed(call: Call, dues: list[Due], scope: Scope, moment: Moment) -> dict[str, Any]:
    """Give what a list of submissions shows around its rows."""
    today = moment.business_date
    return {
        "here": "returns",
        "call": call,
        "countdown": call.countdown(today),
        "calls": queries.around(call),
        "counts": queries.counts(dues),
        "pressing": _pressing(scope, today),
        "may_decide": scope.has(Role.GROUP_LEADER, Role.TOWN_LEADER),
        "urgings": desk.unread_urgings(scope) if scope.reports else [],
    }


def _pressing(scope: Scope, today: date) -> list[dict[str, Any]]:
    """Give what the person has still to hand in, each with how it stands to its day."""
    return [
        {"due": each, "countdown": each.submission.countdown(today)}
        for each in queries.everything_due(scope, today)
        if access.may_submit(scope, each.submission.group.code)
    ]


def frame(submission: Submission, moment: Moment) -> dict[str, Any]:
    """Give what every page of a submission shows."""
    return {
        "here": "returns",
        "town": submission.group.unit,
        "group": submission.group,
        "submission": submission,
        "call": submission.call,
        "countdown": submission.call.countdown(moment.business_date),
    }


def lines_of(form: Form, content: Content | None) -> list[Line]:
    """Give the lines of a content that was handed in, with what is odd about it."""
    return queries.lines(form, content, checks.remarks(form, content) if content else ())


def parts_of(
    form: Form, content: Content | None, remarks: Sequence[Problem] = ()
) -> list[PartShown]:
    """Give the four parts beside what was written the month before."""
    return [
        PartShown(
            title,
            content.parts.get(part, "") if content else "",
            form.parts_before.get(part, ""),
            tuple(each for each in remarks if each.where == layout.part_cell(part)),
        )
        for part, title in PARTS.items()
        if part in form.asked_parts or (content and content.parts.get(part))
    ]


def compared(form: Form, versions: Sequence[Version], older: str, newer: str) -> Compared | None:
    """Hold two versions against each other: those named, else the last two."""
    by_number = {str(version.number): version for version in versions}
    if len(by_number) < 2:  # noqa: PLR2004  # it takes two to differ
        return None
    first = by_number.get(older) or versions[1]
    second = by_number.get(newer) or versions[0]
    told = queries.changes(queries.content_of(first), queries.content_of(second), form)
    return Compared(first, second, told)


def preview(upload: Upload, moment: Moment) -> dict[str, Any]:
    """Show an upload before it counts: every line with its remarks, what is new in it."""
    submission, remarks = upload.submission, services.remarks_of(upload)
    form = queries.form_of(submission, moment.business_date)
    content = content_from(upload.content["values"], upload.content["parts"])
    return frame(submission, moment) | {
        "upload": upload,
        "form": form,
        "lines": queries.lines(form, content, remarks),
        "parts": parts_of(form, content, remarks),
        "remarks": remarks,
        "differences": queries.changes(form.filled, content, form) if form.filled else [],
        "next_version": submission.latest + 1,
        "is_late": moment.business_date > submission.call.due,
        "refusal": services.closed_problem(submission.call, moment),
    }


def refused(submission: Submission, read: FormRead, moment: Moment) -> dict[str, Any]:
    """Show everything wrong with a form by sheet and cell; nothing of it was kept."""
    latest = queries.latest_of(submission)
    form = queries.form_of(submission, moment.business_date)
    differences = []
    if latest and not read.content.is_blank:
        differences = queries.changes(queries.content_of(latest), read.content, form)
    return frame(submission, moment) | {
        "errors": errors(read.problems),
        "remarks": warnings(read.problems),
        "latest": latest,
        "differences": differences,
    }


def conflict(upload: Upload, latest: Version | None, moment: Moment) -> dict[str, Any]:
    """Show an upload beside the version that came first."""
    submission = upload.submission
    form = queries.form_of(submission, moment.business_date)
    mine = content_from(upload.content["values"], upload.content["parts"])
    theirs = queries.content_of(latest) if latest else Content()
    return frame(submission, moment) | {
        "upload": upload,
        "latest": latest,
        "base_version": latest.number if latest else 0,
        "next_version": (latest.number if latest else 0) + 1,
        "differences": queries.changes(theirs, mine, form),
    }
