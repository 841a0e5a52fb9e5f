"""Handing in without a page: a form as a file, from the command line or the demo's script."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING
from uuid import NAMESPACE_OID, uuid5

from zhenxing.accounts.models import User
from zhenxing.kernel.problems import Problem
from zhenxing.organisation import queries as organisation_queries
from zhenxing.reporting import access, queries
from zhenxing.reporting.form import workbook
from zhenxing.reporting.form.answers import Content
from zhenxing.reporting.form.reading import FormRead
from zhenxing.reporting.models import Submission, Upload
from zhenxing.reporting.services import uploading
from zhenxing.reporting.services.submitting import Conflict, Handed, submit

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal
    from uuid import UUID

    from zhenxing.kernel.moments import Moment
    from zhenxing.web.scope import Scope


def submit_file(
    data: bytes, *, name: str, username: str, moment: Moment
) -> Handed | Conflict | FormRead:
    """Read a filled form and hand it in at once, for the group the form itself names.

    A form with errors comes back as `FormRead` with its problems and writes nothing. The same
    bytes handed in again by the same person give the same receipt.
    """
    user = User.objects.filter(username=username, is_active=True).first()
    if user is None:
        return _refused(Problem(username, "没有这个登录名，或已停用", "请用填报员本人的登录名"))
    scope = organisation_queries.scope_of(user, moment.business_date)
    opened = uploading.open_form(data, name)
    if isinstance(opened, Problem):
        return _refused(opened)
    book, marks = opened
    submission = _submission(marks.said, scope)
    if isinstance(submission, Problem):
        return _refused(submission)
    token = _token(submission, scope, data)
    upload = Upload.objects.filter(token=token).first()
    if upload is None:
        read = uploading.read_opened(book, marks, submission=submission, moment=moment)
        if not read.is_good:
            return read
        brought = uploading.Brought(data, name, submission, scope, moment)
        upload = uploading.keep(brought, read, token)
    base = upload.base_version
    done = submit(token=token, scope=scope, moment=moment, base_version=base, way="command")
    return _refused(done) if isinstance(done, Problem) else done


def filled_form(
    submission: Submission,
    *,
    values: Mapping[str, Decimal],
    parts: Mapping[str, str],
    moment: Moment,
) -> bytes:
    """Give a submission's Excel form with entries put in, as its reporter would have filled it."""
    form = queries.form_of(submission, moment.business_date)
    answers = {q.code: q.answered(values.get(q.code)) for q in form.questions if not q.locked}
    content = Content(answers, dict(parts))
    return workbook.written(
        queries.form_of(submission, moment.business_date, filled=content), moment.at
    )


def _submission(said: Mapping[str, str], scope: Scope) -> Submission | Problem:
    """Find the submission a form names, if the person hands in for it."""
    group, period = said["group"], said["period"]
    found = (
        Submission.objects.visible_to(scope)
        .filter(group__code=group, call__code=period)
        .select_related("call", "group__unit")
        .first()
    )
    if found is None:
        what = f"没有{group or '（空）'}{period}的填报任务，或它不在您的单位范围内"
        return Problem("系统信息", what, "请下载本专班的空表，把数填进去再传")
    if not access.may_submit(scope, group):
        return uploading.not_allowed(found)
    return found


def _token(submission: Submission, scope: Scope, data: bytes) -> UUID:
    digest = hashlib.sha256(data).hexdigest()
    return uuid5(NAMESPACE_OID, f"zhenxing:{submission.pk}:{scope.username}:{digest}")


def _refused(problem: Problem) -> FormRead:
    return FormRead(problems=(problem,))
