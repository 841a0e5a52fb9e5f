"""The settings, and the page that lists them."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from zhenxing.config import environment
from zhenxing.config.database import SAFE_SQLITE, database

ROOT = Path(__file__).resolve().parents[4]
PAGE = ROOT / "docs/reference/settings.md"
NAME = re.compile(r"ZHENXING_[A-Z_]+")


def read_somewhere() -> set[str]:
    files = [*(ROOT / "src").rglob("*.py"), *ROOT.glob("bootstrap*.py")]
    ours = (file for file in files if "tests" not in file.parts)
    return {name for file in ours for name in NAME.findall(file.read_text("utf-8"))}


def test_the_page_lists_every_name_that_is_read_and_no_other() -> None:
    listed = re.findall(r"^\| `(ZHENXING_[A-Z_]+)`", PAGE.read_text("utf-8"), re.MULTILINE)
    assert sorted(listed) == sorted(read_somewhere())


def defaults() -> dict[str, str]:
    """Give what each call of a typed reader in the settings says the default is."""
    tree = ast.parse((ROOT / "src/zhenxing/config/settings.py").read_text("utf-8"))
    found = {}
    for call in ast.walk(tree):
        if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Name):
            continue
        if call.func.id not in {"flag", "folder", "one_of", "text", "whole"}:
            continue
        name = ast.literal_eval(call.args[0])
        parts = [*call.args[1:2], *(keyword.value for keyword in call.keywords)]
        told = [each.value for part in parts for each in leaves(part)]
        words = [str(int(each)) if isinstance(each, bool) else str(each) for each in told]
        found[name] = "/".join(words)
    return found


def leaves(node: ast.expr) -> list[ast.Constant]:
    """Give the constants of an expression from left to right: `ROOT / "data" / "demo"`."""
    if isinstance(node, ast.BinOp):
        return [*leaves(node.left), *leaves(node.right)]
    return [node] if isinstance(node, ast.Constant) else []


def test_the_page_gives_the_default_that_the_settings_take() -> None:
    rows = re.findall(
        r"^\| `(ZHENXING_[A-Z_]+)` \| (.+?) \|", PAGE.read_text("utf-8"), re.MULTILINE
    )
    page = {name: re.findall("`([^`]+)`", cell) for name, cell in rows}
    taken = defaults()
    assert len(taken) > 10
    wrong = {name: page[name] for name, value in taken.items() if value and value not in page[name]}
    assert wrong == {}


def test_the_page_lists_every_check_of_ours() -> None:
    made = {
        number
        for part in ("config", "web")
        for number in re.findall(
            rf'id="({part}\.E\d+)"', (ROOT / f"src/zhenxing/{part}/checks.py").read_text("utf-8")
        )
    }
    assert set(re.findall(r"^\| `(\w+\.E\d+)`", PAGE.read_text("utf-8"), re.MULTILINE)) == made


@pytest.mark.parametrize(
    ("text", "meant"),
    [("1", True), ("Yes", True), (" on ", True), ("0", False), ("false", False), ("", True)],
)
def test_a_flag_is_read(monkeypatch: pytest.MonkeyPatch, text: str, meant: bool) -> None:  # noqa: FBT001  # a row of the table
    monkeypatch.setenv("A_FLAG", text)
    assert environment.flag("A_FLAG", default=True) is meant


def test_an_unclear_flag_stops_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("A_FLAG", "maybe")
    with pytest.raises(ValueError, match="A_FLAG 只能是 1 或 0，现在是「maybe」"):
        environment.flag("A_FLAG", default=False)


def test_a_whole_number_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    assert environment.whole("A_NUMBER", 3) == 3
    monkeypatch.setenv("A_NUMBER", " 12 ")
    assert environment.whole("A_NUMBER", 3) == 12


@pytest.mark.parametrize("text", ["-1", "1.5", "two", "²"])
def test_an_unclear_number_stops_the_start(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setenv("A_NUMBER", text)
    with pytest.raises(ValueError, match="A_NUMBER 只能是0或正整数"):
        environment.whole("A_NUMBER", 0)


def test_an_empty_text_counts_as_unset(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("A_TEXT", "")
    assert environment.text("A_TEXT", "default") == "default"
    assert environment.folder("A_TEXT", tmp_path) == tmp_path


@pytest.mark.parametrize(
    ("mode", "name", "left"),
    [
        (0o755, "keys", 0o700),
        (0o700, "keys", 0o700),
        (0o755, "of somebody else", 0o755),
        (0o1777, "keys", 0o1777),
    ],
)
def test_a_data_folder_of_ours_is_closed_to_others(
    tmp_path: Path, mode: int, name: str, left: int
) -> None:
    (tmp_path / name).mkdir()
    tmp_path.chmod(mode)
    environment.close_to_others(tmp_path)
    assert tmp_path.stat().st_mode & 0o7777 == left


def test_a_folder_is_absolute(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("A_FOLDER", "some/where")
    assert environment.folder("A_FOLDER", Path("x")) == Path.cwd() / "some/where"


def test_sqlite_lies_in_the_data_folder_and_syncs_every_commit(tmp_path: Path) -> None:
    found = database("sqlite:town.sqlite3", tmp_path)
    assert found["NAME"] == tmp_path / "town.sqlite3"
    assert found["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert "synchronous=FULL" in found["OPTIONS"]["init_command"]


def test_the_sqlite_library_is_one_without_the_wal_fault() -> None:
    database("sqlite:x", Path())
    assert sys.modules["sqlite3.dbapi2"].sqlite_version_info >= SAFE_SQLITE


def test_postgresql_is_taken_apart_with_its_signs_unquoted() -> None:
    found = database("postgresql://zx:p%40ss@db.local:5433/county", Path())
    parts = [found[name] for name in ("NAME", "USER", "PASSWORD", "HOST", "PORT")]
    assert parts == ["county", "zx", "p@ss", "db.local", "5433"]
    assert found["CONN_HEALTH_CHECKS"]
    assert found["OPTIONS"] == {"options": "-c lock_timeout=20s"}


def test_postgresql_may_be_reached_by_a_socket() -> None:
    assert database("postgresql://zx@/county?host=/run/pg", Path())["HOST"] == "/run/pg"


def test_another_database_stops_the_start() -> None:
    with pytest.raises(ValueError, match="现在是「mysql」"):
        database("mysql://x/y", Path())


def test_the_secret_is_made_once_and_is_the_owners_alone() -> None:
    path = Path(settings.KEY_DIR) / "secret"
    assert path.read_text("ascii") == settings.SECRET_KEY
    assert len(settings.SECRET_KEY) >= 50
    assert path.stat().st_mode & 0o077 == 0


START = "from django.conf import settings; print(settings.SECRET_KEY)"


def test_processes_that_start_at_once_share_one_secret_in_a_folder_of_their_own(
    tmp_path: Path,
) -> None:
    data = tmp_path / "new" / "data"
    environ = {"DJANGO_SETTINGS_MODULE": "zhenxing.config.settings", "ZHENXING_DATA": str(data)}
    running = [
        subprocess.Popen(
            [sys.executable, "-c", START], env=os.environ | environ, stdout=subprocess.PIPE
        )
        for _ in range(6)
    ]
    told = {process.communicate(timeout=60)[0] for process in running}
    assert [process.returncode for process in running] == [0] * len(running)
    assert len(told) == 1
    assert len(told.pop().strip()) >= 50
    assert {path.name for path in (data / "keys").iterdir()} == {"secret"}
    assert data.stat().st_mode & 0o077 == 0


def django(*arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "django", *arguments],
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "zhenxing.config.settings"} | environ,
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_site_behind_https_passes_every_deploy_check(tmp_path: Path) -> None:
    found = django(
        *("check", "--deploy", "--fail-level", "INFO"),
        ZHENXING_HTTPS="1",
        ZHENXING_HOSTS="zx.county.gov.cn",
        ZHENXING_DATA=str(tmp_path),
    )
    assert found.returncode == 0, found.stderr


def test_a_site_for_others_without_https_fails_the_deploy_check(tmp_path: Path) -> None:
    found = django(
        *("check", "--deploy"), ZHENXING_HOSTS="zx.county.gov.cn", ZHENXING_DATA=str(tmp_path)
    )
    assert found.returncode == 1
    assert "config.E003" in found.stderr


def test_behind_https_the_cookies_are_bound_to_the_host(tmp_path: Path) -> None:
    told = django(
        *(
            "shell",
            "-v",
            "0",
            "-c",
            (
                "from django.conf import settings as s; print(s.SESSION_COOKIE_NAME,"
                " s.CSRF_COOKIE_NAME, s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE)"
            ),
        ),
        ZHENXING_HTTPS="1",
        ZHENXING_DATA=str(tmp_path),
    )
    assert told.stdout.split() == ["__Host-session", "__Host-csrf", "True", "True"]
