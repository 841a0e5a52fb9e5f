"""How far a submission has come, who did what to it when, and what its numbers moved from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q

from zhenxing.organisation.choices import UnitKind
from zhenxing.reporting import access
from zhenxing.reporting.choices import HANDED_IN, Move, Status
from zhenxing.reporting.form.differences import differences
from zhenxing.reporting.models import Confirmation, Step, Submission, Version
from zhenxing.reporting.queries.versions import content_of, lines

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime
    from decimal import Decimal

    from zhenxing.reporting.form.differences import Difference
    from zhenxing.reporting.form.questions import Form, Question
    from zhenxing.reporting.queries.versions import Line
    from zhenxing.web.scope import Scope

_ORDER = (
    ("填报", HANDED_IN),
    ("审核", frozenset({Status.REVIEWED, Status.SIGNED, Status.CONFIRMED})),
    ("签发", frozenset({Status.SIGNED, Status.CONFIRMED})),
    ("核定", frozenset({Status.CONFIRMED})),
)
_MOVES = {"审核": Move.REVIEW, "签发": Move.SIGN, "核定": Move.CONFIRM}
_DECIDED = (Move.REVIEW, Move.SIGN)


@dataclass(frozen=True)
class Stage:
    """One stage of the bar: whether it is done or is on, and by whom and when."""

    label: str
    is_done: bool
    is_now: bool
    who: str = ""
    day: date | None = None


@dataclass(frozen=True)
class Event:
    """One line of what was done: a hand-in, a step, some confirmations, the closing."""

    what: str
    who: str
    day: date
    at: datetime | None = None
    version: Version | None = None
    reason: str = ""
    text: str = ""
    tone: str = ""


@dataclass(frozen=True)
class Life:
    """Everything that was done to a submission; versions newest first, the rest in order."""

    submission: Submission
    versions: tuple[Version, ...]
    steps: tuple[Step, ...]
    confirmations: tuple[Confirmation, ...]

    @property
    def latest(self) -> Version | None:
        """The version that stands."""
        return self.versions[0] if self.versions else None

    @property
    def before(self) -> Version | None:
        """The version before it."""
        return self.versions[1] if len(self.versions) > 1 else None

    @property
    def decided(self) -> Version | None:
        """The last version but the one that stands that was reviewed or signed."""
        made = {step.version_id for step in self.steps if step.move in _DECIDED}
        return next((each for each in self.versions[1:] if each.pk in made), None)

    @property
    def returned(self) -> Step | None:
        """The return that the reporter has to answer, if it lies there."""
        if self.submission.status != Status.RETURNED:
            return None
        return next((step for step in reversed(self.steps) if step.move == Move.RETURN), None)

    @property
    def last_return(self) -> Step | None:
        """The last time it came back, whether it was answered or not."""
        return next((step for step in reversed(self.steps) if step.move == Move.RETURN), None)

    @property
    def stages(self) -> list[Stage]:
        """The bar from the filling to the closing."""
        status, found, is_now = Status(self.submission.status), [], True
        closed = self.submission.call.closed_on
        for label, done in _ORDER:
            is_done = status in done
            who, day = self._who(label) if is_done else ("", None)
            found.append(Stage(label, is_done, is_now and not is_done and not closed, who, day))
            is_now = is_now and is_done
        return [*found, Stage("关闭", closed is not None, is_now and not closed, day=closed)]

    @property
    def history(self) -> list[Event]:
        """What was done, newest first."""
        made = [(version.sealed_by, _handed_in(version)) for version in self.versions]
        made += [(step.sealed_by, _stepped(step)) for step in self.steps]
        counted: dict[int, list[Confirmation]] = {}
        for line in self.confirmations:
            counted.setdefault(line.sealed_by, []).append(line)
        finishing = {step.sealed_by for step in self.steps if step.move == Move.CONFIRM}
        made += [
            (entry, _confirmed(rows)) for entry, rows in counted.items() if entry not in finishing
        ]
        return [event for _, event in sorted(made, key=lambda each: each[0], reverse=True)]

    def own_value(self, code: str, period: str) -> Confirmation | None:
        """Give the lead department's last value of one number of the version that stands."""
        for line in reversed(self.confirmations):
            same = (line.indicator.code, line.period) == (code, period)
            if same and self.latest is not None and line.version_id == self.latest.pk:
                return line
        return None

    def _who(self, label: str) -> tuple[str, date | None]:
        if label == "填报":
            made: list[Version | Step] = [*self.versions[:1]]
        else:
            made = [step for step in reversed(self.steps) if step.move == _MOVES[label]]
        return next(((each.by_name, each.business_date) for each in made), ("", None))


@dataclass(frozen=True)
class Checked:
    """One number to be looked at before a decision: what it was, what it is, what others say."""

    line: Line
    before: Decimal | None
    decided: Decimal | None
    own: Confirmation | None

    @property
    def question(self) -> Question:
        """What was asked."""
        return self.line.question

    @property
    def value(self) -> Decimal | None:
        """What the version that stands says."""
        return self.line.answer.value if self.line.answer else None

    @property
    def since_last(self) -> Decimal | None:
        """How much it differs from the period before."""
        last = self.question.last
        return None if self.value is None or last is None else self.value - last

    @property
    def share(self) -> Decimal | None:
        """That difference in percent of the period before."""
        last = self.question.last
        return self.since_last * 100 / abs(last) if last and self.since_last is not None else None


def life_of(submission: Submission) -> Life:
    """Read the life of a submission; three queries."""
    versions = Version.objects.filter(submission=submission).select_related("file")
    steps = Step.objects.filter(submission=submission).select_related("version")
    lines_ = Confirmation.objects.filter(submission=submission).select_related("indicator")
    return Life(
        submission,
        tuple(versions.order_by("-number")),
        tuple(steps.order_by("pk")),
        tuple(lines_.order_by("pk")),
    )


def checked(life: Life, form: Form, shown: Sequence[Line]) -> list[Checked]:
    """Lay out what has to be seen before a decision, number by number."""
    earlier = [content_of(each) if each else None for each in (life.before, life.decided)]
    before, decided = ([line.answer for line in lines(form, content)] for content in earlier)
    return [
        Checked(
            line,
            old.value if old else None,
            last.value if last else None,
            life.own_value(line.question.code, str(line.question.period)),
        )
        for line, old, last in zip(shown, before, decided, strict=True)
    ]


def since(life: Life, form: Form, older: Version | None) -> list[Difference]:
    """Give what the version that stands says otherwise than an older one."""
    if life.latest is None or older is None:
        return []
    names = {question.code: question.name for question in form.questions}
    return differences(content_of(older), content_of(life.latest), names)


def waiting_for(scope: Scope) -> list[Submission]:
    """List what the person has to review or sign: of the groups led, of the towns signed for."""
    villages = Q(group__unit__kind=UnitKind.VILLAGE, group__unit__parent__code__in=scope.towns)
    reviews = Q(status=Status.SUBMITTED) & (Q(group__code__in=scope.leads) | villages)
    signs = Q(status=Status.REVIEWED) & (
        Q(group__unit__code__in=scope.signs) | Q(group__unit__parent__code__in=scope.signs)
    )
    rows = Submission.objects.filter(reviews | signs, call__closed_on__isnull=True)
    places = ("call__period", "group__unit__position", "group__code")
    found = rows.select_related("call", "group__unit__parent").order_by(*places)
    return [each for each in found if _is_next(scope, each)]


def _is_next(scope: Scope, submission: Submission) -> bool:
    move = Move.REVIEW if submission.status == Status.SUBMITTED else Move.SIGN
    return bool(access.capacities(scope, submission, move))


def _handed_in(version: Version) -> Event:
    late = "" if version.on_time else "（逾期）"
    return Event(
        f"提交{version.label}{late}",
        version.by_name,
        version.business_date,
        version.at,
        version,
        tone="" if version.on_time else "late",
    )


def _stepped(step: Step) -> Event:
    is_return = step.move == Move.RETURN
    return Event(
        f"{step.get_move_display()}{step.version.label}",
        step.by_name,
        step.business_date,
        step.at,
        reason=step.get_reason_display() if is_return else "",
        text=step.text,
        tone="late" if is_return else "ahead",
    )


def _confirmed(rows: list[Confirmation]) -> Event:
    names = "、".join(dict.fromkeys(row.indicator.name for row in rows))
    first = rows[0]
    what = f"核定{len(rows)}个数"
    return Event(what, first.by_name, first.business_date, first.at, text=names, tone="ahead")
