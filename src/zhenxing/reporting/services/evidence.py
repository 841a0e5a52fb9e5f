"""Papers behind the numbers: taken in as they are, never opened, only ever added."""

from __future__ import annotations

import io
import unicodedata
import zipfile
from typing import TYPE_CHECKING

from django.conf import settings

from zhenxing.audit import services as audit
from zhenxing.documents import services as documents
from zhenxing.documents.choices import FileKind
from zhenxing.indicators.models import Charge, Indicator
from zhenxing.kernel.problems import Problem
from zhenxing.organisation import queries as organisation_queries
from zhenxing.reporting.models import Evidence, Submission
from zhenxing.reporting.services.drafting import unfillable
from zhenxing.reporting.services.stopping import StoppedError, stopped
from zhenxing.writing.legible import one_line

if TYPE_CHECKING:
    from zhenxing.kernel.moments import Moment
    from zhenxing.web.scope import Scope

ACTION = "reporting.evidence.added"
KINDS = (FileKind.PDF, FileKind.JPEG, FileKind.PNG, FileKind.WORKBOOK, FileKind.WORD)
MOST_PAPERS = 60
LONGEST_NAME, LONGEST_NOTE = 80, 200
_MACROS = "vbaProject.bin"


def attach(
    data: bytes, *, name: str, submission: Submission, about: str, scope: Scope, moment: Moment
) -> Evidence | Problem:
    """Put a paper behind one of a submission's indicators, or behind all of it (`about` empty)."""
    label = plain_name(name)
    problem = unfillable(submission, scope, moment) or unfit(data, label)
    indicator = _indicator(submission, about) if about else None
    if problem is None and about and indicator is None:
        problem = Problem(label, "所选的指标不在本专班的报表里", "请重新选指标")
    if problem:
        return problem
    with (
        stopped() as outcome,
        audit.act(
            ACTION,
            subject=f"{submission.group.code} {submission.call.code}",
            by=organisation_queries.actor(scope),
            moment=moment,
            details={"name": label, "indicator": about},
        ) as act,
    ):
        _look_again(submission, scope, moment)
        file = documents.keep(data, name=label, by=scope.username, moment=moment)
        act.vouch(file)
        paper = Evidence(
            submission=submission,
            indicator=indicator,
            file=file,
            by=scope.username,
            by_name=f"{scope.name}（{scope.unit_name}）",
            at=moment.at,
            business_date=moment.business_date,
        )
        act.details["file"] = file.sha256
        [outcome.value] = act.seal([paper])
    return outcome.of(Evidence)


def plain_name(name: str) -> str:
    """Make a name harmless: no folders, no signs that hide or turn letters round, not too long."""
    last = one_line(name).replace("\\", "/").rpartition("/")[2]
    kept = "".join(sign for sign in last if unicodedata.category(sign)[0] != "C").strip(" .")
    stem, dot, ending = kept.rpartition(".")
    if dot and len(ending) <= len("docx"):
        return f"{stem[:LONGEST_NAME] or '未命名'}.{ending}"
    return kept[:LONGEST_NAME] or "未命名"


def unfit(data: bytes, name: str) -> Problem | None:
    """Say why a file is not taken in as a paper behind a number; None where it is."""
    if not data:
        return Problem(name, "文件是空的，没有一个字节", "请重新选文件")
    if len(data) > settings.UPLOAD_BYTES:
        most = settings.UPLOAD_BYTES // 1024 // 1024
        return Problem(name, f"超过{most}MB", "照片请用普通画质拍，扫描件请用灰度或分成几份")
    if documents.kind_of(data) not in KINDS:
        return Problem(
            name,
            "不是 PDF、JPG、PNG、xlsx、docx（看内容，不看文件名）",
            "请转成其中一种再传；压缩包请解开后逐个传",
        )
    if _has_macros(data):
        return Problem(name, "带有宏", "请另存为不含宏的 .xlsx 或 .docx 再传")
    return None


def _has_macros(data: bytes) -> bool:
    if documents.kind_of(data) not in {FileKind.WORKBOOK, FileKind.WORD}:
        return False
    with zipfile.ZipFile(io.BytesIO(data)) as parcel:
        return any(each.endswith(_MACROS) for each in parcel.namelist())


def _indicator(submission: Submission, code: str) -> Indicator | None:
    charge = Charge.objects.filter(group=submission.group, indicator__code=code)
    found = charge.select_related("indicator").first()
    return found.indicator if found else None


def _look_again(submission: Submission, scope: Scope, moment: Moment) -> None:
    """Ask once more, now that no other act can come between."""
    now = Submission.objects.select_related("call", "group__unit").get(pk=submission.pk)
    problem = unfillable(now, scope, moment)
    if problem:
        raise StoppedError(problem)
    if Evidence.objects.filter(submission=now).count() >= MOST_PAPERS:
        raise StoppedError(
            Problem(now.group.name, f"佐证已有{MOST_PAPERS}份", "请合并成一个 PDF 再传")
        )
