"""What a group has typed so far, laid over what it handed in last."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypedDict

from django.utils.timezone import localtime

from zhenxing.reporting.choices import Move
from zhenxing.reporting.form import typed
from zhenxing.reporting.models import Draft, Step

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from zhenxing.reporting.form.questions import Form
    from zhenxing.reporting.models import Submission


class Aside(TypedDict):
    """A text that came too late for its place, kept until somebody takes or drops it."""

    id: str
    name: str
    text: str
    by_name: str
    at: str


@dataclass(frozen=True)
class Desk:
    """A draft over the version it builds on: every text as it now stands, and what lies aside."""

    texts: Mapping[str, str]
    base: Mapping[str, str]
    aside: Sequence[Aside] = ()
    revision: int = 0
    by_name: str = ""
    at: datetime | None = None
    opened_at: datetime | None = None

    @property
    def cells(self) -> dict[str, str]:
        """What differs from the version, as a draft stores it."""
        return {name: text for name, text in self.texts.items() if text != self.base.get(name, "")}


def desk_of(submission: Submission, form: Form) -> Desk:
    """Give what lies on a group's desk; one query."""
    return laid_out(Draft.objects.filter(submission=submission).first(), form)


def laid_out(draft: Draft | None, form: Form) -> Desk:
    """Lay a draft over the version that its form builds on.

    Where somebody handed in since, by a file or from another page, the draft's own texts are not
    laid over the new version: those that say something else lie aside.
    """
    base = typed.texts_of(form, form.filled)
    if draft is None:
        return Desk(base, base)
    desk = Desk(base, base, tuple(draft.set_aside), draft.revision, draft.by_name, draft.at)
    if draft.base_version == form.base_version:
        return replace(desk, texts=base | draft.cells, opened_at=draft.opened_at)
    aside = tuple(draft.set_aside)
    for name, text in draft.cells.items():
        if text and not typed.same(name, text, base.get(name, ""), form):
            aside = with_aside(aside, aside_of(name, text, draft.by_name, draft.at))
    return replace(desk, aside=aside)


def aside_of(name: str, text: str, by_name: str, at: datetime | None) -> Aside:
    """Set a text aside; the same text of the same person for a place is one, however often sent."""
    said = "\n".join((name, text, by_name))
    when = localtime(at).isoformat(timespec="minutes") if at else ""
    digest = hashlib.sha256(said.encode()).hexdigest()[:16]
    return Aside(id=digest, name=name, text=text, by_name=by_name, at=when)


def with_aside(aside: tuple[Aside, ...], new: Aside) -> tuple[Aside, ...]:
    """Add a text to what lies aside, unless it lies there."""
    return aside if any(each["id"] == new["id"] for each in aside) else (*aside, new)


def last_return(submission: Submission) -> Step | None:
    """Give the latest time a submission was sent back: by whom, why, and in which words."""
    rows = Step.objects.filter(submission=submission, move=Move.RETURN)
    return rows.select_related("version").order_by("-pk").first()
