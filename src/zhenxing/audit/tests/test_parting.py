"""Heads from outside held against the chain, and acts withheld by a rule."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.conf import settings

from zhenxing.audit import heads, queries, services
from zhenxing.audit.models import Entry
from zhenxing.audit.queries import Parting, parting
from zhenxing.audit.services import ActsWithheldError
from zhenxing.audit.tests import make
from zhenxing.kernel.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.django_db


def chain() -> list[tuple[int, str]]:
    return list(Entry.objects.order_by("sequence").values_list("sequence", "hash"))


def test_heads_of_the_chain_do_not_part_from_it() -> None:
    make.entries(5)
    assert parting(chain()) is None
    assert parting([]) is None


def test_heads_beyond_the_chain_part_at_its_end() -> None:
    make.entries(3)
    known = [*chain(), (4, "d" * 64), (5, "e" * 64)]
    assert parting(known) == Parting(4, 5, "e" * 64, 2)


def test_heads_of_another_chain_part_where_they_differ_first(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(queries, "CHUNK", 2)
    make.entries(5)
    known = [*chain()[:2], *((number, "f" * 64) for number in (3, 4, 5))]
    assert parting(known) == Parting(3, 5, "f" * 64, 3)


def written(lines: list[str]) -> Path:
    path = Path(settings.HEADS_FILE)
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path


def test_the_heads_file_goes_on_with_the_chain_and_the_rest_lies_beside() -> None:
    make.entries(2)
    own = [f"{sequence} {digest} 2024-03-01T01:00:00Z" for sequence, digest in chain()]
    lost = f"3 {'f' * 64} 2024-03-01T02:00:00Z"
    path = written([*own, lost])
    aside = services.part_from_lost_heads()
    assert path.read_text(encoding="utf-8").splitlines() == own
    assert aside is not None
    assert aside.read_text(encoding="utf-8").splitlines() == [*own, lost]
    assert services.part_from_lost_heads() is None


def test_without_a_heads_file_there_is_nothing_to_set_aside(tmp_path: Path) -> None:
    assert services.part_from_lost_heads() is None
    assert heads.set_aside(tmp_path / "none", lambda *_: False) is None


def test_a_list_of_heads_is_read_whole_or_not() -> None:
    path = written(["1 aa", "2 bb 2024-03-01T01:00:00Z"])
    assert queries.heads_in(path) == [(1, "aa"), (2, "bb")]
    with pytest.raises(ValueError, match="第1行不是"):
        queries.heads_in(written(["one"]))


def only_notes(action: str) -> Problem | None:
    return None if action == "site.noted" else Problem("本站", "只许记事", "请稍后再来")


@pytest.fixture
def rule() -> Iterator[None]:
    services.withhold(only_notes)
    services.withhold(only_notes)
    yield
    assert services._rules.count(only_notes) == 1
    services._rules.remove(only_notes)


def test_a_rule_withholds_an_act_before_anything_is_done(rule: None) -> None:
    make.entries(1)
    with pytest.raises(ActsWithheldError, match="本站：只许记事；请稍后再来。"):
        make.entries(1, action="site.changed")
    assert Entry.objects.count() == 1


def test_an_outcome_is_told_in_words() -> None:
    make.entries(1)
    assert queries.in_words(queries.verify()).startswith("账本")
