"""What went out is sealed; the next form says what differs, and only the marked copy shows it."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from tests import cast
from zhenxing.audit.models import Entry
from zhenxing.audit.queries import verify
from zhenxing.documents.services import stored_at
from zhenxing.kernel.problems import Problem
from zhenxing.reuse import queries, services
from zhenxing.reuse.choices import Item, Rule
from zhenxing.reuse.models import Sent
from zhenxing.reuse.services import Copy, Sending
from zhenxing.reuse.tests import make
from zhenxing.reuse.tests.make import cell

pytestmark = pytest.mark.django_db


def refused(desk: make.Desk, seen: str, by: str = "town_office") -> str:
    said = Sending(desk.template, make.SEPTEMBER, seen)
    scope = cast.scope(getattr(desk.county, by))
    done = services.send(said, scope=scope, moment=cast.moment())
    assert isinstance(done, Problem)
    assert not Sent.objects.exists()
    return done.sentence


@pytest.mark.both_engines
def test_a_sending_seals_every_cell_and_the_file(desk: make.Desk) -> None:
    make.mapped(desk, cell("C4"), cell("C6", code="grain"))
    sent = make.sent(desk.county.town_office, desk.template)
    assert (sent.number, sent.office, sent.period) == (1, "县发展和改革局", "2023-09")
    assert sent.values["月报!C4"]["text"] == "8209"
    assert sent.values["月报!C4"]["standing"] == "核定"
    assert sent.values["月报!C6"]["kind"] == "blank"
    data = services.filled_file(make.filling(desk.template), {})
    assert stored_at(sent.file.sha256).read_bytes() == data
    assert verify(known_heads=[]).holds
    entry = Entry.objects.get(action="reuse.filled.sent")
    assert (entry.sentence, entry.subject) == ("报出外表", "青溪镇《重点指标月报表》2023年9月")


def test_the_next_month_differs_cell_by_cell(desk: make.Desk) -> None:
    make.mapped(desk, cell("C4"), cell("B4", Item.TARGET), cell("C5", code="paid_in"))
    moment = cast.moment(date(2023, 9, 20))
    make.sent(desk.county.reporter, desk.template, make.AUGUST, moment)
    compared = queries.compared(make.filling(desk.template))
    assert compared is not None
    assert not compared.is_same_month
    told = {each.place: (each.before, each.after) for each in compared.differences.values()}
    assert told == {"月报!C4": ("7,100", "8,209"), "月报!C5": ("0.00", "64.00")}


def test_a_number_that_moved_after_it_went_out_is_told(desk: make.Desk) -> None:
    make.mapped(desk, cell("C4"))
    sent = make.sent(desk.county.town_office, desk.template)
    same = queries.compared(make.filling(desk.template))
    assert same is not None
    assert same.is_same_month
    assert not same.differences
    make.corrected(desk, "8300")
    moved = queries.compared(make.filling(desk.template))
    assert moved is not None
    assert moved.sent == sent
    assert moved.differences["月报!C4"].note == "上次报出：8,209；这次：8,300"


def test_only_the_marked_copy_carries_marks(desk: make.Desk) -> None:
    make.mapped(desk, cell("C4"), cell("C5", code="paid_in", rule=Rule.LAST_MONTH))
    make.sent(desk.county.town_office, desk.template)
    make.corrected(desk, "8300")
    filling = make.filling(desk.template)
    compared = queries.compared(filling)
    assert compared is not None
    for copy, colour in ((Copy.CLEAN, "00000000"), (Copy.MARKED, "FFFFFF00")):
        data = services.filled_file(filling, compared.differences, copy)
        assert isinstance(data, bytes)
        page = openpyxl.load_workbook(io.BytesIO(data))[make.SHEET]
        assert page["C4"].value == 8300
        assert page["C4"].fill.fgColor.rgb == colour
        assert (page["C4"].comment is None) is (copy is Copy.CLEAN)
        assert page["C5"].fill.fgColor.rgb == "00000000"


def test_cells_let_go_and_cells_tied_anew_are_differences(desk: make.Desk) -> None:
    make.mapped(desk, cell("C4"))
    make.sent(desk.county.town_office, desk.template)
    scope = cast.scope(desk.county.town_office)
    services.release(template=desk.template, places=["月报!C4"], scope=scope, moment=cast.moment())
    make.mapped(desk, cell("C5", code="paid_in"))
    compared = queries.compared(make.filling(desk.template))
    assert compared is not None
    told = {each.place: (each.before, each.after) for each in compared.differences.values()}
    assert told == {"月报!C5": ("（空）", "64.00"), "月报!C4": ("8,209", "（空）")}


def test_numbers_that_moved_since_they_were_looked_at_are_not_sent(desk: make.Desk) -> None:
    make.mapped(desk, cell("C4"))
    seen = make.filling(desk.template).digest
    make.corrected(desk, "8300")
    assert "数又变了" in refused(desk, seen)


def test_a_form_without_numbers_is_not_sent(desk: make.Desk) -> None:
    assert "还没有一格" in refused(desk, "")
    make.mapped(desk, cell("C6", code="grain"))
    assert "所有格都是空的" in refused(desk, make.filling(desk.template).digest)


@pytest.mark.parametrize("person", ["leader", "supervisor", "stranger", "auditor", "assessor"])
def test_nobody_else_sends_a_towns_form(desk: make.Desk, person: str) -> None:
    make.mapped(desk, cell("C4"))
    assert "不归您报出" in refused(desk, make.filling(desk.template).digest, person)


def test_a_spoilt_form_is_not_sent(desk: make.Desk) -> None:
    make.mapped(desk, cell("C4"))
    seen = make.filling(desk.template).digest
    path: Path = stored_at(desk.template.file.sha256)
    kept = path.read_bytes()
    path.chmod(0o600)
    path.write_bytes(kept + b" ")
    try:
        assert "已不是登记时的文件" in refused(desk, seen)
    finally:
        path.write_bytes(kept)


def test_a_stopped_form_is_not_sent(desk: make.Desk) -> None:
    make.mapped(desk, cell("C4"))
    seen = make.filling(desk.template).digest
    scope = cast.scope(desk.county.town_office)
    services.stop(template=desk.template, reason="不再要", scope=scope, moment=cast.moment())
    assert "停用" in refused(desk, seen)
