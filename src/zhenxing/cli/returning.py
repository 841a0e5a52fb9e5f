"""`zhenxing restore`: a backup put back into an empty place, and what is known about it."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from zhenxing.cli.chinese import tell
from zhenxing.cli.starting import start
from zhenxing.kernel.problems import Problem
from zhenxing.operations import passphrases, restoring
from zhenxing.operations.refusing import OperationRefusedError

if TYPE_CHECKING:
    import argparse

    from zhenxing.operations.restoring import Restored

DONE, REFUSED = 0, 1


def restore(given: argparse.Namespace) -> int:
    """Restore, compare, verify; an older state than heads from outside know opens read-only."""
    to = given.to.expanduser().resolve()
    passphrase = passphrases.read(given.passphrase_file)
    if not given.file.is_file():
        raise OperationRefusedError(Problem(f"备份 {given.file}", "没有这个文件", "请核对路径"))
    manifest = restoring.unpack(given.file, to, passphrase=passphrase, keys=given.keys)
    restoring.enter(to, given.database, manifest.engine)
    start()
    with import_module("zhenxing.cli.refusals").database_problems_told():
        done = restoring.settle(manifest, to)
        return _told(given, done, has_keys=manifest.has_keys or given.keys is not None)


def _told(given: argparse.Namespace, done: Restored, *, has_keys: bool) -> int:
    from zhenxing.audit.queries import in_words  # noqa: PLC0415  # after the site is named

    manifest = done.manifest
    print(
        f"已恢复到 {given.to}：{manifest.site}，{manifest.made_at}的备份，"
        f"账本到第{manifest.head[0]}条。"
    )
    if done.differing:
        tell(f"这些表与备份时的合计不同，恢复不可用：{'、'.join(done.differing)}。")
        return REFUSED
    print(f"{len(manifest.tables)}张表的行数和合计与备份时逐表相同。")
    if done.migrated:
        print("备份来自旧版本，已升级到本版。")
    print(in_words(done.verification))
    if not has_keys:
        print("备份不含密钥：请把建站时的密钥放进数据文件夹的 keys，再用 zhenxing verify 核验。")
        return REFUSED
    return REFUSED if not done.verification.holds else _against_outside(given)


def _against_outside(given: argparse.Namespace) -> int:
    """Hold the restored ledger against the heads that others kept, and put the restore down."""
    from django.utils import timezone  # noqa: PLC0415  # after the site is named

    from zhenxing.audit.queries import heads_in  # noqa: PLC0415
    from zhenxing.kernel.moments import Moment  # noqa: PLC0415
    from zhenxing.operations import choices, services  # noqa: PLC0415

    at = timezone.now()  # noqa: TID251  # a command is called now
    moment = Moment(at, timezone.localdate(at))
    known = heads_in(given.heads) if given.heads else []
    lost = services.look_for_loss(known, moment=moment)
    services.record(
        choices.RESTORED,
        subject=given.file.name,
        moment=moment,
        details={"heads": len(known), "older": lost is not None},
    )
    if not known:
        print("没有给出库外的账本头（--heads），无从判断这是不是最新的一份备份。")
    elif lost is None:
        print("与库外的账本头一致，没有缺少的条目。")
    else:
        tell(
            f"这是旧备份：库外的账本头到第{lost.known_to}条，其中{lost.lost}条不在恢复的账本里，"
            f"最前面的是第{lost.at}条。站点打开后只能查看，"
            "要由县级管理员写明原因、审计在“系统”页接受后才能填报。"
        )
    return REFUSED if lost else DONE
