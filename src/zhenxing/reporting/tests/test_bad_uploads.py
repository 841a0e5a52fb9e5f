"""Every bad form gets its message by sheet and cell, and nothing at all is written."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import cast
from zhenxing.documents.tests import make as files
from zhenxing.indicators.models import Charge
from zhenxing.reporting import queries, services
from zhenxing.reporting.form import layout, workbook
from zhenxing.reporting.form.reading import FormRead
from zhenxing.reporting.tests import make

if TYPE_CHECKING:
    from collections.abc import Callable

    from zhenxing.reporting.models import Call

pytestmark = pytest.mark.django_db


def refused(month: make.Month, data: bytes, call: Call | None = None) -> dict[str, str]:
    """Upload as our reporter; give the errors by their place."""
    before = make.row_counts()
    submission = month.submission(call=call)
    read = services.upload(
        data,
        name=make.NAME,
        submission=submission,
        scope=cast.scope(month.county.reporter),
        moment=cast.moment(),
    )
    assert isinstance(read, FormRead)
    assert not read.is_good
    assert make.row_counts() == before
    assert month.submission().status == "not_started"
    for problem in read.problems:
        assert problem.sentence.endswith("。")
        assert problem.next
    return {problem.where: problem.what for problem in read.problems if problem.is_error}


def form(month: make.Month, **cells: object) -> bytes:
    return make.filled(make.blank(month.submission()), make.values(**cells))


def changed(month: make.Month, cells: dict[str, object]) -> bytes:
    return make.filled(make.blank(month.submission()), {**make.values(), **cells})


F = {code: f"指标数!F{row}" for code, row in make.ROWS.items()}


@pytest.mark.parametrize(
    ("code", "entered", "said"),
    [
        ("works", "一千二", "是文字，不是数"),
        ("works", "12.5万", "是文字，不是数"),
        ("works", "\uff19\uff10\uff16\uff10", "是文字，不是数"),
        ("works", "9,060", "是文字，不是数"),
        ("works", -5, "填了负数"),
        ("works", 9060.5, "只填整数"),
        ("paid_in", 12.345, "最多2位小数"),
        ("works", True, "是是/否值"),
        ("works", "=1+1", "没有存下算出的结果"),
        ("works", "#REF!", "是错误值"),
        ("works", date(2023, 10, 5), "当成了日期"),
        ("works", 10**15, "大得不可能"),
    ],
)
def test_it_names_the_cell_of_a_wrong_number(
    month: make.Month, code: str, entered: object, said: str
) -> None:
    problems = refused(month, form(month, **{code: entered}))
    assert list(problems) == [F[code]]
    assert said in problems[F[code]]


def test_it_tells_everything_at_once(month: make.Month) -> None:
    data = changed(
        month, {"F4": "无", "F6": 1.234, "G7": "同上", "四段文字!B3": "长" * 1001, "I5": "注" * 201}
    )
    data = make.filled(data, {"四段文字!B3": "长" * 1001}, parts={})
    assert set(refused(month, data)) == {
        "指标数!F4", "指标数!F6", "指标数!G7", "指标数!I5", "四段文字!B3",
    }  # fmt: skip


def test_it_refuses_a_percent_that_is_stored_as_a_fraction(month: make.Month) -> None:
    book = openpyxl.load_workbook(io.BytesIO(form(month, replies=0.986)))
    book[layout.FIGURES][f"F{make.ROWS['replies']}"].number_format = "0.0%"
    file = io.BytesIO()
    book.save(file)
    assert "显示98.6%，实存0.986" in refused(month, file.getvalue())[F["replies"]]


def test_it_refuses_the_form_of_another_town(month: make.Month) -> None:
    theirs = make.filled(make.blank(month.submission("T02-G3")), make.values())
    assert "T02" in refused(month, theirs)["系统信息!B5"]


def test_the_form_of_another_town_is_told_nothing_of_our_versions(month: make.Month) -> None:
    submission, now = month.submission("T02-G3"), cast.moment()
    asked = replace(queries.form_of(submission, now.business_date), base_version=3)
    theirs = make.filled(workbook.written(asked, now.at), make.values())
    assert list(refused(month, theirs)) == ["系统信息!B5"]


def test_it_refuses_the_form_of_another_group(month: make.Month) -> None:
    other = make.filled(make.blank(month.submission("T01-G2")), {})
    assert "T01-G2" in refused(month, other)["系统信息!B6"]


def test_a_foreign_town_written_over_ours_is_found_by_the_hash(month: make.Month) -> None:
    problems = refused(month, changed(month, {"系统信息!B5": "T02"}))
    assert "结构被改动" in problems["系统信息!B8"]


def test_it_refuses_a_closed_month_and_names_the_correction_slip(month: make.Month) -> None:
    september = month.submission(call=month.september)
    data = make.filled(make.blank(september), {"F4": 1})
    said = refused(month, data, month.september)
    assert "已于2023年10月9日（周一）关闭" in said["2023年9月填报"]
    problem = services.closed_problem(month.september, cast.moment())
    assert problem is not None
    assert "更正单" in problem.next


def test_a_form_of_a_closed_month_on_the_open_one_is_told_both(month: make.Month) -> None:
    data = make.filled(make.blank(month.submission(call=month.september)), {"F4": 1})
    said = refused(month, data)
    assert "2023年9月的表" in said["系统信息!B4"]
    assert "关闭" in said["2023年9月填报"]


def test_it_refuses_a_month_that_has_not_begun(month: make.Month) -> None:
    month.october.opens = date(2023, 10, 21)
    month.october.save()
    assert "才开始" in refused(month, form(month))["2023年10月填报"]


@pytest.mark.parametrize(
    ("cells", "where", "said"),
    [
        ({"A5": "改过的名"}, "指标数!A5", "行被移动、删除或改写"),
        ({"B4": "亿元"}, "指标数!B4", "这里应是「万元」"),
        ({"A30": "新指标", "F30": 5}, "指标数!A30", "不知道是什么指标"),
        ({"系统信息!B11": "fai"}, "系统信息!B8", "结构被改动"),
        ({"系统信息!B7": "3"}, "系统信息!B8", "结构被改动"),
        ({"系统信息!B8": None}, "系统信息!B8", "结构被改动"),
        ({"系统信息!B2": "别的表"}, "系统信息!B8", "结构被改动"),
    ],
)
def test_it_finds_a_form_that_came_apart(
    month: make.Month, cells: dict[str, object], where: str, said: str
) -> None:
    assert said in refused(month, changed(month, cells))[where]


@pytest.mark.parametrize(
    ("said", "where"),
    [
        ({"period": "十月"}, "系统信息!B4"),
        ({"period": "2031-01"}, "系统信息!B4"),
        ({"base_version": "9"}, "系统信息!B7"),
        ({"base_version": "最新"}, "系统信息!B7"),
        ({"base_version": "-1"}, "系统信息!B7"),
        ({"unit": "T02", "group": "T02-G3"}, "系统信息!B5"),
        ({"group": ""}, "系统信息!B6"),
        ({"format": "zhenxing-return/2"}, "系统信息!B8"),
    ],
)
def test_a_forged_hash_opens_nothing(month: make.Month, said: dict[str, str], where: str) -> None:
    assert where in refused(month, make.forged(form(month), **said))


def test_a_line_listed_twice_is_found(month: make.Month) -> None:
    blank = make.blank(month.submission())
    doubled = make.filled(
        blank,
        {
            f"系统信息!{c}{layout.FIRST_LISTED + 7}": text
            for c, text in zip(
                "ABCDE", ["4", "works", "在建项目完成投资", "万元", "2023-10"], strict=True
            )
        },
    )
    assert refused(month, make.forged(doubled)) == {"系统信息": "有重复的指标行"}


def test_it_finds_entries_merged_together(month: make.Month) -> None:
    book = openpyxl.load_workbook(io.BytesIO(form(month)))
    book[layout.FIGURES].merge_cells("F4:F5")
    file = io.BytesIO()
    book.save(file)
    assert set(refused(month, file.getvalue())) == {"指标数!F4", "指标数!F5"}


def test_it_refuses_a_form_of_another_site(month: make.Month) -> None:
    data = form(month)
    site = month.county.site
    site.name = "别县演示"
    site.save()
    assert "本站是" in refused(month, data)["系统信息!B3"]


def test_it_refuses_a_form_from_before_the_dictionary_changed(month: make.Month) -> None:
    data = form(month)
    Charge.objects.filter(group__code="T01-G3", indicator__code="online").delete()
    said = refused(month, data)
    assert "「网络零售额」已不在本专班的报表里" in "；".join(said.values())


def test_it_refuses_an_empty_form(month: make.Month) -> None:
    empty = make.filled(make.blank(month.submission()), {}, parts={})
    assert refused(month, empty) == {"指标数": "一个数、一段文字都没有填"}


def test_it_refuses_any_other_workbook(month: make.Month) -> None:
    said = refused(month, files.workbook())
    assert "不是从本系统下载的报表" in said[make.NAME]


def test_it_refuses_a_form_on_an_old_version_and_reads_it_all_the_same(month: make.Month) -> None:
    old = form(month, online="三百")
    make.handed_in(month, month.county.colleague)
    before = make.row_counts()
    read = services.upload(
        old,
        name=make.NAME,
        submission=month.submission(),
        scope=cast.scope(month.county.reporter),
        moment=cast.moment(),
    )
    assert isinstance(read, FormRead)
    where = {problem.where for problem in read.problems}
    assert where == {"系统信息!B7", F["online"]}
    assert read.content.answers["paid_in"].value is not None
    assert make.row_counts() == before


def test_nobody_else_uploads(month: make.Month) -> None:
    data = form(month)
    before = make.row_counts()
    for letter in "AKDLGVCSX":
        read = services.upload(
            data,
            name=make.NAME,
            submission=month.submission(),
            scope=cast.scope(month.county.of_role(letter)),
            moment=cast.moment(),
        )
        assert isinstance(read, FormRead), letter
        assert "只有本专班的填报员能报送" in read.problems[0].what
    assert make.row_counts() == before


HOSTILE: dict[str, Callable[[], bytes]] = {
    "renamed word": files.renamed_word,
    "far cell": files.far_cell,
    "bomb": files.bomb,
    "damaged": files.damaged,
    "password": files.encrypted,
    "phantom rows": files.phantom_rows,
    "dtd": files.with_dtd,
    "macro": files.with_macro,
    "empty file": bytes,
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_file_gets_a_sentence_and_writes_nothing(month: make.Month, kind: str) -> None:
    (where,) = refused(month, HOSTILE[kind]())
    assert where.startswith(make.NAME)


TITLE_ROWS = {"1", "2"}  # merged: a spreadsheet lets nothing be entered there


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.dictionaries(
        st.sampled_from([f"{c}{r}" for c in "ABFGI" for r in range(1, 14)]),
        st.one_of(
            st.text(st.characters(blacklist_categories=["Cs", "Cc"]), max_size=30),
            st.decimals(allow_nan=False, allow_infinity=False, places=4),
            st.booleans(),
            st.dates(min_value=date(1990, 1, 1)),
        ),
        max_size=8,
    )
)
def test_whatever_stands_in_the_cells_the_answer_is_a_form_or_sentences(
    month: make.Month, cells: dict[str, object]
) -> None:
    entered = {place: value for place, value in cells.items() if place[1:] not in TITLE_ROWS}
    read = services.read_upload(
        make.filled(make.blank(month.submission()), entered),
        name=make.NAME,
        submission=month.submission(),
        moment=cast.moment(),
    )
    for problem in read.problems:
        assert problem.sentence
    if read.is_good:
        for answer in read.content.answers.values():
            assert answer.value is None or answer.value == round(answer.value, 4)
