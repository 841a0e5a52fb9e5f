"""Papers and ways to look into the files that they become."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, date, datetime
from typing import cast

from docx import Document
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from zhenxing.writing.paper import (
    Align,
    Attachment,
    Block,
    Column,
    GroupRow,
    Heading,
    Imprint,
    Ink,
    Lamp,
    Note,
    Paper,
    Paragraph,
    Row,
    Signature,
    Span,
    Table,
)
from zhenxing.writing.word import to_docx

AT = datetime(2023, 10, 20, 9, 30, tzinfo=UTC)

GREEN = Lamp("●", "绿灯", Ink.GREEN)
YELLOW = Lamp("▲", "黄灯", Ink.YELLOW)
RED = Lamp("■", "红灯", Ink.RED)
GREY = Lamp("○", "未公布", Ink.GREY)

COLUMNS = (
    Column("指标", width=30),
    Column("单位", width=9, align=Align.CENTRE),
    Column("目标", width=14, align=Align.RIGHT, under="1—9月"),
    Column("完成", width=14, align=Align.RIGHT, under="1—9月"),
    Column("超欠进度", width=13, align=Align.RIGHT, under="1—9月"),
    Column("位次", width=8, align=Align.RIGHT),
    Column("亮灯", width=15),
)

ROWS: tuple[Row | GroupRow, ...] = (
    GroupRow("农村经济专班"),
    Row(("粮食播种面积", "亩", "10,780", "10,780", "+25.00", "1", GREEN)),
    Row(("粮食总产量", "吨", "≥1,900", Span("按收获季公布，年底出数", 3), GREY)),
    Row(("乌鸡养殖", "万只", "9", "6.12", "−7.00", "5", YELLOW)),
    Row(("食用菌", "万筒", "1,500", "1,630", "+33.67", "1", GREEN)),
    GroupRow("稳投资专班"),
    Row(("固定资产投资", "亿元", "1", "0.42", "−33.00", "8", RED)),
    Row(("开工重点项目", "个", "8", "6", "0.00", "3", GREEN)),
    Row(("储备重大项目", "个", "8", "8", "+25.00", "1", GREEN)),
    GroupRow("招商引资专班"),
    Row(("到位资金", "万元", "10,000", "6,400", "−11.00", "6", RED)),
    Row(("签约并开工项目合同投资额", "万元", "20,000", "4,400", "−53.00", "9", RED)),
    Row(("地区生产总值", "亿元", "**%", Span("三季度数10月24日公布", 3), GREY)),
    Row(("红灯合计", "项", "", "", "", "", "3项"), strong=True),
)

NOTICE_TABLE = Table(columns=COLUMNS, rows=ROWS, caption="1—9月主要指标完成情况")


def plain(*blocks: Block) -> Paper:
    """A paper of blocks with nothing around them."""
    return Paper(title="关于9月份工作的通报", issuer="禾山县考核办", blocks=blocks)


def notice() -> Paper:
    """A notice as a county issues it every month."""
    return Paper(
        title="关于2023年9月份主要经济指标\n完成情况的通报",
        issuer="禾山县考核工作领导小组办公室",
        number="禾考办\u30142023\u301518号",
        addressee="各镇人民政府，县级有关部门",
        blocks=(
            Paragraph("现将2023年9月份主要经济指标完成情况通报如下。"),
            Heading("总体情况"),
            Paragraph(
                "截至9月底，云溪镇12项指标中，绿灯5项、黄灯1项、红灯3项、未公布2项。"
                "到位资金6,400万元，完成年度任务的64.00%，比序时进度慢11.00个百分点；"
                "“四个一批”盘活闲置资产22处，办结销号6处，占27%。"
            ),
            NOTICE_TABLE,
            Note(
                "超欠进度为完成率减序时进度，单位为个百分点；数据为提交数，工作报送，非统计调查。"
            ),
            Heading("存在问题"),
            Heading("项目入统慢", level=2),
            Paragraph("签约并开工项目合同投资额4,400万元，占年度任务的22%，列全县第9位。"),
            Heading("下一步", level=2),
            Heading("倒排工期。", level=3, then="各镇于10月25日前报送到位资金倒排表。"),
        ),
        signature=Signature("禾山县考核工作领导小组办公室", date(2023, 10, 20)),
        remark="此件公开发布",
        imprint=Imprint(
            ("县委办公室", "县人大常委会办公室", "县政府办公室", "县政协办公室"),
            "禾山县考核工作领导小组办公室",
            date(2023, 10, 20),
        ),
        verification="账本封账根 9f2c41d07be85a36c0f1e2d3b4a5968778695a4b3c2d1e0f9f2c41d07be85a36",
        mark="演示数据",
    )


def wide_table(columns: int = 12) -> Table:
    """A table that fits no portrait page."""
    heads = [Column(f"指标{place}", width=10, align=Align.RIGHT) for place in range(1, columns)]
    rows = tuple(
        Row((f"第{town}镇", *(f"{town * place * 1234.5:,.2f}" for place in range(1, columns))))
        for town in range(1, 21)
    )
    return Table(columns=(Column("镇", width=14), *heads), rows=rows, caption="各镇完成情况")


def letter_up() -> Paper:
    """A report of a town to its county, with red head, signer and two attachments."""
    return Paper(
        title="关于请求解决工业园区用地指标的请示",
        issuer="云溪镇人民政府",
        red_head="云溪镇人民政府文件",
        number="云政\u30142023\u30157号",
        signer="王某某",
        addressee="禾山县人民政府：",
        blocks=(Paragraph("为加快项目落地，现就有关事项请示如下。" * 4),),
        attachments=(
            Attachment("各镇完成情况", (wide_table(),)),
            Attachment("用地红线图（另附）"),
            Attachment("办理依据", (Heading("依据"), Paragraph("有关规定。"))),
        ),
        signature=Signature("云溪镇人民政府", date(2023, 10, 5), stamped=True),
        imprint=Imprint(printed_by="云溪镇党政办公室", printed_on=date(2023, 10, 5)),
    )


def opened(paper: Paper) -> WordDocument:
    """Write a paper and open it again."""
    return Document(io.BytesIO(to_docx(paper, created=AT)))


def styled(document: WordDocument, name: str) -> list[str]:
    """The texts of the paragraphs that have a style."""
    return [one.text for one in document.paragraphs if one.style and one.style.name == name]


def every(document: WordDocument, tag: str) -> list[BaseOxmlElement]:
    """All elements of a tag in the document's story, in order."""
    return list(document.element.iter(qn(f"w:{tag}")))


def value(element: BaseOxmlElement, attribute: str = "val") -> str | None:
    """An attribute of the w: namespace."""
    return cast("str | None", element.get(qn(f"w:{attribute}")))


def part(data: bytes, name: str) -> str:
    """The text of one part of an Office file."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name).decode()


def only_table(table: Table) -> WordDocument:
    """A paper that holds one table, opened again."""
    return opened(plain(table))
