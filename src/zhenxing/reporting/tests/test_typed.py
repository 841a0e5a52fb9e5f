"""What is typed on the page: numbers as people write them, references, pasted blocks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhenxing.indicators.choices import Kind, Reading
from zhenxing.kernel.periods import Period
from zhenxing.kernel.problems import errors
from zhenxing.reporting.form import pasting, references, sentences, typed
from zhenxing.reporting.form.answers import content_from
from zhenxing.reporting.form.questions import Form, Question

WIDE = str.maketrans({digit: chr(ord(digit) + 0xFEE0) for digit in "0123456789"})
OCTOBER = Period.parse("2023-10")


def question(code: str = "works", row: int = 4, **more: Any) -> Question:  # noqa: ANN401  # fields of Question
    said: dict[str, Any] = {
        "name": "在建项目完成投资",
        "measure": "万元",
        "period": OCTOBER,
        "last_period": OCTOBER.previous,
        "aim": Decimal(10000),
        "elapsed": Decimal(1000) / 12,
    }
    return Question(row=row, code=code, **(said | more))


def form(*questions: Question, **more: Any) -> Form:  # noqa: ANN401  # fields of Form
    said: dict[str, Any] = {
        "site": "H00", "period": OCTOBER, "due": date(2023, 10, 25), "unit": "T01",
        "unit_name": "青溪镇", "group": "T01-G3", "group_name": "稳投资专班", "base_version": 0,
    }  # fmt: skip
    return Form(questions=questions or (question(),), **(said | more))


@pytest.mark.parametrize(
    "text",
    [
        "9060",
        " 9,060 ",
        "9060".translate(WIDE),
        "9，060",
        "9060万元",
        "9，060 万元".translate(WIDE),
        "+9060",
        "9060.0",
    ],
)
def test_what_can_only_mean_one_number_is_that_number(text: str) -> None:
    content, problems = typed.read(form(), {"works.F": text})
    assert (content.answers["works"].value, problems) == (Decimal(9060), [])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("0.906亿元", "如果是9060万元，请只填数字9060"),
        ("9060元", "如果是0.906万元"),
        ("约9060", "请只填数字"),
        ("90,60", "请只填数字"),
        ("12.5%", "请只填数字"),
        ("—", "没有发生请填0"),
        ("-3", "负数"),
        ("9060.5", "只填整数"),
        ("1" * 15, "大得不可能"),
        ("=SUM(A1)", "请只填数字"),
    ],
)
def test_anything_else_is_an_error_that_names_the_cell_and_a_way_on(text: str, said: str) -> None:
    content, [problem] = typed.read(form(), {"works.F": text})
    assert content.answers["works"].value is None
    assert problem.is_error
    assert problem.where == "指标数!F4"
    assert said in problem.sentence


def test_a_minus_of_any_kind_counts_where_a_rate_may_fall() -> None:
    rate = question("cases", measure="%", decimals=1, kind=Kind.RATE)
    for text in ("-3.5", "−3.5", "－3.5%", "-3.5%"):
        content, problems = typed.read(form(rate), {"cases.F": text})
        assert (content.answers["cases"].value, problems) == (Decimal("-3.5"), [])


def test_a_locked_cell_is_not_read_and_a_note_stays_open_beside_it() -> None:
    locked = question(locked="已核定", known=Decimal(8))
    asked = form(locked)
    assert "works.F" not in typed.open_names(asked)
    assert {"works.G", "works.I", "done"} <= typed.open_names(asked)
    content, problems = typed.read(asked, {"works.F": "不是数", "works.G": "5"})
    assert problems == []
    assert content.answers["works"].confirmed == Decimal(5)
    shut = form(question(locked="已核定", confirm_locked="已核定"))
    assert not any(name.startswith("works") for name in typed.open_names(shut))


def test_what_was_handed_in_stands_on_the_page_as_it_would_be_typed() -> None:
    asked = form(question(decimals=1))
    texts = {"works.F": "9,060.5", "works.I": "监理月报", "done": "完成{{在建项目完成投资}}。"}
    content, problems = typed.read(asked, texts)
    assert problems == []
    again = content_from(content.values(), content.parts)
    assert typed.texts_of(asked, again) == texts
    assert typed.texts_of(asked, None) == {}


def test_a_too_long_note_or_part_is_kept_and_said() -> None:
    texts = {"works.I": "说" * 201, "done": "写" * 1001}
    content, problems = typed.read(form(), texts)
    assert [problem.where for problem in errors(problems)] == ["指标数!I4", "四段文字!B3"]
    assert content.parts["done"] == "写" * 1001


def test_a_reference_is_read_as_its_number_and_changes_with_it() -> None:
    asked, text = (
        form(question(decimals=1)),
        "完成{{在建项目完成投资}}，占目标的{{works·完成率}}，{{works·进度}}。",
    )
    for number, read in (
        ("9060", "完成9,060万元，占目标的90.60%，领先序时进度7.27个百分点。"),
        ("8000", "完成8,000万元，占目标的80.00%，落后序时进度3.33个百分点。"),
        ("8333.3", "完成8,333.3万元，占目标的83.33%，与序时进度持平。"),
    ):
        content, problems = typed.read(asked, {"works.F": number, "done": text})
        assert problems == []
        assert content.parts["done"] == read
    assert content.parts["done_source"] == (
        "完成{{works}}，占目标的{{works·完成率}}，{{works·进度}}。"
    )


def test_a_reference_that_leads_nowhere_stays_and_is_an_error() -> None:
    asked = form(question(aim=None), question("other", 5, name="另一项", elapsed=None))
    text = "{{没有的指标}} {{works}} {{other}} {{other·进度}} {{works·完成率}} {{works·别的}}"
    content, problems = typed.read(asked, {"works.F": "5", "done": text})
    assert content.parts["done"] == text.replace("{{works}}", "5万元", 1)
    assert len(problems) == 5
    assert all(problem.is_error and problem.where == "四段文字!B3" for problem in problems)


def test_of_two_indicators_with_one_name_none_is_meant_but_by_code() -> None:
    asked = form(question(), question("twin", 5))
    texts = {"works.F": "1", "twin.F": "2", "done": "{{twin}}"}
    content, problems = typed.read(asked, texts)
    assert (content.parts["done"], problems) == ("2万元", [])
    _, problems = typed.read(asked, texts | {"done": references.reference(question())})
    assert len(problems) == 1


def test_a_draft_of_words_says_every_number_there_is_and_none_that_is_not() -> None:
    asked = form(
        question(),
        question("online", 5, name="网络零售额", reading=Reading.CURRENT, aim=None),
        question("reserve", 6, name="储备项目", measure="个", reading=Reading.AS_IS, elapsed=None),
        question("blank", 7, name="没有数的"),
        question("known", 8, name="已核定的", locked="已核定", known=Decimal(7), aim=None),
    )
    texts = {"works.F": "9060", "online.F": "310", "reserve.F": "8"}
    content, _ = typed.read(asked, texts)
    words = sentences.drafted(asked, content)
    read, problems = typed.read(asked, texts | {"done": words})
    assert problems == []
    assert read.parts["done"] == (
        "1—10月在建项目完成投资9,060万元，占年度目标的90.60%，领先序时进度7.27个百分点；"
        "10月网络零售额310万元；10月末储备项目8个，占年度目标的0.08%；1—10月已核定的7万元。"
    )
    assert sentences.drafted(form(), typed.read(form(), {})[0]) == ""


def test_what_is_reported_month_by_month_is_held_against_the_year() -> None:
    monthly = question(reading=Reading.CURRENT, so_far=Decimal(4000))
    assert monthly.total(Decimal(1000)) == 5000
    assert monthly.completed(Decimal(1000)) == 50
    assert replace(monthly, so_far=None).total(Decimal(1000)) is None
    assert replace(monthly, aims_up=False).ahead(Decimal(1000)) is None


def test_one_number_written_twice_is_no_other_text() -> None:
    asked = form()
    assert typed.same("works.F", "9,060", "9060", asked)
    assert not typed.same("works.F", "9,060", "9061", asked)
    assert not typed.same("works.F", "约9060", "大概9060", asked)
    assert typed.same("done", " 好 ", "好", asked)
    assert not typed.same("gone.F", "1", "1.0", asked)
    assert typed.cell_of("gone.F", asked) == "F?"


def test_a_block_lands_by_the_rows_and_letters_of_the_excel_form() -> None:
    asked = form(question(), question("two", 5, locked="已核定"), question("three", 6))
    copied_block = '9,060\t8,140\t10,000\t"有 ""引号""\n和换行"\n1\t2\t\t\n3\n4'
    block = pasting.parsed(copied_block.replace("\n3", "\n3".translate(WIDE)))
    laid = pasting.laid(block, asked, "F4")
    assert laid.texts == {
        "works.F": "9,060", "works.G": "8,140", "works.I": '有 "引号"\n和换行', "two.G": "2",
        "two.I": "", "three.F": "3".translate(WIDE),
    }  # fmt: skip
    assert laid.left_over == 3  # the target, the locked cell, the line below the form
    assert pasting.laid(block, asked, "A1").left_over == 10
    assert pasting.laid([["1", "2", "3"]], asked, "I4").left_over == 2


def copied(block: list[list[str]]) -> str:
    """Copy a block as spreadsheets do."""

    def cell(text: str) -> str:
        return f'"{text.replace(chr(34), chr(34) * 2)}"' if set(text) & set('\t\n"') else text

    return "".join("\t".join(map(cell, line)) + "\r\n" for line in block)


TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r"), max_size=8)
BLOCKS = st.integers(1, 4).flatmap(
    lambda width: st.lists(st.lists(TEXTS, min_size=width, max_size=width), min_size=1, max_size=5)
)


@given(BLOCKS)
def test_a_block_that_was_copied_is_pasted_cell_by_cell(block: list[list[str]]) -> None:
    assert pasting.parsed(copied(block)) == block


@given(st.text(st.sampled_from('a1,"\t\n\r'), max_size=30))
def test_any_text_can_be_pasted_and_nothing_readable_of_it_is_lost(text: str) -> None:
    found = "".join(cell for line in pasting.parsed(text) for cell in line)
    for sign in "a1,":
        assert found.count(sign) == text.count(sign)


@given(st.text(max_size=30))
def test_whatever_is_typed_into_a_number_is_a_number_or_a_named_error(text: str) -> None:
    content, problems = typed.read(form(), {"works.F": text})
    value = content.answers["works"].value
    assert (value is None) or problems == []
    assert all(problem.where == "指标数!F4" for problem in problems)
