"""Totals, grades, vetoes, bars, shifts, consecutive periods, what stands outside the full mark."""

from __future__ import annotations

from zhenxing.engine.tests.schemes.make import FAI, of, ranks, told, totals


def test_veto_bars_shifts_and_grades_in_their_order() -> None:
    more = """
grades: {by: score, bands: [{优秀: 10}, {良好: 5}, {不合格: 0}]}
shifts: [{when: 'grade == "良好"', by: 1}]
veto: [{when: count(accident) > 0, effect: 不合格}, {when: fai == 8, effect: unranked}]
bars: [{when: fai < 9, effect: not_eligible}]
"""
    tables = {"events": "e1,T01,accident,2023-05-01,;e2,T02,accident,2022-05-01,"}
    result = of("{id: fai, points: 9, rule: {formula: x}}", "10 6 8 1", more=more, tables=tables)
    assert {r.unit: (r.rank, r.of, r.grade, r.eligible) for r in result.rows} == {
        "T01": (1, 3, "不合格", True), "T02": (2, 3, "优秀", False), "T04": (3, 3, "不合格", False),
        "T03": (None, 3, "优秀", False),
    }  # fmt: skip


def test_quotas_count_on_the_group_and_ties_at_the_edge_enter() -> None:
    more = "grades: {by: quota, bands: [{优秀: 30%, min: 5}, {良好: 40%}, {合格: rest}]}"
    grades = {
        row.unit: row.grade
        for row in of("{id: fai, points: 9, rule: {formula: x}}", "9 8 8 8 4 3 2", more=more).rows
    }
    # 30 % and 40 % of seven: two and two. Three tie for rank 2; T05 is beyond both counts.
    assert list(grades.values()) == ["优秀", "优秀", "优秀", "优秀", "合格", "合格", "合格"]


def test_two_bad_years_in_a_row_are_told() -> None:
    more = """
grades: {by: score, bands: [{合格: 5}, {不合格: 0}]}
consecutive: {periods: 2, when: 'grade == "不合格"', effect: replace}
"""
    previous = {"rows": [{"unit": "T01", "grade": "不合格"}, {"unit": "T02", "grade": "合格"}]}
    item = "{id: fai, points: 9, rule: {formula: x}}"
    result = of(item, "3 3 9", more=more, previous=[previous])
    assert told(result) == ["T01：「T01」连续2期符合调整条件；请按试发〔2023〕1号办理调整。"]
    assert told(of(item, "3 3 9", more=more)) == []


def test_conditions_that_cannot_be_judged_do_not_hold_and_are_told() -> None:
    more = "veto: [{when: tax > 1, effect: unranked}]"
    result = of(FAI, "8", more=more)
    assert ranks(result) == {"T01": 1}
    assert any("veto第1条无法判断，按不成立计：缺指标「tax」" in each for each in told(result))


def test_bonus_and_penalty_stand_outside_the_full_mark_and_are_capped() -> None:
    more = """
bonus: [{id: b, value: fai, rule: {formula: x}}, {id: c, value: tax, rule: {formula: x}}]
bonus_cap: 2
penalties: [{id: p, rule: {events: {event: late, each: 1}}}]
penalty_cap: 3
"""
    tables = {"events": ";".join(f"e{n},T01,late,2023-01-0{n}," for n in range(1, 6))}
    result = of("{id: fai, points: 9, rule: {formula: x}}", "5", more=more, tables=tables)
    assert totals(result) == {"T01": "4.00"}
    row = result.rows[0]
    assert {code: (item.score, item.points) for code, item in row.items.items()} == {
        "fai": ("5.0000", "9"), "b": ("5.0000", "0"), "c": ("0.0000", "0"), "p": ("5.0000", "0"),
    }  # fmt: skip
    assert row.items["p"].why == "扣分项，按「late」每件1分：事项得分=5，得5.0000分"
    assert any("「c」缺指标「tax」" in each and "该项计0分" in each for each in told(result))


def test_a_total_of_its_own_and_another_schemes_total() -> None:
    other = {
        "scheme": "party",
        "rows": [{"unit": "T01", "total": "80"}, {"unit": "T02", "total": None}],
    }
    result = of(
        "{id: fai, points: 9, rule: {formula: x}}", "5 5",
        more="total: 0.3 * score(party) + 0.7 * s", others=[other, {"scheme": 1}],
    )  # fmt: skip
    assert totals(result) == {"T01": "27.50", "T02": None}
    assert any("带上的结果不是" in each for each in told(result))
