"""What ends a reading is told in the words of what was read, with its own limits."""

from __future__ import annotations

import pytest

from zhenxing.documents import asking, sandbox
from zhenxing.documents.asking import LETTER, PAPER, SHEET, Matter
from zhenxing.documents.sandbox import Death
from zhenxing.kernel.problems import Problem

MISDEEDS = "zhenxing.documents.tests.misdeeds"


def told(misdeed: str, matter: Matter) -> Problem:
    said = asking.ask(f"{MISDEEDS}:{misdeed}", b"x", "计划.pdf", matter)
    assert isinstance(said, Problem)
    return said


@pytest.mark.parametrize("matter", [SHEET, LETTER, PAPER])
def test_a_crash_is_told_of_the_thing_that_was_read(matter: Matter) -> None:
    said = told("crash", matter)
    assert f"读{matter.thing}程序" in said.what
    assert ("空表" in said.next) is (matter is SHEET)


def test_the_time_that_is_told_is_the_time_that_was_given() -> None:
    said = told("sleep", Matter("来文", "请再传", seconds=1))
    assert "读这份来文超过1秒" in said.what


def test_a_paper_has_more_time_than_an_upload_somebody_waits_for() -> None:
    assert PAPER.limits.seconds > SHEET.limits.seconds == LETTER.limits.seconds
    assert PAPER.limits.memory == SHEET.limits.memory


@pytest.mark.parametrize("death", list(Death))
def test_every_end_has_words_for_a_paper(death: Death, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "run", lambda *_: death)
    said = told("echo", PAPER)
    assert "来文" in said.what
    assert "表" not in said.sentence
    assert said.next
