"""Schemes scored, compared and tried from the command line, without a site."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from openpyxl import load_workbook

from zhenxing.cli.__main__ import main
from zhenxing.engine.schemes import reference
from zhenxing.engine.tests.schemes.make import HEAD, text_of

ROOT = Path(__file__).parents[4]
HILL = ROOT / "packs" / "heshan" / "schemes" / "town-hill.yaml"
ITEMS = """
{id: fai, name: 固定资产投资, lead: 县统计局, points: 12, rule: {completion: {cap: 1}}}
{id: tax, name: 税收, points: 6, rule: {rank_steps: {step: 2, floor: 0}}}
"""
TABLES = {
    "units": "unit,name\nT01,=甲镇\nT02,乙镇\nT03,丙镇\n",
    "figures": (
        "unit,indicator,period,value\nT01,fai,2023,8\nT02,fai,2023,16\nT03,fai,2023,4\n"
        "T01,tax,2023,5\nT02,tax,2023,7\nT03,tax,2023,1\n"
    ),
    "targets": "unit,indicator,period,target\nT01,fai,2023,16\nT02,fai,2023,16\nT03,fai,2023,16\n",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "scheme.yaml").write_text(text_of(ITEMS), encoding="utf-8")
    (tmp_path / "new.yaml").write_text(
        text_of(ITEMS.replace("step: 2", "step: 1")), encoding="utf-8"
    )
    for name, text in TABLES.items():
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    return tmp_path


@pytest.fixture
def score(folder: Path) -> list[str]:
    return ["score", str(folder / "scheme.yaml"), str(folder)]


def said(capsys: pytest.CaptureFixture[str], words: list[str], code: int = 0) -> str:
    """Run a command that ends with a code; return what it printed, then what it told."""
    assert main(words) == code
    told = capsys.readouterr()
    return told.out + told.err


def test_it_prints_a_ranked_table(score: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    lines = said(capsys, score).splitlines()
    assert lines[2:4] == [
        "名次  编码  单位       s   总分  备注", "   1  T02   乙镇   18.00  18.00",
    ]  # fmt: skip


def test_it_explains_a_unit_item_by_item(
    score: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    text = said(capsys, [*score, "--explain", "T01"])
    assert "距前一名乙镇差8分。" in text
    assert "   算法：P=12，x=8，T=16，得6.0000分" in text
    assert "figures.csv 第2行" in text
    told = json.loads(said(capsys, [*score, "--explain", "T01", "--json"]))
    assert told["ahead"] == {"name": "乙镇", "by": "8"}
    assert [(each["item"], each["lost"], each["one_more"]) for each in told["items"]] == [
        ("fai", "6", "0.75"), ("tax", "2", "0"),
    ]  # fmt: skip
    assert told["parts"][0]["score"] == "10.0000"
    unknown = said(capsys, [*score, "--explain", "T9"], 1)
    assert unknown.startswith("--explain：「T9」不在计分单位里；请写其中一个的编码：T01=甲镇")


def test_json_is_the_same_bytes_again(score: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    first, second = (said(capsys, [*score, "--json"]) for _ in range(2))
    assert first == second
    told = json.loads(first)
    assert [(row["unit"], row["total"]) for row in told["rows"]] == [
        ("T02", "18.00"), ("T01", "10.00"), ("T03", "5.00"),
    ]  # fmt: skip
    assert len(told["rules"]) == 64


def test_a_workbook_is_written_the_same_again(
    score: list[str], folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    written = folder / "out.xlsx"
    assert said(capsys, [*score, "--xlsx", str(written)]) == (
        f"已写成 {written}：3个单位，问题0条。\n"
    )
    data = written.read_bytes()
    said(capsys, [*score, "--xlsx", str(written)])
    assert written.read_bytes() == data
    values, formulas = (load_workbook(io.BytesIO(data), data_only=only) for only in (True, False))
    assert formulas.sheetnames == ["汇总", "分项得分", "1 固定资产投资", "2 税收", "问题"]
    total = formulas["汇总"]["E3"]
    assert (total.value, values["汇总"]["E3"].value) == ("=ROUND(D3,2)", 18)
    assert formulas["分项得分"]["C3"].value == "='1 固定资产投资'!F3"
    name = next(row[1] for row in formulas["汇总"].iter_rows(min_row=3) if row[0].value == "T01")
    assert (name.value, name.data_type) == ("'=甲镇", "s")
    refused = said(capsys, [*score, "--xlsx", str(folder / "no" / "out.xlsx")], 1)
    assert "写不进去（No such file or directory）；请核对路径和权限。" in refused
    wrong = said(capsys, [*score, "--xlsx", str(written), "--json"], 2)
    assert wrong == "--xlsx 单独用，不和 --json、--explain 一起；请看 zhenxing score --help。\n"


def test_what_stops_a_scoring_is_a_sentence(
    score: list[str], folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "打不开" in said(capsys, ["score", str(folder / "no.yaml"), str(folder)], 1)
    told = json.loads(said(capsys, ["score", str(folder / "no.yaml"), str(folder), "--json"], 1))
    assert (told["rows"], told["problems"][0]["where"]) == ([], "no.yaml")
    assert "不在方案的考核期内" in said(capsys, [*score, "--period", "2019"], 1)
    assert "no.json：打不开" in said(capsys, [*score, "--with", str(folder / "no.json")], 1)
    assert "no.json：打不开" in said(capsys, [*score, "--previous", str(folder / "no.json")], 1)
    assert "打不开" in said(capsys, [*score[:2], str(folder / "nowhere")], 1)
    (folder / "units.csv").write_text("unit,name\n", encoding="utf-8")
    told_ = said(capsys, score, 1)
    assert told_.startswith("figures.csv 第2行：单位表里没有「T01」")
    assert told_.endswith(f"{folder}：没有一个可以计分的单位；请核对单位表units。\n")


def test_figures_that_end_early_are_named(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = TABLES["figures"].replace(",2023,", ",2023-10,")
    (folder / "figures.csv").write_text(text, encoding="utf-8")
    score = ["score", str(folder / "scheme.yaml"), str(folder)]
    told = said(capsys, score)
    assert "没有一个单位有总分；数只到2023年10月，要算到那时请加 --period 2023-10。" in told
    assert "18.00" in said(capsys, [*score, "--period", "2023-10"])
    gone = text.replace("2023-10", "2022-10")
    (folder / "figures.csv").write_text(gone, encoding="utf-8")
    assert "数只到" not in said(capsys, score)
    (folder / "figures.csv").write_text("unit,indicator,period,value\n", encoding="utf-8")
    assert "数只到" not in said(capsys, score)


def test_many_problems_are_cut_on_the_terminal(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    units = "unit,name\n" + "".join(f"T{n:02},单位{n}\n" for n in range(40))
    (folder / "units.csv").write_text(units, encoding="utf-8")
    told = said(capsys, ["score", str(folder / "scheme.yaml"), str(folder)])
    assert "  还有" in told
    assert "--json或--xlsx里有全部。" in told


def test_two_results_are_compared(
    score: list[str], folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old, new = folder / "old.json", folder / "new.json"
    old.write_text(said(capsys, [*score, "--json"]), encoding="utf-8")
    figures = TABLES["figures"].replace("T01,fai,2023,8", "T01,fai,2023,32")
    (folder / "figures.csv").write_text(
        figures.replace("T01,tax,2023,5", "T01,tax,2023,9"), encoding="utf-8"
    )
    new.write_text(said(capsys, [*score, "--json"]), encoding="utf-8")
    compare = ["compare", str(old), str(new)]
    text = said(capsys, [*compare, "--scheme", score[1], "--facts", str(folder)])
    assert text.splitlines()[0] == "=甲镇 第2名→第1名：规则0，数据修订+1，自身0，其他单位0"
    assert "  固定资产投资+6分，数据修订" in text
    assert "T01 第2名→第1名" in said(capsys, compare)
    told = json.loads(said(capsys, [*compare, "--json"]))
    assert told["moves"][0]["parts"] == {"rules": 0, "revised": 1, "own": 0, "others": 0}
    old.write_text('{"rows": []}', encoding="utf-8")
    assert "old.json、new.json：不是zhenxing score --json的结果" in said(capsys, compare, 1)
    new.write_text('{"period": "2023", "rows": []}', encoding="utf-8")
    assert said(capsys, ["compare", str(new), str(new)]) == "没有在两份结果里都排了名的单位。\n"


def test_schemes_are_checked_all_at_once(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good = str(folder / "scheme.yaml")
    assert said(capsys, ["scheme", "check", good, str(HILL)]) == "检查了2份方案，没有问题。\n"
    bad = folder / "bad.yaml"
    bad.write_text("scheme: {id: a}\nsectoins: []\n", encoding="utf-8")
    told = said(capsys, ["scheme", "check", good, str(bad), str(folder / "no.yaml")], 1)
    assert "bad.yaml 第2行" in told
    assert "no.yaml：打不开" in told
    assert len(told.splitlines()) > 3
    assert "打不开" in said(capsys, ["scheme", "show", str(folder / "no.yaml")], 1)


def test_a_folders_list_of_schemes_is_passed_over_and_told(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = sorted(str(path) for path in HILL.parent.glob("*.yaml"))
    told = said(capsys, ["scheme", "check", *files]).splitlines()
    assert told[0] == "index.yaml 是各方案的目录，不是方案，跳过。"
    assert told[-1] == f"检查了{len(files) - 1}份方案，没有问题。"
    alone = said(capsys, ["scheme", "check", str(HILL.parent / "index.yaml")])
    assert "跳过" in alone
    assert "没有问题" not in alone
    assert "打不开" in said(capsys, ["scheme", "check", str(folder / "index.yaml")], 1)


def test_a_warning_does_not_refuse_a_scheme(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    warned = folder / "warned.yaml"
    item = "{id: a, points: 9, rule: {tiers: {bands: [{at_least: 3, points: 8}]}}}"
    warned.write_text(text_of(item, head=HEAD), encoding="utf-8")
    told = said(capsys, ["scheme", "check", str(warned)])
    assert told.startswith("提示：warned.yaml")


def test_a_scheme_is_shown_as_the_table_of_its_document(
    capsys: pytest.CaptureFixture[str],
) -> None:
    text = said(capsys, ["scheme", "show", str(HILL)])
    assert "| 分项 | 分值 | 计分办法 | 责任部门 |" in text
    assert "固定资产投资" in text


def test_the_language_is_printed_and_stands_in_the_reference(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = ROOT / "docs" / "reference" / "schemes.md"
    assert page.read_text(encoding="utf-8") == reference.text()
    assert said(capsys, ["scheme", "docs"]) == reference.text()
    to = folder / "language.md"
    assert said(capsys, ["scheme", "docs", "--to", str(to)]) == f"已写成 {to}。\n"
    assert to.read_text(encoding="utf-8") == reference.text()
    assert "写不进去" in said(capsys, ["scheme", "docs", "--to", str(folder)], 1)


def test_how_firm_a_ranking_is(score: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    robust = ["robust", *score[1:], "--runs", "50", "--seed", "3", "--noise", "12.5"]
    text = said(capsys, robust)
    assert "各项分值上下浮动12.5%（总分值不变），算50次，种子3。" in text
    told = json.loads(said(capsys, [*robust, "--json"]))
    assert [each["rank"] for each in told["units"]] == [1, 2, 3]
    assert "次数0不在1至100000之间" in said(capsys, [*robust[:3], "--runs", "0"], 1)
    for wrong in ("many", "NaN"):
        with pytest.raises(SystemExit) as ended:
            main([*robust[:3], "--noise", wrong])
        assert ended.value.code == 2
        assert f"--noise 的值「{wrong}」看不懂" in capsys.readouterr().err


def test_a_new_scheme_is_tried_on_old_figures(
    score: list[str], folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    simulate = ["simulate", str(folder / "new.yaml"), "--on", str(folder)]
    text = said(capsys, [*simulate, "--old", score[1]])
    assert "改动 税收：6分，组内第1名得满分，每降1名扣2分，最低0分→6分，" in text
    kept = folder / "old.json"
    kept.write_text(said(capsys, [*score, "--json"]), encoding="utf-8")
    told = json.loads(said(capsys, [*simulate, "--against", str(kept), "--json"]))
    assert told["units"][2]["totals"] == ["5.00", "7.00"]
    assert "--against 和 --old 要写一个" in said(capsys, simulate, 2)
    assert "考核期" in said(capsys, [*simulate, "--old", score[1], "--period", "2019"], 1)
    kept.write_text('{"rows": [{"unit": "T01"}]}', encoding="utf-8")
    told_ = said(capsys, [*simulate, "--against", str(kept)], 1)
    assert told_.startswith("old.json：--against不是zhenxing score --json的结果；")


def test_no_site_is_touched(score: list[str], tmp_path: Path) -> None:
    """Neither Django nor a database is loaded, and the engine not before it is asked for."""
    code = (
        "import sys; from zhenxing.cli.__main__ import main;"
        "early = 'zhenxing.engine.schemes' in sys.modules;"
        f"code = main({score!r});"
        "late = [name for name in ('django.apps', 'django.db') if name in sys.modules];"
        "sys.exit(code or early or bool(late))"
    )
    environment = {**os.environ, "ZHENXING_DATA": str(tmp_path / "none"), "PYTHONUTF8": "1"}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, check=False, text=True, env=environment
    )
    assert done.returncode == 0, done.stderr
    assert "18.00" in done.stdout
    assert not (tmp_path / "none").exists()
