"""The zhenxing command line: which commands there are and what they take."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import django

from zhenxing.reading import __main__ as reading

if TYPE_CHECKING:
    Commands: TypeAlias = argparse._SubParsersAction[argparse.ArgumentParser]


def parser() -> argparse.ArgumentParser:
    """Describe every command; docs/reference/commands.md prints this."""
    top = argparse.ArgumentParser(prog="zhenxing", description="镇兴：县镇经济发展工作后台")
    commands = top.add_subparsers(dest="command", required=True, metavar="命令")

    month = commands.add_parser("month", help="一个单位一个月的进度、亮灯和通报")
    month.add_argument("period", nargs="?", metavar="期间", help="如 2023-09")
    month.add_argument("--unit", metavar="编码", help="单位编码，如 T01")
    month.add_argument("--as-of", type=date.fromisoformat, metavar="日期", help="按该日所知")
    shape = month.add_mutually_exclusive_group()
    shape.add_argument("--json", action="store_true", help="只输出 JSON")
    shape.add_argument("--docx", type=Path, metavar="文件", help="写成 Word 通报")
    shape.add_argument("--list", action="store_true", help="列出单位：编码和名称，一行一个")

    submit = commands.add_parser("submit", help="提交一份填好的 Excel 表")
    submit.add_argument("form", type=Path, metavar="表.xlsx")
    submit.add_argument("--by", required=True, metavar="登录名", help="填报员的登录名")
    submit.add_argument("--receipt", type=Path, metavar="文件", help="回执另存为")

    verify = commands.add_parser("verify", help="重算账本，指出第一处不符")
    verify.add_argument("--heads", type=Path, metavar="文件", help="另处保存的账本头")

    _describe_pack(commands)
    _describe_database(commands)
    commands.add_parser("read", parents=[reading.options()], help="读一份文件里的数、专班、期限")
    commands.add_parser("setup-demo", help="建库并导入演示县，可反复运行")
    return top


def _describe_pack(commands: Commands) -> None:
    pack = commands.add_parser("pack", help="县域文件：检查、导入、导出")
    acts = pack.add_subparsers(dest="act", required=True, metavar="动作")
    check = acts.add_parser("check", help="检查，一次列出所有问题")
    check.add_argument("folder", type=Path, metavar="文件夹")
    load = acts.add_parser("load", help="导入空站，或作为初始导入")
    load.add_argument("folder", type=Path, metavar="文件夹")
    load.add_argument("--by", default="", metavar="登录名", help="导入人（非空站必填）")
    load.add_argument("--second", default="", metavar="登录名", help="复核人（非空站必填）")
    save = acts.add_parser("save", help="把本站写成县域文件")
    save.add_argument("folder", type=Path, metavar="文件夹")


def _describe_database(commands: Commands) -> None:
    database = commands.add_parser("database", help="数据库的角色（只用于 PostgreSQL）")
    acts = database.add_subparsers(dest="act", required=True, metavar="动作")
    grant = acts.add_parser("grant", help="建站点用的角色并授权；由表的主人运行，每次升级后再运行")
    grant.add_argument("role", metavar="角色", help="角色名，如 zhenxing_site")


def main(arguments: list[str] | None = None) -> int:
    """Run one command and give its exit code."""
    given = parser().parse_args(arguments)
    if given.command == "read":  # needs no site
        return _read(given)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhenxing.config.settings")
    django.setup()
    module = import_module("zhenxing.cli.commands")
    run: Callable[[argparse.Namespace], int] = getattr(module, given.command.replace("-", "_"))
    return run(given)


def _read(given: argparse.Namespace) -> int:
    try:
        return reading.tell(given, sys.stdout)
    except OSError as error:
        print(f"打不开文件「{given.file}」：{error.strerror}；请核对路径。", file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
