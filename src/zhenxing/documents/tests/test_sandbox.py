"""Whatever a parser does in its process, the site hears one word and goes on."""

from __future__ import annotations

import sys
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from zhenxing.documents import sandbox
from zhenxing.documents.sandbox import Answer, Death, Limits
from zhenxing.documents.services import read_workbook
from zhenxing.documents.tests import make
from zhenxing.kernel.problems import Problem

MISDEEDS = "zhenxing.documents.tests.misdeeds"
TIGHT = Limits(memory=256 * 1024 * 1024, seconds=2)


def outcome(name: str, data: bytes = b"", limits: Limits = TIGHT) -> Answer | Death:
    return sandbox.run(f"{MISDEEDS}:{name}", data, limits)


def test_it_hands_the_bytes_over_and_the_answer_back() -> None:
    answer = outcome("echo", b"x" * 3_000_000)
    assert isinstance(answer, Answer)
    assert answer.value["size"] == 3_000_000


def test_the_child_sees_neither_environment_nor_working_folder(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("ZHENXING_SECRET_KEY", "秘密")
    answer = outcome("echo")
    assert isinstance(answer, Answer)
    assert not [name for name in answer.value["environment"] if name.startswith("ZHENXING")]
    assert answer.value["folder"] == "/"


@pytest.mark.parametrize(
    ("misdeed", "death"),
    [
        ("eat_memory", Death.MEMORY),
        ("burn", Death.TIME),
        ("sleep", Death.TIME),
        ("spawn", Death.TIME),
        ("crash", Death.CRASH),
        ("abort", Death.CRASH),
        ("fail", Death.CRASH),
        ("recurse", Death.CRASH),
        ("no_such_function", Death.CRASH),
        ("leave", Death.GARBAGE),
        ("babble", Death.GARBAGE),
        ("flood", Death.GARBAGE),
    ],
)
def test_it_survives(misdeed: str, death: Death) -> None:
    started = time.monotonic()
    assert outcome(misdeed) is death
    assert time.monotonic() - started < 15


def test_the_child_writes_no_file() -> None:
    answer = outcome("write_file")
    assert isinstance(answer, Answer)
    assert answer.value is False


def test_who_waits_too_long_behind_slow_files_is_sent_away(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sandbox, "PATIENCE", 0.3)
    with ThreadPoolExecutor(sandbox.PLACES) as pool:
        slow = [pool.submit(outcome, "sleep") for _ in range(sandbox.PLACES)]
        while sandbox._SLOTS._value:
            time.sleep(0.01)
        assert outcome("echo") is Death.CROWD
        said = read_workbook(make.workbook(), "10月报表.xlsx")
        assert [each.result() for each in slow] == [Death.TIME] * sandbox.PLACES
    assert isinstance(said, Problem)
    assert "过一分钟再传" in said.next
    assert isinstance(outcome("echo"), Answer)


def test_it_goes_on_after_a_death() -> None:
    outcome("crash")
    assert isinstance(outcome("echo"), Answer)


def test_a_machine_without_room_for_a_process_is_an_answer_too(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    assert outcome("echo") is Death.CRASH
