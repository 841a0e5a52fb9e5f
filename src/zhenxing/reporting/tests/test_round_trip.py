"""A form goes out, is filled in a spreadsheet, comes back, and becomes a version with a receipt."""

from __future__ import annotations

import io
import json
from decimal import Decimal

import openpyxl
import pytest

from tests import cast
from zhenxing.audit import queries as audit_queries
from zhenxing.audit.models import Entry, Receipt
from zhenxing.documents.tests import make as files
from zhenxing.indicators.choices import StandingChoice, VintageChoice
from zhenxing.indicators.models import Figure
from zhenxing.kernel.periods import Period
from zhenxing.reporting import queries, services
from zhenxing.reporting.form import layout, workbook
from zhenxing.reporting.models import Upload, Version
from zhenxing.reporting.tests import make

pytestmark = pytest.mark.django_db
DONE = VintageChoice.PRELIMINARY  # a flash waits for the full month, whoever stands behind it


def cells(data: bytes, sheet: str = layout.FIGURES) -> dict[str, object]:
    page = openpyxl.load_workbook(io.BytesIO(data))[sheet]
    return {cell.coordinate: cell.value for row in page for cell in row if cell.value is not None}


def test_the_form_asks_no_statutory_statistics_and_nothing_that_is_not_due(
    month: make.Month,
) -> None:
    form = queries.form_of(month.submission(), cast.TODAY)
    assert [question.code for question in form.questions] == make.ASKED
    assert form.questions[-1].period == Period.parse("2023-Q3")
    september = queries.form_of(month.submission(call=month.september), cast.TODAY)
    assert "replies" not in [question.code for question in september.questions]


def test_the_form_shows_what_is_known_and_leaves_the_entries_empty(month: make.Month) -> None:
    town = month.county.town
    make.figure(town, "works", "2023-09", "8140")
    make.figure(town, "works", "2022-10", "8046")
    make.figure(town, "paid_in", "2023-09", "5260", StandingChoice.CONFIRMED, DONE)
    make.target(town, "works", "10000")
    make.target(town, "works", "0", kind="growth", masked=True, text="**%")
    shown = cells(make.blank(month.submission()))
    row, paid = make.ROWS["works"], make.ROWS["paid_in"]
    assert [shown.get(f"{c}{row}") for c in "ABCDEFGH"] == [
        "在建项目完成投资", "万元", "1—10月累计", 8046, 8140, None, None, "≥10,000；**%",
    ]  # fmt: skip
    assert shown[f"G{paid}"] == "已核定"
    assert not [ref for ref in shown if ref[0] == "F" and int(ref[1:]) >= layout.FIRST_ROW]
    assert "工作报送，非统计调查" in str(shown["A2"])


def test_only_the_entries_can_be_changed(month: make.Month) -> None:
    make.figure(month.county.town, "works", "2023-09", "8140", StandingChoice.CONFIRMED, DONE)
    book = openpyxl.load_workbook(io.BytesIO(make.blank(month.submission())))
    page, row, other = book[layout.FIGURES], make.ROWS["works"], make.ROWS["online"]
    assert page.protection.sheet
    assert book[layout.MARKS].sheet_state == "hidden"
    locked = {c: page[f"{c}{row}"].protection.locked for c in "ABCDEFGHI"}
    assert [c for c, is_locked in locked.items() if not is_locked] == ["F", "I"]
    assert not page[f"G{other}"].protection.locked
    assert page.freeze_panes == "B4"
    assert (page.page_setup.paperSize, page.page_setup.fitToWidth) == (9, 1)
    rules = {str(rule.sqref): rule.type for rule in page.data_validations.dataValidation}
    assert rules[f"F{row}"] == "whole"
    assert rules[f"F{make.ROWS['paid_in']} G{make.ROWS['paid_in']}"] == "decimal"


def test_equal_forms_are_equal_bytes(month: make.Month) -> None:
    assert make.blank(month.submission()) == make.blank(month.submission())


def test_a_good_form_becomes_a_version_with_figures_and_a_receipt(month: make.Month) -> None:
    done = make.handed_in(month, month.county.reporter)
    version, submission = done.version, month.submission()
    assert (submission.latest, submission.status) == (1, "submitted")
    assert done.receipt == "T01-202310-G3-0001"
    assert version.on_time
    assert version.parts == make.PARTS
    assert version.file is not None
    assert version.file.name == make.NAME
    figures = {f.indicator.code: f for f in Figure.objects.select_related("indicator")}
    paid = figures["paid_in"]
    assert (paid.value, paid.period, paid.cell) == (Decimal("6720.5"), "2023-10", "指标数!F6")
    assert (paid.standing, paid.vintage) == (StandingChoice.SUBMITTED, VintageChoice.FLASH)
    assert (paid.by, paid.by_name, paid.file) == ("t01-g3-reporter", "何青（青溪镇）", version.file)
    assert figures["replies"].period == "2023-Q3"
    assert figures["replies"].vintage == VintageChoice.PRELIMINARY
    assert set(figures) == set(make.ASKED)


def test_the_ledger_holds_and_the_receipt_says_every_number(month: make.Month) -> None:
    done = make.handed_in(month, month.county.reporter)
    receipt = Receipt.objects.get(number=done.receipt)
    said = json.loads(receipt.content)
    assert said["values"]["paid_in"]["value"] == "6720.5"
    file = done.version.file
    assert file is not None
    assert said["file_sha256"] == file.sha256
    assert receipt.entry_id == done.version.sealed_by
    assert Entry.objects.get(pk=receipt.entry_id).action == "reporting.submission.submitted"
    assert set(Figure.objects.values_list("sealed_by", flat=True)) == {receipt.entry_id}
    assert audit_queries.verify().first_bad is None


def test_a_blank_entry_is_missing_and_a_zero_is_zero(month: make.Month) -> None:
    form = make.blank(month.submission())
    cells = make.values(online=None, reserve=0)
    make.handed_in(month, month.county.reporter, make.filled(form, cells))
    online = Figure.objects.get(indicator__code="online")
    assert (online.value, online.absent) == (None, "missing")
    assert Figure.objects.get(indicator__code="reserve").value == 0


def test_the_next_form_confirms_the_full_month(month: make.Month) -> None:
    make.figure(month.county.town, "works", "2023-09", "8140")
    form = make.blank(month.submission())
    row = make.ROWS["works"]
    make.handed_in(
        month, month.county.reporter, make.filled(form, {**make.values(), f"G{row}": 8200})
    )
    figures = Figure.objects.filter(indicator__code="works", period="2023-09").order_by("pk")
    assert [(str(f.value), f.vintage, f.cell) for f in figures] == [
        ("8140.0000", "flash", ""),
        ("8200.0000", "preliminary", f"指标数!G{row}"),
    ]


def test_a_confirmation_left_blank_leaves_the_flash(month: make.Month) -> None:
    make.figure(month.county.town, "works", "2023-09", "8140")
    make.handed_in(month, month.county.reporter)
    assert Figure.objects.filter(period="2023-09").count() == 1


def test_a_second_form_starts_from_the_first_and_writes_only_what_changed(
    month: make.Month,
) -> None:
    make.handed_in(month, month.county.reporter)
    again = make.blank(month.submission())
    assert cells(again)[f"F{make.ROWS['paid_in']}"] == 6720.5
    assert cells(again, layout.WORDS)["B3"] == make.PARTS["done"]
    done = make.handed_in(
        month, month.county.colleague, make.filled(again, {f"F{make.ROWS['online']}": 300})
    )
    assert (done.version.number, done.receipt) == (2, "T01-202310-G3-0002")
    assert Figure.objects.filter(sealed_by=done.version.sealed_by).get().value == 300
    assert Figure.objects.filter(indicator__code="paid_in").count() == 1


def test_text_that_looks_like_a_formula_stays_text_both_ways(month: make.Month) -> None:
    parts = make.PARTS | {"done": "=HYPERLINK(A1)", "problems": "-用地；_x0041_；@所有人"}
    form = queries.form_of(month.submission(), cast.TODAY)
    content = queries.content_of(Version(values={}, parts=parts))
    out = workbook.written(
        queries.form_of(month.submission(), cast.TODAY, filled=content), cast.moment().at
    )
    page = openpyxl.load_workbook(io.BytesIO(out))[layout.WORDS]
    assert [page[f"B{row}"].data_type for row in (3, 4)] == ["s", "s"]
    read = services.read_upload(
        make.filled(out, make.values(), parts={}),
        name=make.NAME, submission=month.submission(), moment=cast.moment(),
    )  # fmt: skip
    assert read.is_good, read.problems
    assert read.content.parts == parts
    assert form.base_version == 0


def test_an_upload_keeps_the_remarks_for_the_preview(month: make.Month) -> None:
    make.target(month.county.town, "works", "9060")
    upload = make.uploaded(month, month.county.reporter)
    begun = queries.own_dues(cast.scope(month.county.reporter))
    assert {due.group.code for due in begun if due.state == "填报中"} == {"T01-G3"}
    assert month.submission().status == "not_started"
    assert [p.where for p in services.remarks_of(upload)] == [f"指标数!F{make.ROWS['works']}"]
    assert not Version.objects.exists()


def test_an_indicator_with_a_figure_that_counts_more_is_not_asked(month: make.Month) -> None:
    make.figure(month.county.town, "replies", "2023-Q3", "97.5", StandingChoice.IMPORTED)
    row = make.ROWS["replies"]
    form = make.blank(month.submission())
    assert cells(form)[f"F{row}"] == 97.5
    read = services.read_upload(
        make.filled(form, make.values(replies=12)),
        name=make.NAME, submission=month.submission(), moment=cast.moment(),
    )  # fmt: skip
    assert read.is_good
    assert "replies" not in read.content.answers
    assert [p.where for p in read.problems if "不采用" in p.what] == [f"指标数!F{row}"]


def test_a_file_handed_in_without_a_page_gives_the_same_receipt_each_time(
    month: make.Month,
) -> None:
    data = make.filled(make.blank(month.submission()), make.values())
    told = [
        services.submit_file(data, name=make.NAME, username="t01-g3-reporter", moment=cast.moment())
        for _ in range(5)
    ]
    assert [done.receipt for done in told if isinstance(done, services.Handed)] == [
        "T01-202310-G3-0001"
    ] * 5
    assert (Version.objects.count(), Upload.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    ("username", "said"),
    [
        ("nobody", "没有这个登录名"),
        ("t01-leader", "只有本专班的填报员能报送"),
        ("t01-g2-reporter", "只有本专班的填报员能报送"),
        ("t02-g3-reporter", "不在您的单位范围内"),
    ],
)
def test_a_file_is_taken_from_its_own_reporter_only(
    month: make.Month, username: str, said: str
) -> None:
    data = make.filled(make.blank(month.submission()), make.values())
    before = make.row_counts()
    done = services.submit_file(data, name=make.NAME, username=username, moment=cast.moment())
    assert isinstance(done, services.FormRead)
    assert said in done.problems[0].sentence
    assert make.row_counts() == before


def test_a_bad_file_handed_in_without_a_page_writes_nothing(month: make.Month) -> None:
    before = make.row_counts()
    for data in (b"", make.filled(make.blank(month.submission()), make.values(works="一千"))):
        done = services.submit_file(
            data, name=make.NAME, username="t01-g3-reporter", moment=cast.moment()
        )
        assert isinstance(done, services.FormRead)
        assert not done.is_good
    assert make.row_counts() == before


def test_a_form_is_filled_for_the_demo_as_a_person_would(month: make.Month) -> None:
    numbers = {"works": Decimal(9060), "paid_in": Decimal("6720.5")}
    data = services.filled_form(
        month.submission(), values=numbers, parts=make.PARTS, moment=cast.moment()
    )
    done = services.submit_file(
        data, name=make.NAME, username="t01-g3-reporter", moment=cast.moment()
    )
    assert isinstance(done, services.Handed)
    assert Figure.objects.get(indicator__code="paid_in").value == Decimal("6720.5")


def test_a_form_saved_by_excel_is_read_alike(month: make.Month) -> None:
    cells = make.values(paid_in=8140.13, cases=-0.7)
    data = make.filled(make.blank(month.submission()), cells, make.PARTS | {"done": "甲<乙&丙"})
    ours, theirs = (
        services.read_upload(
            each, name=make.NAME, submission=month.submission(), moment=cast.moment()
        )
        for each in (data, files.as_excel_saves(data))
    )
    assert theirs.is_good, theirs.problems
    assert theirs == ours
    assert str(theirs.content.answers["paid_in"].value) == "8140.13"
