"""What a pack knows by code, so that a code nobody carries is told with its nearest neighbours."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from zhenxing.engine.releases import Release
from zhenxing.organisation.choices import UnitKind
from zhenxing.packs.figures import calendars_of
from zhenxing.packs.pack import Pack
from zhenxing.packs.places import Findings, Place
from zhenxing.packs.records import Record
from zhenxing.packs.sections.county import Group, Part, Person, Unit
from zhenxing.packs.sections.dictionary import Indicator


@dataclass(frozen=True)
class Index:
    """A pack with its codes at hand, the day it is judged on, and where to note what is wrong."""

    pack: Pack
    today: date
    findings: Findings

    @cached_property
    def unsure(self) -> frozenset[str]:
        """Files some of whose codes could not be read: what they lack is not told as unknown."""
        named: tuple[tuple[Iterable[Record], str], ...] = (
            (self.pack.units.all, "code"),
            (self.pack.groups, "key"),
            (self.pack.people, "username"),
            (self.pack.dictionary.indicators, "code"),
            (self.pack.calls, "period"),
        )
        spoiled = (
            each.place.file for records, key in named for each in records if not each.sound(key)
        )
        return self.pack.unread | frozenset(spoiled)

    @property
    def is_real(self) -> bool:
        """Whether the pack says that it is no demo."""
        header = self.pack.header
        return header.sound("demo") and not header.demo and "pack.yaml" not in self.unsure

    @cached_property
    def kinds(self) -> Mapping[str, UnitKind]:
        """Every unit's kind by its code."""
        units = self.pack.units
        sets: tuple[tuple[UnitKind, Iterable[Unit]], ...] = (
            (UnitKind.COUNTY, (units.county,)),
            (UnitKind.DEPARTMENT, units.departments),
            (UnitKind.TOWN, units.towns),
            (UnitKind.VILLAGE, units.villages),
            (UnitKind.OFFICE, units.offices),
        )
        return {unit.code: kind for kind, each in sets for unit in each if unit.code}

    @cached_property
    def units(self) -> Mapping[str, Unit]:
        """Every unit by its code."""
        return {unit.code: unit for unit in self.pack.units.all if unit.code}

    @cached_property
    def groups(self) -> Mapping[str, Group]:
        """Every working group by its key."""
        return {group.key: group for group in self.pack.groups if group.key}

    @cached_property
    def people(self) -> Mapping[str, Person]:
        """Everybody by the name they sign in with."""
        return {person.username: person for person in self.pack.people if person.username}

    @cached_property
    def indicators(self) -> Mapping[str, Indicator]:
        """Every indicator by its code."""
        return {each.code: each for each in self.pack.dictionary.indicators if each.code}

    @cached_property
    def calendars(self) -> Mapping[str, Release]:
        """Every sound release calendar by its indicator's code."""
        return calendars_of(self.pack.dictionary)

    def town_of(self, code: str) -> str | None:
        """The town that a unit is or lies in."""
        unit = self.units.get(code)
        if isinstance(unit, Part):
            return unit.parent
        return code if self.kinds.get(code) is UnitKind.TOWN else None

    def has_unit(self, place: Place, code: str, *kinds: UnitKind) -> bool:
        """Note a unit that does not exist or is of another kind; say whether all is well."""
        if not code or "units.yaml" in self.unsure:
            return False
        wanted = [known for known, kind in self.kinds.items() if not kinds or kind in kinds]
        if code in wanted:
            return True
        words = "、".join(kind.label for kind in kinds) or "单位"
        if code in self.kinds:
            what = f"「{code}」是{self.kinds[code].label}，这里要的是{words}"
            self.findings.add(place, what, f"改成一个{words}的编码")
        else:
            self.findings.unknown(place, words, code, wanted, "units.yaml")
        return False

    def has_group(self, place: Place, key: str) -> bool:
        """Note a working group that does not exist."""
        return self._has(place, "专班", key, self.groups, "groups.yaml")

    def has_person(self, place: Place, username: str) -> bool:
        """Note a person who does not exist."""
        return self._has(place, "人员", username, self.people, "people.yaml")

    def has_indicator(self, place: Place, code: str) -> bool:
        """Note an indicator that does not exist."""
        return self._has(place, "指标", code, self.indicators, "indicators.yaml")

    def _has(
        self, place: Place, kind: str, code: str, known: Mapping[str, object], home: str
    ) -> bool:
        if not code or home in self.unsure:
            return False
        if code in known:
            return True
        self.findings.unknown(place, kind, code, list(known), home)
        return False


def note_repeats(findings: Findings, said: Iterable[tuple[str, Place]], what: str) -> None:
    """Note whatever is said a second time, with the place of the first."""
    first: dict[str, Place] = {}
    for name, place in said:
        if not name:
            continue
        if name in first:
            findings.add(place, f"{what}「{name}」写了两遍，上一处在 {first[name]}", "只留一处")
        first.setdefault(name, place)
