"""Which commands there are and what they take; docs/reference/commands.md prints this."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from zhenxing.cli import scoring_calls
from zhenxing.cli.chinese import Parser
from zhenxing.reading import __main__ as reading

if TYPE_CHECKING:
    Commands: TypeAlias = argparse._SubParsersAction[Parser]


def parser() -> Parser:
    """Describe every command."""
    top = Parser(prog="zhenxing", description="镇兴：县镇经济发展工作后台")
    commands = top.add_subparsers(dest="command", title="命令", metavar="命令")
    _describe_month(commands)
    scoring_calls.describe(commands)
    _describe_pack(commands)
    _describe_site(commands)
    _describe_backup(commands)
    _describe_database(commands)
    commands.add_parser("daily", help="做当天该做的事：开始填报、到期、停用；再运行不变")
    _describe_read(commands)
    commands.add_parser("setup-demo", help="建库并导入演示县，可反复运行")
    return top


def _describe_month(commands: Commands) -> None:
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

    verify = commands.add_parser("verify", help="重算账本和原件，指出第一处不符")
    verify.add_argument("--heads", type=Path, metavar="文件", help="另处保存的账本头")
    verify.add_argument("--receipts", type=Path, metavar="文件夹", help="报送人手里的回执")


def _describe_pack(commands: Commands) -> None:
    pack = commands.add_parser("pack", help="县域文件：检查、导入、导出")
    acts = pack.add_subparsers(dest="act", required=True, title="动作", metavar="动作")
    check = acts.add_parser("check", help="检查，一次列出所有问题")
    check.add_argument("folder", type=Path, metavar="文件夹")
    load = acts.add_parser("load", help="导入空站，或作为初始导入")
    load.add_argument("folder", type=Path, metavar="文件夹")
    load.add_argument("--by", default="", metavar="登录名", help="导入人（非空站必填）")
    load.add_argument("--second", default="", metavar="登录名", help="复核人（非空站必填）")
    save = acts.add_parser("save", help="把本站写成县域文件")
    save.add_argument("folder", type=Path, metavar="文件夹")


def _describe_read(commands: Commands) -> None:
    read = commands.add_parser("read", help="读一份文件里的数、专班、期限，或起草县域文件")
    reading.add_options(read)
    draft = read.add_argument_group("起草")
    draft.add_argument("--pack", type=Path, metavar="文件夹", help="起草县域文件，写进空文件夹")
    draft.add_argument("--base", type=Path, metavar="文件夹", help="已有的县域文件，照它对指标")
    draft.add_argument("--unit", default="", metavar="编码", help="谁的文件，如 T01")
    draft.add_argument("--document", default="", metavar="文号", help="不写就用文件的题目")
    draft.add_argument("--issued", type=date.fromisoformat, metavar="日期", help="印发的日期")


def _describe_site(commands: Commands) -> None:
    init = commands.add_parser(
        "init", help="建一个县的正式站", description="建一个县的正式站；没写的项在屏幕上问。"
    )
    init.add_argument("--template", type=Path, metavar="文件夹", help="只写一份县域文件样板")
    init.add_argument("--data", type=Path, metavar="文件夹", help="数据文件夹")
    init.add_argument(
        "--database", default="", metavar="地址", help="sqlite:文件名 或 postgresql://…"
    )
    init.add_argument("--hosts", default="", metavar="地址", help="用哪些地址访问，逗号分开")
    init.add_argument("--pack", type=Path, metavar="文件夹", help="县域文件")
    init.add_argument(
        "--without-figures",
        action="store_true",
        help="不要其中的数、目标、往年结果和考核方案（演示县必须）",
    )
    init.add_argument("--by", default="", metavar="登录名", help="县域文件有数时：导入人")
    init.add_argument("--second", default="", metavar="登录名", help="县域文件有数时：复核人")
    init.add_argument("--admin", default="", metavar="登录名", help="第一位县级管理员")
    init.add_argument("--admin-name", default="", metavar="姓名", help="管理员的姓名")
    init.add_argument("--password-file", type=Path, metavar="文件", help="第一行是管理员的密码")

    upgrade = commands.add_parser("upgrade", help="先备份，再把旧版本建的库升级，再核验")
    upgrade.add_argument(
        "--backup", type=Path, metavar="文件夹", help="备份写到哪里，默认数据文件夹下 backups"
    )
    upgrade.add_argument("--passphrase-file", type=Path, metavar="文件", help="备份的加密口令")


def _describe_backup(commands: Commands) -> None:
    backup = commands.add_parser("backup", help="备份数据库、原件、密钥和账本头，站点不用停")
    backup.add_argument("target", type=Path, metavar="文件或文件夹", help="文件夹里按时刻起名")
    backup.add_argument("--passphrase-file", type=Path, metavar="文件", help="第一行是加密口令")
    backup.add_argument("--without-keys", action="store_true", help="不含密钥（密钥须另处保存）")

    restore = commands.add_parser("restore", help="把备份恢复到空的地方，并核验")
    restore.add_argument("file", type=Path, metavar="备份")
    restore.add_argument("--to", type=Path, required=True, metavar="文件夹", help="空的数据文件夹")
    restore.add_argument("--database", default="", metavar="地址", help="PostgreSQL 的空库")
    restore.add_argument("--heads", type=Path, metavar="文件", help="另处保存的账本头")
    restore.add_argument("--keys", type=Path, metavar="文件夹", help="备份不含密钥时，密钥在哪里")
    restore.add_argument("--passphrase-file", type=Path, metavar="文件", help="第一行是加密口令")

    drill = commands.add_parser("drill", help="恢复演练：备份、恢复到临时处、核验、逐表比较")
    drill.add_argument("--from", dest="source", type=Path, metavar="备份", help="用已有的备份演练")
    drill.add_argument("--database", default="", metavar="地址", help="PostgreSQL 的空库")
    drill.add_argument("--passphrase-file", type=Path, metavar="文件", help="第一行是加密口令")


def _describe_database(commands: Commands) -> None:
    database = commands.add_parser("database", help="数据库的角色（只用于 PostgreSQL）")
    acts = database.add_subparsers(dest="act", required=True, title="动作", metavar="动作")
    grant = acts.add_parser("grant", help="建站点用的角色并授权；由表的主人运行，每次升级后再运行")
    grant.add_argument("role", metavar="角色", help="角色名，如 zhenxing_site")
