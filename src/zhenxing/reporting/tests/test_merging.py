"""Drafts of several people, merged: one text stands, the others are set aside, none is lost."""

from __future__ import annotations

from dataclasses import dataclass, field

from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from zhenxing.reporting.form.merging import Clash, Edit, merged

NAMES = st.sampled_from(["works.F", "works.I", "done"])
TEXTS = st.sampled_from(["", "1", "2", "9060", "第一句", "第二句"])
EDITS = st.lists(st.builds(Edit, NAMES, TEXTS, TEXTS), max_size=6)
CELLS = st.dictionaries(NAMES, TEXTS)


def test_the_first_writer_wins_and_the_second_is_told_both_texts() -> None:
    first = merged({"done": "旧"}, [Edit("done", "旧", "甲写的")])
    second = merged(first.cells, [Edit("done", "旧", "乙写的")])
    assert first.saved == ("done",)
    assert second.cells == {"done": "甲写的"}
    assert second.clashes == (Clash("done", "乙写的", "甲写的"),)


def test_what_is_sent_twice_is_saved_once_and_clashes_with_nobody() -> None:
    edit = Edit("works.F", "", "9060")
    again = merged(merged({}, [edit]).cells, [edit])
    assert (again.saved, again.clashes) == (("works.F",), ())


def test_on_a_stale_page_nothing_is_put_in() -> None:
    told = merged({}, [Edit("works.F", "", "9060")], is_stale=True)
    assert (told.cells, told.saved) == ({}, ())
    assert told.clashes == (Clash("works.F", "9060", ""),)


@given(CELLS, EDITS, st.booleans())
def test_every_edit_is_saved_or_a_clash_that_keeps_its_text(
    cells: dict[str, str],
    edits: list[Edit],
    is_stale: bool,  # noqa: FBT001  # drawn by Hypothesis
) -> None:
    told = merged(cells, edits, is_stale=is_stale)
    assert len(told.saved) + len(told.clashes) == len(edits)
    assert {each.mine for each in told.clashes} <= {edit.after for edit in edits}
    untouched = set(cells) - {edit.name for edit in edits}
    assert {name: told.cells.get(name) for name in untouched} == {
        name: cells[name] for name in untouched
    }


@given(CELLS, EDITS, EDITS)
def test_edits_of_different_places_do_not_see_each_other(
    cells: dict[str, str], mine: list[Edit], theirs: list[Edit]
) -> None:
    theirs = [edit for edit in theirs if edit.name not in {each.name for each in mine}]
    one = merged(merged(cells, mine).cells, theirs)
    other = merged(merged(cells, theirs).cells, mine)
    assert one.cells == other.cells


@dataclass
class Tab:
    """One open page: what it last heard from the server."""

    seen: dict[str, str] = field(default_factory=dict)


class ManyTabs(RuleBasedStateMachine):
    """Four pages type into one draft, some answers never arrive."""

    def __init__(self) -> None:
        super().__init__()
        self.cells: dict[str, str] = {}
        self.tabs = [Tab() for _ in range(4)]
        self.stood: set[tuple[str, str]] = set()
        self.aside: set[tuple[str, str]] = set()
        self.typed: set[tuple[str, str]] = set()
        self.count = 0

    @rule(tab=st.integers(0, 3), name=NAMES, heard=st.booleans())
    def type_into(self, tab: int, name: str, heard: bool) -> None:  # noqa: FBT001  # drawn
        self.count += 1
        page, text = self.tabs[tab], f"文{self.count}"
        self.typed.add((name, text))
        told = merged(self.cells, [Edit(name, page.seen.get(name, ""), text)])
        self.cells = dict(told.cells)
        self.stood |= {(name, self.cells[name])}
        self.aside |= {(clash.name, clash.mine) for clash in told.clashes}
        if heard:
            page.seen = dict(self.cells)

    @invariant()
    def every_text_stood_once_or_lies_aside(self) -> None:
        assert self.typed <= self.stood | self.aside

    @invariant()
    def nobody_overwrites_what_they_have_not_seen(self) -> None:
        assert not self.stood & self.aside


TestManyTabs = ManyTabs.TestCase
