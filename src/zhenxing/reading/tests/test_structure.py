"""Sections, groups, deadlines, tasks, projects, checks, indicators, and the reasons given."""

from __future__ import annotations

from pathlib import Path

import pytest

from zhenxing.reading.explain import explain
from zhenxing.reading.reader import read
from zhenxing.reading.results import Reading
from zhenxing.reading.tests.labels import PAPERS, labelled

PLAN = """清水镇2024年经济发展工作方案

一、目标任务
全年粮食播种面积稳定在8000亩、总产量2500吨以上,养殖蜜蜂3000箱。
二、推进机制
1.稳投资专班
组  长:张明
副组长:
成 员:财政所、项目办负责人
专班办公室设在镇项目办,由副镇长李强同志担任办公室主任,牵头抓好全镇固定资产投资、工业产值等指标推进工作。
2.农村经济专班
专班办公室设在乡村振兴办,负责全镇粮食产量以及农业产值等指标推进工作。
三、工作要求
(一)各专班要于每月25日前将完成情况报送综合办。
(二)由经发办牵头,9月底前完成集镇污水处理项目验收。
四、存在问题
一是产业链条短。二是人才缺乏。
"""
INDICATORS: list[dict[str, object]] = [
    {"code": "grain_area", "name": "粮食播种面积", "measure": "亩"},
    {"code": "grain_output", "name": "粮食产量", "measure": "吨"},
    {"code": "bees", "name": "中蜂养殖", "measure": "箱", "synonyms": ["养殖蜜蜂"]},
    {"code": "odd", "name": "粮食面积", "measure": "不认识的单位"},
]


@pytest.fixture(scope="module")
def plan() -> Reading:
    return read(PLAN, indicators=INDICATORS)


def test_it_says_what_the_paper_is(plan: Reading) -> None:
    document = plan.document
    assert (document.title, document.kind) == ("清水镇2024年经济发展工作方案", "plan")
    assert (document.year, document.unit, document.characters) == (2024, "清水镇", len(PLAN))


def test_it_finds_the_groups_with_office_leads_and_people(plan: Reading) -> None:
    first, second = plan.groups
    assert (first.name, first.office) == ("稳投资专班", "项目办")
    assert first.leads == ("固定资产投资", "工业产值")
    assert first.roles["组长"] == "张明"
    assert first.roles["副组长"] is None
    assert first.roles["办公室主任"] == "副镇长李强"
    assert second.leads == ("粮食产量", "农业产值")


def test_it_finds_a_group_that_a_sentence_sets_up() -> None:
    text = (
        "成立招商工作领导小组,由镇长王刚任组长,副镇长XX任副组长。"
        "领导小组下设办公室(经发办),负责日常工作。"
    )
    (group,) = read(text).groups
    assert (group.name, group.office) == ("招商工作领导小组", "经发办")
    assert group.roles == {"组长": "镇长王刚", "副组长": None}


def test_it_finds_deadlines_with_who_and_what(plan: Reading) -> None:
    monthly, once = plan.deadlines
    assert (monthly.rule, monthly.who) == ("monthly:25", "各专班")
    assert monthly.what == "将完成情况报送综合办"
    assert (once.rule, once.who) == ("once:09-end", "经发办")


def test_it_lists_tasks_and_problems_apart(plan: Reading) -> None:
    due = [task for task in plan.tasks if task.due]
    assert [(task.verb, task.owner) for task in due] == [("完成", "经发办")]
    assert [task.quote for task in plan.tasks if task.source == "problem"] == [
        "一是产业链条短",
        "二是人才缺乏",
    ]


def test_it_names_projects_with_amount_stage_and_obstacle() -> None:
    text = "2023年工作总结\n冷链物流园项目总投资4500万元,已开工建设,"
    text += "因用地指标未落实进展缓慢。实施重点项目3个。"
    (project,) = read(text).projects
    assert (project.name, project.amount, project.stage) == ("冷链物流园项目", "4500万元", "建设")
    assert project.obstacle is not None


def test_the_output_follows_its_crop_and_finds_its_indicator(plan: Reading) -> None:
    named = {fact.subject: fact.indicator for fact in plan.facts if fact.kind == "target"}
    assert named == {"粮食播种面积": "grain_area", "粮食总产量": "grain_output", "养殖蜜蜂": "bees"}


def test_a_fact_of_another_measure_is_only_a_candidate() -> None:
    (fact,) = read("2024年计划\n粮食产量1900亩。", indicators=INDICATORS[1:2]).facts
    assert fact.indicator is None
    assert fact.candidates[0].score <= 0.5


def test_two_speeches_in_one_file_are_kept_apart() -> None:
    one = "一、回顾\n税收700万元。\n二、安排\n税收800万元。\n"
    reading = read(one + one.replace("700", "900"))
    assert [fact.section for fact in reading.facts] == [
        "第1篇 一、",
        "第1篇 二、",
        "第2篇 一、",
        "第2篇 二、",
    ]
    assert not any("前面写" in problem.what for problem in reading.problems)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("耕地1000亩,其中水田480亩,旱地450亩。", "480+450=930，与1000不符"),
        ("全县项目68个,已开工61个,开工率80%。", "61÷68=89.7%，与所写80%不符"),
        ("签约项目42个,增长220%。", "42个、增长220%，上年应为13.1，不是整数"),
        ("亏损企业3户,下降40.7%。", "下降40.7%"),
        ("固定资产投资2亿元。固定资产投资3亿元。", "“固定资产投资”前面写2亿元，这里写3亿元"),
    ],
)
def test_it_says_what_does_not_add_up(text: str, words: str) -> None:
    problems = read(f"2023年工作总结\n一年来,全镇上下努力。{text}").problems
    assert any(words in problem.what for problem in problems)
    assert all(problem.level == "warning" and problem.next for problem in problems)


@pytest.mark.parametrize(
    "text",
    [
        "耕地1000亩,其中水田550亩,旱地450亩。",
        "全县项目68个,已开工61个,开工率89.7%。",
        "招引企业23家、增长76%。",
        "交办事项22件,尚未办结6件,办结率72.7%。",
        "项目5个,下降100%。",
        "全年种粮1000亩,其中小麦500亩。",
    ],
)
def test_it_is_silent_where_all_adds_up(text: str) -> None:
    assert read(f"2023年工作总结\n一年来,全镇上下努力。{text}").problems == ()


@pytest.mark.parametrize(
    "end",
    [
        "发...",
        "重点推进以下几个方面的工作,并在此基础上继续做好各项民生实事和安全生产工作",
        "开展了,",
    ],
)
def test_it_says_that_a_text_breaks_off(end: str) -> None:
    text = "2023年工作总结\n一年来,在县委县政府的坚强领导下,全镇上下团结一心,克服困难,"
    text += "较好地完成了各项目标任务。全年经济运行平稳,社会大局稳定,人民生活改善。" + end
    assert any("中断" in problem.what for problem in read(text).problems)


def test_a_signature_is_no_break() -> None:
    text, _ = labelled(PAPERS / "03_quarter_notice.txt")
    assert not any("中断" in problem.what for problem in read(text).problems)


def test_it_explains_facts_conditions_asides_and_silence(plan: Reading) -> None:
    assert "粮食播种面积 8000亩，目标" in explain(plan, PLAN.index("8000"))[0]
    assert "期限" in explain(plan, PLAN.index("25日"))[0]
    assert explain(plan, PLAN.index("推进机制"))[0].startswith("第")
    text = "2023年总结\n村集体经济20万元以上4个,增长**%。\n版权所有:某站"
    assert "后一个数的条件" in explain(read(text), text.index("20万"))[-1]
    assert "未公开" in explain(read(text), text.index("**"))[0]
    assert "不属于文件" in explain(read(text), text.index("版权"))[0]


def test_the_dictionary_of_the_demo_county_meets_a_plan() -> None:
    import yaml  # noqa: PLC0415  # only here

    rows = yaml.safe_load(
        (Path(__file__).parents[4] / "packs/heshan/indicators.yaml").read_text("utf-8")
    )
    reading = read("2024年工作要点\n固投增长8%,生猪出栏2000头。", indicators=rows["indicators"])
    assert [fact.indicator for fact in reading.facts] == ["fai", "pigs_sold"]


def test_a_masked_column_and_a_rank_column_of_a_table_are_read() -> None:
    text = "2023年完成情况表\n序号\t指标名称\t单位\t完成数\t同比增长(%)\t全县位次\t备注\n"
    text += "1\t粮食产量\t吨\t**\t-2.1\t3\t快报\n"
    facts = read(text).facts
    assert [(fact.kind, fact.subject) for fact in facts] == [
        ("actual", "粮食产量"),
        ("change", "粮食产量"),
        ("rank", "粮食产量"),
    ]
    assert facts[0].masked
    assert facts[1].change == "decrease"


def test_a_table_without_names_gives_nothing() -> None:
    assert read("甲\t乙\t丙\n1\t2\t3\n").facts == ()
