"""Whatever a hand does to a pack's files, checking tells of it and never fails itself."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from zhenxing.kernel.problems import errors
from zhenxing.packs.checking import check
from zhenxing.packs.services import load
from zhenxing.packs.tests.make import BY, FILES, MOMENT, tiny, write

WORDS = st.sampled_from(
    [
        "",
        "~",
        "[]",
        "{}",
        "no",
        "012",
        "-1",
        "1e9",
        "2023-13",
        "**",
        "/",
        "T99",
        "a: b",
        "* x",
        "'",
        "《",
    ]
) | st.text(max_size=8)


@st.composite
def a_mutation(draw: st.DrawFn) -> tuple[str, str]:
    """Change one line of one file: drop it, repeat it, cut it, or put another word into it."""
    file = draw(st.sampled_from(sorted(FILES)))
    lines = FILES[file].splitlines()
    number = draw(st.integers(0, len(lines) - 1))
    line = lines[number]
    match draw(st.sampled_from(["drop", "repeat", "cut", "word", "cell", "indent"])):
        case "drop":
            lines[number : number + 1] = []
        case "repeat":
            lines.insert(number, line)
        case "cut":
            lines[number] = line[: draw(st.integers(0, len(line)))]
        case "word":
            key, _, _ = line.partition(":")
            lines[number] = f"{key}: {draw(WORDS)}"
        case "cell":
            cells = line.split(",")
            cells[draw(st.integers(0, len(cells) - 1))] = draw(WORDS)
            lines[number] = ",".join(cells)
        case _:
            lines[number] = " " * draw(st.integers(1, 4)) + line.lstrip()
    return file, "\n".join(lines)


@settings(max_examples=150)
@given(mutations=st.lists(a_mutation(), min_size=1, max_size=3))
def test_it_tells_of_every_mutation_or_reads_it(mutations: list[tuple[str, str]]) -> None:
    with tempfile.TemporaryDirectory() as root:
        folder = tiny(Path(root))
        for file, text in mutations:
            write(folder, file, text)
        pack, problems = check(folder)
    assert pack is not None
    assert all(problem.where and problem.what and problem.next for problem in problems)


@pytest.mark.django_db
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(mutation=a_mutation())
def test_what_it_finds_no_error_in_can_be_loaded(mutation: tuple[str, str]) -> None:
    with tempfile.TemporaryDirectory() as root:
        pack, problems = check(write(tiny(Path(root)), *mutation))
    assert pack is not None
    if errors(problems):
        return
    with transaction.atomic():
        entry = load(pack, by=BY, second=None, moment=MOMENT)
        transaction.set_rollback(True)
    assert entry.sequence == 1


@settings(max_examples=60)
@given(file=st.sampled_from(sorted(FILES)), data=st.binary(max_size=200))
def test_it_survives_bytes_that_are_no_pack(file: str, data: bytes) -> None:
    with tempfile.TemporaryDirectory() as root:
        folder = tiny(Path(root))
        (folder / file).write_bytes(data)
        pack, problems = check(folder)
    assert pack is not None
    assert all(problem.sentence.endswith("。") for problem in problems)
