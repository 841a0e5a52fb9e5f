"""The workbook an office signs: every formula gives the published number."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from random import Random

import pytest

from zhenxing.engine.schemes import Facts, Run
from zhenxing.engine.schemes.sheets import Cell, Page, cell_name, value_of
from zhenxing.engine.schemes.workbook import pages
from zhenxing.engine.tests.schemes.make import HEAD, facts_of, figures, run_of
from zhenxing.engine.tests.schemes.random_schemes import case
from zhenxing.engine.tests.schemes.test_comparing import of_case_run
from zhenxing.kernel.rounding import half_up
from zhenxing.kernel.worked import Worked

REFERENCE = re.compile(r"(?:'([^']+)'!)?([A-Z]+\d+)(?::([A-Z]+\d+))?")


class Clerk:
    """Works formulas out again, as a spreadsheet does."""

    def __init__(self, found: list[Page]) -> None:
        self.cells: dict[tuple[str, str], Cell] = {
            (page.name, cell_name(place, line)): cell
            for page in found
            for line, row in enumerate(page.rows)
            for place, cell in enumerate(row)
        }
        self.order = {
            page.name: [cell_name(place, 0)[:-1] for place in range(len(page.columns))]
            for page in found
        }

    def figure(self, page: str, name: str) -> Decimal | None:
        cell = self.cells[page, name]
        return self.worked(page, cell.formula) if isinstance(cell, Worked) else value_of(cell)

    def worked(self, page: str, formula: str) -> Decimal:
        def read(match: re.Match[str]) -> str:
            sheet, first, last = match[1] or page, match[2], match[3]
            names = [first] if last is None else self.between(sheet, first, last)
            known = [self.figure(sheet, name) for name in names]
            return ",".join(f"Decimal('{each}')" for each in known if each is not None)

        text = REFERENCE.sub(read, formula)
        text = re.sub(r"(?<![\w.'])(\d+(?:\.\d+)?)(?![\w.'])", r"Decimal('\1')", text)
        said = {
            "ROUND": lambda value, places: half_up(value, int(places)), "MIN": min, "MAX": max,
            "SUM": lambda *all_: sum(all_, Decimal(0)), "Decimal": Decimal,
            "IF": lambda test, then, otherwise: then if test else otherwise,
        }  # fmt: skip
        return Decimal(eval(text, {"__builtins__": {}}, said))  # noqa: S307  # our own formulas

    def between(self, sheet: str, first: str, last: str) -> list[str]:
        line = re.sub(r"\D", "", first)
        columns = self.order[sheet]
        start, end = (columns.index(name.removesuffix(line)) for name in (first, last))
        return [f"{column}{line}" for column in columns[start : end + 1]]


def checked(this: Run) -> tuple[list[Page], int]:
    """Work every formula out again; return the pages and how many formulas there are."""
    found = pages(this, "1.2.3")
    clerk = Clerk(found)
    formulas = {key: cell for key, cell in clerk.cells.items() if isinstance(cell, Worked)}
    for (page, name), cell in formulas.items():
        assert clerk.worked(page, cell.formula) == cell.value, (page, name, cell)
    return found, len(formulas)


RULES = """
{id: a, name: 投资, lead: 县统计局, points: 12, rule: {completion: {cap: 1.2}}}
{id: b, name: "质量/效益's", value: a, points: 5, target: 8, rule: pass}
{id: c, name: 能耗, value: tax, points: 6, better: lower, target: 3, rule: {completion: {cap: 1,
    floor: 0.5}}}
{id: d, name: 位次, value: tax, points: 6, rule: {rank_steps: {step: 2, floor: 1}}}
{id: e, name: 排列, value: tax, points: 6, rule: {rank_between: {first: 6, last: 2}}}
{id: f, name: 最好, value: tax, points: 6, rule: best_ratio}
{id: g, name: 最低, value: tax, points: 6, better: lower, rule: best_ratio}
{id: h, name: 低于, value: tax, points: 6, better: lower, target: 5, rule: pass}
{id: i, name: 降, value: tax, points: 6, rule: {rank_steps: {step: 1}}}
{id: j, name: 门槛, value: tax, points: 6, target: 5, gate: {when: a > 6, otherwise: 0}, rule: pass}
{id: l, name: 不限, value: tax, points: 6, target: 5, rule: {completion: {floor: 0}}}
{id: m, name: 负数, value: 0 - tax, points: 6, target: 5, rule: {completion: {cap: 1}}}
{id: k, name: 算式, value: tax, points: 6, rule: {formula: P / 7}}
"""
MORE = """
bonus: [{id: z, name: 加分, rule: {formula: tax}}]
bonus_cap: 3
penalties: [{id: p, name: 通报, rule: {formula: 1.5}}]
grades: {by: score, bands: [{优: 50}, {良: 0}]}
"""


def facts() -> Facts:
    units = "unit,name,class;T01,=1+1镇,山;T02,乙镇,山;T03,丙镇,川;T04,丁镇,"
    values = figures({"a": "8 20 7", "tax": "5 7 1"})
    return facts_of(units=units, figures=values, targets="T01,a,2023,16;T02,a,2023,16;T03,a,2023,9")


def test_a_clerk_who_works_it_out_again_finds_the_same() -> None:
    this = run_of(RULES, facts(), more=MORE)
    found, count = checked(this)
    assert count > 90
    names = [page.name for page in found]
    assert names[:4] == ["汇总", "分项得分", "1 投资", "2 质量_效益_s"]
    assert names[-1] == "问题"
    summary = found[0]
    assert [column.title for column in summary.columns] == [
        "编码", "单位", "名次", "s", "加分项", "扣分项", "总分", "等次", "备注",
    ]  # fmt: skip
    first = next(row for row in summary.rows if row[0] == "T02")
    assert first[6] == Worked("ROUND(D3+E3-F3,2)", Decimal("64.01"))
    assert value_of(first[4]) == 3


def test_a_rule_that_is_plain_stands_as_a_formula() -> None:
    found, _ = checked(run_of(RULES, facts(), more=MORE))
    by_name = {page.name.partition(" ")[2]: page for page in found[2:-1]}
    written = {name: cell(page).formula for name, page in by_name.items() if formula_in(page)}
    assert written == {
        "投资": "ROUND(E3*MIN(C3/D3,1.2),4)", "质量_效益_s": "ROUND(IF(C3>=D3,E3,0),4)",
        "能耗": "ROUND(E3*MAX(MIN(D3/C3,1),0.5),4)", "位次": "ROUND(MAX(E3-2*(D3-1),1),4)",
        "排列": "ROUND(6-(4)*(D3-1)/(E3-1),4)", "最好": "ROUND(E3*C3/D3,4)",
        "最低": "ROUND(E3*D3/C3,4)", "低于": "ROUND(IF(C3<=D3,E3,0),4)",
        "降": "ROUND(E3-1*(D3-1),4)",
        "不限": "ROUND(E3*C3/D3,4)", "负数": "ROUND(F3*MAX(MIN(C3/D3,1),0),4)",
    }  # fmt: skip
    assert "责任部门：县统计局" in by_name["投资"].notes


def test_what_a_spreadsheet_would_reckon_otherwise_stays_a_number() -> None:
    items = "{id: a, points: 9, value: 0 - tax, rule: best_ratio}"
    this = run_of(items, facts_of(figures=figures({"tax": "-5 7"})))
    item = checked(this)[0][2]
    assert isinstance(item.rows[0][-2], Worked)
    assert item.rows[1][-2] == Decimal("0.0000")  # the rule stops at 0, the ratio does not


def cell(page: Page) -> Worked:
    found = page.rows[0][-2]
    assert isinstance(found, Worked)
    return found


def formula_in(page: Page) -> bool:
    return isinstance(page.rows[0][-2], Worked)


def test_the_foot_can_be_signed_and_traced() -> None:
    this = run_of(RULES, facts(), more=f"{MORE}\ngroups: {{by: class}}")
    summary = pages(this, "1.2.3")[0]
    told = "\n".join(summary.notes)
    assert "依据：试（试发〔2023〕1号）；考核期：2023。" in told
    assert "未参加计分：丁镇" in told
    assert f"（SHA-256）：{this.scheme.digest}；计分程序版本：1.2.3" in told
    assert "计分人：____________    复核人：" in told
    assert [row[2] for row in summary.rows] == ["山", "山", "川"]


def test_what_is_missing_has_no_number_in_it() -> None:
    more = (
        "veto: [{when: tax > 5, effect: unranked}]\nbars: [{when: tax > 4, effect: not_eligible}]"
    )
    this = run_of(
        "{id: a, name: 投资, points: 12, rule: {completion: {cap: 1}}}\n"
        "{id: w, name: 属性, points: 2, rule: {formula: 'P if class == \"山\" else 0'}}",
        facts_of(
            units="unit,name,class;T01,甲镇,山;T02,乙镇,川",
            figures=figures({"a": "8", "tax": "5 7"}), targets="T01,a,2023,16;T02,a,2023,16",
        ), more=more,
    )  # fmt: skip
    found, _ = checked(this)
    summary, matrix, item, words = found[:4]
    assert [(row[0], row[2], row[-2], row[-1]) for row in summary.rows[1:]] == [
        ("T02", "—", "暂缺", "取消评先，有分项没有得分")
    ]
    assert matrix.rows[1][2] == "—"
    assert (item.rows[1][2], item.rows[1][-2]) == ("缺", "—")
    assert words.rows[0][2] == "山"
    assert found[-1].rows[0][0] == 1
    taxed = facts_of(figures=figures({"tax": "5 7"}))
    gone = run_of("{id: a, points: 9, rule: {formula: 1}}", taxed, more=more)
    assert [row[-1] for row in pages(gone, "1")[0].rows] == ["取消评先", "取消评先，未排名"]


def test_a_total_of_its_own_is_a_number_and_says_so() -> None:
    this = run_of("{id: a, points: 9, rule: {formula: 7}}", facts_of(), more="total: s / 2")
    summary = checked(this)[0][0]
    assert (summary.rows[0][-2], summary.rows[0][-1]) == (Decimal("3.50"), "总分按方案的算式")
    assert "总分算式：s / 2" in summary.notes
    head = HEAD.replace("year: 2023", "year: 2023, missing: exclude")
    items = "{id: a, points: 9, rule: {formula: 6}}\n{id: b, points: 9, rule: {formula: b}}"
    scaled = checked(run_of(items, facts_of(), head=head))[0][0]
    assert (scaled.rows[0][-2], scaled.rows[0][-1]) == (Decimal("12.00"), "总分不是各板块直接相加")
    summed = HEAD.replace("year: 2023", "year: 2023, rounding: {total: sum_of_items}")
    whole = checked(run_of("{id: a, points: 9, rule: {formula: 2}}", facts_of(), head=summed))[0][0]
    assert whole.rows[0][-2] == Worked("ROUND(D3,4)", Decimal("2.0000"))


def test_nothing_scored_leaves_the_problems() -> None:
    refused = run_of("{id: a, points: 9, rule: {formula: 7}}", facts_of(), period="2019")
    found = pages(refused, "1")
    assert [page.name for page in found] == ["问题"]
    fine = run_of("{id: a, points: 9, rule: {formula: 7}}", facts_of())
    assert pages(fine, "1")[-1].notes == ("没有问题。",)


@pytest.mark.parametrize("seed", range(12))
def test_random_schemes_work_out_again(seed: int) -> None:
    drawn = case(Random(seed))  # noqa: S311  # a play, nothing secret
    this = of_case_run(drawn)
    if this.compiled is not None:
        found, _ = checked(this)
        totals: Mapping[str, str | None] = {row.unit: row.total for row in this.result.rows}
        place = [column.title for column in found[0].columns].index("总分") if this.units else 0
        for row in found[0].rows if this.units else ():
            published = totals[str(row[0])]
            assert value_of(row[place]) == (None if published is None else Decimal(published))
