"""An empty database becomes a real site, with one administrator and no demo identity."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from zhenxing.accounts.models import User
from zhenxing.assessment.models import Edition
from zhenxing.audit.models import Entry
from zhenxing.indicators.models import Figure, Target
from zhenxing.operations import queries, skeleton, starting
from zhenxing.operations.refusing import OperationRefusedError
from zhenxing.operations.starting import Administrator, Importers
from zhenxing.organisation.models import Post, Site, UnitProfile
from zhenxing.packs.checking import check
from zhenxing.packs.tests import make as make_pack
from zhenxing.packs.tests.make import MOMENT, TODAY

if TYPE_CHECKING:
    from zhenxing.packs.pack import Pack

ROOT = Path(__file__).parents[4]
FIRST = Administrator("keeper", "管源", "Sturdy#Mountain8")
BOTH = Importers("assessment", "statistics")
WEEK = date(2026, 11, 23)


def template(folder: Path) -> Pack:
    skeleton.write(folder / "county")
    return starting.read_pack(folder / "county", WEEK, without_figures=False)


def real(folder: Path) -> Pack:
    """Give the tiny county as a real one: its figures come with two persons."""
    path = make_pack.changed(
        folder, "pack.yaml", make_pack.FILES["pack.yaml"], "pack: tiny\nname: 小县\ncounty: H00\n"
    )
    (path / "demo.yaml").unlink()
    people = path / "people.yaml"
    lines = people.read_text(encoding="utf-8").splitlines(keepends=True)
    people.write_text("".join(line for line in lines if "demo" not in line), encoding="utf-8")
    return starting.read_pack(path, TODAY, without_figures=False)


def test_the_skeleton_passes_the_check_without_a_word(tmp_path: Path) -> None:
    names = skeleton.write(tmp_path / "county")
    assert "units.yaml" in names
    assert check(tmp_path / "county", WEEK)[1] == []
    assert all(
        path.read_text(encoding="utf-8").startswith("#") for path in (tmp_path / "county").iterdir()
    )
    with pytest.raises(OperationRefusedError, match="已有内容"):
        skeleton.write(tmp_path / "county")


@pytest.mark.django_db
def test_a_county_begins_with_one_administrator(tmp_path: Path) -> None:
    starting.begin(template(tmp_path), FIRST, Importers(), moment=MOMENT)
    site = Site.objects.get()
    assert (site.is_demo, site.business_date, site.name) == (False, None, "某县")
    keeper = User.objects.get(username="keeper")
    assert keeper.check_password(FIRST.password)
    assert Post.objects.get(role="A").person == keeper
    assert [u.username for u in User.objects.all() if u.has_usable_password()] == ["keeper"]
    assert not User.objects.filter(demo_order__isnull=False).exists()
    assert list(Entry.objects.values_list("action", flat=True)) == [
        "packs.loaded",
        "operations.administrator.made",
    ]
    assert queries.checked().first_bad is None


@pytest.mark.django_db
def test_a_second_beginning_is_refused(tmp_path: Path) -> None:
    starting.require_empty()
    pack = template(tmp_path)
    starting.begin(pack, FIRST, Importers(), moment=MOMENT)
    with pytest.raises(OperationRefusedError, match="建站只在空站上做"):
        starting.require_empty()
    with pytest.raises(OperationRefusedError, match="县域文件只能导入空站"):
        starting.begin(pack, FIRST, Importers(), moment=MOMENT)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("first", "said"),
    [
        (Administrator("keeper", "管源", "short"), "密码"),
        (Administrator("k01", "考核甲", FIRST.password), "管理员不能兼任"),
        (Administrator("k01", "别人", FIRST.password), "不是「别人」"),
    ],
)
def test_what_is_wrong_with_the_administrator_leaves_the_site_empty(
    tmp_path: Path, first: Administrator, said: str
) -> None:
    with pytest.raises(OperationRefusedError, match=said):
        starting.begin(template(tmp_path), first, Importers(), moment=MOMENT)
    assert not Site.objects.exists()
    assert not Entry.objects.exists()


@pytest.mark.django_db
def test_an_administrator_of_the_pack_only_gets_the_password(tmp_path: Path) -> None:
    skeleton.write(tmp_path / "county")
    people = tmp_path / "county/people.yaml"
    line = "  - {username: a01, name: 管理甲, posts: [{role: A, unit: H00, title: 县级管理员}]}\n"
    people.write_text(people.read_text(encoding="utf-8") + line, encoding="utf-8")
    pack = starting.read_pack(tmp_path / "county", WEEK, without_figures=False)
    starting.begin(pack, Administrator("a01", "", FIRST.password), Importers(), moment=MOMENT)
    assert Post.objects.filter(role="A").count() == 1
    assert User.objects.get(username="a01").check_password(FIRST.password)


@pytest.mark.django_db
def test_figures_come_as_initial_import_by_two_persons(tmp_path: Path) -> None:
    pack = real(tmp_path)
    office = [p.username for p in pack.people if {"K", "D"} & {post.role for post in p.posts}]
    for importers, said in (
        (Importers(), "没有导入人"),
        (Importers(office[0]), "没有复核人"),
        (Importers(office[0], office[0]), "同一个人"),
        (Importers("ghost", office[0]), "没有「ghost」这个人"),
    ):
        with pytest.raises(OperationRefusedError, match=said):
            starting.begin(pack, FIRST, importers, moment=MOMENT)
    entry = starting.begin(pack, FIRST, Importers(office[0], office[1]), moment=MOMENT)
    told = json.loads(entry.details)
    assert (entry.actor, told["second"]["username"]) == (office[0], office[1])
    assert set(told["files"]) == set(pack.bytes_of)
    assert Figure.objects.exists()


def test_a_demo_is_no_real_county(tmp_path: Path) -> None:
    folder = make_pack.tiny(tmp_path)
    with pytest.raises(OperationRefusedError, match="是演示县，它的数、目标和往年结果都是编的"):
        starting.read_pack(folder, TODAY, without_figures=False)


@pytest.mark.django_db
def test_a_demo_without_its_figures_is_a_frame_to_fill(tmp_path: Path) -> None:
    pack = starting.read_pack(make_pack.tiny(tmp_path), TODAY, without_figures=True)
    starting.begin(pack, FIRST, Importers(), moment=MOMENT)
    site = Site.objects.get()
    assert (site.is_demo, site.business_date, site.note) == (False, None, "")
    assert not Figure.objects.exists()
    assert not Target.objects.exists()
    assert not Edition.objects.exists()
    assert not User.objects.filter(demo_order__isnull=False).exists()
    assert {row.people for row in UnitProfile.objects.all()} == {None}
    kept = json.loads(Entry.objects.get(action="packs.loaded").details)["files"]
    assert not [name for name in kept if "/" in name or name == "demo.yaml"]


@pytest.mark.django_db
def test_without_a_pack_there_are_county_towns_and_administrator(tmp_path: Path) -> None:
    pack = starting.plain_pack("新县", "X00", ["甲镇", "乙镇"], WEEK)
    starting.begin(pack, FIRST, Importers(), moment=MOMENT)
    site = Site.objects.select_related("county").get()
    assert (site.name, site.county.code) == ("新县", "X00")
    assert [town.name for town in site.county.children.all()] == ["甲镇", "乙镇"]


def test_a_pack_with_errors_is_told_by_all_of_them(tmp_path: Path) -> None:
    skeleton.write(tmp_path / "county")
    (tmp_path / "county/lamps.yaml").unlink()
    (tmp_path / "county/groups.yaml").unlink()
    with pytest.raises(OperationRefusedError) as refused:
        starting.read_pack(tmp_path / "county", WEEK, without_figures=False)
    assert len(refused.value.problems) >= 2
    with pytest.raises(OperationRefusedError, match="没有这个文件夹"):
        starting.read_pack(tmp_path / "none", WEEK, without_figures=False)
