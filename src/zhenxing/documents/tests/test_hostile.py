"""No file of the hostile corpus does harm: each is read or refused in a sentence, within bounds."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest
from django.conf import settings

from zhenxing.documents.services import Workbook, read_workbook
from zhenxing.documents.tests import hostile
from zhenxing.kernel.problems import Problem

NAME = "10月报表.xlsx"
MEASURE = """
import resource
import django
django.setup()
from zhenxing.documents.services import read_workbook
from zhenxing.documents.tests import hostile
read_workbook(hostile.build("a million strings"), "10月报表.xlsx")
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""
START = 3.0  # seconds a busy machine may take to start and end a child


@pytest.mark.parametrize("name", hostile.CORPUS)
def test_it_does_no_harm(name: str) -> None:
    data = hostile.build(name)
    began = time.monotonic()
    outcome = read_workbook(data, NAME)
    assert time.monotonic() - began < settings.UPLOAD_SECONDS + START
    if name in hostile.REFUSED:
        assert isinstance(outcome, Problem), outcome
    if isinstance(outcome, Problem):
        assert outcome.where.startswith(NAME)
        assert outcome.what
        assert outcome.next
        assert "异常退出" not in outcome.what
    else:
        assert isinstance(outcome, Workbook)


def test_no_child_took_more_than_its_share() -> None:
    # In a process of its own: this one counts the children of every other test as well.
    told = subprocess.run(
        [sys.executable, "-c", MEASURE], capture_output=True, text=True, check=True, timeout=120
    )
    assert 0 < int(told.stdout) * 1024 <= settings.UPLOAD_MEMORY


def test_the_corpus_is_a_corpus() -> None:
    assert len(hostile.CORPUS) >= 100
    assert not hostile.REFUSED.keys() & hostile.ODD.keys()
