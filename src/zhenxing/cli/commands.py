"""What each command does: the page's question or act, printed."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.utils import timezone

from zhenxing.audit import queries as audit_queries
from zhenxing.audit.models import Receipt
from zhenxing.cli import monthly
from zhenxing.jobs import services as jobs
from zhenxing.kernel.moments import Moment
from zhenxing.kernel.periods import Period, PeriodError
from zhenxing.operations import editions
from zhenxing.operations import queries as operation_queries
from zhenxing.operations.refusing import OperationRefusedError
from zhenxing.organisation import queries as organisation_queries
from zhenxing.organisation.choices import UnitKind
from zhenxing.organisation.models import Unit
from zhenxing.packs import commands as pack_commands
from zhenxing.papers import queries as paper_queries
from zhenxing.reporting import services as reporting_services
from zhenxing.store.roles import grant_site_role

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

DONE, REFUSED, WRONG = 0, 1, 2


def month(given: argparse.Namespace) -> int:
    """Print a unit's month, or write its notice, or list the units."""
    if given.list:
        for each in Unit.objects.of_kind(UnitKind.COUNTY, UnitKind.TOWN):
            print(f"{each.code} {each.name}")
        return DONE
    if not given.period or not given.unit:
        return _wrong("请写期间和单位，如 zhenxing month 2023-09 --unit T01；--list 列出单位。")
    unit = Unit.objects.filter(code=given.unit).first()
    if unit is None:
        return _wrong(f"没有编码为「{given.unit}」的单位；请用 --list 查单位编码。")
    try:
        asked = Period.parse(given.period)
    except PeriodError as error:
        return _wrong(str(error))
    return _month_of(unit, Period.month(asked.year, asked.last_month), given)


def _month_of(unit: Unit, asked: Period, given: argparse.Namespace) -> int:
    day = given.as_of or _moment().business_date
    if given.docx:
        return _written(given.docx, paper_queries.month_notice(unit, asked, day))
    print(monthly.as_json(unit, asked, day) if given.json else monthly.as_text(unit, asked, day))
    return DONE


def submit(given: argparse.Namespace) -> int:
    """Hand a filled form in for the person named, and keep the receipt beside it."""
    try:
        content = given.form.read_bytes()
    except OSError as error:
        return _wrong(f"打不开文件「{given.form}」：{error.strerror}；请核对路径。")
    outcome = reporting_services.submit_file(
        content, name=given.form.name, username=given.by, moment=_moment()
    )
    if isinstance(outcome, reporting_services.Handed):
        return _handed_in(outcome, given.receipt or given.form.with_suffix(".receipt.json"))
    if isinstance(outcome, reporting_services.Conflict):
        _tell(_overtaken(outcome))
    else:
        for problem in outcome.problems:
            _tell(problem.sentence)
    return REFUSED


def _handed_in(done: reporting_services.Handed, target: Path) -> int:
    receipt = Receipt.objects.get(pk=done.receipt)
    target.write_text(audit_queries.receipt_file(receipt), encoding="utf-8")
    before = "这份表此前已经提交，没有再写一次；" if done.again else "已提交，"
    print(f"{before}回执{done.receipt}，另存为{target}。")
    return DONE


def _overtaken(conflict: reporting_services.Conflict) -> str:
    """Say who was first; the other one's content is kept to be compared on the site."""
    submission, latest = conflict.upload.submission, conflict.latest
    by = f"，{latest.by_name}交的第{latest.number}版" if latest else ""
    return (
        f"{submission.group.name}{submission.call.period}的报表在您填写期间已有新版本{by}；"
        "这次没有写入。请在网页上对照两版，或下载新表再填。"
    )


def verify(given: argparse.Namespace) -> int:
    """Recompute the ledger and the stored files against everything that vouches for them."""
    try:
        known = audit_queries.heads_in(given.heads) if given.heads else []
    except (OSError, ValueError) as error:
        return _wrong(f"账本头清单「{given.heads}」读不出来（{error}）；请换一份完好的。")
    receipts = operation_queries.kept_receipts(given.receipts) if given.receipts else []
    verification = operation_queries.checked(known, receipts)
    print(audit_queries.in_words(verification))
    if given.receipts:
        print(f"对照了报送人手里的回执{len(receipts)}份。")
    return DONE if verification.holds else REFUSED


def daily(_given: argparse.Namespace) -> int:
    """Do the day's round and print what was done."""
    outcomes = jobs.run(_moment())
    for each in outcomes:
        for sentence in each.done:
            print(f"{each.label}：{sentence}。")
        if each.failed:
            _tell(f"{each.label}：没有做成（{each.failed}）；请查看日志，处理后再运行。")
    if not any(each.done or each.failed for each in outcomes):
        print("今天该做的都已做过，没有变动。")
    return REFUSED if any(each.failed for each in outcomes) else DONE


def pack(given: argparse.Namespace) -> int:
    """Check, load or save a county as files."""
    acts: dict[str, Callable[[], int]] = {
        "check": lambda: pack_commands.check_command(given.folder),
        "load": lambda: pack_commands.load_command(given.folder, given.by, given.second),
        "save": lambda: pack_commands.save_command(given.folder),
    }
    if given.act == "load":
        problem = None if editions.is_empty() else editions.standing_in_the_way()
        if problem is not None:
            raise OperationRefusedError(problem)
        call_command("migrate", verbosity=0, interactive=False)
    return acts[given.act]()


def database(given: argparse.Namespace) -> int:
    """Give the site's role on PostgreSQL its rights and no more."""
    try:
        kept = grant_site_role(connection, given.role)
    except (DatabaseError, ValueError) as error:
        _tell(f"没有授权：{str(error).strip()}")
        return REFUSED
    print(
        f"角色「{given.role}」现在能读写本站的表；这{len(kept)}张它改不了、删不了：{'、'.join(kept)}。\n"
        f"新建的角色没有口令：请用 ALTER ROLE … PASSWORD 设好，再在 ZHENXING_DATABASE 中改用它。"
    )
    return DONE


def setup_demo(_given: argparse.Namespace) -> int:
    """Make the database and load the demo county; nothing happens where it is there."""
    call_command("migrate", verbosity=0, interactive=False)
    return pack_commands.setup_demo(Path(settings.PACK_DIR) / "heshan")


def _moment() -> Moment:
    at = timezone.now()  # noqa: TID251  # a command is called now
    site = organisation_queries.site()
    return Moment(at, organisation_queries.business_date(site, timezone.localdate(at)))


def _written(path: Path, content: bytes) -> int:
    try:
        path.write_bytes(content)
    except OSError as error:
        return _wrong(f"写不了文件「{path}」：{error.strerror}；请换一个文件夹。")
    print(f"已写成{path}。")
    return DONE


def _wrong(sentence: str) -> int:
    _tell(sentence)
    return WRONG


def _tell(sentence: str) -> None:
    print(sentence, file=sys.stderr)
