"""What `save` writes reads back to the county that was loaded."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import fields, replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from zhenxing.assessment.models import Edition
from zhenxing.indicators.models import Figure, Indicator, Synonym
from zhenxing.kernel.problems import errors
from zhenxing.organisation.models import Site, UnitProfile
from zhenxing.packs.checking import check
from zhenxing.packs.pack import Pack
from zhenxing.packs.services import load
from zhenxing.packs.site import pack_of_site
from zhenxing.packs.tests.make import BY, MOMENT, sound, tiny
from zhenxing.packs.writing import write

HESHAN = Path(__file__).parents[4] / "packs" / "heshan"
# Tables are written in the order of the dictionary and of the units, whatever order they came in.
ANY_ORDER = {"targets", "figures", "growths", "totals", "history", "results"}

pytestmark = pytest.mark.django_db


def sayings(pack: Pack) -> dict[str, object]:
    """Give every value of a pack by its section, those of tables without their order."""
    return {
        spot.name: in_order(getattr(pack, spot.name))
        if spot.name in ANY_ORDER
        else getattr(pack, spot.name)
        for spot in fields(pack)
        if spot.compare
    }


def in_order(values: Iterable[object]) -> list[str]:
    return sorted(repr(plain(value)) for value in values)


def plain(value: object) -> object:
    """Write equal numbers alike, so that 8.0 and 8 are one value."""
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if hasattr(value, "__dataclass_fields__"):
        return {
            name: plain(getattr(value, name))
            for name, spot in value.__dataclass_fields__.items()
            if spot.compare
        }
    return value


def saved(folder: Path) -> Path:
    write(pack_of_site(), folder)
    return folder


def test_the_tiny_county_comes_back_value_by_value(tmp_path: Path) -> None:
    pack = sound(tiny(tmp_path))
    load(pack, by=BY, second=None, moment=MOMENT)
    assert sayings(sound(saved(tmp_path / "saved"))) == sayings(pack)


def test_the_demo_county_comes_back_value_by_value(tmp_path: Path) -> None:
    pack, problems = check(HESHAN)
    assert pack is not None
    assert errors(problems) == []
    load(pack, by=BY, second=None, moment=MOMENT)
    again, problems = check(saved(tmp_path / "saved"))
    assert again is not None
    assert errors(problems) == []
    before, after = sayings(pack), sayings(again)
    assert [name for name in before if before[name] != after[name]] == []


def test_it_writes_the_same_files_and_keeps_how_demo_figures_were_made(tmp_path: Path) -> None:
    folder = tiny(tmp_path)
    (folder / "synthetic.yaml").write_text("seed: tiny\n", encoding="utf-8")
    load(sound(folder), by=BY, second=None, moment=MOMENT)
    names = write(pack_of_site(), tmp_path / "saved")
    before = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert set(names) == before
    assert (tmp_path / "saved/synthetic.yaml").read_text(encoding="utf-8") == "seed: tiny\n"


def test_a_saved_county_loads_into_the_same_saved_county(tmp_path: Path) -> None:
    load(sound(tiny(tmp_path)), by=BY, second=None, moment=MOMENT)
    first, second = saved(tmp_path / "first"), saved(tmp_path / "second")
    assert [path.name for path in sorted(first.rglob("*"))]
    for path in first.rglob("*.*"):
        assert path.read_bytes() == (second / path.relative_to(first)).read_bytes()


def test_it_saves_what_has_changed_since(tmp_path: Path) -> None:
    load(sound(tiny(tmp_path)), by=BY, second=None, moment=MOMENT)
    UnitProfile.objects.filter(unit__code="T02").update(people=5200)
    Site.objects.update(business_date=date(2023, 10, 21))
    again = sound(saved(tmp_path / "saved"))
    assert again.units.towns[1].profiles[0].people == 5200
    assert again.header.business_date == date(2023, 10, 21)


def test_a_county_keeps_the_names_it_learned(tmp_path: Path) -> None:
    load(sound(tiny(tmp_path)), by=BY, second=None, moment=MOMENT)
    fai = Indicator.objects.get(code="fai")
    Synonym.objects.create(
        indicator=fai, name="固投完成额", basis="计划", by="k", by_name="甲", since=MOMENT.at.date()
    )
    first = saved(tmp_path / "first")
    assert [one.synonyms for one in sound(first).dictionary.indicators if one.code == "fai"] == [
        ("固投完成额",)
    ]


def test_a_county_loads_with_the_names_it_learned(tmp_path: Path) -> None:
    folder = tiny(tmp_path)
    file = folder / "indicators.yaml"
    taught = file.read_text(encoding="utf-8").replace(
        "    headline: 1\n", "    headline: 1\n    synonyms: [固投, 固投完成额]\n", 1
    )
    file.write_text(taught, encoding="utf-8")
    load(sound(folder), by=BY, second=None, moment=MOMENT)
    names = Synonym.objects.values_list("indicator__code", "name", "by_name")
    assert set(names) == {("fai", "固投", "初始导入"), ("fai", "固投完成额", "初始导入")}


def test_a_submitted_figure_goes_into_the_history_and_not_into_the_table(tmp_path: Path) -> None:
    load(sound(tiny(tmp_path)), by=BY, second=None, moment=MOMENT)
    known = Figure.objects.filter(unit__code="T01", indicator__code="fai").latest("pk")
    flash = Figure(
        unit=known.unit,
        indicator=known.indicator,
        period="2023-10",
        value=Decimal(9000),
        standing="submitted",
        vintage="flash",
        business_date=date(2023, 10, 18),
        recorded=MOMENT.at,
        by="t01-reporter",
        by_name="叶青",
        document="T01-202310-G3-0001",
        sealed_by=known.sealed_by,
    )
    flash.save()
    again = sound(saved(tmp_path / "saved"))
    told = [line for line in again.history if line.told.period == "2023-10"]
    assert [(line.told.value, line.standing, line.by) for line in told] == [
        (Decimal(9000), "submitted", "t01-reporter")
    ]
    assert all(told.period != "2023-10" for told in again.figures)


def test_it_writes_into_no_folder_that_holds_anything(tmp_path: Path) -> None:
    load(sound(tiny(tmp_path)), by=BY, second=None, moment=MOMENT)
    (tmp_path / "full").mkdir()
    (tmp_path / "full/notes.txt").write_text("别动", encoding="utf-8")
    with pytest.raises(FileExistsError):
        write(pack_of_site(), tmp_path / "full")
    assert [path.name for path in (tmp_path / "full").iterdir()] == ["notes.txt"]


@pytest.mark.parametrize(
    "text", ["~", "null", "# 不是注释", "- 不是列表", "a: b", "'引号", "no", " 空格 "]
)
def test_words_that_yaml_would_take_for_something_else_come_back(text: str, tmp_path: Path) -> None:
    pack = sound(tiny(tmp_path))
    header = replace(pack.header, note=text)
    write(replace(pack, header=header), tmp_path / "saved")
    assert sound(tmp_path / "saved").header.note == text


def test_an_edition_issued_since_is_saved_before_the_earlier_ones(tmp_path: Path) -> None:
    load(sound(tiny(tmp_path / "in")), by=BY, second=None, moment=MOMENT)
    last = Edition.objects.get(number=2)
    text = last.text.replace("2023", "2024")
    Edition.objects.create(
        scheme=last.scheme, number=3, year=2024, title=last.title, text=text,
        digest=hashlib.sha256(text.encode()).hexdigest(), state=last.state, proposed_by="甲",
        decided_by="乙", issued=date(2024, 2, 20), entry=last.entry,
    )  # fmt: skip
    pack, problems = check(saved(tmp_path / "out"))
    assert pack is not None, problems
    assert errors(problems) == []
    assert [(each.file, each.previous) for each in pack.schemes] == [
        ("towns.yaml", "towns-2.yaml"),
        ("towns-2.yaml", "towns-2022.yaml"),
        ("towns-2022.yaml", ""),
    ]
    assert pack.bytes_of["schemes/towns.yaml"] == text.encode()
