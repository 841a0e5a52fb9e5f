"""A paper is kept, read into items tied to its characters, decided about, and written on."""

from __future__ import annotations

import threading
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from tests import cast
from zhenxing.accounts.choices import Role
from zhenxing.accounts.tests import make as make_accounts
from zhenxing.adoption.choices import Home, ItemKind, Verdict
from zhenxing.adoption.models import Item, Placement
from zhenxing.adoption.queries import known, readings, sources
from zhenxing.adoption.services import deciding, placing, reading
from zhenxing.adoption.services.deciding import Part, Said
from zhenxing.adoption.tests import make
from zhenxing.audit import queries as audit_queries
from zhenxing.documents.models import Paper
from zhenxing.indicators.models import Figure, Target
from zhenxing.indicators.tests import make as make_figures
from zhenxing.organisation.services import ActRefusedError
from zhenxing.organisation.tests import make as make_posts
from zhenxing.targets.models import Issue
from zhenxing.targets.services import issuing
from zhenxing.targets.services.issuing import Heading

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from zhenxing.accounts.models import User
    from zhenxing.documents.models import PaperReading
    from zhenxing.indicators.models import Indicator

NUMBER = "禾考发〔2023〕9号"


@pytest.fixture
def fai(county: cast.County) -> Indicator:
    return make_figures.indicator("fai", "固定资产投资", county.statistics)


@pytest.fixture
def plan(county: cast.County, fai: Indicator) -> PaperReading:
    return make.read(county.assessor, make.registered(county.assessor))


def second(county: cast.County) -> User:
    other = make_accounts.person("h00-second")
    make_posts.post(other, Role.ASSESSMENT, county.county)
    return other


def refused(by: User, *said: Said) -> list[str]:
    with pytest.raises(ActRefusedError) as refusal:
        deciding.decide(said=said, scope=cast.scope(by), moment=cast.moment())
    return [problem.sentence for problem in refusal.value.problems]


def written(
    by: User, plan: PaperReading, *items: Item, document: str = NUMBER, year: int = 2023
) -> Issue:
    return placing.targets(
        reading=plan,
        items=[item.pk for item in items],
        heading=Heading(document, date(2023, 10, 20), year),
        scope=cast.scope(by),
        moment=cast.moment(),
    )


@pytest.mark.both_engines
def test_every_item_quotes_the_very_characters_it_was_read_from(plan: PaperReading) -> None:
    items = list(plan.items.all())
    assert items
    assert all(plan.text[each.start : each.end] == each.quote for each in items)
    target = make.item(plan, "1亿元以上")
    assert (target.kind, target.value, target.measure, target.comparator) == (
        ItemKind.TARGET, Decimal(10000), "万元", ">=",
    )  # fmt: skip
    assert target.indicator is not None
    assert target.indicator.code == "fai"
    assert make.item(plan, "**%").masked
    assert make.item(plan, "1-2家").high == 2
    assert audit_queries.verify().holds


def test_the_register_learns_from_the_paper_what_it_was_not_told(plan: PaperReading) -> None:
    paper = Paper.objects.get()
    assert (paper.title, paper.year, paper.kind) == ("青溪镇2023年经济工作计划", 2023, "plan")


def test_a_sum_that_does_not_add_up_is_a_doubt_at_its_words(plan: PaperReading) -> None:
    doubts = [each for each in readings.page(plan).doubtful if each.kind == ItemKind.PROBLEM]
    assert any("4879" in each.doubt and "9214" in each.doubt for each in doubts)
    assert make.item(plan, "9214人").doubt


def test_the_text_is_shown_whole_and_each_mark_begins_once(plan: PaperReading) -> None:
    page = readings.page(plan)
    shown = "".join(piece.text for each in page.paragraphs for piece in each.pieces)
    assert shown == "".join(line.rstrip() for line in plan.text.splitlines() if line.strip())
    opened = [item.pk for each in page.paragraphs for p in each.pieces for item in p.opens]
    assert len(opened) == len(set(opened))
    assert set(opened) == {item.pk for item in page.items if item.end > item.start}


def test_the_same_file_is_registered_once(county: cast.County, fai: Indicator) -> None:
    data = make.word()
    first = make.registered(county.assessor, data)
    assert make.registered(county.assessor, data).pk == first.pk
    assert Paper.objects.count() == 1


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "文件是空的"),
        (b"MZ\x90\x00\x03\x00", "不是 Word"),
    ],
)
def test_a_file_that_is_no_paper_is_refused(county: cast.County, data: bytes, words: str) -> None:
    with pytest.raises(ActRefusedError, match=words):
        make.registered(county.assessor, data or b" ")
    assert not Paper.objects.exists()


def test_a_damaged_paper_is_kept_and_says_why_it_was_not_read(county: cast.County) -> None:
    paper = make.registered(county.assessor, b"%PDF-1.4\nbroken", name="旧件.pdf")
    intake = reading.ask(
        paper=paper, year=None, encoding="", scope=cast.scope(county.assessor), moment=cast.moment()
    )
    done = reading.read_now(intake, cast.moment())
    assert (done.state, bool(done.problems[0]["next"])) == ("failed", True)
    assert paper.readings.count() == 0


def test_a_text_in_the_old_encoding_is_read(county: cast.County, fai: Indicator) -> None:
    data = "\n".join(make.PLAN).encode("gb18030")
    found = make.read(county.assessor, make.registered(county.assessor, data, name="计划.txt"))
    assert make.item(found, "1亿元以上").value == 10000


@pytest.mark.both_engines
def test_accepted_targets_count_only_when_a_second_person_has_approved(
    county: cast.County, plan: PaperReading
) -> None:
    item = make.item(plan, "1亿元以上")
    make.accept(county.assessor, item)
    issue = written(county.assessor, plan, item)
    assert not Target.objects.exists()
    issue = issuing.propose(
        issue=issue, edition=issue.edition, scope=cast.scope(county.assessor), moment=cast.moment()
    )
    issuing.approve(
        issue=issue, edition=issue.edition, scope=cast.scope(second(county)), moment=cast.moment()
    )
    target = Target.objects.get()
    assert (target.unit.code, target.indicator.code, target.value) == ("T01", "fai", Decimal(10000))
    source = sources.of_targets([target], cast.scope(county.assessor))[target.pk]
    assert (source.paper, source.number, source.quote) == (
        plan.paper_id, item.number, item.quote,
    )  # fmt: skip
    assert audit_queries.verify().holds


def test_what_was_written_on_is_neither_decided_nor_written_again(
    county: cast.County, plan: PaperReading
) -> None:
    item = make.item(plan, "1亿元以上")
    [item] = make.accept(county.assessor, item)
    written(county.assessor, plan, item)
    with pytest.raises(ActRefusedError, match="已经写入过"):
        written(county.assessor, plan, item)
    said = Said(item=item.pk, edition=item.edition, verdict=Verdict.OPEN)
    assert "已经写入" in refused(county.assessor, said)[0]
    assert Placement.objects.count() == 1


def test_a_target_of_another_year_stays_out_of_an_issue(
    county: cast.County, plan: PaperReading
) -> None:
    [item] = make.accept(county.assessor, make.item(plan, "1亿元以上"))
    with pytest.raises(ActRefusedError, match="2024年度"):
        written(county.assessor, plan, item, year=2024)
    assert not Placement.objects.exists()


def test_an_issue_keeps_the_lines_of_other_towns(county: cast.County, plan: PaperReading) -> None:
    rival, ours = make.item(plan, "1亿元以上"), make.item(plan, "1900吨")
    [rival] = make.accept(county.assessor, rival, unit="T02")
    issue = written(county.assessor, plan, rival)
    [ours] = make.accept(
        county.assessor, ours, unit="T01", indicator="fai", measure="万元", value="9000"
    )
    issue = placing.targets(
        reading=plan, items=[ours.pk], issue=issue, scope=cast.scope(county.assessor),
        moment=cast.moment(),
    )  # fmt: skip
    assert {line["unit"]: line["written"] for line in issue.lines} == {
        "T01": "9000", "T02": "10000",
    }  # fmt: skip


def test_reference_values_never_count(county: cast.County, plan: PaperReading) -> None:
    before = Figure.objects.count()
    [item] = make.accept(county.assessor, make.item(plan, "8980万元"), indicator="fai")
    placing.references(
        reading=plan, items=[item.pk], scope=cast.scope(county.assessor), moment=cast.moment()
    )
    assert Figure.objects.count() == before
    [(placed, source)] = sources.references("T01", "fai", cast.scope(county.assessor))
    assert (placed.home, placed.value, source.number) == (
        Home.REFERENCE,
        Decimal(8980),
        item.number,
    )


def test_a_correction_is_converted_into_the_indicator_s_measure(
    county: cast.County, plan: PaperReading
) -> None:
    item = make.item(plan, "1亿元以上")
    [item] = make.accept(county.assessor, item, value="1.2", measure="亿元", comparator=">=")
    assert (item.value, item.measure) == (Decimal(12000), "万元")
    assert item.said["value_base"] == 100000000


def test_a_growth_is_said_in_percent(county: cast.County, plan: PaperReading) -> None:
    item = make.item(plan, "1亿元以上")
    said = Said(item=item.pk, edition=item.edition, verdict="accepted", is_growth=True)
    assert "增速的计量单位是“万元”" in refused(county.assessor, said)[0]
    [item] = make.accept(county.assessor, item, is_growth=True, measure="%", value="-3")
    assert (item.value, item.measure) == (Decimal(-3), "%")


def test_everything_wrong_is_told_at_once_and_nothing_is_written(
    county: cast.County, plan: PaperReading
) -> None:
    first, other = make.item(plan, "1亿元以上"), make.item(plan, "1900吨")
    told = refused(
        county.assessor,
        Said(item=first.pk, edition=first.edition, verdict="accepted", value="一亿", unit="T77"),
        Said(item=other.pk, edition=other.edition, verdict="refused"),
    )
    assert len(told) == 3
    assert set(Item.objects.values_list("verdict", flat=True)) == {Verdict.OPEN}


def test_whoever_is_second_is_told_what_the_first_one_did(
    county: cast.County, plan: PaperReading
) -> None:
    item = make.item(plan, "1亿元以上")
    make.accept(county.assessor, item)
    late = Said(item=item.pk, edition=item.edition, verdict="refused", note="不用")
    [told] = refused(second(county), late)
    assert "刚改过" in told
    assert Item.objects.get(pk=item.pk).verdict == Verdict.ACCEPTED


def test_an_item_is_split_into_stretches_of_its_own_words(
    county: cast.County, plan: PaperReading
) -> None:
    item = make.item(plan, "1亿元以上")
    parts = [Part(start=item.start, end=item.start + 2, subject="一半"),
             Part(start=item.start + 2, end=item.end, subject="另一半")]  # fmt: skip
    made = deciding.split(
        item=item, edition=item.edition, parts=parts, scope=cast.scope(county.assessor),
        moment=cast.moment(),
    )  # fmt: skip
    assert [each.quote for each in made] == [item.quote[:2], item.quote[2:]]
    assert Item.objects.get(pk=item.pk).verdict == Verdict.REFUSED
    with pytest.raises(ActRefusedError, match="不在原文这一段里"):
        deciding.split(
            item=made[0], edition=1, parts=[*parts], scope=cast.scope(county.assessor),
            moment=cast.moment(),
        )  # fmt: skip


def test_what_the_reader_missed_is_added_by_its_words(
    county: cast.County, plan: PaperReading
) -> None:
    start = plan.text.index("户籍人口")
    added = deciding.add(
        reading=plan, part=Part(start=start, end=start + 4, subject="户籍人口"), kind="task",
        scope=cast.scope(county.assessor), moment=cast.moment(),
    )  # fmt: skip
    assert (added.quote, added.number) == ("户籍人口", plan.items.count())


def test_a_leader_reads_and_another_town_does_not(county: cast.County, fai: Indicator) -> None:
    paper = make.registered(county.town_office, unit="T01")
    found = make.read(county.town_office, paper)
    item = found.items.all()[0]
    said = Said(item=item.pk, edition=item.edition, verdict="accepted")
    assert "不由您办理" in refused(county.leader, said)[0]
    assert "已不在" in refused(county.stranger, said)[0]
    assert not Paper.objects.visible_to(cast.scope(county.stranger)).exists()
    assert Paper.objects.visible_to(cast.scope(county.auditor)).exists()


@pytest.mark.parametrize("who", ["leader", "auditor", "administrator", "stranger"])
def test_only_the_keepers_of_a_register_write_in_it(
    county: cast.County, fai: Indicator, who: str
) -> None:
    with pytest.raises(ActRefusedError, match="不为这个单位收文"):
        make.registered(getattr(county, who), unit="T01")


def test_a_town_s_office_does_not_write_targets(county: cast.County, fai: Indicator) -> None:
    found = make.read(county.town_office, make.registered(county.town_office, unit="T01"))
    [item] = make.accept(county.town_office, make.item(found, "1亿元以上"))
    with pytest.raises(ActRefusedError, match="只有考核办和主管部门"):
        written(county.town_office, found, item)
    written(county.assessor, found, item)


def test_read_anew_it_keeps_what_was_decided(county: cast.County, plan: PaperReading) -> None:
    make.accept(county.assessor, make.item(plan, "1亿元以上"))
    anew = make.read(county.assessor, plan.paper)
    assert anew.version == 2
    assert make.item(anew, "1亿元以上").verdict == Verdict.ACCEPTED
    item = make.item(plan, "1900吨")
    late = Said(item=item.pk, edition=item.edition, verdict="accepted")
    assert "又读过一次" in refused(county.assessor, late)[0]


def test_what_the_site_knows_stands_beside_what_was_read(
    county: cast.County, plan: PaperReading, fai: Indicator
) -> None:
    make_figures.target(county.town, fai, "10000")
    make_figures.figure(county.town, fai, "2022-12", "8980")
    found = known.of(readings.page(plan).items, cast.TODAY)
    said = {plan.items.get(pk=key).quote: each for key, each in found.items()}
    assert next(each for quote, each in said.items() if "1亿元" in quote).is_same
    assert next(each for quote, each in said.items() if "8980" in quote).is_same
    assert next(each for quote, each in said.items() if "25日" in quote).is_same


@pytest.mark.django_db
def test_a_page_asks_no_more_for_more_items(
    county: cast.County,
    plan: PaperReading,
    django_assert_max_num_queries: Callable[[int], AbstractContextManager[object]],
) -> None:
    for _ in range(50):
        start = plan.text.index("粮食")
        deciding.add(
            reading=plan, part=Part(start=start, end=start + 2, subject="粮食"), kind="task",
            scope=cast.scope(county.assessor), moment=cast.moment(),
        )  # fmt: skip
    with django_assert_max_num_queries(12):
        items = readings.page(plan).items
        known.of(items, cast.TODAY)
    assert len(items) > 50


def test_a_reading_asked_twice_is_done_once(county: cast.County, fai: Indicator) -> None:
    paper = make.registered(county.assessor)
    asked = {"paper": paper, "year": None, "encoding": "", "scope": cast.scope(county.assessor)}
    reading.ask(**asked, moment=cast.moment())  # type: ignore[arg-type]
    with pytest.raises(ActRefusedError, match="正在读"):
        reading.ask(**asked, moment=cast.moment())  # type: ignore[arg-type]
    with pytest.raises(ActRefusedError, match="不认识"):
        reading.ask(**(asked | {"encoding": "klingon"}), moment=cast.moment())  # type: ignore[arg-type]


def test_a_reading_that_died_with_its_server_says_so(county: cast.County, fai: Indicator) -> None:
    paper = make.registered(county.assessor)
    scope = cast.scope(county.assessor)
    intake = reading.ask(paper=paper, year=None, encoding="", scope=scope, moment=cast.moment())
    assert reading.fail_lost(cast.moment()) == 0
    assert reading.fail_lost(cast.moment(date(2023, 10, 21))) == 1
    intake.refresh_from_db()
    assert (intake.state, "再读一次" in intake.problems[0]["next"]) == ("failed", True)


@pytest.mark.django_db(transaction=True)
def test_a_reading_goes_on_beside_the_pages(county: cast.County, fai: Indicator) -> None:
    paper = make.registered(county.assessor)
    scope = cast.scope(county.assessor)
    intake = reading.ask(paper=paper, year=None, encoding="", scope=scope, moment=cast.moment())
    reading.start(intake, cast.moment())
    for thread in threading.enumerate():
        if thread.name == f"reading-{intake.pk}":
            thread.join(30)
    intake.refresh_from_db()
    assert (intake.state, intake.percent) == ("done", 100)
    assert audit_queries.verify().holds
