"""Rules as readers meet them: names for codes, words for signs; the rule itself stays beside."""

from __future__ import annotations

from pathlib import Path

import pytest

from zhenxing.assessment.naming import named, words_of
from zhenxing.assessment.scheme_table import table
from zhenxing.engine import schemes

NAMES = {
    "fai": "固定资产投资", "paid_in": "到位资金", "contract_amount": "合同额",
    "rural_income": "农民收入",
}  # fmt: skip
PACK = Path(__file__).parents[4] / "packs/heshan/schemes"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("paid_in >= 20% * contract_amount", "到位资金 ≥ 20% × 合同额"),
        ("target(rural_income)", "农民收入目标"),
        ("prev(fai)", "上年固定资产投资"),
        ('count(省级表彰) > 0 and grade == "良好"', '省级表彰件数 > 0且等次 = "良好"'),
        ("max(0, P - 2 × months_late)", "取大(0，满分 - 2 × 迟报月数)"),
        ("100 * fai / people", "100 × 固定资产投资 ÷ 人口"),
        ("rural_income_growth", "农民收入增速"),
        ("fai if class == 1 else 0", "固定资产投资，若类别 = 1；否则0"),
        ("按x分档：≥100得P分", "按实绩分档：≥100得满分"),
        ("score(party-2023)", "party-2023得分"),
        ("缺指标「fai」（数未公开（*））", "缺指标「固定资产投资」（数未公开（*））"),
        ("T01 不动，5G、unknown_code 也不动", "T01 不动，5G、unknown_code 也不动"),
        ("目标「/」", "目标「/」"),
    ],
)
def test_codes_become_names_and_signs_become_words(written: str, read: str) -> None:
    assert named(written, words_of(NAMES.items())) == read


def test_a_schemes_own_sections_and_items_are_named_but_never_for_an_indicator() -> None:
    text = (PACK / "group-month.yaml").read_text("utf-8")
    scheme, _ = schemes.load(text, "group-month.yaml")
    assert scheme is not None
    words = words_of([("fai", "投资额")], scheme)
    assert named("(indicators + work) * 2 - penalties", words) == (
        "(指标推进 + 工作落实) × 2 - 扣分项"
    )
    assert named("fai", words) == "投资额"


def test_a_documents_table_keeps_what_is_written_beside_what_is_read() -> None:
    text = (PACK / "town-hill.yaml").read_text("utf-8")
    scheme, _ = schemes.load(text, "town-hill.yaml")
    assert scheme is not None
    lines = {line.code: line for part in table(scheme, NAMES).parts for line in part.lines}
    contract = lines["contract_amount"]
    assert "到位资金 ≥ 20% × 合同额不成立时得0分" in contract.rule
    assert "paid_in >= 20% * contract_amount" in contract.raw["rule"]
    assert (lines["fai"].data, lines["fai"].raw) == ("固定资产投资", {"data": "fai"})
    notes = dict(table(scheme, NAMES).notes)
    assert notes["取消评先"] == "到位资金 < 50% × 到位资金目标 → 不得评先"
