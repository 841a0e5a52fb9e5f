"""Builders of papers: a plan in Word, registered and read."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import docx

from tests import cast
from zhenxing.adoption.choices import ItemKind
from zhenxing.adoption.services import reading, taking
from zhenxing.adoption.services.deciding import Said, decide
from zhenxing.adoption.services.taking import Heading
from zhenxing.documents.models import PaperReading

if TYPE_CHECKING:
    from zhenxing.accounts.models import User
    from zhenxing.adoption.models import Item
    from zhenxing.documents.models import Paper

PLAN = (
    "青溪镇2023年经济工作计划",
    "一、基本情况",
    "全镇户籍人口9214人,其中男4879人、女4569人。2022年完成固定资产投资8980万元。",
    "二、年度目标",
    "固定资产投资完成1亿元以上；农村居民人均可支配收入增长8.5%左右；地区生产总值增长**%。",
    "引进企业1-2家，粮食总产量1900吨以上。",
    "三、工作要求",
    "各专班每月25日前报送完成情况。",
)


def word(*paragraphs: str) -> bytes:
    """Write paragraphs into a real Word file."""
    document = docx.Document()
    for each in paragraphs or PLAN:
        document.add_paragraph(each)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def heading(unit: str = "H00", about: str = "T01", **more: object) -> Heading:
    """What the register says of a paper received on the cast's day."""
    return Heading(unit=unit, about=about, received=cast.TODAY, **more)  # type: ignore[arg-type]


def registered(by: User, data: bytes | None = None, **more: str) -> Paper:
    """Register a paper."""
    return taking.register(
        data=data or word(),
        name=more.pop("name", "计划.docx"),
        heading=heading(**more),
        scope=cast.scope(by),
        moment=cast.moment(),
    )


def read(by: User, paper: Paper, encoding: str = "") -> PaperReading:
    """Read a paper now."""
    intake = reading.ask(
        paper=paper, year=None, encoding=encoding, scope=cast.scope(by), moment=cast.moment()
    )
    done = reading.read_now(intake, cast.moment())
    assert done.reading is not None, done.problems
    return done.reading


def item(of: PaperReading, words: str) -> Item:
    """Give the one item whose quoted words hold these."""
    facts = of.items.exclude(kind__in=[ItemKind.PROBLEM, ItemKind.TASK])
    [found] = [each for each in facts if words in each.quote]
    return found


def accept(by: User, *items: Item, **more: str | bool) -> list[Item]:
    """Accept items as they stand, or corrected."""
    said = [Said(item=i.pk, edition=i.edition, verdict="accepted", **more) for i in items]  # type: ignore[arg-type]
    return decide(said=said, scope=cast.scope(by), moment=cast.moment())
