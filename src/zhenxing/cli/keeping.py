"""`zhenxing backup`, `drill` and `upgrade`: what keeps a site from being lost."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.management import call_command
from django.utils import timezone

import zhenxing
from zhenxing.audit.queries import in_words
from zhenxing.cli.chinese import tell
from zhenxing.kernel.moments import Moment
from zhenxing.kernel.problems import Problem
from zhenxing.operations import backups, choices, drills, editions, passphrases, queries, services
from zhenxing.operations.refusing import OperationRefusedError
from zhenxing.organisation import queries as organisation

if TYPE_CHECKING:
    import argparse

DONE, REFUSED = 0, 1
MEGABYTE = 1024 * 1024


def backup(given: argparse.Namespace) -> int:
    """Write a backup and put it down in the ledger."""
    moment = _moment()
    made = backups.make(
        given.target,
        passphrase=passphrases.read(given.passphrase_file),
        with_keys=not given.without_keys,
        at=timezone.localtime(moment.at),
    )
    services.record_backup(made, by=services.CONSOLE, moment=moment)
    print(_of_backup(made))
    return DONE


def drill(given: argparse.Namespace) -> int:
    """Restore a backup elsewhere, compare it, and put the outcome down in the ledger."""
    moment = _moment()
    done = drills.drill(
        source=given.source,
        database=given.database,
        passphrase=passphrases.read(given.passphrase_file),
        at=timezone.localtime(moment.at),
    )
    services.record_drill(
        name=done.name,
        result={**done.result, "seconds": done.seconds},
        faults=done.faults,
        by=services.CONSOLE,
        moment=moment,
    )
    print(done.line)
    return REFUSED if done.faults else DONE


def upgrade(given: argparse.Namespace) -> int:
    """Back up, migrate, verify; a database that needs nothing is left alone."""
    _require_upgradable()
    behind = editions.missing()
    if not behind:
        print(f"数据库已经是{zhenxing.__version__}版，不用升级。")
        return DONE
    at = timezone.localtime(timezone.now())  # noqa: TID251  # a command is called now
    made = backups.make(
        given.backup or Path(settings.DATA) / "backups",
        passphrase=passphrases.read(given.passphrase_file),
        with_keys=True,
        at=at,
    )
    print(f"升级前{_of_backup(made)}")
    _migrate(made)
    details = {"edition": zhenxing.__version__, "from": made.manifest.edition, "steps": behind}
    services.record(
        choices.UPGRADED,
        subject=zhenxing.__version__,
        moment=_moment(),
        details={**details, "backup": made.path.name, "backup_sha256": made.sha256},
    )
    verification = queries.checked()
    print(f"已升级到{zhenxing.__version__}版，共{len(behind)}步。")
    print(in_words(verification))
    if not verification.holds:
        tell(f"核验没有通过；升级前的备份在 {made.path}，请先不要开放使用。")
        return REFUSED
    return DONE


def _require_upgradable() -> None:
    problem = editions.not_ours()
    if problem is not None:
        raise OperationRefusedError(problem)


def _migrate(made: backups.Backup) -> None:
    """Migrate; whatever stops it, the user learns where the backup lies."""
    try:
        call_command("migrate", verbosity=0, interactive=False)
    except Exception as error:  # any of many: the sentence is what the user needs
        said = (str(error).strip().splitlines() or [type(error).__name__])[0]
        step = f"请停用本站，用升级前的备份 {made.path} 恢复到空的地方，仍用旧版程序，并报告这句话"
        raise OperationRefusedError(Problem("升级", f"中途停下（{said}）", step)) from error


def _of_backup(made: backups.Backup) -> str:
    sealed = "已加密" if made.is_sealed else "没有加密，请放在只有管理员能读的地方"
    keys = "含密钥" if made.manifest.has_keys else "不含密钥，密钥须另处保存"
    rows = sum(rows for rows, _ in made.manifest.tables.values())
    return (
        f"备份已写成 {made.path}：{rows:,}行、{len(made.manifest.files):,}个文件，"
        f"{made.size / MEGABYTE:.1f}MB，{sealed}，{keys}，账本到第{made.manifest.head[0]}条；"
        f"SHA-256 {made.sha256}。"
    )


def _moment() -> Moment:
    at = timezone.now()  # noqa: TID251  # a command is called now
    return Moment(at, organisation.business_date(organisation.site(), timezone.localdate(at)))
