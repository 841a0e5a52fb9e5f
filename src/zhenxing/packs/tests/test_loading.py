"""A county goes in whole or not at all, and every number keeps where it came from."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.db import DatabaseError
from pytest_django import DjangoAssertNumQueries

from zhenxing.accounts.models import User
from zhenxing.audit.models import Entry
from zhenxing.audit.queries import verify, vouched_models
from zhenxing.documents.models import File
from zhenxing.indicators.models import Charge, Figure, Indicator, LampRules, Target
from zhenxing.kernel.problems import errors
from zhenxing.organisation.models import (
    CalendarDay,
    Membership,
    Post,
    Site,
    Unit,
    UnitProfile,
    WorkingGroup,
)
from zhenxing.packs.pack import Pack
from zhenxing.packs.services import LoadRefusedError, load
from zhenxing.packs.tests.make import BY, MOMENT, TODAY, sound, tiny
from zhenxing.reporting.choices import Status
from zhenxing.reporting.models import Call, Submission


@pytest.fixture
def pack(tmp_path: Path) -> Pack:
    """Give the tiny county, checked."""
    return sound(tiny(tmp_path))


@pytest.fixture
def loaded(db: None, pack: Pack) -> Entry:
    """Give the entry of the tiny county's load."""
    return load(pack, by=BY, second=None, moment=MOMENT)


def figures(unit: str, indicator: str, period: str) -> list[Figure]:
    rows = Figure.objects.filter(unit__code=unit, indicator__code=indicator, period=period)
    return list(rows.order_by("recorded"))


def test_it_is_one_act_that_holds_every_file_and_seals_every_number(
    loaded: Entry, pack: Pack
) -> None:
    details, seals = json.loads(loaded.details), json.loads(loaded.seals)
    assert Entry.objects.count() == 1
    assert loaded.action == "packs.loaded"
    assert details["files"] == pack.hashes
    assert details["digest"] == pack.digest
    sealed = {label: seal["rows"] for label, seal in seals.items() if "state" not in seal}
    assert sealed == {
        "indicators.Target": Target.objects.count(),
        "indicators.Figure": Figure.objects.count(),
    }


def test_it_vouches_for_every_other_table_as_a_whole(loaded: Entry) -> None:
    seals = json.loads(loaded.seals)
    vouched = {label: seal["rows"] for label, seal in seals.items() if "state" in seal}
    assert vouched == {model._meta.label: model._base_manager.count() for model in vouched_models()}
    assert [problem.where for problem in verify().problems] == [
        "外存链头"
    ]  # a test commits nothing
    assert verify().vouched == sum(vouched.values())


def test_it_makes_the_site_with_its_date_and_the_pack_it_came_from(
    loaded: Entry, pack: Pack
) -> None:
    site = Site.objects.get()
    assert (site.name, site.county.code, site.is_demo) == ("小禾县", "H00", True)
    assert (site.business_date, site.note) == (TODAY, "演示数据")
    assert site.pack == f"tiny {pack.digest[:32]}"
    assert site.due_rule["day"] == 25
    assert site.due_rule["basis"].endswith("4号")


def test_it_makes_the_tree_of_units_in_the_order_of_the_files(loaded: Entry) -> None:
    rows = Unit.objects.order_by("position").values_list("code", "kind", "parent__code")
    assert list(rows) == [
        ("H00", "county", None),
        ("D01", "department", "H00"),
        ("T01", "town", "H00"),
        ("T02", "town", "H00"),
        ("T01-V01", "village", "T01"),
        ("T01-O01", "office", "T01"),
    ]


def test_a_profile_carries_the_class_of_its_day(loaded: Entry) -> None:
    rows = UnitProfile.objects.filter(unit__code="T01").order_by("as_of")
    assert [row.town_class for row in rows] == ["川道镇", "山区镇"]
    assert rows[1].paddy_mu == Decimal(400)


def test_every_town_has_every_group_with_its_indicators(loaded: Entry) -> None:
    group = WorkingGroup.objects.get(code="T02-G3")
    charges = Charge.objects.filter(group=group).order_by("position")
    assert sorted(WorkingGroup.objects.values_list("code", flat=True)) == ["T01-G3", "T02-G3"]
    assert [charge.indicator.code for charge in charges] == ["fai", "industry", "reserve"]
    assert (group.home, group.office) == ("党政办公室", "项目办公室")


def test_people_have_their_posts_and_places_and_no_password(loaded: Entry) -> None:
    reporter = User.objects.get(username="t01-reporter")
    post = Post.objects.get(person=reporter)
    assert (post.role, post.unit.code, post.title) == ("F", "T01", "稳投资专班联络员")
    assert post.group is not None
    assert post.group.code == "T01-G3"
    assert not reporter.has_usable_password()
    assert Membership.objects.get(person=reporter).since == date(2023, 1, 1)
    assert User.objects.get(username="assessment").demo_order == 1
    assert not User.objects.get(username="nobody").posts.exists()


def test_an_indicator_keeps_its_calendar_its_curve_and_its_whole(loaded: Entry) -> None:
    grain = Indicator.objects.get(code="grain")
    assert grain.release["months"] == [6, 10]
    assert grain.release["fixed"] == {"2023-06": "2023-07-20"}
    assert grain.curve is not None
    assert grain.curve.shares[-3:] == ["80", "100", "100"]
    part = Indicator.objects.get(code="industry").part_of
    assert part is not None
    assert (part.code, part.plausible_high) == ("fai", Decimal(50000))
    assert LampRules.objects.get().since == date(2022, 1, 1)


def test_targets_say_value_mask_range_grade_and_no_task(loaded: Entry) -> None:
    rows = {
        (row.unit.code, row.indicator.code, row.kind): row
        for row in Target.objects.select_related("unit", "indicator")
    }
    assert rows["T01", "fai", "value"].value == Decimal(10000)
    assert rows["T01", "fai", "growth"].masked
    assert rows["T01", "fai", "growth"].text == "增**%"
    assert rows["T01", "grain", "range"].high == Decimal(2000)
    assert rows["T01", "grain", "range"].reason == "方案写两端"
    assert rows["T02", "grain", "grade"].text == "优秀"
    assert rows["T02", "industry", "value"].no_task
    assert rows["T02", "industry", "growth"].value == Decimal("12.5")


def test_a_figure_is_known_from_the_day_it_was_published(loaded: Entry) -> None:
    merged, last = figures("T01", "fai", "2022-01..02")[0], figures("T02", "fai", "2023-09")[0]
    fixed = figures("T01", "grain", "2022-06")[0]
    assert merged.business_date == date(2022, 3, 18)
    assert last.business_date == date(2023, 10, 18)
    assert fixed.business_date == date(2022, 7, 15)
    assert last.value == Decimal(0)
    assert not Figure.objects.known_on(date(2022, 3, 17)).exists()


def test_a_figure_keeps_its_cell_its_file_and_who_answers_for_it(loaded: Entry, pack: Pack) -> None:
    figure = figures("T02", "fai", "2023-09")[0]
    assert figure.file is not None
    assert (figure.file.name, figure.cell) == ("figures/2023.csv", "K3")
    assert figure.file.sha256 == pack.hashes["figures/2023.csv"]
    assert (figure.standing, figure.vintage) == ("imported", "final")
    assert (figure.by, figure.by_name, figure.document) == ("console", "县统计局", "演示数据")
    assert File.objects.count() == len(pack.bytes_of)


def test_missing_masked_and_blank_stay_three_things(loaded: Entry) -> None:
    assert figures("T02", "fai", "2023-03")[0].absent == "missing"
    assert figures("T02", "fai", "2023-06")[0].absent == "masked"
    assert figures("T02", "fai", "2023-01..02")[0].absent == ""
    assert figures("T02", "fai", "2023-10") == []


def test_growth_goes_with_its_figure(loaded: Entry) -> None:
    assert figures("T01", "fai", "2023-03")[0].growth_given == Decimal("9.2")
    assert figures("T02", "fai", "2022")[0].growth_given == Decimal("4.5")
    assert figures("T01", "industry", "2023-03")[0].growth_given is None


def test_a_history_is_told_line_by_line_and_its_last_carries_the_growth(loaded: Entry) -> None:
    first, second = figures("T01", "fai", "2023-08")
    assert (first.standing, first.value, first.growth_given) == ("flash", Decimal(7120), None)
    assert (second.standing, second.growth_given) == ("confirmed", Decimal("7.9"))
    assert second.reason == "剔除设备32万元，未到货"
    assert (second.by, second.by_name) == ("officer", "邵建民（县统计局）")
    assert first.recorded < second.recorded
    assert figures("T01", "fai", "2023-09")[1].by_name == "县统计局"


def test_a_closed_month_is_handed_in_and_has_the_load_as_its_root(loaded: Entry) -> None:
    september, october = Call.objects.get(period="2023-09"), Call.objects.get(period="2023-10")
    assert (september.closed_on, september.closing_entry) == (date(2023, 10, 9), loaded.sequence)
    assert (october.closed_on, october.closing_entry) == (None, None)
    states = Submission.objects.values_list("call__period", "group__code", "status")
    assert sorted(states) == [
        ("2023-09", "T01-G3", Status.IMPORTED),
        ("2023-09", "T02-G3", Status.IMPORTED),
        ("2023-10", "T01-G3", Status.NOT_STARTED),
        ("2023-10", "T02-G3", Status.NOT_STARTED),
    ]


def test_the_calendar_has_the_state_s_holidays_and_the_county_s_own(loaded: Entry) -> None:
    assert CalendarDay.objects.get(day=date(2023, 9, 29)).is_workday is False
    assert CalendarDay.objects.get(day=date(2023, 10, 23)).name == "县庆"


def test_it_refuses_a_site_that_is_not_empty_and_says_what_is_there(
    loaded: Entry, pack: Pack
) -> None:
    with pytest.raises(LoadRefusedError, match=r"本站小禾县已有单位6、人员5、指标4") as refused:
        load(pack, by=BY, second=None, moment=MOMENT)
    assert "初始导入" in refused.value.problems[0].next
    assert Entry.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_row_that_fails_leaves_nothing(pack: Pack) -> None:
    first, *rest = pack.calls
    twice = replace(pack, calls=(first, first, *rest))
    with pytest.raises(DatabaseError):
        load(twice, by=BY, second=None, moment=MOMENT)
    for model in (Site, Unit, User, Indicator, Target, Figure, Entry, File, Call, CalendarDay):
        assert not model.objects.exists(), model


@pytest.mark.both_engines
@pytest.mark.django_db
def test_it_loads_the_same_on_both_engines(pack: Pack, engine: str) -> None:
    load(pack, by=BY, second=None, moment=MOMENT)
    assert Figure.objects.count() == 41
    assert errors(verify().problems) == []


@pytest.mark.django_db
def test_it_asks_the_database_in_bulk(
    pack: Pack, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(140):
        load(pack, by=BY, second=None, moment=MOMENT)
