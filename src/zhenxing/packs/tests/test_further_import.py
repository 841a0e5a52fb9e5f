"""Past years may come later, by two persons; the current year may not come this way."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from zhenxing.audit.models import Actor, Entry
from zhenxing.indicators.models import Figure
from zhenxing.packs.services import LoadRefusedError, import_past, load
from zhenxing.packs.tests.make import BY, FILES, MOMENT, sound, tiny, write

ASSESSMENT = Actor("assessment", "孟麦穗", "K", "H00")
OFFICER = Actor("officer", "邵建民", "D", "D01")
PAST = """\
indicator,unit,01,02,03,04,05,06,07,08,09,10,11,12
fai,T01,,800,1600,,,,,,,,,8800
industry,T01,,,,,,,,,,,,3000
"""

pytestmark = pytest.mark.django_db


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Give the folder of a county at work."""
    folder = tiny(tmp_path)
    load(sound(folder), by=BY, second=None, moment=MOMENT)
    return folder


def reasons(folder: Path, by: Actor = ASSESSMENT, second: Actor | None = OFFICER) -> list[str]:
    with pytest.raises(LoadRefusedError) as refused:
        import_past(sound(folder), by=by, second=second, moment=MOMENT)
    return [problem.sentence for problem in refused.value.problems]


def test_it_brings_a_past_year_in_as_one_sealed_act_of_two_persons(site: Path) -> None:
    before = Figure.objects.count()
    pack = sound(write(site, "figures/2021.csv", PAST))
    entry = import_past(pack, by=ASSESSMENT, second=OFFICER, moment=MOMENT)
    brought = Figure.objects.filter(sealed_by=entry.sequence)
    details = json.loads(entry.details)
    assert Figure.objects.count() == before + 4
    assert {figure.period for figure in brought} == {"2021-01..02", "2021-03", "2021-12"}
    assert {figure.standing for figure in brought} == {"imported"}
    assert (entry.actor, details["second"]["username"]) == ("assessment", "officer")
    assert details["files"]["figures/2021.csv"] == pack.hashes["figures/2021.csv"]


def test_the_same_year_again_brings_nothing(site: Path) -> None:
    pack = sound(write(site, "figures/2021.csv", PAST))
    import_past(pack, by=ASSESSMENT, second=OFFICER, moment=MOMENT)
    assert reasons(site) == ["小禾县：没有本站还没有的往年的数；请核对文件夹。"]


def test_it_needs_a_second_person(site: Path) -> None:
    write(site, "figures/2021.csv", PAST)
    assert reasons(site, second=None) == [
        "初始导入：没有复核人；请用 --second 写上另一个人的登录名。"
    ]
    assert reasons(site, second=ASSESSMENT) == [
        "初始导入：导入人和复核人是同一个人；请换一个复核人。"
    ]


@pytest.mark.parametrize("role", ["A", "X", "F", "L"])
def test_nobody_else_may_bring_figures_in(site: Path, role: str) -> None:
    write(site, "figures/2021.csv", PAST)
    other = Actor("other", "甲", role, "H00")
    assert reasons(site, second=other) == [
        "初始导入：甲不是考核办或主管部门的人，不能导入数；请由考核办、主管部门的两个人办理。"
    ]
    assert Entry.objects.count() == 1


def test_the_current_year_goes_another_way(site: Path) -> None:
    text = FILES["figures/2023.csv"] + "industry,T02,,300,,,,,,,,,,\n"
    assert reasons(write(site, "figures/2023.csv", text)) == [
        "figures/2023.csv:5：2023-01..02是本年的数，不能作为初始导入；请由填报、核定或更正单进入。"
    ]


def test_it_changes_no_figure_that_is_there(site: Path) -> None:
    text = FILES["figures/2022.csv"].replace("9800", "9900")
    told = reasons(write(site, "figures/2022.csv", text))
    assert [reason.partition("；")[0] for reason in told] == [
        "figures/2022.csv:2：N2格与本站已有的T01「fai」2022-12不同，导入不改已有的数"
    ]


def test_it_takes_no_other_county_s_figures(site: Path) -> None:
    write(site, "figures/2021.csv", PAST)
    write(site, "pack.yaml", FILES["pack.yaml"].replace("H00", "H01"))
    write(
        site,
        "units.yaml",
        FILES["units.yaml"].replace("county: {code: H00", "county: {code: H01"),
    )
    write(site, "people.yaml", FILES["people.yaml"].replace("unit: H00", "unit: H01"))
    schemes = FILES["schemes/index.yaml"].replace("owner: H00", "owner: H01")
    write(site, "schemes/index.yaml", schemes)
    text = FILES["figures/year-2022.yaml"].replace(
        "- {unit: H00, indicator: industry, value: 88000}", ""
    )
    write(site, "figures/year-2022.yaml", text)
    assert reasons(site) == [
        "pack.yaml：文件写的是「H01」，本站是「H00」（小禾县）；请核对是不是这个县的文件。"
    ]


def test_it_knows_no_unit_that_the_site_does_not_have(site: Path) -> None:
    text = FILES["units.yaml"].replace(
        "villages:",
        "  - {code: T03, name: 河湾镇, class: 山区镇, profiles: [{as_of: 2022-12-31}]}\nvillages:",
    )
    write(
        write(site, "units.yaml", text),
        "figures/2021.csv",
        PAST.replace("industry,T01", "industry,T03"),
    )
    assert reasons(site) == [
        "figures/2021.csv:3：本站没有单位「T03」或指标「industry」；请删去这一行，或核对编码。"
    ]
