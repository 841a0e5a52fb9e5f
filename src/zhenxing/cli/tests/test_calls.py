"""How the command itself is called: help, wrong words, a reader that goes away."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.databases import Database
from zhenxing.cli.__main__ import main
from zhenxing.cli.chinese import told
from zhenxing.operations.tests.make import command

if TYPE_CHECKING:
    from pathlib import Path


def test_alone_it_shows_its_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 0
    said = capsys.readouterr().out
    assert said.startswith("用法：zhenxing")
    for name in ("month", "init", "backup", "restore", "drill", "upgrade", "verify"):
        assert f"    {name}" in said
    assert "usage" not in said
    assert "show this help" not in said


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["weather"], "没有「weather」；可选：month、submit、"),
        (["submit"], "缺少表.xlsx、--by；请看 zhenxing submit --help。"),
        (["verify", "--hads", "x"], "不认识「--hads x」；请看 zhenxing --help。"),
        (["restore", "b.zip", "--to"], "--to 后面要写一个值；请看 zhenxing restore --help。"),
        (["month", "--as-of", "soon"], "--as-of 的值「soon」看不懂"),
        (["month", "--json", "--list"], "--list 和 --json 只能用一个"),
        (["init", "--ad", "x"], "--ad 可以是 --admin、--admin-name 中的任一个，请写全"),
    ],
)
def test_a_wrong_call_is_answered_in_chinese(
    words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(words)
    assert ended.value.code == 2
    assert said in capsys.readouterr().err


def test_what_it_does_not_know_it_leaves_as_it_is() -> None:
    assert told("something new") == "something new"


def test_a_reader_that_goes_away_ends_it_quietly(real_demo: Database) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [sys.executable, "-m", "zhenxing.cli", "month", "--list"],
        env=os.environ | real_demo.environment,
        stdout=writing,
        stderr=subprocess.PIPE,
        check=False,
    )
    os.close(writing)
    assert (done.returncode, done.stderr) == (141, b"")


@pytest.fixture
def real_demo(tmp_path: Path) -> Database:
    """Begin a small county on a file of its own."""
    password = tmp_path / "password"
    password.write_text("Sturdy#Mountain8", encoding="utf-8")
    command("init", "--template", tmp_path / "county")
    made = Database("sqlite", "sqlite:zhenxing.sqlite3", tmp_path / "data")
    words = ("--pack", tmp_path / "county", "--admin", "keeper", "--password-file", password)
    done = command("init", *words, ZHENXING_DATA=str(made.data))
    assert done.returncode == 0, done.stderr
    return made


def test_verify_takes_heads_and_receipts_from_outside(real_demo: Database, tmp_path: Path) -> None:
    own = real_demo.environment
    receipts = tmp_path / "receipts"
    receipts.mkdir()
    heads = real_demo.data / "heads.log"
    done = command("verify", "--heads", heads, "--receipts", receipts, **own)
    assert (done.returncode, "对照了报送人手里的回执0份" in done.stdout) == (0, True)
    (receipts / "一.json").write_text("{}", encoding="utf-8")
    done = command("verify", "--receipts", receipts, **own)
    assert (done.returncode, "回执 一.json：不是一份完整的回执" in done.stderr) == (1, True)
    heads.write_text("no heads\n", encoding="utf-8")
    done = command("verify", "--heads", heads, **own)
    assert (done.returncode, "读不出来" in done.stderr) == (2, True)


def test_a_backup_says_what_it_is_and_stands_in_the_ledger(
    real_demo: Database, tmp_path: Path
) -> None:
    own = real_demo.environment
    done = command("backup", tmp_path / "kept", **own)
    assert done.returncode == 0, done.stderr
    assert "没有加密，请放在只有管理员能读的地方，含密钥，账本到第2条" in done.stdout
    words = tmp_path / "passphrase"
    words.write_text("a passphrase of some length", encoding="utf-8")
    more = ("--passphrase-file", words, "--without-keys")
    done = command("backup", tmp_path / "kept.zxb", *more, **own)
    assert "已加密，不含密钥，密钥须另处保存，账本到第3条" in done.stdout
    done = command("backup", tmp_path / "kept.zxb", **own)
    assert (done.returncode, "已经有这个文件" in done.stderr) == (1, True)
