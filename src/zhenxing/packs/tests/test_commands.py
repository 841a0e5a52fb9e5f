"""What the person at the console is told, and what the command leaves behind."""

from __future__ import annotations

from pathlib import Path

import pytest

from zhenxing.accounts.models import User
from zhenxing.audit.models import Entry
from zhenxing.indicators.models import Figure
from zhenxing.organisation.models import Site
from zhenxing.packs import demo
from zhenxing.packs.commands import check_command, load_command, save_command, setup_demo
from zhenxing.packs.demo import PLAYED, play
from zhenxing.packs.services import LoadRefusedError, load
from zhenxing.packs.tests.make import BY, FILES, MOMENT, changed, sound, tiny, write
from zhenxing.packs.tests.test_further_import import PAST
from zhenxing.reporting.choices import Status
from zhenxing.reporting.models import Submission, Version

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give the tiny county's folder."""
    return tiny(tmp_path)


def october() -> Submission:
    return Submission.objects.get(call__period="2023-10", group__code="T01-G3")


def test_check_prints_each_problem_on_a_line_that_an_editor_can_follow(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = changed(tmp_path, "units.yaml", "dryland_mu: 500", "dryland_mu: 450")
    write(folder, "calls.yaml", FILES["calls.yaml"].replace("2023-10-25", "2023-10-32"))
    assert check_command(folder) == 1
    told = capsys.readouterr().out.splitlines()
    assert told[0] == "calls.yaml:2 「due」不是日期：「2023-10-32」；请写成 2023-01-31 这样。"
    assert told[1].startswith(
        "units.yaml:10 提示，水田400亩加旱地450亩为850亩，少于耕地900亩；请核对"
    )
    assert told[2:] == [f"{folder}：1处错误，1处提示；改好错误后才能导入。"]


def test_check_is_content_with_a_sound_county(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert check_command(folder) == 0
    assert capsys.readouterr().out == f"{folder}：没有错误，0处提示。\n"


def test_load_says_what_it_brought_and_refuses_the_second_time(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert load_command(folder, "", "") == 0
    said = capsys.readouterr().out
    assert "已导入小禾县：单位6、人员5、指标4、目标8、数据41" in said
    assert load_command(folder, "", "") == 1
    assert "本站小禾县已有单位6" in capsys.readouterr().out
    assert Entry.objects.count() == 1


def test_load_takes_nothing_from_a_county_with_an_error(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = changed(tmp_path, "units.yaml", "people: 5000", "people: 五千")
    assert load_command(folder, "", "") == 1
    assert "有1处错误，没有导入" in capsys.readouterr().out
    assert not Site.objects.exists()


def test_the_persons_of_a_first_load_are_those_of_the_pack(folder: Path) -> None:
    assert load_command(folder, "assessment", "officer") == 0
    entry = Entry.objects.get()
    assert (entry.actor, entry.actor_name, entry.actor_role) == ("assessment", "孟麦穗", "K")
    assert '"second":{"name":"邵建民","username":"officer"}' in entry.details


def test_nobody_unknown_loads(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert load_command(folder, "somebody", "") == 1
    assert "people.yaml没有「somebody」这个人" in capsys.readouterr().out
    assert load_command(folder, "", "") == 0
    assert load_command(folder, "somebody", "officer") == 1
    assert "本站没有「somebody」这个人" in capsys.readouterr().out


def test_a_past_year_comes_in_by_two_persons_of_the_site(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    load_command(folder, "", "")
    write(folder, "figures/2021.csv", PAST)
    assert load_command(folder, "assessment", "officer") == 0
    assert "初始导入往年数据4条，账本第2条" in capsys.readouterr().out
    assert load_command(folder, "assessment", "t01-leader") == 1
    assert "何小满不是考核办或主管部门的人" in capsys.readouterr().out


def test_save_writes_a_county_that_checks(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    load_command(folder, "", "")
    assert save_command(tmp_path / "saved") == 0
    assert "共24个文件" in capsys.readouterr().out
    assert sound(tmp_path / "saved") == sound(folder)
    assert save_command(tmp_path / "saved") == 1
    assert "已有内容" in capsys.readouterr().out


def test_save_has_nothing_to_write_before_a_load(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert save_command(tmp_path / "saved") == 1
    assert "本站还没有县" in capsys.readouterr().out
    assert not (tmp_path / "saved").exists()


def test_set_up_loads_the_county_and_hands_in_what_the_script_says(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert setup_demo(folder) == 0
    version = Version.objects.get()
    assert october().status == Status.SUBMITTED
    assert (version.by, version.business_date.isoformat()) == ("t01-reporter", "2023-10-18")
    assert version.parts["problems"] == "用地手续慢"
    assert Figure.objects.get(period="2023-10").value == 9
    assert "演示报送完成" in capsys.readouterr().out
    assert list(Entry.objects.order_by("sequence").values_list("action", flat=True)) == [
        "packs.loaded",
        "reporting.submission.submitted",
        PLAYED,
    ]


def test_set_up_again_does_nothing_and_says_nothing(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    setup_demo(folder)
    before = Entry.objects.count(), Figure.objects.count()
    capsys.readouterr()
    assert setup_demo(folder) == 0
    assert capsys.readouterr().out == ""
    assert (Entry.objects.count(), Figure.objects.count()) == before


def test_set_up_says_that_the_files_have_changed_since(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    setup_demo(folder)
    write(folder, "pack.yaml", FILES["pack.yaml"].replace("小禾县", "大禾县"))
    capsys.readouterr()
    assert setup_demo(folder) == 0
    assert "在导入之后改过" in capsys.readouterr().out
    assert Site.objects.get().name == "小禾县"


def test_set_up_stops_at_a_county_with_an_error(tmp_path: Path) -> None:
    assert setup_demo(changed(tmp_path, "units.yaml", "people: 5000", "people: 五千")) == 1
    assert not Site.objects.exists()


def test_a_script_broken_off_goes_on_where_it_stopped(folder: Path) -> None:
    pack = sound(folder)
    load(pack, by=BY, second=None, moment=MOMENT)
    assert next(play(pack, by=BY, at=MOMENT.at)) == 1
    assert not demo.is_played()
    assert list(play(pack, by=BY, at=MOMENT.at)) == [1]
    assert demo.is_played()
    assert Version.objects.count() == 1


def test_a_form_that_is_not_taken_stops_the_script_with_its_reason(folder: Path) -> None:
    pack = sound(folder)
    load(pack, by=BY, second=None, moment=MOMENT)
    User.objects.filter(username="t01-reporter").update(is_active=False)
    with pytest.raises(LoadRefusedError, match="没有这个登录名，或已停用"):
        list(play(pack, by=BY, at=MOMENT.at))
    assert not demo.is_played()
