"""The list of heads outside the database."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings as site

from zhenxing.audit import heads
from zhenxing.audit.models import Entry
from zhenxing.audit.tests import make


def test_it_reads_lines_and_passes_over_empty_ones() -> None:
    assert list(heads.parse(["1 aa 2024", "", "  ", "2 bb"])) == [(1, "aa"), (2, "bb")]


@pytest.mark.parametrize("line", ["eins aa 2024", "1", "1 aa 2024 x", "-1 aa 2024", "1.5 aa 2024"])
def test_it_refuses_what_is_no_line(line: str) -> None:
    with pytest.raises(ValueError, match="第2行"):
        list(heads.parse(["1 aa 2024", line]))


@pytest.mark.django_db
def test_it_looks_back_only_so_far() -> None:
    path = Path(site.HEADS_FILE)
    made = make.entries(heads.HEALED + 20)
    heads.append(path, made[0])
    heads.append(path, made[-1])
    told = [sequence for sequence, _ in heads.read(path)]
    assert told == [1, *range(20, heads.HEALED + 21)]
    for entry in made[-3:]:
        heads.append(path, entry)
    assert len(list(heads.read(path))) == len(told) + 3


@pytest.mark.django_db
def test_a_new_file_does_not_take_the_old_lines_from_the_database() -> None:
    path = Path(site.HEADS_FILE)
    made = make.entries(5)
    for entry in made[3:]:
        heads.append(path, entry)
    assert [sequence for sequence, _ in heads.read(path)] == [4, 5]


@pytest.mark.django_db
def test_a_long_file_is_read_from_its_end() -> None:
    path = Path(site.HEADS_FILE)
    at = make.moment().at
    path.write_text("".join(heads.line(n, "f" * 64, at) for n in range(1, 2001)), encoding="utf-8")
    written = heads._recent(path)
    assert max(written) == 2000
    assert 2000 - heads.HEALED > min(written) > 1
    assert len(written) == 2001 - min(written)
    assert not Entry.objects.exists()
