"""`zhenxing read` with a pack to write or a dictionary to match by."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from zhenxing.cli.__main__ import main

HESHAN = str(Path(__file__).parents[4] / "packs" / "heshan")
PLAN = "青溪镇2023年工作计划\n一、目标\n粮食总产量1900吨以上。各专班每月25日前报送情况。\n"


@pytest.fixture
def plan(tmp_path: Path) -> str:
    path = tmp_path / "计划.txt"
    path.write_text(PLAN, "utf-8")
    return str(path)


def test_it_writes_a_draft_and_says_what_is_left_to_people(
    plan: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = str(tmp_path / "draft")
    given = ["--pack", folder, "--base", HESHAN, "--issued", "2023-02-20"]
    assert main(["read", plan, *given]) == 0
    assert "还有1处要人定" in capsys.readouterr().out
    assert main(["pack", "check", folder]) == 1
    assert "lamps.yaml:2 缺少「basis」" in capsys.readouterr().out


def test_it_leaves_a_folder_that_holds_anything_as_it_is(
    plan: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["read", plan, "--pack", str(tmp_path)]) == 1
    assert "已有内容" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["计划.txt"]


def test_it_matches_the_facts_by_the_dictionary_of_a_base(
    plan: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["read", plan, "--base", HESHAN, "--json"]) == 0
    facts = json.loads(capsys.readouterr().out)["facts"]
    assert facts[0]["indicator"] == "grain_output"


def test_a_base_that_is_no_pack_is_told(
    plan: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["read", plan, "--base", str(tmp_path / "none")]) == 1
    assert "没有这个文件夹" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("data", "words"), [(b"", "空"), (b"\x89PNG\r\n", "图片"), (b"<html>", "文字")]
)
def test_a_file_without_words_gives_no_draft(
    data: bytes, words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "来文"
    path.write_bytes(data)
    assert main(["read", str(path), "--pack", str(tmp_path / "draft")]) == 1
    assert words in capsys.readouterr().err
    assert not (tmp_path / "draft").exists()


def test_it_says_of_a_file_that_cannot_be_opened_where_it_looked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    missing = str(tmp_path / "没有.txt")
    assert main(["read", missing, "--pack", str(tmp_path / "draft")]) == 2
    assert missing in capsys.readouterr().err
