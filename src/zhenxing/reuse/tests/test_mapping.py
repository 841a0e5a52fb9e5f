"""Cells are tied all or none, with every problem by its cell; what is let go stays a row."""

from __future__ import annotations

import pytest

from tests import cast
from zhenxing.audit.models import Entry
from zhenxing.audit.queries import verify
from zhenxing.kernel.problems import Problem
from zhenxing.organisation.models import Unit
from zhenxing.reuse import drawing, queries, services
from zhenxing.reuse.choices import Item, Rule
from zhenxing.reuse.models import Mapped
from zhenxing.reuse.services import Assignment
from zhenxing.reuse.tests import make
from zhenxing.reuse.tests.make import cell

pytestmark = pytest.mark.django_db


def told(desk: make.Desk, *cells: Assignment, by: str = "town_office") -> list[str]:
    done = services.assign(
        template=desk.template,
        cells=cells,
        scope=cast.scope(getattr(desk.county, by)),
        moment=cast.moment(),
    )
    return [each.sentence for each in done if isinstance(each, Problem)]


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (cell("C7"), "公式"),
        (cell("D2"), "以C2为准"),
        (cell("Z99"), "没有这一格"),
        (cell("4C"), "不是单元格"),
        (cell("C4", sheet="季报"), "没有这一格"),
        (cell("C4", code="nothing"), "不能取这项指标"),
        (cell("C4", unit="T02"), "不能取这项指标"),
        (cell("C4", measure="亩"), "不能换算成「亩」"),
        (cell("C4", Item.GROWTH, rule=Rule.MONTH), "没有「本月」"),
        (cell("C4", decimals=9), "小数位"),
    ],
)
def test_a_wrong_cell_is_told_and_nothing_is_tied(
    desk: make.Desk, wrong: Assignment, words: str
) -> None:
    (sentence,) = told(desk, cell("C5"), wrong)
    assert words in sentence
    assert not Mapped.objects.exists()


def test_nothing_chosen_is_told(desk: make.Desk) -> None:
    assert "没有要对应的单元格" in told(desk)[0]


@pytest.mark.parametrize(
    "person", ["leader", "group_leader", "supervisor", "administrator", "auditor", "assessor",
               "stranger", "department", "village_reporter"],
)  # fmt: skip
def test_only_the_town_ties_and_releases_its_cells(desk: make.Desk, person: str) -> None:
    assert "不归您" in told(desk, cell("C4"), by=person)[0]
    make.mapped(desk, cell("C4"))
    scope = cast.scope(getattr(desk.county, person))
    done = services.release(
        template=desk.template, places=["月报!C4"], scope=scope, moment=cast.moment()
    )
    assert isinstance(done, Problem)
    assert Mapped.objects.get().active


@pytest.mark.both_engines
def test_a_cell_is_tied_anew_and_let_go_and_the_ledger_holds(desk: make.Desk) -> None:
    make.mapped(desk, cell("C4"), cell("C5"))
    make.mapped(desk, cell("C4", Item.LAST_YEAR, measure="亿元", decimals=2))
    row = Mapped.objects.get(cell="C4")
    assert (row.item, row.measure, row.words) == (
        "last_year",
        "亿元",
        "固定资产投资　上年同期（本年至本月）",
    )
    scope = cast.scope(desk.county.reporter)
    gone = {"places": ["月报!C4"], "scope": scope, "moment": cast.moment()}
    assert services.release(template=desk.template, **gone) == 1  # type: ignore[arg-type]  # as above
    assert [each.cell for each in queries.cells_of(desk.template)] == ["C5"]
    again = services.release(template=desk.template, **gone)  # type: ignore[arg-type]  # as above
    assert isinstance(again, Problem)
    make.mapped(desk, cell("C4"))
    assert Mapped.objects.count() == 2
    assert verify(known_heads=[]).holds
    assert (
        Entry.objects.filter(action="reuse.cells.released").get().sentence == "取消外表单元格的对应"
    )


def test_a_cell_changed_behind_the_ledger_is_found(desk: make.Desk) -> None:
    make.mapped(desk, cell("C4"))
    Mapped.objects.update(measure="亿元")
    assert not verify(known_heads=[]).holds


def test_a_column_of_towns_takes_each_town_of_its_row(desk: make.Desk) -> None:
    county = desk.county
    book = make.rows_of_towns("青溪镇", "石泉镇", "不是镇", "合计")
    template = make.registered(county.department, county.statistics, book)
    look = queries.look_of(template)
    assert not isinstance(look, Problem)
    first = cell("B2", unit="", sheet="Sheet")
    found = services.spread(first, look, list(Unit.objects.towns()))
    assert [(each.cell, each.unit) for each in found] == [("B2", "T01"), ("B3", "T02")]
    assert services.spread(cell("B2", sheet="没有"), look, []) == []


def test_a_form_takes_only_so_many_cells(desk: make.Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("zhenxing.reuse.services.mapping.MOST_CELLS", 1)
    assert "最多对应1格" in told(desk, cell("C4"), cell("C5"))[0]
    assert not Mapped.objects.exists()


def test_the_drawing_leaves_out_what_is_hidden_and_merges_what_is_merged(desk: make.Desk) -> None:
    look = queries.look_of(desk.template)
    assert not isinstance(look, Problem)
    made = drawing.drawn(look.sheets[0], says={"C4": ("全称", "简称")}, here="C4")
    assert [letter for letter, _ in made.letters] == list("ABCDEFG")
    assert made.hidden == 1
    title, heads = made.rows[0].cells[0], made.rows[1].cells
    assert (title.columns, title.rows) == (7, 1)
    assert [(c.reference, c.rows, c.columns) for c in heads] == [
        ("A2", 2, 1), ("B2", 2, 1), ("C2", 1, 3), ("F2", 1, 2),
    ]  # fmt: skip
    chosen = next(c for c in made.rows[3].cells if c.is_here)
    assert (chosen.reference, chosen.brief, chosen.label) == ("C4", "简称", "C4，全称")
    computed = next(c for c in made.rows[6].cells if c.reference == "C7")
    assert (computed.words, computed.is_open) == ("公式", False)
