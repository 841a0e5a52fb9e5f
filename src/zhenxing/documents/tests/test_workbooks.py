"""Good workbooks are read cell by cell; every other file gets a sentence, and the site stays up."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhenxing.documents.services import Workbook, read_workbook
from zhenxing.documents.spreadsheet.outline import shown_as
from zhenxing.documents.spreadsheet.reading import read
from zhenxing.documents.tests import make
from zhenxing.kernel.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Callable

    from openpyxl.worksheet.worksheet import Worksheet
    from pytest_django import Settings

NAME = "10月报表.xlsx"


def opened(data: bytes) -> Workbook:
    book = read_workbook(data, NAME)
    assert isinstance(book, Workbook), book
    return book


def refused(data: bytes) -> Problem:
    problem = read_workbook(data, NAME)
    assert isinstance(problem, Problem)
    assert problem.where.startswith(NAME)
    assert problem.what
    assert problem.next
    return problem


def test_it_reads_cells_as_they_are_stored() -> None:
    def fill(at: Worksheet) -> None:
        at["B2"], at["B3"], at["B4"], at["B5"] = 12.5, "=1+1", 0.125, True
        at["B4"].number_format = "0.0%"
        at["B6"], at["B6"].number_format = 45000, "yyyy-mm-dd"
        at["B7"] = "#REF!"
        at.merge_cells("C1:D2")

    sheet = opened(make.workbook(fill)).sheets[0]
    kinds = {ref: (cell.kind, cell.text, cell.shown) for ref, cell in sheet.cells.items()}
    assert kinds["A1"] == ("text", "指标", "plain")
    assert kinds["B2"] == ("number", "12.5", "plain")
    assert kinds["B3"] == ("uncomputed", "", "plain")
    assert kinds["B4"] == ("number", "0.125", "percent")
    assert kinds["B5"] == ("boolean", "1", "plain")
    assert kinds["B6"] == ("number", "45000", "date")
    assert kinds["B7"][0] == "error"
    assert sheet.merged == ("C1:D2",)


def test_it_reads_the_dialects_of_other_programs() -> None:
    """Cells without references, prefixed elements, inline and rich texts, phonetic guides."""
    rows = (
        "<row><c><v>1</v></c><c t='inlineStr'><is><r><t>甲</t></r><r><t>乙</t></r>"
        "<rPh><t>jia</t></rPh></is></c></row>"
        "<row r='5'><c r='C5' t='str'><f>A1</f><v>丙_x000D_丁</v></c><c s='99'><v>2</v></c></row>"
    )
    data = make.changed(make.workbook(), {make.SHEET: make.sheet(rows)})
    cells = opened(data).sheets[0].cells
    assert {ref: cell.text for ref, cell in cells.items()} == {
        "A1": "1", "B1": "甲乙", "C5": "丙\r丁", "D5": "2",
    }  # fmt: skip
    assert cells["C5"].formula
    prefixed = make.sheet(rows).replace(b"<", b"<x:").replace(b"<x:/", b"</x:")
    prefixed = prefixed.replace(b"<x:?xml", b"<?xml").replace(b"xmlns=", b"xmlns:x=")
    assert opened(make.changed(data, {make.SHEET: prefixed})).sheets[0].cells == cells


HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "nothing": (lambda: b"", "文件是空的"),
    "text": (lambda: b"a,b\n1,2\n", "不是 Excel 工作簿"),
    "pdf": (lambda: b"%PDF-1.7 ...", "是PDF"),
    "far cell": (make.far_cell, "远在报表之外"),
    "phantom rows": (make.phantom_rows, "带格式的空行"),
    "bomb": (make.bomb, "展开后大得不正常"),
    "damaged": (make.damaged, "已损坏"),
    "scrambled": (make.scrambled, "已损坏"),
    "dtd": (make.with_dtd, "文档类型声明"),
    "laughs": (make.laughing, "文档类型声明"),
    "renamed word": (make.renamed_word, "是 Word 文档改了扩展名"),
    "macro": (make.with_macro, "带宏"),
    "xlsm": (make.macro_workbook, "带宏"),
    "link": (make.with_link, "链接了别的文件"),
    "zip slip": (make.slipping, "指向包外"),
    "zip password": (make.locked, "设了密码"),
    "password": (make.encrypted, "打开密码"),
    "xls": (make.old_excel, "旧版 Excel"),
    "photographs": (make.plain_zip, "不是 Excel 工作簿"),
    "many entries": (make.many_entries, "个部件"),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_it_refuses_with_a_reason(kind: str) -> None:
    build, reason = HOSTILE[kind]
    assert reason in refused(build()).what


@pytest.mark.parametrize(
    "kind", [kind for kind in HOSTILE if kind not in {"nothing", "text", "pdf", "password", "xls"}]
)
def test_the_child_says_what_the_reader_says(kind: str) -> None:
    build, _ = HOSTILE[kind]
    data = build()
    said = read(data)["problem"]
    problem = refused(data)
    assert (problem.what, problem.next) == (said["what"], said["next"])


def test_the_child_gives_the_cells_the_reader_gives() -> None:
    sheet = read(WHOLE)["sheets"][0]
    there = opened(WHOLE).sheets[0]
    assert [cell[0] for cell in sheet["cells"]] == list(there.cells)
    assert [cell[2] for cell in sheet["cells"]] == [cell.text for cell in there.cells.values()]


def test_it_reads_what_excel_saves() -> None:
    """Shared strings in runs with phonetic guides, doubles of 17 digits."""

    def fill(at: Worksheet) -> None:
        make.append(at, [["青溪镇 & 石泉镇", 8.13, 0.1], ["  ", 6720.5, 1e-7]])

    plain, excel = make.workbook(fill), make.as_excel_saves(make.workbook(fill))
    assert b"8.1300000000000008" in make.part(excel, make.SHEET)
    ours, theirs = opened(plain).sheets[0].cells, opened(excel).sheets[0].cells
    assert {ref: cell.text for ref, cell in ours.items() if cell.kind == "text"} == {
        ref: cell.text for ref, cell in theirs.items() if cell.kind == "text"
    }
    assert [cell.number for cell in ours.values()] == [cell.number for cell in theirs.values()]
    assert not any(cell.has_remainder for cell in theirs.values())
    assert read(excel)["sheets"][0]["name"] == "表"


@pytest.mark.parametrize(
    ("rows", "after", "said"),
    [
        ("<row><c t='s'><v>99</v></c></row>", "", "文字表里没有这一格的字"),
        ("<row><c t='s'><v>x</v></c></row>", "", "文字表里没有这一格的字"),
        ("<row r='3000'><c r='A3000'><v>1</v></c></row>", "", "远在报表之外"),
        ("<row>" + "<c/>" * 200_001 + "</row>", "", "单元格超过200,000个"),
        (
            "",
            "<mergeCells>" + "<mergeCell ref='A1:B1'/>" * 1001 + "</mergeCells>",
            "合并单元格超过",
        ),
        ("<x>" * 70 + "</x>" * 70, "", "套了64层以上"),
        ("<row><c>", "", "不是完整的 XML"),
    ],
)
def test_a_sheet_beyond_all_measure_is_refused(rows: str, after: str, said: str) -> None:
    data = make.changed(make.workbook(), {make.SHEET: make.sheet(rows, after=after)})
    assert said in read(data)["problem"]["what"]


def test_a_workbook_beyond_all_measure_is_refused() -> None:
    many = make.workbook(lambda at: make.add_sheets(at, 25))
    assert "张工作表" in read(many)["problem"]["what"]
    chance = random.Random(1)  # noqa: S311  # words that do not compress
    words = ("".join(chance.choices("甲乙丙丁戊己庚辛壬癸", k=5000)) for _ in range(900))
    strings = "<sst>" + "".join(f"<si><t>{word}</t></si>" for word in words) + "</sst>"
    excel = make.as_excel_saves(make.workbook())
    wordy = make.changed(excel, {"xl/sharedStrings.xml": strings.encode()})
    assert "文字多得不像" in read(wordy)["problem"]["what"]
    bare = make.changed(make.workbook(), {"xl/worksheets/sheet1.xml": None})
    assert read(bare) == {"sheets": []}
    empty = make.changed(make.workbook(), {"xl/workbook.xml": None})
    assert "不是 Excel 工作簿" in read(empty)["problem"]["what"]


def test_a_listing_that_lies_about_sizes_does_not_help_a_bomb() -> None:
    refused(make.lying_bomb())


def test_it_names_the_far_cell() -> None:
    assert refused(make.far_cell()).where == f"{NAME}，表!XFD1048576"


def test_it_refuses_a_file_over_the_limit(settings: Settings) -> None:
    settings.UPLOAD_BYTES = 1024 * 1024
    assert "超过1MB的上限" in refused(make.workbook() + bytes(1024 * 1024)).what


def test_a_parser_out_of_memory_is_a_sentence(settings: Settings) -> None:
    settings.UPLOAD_MEMORY = 40 * 1024 * 1024
    wide = make.workbook(lambda at: make.append(at, ([f"{n}字" * 400] * 4 for n in range(1900))))
    assert "内存超过40MB" in refused(wide).what


def test_a_parser_out_of_time_is_a_sentence(settings: Settings) -> None:
    settings.UPLOAD_SECONDS = 0.001
    assert "没有读完" in refused(make.workbook()).what


@pytest.mark.parametrize(
    ("number", "code", "shown"),
    [
        ("0", "", "plain"), ("9", "", "percent"), ("14", "", "date"), ("164", "0.00", "plain"),
        ("165", "0.0%", "percent"), ("166", 'yyyy"年"m"月"', "date"), ("167", '0"亩"', "plain"),
        ("168", "[Red]#,##0.00", "plain"), ("169", "General", "plain"), ("x", "", "plain"),
    ],
)  # fmt: skip
def test_it_knows_how_a_format_shows_its_number(number: str, code: str, shown: str) -> None:
    assert shown_as(number, code) == shown


@settings(max_examples=300)
@given(st.randoms(use_true_random=False), st.integers(1, 40))
def test_no_damage_makes_the_reader_raise(chance: random.Random, hits: int) -> None:
    data = bytearray(WHOLE)
    for _ in range(hits):
        data[chance.randrange(len(data))] = chance.randrange(256)
    answer = read(bytes(data))
    assert ("problem" in answer) != ("sheets" in answer)


@settings(max_examples=200)
@given(st.binary(max_size=400))
def test_no_sheet_xml_makes_the_reader_raise(rows: bytes) -> None:
    answer = read(make.changed(WHOLE, {make.SHEET: b"<worksheet><sheetData>" + rows}))
    assert "problem" in answer


@settings(max_examples=200)
@given(
    st.dictionaries(
        st.sampled_from(["r", "s", "t"]), st.text("0123456789AFXns", max_size=9), max_size=3
    ),
    st.text(
        st.characters(blacklist_categories=["Cs", "Cc"], blacklist_characters="<&"), max_size=20
    ),
)
def test_no_cell_makes_the_reader_raise(attributes: dict[str, str], value: str) -> None:
    said = " ".join(f'{name}="{text}"' for name, text in attributes.items())
    rows = f"<row><c {said}><v>{value}</v></c></row>"
    answer = read(make.changed(WHOLE, {make.SHEET: make.sheet(rows)}))
    assert ("problem" in answer) != ("sheets" in answer)


WHOLE = make.workbook(lambda at: make.append(at, ([n, "字", n / 7] for n in range(20))))
