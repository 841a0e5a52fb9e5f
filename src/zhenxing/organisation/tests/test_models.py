"""What the rows say of themselves."""

from __future__ import annotations

from datetime import date

from tests import cast
from zhenxing.organisation.models import (
    CalendarDay,
    CalendarYear,
    Membership,
    PastResult,
    Post,
    UnitProfile,
)


def test_each_row_names_itself_for_readers(county: cast.County) -> None:
    day = date(2023, 10, 7)
    rows: list[tuple[object, str]] = [
        (county.site, "禾山县"),
        (county.town, "青溪镇"),
        (county.groups["T01-G3"], "稳投资专班"),
        (county.reporter, "何青"),
        (UnitProfile(unit=county.town, as_of=day), "青溪镇 2023-10-07"),
        (PastResult(unit=county.town, year=2016, name="考核"), "青溪镇 2016 考核"),
        (Membership.objects.get(person=county.reporter), "稳投资专班 联络员 何青"),
        (Post.objects.get(person=county.leader), "周正 镇党委书记、镇长 青溪镇"),
        (CalendarDay(day=day, name="国庆节调休上班"), "2023-10-07 国庆节调休上班"),
        (CalendarYear(year=2023), "2023"),
    ]
    assert [str(row) for row, _ in rows] == [name for _, name in rows]


def test_a_unit_knows_the_town_it_is_or_lies_in(county: cast.County) -> None:
    places = (county.town, county.village, county.office, county.statistics, county.county)
    assert [place.town_code for place in places] == ["T01", "T01", "T01", None, None]
