"""A paper is read anew: what people have done with its words goes along, and nothing is doubled."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests import cast
from zhenxing.adoption.choices import Home, Verdict
from zhenxing.adoption.models import Item, Placement
from zhenxing.adoption.queries import sources
from zhenxing.adoption.services import deciding, placing, reading, taking
from zhenxing.adoption.services.deciding import Part
from zhenxing.adoption.tests import make
from zhenxing.audit import queries as audit_queries
from zhenxing.documents import services as documents
from zhenxing.documents.models import Paper
from zhenxing.indicators.tests import make as make_figures
from zhenxing.organisation.services import ActRefusedError
from zhenxing.targets.services.issuing import Heading

if TYPE_CHECKING:
    from zhenxing.documents.models import PaperReading
    from zhenxing.documents.services import ReadPaper
    from zhenxing.indicators.models import Indicator
    from zhenxing.kernel.problems import Problem


@pytest.fixture
def fai(county: cast.County) -> Indicator:
    return make_figures.indicator("fai", "固定资产投资", county.statistics)


@pytest.fixture
def plan(county: cast.County, fai: Indicator) -> PaperReading:
    return make.read(county.assessor, make.registered(county.assessor))


def again(county: cast.County, plan: PaperReading, year: int | None = None) -> PaperReading:
    intake = reading.ask(
        paper=plan.paper, year=year, encoding="", scope=cast.scope(county.assessor),
        moment=cast.moment(),
    )  # fmt: skip
    done = reading.read_now(intake, cast.moment())
    assert done.reading is not None, done.problems
    return done.reading


def keep(county: cast.County, of: PaperReading, item: int) -> None:
    placing.references(
        reading=of, items=[item], scope=cast.scope(county.assessor), moment=cast.moment()
    )


def split(county: cast.County, item: Item) -> list[Item]:
    middle = item.start + 2
    return deciding.split(
        item=item, edition=item.edition, scope=cast.scope(county.assessor), moment=cast.moment(),
        parts=[
            Part(start=item.start, end=middle, subject="前半"),
            Part(start=middle, end=item.end, subject="后半"),
        ],
    )  # fmt: skip


@pytest.mark.both_engines
def test_what_was_written_on_is_not_written_on_again(
    county: cast.County, plan: PaperReading
) -> None:
    [item] = make.accept(county.assessor, make.item(plan, "8980万元"), indicator="fai")
    keep(county, plan, item.pk)
    anew = again(county, plan)
    [placed] = make.item(anew, "8980万元").placements.all()
    assert placed.home == Home.REFERENCE
    assert placed.value == 8980
    with pytest.raises(ActRefusedError, match="已经写入过"):
        keep(county, anew, placed.item_id)
    assert Placement.objects.count() == 2
    [(shown, source)] = sources.references("T01", "fai", cast.scope(county.assessor))
    assert (shown, source.item) == (placed, placed.item_id)
    assert audit_queries.verify().holds


def test_parts_and_additions_go_along(county: cast.County, plan: PaperReading) -> None:
    item = make.item(plan, "1亿元以上")
    parts = split(county, item)
    make.accept(county.assessor, parts[0])
    start = plan.text.index("户籍人口")
    deciding.add(
        reading=plan, part=Part(start=start, end=start + 4, subject="户籍人口"), kind="task",
        scope=cast.scope(county.assessor), moment=cast.moment(),
    )  # fmt: skip
    anew = again(county, plan)
    whole = anew.items.get(split_of=None, start=item.start, end=item.end, kind=item.kind)
    assert whole.verdict == Verdict.REFUSED
    assert [(each.subject, each.verdict) for each in whole.parts.order_by("pk")] == [
        ("前半", Verdict.ACCEPTED), ("后半", Verdict.OPEN),
    ]  # fmt: skip
    added = anew.items.get(subject="户籍人口", kind="task")
    assert (added.kind, added.quote, added.split_of) == ("task", "户籍人口", None)
    assert again(county, plan).items.count() == anew.items.count()
    assert audit_queries.verify().holds


def test_a_corrected_kind_is_still_the_same_words(county: cast.County, plan: PaperReading) -> None:
    make.accept(county.assessor, make.item(plan, "1900吨"), kind="figure")
    anew = make.item(again(county, plan), "1900吨")
    assert (anew.kind, anew.verdict) == ("figure", Verdict.ACCEPTED)


def test_a_period_nobody_has_seen_opens_what_was_decided(
    county: cast.County, plan: PaperReading
) -> None:
    make.accept(county.assessor, make.item(plan, "1亿元以上"))
    make.accept(county.assessor, make.item(plan, "1900吨"), period="2025")
    anew = again(county, plan, year=2024)
    moved, kept = make.item(anew, "1亿元以上"), make.item(anew, "1900吨")
    assert (moved.period, moved.verdict, moved.decided_by) == ("2024", Verdict.OPEN, "")
    assert (kept.period, kept.verdict) == ("2025", Verdict.ACCEPTED)


def test_what_was_changed_in_the_register_meanwhile_stays(
    county: cast.County, fai: Indicator, monkeypatch: pytest.MonkeyPatch
) -> None:
    paper = make.registered(county.assessor)
    read = documents.read_document

    def slowly(*given: object, **more: object) -> ReadPaper | Problem:
        found = read(*given, **more)  # type: ignore[arg-type]
        taking.change(
            paper=paper, heading=make.heading(number="禾政发〔2023〕1号", title="改过的标题"),
            scope=cast.scope(county.assessor), moment=cast.moment(),
        )  # fmt: skip
        return found

    monkeypatch.setattr(documents, "read_document", slowly)
    make.read(county.assessor, paper)
    row = Paper.objects.get()
    assert (row.title, row.number) == ("改过的标题", "禾政发〔2023〕1号")
    assert audit_queries.verify().holds


@pytest.mark.both_engines
def test_characters_no_database_keeps_harm_nobody(county: cast.County, fai: Indicator) -> None:
    data = "\n".join(make.PLAN).replace("二、", "\0二、").encode("utf-16")
    found = make.read(county.assessor, make.registered(county.assessor, data, name="计划.txt"))
    assert "\0" not in found.text
    assert all(found.text[each.start : each.end] == each.quote for each in found.items.all())


def test_a_half_year_s_target_is_none_for_the_year(county: cast.County, fai: Indicator) -> None:
    data = "青溪镇2023年工作计划\n二、目标\n上半年固定资产投资完成5000万元。\n".encode()
    found = make.read(county.assessor, make.registered(county.assessor, data, name="计划.txt"))
    [item] = make.accept(county.assessor, make.item(found, "5000万元"))
    assert item.period == "2023-H1"
    with pytest.raises(ActRefusedError, match="2023-H1"):
        placing.targets(
            reading=found, items=[item.pk],
            heading=Heading("禾考发〔2023〕9号", cast.TODAY, 2023),
            scope=cast.scope(county.assessor), moment=cast.moment(),
        )  # fmt: skip
