"""What a form asks: one line an indicator, with everything shown beside the entry."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from zhenxing.engine.progress import completion, lead
from zhenxing.indicators.choices import Evidence, Kind, Reading
from zhenxing.kernel.periods import Period
from zhenxing.reporting.choices import PARTS
from zhenxing.reporting.form import layout
from zhenxing.reporting.form.answers import Answer, Content

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal


TITLE = "工作报送，非统计调查"
SHORT_PARTS = ("problems",)


@dataclass(frozen=True)
class Villages:
    """What a town's villages reported of a number: their sum, how many of them have said one."""

    total: Decimal
    told: int
    of: int

    def fits(self, value: Decimal) -> bool:
        """Whether the town's number can be the whole of which these are the parts."""
        return value == self.total if self.told == self.of else value >= self.total


@dataclass(frozen=True, kw_only=True)
class Question:
    """One indicator as a form asks for it.

    `period` is what the entry speaks of; `locked` says why there is nothing to enter (`known` is
    then the value that counts), `confirm_locked` the same of the period before. `aim` is a level
    target as a number, `target` every target in words. `plan` is what the plan asks for, as the
    entry is read; `so_far` the year's earlier months of what is reported month by month; `elapsed`
    the percent of the year's task due by now.
    """

    row: int
    code: str
    name: str
    measure: str
    period: Period
    kind: str = Kind.FLOW
    reading: str = Reading.CUMULATIVE
    decimals: int = 0
    definition: str = ""
    last_year: Decimal | None = None
    last_period: Period | None = None
    last: Decimal | None = None
    last_is_flash: bool = False
    locked: str = ""
    known: Decimal | None = None
    confirm_locked: str = ""
    target: str = ""
    aim: Decimal | None = None
    aims_up: bool = True
    low: Decimal | None = None
    high: Decimal | None = None
    part_of: str = ""
    nature: str = ""
    evidence: str = ""
    plan: Decimal | None = None
    so_far: Decimal | None = None
    elapsed: Decimal | None = None
    villages: Villages | None = None

    @property
    def needs_evidence(self) -> bool:
        """Whether the dictionary asks for a paper behind the number."""
        return self.evidence == Evidence.REQUIRED

    @property
    def asks_confirmation(self) -> bool:
        """Whether the period before was reported before it was over, and wants its full number."""
        return not self.confirm_locked and self.last is not None and self.last_is_flash

    def total(self, value: Decimal | None) -> Decimal | None:
        """Give the year's number up to the period; None where a month of it is not known."""
        if value is None or self.reading != Reading.CURRENT:
            return value
        return None if self.so_far is None else self.so_far + value

    def completed(self, value: Decimal | None) -> Decimal | None:
        """Percent of the year's level target that is done, where doing more is the aim."""
        total = self.total(value)
        if total is None or self.aim is None or not self.aims_up:
            return None
        return completion(total, self.aim)

    def ahead(self, value: Decimal | None) -> Decimal | None:
        """Percentage points ahead of time, behind where negative."""
        done = self.completed(value)
        return None if done is None or self.elapsed is None else lead(done, self.elapsed)

    @property
    def may_be_negative(self) -> bool:
        """Whether a value below zero can be true."""
        return self.kind == Kind.RATE

    @property
    def meaning(self) -> str:
        """What the entry says of its period, in a few words."""
        if self.reading == Reading.CUMULATIVE:
            label = self.period.to_date_label.partition("年")[2] or "全年"
            return f"{label}累计"
        label = self.period.label_in_year or "全年"
        return f"{label}当期" if self.reading == Reading.CURRENT else f"{label}末"

    def answered(
        self, value: Decimal | None, confirmed: Decimal | None = None, note: str = ""
    ) -> Answer:
        """Make the answer, with the cells it stands in."""
        before = self.last_period if not self.confirm_locked else None
        return Answer(
            period=str(self.period),
            cell=layout.cell(layout.ENTRY, self.row),
            value=value,
            confirmed_period=str(before or ""),
            confirmed_cell=layout.cell(layout.CONFIRM, self.row) if before else "",
            confirmed=confirmed,
            note=note,
        )


@dataclass(frozen=True, kw_only=True)
class Form:
    """The form of one group for one month, on the version it builds on."""

    site: str
    period: Period
    due: date
    unit: str
    unit_name: str
    group: str
    group_name: str
    base_version: int
    questions: tuple[Question, ...]
    filled: Content | None = None
    parts_before: Mapping[str, str] = field(default_factory=dict)
    is_short: bool = False

    @property
    def asked_parts(self) -> tuple[str, ...]:
        """Which parts of the text are asked for: a village's short form has one."""
        return SHORT_PARTS if self.is_short else tuple(PARTS)

    @property
    def title(self) -> str:
        """The form's name."""
        return f"{self.unit_name}{self.group_name}{self.period.label}报表"
