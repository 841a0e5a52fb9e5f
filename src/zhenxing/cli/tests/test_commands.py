"""What the commands print and how they end."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests import cast
from zhenxing.cli.__main__ import main
from zhenxing.indicators.tests import make
from zhenxing.kernel.periods import Period
from zhenxing.papers import queries as paper_queries

if TYPE_CHECKING:
    from pathlib import Path

    from zhenxing.indicators.models import Indicator


@pytest.fixture
def paid_in(county: cast.County) -> Indicator:
    make.lamps()
    indicator = make.indicator("paid_in", "招商到位资金", county.statistics)
    make.target(county.town, indicator, "10000")
    make.figure(county.town, indicator, "2022-09", "5644", business_date=date(2022, 10, 18))
    make.figure(county.town, indicator, "2023-09", "5260")
    return indicator


def test_it_lists_county_and_towns(county: cast.County, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["month", "--list"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "H00 禾山县",
        "T01 青溪镇",
        "T02 石泉镇",
        "T03 河湾镇",
    ]


def test_it_tells_a_month_in_json_and_nothing_else(
    county: cast.County, paid_in: Indicator, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["month", "2023-09", "--unit", "T01", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["unit"], told["period"], told["as_of"]) == ("T01", "2023-09", "2023-10-20")
    row = told["rows"][0]
    assert (row["value"], row["completion"], row["lead"]) == ("5260", "52.60", "-22.40")
    assert row["growth"] == {"value": "-6.80", "given": False}
    assert (row["lamp"], row["standing"], row["targets"]) == ("red", "核定", ["≥10,000"])
    assert row["rank"] == {"place": 1, "of": 1, "move": None}


def test_it_tells_a_month_in_words(
    county: cast.County, paid_in: Indicator, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["month", "2023-09", "--unit", "T01"]) == 0
    assert "红灯 招商到位资金：5,260万元，完成52.60%" in capsys.readouterr().out


def test_what_lags_comes_first_and_what_is_not_there_is_not_written(
    county: cast.County, paid_in: Indicator, capsys: pytest.CaptureFixture[str]
) -> None:
    ahead = make.indicator("a_first_code", "乌鸡养殖", county.farming)
    quarterly = make.indicator(
        "income", "居民收入", county.statistics, release={"frequency": "quarter", "day": 24}
    )
    make.target(county.town, ahead, "100")
    make.figure(county.town, ahead, "2023-09", "90")
    make.target(county.town, quarterly, "100")
    make.figure(county.town, quarterly, "2023-Q2", "50")
    assert main(["month", "2023-09", "--unit", "T01"]) == 0
    lines = capsys.readouterr().out.splitlines()[1:]
    assert [line.split("：")[0] for line in lines] == [
        "红灯 招商到位资金", "绿灯 乌鸡养殖", "灰灯 居民收入",
    ]  # fmt: skip
    assert lines[2].startswith("灰灯 居民收入：2023年1—6月50万元，")
    assert "—，" not in "".join(lines)


def test_it_tells_what_was_known_on_a_day(
    county: cast.County, paid_in: Indicator, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["month", "2023-09", "--unit", "T01", "--as-of", "2023-10-01", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["rows"][0]["state"] == "not_published"


def test_missing_and_masked_are_words_in_json(
    county: cast.County, paid_in: Indicator, capsys: pytest.CaptureFixture[str]
) -> None:
    for code, absent in (("a", "missing"), ("b", "masked")):
        indicator = make.indicator(code, code, county.statistics)
        make.figure(county.town, indicator, "2023-09", None, absent=absent)
    main(["month", "2023-09", "--unit", "T01", "--json"])
    rows = json.loads(capsys.readouterr().out)["rows"]
    assert {row["indicator"]: row["value"] for row in rows} == {
        "a": "missing",
        "b": "masked",
        "paid_in": "5260",
    }


def test_it_writes_the_notice_of_the_page(
    county: cast.County, paid_in: Indicator, tmp_path: Path
) -> None:
    target = tmp_path / "通报.docx"
    assert main(["month", "2023-09", "--unit", "T01", "--docx", str(target)]) == 0
    september = Period.parse("2023-09")
    assert target.read_bytes() == paper_queries.month_notice(county.town, september, cast.TODAY)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["month"], "请写期间和单位"),
        (["month", "2023-09", "--unit", "T99"], "没有编码为「T99」的单位"),
        (["month", "九月", "--unit", "T01"], "九月"),
        (["submit", "没有.xlsx", "--by", "t01-g3-reporter"], "打不开文件"),
        (["read", "没有.txt"], "打不开文件"),
        (["month", "2023-09", "--unit", "T01", "--docx", "/no/such/folder/a.docx"], "写不了文件"),
    ],
)
def test_it_says_what_is_wrong_with_the_call(
    county: cast.County, words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(words) == 2
    assert said in capsys.readouterr().err


def test_a_form_that_is_none_is_refused_and_writes_nothing(
    county: cast.County, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    form = tmp_path / "表.xlsx"
    form.write_text("不是表", encoding="utf-8")
    assert main(["submit", str(form), "--by", "t01-g3-reporter"]) == 1
    assert "表.xlsx" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == [form]


def test_verify_ends_with_zero_on_a_whole_ledger(
    county: cast.County, paid_in: Indicator, capsys: pytest.CaptureFixture[str]
) -> None:
    code = main(["verify"])
    said = capsys.readouterr().out
    assert "封存的数据" in said
    assert (code == 0) is ("账本完整" in said)


def test_it_reads_a_paper_without_a_site(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    paper = tmp_path / "方案.txt"
    paper.write_text("2023年工作计划\n确保全年种植中药材540亩。\n", encoding="utf-8")
    assert main(["read", str(paper), "--json"]) == 0
    fact = json.loads(capsys.readouterr().out)["facts"][0]
    assert (fact["value"], fact["unit"], fact["kind"]) == (540, "亩", "target")
