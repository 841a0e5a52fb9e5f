"""The villages' short form: written once, made for every village, held against the dictionary."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from zhenxing.indicators.models import Charge
from zhenxing.organisation.models import WorkingGroup
from zhenxing.packs.services import load
from zhenxing.packs.site import pack_of_site
from zhenxing.packs.tests.make import BY, FILES, MOMENT, sound, tiny, told, write
from zhenxing.packs.writing import write as write_pack
from zhenxing.reporting.models import Submission

if TYPE_CHECKING:
    from pathlib import Path

FORM = "name: 村级填报\npurpose: 供镇里核对\nindicators: [reserve]\n"


def with_form(folder: Path, text: str = FORM) -> Path:
    """Give the tiny county, its village with a form."""
    return write(tiny(folder), "villages.yaml", text)


@pytest.mark.django_db
def test_every_village_has_a_group_a_charge_and_a_place_in_open_months(tmp_path: Path) -> None:
    load(sound(with_form(tmp_path)), by=BY, second=None, moment=MOMENT)
    group = WorkingGroup.objects.get(key="GV")
    assert (group.code, group.unit.code, group.name) == ("T01-V01-GV", "T01-V01", "村级填报")
    assert list(group.charges.values_list("indicator__code", flat=True)) == ["reserve"]
    calls = Submission.objects.filter(group=group).values_list("call__closed_on", flat=True)
    assert set(calls) == {None}


@pytest.mark.django_db
def test_a_county_without_the_file_asks_no_village(tmp_path: Path) -> None:
    load(sound(tiny(tmp_path)), by=BY, second=None, moment=MOMENT)
    assert not WorkingGroup.objects.filter(key="GV").exists()
    assert pack_of_site().village_form is None
    assert not Charge.objects.filter(group__key="GV").exists()


@pytest.mark.django_db
def test_what_was_loaded_is_saved_as_it_was_written(tmp_path: Path) -> None:
    pack = sound(with_form(tmp_path))
    load(pack, by=BY, second=None, moment=MOMENT)
    write_pack(pack_of_site(), tmp_path / "saved")
    again = sound(tmp_path / "saved")
    assert again.village_form == pack.village_form
    assert again.groups == pack.groups


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("[fai]", "是统计调查指标，只接收，不向村里要"),
        ("[reserve, reserve]", "写了两遍"),
        ("[reserves]", "reserve"),
    ],
)
def test_it_is_told_what_a_village_cannot_be_asked(tmp_path: Path, asked: str, words: str) -> None:
    [said] = told(with_form(tmp_path, FORM.replace("[reserve]", asked)))
    assert words in said


def test_what_no_group_answers_for_is_asked_of_no_village(tmp_path: Path) -> None:
    folder = with_form(tmp_path)
    write(folder, "groups.yaml", FILES["groups.yaml"].replace("[fai, industry, reserve]", "[fai]"))
    assert [line for line in told(folder) if "没有一个专班负责" in line]


def test_the_forms_key_is_no_groups(tmp_path: Path) -> None:
    folder = write(tiny(tmp_path), "groups.yaml", FILES["groups.yaml"].replace("G3", "GV"))
    assert [line for line in told(folder) if "留给村级填报" in line]


def test_a_villages_code_leaves_room_for_its_form(tmp_path: Path) -> None:
    long = "T01-V0123456789ABC"
    folder = with_form(tmp_path)
    write(folder, "units.yaml", FILES["units.yaml"].replace("T01-V01", long))
    assert [line for line in told(folder) if "缩短村的编码" in line]
