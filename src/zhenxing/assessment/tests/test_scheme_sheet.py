"""A scheme as rows of a form: everything the packs say survives the way there and back."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from zhenxing.assessment.editor_form import form_of, rule_forms
from zhenxing.assessment.sheet import parse, text_of, told_by_row
from zhenxing.assessment.sheet.differing import counted, differences, text_differences
from zhenxing.assessment.sheet.kinds import FREE, KINDS, meant, shown
from zhenxing.assessment.sheet.posting import done, posted
from zhenxing.assessment.sheet.rows import Row
from zhenxing.assessment.sheet.totals import totals
from zhenxing.assessment.sheet.tree import Plain, inline, read, written
from zhenxing.engine import schemes
from zhenxing.engine.tests.schemes import random_schemes

PACKS = Path(__file__).parents[4] / "packs"
FILES = sorted(path for path in PACKS.glob("*/schemes/*.yaml") if path.name != "index.yaml")
AWAY = {"line", "lines", "digest", "file"}


def said(value: object) -> object:
    """Give a loaded scheme without the lines it stood on."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        kept = (field.name for field in dataclasses.fields(value) if field.name not in AWAY)
        return type(value).__name__, {name: said(getattr(value, name)) for name in kept}
    if isinstance(value, Mapping):
        return [(key, said(each)) for key, each in value.items()]
    return [said(each) for each in value] if isinstance(value, tuple) else value


def through_the_form(text: str) -> str:
    """Send a text through rows and through the fields of a posted form."""
    sheet = parse(text)
    assert sheet is not None
    form = form_of(sheet, set())
    fields = {cell.name: cell.value for cell in (*form.head, *form.settings, *form.foot)}
    for block in form.blocks:
        fields |= {block.key: "1"} if block.is_section else {}
        fields |= {cell.name: cell.value for cell in block.cells}
        for row in block.rows:
            cells = (*row.main, *row.rule, *row.more, row.kind)
            fields |= {cell.name: cell.value for cell in cells if cell.name}
            fields |= {f"{row.key}-kind": FREE, f"{row.key}-raw": row.raw} if row.raw else {}
    return text_of(posted(fields | {"rest": form.rest}))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_packs_scheme_says_the_same_after_the_form(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    before, _ = schemes.load(text, "a")
    after, problems = schemes.load(through_the_form(text), "a")
    assert before is not None, problems
    assert after is not None, problems
    assert said(after) == said(before)


@pytest.mark.parametrize("seed", range(60))
def test_a_random_scheme_says_the_same_after_the_form(seed: int) -> None:
    from random import Random  # noqa: PLC0415

    text = random_schemes.case(Random(seed)).scheme  # noqa: S311  # a seeded draw
    before, _ = schemes.load(text, "a")
    after, problems = schemes.load(through_the_form(text), "a")
    assert (before is None) == (after is None), problems
    assert said(after) == said(before)


words = st.text(st.characters(blacklist_categories=("Cs", "Cc", "Zl", "Zp")), min_size=1)
plains: st.SearchStrategy[Plain] = st.recursive(
    words,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=200, suppress_health_check=[HealthCheck.too_slow])
@given(plains)
def test_whatever_is_written_reads_back(value: Plain) -> None:
    assert read(written({"a": value})) == {"a": value}
    assert read(inline(["x", value])) == ["x", value]


@settings(max_examples=200)
@given(st.sampled_from(sorted(KINDS)), st.dictionaries(st.sampled_from("abc"), words, max_size=2))
def test_a_rule_of_any_shape_keeps_its_piece(kind: str, cells: dict[str, str]) -> None:
    rule: Plain = {kind: dict(cells)}
    assert meant(*shown(rule)) == rule


def test_an_odd_item_keeps_its_text_and_an_odd_setting_its_place() -> None:
    text = """
scheme: {id: a, name: 试, basis: 文, year: 2023, curves: {fai: [8, 16]}}
sections:
- {id: s, items: [{id: b, points: 4, rule: pass, notes: 甲}, 乙]}
"""
    sheet = parse(text)
    assert sheet is not None
    assert [bool(row.raw) for row in sheet.sections[0].rows] == [True, True]
    assert sheet.rest == "scheme:\n  curves:\n    fai: [8, 16]\n" or "curves" in sheet.rest
    assert read(text_of(sheet)) == read(text)


@pytest.mark.parametrize(
    "text", ["- 甲", "甲", "{", "sections: 甲", "bonus: 甲", "sections: [甲]",
             "sections: [{id: s, items: 甲}]", "sections: [{id: s, others: 1, items: []}]"],
)  # fmt: skip
def test_what_has_no_shape_of_a_scheme_is_left_to_the_text(text: str) -> None:
    assert parse(text) is None


def test_a_line_that_no_cell_understands_is_kept_and_told() -> None:
    fields = {
        "h-id": "a", "h-name": "试", "h-basis": "文", "h-year": "2023", "h-veto": "出事",
        "s0": "1", "s0-name": "经济", "s0-0-kind": "tiers", "s0-0-r-bands": "九成以上得五分左右",
        "s0-0-name": "投资", "s0-0-points": "5", "s0-1-kind": FREE, "s0-1-r-text": "看情况",
        "s0-2-kind": "judged", "s0-2-r-words": "好", "s0-3-kind": "events",
        "s0-3-r-amount_tiers": "很多", "s0-4-kind": "sum", "s0-4-r-parts": "两分", "s0-5-kind": "?",
    }  # fmt: skip
    text = text_of(posted(fields))
    assert all(each in text for each in ("九成以上得五分左右", "看情况", "很多", "两分", "出事"))
    _, problems = schemes.load(text, "方案")
    told = told_by_row(text, problems)
    assert {each.anchor for each in told} >= {f"s0-{n}" for n in range(6)} | {"foot"}
    assert next(each for each in told if each.anchor == "s0-0").place == "经济 投资"


def test_ids_come_of_themselves_from_the_indicator() -> None:
    fields = {"s0": "1", "b-0-kind": "pass", "b-0-value": "growth(gdp)"}
    for n in range(2):
        fields |= {f"s0-{n}-kind": "pass", f"s0-{n}-value": "fai"}
    text = text_of(posted(fields))
    assert read(text) == {
        "sections": [{"id": "section1", "items": [
            {"id": "fai", "rule": "pass"}, {"id": "fai2", "value": "fai", "rule": "pass"}]}],
        "bonus": [{"id": "item1", "value": "growth(gdp)", "rule": "pass"}],
    }  # fmt: skip


def test_the_buttons_add_move_copy_and_take_away() -> None:
    sheet = posted({})
    assert done(sheet, "section") == "s0"
    sheet.sections[0].cells["name"] = "甲"
    assert done(sheet, "add:s0") == "s0-1"
    sheet.sections[0].rows[1].cells |= {"name": "乙项", "id": "b"}
    assert done(sheet, "up:s0-1") == "s0-0"
    assert sheet.sections[0].rows[0].get("name") == "乙项"
    assert done(sheet, "copy:s0-0") == "s0-1"
    assert sheet.sections[0].rows[1].cells == {"name": "乙项"}
    assert done(sheet, "down:s0-2") == "s0-2"
    assert done(sheet, "remove:s0-1") == "s0-0"
    assert len(sheet.sections[0].rows) == 2
    done(sheet, "section")
    assert done(sheet, "down:s0") == "s0"
    assert [section.cells.get("name") for section in sheet.sections] == [None, "甲"]
    done(sheet, "remove:s0")
    assert [section.key for section in sheet.sections] == ["s0"]
    assert done(sheet, "remove:b") == "b"
    assert done(sheet, "show:s0-0") == "s0-0"
    assert done(sheet, "twirl:s0") == "s0"
    assert done(sheet, "up:s9-1") == "head"
    assert done(sheet, "up:s0-x") == "s0"
    assert sheet.block("p") is sheet.penalties


def test_points_are_added_up_by_group_and_by_section() -> None:
    sheet = posted({
        "s0": "1", "s0-name": "经济", "s0-points": "10", "s0-0-kind": "pass",
        "s0-0-points": "甲 6、乙 8", "s0-1-kind": "pass", "s0-1-points": "4", "s0-2-kind": "pass",
        "s0-2-points": "若干", "s0-3-kind": "pass", "s0-3-points": "Infinity",
    })  # fmt: skip
    first, whole = totals(sheet)
    assert [(group, str(each)) for group, each in first.amounts] == [("甲", "10"), ("乙", "12")]
    assert (first.aim, whole.name, len(whole.amounts)) == ("10", "满分", 2)


def test_every_kind_has_cells_to_put_in_place() -> None:
    assert [kind for kind, _ in rule_forms()] == list(KINDS)
    assert all(cell.name.startswith("__-r-") for _, cells in rule_forms() for cell in cells)
    assert shown("steps") == (FREE, {"text": "steps"})
    assert meant("minmax", {}) == {"minmax": {}}
    assert meant(FREE, {"text": "{"}) == "{"
    assert Row().get("name") == ""


def test_two_editions_differ_in_words_item_by_item() -> None:
    old, new = (
        schemes.load((PACKS / "heshan/schemes" / name).read_text(encoding="utf-8"), "a")[0]
        for name in ("town-hill-2022.yaml", "town-hill.yaml")
    )
    assert old is not None
    assert new is not None
    changes = differences(old, new)
    found = {(each.item, each.aspect): (each.before, each.after) for each in changes}
    assert found["固定资产投资", "分值"][1] == "山区镇6、川道镇8"
    assert found["", "年度"] == ("2022", "2023")
    assert counted(changes)["新增"] == 6
    assert differences(new, new) == []
    back = counted(differences(new, old))
    assert (back["新增"], back["取消"]) == (0, 6)
    assert text_differences("甲", "甲") == []


@pytest.mark.parametrize(
    "piece",
    [
        "veto: 甲", "veto: [甲]", "veto: [{when: a > 0}]", "grades: {by: score, bands: 甲}",
        "grades: {by: score, bands: [甲, {甲: 1, 乙: 2}]}", "let: 甲", "let: {a: [1]}",
        "groups: 甲", "consecutive: {periods: 2, when: a > 0, effect: [replace]}",
        "bonus: [{id: a, rule: {tiers: {bands: [甲]}}}]", "bonus: [{id: a, rule: {sum: [甲]}}]",
        "bonus: [{id: a, rule: {tiers: {bands: [{points: 1}]}}}]",
        "bonus: [{id: a, rule: {events: {event: b, amount_tiers: [甲]}}}]",
        "bonus: [{id: a, rule: {judged: {好: [1]}}}]", "bonus: [{id: a, rule: [pass]}]",
        "bonus: [{id: a, rule: pass, adjust: [甲]}]", "bonus: [{id: a, rule: pass, adjust: 甲}]",
        "bonus: [{id: a, rule: pass, gate: {when: a > 0}, times: ' 甲 '}]",
        "bonus: [{id: a, rule: pass, adjust: [{add: a, clip: [1]}]}]",
        "bonus: [{id: a, rule: pass, points: [1]}]", "rounding: {}", "total: ' a '",
    ],
)  # fmt: skip
def test_a_piece_of_an_odd_shape_stays_what_it_is(piece: str) -> None:
    text = f"scheme: {{id: a, name: 试}}\nsections: [{{id: s, items: []}}]\n{piece}\n"
    sheet = parse(text)
    assert sheet is not None
    assert read(text_of(sheet)) == read(text)
