"""Pages, faces and parts of a paper, read back from the Word file."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from docx.enum.section import WD_ORIENTATION
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from zhenxing.writing.paper import (
    Attachment,
    Face,
    Heading,
    Imprint,
    Ink,
    Note,
    Orientation,
    Paper,
    Paragraph,
    Run,
    Signature,
)
from zhenxing.writing.tests.make import (
    AT,
    COLUMNS,
    NOTICE_TABLE,
    ROWS,
    every,
    letter_up,
    notice,
    opened,
    part,
    plain,
    styled,
    value,
    wide_table,
)
from zhenxing.writing.word import to_docx
from zhenxing.writing.word.markup import PARAGRAPH_ORDER

HALF_A_TWIP = 318


def test_the_page_is_a4_with_the_margins_of_the_standard() -> None:
    section = opened(notice()).sections[0]
    found = (
        section.page_width,
        section.page_height,
        section.top_margin,
        section.bottom_margin,
        section.left_margin,
        section.right_margin,
    )
    for length, wanted in zip(found, (210, 297, 37, 35, 28, 26), strict=True):
        assert length is not None
        assert abs(length - Mm(wanted)) <= HALF_A_TWIP


def test_the_grid_holds_22_lines_of_28_characters() -> None:
    document = opened(notice())
    grid = every(document, "docGrid")[0]
    assert (value(grid, "type"), value(grid, "linePitch")) == ("lines", "579")
    section = document.sections[0]
    depth = Mm(297) - (section.top_margin or 0) - (section.bottom_margin or 0)
    measure = Mm(210) - (section.left_margin or 0) - (section.right_margin or 0)
    assert int(depth / Pt(28.95)) == 22
    assert int(measure / Pt(16 - 0.25)) == 28


def test_the_body_is_size_3_imitation_song_with_latin_in_times() -> None:
    normal = opened(notice()).styles["Normal"]
    assert normal.font.size == Pt(16)
    fonts = normal.element.find(f"{qn('w:rPr')}/{qn('w:rFonts')}")
    assert {side: value(fonts, side) for side in ("ascii", "hAnsi", "cs", "eastAsia")} == {
        "ascii": "Times New Roman",
        "hAnsi": "Times New Roman",
        "cs": "Times New Roman",
        "eastAsia": "仿宋_GB2312",
    }
    assert value(normal.element.find(f"{qn('w:rPr')}/{qn('w:spacing')}")) == "-5"


def test_a_paragraph_begins_two_characters_in_by_both_measures() -> None:
    indent = opened(notice()).styles["公文正文"].element.find(f"{qn('w:pPr')}/{qn('w:ind')}")
    assert (value(indent, "firstLineChars"), value(indent, "firstLine")) == ("200", "630")


@pytest.mark.parametrize(
    ("style", "face", "points"),
    [
        ("公文标题", "方正小标宋简体", 22),
        ("Heading 1", "黑体", None),
        ("Heading 2", "楷体_GB2312", None),
        ("Heading 3", "仿宋_GB2312", None),
        ("Heading 4", "仿宋_GB2312", None),
        ("页码", "宋体", 14),
        ("版记", None, 14),
    ],
)
def test_each_part_has_the_face_of_the_standard(
    style: str, face: str | None, points: int | None
) -> None:
    found = opened(notice()).styles[style]
    fonts = found.element.find(f"{qn('w:rPr')}/{qn('w:rFonts')}")
    assert (None if fonts is None else value(fonts, "eastAsia")) == face
    assert found.font.size == (None if points is None else Pt(points))


def test_the_file_carries_no_style_of_a_template() -> None:
    names = {style.name for style in opened(notice()).styles}
    assert len(names) < 40
    assert "Light Shading" not in names


def test_a_machine_without_the_standards_faces_is_told_their_stand_ins() -> None:
    table = part(to_docx(notice(), created=AT), "word/fontTable.xml")
    assert '<w:font w:name="仿宋_GB2312"><w:altName w:val="仿宋"/>' in table


def test_page_numbers_stand_right_on_odd_pages_and_left_on_even_ones() -> None:
    document = opened(notice())
    assert document.settings.odd_and_even_pages_header_footer
    section = document.sections[0]
    for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
        line = footer.paragraphs[0]
        assert line.text == "— 1 —"
        assert "PAGE" in [one.text for one in line._p.iter(qn("w:instrText"))]
        indent = line._p.find(f"{qn('w:pPr')}/{qn('w:ind')}")
        assert indent is not None
        assert value(indent, f"{side}Chars") == "100"


def test_the_verification_line_and_the_mark_are_on_every_page() -> None:
    section = opened(notice()).sections[0]
    for footer in (section.footer, section.even_page_footer):
        assert footer.paragraphs[1].text.startswith("账本封账根 9f2c41d0")
    for header in (section.header, section.even_page_header):
        assert header.paragraphs[0].text == "演示数据"


def test_the_page_number_stays_in_place_with_or_without_a_verification_line() -> None:
    with_line = opened(notice()).sections[0].footer_distance or 0
    without = opened(replace(notice(), verification="")).sections[0].footer_distance or 0
    assert without - with_line == Pt(12)
    assert abs(without - (Mm(35) - Mm(7) - Pt(9))) <= 2 * HALF_A_TWIP


def test_a_paper_without_mark_has_no_header() -> None:
    section = opened(plain(Paragraph("9月份情况。"))).sections[0]
    assert section.header.is_linked_to_previous
    assert len(section.footer.paragraphs) == 1


def test_the_parts_of_a_notice_stand_in_their_order() -> None:
    document = opened(notice())
    texts = [one.text for one in document.paragraphs if one.text]
    assert texts[:4] == [
        "禾考办\u30142023\u301518号",
        "关于2023年9月份主要经济指标\n完成情况的通报",
        "各镇人民政府，县级有关部门：",
        "现将2023年9月份主要经济指标完成情况通报如下。",
    ]
    assert texts[-3:] == ["禾山县考核工作领导小组办公室", "2023年10月20日", "（此件公开发布）"]
    assert [cell.text for row in document.tables[-1].rows for cell in row.cells] == [
        "抄送：县委办公室，县人大常委会办公室，县政府办公室，县政协办公室。",
        "禾山县考核工作领导小组办公室\t2023年10月20日印发",
    ]


def test_headings_are_counted_and_carry_their_level() -> None:
    levels = [1, 2, 2, 3, 4, 1, 2]
    document = opened(plain(*(Heading("情况", level=level) for level in levels)))
    shown = [
        (one.style.name, one.text)
        for one in document.paragraphs
        if one.style and (one.style.name or "").startswith("Heading")
    ]
    assert shown == [
        ("Heading 1", "一、情况"),
        ("Heading 2", "（一）情况"),
        ("Heading 2", "（二）情况"),
        ("Heading 3", "1.情况"),
        ("Heading 4", "（1）情况"),
        ("Heading 1", "二、情况"),
        ("Heading 2", "（一）情况"),
    ]


def test_text_that_runs_on_after_a_heading_is_in_the_bodys_face() -> None:
    document = opened(plain(Heading("倒排工期。", level=2, then="各镇报送倒排表。")))
    line = next(one for one in document.paragraphs if "倒排" in one.text)
    assert line.text == "（一）倒排工期。各镇报送倒排表。"
    faces = [
        None if fonts is None else value(fonts, "eastAsia")
        for fonts in (run._r.find(f"{qn('w:rPr')}/{qn('w:rFonts')}") for run in line.runs)
    ]
    assert faces == ["楷体_GB2312", None]


def test_figures_are_left_to_times_and_shared_signs_to_the_chinese_face() -> None:
    document = opened(plain(Paragraph("比序时进度慢−12.92个百分点，“四个一批”占27%。")))
    line = next(one for one in document.paragraphs if "序时" in one.text)
    hints = {
        run.text: None if fonts is None else value(fonts, "hint")
        for run in line.runs
        for fonts in [run._r.find(f"{qn('w:rPr')}/{qn('w:rFonts')}")]
    }
    assert hints["−12.92"] is None
    assert hints["27%"] is None
    assert hints["个百分点，“四个一批”占"] == "eastAsia"


def test_a_run_keeps_its_face_ink_and_weight() -> None:
    words = Run("未完成", bold=True, face=Face.HEI, ink=Ink.RED)
    document = opened(plain(Paragraph(("两项", words))))
    run = next(one for line in document.paragraphs for one in line.runs if one.text == "未完成")
    assert run.bold
    assert str(run.font.color.rgb) == Ink.RED.value


def test_a_note_carries_its_label() -> None:
    document = opened(plain(Note("超欠进度的单位为个百分点。"), Note("统计局。", label="来源")))
    assert styled(document, "表注") == ["注：超欠进度的单位为个百分点。", "来源：统计局。"]


def test_a_red_head_fits_one_line_and_is_ruled_off_in_red() -> None:
    document = opened(letter_up())
    head = next(one for one in document.paragraphs if one.text == "云溪镇人民政府文件")
    assert head.runs[0].font.size == Pt(42)
    rule = document.styles["发文字号及红线"].element.find(f".//{qn('w:bottom')}")
    assert value(rule, "color") == "FF0000"
    long = replace(letter_up(), red_head="禾山县农业农村工作领导小组办公室文件")
    longer = next(one for one in opened(long).paragraphs if one.text == long.red_head)
    size = longer.runs[0].font.size
    assert size is not None
    assert size * 18 <= Mm(156)


def test_a_paper_that_goes_upwards_names_its_signer_beside_the_number() -> None:
    assert "云政\u30142023\u30157号\t签发人：王某某" in [
        one.text for one in opened(letter_up()).paragraphs
    ]


def test_a_red_head_without_signer_has_its_number_in_the_middle() -> None:
    document = opened(replace(letter_up(), signer=""))
    assert styled(document, "发文字号及红线") == ["云政\u30142023\u30157号"]


def test_the_addressee_gets_one_colon() -> None:
    assert styled(opened(letter_up()), "主送机关") == ["禾山县人民政府："]


def test_a_paper_without_number_begins_with_its_title() -> None:
    assert opened(plain(Paragraph("略"))).paragraphs[0].text == "关于9月份工作的通报"


def test_the_date_begins_two_characters_right_of_the_unit() -> None:
    lines = [
        one for one in opened(notice()).paragraphs if one.style and one.style.name == "署名和日期"
    ]
    unit, dated = [one.paragraph_format.left_indent or 0 for one in lines]
    assert dated - unit == Pt(31.5)


@pytest.mark.parametrize("unit", ["县委", "禾山县考核工作领导小组办公室" * 4])
def test_a_signature_of_any_length_stays_on_the_page(unit: str) -> None:
    signed = replace(notice(), signature=Signature(unit, date(2023, 12, 31)))
    lines = [
        one for one in opened(signed).paragraphs if one.style and "署名" in str(one.style.name)
    ]
    assert all(0 <= (one.paragraph_format.left_indent or 0) < Mm(156) for one in lines)


def test_a_stamped_signature_centres_unit_and_date_on_one_axis() -> None:
    lines = [
        one for one in opened(letter_up()).paragraphs if one.style and "署名" in str(one.style.name)
    ]
    sides = {(one.paragraph_format.left_indent, one.paragraph_format.right_indent) for one in lines}
    assert len(lines) == 2
    assert len(sides) == 1


def test_a_signature_never_stands_on_a_page_without_text() -> None:
    document = opened(notice())
    texts = [one.text for one in document.paragraphs]
    last = texts.index("1.倒排工期。各镇于10月25日前报送到位资金倒排表。")
    unit = texts.index("禾山县考核工作领导小组办公室")
    assert all(one.paragraph_format.keep_with_next for one in document.paragraphs[last : unit + 1])


def test_attachments_are_listed_and_follow_on_pages_of_their_own() -> None:
    document = opened(letter_up())
    assert styled(document, "附件说明") == [
        "附件：1.\t各镇完成情况",
        "2.\t用地红线图（另附）",
        "3.\t办理依据",
    ]
    assert styled(document, "附件序号") == ["附件1", "附件3"]


def test_a_single_attachment_has_no_number_and_begins_a_page() -> None:
    one = Attachment("办理依据", (Paragraph("有关规定。"),))
    document = opened(replace(plain(Paragraph("略")), attachments=(one,)))
    assert styled(document, "附件说明") == ["附件：办理依据"]
    label = next(line for line in document.paragraphs if line.text == "附件")
    assert label.paragraph_format.page_break_before


def test_an_imprint_with_nothing_to_say_leaves_no_lines() -> None:
    assert len(opened(replace(plain(Paragraph("略")), imprint=Imprint())).tables) == 0


def test_a_wide_table_turns_the_page_and_the_text_goes_on_upright() -> None:
    document = opened(plain(Paragraph("前"), wide_table(), Paragraph("后")))
    lies = [section.orientation for section in document.sections]
    assert lies == [WD_ORIENTATION.PORTRAIT, WD_ORIENTATION.LANDSCAPE, WD_ORIENTATION.PORTRAIT]
    wide = document.sections[1]
    assert abs((wide.page_width or 0) - Mm(297)) <= HALF_A_TWIP
    assert abs((wide.top_margin or 0) - Mm(28)) <= HALF_A_TWIP
    assert wide.footer.is_linked_to_previous
    assert len(every(document, "docGrid")) == 3


def test_tables_that_lie_the_same_way_share_their_pages() -> None:
    document = opened(plain(wide_table(), wide_table(), Paragraph("后")))
    assert len(document.sections) == 3


def test_a_table_lies_as_it_is_told() -> None:
    told = replace(NOTICE_TABLE, orientation=Orientation.LANDSCAPE)
    lies = [section.orientation for section in opened(plain(told)).sections]
    assert WD_ORIENTATION.LANDSCAPE in lies
    upright = replace(wide_table(), orientation=Orientation.PORTRAIT)
    assert len(opened(plain(upright)).sections) == 1


def test_an_attachment_with_a_wide_table_lies_whole() -> None:
    narrow = replace(NOTICE_TABLE, columns=COLUMNS, rows=ROWS)
    sheet = Attachment("各镇完成情况", (Paragraph("按位次排列。"), wide_table(), narrow))
    document = opened(replace(plain(Paragraph("略")), attachments=(sheet,)))
    assert [one.orientation for one in document.sections] == [
        WD_ORIENTATION.PORTRAIT,
        WD_ORIENTATION.LANDSCAPE,
    ]
    widths = {value(one, "w") for one in every(document, "tblW")}
    assert widths == {"12756"}


ENDS_WIDE = replace(notice(), blocks=(wide_table(),))


@pytest.mark.parametrize("paper", [notice(), letter_up(), ENDS_WIDE])
def test_properties_stand_in_the_order_of_the_schema(paper: Paper) -> None:
    document = opened(paper)
    rank = {qn(f"w:{tag}"): place for place, tag in enumerate(PARAGRAPH_ORDER)}
    styles = document.styles.element.iter(qn("w:pPr"))
    for properties in [*every(document, "pPr"), *styles]:
        places = [rank[str(child.tag)] for child in properties]
        assert places == sorted(places)


def test_equal_papers_give_equal_bytes() -> None:
    assert to_docx(letter_up(), created=AT) == to_docx(letter_up(), created=AT)
    later = AT.replace(hour=AT.hour + 1)
    assert to_docx(letter_up(), created=AT) != to_docx(letter_up(), created=later)


def test_the_file_says_who_issued_it_and_when_it_was_made() -> None:
    properties = opened(notice()).core_properties
    assert properties.title == "关于2023年9月份主要经济指标 完成情况的通报"
    assert properties.author == "禾山县考核工作领导小组办公室"
    assert properties.created == AT
    assert "python-docx" not in part(to_docx(notice(), created=AT), "docProps/core.xml")
