"""An upload: read where it can do no harm, and kept only if nothing in it is wrong."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.timezone import make_aware

from zhenxing.accounts.models import User
from zhenxing.documents import services as documents
from zhenxing.kernel.periods import Period, PeriodError
from zhenxing.kernel.problems import Problem, warnings
from zhenxing.kernel.wording import chinese_date
from zhenxing.reporting import access, queries
from zhenxing.reporting.choices import CallState
from zhenxing.reporting.form import claiming, layout, reading
from zhenxing.reporting.form.reading import FormRead, Marks
from zhenxing.reporting.models import Call, Submission, Upload
from zhenxing.reporting.queries.asking import closed_month

if TYPE_CHECKING:
    from zhenxing.documents.services import Workbook
    from zhenxing.kernel.moments import Moment
    from zhenxing.web.scope import Scope

CORRECTION = (
    "确需更正的请走更正单：附佐证，经填报、签署、主管部门、考核办四方签字，新旧两个数都留下"
)


@dataclass(frozen=True)
class Brought:
    """A file as somebody brought it: for which submission, by whom, when."""

    data: bytes
    name: str
    submission: Submission
    scope: Scope
    moment: Moment


def read_upload(data: bytes, *, name: str, submission: Submission, moment: Moment) -> FormRead:
    """Read an uploaded form for a submission, with everything wrong or odd about it at once."""
    opened = open_form(data, name)
    if isinstance(opened, Problem):
        closed = closed_problem(submission.call, moment)
        return FormRead(problems=(closed, opened) if closed else (opened,))
    return read_opened(*opened, submission=submission, moment=moment)


def open_form(data: bytes, name: str) -> tuple[Workbook, Marks] | Problem:
    """Read a workbook and what it says about itself."""
    book = documents.read_workbook(data, name)
    if isinstance(book, Problem):
        return book
    marks = reading.marks_of(book, name)
    return marks if isinstance(marks, Problem) else (book, marks)


def read_opened(
    book: Workbook, marks: Marks, *, submission: Submission, moment: Moment
) -> FormRead:
    """Hold a workbook against the form of a submission as it is asked for today."""
    form = queries.form_of(submission, moment.business_date)
    read = reading.read(book, marks, form)
    about_calls = [closed_problem(submission.call, moment), _other_month(marks, submission, moment)]
    found = [problem for problem in (*about_calls, _too_early(read, moment)) if problem]
    return replace(read, problems=(*found, *read.problems))


def _too_early(read: FormRead, moment: Moment) -> Problem | None:
    """A form that claims to have been finished after it came in."""
    if read.claimed is None or make_aware(read.claimed) <= moment.at:
        return None
    what = f"{layout.CLAIMED}写的是{read.claimed:%Y-%m-%d %H:%M}，比收到的时刻还晚"
    return Problem(claiming.WHERE, what, "请核对，或留空")


def _told(read: FormRead) -> dict[str, str]:
    """Give what a form says of its own moments, as a hand-in takes it."""
    at = {
        "opened_at": read.made,
        "claimed_at": make_aware(read.claimed) if read.claimed else None,
    }
    return {name: moment.isoformat() for name, moment in at.items() if moment is not None}


def upload(
    data: bytes, *, name: str, submission: Submission, scope: Scope, moment: Moment
) -> Upload | FormRead:
    """Read a form and keep it for checking; one with errors is given back, nothing is kept."""
    if not access.may_submit(scope, submission.group.code):
        return FormRead(problems=(not_allowed(submission),))
    read = read_upload(data, name=name, submission=submission, moment=moment)
    if not read.is_good:
        return read
    return keep(Brought(data, name, submission, scope, moment), read, uuid4())


@transaction.atomic
def keep(brought: Brought, read: FormRead, token: UUID) -> Upload:
    """Keep a form that was found good."""
    submission, scope, moment = brought.submission, brought.scope, brought.moment
    said = [[each.where, each.what, each.next] for each in warnings(read.problems)]
    return Upload.objects.create(
        token=token,
        submission=submission,
        file=documents.keep(brought.data, name=brought.name, by=scope.username, moment=moment),
        base_version=submission.latest,
        content={"values": read.content.values(), "parts": read.content.parts, "remarks": said},
        told=_told(read),
        by=User.objects.get(username=scope.username),
        at=moment.at,
    )


def remarks_of(upload: Upload) -> list[Problem]:
    """Give what was odd about a kept form."""
    return [
        Problem(where, what, next_, "warning") for where, what, next_ in upload.content["remarks"]
    ]


def closed_problem(call: Call, moment: Moment) -> Problem | None:
    """Say why nothing may be handed in for a month on this business day, if so."""
    state = call.state(moment.business_date)
    if state is CallState.CLOSED and call.closed_on is not None:
        return Problem(call.name, f"已于{chinese_date(call.closed_on)}关闭，不再收表", CORRECTION)
    if state is CallState.PLANNED:
        return Problem(
            call.name, f"{chinese_date(call.opens)}才开始", "请到时再传；表可以先下载填好"
        )
    if state is CallState.EXPIRED and call.expires is not None:
        what = f"临时任务已于{chinese_date(call.expires)}到期，不再收表"
        return Problem(call.name, what, "仍需要的，请任务提出人联系考核办")
    return month_closed_meanwhile(call)


def month_closed_meanwhile(call: Call) -> Problem | None:
    """Say that a temporary call asks for numbers of a month that is closed."""
    month = closed_month(call)
    if month is None or month.closed_on is None:
        return None
    what = f"所问的数{month.name}已经问过，该月已于{chinese_date(month.closed_on)}关闭"
    return Problem(call.name, what, CORRECTION)


def not_allowed(submission: Submission) -> Problem:
    """Say who hands in for a group."""
    group = submission.group
    return Problem(
        f"{group.unit.name}{group.name}",
        "只有本专班的填报员能报送，领导、管理员和别的专班都不能代填",
        "请由本专班填报员上传；岗位有变动的，请联系县级管理员",
    )


def _other_month(marks: Marks, submission: Submission, moment: Moment) -> Problem | None:
    """A form of another month that is closed: say so, rather than only that the month is wrong."""
    if marks.said["period"] == submission.call.period:
        return None
    try:
        period = Period.parse(marks.said["period"])
    except PeriodError:
        return None
    call = Call.objects.filter(code=str(period)).first()
    return closed_problem(call, moment) if call else None
