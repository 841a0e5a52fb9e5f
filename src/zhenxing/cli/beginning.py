"""`zhenxing init`: a county's real site, by questions on the terminal or all in one line."""

from __future__ import annotations

import getpass
import os
import shlex
import sys
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from zhenxing.cli.starting import start
from zhenxing.kernel.problems import Problem
from zhenxing.operations import skeleton
from zhenxing.operations.refusing import OperationRefusedError

if TYPE_CHECKING:
    import argparse
    from datetime import date

    from zhenxing.operations.starting import Administrator
    from zhenxing.packs.pack import Pack

TRIES = 3
LOOPBACK = "127.0.0.1,localhost,[::1]"
NAMED = {"data": "--data", "admin": "--admin", "password_file": "--password-file", "pack": "--pack"}


@dataclass
class Asking:
    """Questions on the terminal; without one, what is missing is named all at once."""

    given: argparse.Namespace
    is_terminal: bool

    def text(self, name: str, question: str, default: str = "") -> str:
        """Give the option's value, else the answer."""
        told = str(getattr(self.given, name, None) or "")
        if told or not self.is_terminal:
            return told or default
        shown = f"{question}（直接回车用 {default}）：" if default else f"{question}："
        return input(shown).strip() or default

    def required(self, name: str, question: str) -> str:
        """Give an answer that is not empty."""
        for _ in range(TRIES):
            told = self.text(name, question)
            if told or not self.is_terminal:
                return told
            print("这一项不能空着。")
        raise OperationRefusedError(Problem(question, "没有写", "请重新运行"))


def init(given: argparse.Namespace) -> int:
    """Make the site, or write the skeleton of a pack."""
    if given.template:
        return _template(given.template)
    asking = Asking(given, sys.stdin.isatty())
    if not asking.is_terminal:
        _require_options(given)
    data = _enter(asking)
    start()
    with import_module("zhenxing.cli.refusals").database_problems_told():
        return _make(asking, data)


def _template(folder: Path) -> int:
    names = skeleton.write(folder)
    print(f"已写到 {folder}：{'、'.join(names)}。")
    print(f"改好后先运行 zhenxing pack check {folder}，再运行 zhenxing init --pack {folder}。")
    return 0


def _require_options(given: argparse.Namespace) -> None:
    missing = [
        option
        for name, option in NAMED.items()
        if not getattr(given, name) and not (name == "data" and os.environ.get("ZHENXING_DATA"))
    ]
    if missing:
        what = f"不在终端里运行，没法提问，还缺{'、'.join(missing)}"
        raise OperationRefusedError(Problem("zhenxing init", what, "请写全，或在终端里运行"))


def _enter(asking: Asking) -> Path:
    """Name the site to the settings before they are read."""
    default = os.environ.get("ZHENXING_DATA", "")
    told = asking.text("data", "数据文件夹", default or str(Path.cwd() / "zhenxing-data"))
    data = Path(told).expanduser().resolve()
    os.environ["ZHENXING_DATA"] = str(data)
    address = os.environ.get("ZHENXING_DATABASE", "sqlite:zhenxing.sqlite3")
    os.environ["ZHENXING_DATABASE"] = asking.text("database", "数据库地址", address)
    hosts = os.environ.get("ZHENXING_HOSTS", LOOPBACK)
    os.environ["ZHENXING_HOSTS"] = asking.text("hosts", "用哪些地址访问，逗号分开", hosts)
    return data


def _make(asking: Asking, data: Path) -> int:
    from django.core.management import call_command  # noqa: PLC0415  # after the site is named
    from django.utils import timezone  # noqa: PLC0415

    from zhenxing.kernel.moments import Moment  # noqa: PLC0415
    from zhenxing.operations import starting  # noqa: PLC0415

    at = timezone.now()  # noqa: TID251  # a command is called now
    moment = Moment(at, timezone.localdate(at))
    call_command("migrate", verbosity=0, interactive=False)
    starting.require_empty()
    _require_sound_database()
    pack = _pack(asking, moment.business_date)
    importers = starting.Importers(asking.given.by, asking.given.second)
    entry = starting.begin(pack, _administrator(asking), importers, moment=moment)
    print(f"已建成{pack.header.name}，账本第{entry.sequence}条起；这是正式站，没有演示身份。")
    _write_environment(data)
    return 0


def _require_sound_database() -> None:
    """Refuse a database that forgets what it has acknowledged, before anything is in it."""
    from django.core.checks import Tags, run_checks  # noqa: PLC0415  # after the site is named

    found = run_checks(tags=[Tags.database], databases=["default"])
    faults = [Problem("", each.msg.rstrip("。"), str(each.hint).rstrip("。")) for each in found]
    if faults:
        raise OperationRefusedError(*faults)


def _pack(asking: Asking, today: date) -> Pack:
    from zhenxing.operations import starting  # noqa: PLC0415  # after the site is named

    folder = asking.text("pack", "县域文件夹（没有就直接回车，只建县、镇和管理员）")
    if folder:
        return starting.read_pack(Path(folder), today, without_figures=asking.given.without_figures)
    print(
        "没有县域文件：指标、专班和人员以后再加。要一次导入，请先用 zhenxing init --template 写好。"
    )
    name = asking.required("county", "县的名称")
    code = asking.text("code", "县的编码", "H00")
    towns = asking.required("towns", "各镇名称，用顿号分开")
    return starting.plain_pack(name, code, [town for town in towns.split("、") if town], today)


def _administrator(asking: Asking) -> Administrator:
    from zhenxing.operations.starting import Administrator  # noqa: PLC0415  # after the site is named

    username = asking.required("admin", "第一位县级管理员的登录名")
    name = asking.text("admin_name", "管理员的姓名", "" if asking.given.admin else username)
    return Administrator(username, name, _password(asking, username, name))


def _password(asking: Asking, username: str, name: str) -> str:
    """Take the password from a file, or twice from the terminal, unseen."""
    from zhenxing.operations import services  # noqa: PLC0415  # after the site is named

    file = asking.given.password_file
    if file is not None:
        return _first_line(file)
    for _ in range(TRIES):
        first = getpass.getpass("管理员的密码（看不见）：")
        problems = services.password_problems(first, username, name)
        for problem in problems:
            print(problem.sentence)
        if problems:
            continue
        if getpass.getpass("再写一遍：") == first:
            return first
        print("两遍不一样，请重写。")
    raise OperationRefusedError(Problem("密码", f"写了{TRIES}次都不成", "请想好后重新运行"))


def _first_line(file: Path) -> str:
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise OperationRefusedError(
            Problem(f"密码文件 {file}", "读不出来", "请核对路径，内容用 UTF-8 写在第一行")
        ) from error
    return lines[0] if lines else ""


def _write_environment(data: Path) -> None:
    """Leave the answers where the service reads them; the password of a database is in there."""
    path = data / "site.env"
    names = ("ZHENXING_DATA", "ZHENXING_DATABASE", "ZHENXING_HOSTS")
    lines = [f"{name}={shlex.quote(os.environ[name])}\n" for name in names]
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write("".join(lines))
    print(
        f"设置写在 {path}，以后运行命令前先 set -a; . {path}; set +a；服务怎样装见“装成服务”一章。"
    )
