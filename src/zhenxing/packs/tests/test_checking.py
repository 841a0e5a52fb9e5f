"""Each kind of problem is told with its file, its line and what to write instead.

The cases are files that an office can read: `cases/*.yaml`, one change to the county of `tiny/` and
every line that must be told, no more and no less.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
import yaml

from zhenxing.packs.checking import check
from zhenxing.packs.tests.make import FILES, changed, tiny, told, write

CASES = Path(__file__).parent / "cases"


@dataclass(frozen=True)
class Case:
    """One change to the tiny county and what must be told of it."""

    case: str
    file: str
    old: str
    new: str
    told: list[str]


ALL = [
    pytest.param(Case(**case), id=case["case"])
    for path in sorted(CASES.glob("*.yaml"))
    for case in yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)  # noqa: S506  # text only
]


def test_it_finds_nothing_wrong_with_a_sound_county(tmp_path: Path) -> None:
    assert told(tiny(tmp_path)) == []


@pytest.mark.parametrize("case", ALL)
def test_it_tells_file_line_and_remedy_of(case: Case, tmp_path: Path) -> None:
    assert told(changed(tmp_path, case.file, case.old, case.new)) == case.told


def test_it_tells_all_problems_of_all_files_at_once_in_their_order(tmp_path: Path) -> None:
    folder = tiny(tmp_path)
    write(folder, "calls.yaml", FILES["calls.yaml"].replace("2023-10-25", "2023-10-32"))
    write(folder, "units.yaml", FILES["units.yaml"].replace("people: 5000", "poeple: 5000"))
    write(folder, "figures/2022.csv", FILES["figures/2022.csv"].replace("1850", "一千"))
    places = [line.partition("：")[0] for line in told(folder)]
    assert places == ["calls.yaml:2", "figures/2022.csv:3", "units.yaml:15"]


def test_it_misses_a_file_that_a_county_needs(tmp_path: Path) -> None:
    folder = tiny(tmp_path)
    (folder / "calendar.yaml").unlink()
    assert told(folder) == ["calendar.yaml：没有这个文件；请补上这个文件。"]


def test_it_does_not_call_every_unit_unknown_because_their_file_is_missing(tmp_path: Path) -> None:
    folder = tiny(tmp_path)
    (folder / "units.yaml").unlink()
    assert told(folder) == ["units.yaml：没有这个文件；请补上这个文件。"]


def test_it_does_without_the_files_that_not_every_county_has(tmp_path: Path) -> None:
    folder = tiny(tmp_path)
    for name in ("demo.yaml", "calls.yaml", "results/2022.yaml", "figures/history.csv"):
        (folder / name).unlink()
    assert told(folder) == []


def test_it_tells_of_a_file_that_nobody_reads(tmp_path: Path) -> None:
    folder = write(tiny(tmp_path), "unit.yaml", "towns: []\n")
    assert told(folder) == [
        "unit.yaml：没有哪一部分读这个文件；请改名为units.yaml、groups.yaml、curves.yaml。"
    ]


def test_it_takes_no_total_of_a_year_that_is_not_over(tmp_path: Path) -> None:
    total = "- {unit: T01, indicator: industry, value: 1}\n"
    assert told(write(tiny(tmp_path), "figures/year-2023.yaml", total)) == [
        "figures/year-2023.yaml:1：2023年还没有过完；请删去这一条。"
    ]


def test_it_takes_a_group_s_hand_in_once_a_month(tmp_path: Path) -> None:
    acts = FILES["demo.yaml"].partition("\n")[2]
    folder = write(tiny(tmp_path), "demo.yaml", FILES["demo.yaml"] + acts)
    assert told(folder) == [
        "demo.yaml:9：报送「T01-G3 2023-10」写了两遍，上一处在 demo.yaml:2；请只留一处。"
    ]


def test_it_passes_over_notes_and_hidden_files(tmp_path: Path) -> None:
    folder = write(tiny(tmp_path), "README.md", "说明")
    write(folder, ".backup/units.yaml", "towns: []")
    assert told(folder) == []


def test_it_names_the_line_at_which_a_file_stops_being_utf8(tmp_path: Path) -> None:
    folder = tiny(tmp_path)
    good = FILES["people.yaml"].partition("    name: 邵建民")[0]
    (folder / "people.yaml").write_bytes(good.encode() + "    name: 邵建民\n".encode("gbk"))
    assert told(folder) == [
        "people.yaml:9：不是 UTF-8 文字；请另存为 UTF-8（电子表格里选“CSV UTF-8”）。"
    ]


def test_it_reads_a_table_as_a_spreadsheet_saves_it(tmp_path: Path) -> None:
    text = FILES["figures/2022.csv"].replace("\n", ",,\r\n") + ",,,,\r\n"
    folder = tiny(tmp_path)
    (folder / "figures/2022.csv").write_bytes(b"\xef\xbb\xbf" + text.encode())
    pack, problems = check(folder)
    whole, _ = check(tiny(tmp_path / "whole"))
    assert problems == []
    assert pack == whole


def test_it_judges_a_county_without_a_date_of_its_own_on_the_given_day(tmp_path: Path) -> None:
    folder = tiny(tmp_path)
    header = FILES["pack.yaml"].replace("demo: true\nbusiness_date: 2023-10-20\n", "")
    people = FILES["people.yaml"].replace("    demo: true\n    demo_order: 1\n", "")
    write(write(folder, "pack.yaml", header), "people.yaml", people)
    (folder / "demo.yaml").unlink()
    _, on_the_day = check(folder, date(2023, 10, 20))
    _, earlier = check(folder, date(2023, 9, 12))
    assert on_the_day == []
    assert "figures/2023.csv:2" in {problem.where for problem in earlier}


def test_it_says_so_where_there_is_no_folder(tmp_path: Path) -> None:
    pack, problems = check(tmp_path / "nothing")
    assert pack is None
    assert [problem.what for problem in problems] == ["没有这个文件夹"]
