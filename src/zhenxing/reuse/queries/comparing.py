"""A form held against what went out last time, cell by cell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zhenxing.kernel.periods import Period
    from zhenxing.reuse.models import Sent, Template
    from zhenxing.reuse.queries.filled import Filling

EMPTY = "（空）"


@dataclass(frozen=True)
class Difference:
    """One cell that is not as it was sent."""

    place: str
    before: str
    after: str

    @property
    def note(self) -> str:
        """The words that hang on the cell of the marked copy."""
        return f"上次报出：{self.before}；这次：{self.after}"


@dataclass(frozen=True)
class Compared:
    """What a filling is held against, and what differs, by cell."""

    sent: Sent
    month: str
    differences: Mapping[str, Difference]

    @property
    def is_same_month(self) -> bool:
        """Whether the same month went out before: a difference then is a number that moved."""
        return self.sent.period == self.month


def compared(filling: Filling) -> Compared | None:
    """Hold a filling against the last time it went out: the same month's before any other."""
    sent = last_sent(filling.template, filling.month)
    if sent is None:
        return None
    return Compared(sent, str(filling.month), differences(sent.values, filling.snapshot))


def last_sent(template: Template, month: Period) -> Sent | None:
    """Give the last sending of the month, or of the latest month before it."""
    earlier = template.sendings.filter(period__lte=str(month))
    return earlier.order_by("-period", "-number").first()


def differences(
    before: Mapping[str, Mapping[str, str]], after: Mapping[str, Mapping[str, str]]
) -> dict[str, Difference]:
    """Give the cells whose content is not the same, in the order of the form."""
    places = dict.fromkeys([*after, *before])
    return {
        place: Difference(place, _shown(before.get(place)), _shown(after.get(place)))
        for place in places
        if _content(before.get(place)) != _content(after.get(place))
    }


def _content(cell: Mapping[str, str] | None) -> tuple[str, str]:
    return (cell["kind"], cell["text"]) if cell else ("blank", "")


def _shown(cell: Mapping[str, str] | None) -> str:
    return cell["shown"] or EMPTY if cell else EMPTY
