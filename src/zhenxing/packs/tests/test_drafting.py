"""A draft tells of every line where it came from, and leaves to people what no paper says."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from zhenxing.packs.checking import check
from zhenxing.packs.drafting.dictionary import rows_of
from zhenxing.packs.drafting.draft import draft, write
from zhenxing.packs.drafting.paper import DraftRefusedError, Paper, Wish
from zhenxing.packs.pack import Pack
from zhenxing.packs.tests.make import sound, tiny, told
from zhenxing.reading.loading import load
from zhenxing.reading.reader import read

ISSUED = date(2023, 2, 20)
PLAN = """青溪镇2023年经济工作方案

一、目标
固定资产投资增长**%。
完成1亿元固定资产投资年度任务，粮食总产量1900吨以上。
谋划储备项目8-10个，新建冷库3座。上半年粮食产量800吨。
固定资产投资达到12000万元，其中东沟村5000万元、西沟村3000万元。

二、保障
成立综合协调、稳投资2个专班。
1.稳投资推进专班
组长:赵青山
专班办公室设在党政办公室,牵头抓好全镇固定资产投资、粮食产量、民间投资等指标推进工作。
2.督查考核专班
组长:***
专班办公室设在镇纪委办公室,牵头抓好粮食产量指标推进工作。
各专班于每月25日前报送完成情况,年底前报送全年总结。
"""
REPORT = """石泉镇2022年工作总结
一、完成情况
完成固定资产投资7600万元，同比增长4.5%。粮食产量达到1850吨，居全县第2名。生产总值**亿元。
"""


def paper(text: str, wish: Wish, year: int | None = None) -> Paper:
    data = text.encode()
    loaded = load(data, "方案.txt")
    rows = rows_of(wish.base.dictionary.indicators) if wish.base else ()
    return Paper("方案.txt", data, loaded, read(loaded.text, year=year, indicators=rows), wish)


def drafted(folder: Path, text: str, wish: Wish) -> dict[str, str]:
    files = draft(paper(text, wish))
    write(files, folder)
    return files


@pytest.fixture
def base(tmp_path: Path) -> Pack:
    return sound(tiny(tmp_path))


LEFT_TO_PEOPLE = ["nature", "source", "lead", "definition", "release"]


def kinds(lines: list[str]) -> list[str]:
    """Give the file and what is missing there, without the line."""
    return [
        f"{line.partition(':')[0]} {line.partition('：')[2].partition('；')[0]}" for line in lines
    ]


def test_beside_a_base_a_person_is_asked_only_what_the_paper_does_not_say(
    base: Pack, tmp_path: Path
) -> None:
    wish = Wish(base=base, base_name="base", document="青政发2023年4号", issued=ISSUED)
    drafted(tmp_path / "draft", PLAN, wish)
    new = [f"indicators.yaml 缺「{key}」" for key in LEFT_TO_PEOPLE]
    assert kinds(told(tmp_path / "draft")) == [*new, "lamps.yaml 缺少「basis」"]


def test_without_a_base_a_person_names_county_town_and_each_indicator(tmp_path: Path) -> None:
    drafted(tmp_path / "draft", REPORT.replace("完成", "计划完成"), Wish())
    asked = kinds(told(tmp_path / "draft"))
    assert {line for line in asked if not line.startswith("indicators.yaml")} == {
        "calendar.yaml 缺「day」",
        "lamps.yaml 缺少「basis」",
        "targets/2023.yaml 缺「issued」",
        "units.yaml 缺「name」",
        "units.yaml 缺「class」",
        "units.yaml 缺「profiles」",
    }


def test_its_targets_are_those_of_the_paper_in_the_measure_of_the_dictionary(
    base: Pack, tmp_path: Path
) -> None:
    drafted(tmp_path / "draft", PLAN, Wish(base=base, base_name="base", issued=ISSUED))
    pack, _ = check(tmp_path / "draft")
    assert pack is not None
    found = [(each.year, each.target.indicator, each.target.kind) for each in pack.targets]
    assert found == [
        (2023, "fai", "growth"),
        (2023, "fai", "value"),
        (2023, "grain", "value"),
        (2023, "reserve", "range"),
        (2023, "draft-01", "value"),
    ]
    growth, level, grain, reserve, _ = [each.target for each in pack.targets]
    assert growth.masked
    assert (level.value, reserve.high) == (Decimal(10000), Decimal(10))
    assert grain.comparator == ">="
    assert {each.target.unit for each in pack.targets} == {"T01"}


def test_every_line_of_a_target_quotes_its_words_and_place(base: Pack, tmp_path: Path) -> None:
    files = drafted(tmp_path / "draft", PLAN, Wish(base=base, base_name="base", issued=ISSUED))
    lines = [line for line in files["targets/2023.yaml"].splitlines() if "- " in line]
    assert len(lines) == 10
    for line in lines:
        remark = line.rpartition("  # ")[2]
        place, _, rest = remark.removeprefix("第").partition("字“")
        quote = rest.partition("”；")[0]
        assert PLAN[int(place) - 1 :].startswith(quote)


@pytest.mark.parametrize(
    ("subject", "why"),
    [
        ("800吨", "不是全年目标"),
        ("专班 2个", "数的是机构"),
        ("12000万元", "同一个指标"),
        ("5000万元", "其中一处"),
    ],
)
def test_what_is_no_yearly_aim_of_the_unit_lies_aside_and_says_why(
    base: Pack, subject: str, why: str
) -> None:
    files = draft(paper(PLAN, Wish(base=base, base_name="base", issued=ISSUED)))
    aside = [line for line in files["targets/2023.yaml"].splitlines() if line.startswith("# - ")]
    assert any(subject in line and why in line for line in aside), aside


def test_groups_keep_the_key_of_the_base_and_an_indicator_one_group(
    base: Pack, tmp_path: Path
) -> None:
    files = drafted(tmp_path / "draft", PLAN, Wish(base=base, base_name="base"))
    pack, _ = check(tmp_path / "draft")
    assert pack is not None
    assert [(each.key, each.home, each.indicators) for each in pack.groups] == [
        ("G3", "党政办公室", ("fai", "grain")),
        ("G1", "纪委办公室", ()),
    ]
    assert "“民间投资”对不上目录里的指标" in files["groups.yaml"]
    assert "“粮食产量”（grain）已归前面的专班" in files["groups.yaml"]
    assert pack.people == ()
    assert "组长：赵青山" in files["people.yaml"]


def test_a_monthly_day_goes_to_the_calendar_and_other_days_lie_beside_it(base: Pack) -> None:
    files = draft(paper(PLAN, Wish(base=base, base_name="base")))
    told_days = yaml.safe_load(files["calendar.yaml"])
    assert told_days["due"]["day"] == 25
    assert "# 年底前 报送全年总结" in files["calendar.yaml"]


def test_the_figures_of_a_report_are_a_reference_that_no_part_loads(
    base: Pack, tmp_path: Path
) -> None:
    files = drafted(tmp_path / "draft", REPORT, Wish(base=base, base_name="base"))
    pack, _ = check(tmp_path / "draft")
    assert pack is not None
    assert (pack.figures, pack.totals, pack.targets) == ((), (), ())
    figures = yaml.safe_load(files["waiting/figures.yaml"])
    assert [(each["kind"], each.get("value")) for each in figures] == [
        ("完成数", 7600),
        ("增减", 4.5),
        ("完成数", 1850),
        ("位次", 2),
        ("完成数", None),
    ]
    assert figures[-1]["masked"] is True


def test_tasks_and_projects_wait_in_files_the_checker_passes_over(
    base: Pack, tmp_path: Path
) -> None:
    text = PLAN + "三、项目\n东沟冷链物流项目总投资3000万元，因用地未批尚未开工。\n"
    files = drafted(tmp_path / "draft", text, Wish(base=base, base_name="base"))
    assert yaml.safe_load(files["waiting/tasks.yaml"])
    assert "冷链物流项目" in yaml.safe_load(files["waiting/projects.yaml"])[0]["name"]
    assert not any("waiting" in line for line in told(tmp_path / "draft"))


def test_a_figure_that_fits_two_indicators_is_left_to_a_person(base: Pack, tmp_path: Path) -> None:
    text = "青溪镇2023年工作计划\n一、目标\n完成产业投资600万元。\n"
    files = drafted(tmp_path / "draft", text, Wish(base=base, base_name="base", issued=ISSUED))
    assert "targets/2023.yaml 缺「indicator」" in kinds(told(tmp_path / "draft"))
    assert "拿不准是哪个指标" in files["targets/2023.yaml"]
    assert "code: industry" in files["indicators.yaml"]


def test_a_countys_own_plan_asks_for_its_towns(tmp_path: Path) -> None:
    text = "小禾县2024年工作计划\n一、目标\n粮食总产量达到6万吨。\n"
    files = drafted(tmp_path / "draft", text, Wish(issued=ISSUED))
    assert "unit: H00" in files["targets/2024.yaml"]
    assert "units.yaml 一个镇也没有" in kinds(told(tmp_path / "draft"))


def test_a_countys_plan_beside_a_base_keeps_all_its_towns(base: Pack, tmp_path: Path) -> None:
    text = "小禾县2024年工作计划\n一、目标\n粮食总产量达到6万吨。\n"
    drafted(tmp_path / "draft", text, Wish(base=base, base_name="base", issued=ISSUED))
    pack, _ = check(tmp_path / "draft")
    assert pack is not None
    assert [each.code for each in pack.units.towns] == ["T01", "T02"]
    assert [each.target.value for each in pack.targets] == [60000]


@pytest.mark.parametrize(
    ("text", "unit", "words"),
    [
        (PLAN.replace("青溪镇", "全镇"), "", "看不出是哪个单位"),
        (PLAN.replace("青溪镇", "白水镇"), "", "文件是「白水镇」的"),
        (PLAN, "T09", "没有编码为「T09」"),
    ],
)
def test_it_asks_whose_paper_it_is(base: Pack, text: str, unit: str, words: str) -> None:
    with pytest.raises(DraftRefusedError) as refused:
        draft(paper(text, Wish(base=base, base_name="base", unit=unit)))
    (problem,) = refused.value.problems
    assert words in problem.sentence
    assert "--unit" in problem.next


def test_it_asks_for_the_year_where_the_paper_has_aims_and_names_none() -> None:
    text = "青溪镇工作计划\n一、目标\n粮食总产量1900吨以上。\n"
    with pytest.raises(DraftRefusedError) as refused:
        draft(paper(text, Wish()))
    assert "--year" in refused.value.problems[0].next
    assert "targets/2025.yaml" in draft(paper(text, Wish(), year=2025))


def test_it_writes_into_no_folder_that_holds_anything(tmp_path: Path) -> None:
    (tmp_path / "own.txt").write_text("自己的文件", "utf-8")
    with pytest.raises(DraftRefusedError) as refused:
        write({"pack.yaml": "x"}, tmp_path)
    assert "已有内容" in refused.value.problems[0].sentence
    assert [path.name for path in tmp_path.iterdir()] == ["own.txt"]


def test_words_that_would_break_the_file_are_made_harmless(tmp_path: Path) -> None:
    text = "青溪镇2023年工作计划\n一、目标\n建设\x07: {甲}#路3公里。\n"
    drafted(tmp_path / "draft", text, Wish(issued=ISSUED))
    assert not any("YAML" in line or "不能显示" in line for line in told(tmp_path / "draft"))


def test_an_amount_that_does_not_convert_is_left_to_a_person(base: Pack, tmp_path: Path) -> None:
    given = paper(
        "青溪镇2023年计划\n一、目标\n粮食总产量1900吨以上。\n", Wish(base=base, issued=ISSUED)
    )
    (fact,) = given.reading.facts
    facts = (replace(fact, unit="亩", indicator="grain"),)
    files = draft(replace(given, reading=replace(given.reading, facts=facts)))
    write(files, tmp_path / "draft")
    assert "换算不了" in files["targets/2023.yaml"]
    assert "targets/2023.yaml 目标没有数值" in kinds(told(tmp_path / "draft"))


def test_a_share_is_drafted_as_a_rate_and_a_fall_is_less_than_nothing(tmp_path: Path) -> None:
    text = "青溪镇2024年工作计划\n一、目标\n自来水普及率达到95%。\n一般性支出下降5%。\n"
    files = drafted(tmp_path / "draft", text, Wish(issued=ISSUED))
    share = files["indicators.yaml"].partition("自来水普及率  #")[2].partition("- code")[0]
    assert "kind: rate" in share
    assert "reading: as_is" in share
    assert "value: -5" in files["targets/2024.yaml"]


def test_a_group_without_a_base_leads_what_the_paper_itself_drafts(tmp_path: Path) -> None:
    text = PLAN.replace("粮食产量、民间投资", "粮食总产量、民间投资")
    files = drafted(tmp_path / "draft", text, Wish(issued=ISSUED))
    pack, _ = check(tmp_path / "draft")
    assert pack is not None
    names = {each.code: each.name for each in pack.dictionary.indicators}
    assert [names[code] for code in pack.groups[0].indicators] == ["固定资产投资", "粮食总产量"]
    assert "“民间投资”目录里还没有" in files["groups.yaml"]


def test_what_belongs_to_a_whole_brings_the_whole(base: Pack, tmp_path: Path) -> None:
    text = "青溪镇2023年工作计划\n一、目标\n完成工业投资600万元。\n"
    drafted(tmp_path / "draft", text, Wish(base=base, base_name="base", issued=ISSUED))
    pack, _ = check(tmp_path / "draft")
    assert pack is not None
    assert [each.code for each in pack.dictionary.indicators] == ["fai", "industry"]


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", "utf-8")
    with pytest.raises(DraftRefusedError) as refused:
        write({"pack.yaml": "x"}, tmp_path / "file" / "draft")
    assert "写不进去" in refused.value.problems[0].what
