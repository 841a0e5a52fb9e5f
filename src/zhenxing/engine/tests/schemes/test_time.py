"""Scoring over time: the year to date, schedules, windows, events, raters, late returns."""

from __future__ import annotations

import pytest

from zhenxing.engine.tests.schemes.make import FAI, HEAD, of, scores, told


def months(values: str, year: int = 2023, first: int = 1, unit: str = "T01") -> str:
    return ";".join(f"{unit},fai,{year}-{m:02},{v}" for m, v in enumerate(values.split(), first))


@pytest.mark.parametrize(
    ("head", "rows", "period", "x"),
    [
        ("", "T01,fai,2023-06,6;T01,fai,2023,12", "2023-Q2", "6"),
        ("", "T01,fai,2023-H1,6", "2023-06", "6"),
        ("monthly: current", months("1 2 3 4"), "2023-04", "10"),
        ("monthly: current", months("1 2 - 4").replace("-,", ","), "2023-04", None),
        ("monthly: current", months("1 2") + ";T01,fai,2023-Q1,9", "2023-03", "9"),
        ("monthly: current, as_is: [fai]", months("1 2 3 4"), "2023-04", "4"),
        ("window: [2022-12, 2023-11]", months("90 95 100", 2022, 10) + ";T01,fai,2023-11,40",
            None, "45"),
        ("window: [2023-03, 2023-08]", months("1 3 6 10 15 21 28 36"), None, "33"),
        ("window: [2022-12, 2023-11]", months("90 95 100", 2022, 10), "2022-12", "5"),
    ],
)  # fmt: skip
def test_the_year_to_date(head: str, rows: str, period: str | None, x: str | None) -> None:
    head_ = HEAD.replace("year", f"{head}, year") if head else HEAD
    rows = rows.replace(",-;", ",;")
    result = of(
        "{id: fai, points: 9, rule: {formula: x}}",
        "1",
        tables={"figures": rows},
        head=head_,
        period=period,
    )
    assert result.rows[0].items["fai"].inputs["x"] == x
    last = {"window: [2022-12, 2023-11]": "2023-11", "window: [2023-03, 2023-08]": "2023-08"}
    assert result.period == (period or last[head])


def test_two_figures_of_one_cut_off_are_told() -> None:
    rows = "T01,fai,2023-12,6;T01,fai,2023,12"
    result = of(
        f"{FAI}\n{{id: b, value: fai, points: 1, rule: pass, target: 1}}",
        "1",
        tables={"figures": rows},
    )
    assert told(result) == [
        (
            "figures.csv 第3行：「T01」「fai」到2023年12月的数写了两次（figures.csv 第2行），以月份"
            "的为准；请只留一行。"
        )
    ]


def test_a_schedule_is_the_years_target_by_month_or_curve() -> None:
    item = "{id: fai, points: 9, target: schedule, rule: {formula: T}}"
    tables = {"figures": "T01,fai,2023-06,1", "targets": "T01,fai,2023,100;T01,fai,2023-06,70"}
    assert scores(of(item, "1", tables=tables, period="2023-06"), "fai") == {"T01": "50.0000"}
    curve = "curves: {fai: [0,0,0,0,0,44,44,44,44,80,100,100]}"
    result = of(item, "1", tables=tables, period="2023-06", more=curve)
    assert scores(result, "fai") == {"T01": "44.0000"}
    plain = of(item.replace(" target: schedule,", ""), "1", tables=tables, period="2023-06")
    assert scores(plain, "fai") == {"T01": "70.0000"}


@pytest.mark.parametrize(
    ("period", "what"),
    [("十月", "期别「十月」不认识"), ("2022-10", "2022年10月不在方案的考核期内")],
)
def test_a_period_that_cannot_be_scored_is_told(period: str, what: str) -> None:
    result = of(FAI, "1", period=period)
    assert result.rows == ()
    assert what in told(result)[0]


def test_events_count_once_inside_the_window_and_by_period() -> None:
    events = (
        "e1,T01,签约,2023-01-05,12;e1,T01,签约,2023-02-05,50;e2,T01,签约,2023-01-06,4;"
        "e3,T01,签约,2023-07-01,;e4,T01,签约,2023-12-31,6;e5,T01,开工,2023-03-01,9;e6,T02,签约,2022-12-31,9"
    )
    rule = "{event: 签约, amount_tiers: [[10, 20], [5, 10]], per: quarter, at_most: 1, cap: 25}"
    items = (
        f"{{id: a, points: 9, rule: {{events: {rule}}}}}\n{{id: b, points: 9, rule: {{formula: "
        f"count(签约) + amount(签约)}}}}"
    )
    result = of(items, "1 1", tables={"events": events})
    assert scores(result, "a") == {"T01": "25.0000", "T02": "0.0000"}
    assert scores(result, "b") == {"T01": "26.0000", "T02": "0.0000"}
    assert told(result)[0].startswith(
        "events.csv 第7行：方案没有用到事项「开工」，本行不计；请改为签约。"
    )
    no_events = of(FAI, "1", tables={"events": "e,T01,签约,2023-01-01,"})
    assert "请删去，或补进方案" in told(no_events)[0]


def test_raters_are_averaged_by_class_without_the_extremes() -> None:
    ratings = ";".join(
        f"T01,a,p{n},{c},{v}"
        for n, (c, v) in enumerate([("专家", 60), ("专家", 80), ("专家", 100), ("群众", 90)])
    )
    extra = (
        ";T01,a,p8,路人,50;T01,a,p9,专家,101;T01,a,p10,专家,好;T01,z,p1,专家,1;T01,b,p1,,良;T01"
        ",b,p2,,优;T01,b,p3,,差"
    )
    rule = "{ratings: {by: {专家: 70%, 群众: 0.3}, drop: extremes}}"
    blend = (
        "{blend: [{share: 0.5, rule: {ratings: {by: {专家: 1}}}}, {share: 0.5, rule: {formula: "
        "P}}]}"
    )
    items = (
        f"{{id: a, points: 10, rule: {rule}}}\n{{id: b, points: 3, rule: {{judged: {{优: 3, 良:"
        f" 2}}}}}}\n{{id: c, points: 4, rule: {blend}}}"
    )
    rows = f"{ratings}{extra};T01,c,p1,专家,50"
    result = of(items, "1", tables={"ratings": rows})
    assert [item.score for item in result.rows[0].items.values()] == ["8.3000", "2.5000", "3.0000"]
    assert sorted(each.split("：", 1)[1] for each in told(result)) == [
        "方案里没有要评的分项「z」，本行不计；请改为a、b、c。",
        "评分「101」不是0—100的数，本行不计；请核对这一评分。",
        "评分「好」不是0—100的数，本行不计；请核对这一评分。",
        "评分人类别「路人」不在方案里，本行不计；请改为专家、群众。",
        "评语「差」不在方案里，本行不计；请改为优、良。",
    ]


def test_late_and_missing_returns_are_counted() -> None:
    figures_ = (
        "unit,indicator,period,value,reported;T01,fai,2023-01,1,2023-01-25;T01,fai,2023-02,2,2023-02-26;"
        "T01,tax,2023-02,,2023-02-26;T01,fai,2023-04,2,"
    )
    items = "{id: a, points: 9, rule: {formula: P - months_late - 2 * months_missing}}"
    head = HEAD.replace("year", "due: 25, year")
    result = of(items, "1", tables={"figures": figures_}, head=head, period="2023-05")
    assert scores(result, "a") == {"T01": "4.0000"}
