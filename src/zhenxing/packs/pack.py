"""A pack: a county as a folder of readable files, read into frozen values."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from zhenxing.packs.folders import digest_of
from zhenxing.packs.sections.aims import Result, Target
from zhenxing.packs.sections.answers import Answer, Label, Quota
from zhenxing.packs.sections.county import Group, Header, Person, Units, VillageForm
from zhenxing.packs.sections.dictionary import Dictionary, LampText, PlanCurve
from zhenxing.packs.sections.month import Calendar, Call, Demo
from zhenxing.packs.sections.numbers import Told, Vintage
from zhenxing.packs.sections.schemes import SchemeFile


@dataclass(frozen=True, slots=True)
class Set:
    """A target with the year that its file's name gives it."""

    year: int
    target: Target


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """All that the files of one folder say.

    figures: the wide tables, by what they speak of. growths: the growth rates given beside them.
    totals: figures of whole years. history: the told vintages, in the order written.
    bytes_of: every file read, by its name inside the folder. unread: files that could not be read
    at all, so that nothing is said about what they would have known.
    """

    header: Header
    units: Units
    groups: tuple[Group, ...]
    people: tuple[Person, ...]
    dictionary: Dictionary
    curves: tuple[PlanCurve, ...]
    lamps: LampText
    targets: tuple[Set, ...]
    results: tuple[Result, ...]
    figures: tuple[Told, ...]
    growths: tuple[Told, ...]
    totals: tuple[Told, ...]
    history: tuple[Vintage, ...]
    calls: tuple[Call, ...]
    calendar: Calendar
    demo: Demo
    village_form: VillageForm | None = None
    labels: tuple[Label, ...] = ()
    responsibility: tuple[Answer, ...] = ()
    grades: tuple[Quota, ...] = ()
    schemes: tuple[SchemeFile, ...] = ()
    folder: Path = field(default_factory=Path, compare=False)
    bytes_of: Mapping[str, bytes] = field(default_factory=dict, compare=False, repr=False)
    unread: frozenset[str] = field(default=frozenset(), compare=False)

    @property
    def hashes(self) -> dict[str, str]:
        """The SHA-256 of every file, by name."""
        return {name: hashlib.sha256(data).hexdigest() for name, data in self.bytes_of.items()}

    @property
    def digest(self) -> str:
        """One SHA-256 over the names and hashes of all files."""
        return digest_of(self.hashes)

    def today(self, otherwise: date) -> date:
        """The day the pack speaks from: a demo's business date, else the given day."""
        return self.header.business_date or otherwise
