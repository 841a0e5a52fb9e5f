"""labels.yaml, responsibility.yaml, grades.yaml: what cuts across, who answers, quotas."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from zhenxing.packs import shapes
from zhenxing.packs.records import Record, record, written
from zhenxing.packs.sections.county import GROUP_KEY, UNIT_CODE, USERNAME
from zhenxing.packs.sections.dictionary import INDICATOR_CODE
from zhenxing.targets.choices import GRADES, LabelKind


@record
class Label(Record):
    """A programme or a chain, and the indicators it gathers."""

    code: str = written(shapes.code(30))
    kind: str = written(shapes.one_of(LabelKind.values))
    name: str = written(shapes.text(60))
    basis: str = written(shapes.text(120))
    lead: str | None = written(UNIT_CODE, default=None)
    indicators: tuple[str, ...] = written(shapes.Each(INDICATOR_CODE), default=())


@record
class Answer(Record):
    """Who answers for some indicators of a unit, over some days."""

    unit: str = written(UNIT_CODE)
    indicators: tuple[str, ...] = written(shapes.Each(INDICATOR_CODE))
    whole: str | None = written(USERNAME, default=None)
    first: str | None = written(USERNAME, default=None)
    direct: str | None = written(USERNAME, default=None)
    group: str | None = written(GROUP_KEY, default=None)
    since: date = written(shapes.day, name="from")
    until: date | None = written(shapes.day, default=None)
    document: str = written(shapes.text(60), default="")
    note: str = written(shapes.text(200), default="")

    @property
    def people(self) -> tuple[tuple[str, str], ...]:
        """Who is named, by the key that names them."""
        named = (("whole", self.whole), ("first", self.first), ("direct", self.direct))
        return tuple((key, person) for key, person in named if person)


@record
class Quota(Record):
    """The greatest share of units that may have a grade or a better one, in percent."""

    grade: str = written(shapes.one_of(GRADES))
    share: Decimal = written(shapes.decimal)
    basis: str = written(shapes.text(120))
