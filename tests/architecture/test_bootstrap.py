"""The one command says what is missing, and never takes a port from somebody."""

from __future__ import annotations

import os
import socket
import subprocess
from pathlib import Path

import pytest

import bootstrap
import bootstrap_steps
from tests.architecture.tree import ROOT


def run(*arguments: str, path: str = os.environ["PATH"]) -> subprocess.CompletedProcess[str]:
    command = ["/bin/sh", str(ROOT / "run"), *arguments]
    environment = {"PATH": path, "HOME": os.environ.get("HOME", "/")}
    return subprocess.run(command, env=environment, capture_output=True, check=False, text=True)


def test_it_says_in_two_languages_that_python_is_missing(tmp_path: Path) -> None:
    answer = run(path=str(tmp_path))
    assert answer.returncode == 1
    assert "没有找到" in answer.stderr
    assert "was not found" in answer.stderr


def test_it_lists_its_commands_for_an_unknown_one() -> None:
    answer = run("strat")
    assert answer.returncode == 1
    assert "没有「strat」这个命令" in answer.stderr
    assert all(f"./run {name}" in answer.stderr for name in ("setup", "test", "check", "trial"))


def test_it_names_the_trials_when_it_does_not_know_one() -> None:
    answer = run("trial", "nothing")
    assert answer.returncode == 1
    known = {p.stem for p in (ROOT / "tests/trials").glob("[a-z]*.py")}
    assert known <= set(answer.stderr.split())


def test_it_names_the_benchmarks_when_it_does_not_know_one() -> None:
    answer = run("benchmark", "nothing")
    assert answer.returncode == 1
    assert {"nation", "pages"} <= set(answer.stderr.split())


def test_it_takes_the_next_free_port() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert port < int(bootstrap.free_port(str(port))) < port + bootstrap.PORTS_TRIED


def test_it_keeps_a_port_that_is_free() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    assert bootstrap.free_port(str(port)) == port


@pytest.mark.parametrize("text", ["", "http", "-1", "0", "70000", "八千"])
def test_it_refuses_what_is_no_port(text: str) -> None:
    with pytest.raises(bootstrap_steps.Stop, match=f"现在是「{text}」"):
        bootstrap.free_port(text)


def test_a_changed_name_or_content_changes_the_stamp() -> None:
    one, other = ROOT / "run", ROOT / "LICENSE"
    assert bootstrap_steps.digest([one]) == bootstrap_steps.digest([one])
    assert len({bootstrap_steps.digest(files) for files in ([one], [other], [one, other])}) == 3
