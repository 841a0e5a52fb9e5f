"""Tables pasted from Word and Excel: what is guessed, and what is told as not understood."""

from __future__ import annotations

import pytest

from zhenxing.assessment.sheet import text_of
from zhenxing.assessment.sheet.guessing import guessed
from zhenxing.assessment.sheet.pasting import grid_of, pasted, sheet_of
from zhenxing.engine import schemes

TABLE = """一级指标\t考核内容\t分值\t评分标准\t责任单位\t目标
经济发展\t固定资产投资\t10分\t按完成率得分，超额不加分\t县统计局\t5000
\t税收收入\t8\t"达到目标得满分，每增加1个百分点加0.5分，
最多加2分；每减少1个百分点扣1分"\t县税务局\t
民生改善\t群众满意度\t6\t由群众测评打分\t考核办\t
\t创新工作\t五\t研究确定\t考核办\t
加分项\t试点示范\t2\t每获得1个加1分，最多加2分\t\t
扣分项\t通报批评\t\t每发生1次扣1分\t\t
合计\t\t29\t\t\t
"""


@pytest.mark.parametrize(
    ("words", "kind", "cells"),
    [
        ("按完成率得分，最高不超过120%", "completion", {"cap": "120%"}),
        ("采用功效系数法", "minmax", {"low": "60", "high": "100"}),
        ("第一名得满分，每降低一个名次扣0.5分", "rank_steps", {"step": "0.5", "floor": "0"}),
        ("按位次，第1名得10分，末位得6分", "rank_between", {"first": "10", "last": "6"}),
        ("完成任务得满分，未完成不得分", "pass", {}),
        ("达到95%即得满分", "pass", {}),
        ("每引进1个亿元项目得1分", "events", {"event": "甲", "each": "1"}),
        ("优秀得5分、良好得4分", "judged", {"words": "优秀 5\n良好 4"}),
        ("由专家评审", "ratings", {"by": "评委 1"}),
        (
            "完成率80%以上得3分，100%以上得5分",
            "tiers",
            {"measure": "100 * x / T", "bands": "≥100 得 5\n≥80 得 3", "else": "0"},
        ),
        (
            "每超过1个百分点加0.2分，最多加1分",
            "steps",
            {"over_per": "1", "over_add": "0.2", "over_cap": "1"},
        ),
        (
            "完成任务，每欠1个百分点扣1分",
            "steps",
            {"of": "share", "under_per": "1", "under_sub": "1", "under_floor": "0"},
        ),
    ],
)
def test_a_rule_is_guessed_from_its_words(words: str, kind: str, cells: dict[str, str]) -> None:
    guess = guessed(words, "甲")
    assert (guess.kind, dict(guess.cells)) == (kind, cells)
    assert guess.said


@pytest.mark.parametrize("words", ["由考核组研究确定", "一票否决", "", "优秀得5分", "95%以上得5分"])
def test_words_that_say_too_little_are_not_guessed(words: str) -> None:
    guess = guessed(words, "甲")
    assert not guess.is_understood
    assert guess.said == ""


def test_a_table_becomes_a_draft_with_what_was_not_understood() -> None:
    found = pasted(grid_of(TABLE))
    assert [line.name for line in found.lines] == [
        "固定资产投资", "税收收入", "群众满意度", "创新工作", "试点示范", "通报批评",
    ]  # fmt: skip
    assert found.understood == 5
    assert found.columns["rule"] == "评分标准"
    told = "".join(problem.sentence for problem in found.problems)
    assert "「创新工作」的计分办法没有看懂" in told
    assert "「通报批评」没有分值" in told
    head = {"id": "a", "name": "试", "year": "2023"}
    sheet = sheet_of(found, head, {"固定资产投资": "fai"})
    assert [section.title for section in sheet.sections] == ["经济发展", "民生改善"]
    assert (len(sheet.bonus.rows), len(sheet.penalties.rows)) == (1, 1)
    assert sheet.sections[0].rows[0].get("target") == "5000"
    text = text_of(sheet)
    _, problems = schemes.load(text, "方案")
    assert "研究确定" in text
    assert any("研究确定" in problem.what for problem in problems)


def test_a_table_without_headings_is_judged_by_its_contents() -> None:
    found = pasted(grid_of("投资  10  按完成率\n税收  8  采用功效系数法"))
    assert [(line.name, line.points, line.guess.kind) for line in found.lines] == [
        ("投资", "10", "completion"),
        ("税收", "8", "minmax"),
    ]


def test_a_lone_cell_names_the_section_below_it() -> None:
    found = pasted(grid_of("| 指标 | 分值 |\n|---|---|\n| 一、经济发展（40分） | |\n| 投资 | 6 |"))
    assert [(line.section, line.name) for line in found.lines] == [("经济发展", "投资")]


@pytest.mark.parametrize("text", ["", "随便写的一句话", "10\n20", "指标\t分值\n"])
def test_what_is_no_table_is_told(text: str) -> None:
    found = pasted(grid_of(text))
    assert not found.lines
    assert found.problems


def test_a_row_whose_name_is_missing_is_told_with_its_number() -> None:
    found = pasted(grid_of("指标\t分值\t办法\n投资\t6\t按完成率\n\t5\t按完成率"))
    assert [problem.where for problem in found.problems] == ["第3行"]
