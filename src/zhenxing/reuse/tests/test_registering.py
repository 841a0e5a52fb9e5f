"""Forms are registered once; hostile files, strangers and second copies are refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests import cast
from zhenxing.audit.models import Entry
from zhenxing.audit.queries import verify
from zhenxing.documents.models import File
from zhenxing.documents.tests import hostile, offices
from zhenxing.kernel.problems import Problem
from zhenxing.reuse import access, queries, services
from zhenxing.reuse.models import Template
from zhenxing.reuse.tests import make

pytestmark = pytest.mark.django_db
KEEPERS = {
    "town": {"town_office", "reporter", "colleague", "farm_reporter"},
    "rival": {"stranger"},
    "statistics": {"department"},
    "farming": set(),
    "county": {"assessor"},
    "village": set(),
}


@pytest.mark.parametrize("place", KEEPERS)
def test_each_unit_keeps_its_own_forms(county: cast.County, place: str) -> None:
    people = {name: who for name, who in vars(county).items() if who in county.people.values()}
    unit = getattr(county, place)
    keepers = {name for name, who in people.items() if access.may_keep(cast.scope(who), unit)}
    assert keepers == KEEPERS[place]


def test_whoever_signs_keeps_no_form_whatever_else_they_hold(county: cast.County) -> None:
    scope = cast.scope(county.town_office)
    for letter in "LAX":
        assert not access.may_keep(replace(scope, roles=scope.roles | {letter}), county.town)


@pytest.mark.parametrize(
    ("person", "unit", "count"),
    [("town_office", "", 1), ("stranger", "", 0), ("department", "", 0), ("assessor", "", 1),
     ("auditor", "", 1), ("leader", "", 1), ("administrator", "", 0), ("village_reporter", "", 0)],
)  # fmt: skip
def test_a_form_is_seen_by_its_own_and_by_who_reads_all(
    desk: make.Desk, person: str, unit: str, count: int
) -> None:
    scope = cast.scope(getattr(desk.county, person))
    assert Template.objects.visible_to(scope).count() == count


def test_it_numbers_a_units_forms_and_the_ledger_holds_them(desk: make.Desk) -> None:
    second = make.registered(desk.county.reporter, desk.county.town, offices.monthly(picture=False))
    assert [desk.template.code, second.code] == ["T01-W1", "T01-W2"]
    assert second.by_name == "何青（青溪镇）"
    assert verify(known_heads=[]).holds
    Template.objects.filter(pk=second.pk).update(name="另一份")
    assert not verify(known_heads=[]).holds


def refused(desk: make.Desk, data: bytes, by: str = "town_office") -> str:
    done = services.register(
        data,
        name=make.NAME,
        unit=desk.county.town,
        said=make.SAID,
        scope=cast.scope(getattr(desk.county, by)),
        moment=cast.moment(),
    )
    assert isinstance(done, Problem)
    return done.sentence


def test_the_same_file_is_not_registered_twice(desk: make.Desk) -> None:
    data = queries.stored(desk.template)
    assert isinstance(data, bytes)
    assert "已登记为《重点指标月报表》" in refused(desk, data)
    assert Template.objects.count() == 1


def test_a_stranger_registers_nothing(desk: make.Desk) -> None:
    files = File.objects.count()
    assert "没有这项权限" in refused(desk, offices.monthly(picture=False), "stranger")
    assert File.objects.count() == files


@pytest.mark.parametrize(
    "name", ["a bomb", "macro inside", "link", "password", "entity in xl/workbook.xml", "old excel",
             "word", "out of the folder", "a million cells", "nothing"],
)  # fmt: skip
def test_a_hostile_file_leaves_nothing(desk: make.Desk, name: str) -> None:
    entries, files = Entry.objects.count(), File.objects.count()
    assert refused(desk, hostile.build(name)).startswith(make.NAME)
    assert (Entry.objects.count(), File.objects.count()) == (entries, files)


def test_particulars_change_and_an_expired_form_says_so(desk: make.Desk) -> None:
    said = replace(make.SAID, expires=date(2023, 9, 30), office="市发展改革委")
    scope = cast.scope(desk.county.town_office)
    done = services.amend(template=desk.template, said=said, scope=scope, moment=cast.moment())
    assert isinstance(done, Template)
    assert (done.state(cast.TODAY), done.office) == ("已过期", "市发展改革委")
    assert done.state(date(2023, 9, 30)) == "在用"
    assert verify(known_heads=[]).holds


def test_a_stopped_form_takes_no_further_act(desk: make.Desk) -> None:
    with_scope = {"scope": cast.scope(desk.county.town_office), "moment": cast.moment()}
    stopped = services.stop(template=desk.template, reason="不再要", **with_scope)  # type: ignore[arg-type]  # as above
    assert isinstance(stopped, Template)
    assert stopped.state(cast.TODAY) == "已停用"
    again = services.stop(template=desk.template, reason="不再要", **with_scope)  # type: ignore[arg-type]  # as above
    tied = services.assign(template=desk.template, cells=[make.cell("C4")], **with_scope)  # type: ignore[arg-type]  # as above
    assert isinstance(again, Problem)
    assert isinstance(tied[0], Problem)
    assert "已于2023-10-20停用" in again.what


def test_only_its_keepers_amend_and_stop_a_form(desk: make.Desk) -> None:
    scope = cast.scope(desk.county.leader)
    given = {"template": desk.template, "scope": scope, "moment": cast.moment()}
    assert isinstance(services.amend(said=make.SAID, **given), Problem)  # type: ignore[arg-type]  # as above
    assert isinstance(services.stop(reason="不再要", **given), Problem)  # type: ignore[arg-type]  # as above
