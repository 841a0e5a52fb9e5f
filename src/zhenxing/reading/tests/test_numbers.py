"""Numbers of every shape, and what is no number."""

from __future__ import annotations

from decimal import Decimal

import pytest

from zhenxing.reading.dates import deadlines, mentions
from zhenxing.reading.healing import heal
from zhenxing.reading.numerals import chinese_number
from zhenxing.reading.quantities import Quantity, scan
from zhenxing.reading.reader import read
from zhenxing.reading.standings import standings


def one(text: str) -> Quantity:
    (found,) = scan(heal(text).text).quantities
    return found


@pytest.mark.parametrize(
    ("text", "value", "unit", "base"),
    [
        ("总产量1,900吨", "1900", "吨", 1900),
        ("实现产值１２.５亿元", "12.5", "亿元", 1_250_000_000),
        ("投资2亿余元", "2", "亿元", 200_000_000),
        ("游客15万余人", "15", "万人", 150_000),
        ("补助2000多万元", "2000", "万元", 20_000_000),
        ("养牛3千头", "3", "千头", 3000),
        ("培训2千5百人", "2500", "人", 2500),
        ("人口六千五百三十六人", "6536", "人", 6536),
        ("收入一千五百万元", "1500", "万元", 15_000_000),
        ("收入达到50万以上", "50", "万元", 500_000),
        ("旅游人次达16万", "16", "万人次", 160_000),
        ("装机120万千瓦", "120", "万千瓦", 1_200_000),
        ("增长百分之十二点五", "12.5", "%", 12.5),
        ("受害率千分之三", "3", "‰", 3),
        ("完成六成", "60", "%", 60),
        ("半数以上的村", "50", "%", 50),
        ("产值翻两番", "300", "%", 300),
        ("收窄2.7个百分点", "2.7", "个百分点", 2.7),
        ("浓度35微克/立方米", "35", "微克/立方米", 35),
        ("突破百亿元", "100", "亿元", 10_000_000_000),
    ],
)
def test_it_reads_a_number_with_its_magnitude(
    text: str, value: str, unit: str, base: float
) -> None:
    found = one(text)
    assert (found.value, found.unit) == (Decimal(value), unit)
    assert found.base == Decimal(str(base))


@pytest.mark.parametrize(
    ("text", "given", "value", "unit"),
    [
        ("覆盖率IO0%。", "IO0%", "100", "%"),
        ("面积100OO亩", "100OO亩", "10000", "亩"),
        ("面积K)OOO亩", "K)OOO亩", "10000", "亩"),
        ("电缆100o余米", "100o余米", "1000", "米"),
        ("同比增长30队民间投资回升", "30队", "30", "%"),
        ("香菇1500万简", "1500万简", "1500", "万筒"),
    ],
)
def test_it_mends_a_damaged_number_and_keeps_what_stood_there(
    text: str, given: str, value: str, unit: str
) -> None:
    (fact,) = read(f"2023年工作总结\n全镇{text}").facts
    assert (fact.value, fact.unit) == (Decimal(value), unit)
    assert fact.repaired_from == given


@pytest.mark.parametrize("text", ["完成比例22%o", "同比增长30队投资增加"])
def test_a_doubtful_repair_is_a_problem_for_a_person(text: str) -> None:
    problems = read(f"2023年工作总结\n全镇{text}").problems
    assert any("请对照原件" in problem.next for problem in problems)


@pytest.mark.parametrize("text", ["增长**%", "到位资金XX万元", "引进项目×个", "税收xx.3万元"])
def test_a_masked_number_is_masked_not_zero(text: str) -> None:
    found = one(text)
    assert found.masked
    assert found.value is None


@pytest.mark.parametrize(
    "text",
    [
        "2023年3月15日",
        "青政发〔2023〕4号",
        "“四个一批”",
        "《安全生产15条》",
        "1+3+N",
        "第一书记",
        "一个指标一个专班",
        "一批项目",
        "电话0916-8231156",
        "十四五规划",
        "三个方面",
        "一式两份",
        "3年疫情",
        "PM2.5",
        "18.2:41.5:40.3",
        "**镇",
        "国务院15条硬措施",
        "五里坡镇",
        "1188模式",
        "千家万户",
    ],
)
def test_what_is_no_quantity_is_left_aside(text: str) -> None:
    assert scan(heal(text).text).quantities == ()


def test_a_range_keeps_both_ends() -> None:
    found = one("培育龙头企业1—2个")
    assert (found.value, found.high) == (Decimal(1), Decimal(2))


@pytest.mark.parametrize(
    ("text", "comparator"),
    [
        ("不少于5次", ">="),
        ("5次以上", ">="),
        ("突破5亿元", ">="),
        ("不超过1人", "<="),
        ("控制在4%以内", "<="),
        ("控制在4%", "="),
        ("6%左右", "~"),
        ("近300人", "~"),
        ("至少培育1家", ">="),
        ("≥8.5%", ">="),
        ("约3亿元以上", ">="),
    ],
)
def test_words_of_comparison_become_signs(text: str, comparator: str) -> None:
    assert one(text).comparator == comparator


def test_a_minus_turns_growth_round() -> None:
    (fact,) = read("2023年运行情况\n民间投资增长-2.3%。").facts
    assert (fact.value, fact.change, fact.kind) == (Decimal("2.3"), "decrease", "change")


@pytest.mark.parametrize(
    ("text", "value", "unit", "comparator"),
    [
        ("位列第5名", 5, "名", "="),
        ("居全市第三位", 3, "位", "="),
        ("排名第2", 2, "名", "="),
        ("位列前三", 3, "名", "<="),
        ("全市倒数第二", 2, "名", "="),
        ("考核总分98分", 98, "分", "="),
    ],
)
def test_it_reads_ranks_and_scores(text: str, value: int, unit: str, comparator: str) -> None:
    (found,) = standings(text)
    assert found.value == value
    assert (found.unit, found.comparator) == (unit, comparator)


@pytest.mark.parametrize(
    "text", ["第三产业", "第一责任人", "第2次会议", "前期工作", "位于第十名村", "第〇"]
)
def test_an_ordinal_is_no_rank(text: str) -> None:
    assert [each for each in standings(text) if "名村" not in text] == []


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("每月25日前", "monthly:25"),
        ("每季度末月20日前", "quarterly:last:20"),
        ("每季度结束后10日内", "quarterly:after:10"),
        ("每月结束后3个工作日内", "monthly:workdays:3"),
        ("每季度末前", "quarterly:end"),
        ("次月5日前", "monthly:5"),
        ("2023年10月20日前", "once:2023-10-20"),
        ("明年6月底前", "once:next-06-end"),
        ("3月中旬前", "once:03-20"),
        ("年底前", "once:年底"),
    ],
)
def test_it_reads_a_deadline_as_a_rule(text: str, rule: str) -> None:
    assert [due.rule for due in deadlines(text)] == [rule]


@pytest.mark.parametrize("text", ["13月前", "目前", "以前年度"])
def test_what_is_no_day_is_no_deadline(text: str) -> None:
    assert deadlines(text) == []


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("2022年", "2022"),
        ("2023年上半年", "2023-H1"),
        ("三季度", "2023-Q3"),
        ("前三季度", "2023-Q3"),
        ("1—9月", "2023-09"),
        ("去年", "2022"),
        ("明年", "2024"),
        ("二〇二二年", "2022"),
        ("截至9月底", "2023-09"),
    ],
)
def test_it_names_the_period_by_its_key(text: str, key: str) -> None:
    assert [each.key(2023) for each in mentions(text)] == [key]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("一百五", 150),
        ("三千零二十", 3020),
        ("", None),
        ("一二三亿万", None),
        ("十点八", Decimal("10.8")),
        ("五点百", None),
    ],
)
def test_it_knows_a_chinese_numeral_from_a_row_of_signs(text: str, value: object) -> None:
    assert chinese_number(text) == value


@pytest.mark.parametrize(
    ("text", "kind", "change", "comparator"),
    [
        ("预计全年实现产值2亿元", "actual", None, "="),
        ("预计明年实现产值2亿元", "target", None, "="),
        ("危房改造较计划多26户", "change", "increase", "="),
        ("超出年初计划两成多", "actual", None, "~"),
        ("压缩办结时限30%", "change", "decrease", "="),
        ("压减一般性支出5%以上", "change", "decrease", ">="),
    ],
)
def test_in_a_review_an_estimate_and_a_comparison_with_the_plan_are_no_aims(
    text: str, kind: str, change: str | None, comparator: str
) -> None:
    (fact,) = read(f"2023年工作总结\n一、完成情况\n{text}。").facts
    assert (fact.kind, fact.change, fact.comparator) == (kind, change, comparator)


def test_the_thing_that_is_cut_is_the_subject_and_a_list_number_is_not() -> None:
    facts = read("2024年工作要点\n1.压减一般性支出5%以上。\n2.年产饲料20万吨。").facts
    assert [fact.subject for fact in facts] == ["一般性支出", "年产饲料"]


def test_the_year_of_a_paper_is_a_year_and_no_quantity() -> None:
    assert read("白水镇工作计划\n粮食总产量1900吨以上。").document.year is None
    assert read("白水镇工作计划\n2024年粮食总产量1900吨以上。").document.year == 2024


def test_the_industry_of_transport_is_one_name_in_what_a_group_leads() -> None:
    text = (
        "2023年方案\n1.服务业推进专班\n牵头抓好交通运输及仓储和邮政业、营利性服务业等指标推进工作。"
    )
    (group,) = read(text).groups
    assert group.leads == ("交通运输及仓储和邮政业", "营利性服务业")
