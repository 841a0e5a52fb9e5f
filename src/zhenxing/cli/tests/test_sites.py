"""A site begun, kept and upgraded from the command line."""

from __future__ import annotations

import os
import pty
import select
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from tests.databases import Database, default_is
from zhenxing.audit.models import Entry
from zhenxing.operations import editions
from zhenxing.operations.tests.make import command
from zhenxing.organisation.models import Site

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_django.plugin import DjangoDbBlocker

    from tests.databases import Postgres

DEMO = Path(__file__).parents[2] / "packs" / "tests" / "tiny"
PASSWORD = "Sturdy#Mountain8"
# The newest migrations of the first edition, in the parts that had tables then.
FIRST_EDITION = [
    ("audit", "0001_ledger"),
    ("accounts", "0001_people"),
    ("organisation", "0002_posts"),
    ("documents", "0001_files"),
    ("indicators", "0002_targets_figures"),
    ("reporting", "0001_calls_versions_uploads"),
]


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    done = command("init", "--template", tmp_path / "county")
    assert done.returncode == 0, done.stderr
    return tmp_path / "county"


def begun(tmp_path: Path, pack: Path, *more: object) -> subprocess.CompletedProcess[str]:
    password = tmp_path / "password"
    password.write_text(f"{PASSWORD}\n", encoding="utf-8")
    return command(
        *("init", "--pack", pack, "--admin", "keeper", "--admin-name", "管源"),
        *("--password-file", password, *more),
        ZHENXING_DATA=str(tmp_path / "data"),
    )


def test_a_county_begins_in_one_line(tmp_path: Path, pack: Path) -> None:
    done = begun(tmp_path, pack, "--hosts", "zx.county.gov.cn")
    assert (done.returncode, done.stderr) == (0, "")
    assert "已建成某县" in done.stdout
    data = tmp_path / "data"
    settings = (data / "site.env").read_text(encoding="utf-8")
    assert f"ZHENXING_DATA={data}\n" in settings
    assert "ZHENXING_HOSTS=zx.county.gov.cn\n" in settings
    assert (data / "site.env").stat().st_mode & 0o077 == 0
    assert data.stat().st_mode & 0o077 == 0
    own = Database("sqlite", "sqlite:zhenxing.sqlite3", data)
    assert command("verify", **own.environment).stdout.startswith("账本完整。")
    again = begun(tmp_path, pack)
    assert (again.returncode, "建站只在空站上做" in again.stderr) == (1, True)


def test_a_demo_county_does_not_begin_as_a_real_one(tmp_path: Path) -> None:
    done = begun(tmp_path, DEMO)
    assert (done.returncode, "加 --without-figures" in done.stderr) == (1, True)
    done = begun(tmp_path, DEMO, "--without-figures")
    assert (done.returncode, "没有演示身份" in done.stdout) == (0, True)


def test_without_a_terminal_it_names_all_that_is_missing(tmp_path: Path) -> None:
    done = command("init", "--admin", "keeper", ZHENXING_DATA=str(tmp_path / "data"))
    assert done.returncode == 1
    assert "还缺--password-file、--pack" in done.stderr
    assert not (tmp_path / "data").exists()


class Terminal:
    """A terminal that answers questions as they come."""

    def __init__(self, *words: str, **environ: str) -> None:
        self.child, self.file = pty.fork()
        if self.child == 0:
            os.environ.update(environ)
            os.execv(sys.executable, [sys.executable, "-m", "zhenxing.cli", *words])  # noqa: S606
        self.shown = ""

    def answer(self, question: str, *lines: str) -> None:
        """Wait for a question, then write."""
        start, until = len(self.shown), time.monotonic() + 60
        while question not in self.shown[start:]:
            assert time.monotonic() < until, self.shown
            self._read()
        for line in lines:
            os.write(self.file, f"{line}\n".encode())

    def end(self) -> int:
        """Read on to the end and give the exit code."""
        while self._read():
            pass
        return os.waitstatus_to_exitcode(os.waitpid(self.child, 0)[1])

    def _read(self) -> bool:
        if not select.select([self.file], [], [], 1)[0]:
            return True
        try:
            data = os.read(self.file, 65536)
        except OSError:  # the other side is gone
            return False
        self.shown += data.decode(errors="replace")
        return bool(data)


@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
def test_it_asks_for_what_was_not_written(
    tmp_path: Path, django_db_blocker: DjangoDbBlocker
) -> None:
    data = tmp_path / "data"
    terminal = Terminal("init", ZHENXING_DATA=str(data), PYTHONUTF8="1")
    terminal.answer("数据文件夹", "")
    terminal.answer("数据库地址", "")
    terminal.answer("用哪些地址访问", "")
    terminal.answer("县域文件夹", "")
    terminal.answer("县的名称", "")
    terminal.answer("这一项不能空着", "新县")
    terminal.answer("县的编码", "X00")
    terminal.answer("各镇名称", "甲镇、乙镇")
    terminal.answer("登录名", "keeper")
    terminal.answer("管理员的姓名", "管源")
    terminal.answer("管理员的密码（看不见）", "short")
    terminal.answer("管理员的密码（看不见）", PASSWORD)
    terminal.answer("再写一遍", "another one")
    terminal.answer("管理员的密码（看不见）", PASSWORD)
    terminal.answer("再写一遍", PASSWORD)
    assert terminal.end() == 0, terminal.shown
    assert "已建成新县" in terminal.shown
    assert PASSWORD not in terminal.shown
    made = Database("sqlite", "sqlite:zhenxing.sqlite3", data)
    with django_db_blocker.unblock(), default_is(made):
        assert Site.objects.get().county.name == "新县"


@pytest.fixture
def older(
    engine: str,
    tmp_path: Path,
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[Database]:
    """Make a database as the first edition left it."""
    address = "sqlite:zhenxing.sqlite3"
    if engine == "postgresql":
        server: Postgres = request.getfixturevalue("postgres")
        monkeypatch.setenv("ZHENXING_POSTGRES", str(server.tools))
        address = server.create("zhenxing_older")
    made = Database(engine, address, tmp_path)
    with django_db_blocker.unblock():
        with default_is(made):
            MigrationExecutor(connection).migrate(
                [*FIRST_EDITION, ("contenttypes", "0002_remove_content_type_name")]
            )
        yield made
    if engine == "postgresql":
        server.drop("zhenxing_older")


@pytest.mark.both_engines
def test_an_older_database_is_named_then_upgraded(older: Database) -> None:
    own = older.environment
    before = command("verify", **own)
    assert (before.returncode, before.stdout) == (1, "")
    assert "由旧版本建成" in before.stderr
    assert "请先运行 zhenxing upgrade" in before.stderr
    done = command("upgrade", **own)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(f"升级前备份已写成 {older.data}/backups/zhenxing-")
    assert "账本完整" in done.stdout
    with default_is(older):
        assert editions.missing() == []
        assert Entry.objects.get().action == "operations.upgraded"
    again = command("upgrade", **own)
    assert (again.returncode, "不用升级" in again.stdout) == (0, True)


@pytest.mark.both_engines
def test_a_newer_database_is_named(older: Database) -> None:
    with default_is(older), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('audit', '9999_later', %s)",
            ["2030-01-01"],
        )
    for words in (("verify",), ("upgrade",), ("month", "--list")):
        done = command(*words, **older.environment)
        assert done.returncode == 1
        assert "由更新的版本升级过（audit.9999_later）" in done.stderr
        assert "Traceback" not in done.stderr


def test_an_empty_database_is_named(tmp_path: Path) -> None:
    done = command("month", "--list", ZHENXING_DATA=str(tmp_path))
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        "数据库：还是空的，本站没有建起来；"
        "请先运行 zhenxing init 建站，或 zhenxing setup-demo 建演示县。\n"
    )


def test_a_wrong_setting_is_a_sentence(tmp_path: Path) -> None:
    done = command("verify", ZHENXING_DATA=str(tmp_path), ZHENXING_HTTPS="maybe")
    assert done.returncode == 1
    assert "ZHENXING_HTTPS 只能是 1 或 0，现在是「maybe」" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_database_out_of_reach_is_a_sentence(tmp_path: Path) -> None:
    address = "postgresql://nobody@127.0.0.1:1/nothing"
    done = command("verify", ZHENXING_DATA=str(tmp_path), ZHENXING_DATABASE=address)
    assert done.returncode == 1
    assert done.stderr.startswith("数据库：没有做成（")
    assert "Traceback" not in done.stderr
