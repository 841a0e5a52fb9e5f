"""A foreign form is filled cell by cell, and nothing else of it moves."""

from __future__ import annotations

import base64
import io
import json
import zipfile
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from zhenxing.documents.services import Entry, fill_template, look_at
from zhenxing.documents.spreadsheet import filling
from zhenxing.documents.tests import hostile, make, offices
from zhenxing.kernel.problems import Problem

NAME = "发改局月报.xlsx"
FIGURES = {"C4": "8208.5", "C5": "64", "D4": "0.125", "F8": "45219"}
MAIN = make.MAIN


def put(data: bytes, values: dict[str, str], sheet: str = offices.SHEET, **more: Any) -> bytes:  # noqa: ANN401  # marked, kind, note
    kind, note = more.pop("kind", "number"), more.pop("note", "")
    entries = [Entry(sheet, cell, kind, text, note) for cell, text in values.items()]
    made = fill_template(data, NAME, entries, **more)
    assert isinstance(made, bytes), made
    return made


def refused(data: bytes, values: dict[str, str], sheet: str = offices.SHEET) -> Problem:
    entries = [Entry(sheet, cell, "number", text) for cell, text in values.items()]
    told = fill_template(data, NAME, entries)
    assert isinstance(told, Problem)
    return told


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as parcel:
        return {name: parcel.read(name) for name in parcel.namelist()}


def cells(data: bytes, sheet: str = offices.SHEET) -> Any:  # noqa: ANN401  # a worksheet, asked by reference
    return openpyxl.load_workbook(io.BytesIO(data))[sheet]


@pytest.mark.parametrize("comment", [False, True])
def test_only_the_mapped_cells_differ_when_it_is_opened_again(*, comment: bool) -> None:
    before = offices.monthly(comment=comment)
    after = put(before, FIGURES)
    changed = offices.differences(before, after)
    assert {each.where for each in changed} == {f"月报!{cell}" for cell in FIGURES}
    page = cells(after)
    assert (page["C4"].value, page["C5"].value, page["D4"].value) == (8208.5, 64, 0.125)
    assert page["C7"].value == "=SUM(C4:C5)"
    assert page["F8"].value.date().isoformat() == "2023-10-20"


def test_every_other_part_stays_byte_for_byte() -> None:
    before = offices.monthly(comment=True)
    old, new = parts(before), parts(put(before, FIGURES))
    assert list(new) == list(old)
    assert {name for name in old if old[name] != new[name]} == {
        "xl/worksheets/sheet1.xml", "xl/workbook.xml",
    }  # fmt: skip
    assert any(name.startswith("xl/media/") for name in new)
    assert b'fullCalcOnLoad="1"' in new["xl/workbook.xml"]


def test_equal_values_give_equal_bytes() -> None:
    form = offices.monthly()
    assert put(form, FIGURES) == put(form, FIGURES)


def test_nothing_filled_leaves_a_form_without_formulas_as_it_was() -> None:
    form = make.workbook()
    assert parts(put(form, {})) == parts(form)


def test_a_total_of_other_numbers_is_taken_out_and_reckoned_when_opened() -> None:
    rows = (
        '<row r="1"><c r="A1"><v>1</v></c><c r="B1" s="0" t="str"><f>A1&amp;"x"</f><v>1x</v></c>'
        '<c r="C1"><f t="shared" ref="C1:C2" si="0">A1*2</f><v>2</v></c></row>'
    )
    form = make.changed(make.workbook(), {make.SHEET: make.sheet(rows)})
    sheet = parts(put(form, {"A1": "7"}, "表"))[make.SHEET].decode()
    assert '<c r="A1"><v>7</v></c>' in sheet
    assert '<c r="B1" s="0"><f>A1&amp;"x"</f></c>' in sheet
    assert '<f t="shared" ref="C1:C2" si="0">A1*2</f></c>' in sheet


@pytest.mark.parametrize(
    ("rows", "cell", "expected"),
    [
        ("", "B2", '<row r="2"><c r="B2"><v>5</v></c></row>'),
        ('<row r="2"/>', "B2", '<row r="2"><c r="B2"><v>5</v></c></row>'),
        (
            '<row r="1"/><row r="3"/>',
            "B2",
            '<row r="1"/><row r="2"><c r="B2"><v>5</v></c></row><row r="3"/>',
        ),
        (
            '<row r="2" spans="1:1" ht="9"><c r="A2"/><c r="C2"/></row>',
            "B2",
            '<row r="2" ht="9"><c r="A2"/><c r="B2"><v>5</v></c><c r="C2"/></row>',
        ),
        ('<row><c/><c s="0" cm="1" t="s"><v>0</v></c></row>', "B1",
         '<row><c/><c r="B1" s="0"><v>5</v></c></row>'),
        ('<row r="2" s="0" customFormat="1"/>', "B2",
         '<row r="2" s="0" customFormat="1"><c r="B2" s="0"><v>5</v></c></row>'),
    ],
)  # fmt: skip
def test_a_cell_the_file_has_not_is_put_in_its_place(rows: str, cell: str, expected: str) -> None:
    sheet = make.sheet(rows) if rows else make.sheet("").replace(
        b"<sheetData></sheetData>", b"<sheetData/>"
    )  # fmt: skip
    form = make.changed(make.workbook(), {make.SHEET: sheet})
    assert expected in parts(put(form, {cell: "5"}, "表"))[make.SHEET].decode()


def test_a_new_cell_takes_the_format_of_its_column() -> None:
    sheet = make.sheet('<row r="1"/>').replace(
        b"<sheetData>", b'<cols><col min="2" max="3" width="9" style="0"/></cols><sheetData>'
    )
    form = make.changed(make.workbook(), {make.SHEET: sheet})
    assert b'<c r="C1" s="0"><v>5</v></c>' in parts(put(form, {"C1": "5"}, "表"))[make.SHEET]


def test_names_with_a_prefix_stay_so() -> None:
    sheet = (
        f'<?xml version="1.0" encoding="utf-8"?><x:worksheet xmlns:x="{MAIN}"><x:sheetData>'
        '<x:row r="1"><x:c r="A1" s="0"><x:v>1</x:v></x:c></x:row></x:sheetData></x:worksheet>'
    ).encode()
    form = make.changed(make.workbook(), {make.SHEET: sheet})
    made = put(form, {"A1": "5", "A2": "6"}, "表")
    assert b'<x:c r="A1" s="0"><x:v>5</x:v></x:c>' in parts(made)[make.SHEET]
    assert [cells(made, "表")[cell].value for cell in ("A1", "A2")] == [5, 6]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", 'a<b&c>"d"', "第一行\n第二行"])
def test_words_stay_words(text: str) -> None:
    form = offices.monthly()
    value = cells(put(form, {"B8": text}, kind="text"))["B8"]
    assert (value.value, value.data_type) == (text, "s")
    assert cells(put(form, {"A8": ""}, kind="blank"))["A8"].value is None


def test_a_formula_is_never_written_over() -> None:
    told = refused(offices.monthly(), {"C7": "5"})
    assert "公式" in told.what
    assert "月报!C7" in told.where
    rows = '<row r="1"><c r="A1"><f t="array" ref="A1:A3">B1:B3</f></c></row>'
    form = make.changed(make.workbook(), {make.SHEET: make.sheet(rows)})
    assert "公式" in refused(form, {"A2": "5"}, "表").what


def test_a_sheet_that_is_not_there_is_told() -> None:
    assert "没有工作表「季报」" in refused(offices.monthly(), {"A1": "1"}, "季报").what


@pytest.mark.parametrize("name", sorted(hostile.CORPUS))
def test_no_hostile_file_harms_a_look_or_a_filling(name: str) -> None:
    data = hostile.build(name)
    seen = look_at(data, NAME)
    if name in hostile.REFUSED:
        assert isinstance(seen, Problem)
    if isinstance(seen, Problem):
        assert seen.where.startswith(NAME)
        assert "异常退出" not in seen.what
        assert "空表" not in seen.next
        return
    made = fill_template(data, NAME, [Entry(seen.sheets[0].name, "A1", "number", "5")])
    assert isinstance(made, (bytes, Problem))


@pytest.mark.parametrize("marked", [False, True])
def test_notes_paint_the_marked_copy_and_no_other(*, marked: bool) -> None:
    before = offices.monthly()
    after = put(before, {"C4": "9"}, note="上次报出：8", marked=marked)
    cell = cells(after)["C4"]
    assert (cell.fill.fgColor.rgb == "FFFFFF00") is marked
    assert (cell.comment is not None) is marked
    assert cell.number_format == "#,##0.00"
    where = {each.where for each in offices.differences(before, after)}
    assert where == {"月报!C4"} | ({"月报!C4 style"} if marked else set())
    if marked:
        assert cell.comment.text == "上次报出：8"


def test_a_sheet_with_notes_of_its_own_is_only_painted() -> None:
    page = cells(put(offices.monthly(comment=True), {"C4": "9"}, note="变了", marked=True))
    assert page["C4"].comment is None
    assert page["C4"].fill.fgColor.rgb == "FFFFFF00"
    assert page["A4"].comment.text == "含跨镇项目"


def test_a_blank_that_was_a_number_is_painted_too() -> None:
    page = cells(put(offices.monthly(), {"C9": ""}, kind="blank", note="上次报出：8", marked=True))
    assert page["C9"].fill.fgColor.rgb == "FFFFFF00"


def test_the_child_says_what_it_was_not_asked_rightly() -> None:
    head = b'{"marked": false, "entries": []}'
    said = filling.filled(len(head).to_bytes(4, "big") + head + b"no zip")
    assert "problem" in said


def test_a_form_with_shared_strings_keeps_them() -> None:
    kind = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    told = b'<Override PartName="/xl/sharedStrings.xml" ContentType="' + kind + b'"/></Types>'
    excel = make.as_excel_saves(offices.monthly())
    types = make.part(excel, hostile.TYPES).replace(b"</Types>", told)
    before = make.changed(excel, {hostile.TYPES: types})
    after = put(before, FIGURES)
    assert parts(after)["xl/sharedStrings.xml"] == parts(before)["xl/sharedStrings.xml"]
    changed = {each.where for each in offices.differences(before, after)}
    assert changed == {f"月报!{cell}" for cell in FIGURES}


values = st.one_of(
    st.none(),
    st.integers(-(10**9), 10**9),
    st.floats(allow_nan=False, allow_infinity=False, width=32),
    st.booleans(),
    st.text("一二三abc <>&\"'=+-@\n_x0041_", max_size=12),
)
books = st.dictionaries(
    st.tuples(st.integers(1, 9), st.integers(1, 9)), values, min_size=0, max_size=25
)
places = st.dictionaries(
    st.tuples(st.integers(1, 12), st.integers(1, 12)),
    st.integers(-999, 999),
    min_size=1,
    max_size=8,
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(books, places, st.sets(st.integers(1, 8), max_size=3))
def test_any_small_workbook_keeps_the_cells_nobody_asked_for(
    content: dict[tuple[int, int], Any],
    asked: dict[tuple[int, int], int],
    bold: set[int],
) -> None:
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    page.title = offices.SHEET
    for (row, column), value in content.items():
        page.cell(row, column).value = value
        if column in bold:
            page.cell(row, column).font = offices.HEAD
    before = offices.saved(book)
    computed = {(r, c) for (r, c) in asked if page.cell(r, c).data_type == "f"}
    wanted = {
        page.cell(r, c).coordinate: n for (r, c), n in asked.items() if (r, c) not in computed
    }
    entries = [
        {"sheet": offices.SHEET, "cell": cell, "kind": "number", "text": str(n), "note": ""}
        for cell, n in wanted.items()
    ]
    after = in_process(before, entries)
    new = cells(after)
    assert {cell: new[cell].value for cell in wanted} == wanted
    touched = {f"{offices.SHEET}!{cell}" for cell in wanted}
    assert {each.where for each in offices.differences(before, after)} <= touched


def in_process(data: bytes, entries: list[dict[str, Any]]) -> bytes:
    """Fill without a child: its confinement is tried elsewhere; a process a case is too slow."""
    head = json.dumps({"marked": False, "entries": entries}).encode()
    said = filling.filled(len(head).to_bytes(4, "big") + head + data)
    return base64.b64decode(said["file"])
