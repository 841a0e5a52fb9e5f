"""The guide's example is a county that works, and the examples in the code run."""

from __future__ import annotations

import doctest
import re
from datetime import date
from importlib import import_module
from pathlib import Path

import pytest

from zhenxing.indicators.models import Figure
from zhenxing.kernel.moments import Moment
from zhenxing.packs.checking import check
from zhenxing.packs.folders import OPTIONAL, REQUIRED
from zhenxing.packs.services import load
from zhenxing.packs.tests.make import BY, MOMENT, TODAY, write

GUIDE = Path(__file__).parents[4] / "docs" / "guide" / "packs.md"
BLOCK = re.compile(
    r'^```(?:yaml|csv) title="(?P<file>[^"]+)"\n(?P<text>.*?)^```$', re.MULTILINE | re.DOTALL
)


def county(folder: Path) -> Path:
    """Write the files that the guide shows."""
    for block in BLOCK.finditer(GUIDE.read_text(encoding="utf-8")):
        write(folder, block["file"], block["text"])
    return folder


def test_the_county_of_the_guide_checks(tmp_path: Path) -> None:
    _, problems = check(county(tmp_path), TODAY)
    assert [problem.sentence for problem in problems] == []


@pytest.mark.django_db
def test_the_county_of_the_guide_loads(tmp_path: Path) -> None:
    pack, _ = check(county(tmp_path), TODAY)
    assert pack is not None
    load(pack, by=BY, second=None, moment=Moment(MOMENT.at, date(2023, 10, 20)))
    assert Figure.objects.filter(unit__code="T01", indicator__code="fai").count() == 20


def test_the_guide_shows_every_file(tmp_path: Path) -> None:
    shown = {path.relative_to(tmp_path).as_posix() for path in county(tmp_path).rglob("*.*")}
    assert {*REQUIRED, *OPTIONAL} - shown == {"demo.yaml"}


@pytest.mark.parametrize(
    "module", ["places", "nodes", "tables", "records", "folders", "saving.figures"]
)
def test_the_examples_run(module: str) -> None:
    result = doctest.testmod(import_module(f"zhenxing.packs.{module}"))
    assert result.attempted
    assert not result.failed
