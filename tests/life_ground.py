"""What must hold of a submission, worked out a second time from posts, versions and steps.

`life_machine` plays random persons on this ground. Each run stands in a transaction of its own
that is taken back; at its end the ledger must verify.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, ClassVar

from django.db import transaction
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant

from tests import cast
from zhenxing.accounts.choices import Role
from zhenxing.accounts.models import User
from zhenxing.accounts.tests import make as make_accounts
from zhenxing.audit import queries as audit_queries
from zhenxing.audit.models import Head
from zhenxing.engine.standing import counting
from zhenxing.indicators.choices import Absent, StandingChoice
from zhenxing.indicators.models import Figure
from zhenxing.indicators.queries.month import figure_facts
from zhenxing.kernel.moments import Moment
from zhenxing.kernel.problems import Problem
from zhenxing.kernel.values import is_known
from zhenxing.organisation.models import Post
from zhenxing.organisation.tests import make as make_posts
from zhenxing.reporting import services
from zhenxing.reporting.choices import MOVES, Move, SlipMove, Status
from zhenxing.reporting.models import (
    Call,
    Confirmation,
    CorrectionSlip,
    SlipStep,
    Step,
    Version,
)
from zhenxing.reporting.services import figures
from zhenxing.reporting.tests import make

if TYPE_CHECKING:
    from zhenxing.web.scope import Scope

LOST = {"stale", "conflict"}
MINE: dict[str, dict[Move, str]] = {
    "F T01-G3": {Move.SUBMIT: "F"},
    "G T01-G3": {Move.REVIEW: "G", Move.RETURN: "G"},
    "L T01": {Move.SIGN: "L", Move.RETURN: "L"},
    "D D01": {Move.CONFIRM: "D", Move.RETURN: "D"},
    "K H00": {Move.RETURN: "K"},
}


@dataclass
class World:
    """The month that every run begins from; built once, each run is rolled back."""

    month: make.Month
    tried: Counter[str]
    runs: int = 0

    @classmethod
    def build(cls) -> World:
        """Make the county, its October, a second person of the assessment office."""
        month = make.month(cast.build())
        second = make_accounts.person("assessment-2", "陆则", password=cast.PASSWORD)
        make_posts.post(second, Role.ASSESSMENT, month.county.county)
        with make.sealed("tests.begun") as act:
            act.vouch(*audit_queries.vouched_models())
        return cls(month, Counter())


class LifeGround(RuleBasedStateMachine):
    """One submission, T01-G3's for October 2023: what must hold of it, and what may be done."""

    world: ClassVar[World]

    @initialize()
    def begin(self) -> None:
        """Begin in a transaction of its own."""
        self.whole = transaction.atomic()
        self.whole.__enter__()
        self.world.runs += 1
        self.day, self.seconds, self.keys = cast.TODAY, 0, 0
        self.posts = _posts()
        self.at_closing: tuple[int, ...] | None = None
        self.held = -1
        self.look()

    def teardown(self) -> None:
        """Hold the ledger against the tables, then take everything back."""
        try:
            verified = audit_queries.verify()
            faults = [p.sentence for p in verified.problems if p.is_error]
            assert faults == [], faults
            assert verified.first_bad is None
        finally:
            transaction.set_rollback(True)
            self.whole.__exit__(None, None, None)

    # what must hold -------------------------------------------------------------------------

    @invariant()
    def everything_agrees(self) -> None:
        """Hold the tables against each other wherever an act has left something new."""
        head = Head.objects.values_list("sequence", flat=True).get()
        if head == self.held:
            return
        self.held = head
        self.look()
        self.a_closed_month_stays_as_it_was()
        self.filler_reviewer_signer_and_confirmer_are_four()
        self.the_status_is_what_the_steps_say()
        self.every_figure_is_told_by_a_paper()
        self.what_counts_is_what_the_life_says()

    def a_closed_month_stays_as_it_was(self) -> None:
        """No version, step or confirmation after closing; figures only by approved slips."""
        if self.at_closing is None:
            return
        *rows, before = self.at_closing
        *now, after = self.counts()
        assert now == rows
        approved = set(CorrectionSlip.objects.filter(state="approved").values_list("number"))
        newer = Figure.objects.order_by("pk")[before:after]
        assert {(figure.document,) for figure in newer} <= approved
        assert {f.standing for f in newer} <= {StandingChoice.CORRECTION, StandingChoice.CONFIRMED}

    def filler_reviewer_signer_and_confirmer_are_four(self) -> None:
        """Nobody has two parts in one submission, over all its versions."""
        for one, other in (
            (Move.SUBMIT, Move.REVIEW), (Move.SUBMIT, Move.SIGN), (Move.REVIEW, Move.SIGN),
            (Move.SUBMIT, Move.CONFIRM), (Move.REVIEW, Move.CONFIRM), (Move.SIGN, Move.CONFIRM),
        ):  # fmt: skip
            assert not self.hands(one) & self.hands(other), (one, other)
        assert not {step.by for step in self.steps if step.move == Move.RETURN} & self.hands(
            Move.SUBMIT
        )
        signatures = SlipStep.objects.exclude(move=SlipMove.REFUSE).values_list("slip", "by")
        assert len(set(signatures)) == len(signatures)

    def the_status_is_what_the_steps_say(self) -> None:
        """Played through again from nothing, versions and steps lead to the stored status."""
        status: str = Status.NOT_STARTED
        events: list[Version | Step] = [*self.versions, *self.steps]
        for event in sorted(events, key=lambda each: each.sealed_by):
            if isinstance(event, Version):
                status = Status.SUBMITTED
                continue
            assert event.before == status
            rules = MOVES[Move(event.move)]
            assert any(
                event.before in each.before
                and event.after == each.after
                and event.role in each.roles
                for each in rules
            )
            status = event.after
        assert self.submission.status == status
        assert self.submission.latest == len(self.versions)

    def every_figure_is_told_by_a_paper(self) -> None:
        """A version, a confirmation or a slip carries each value; a recall has its return."""
        versions = {version.receipt: version for version in self.versions}
        slips = dict(CorrectionSlip.objects.values_list("number", "new"))
        values = {
            receipt: {each.place: each.value for each in figures.told(version)}
            for receipt, version in versions.items()
        }
        for figure in Figure.objects.select_related("indicator"):
            place = (figure.indicator.code, figure.period)
            if figure.document in slips:
                assert figure.value == slips[figure.document]
            elif figure.absent == Absent.RECALLED:
                assert self.is_taken_back(figure, place)
            elif figure.standing == StandingChoice.CONFIRMED:
                told = self.confirmations(versions[figure.document])
                said = {(line.indicator_id, line.by, line.value) for line in told}
                assert (figure.indicator_id, figure.by, figure.value) in said
            else:
                assert figure.value == values[figure.document][place]
                assert figure.by == versions[figure.document].by

    def is_taken_back(self, mark: Figure, place: tuple[str, str]) -> bool:
        """Whether a return by that very person took it back, or their version left it blank."""
        returned = {
            step.version.receipt
            for step in self.steps
            if step.move == Move.RETURN and step.by == mark.by
        }
        blank = any(
            each.place == place and each.value is None
            for version in self.versions[1:]
            if version.by == mark.by
            for each in figures.told(version)
        )
        return mark.document in returned or (blank and mark.standing == StandingChoice.SUBMITTED)

    def what_counts_is_what_the_life_says(self) -> None:
        """Confirmed, else signed, else submitted, of the version that stands; a slip over all."""
        if CorrectionSlip.objects.filter(state="approved"):
            return
        if not self.versions:
            assert not Figure.objects.exists()
            return
        version = self.versions[-1]
        told = {each.indicator: each.value for each in figures.told(version)}
        stands = self.status in {Status.SIGNED, Status.CONFIRMED}
        own = {line.indicator.code: line.value for line in self.confirmations(version)}
        facts = list(figure_facts(Figure.objects.all()))
        for code, value in told.items():
            fact = counting([each for each in facts if each.indicator == code])
            if value is None:
                assert fact is None or not is_known(fact.value)
                continue
            assert fact is not None
            standing = "confirmed" if code in own else "signed"
            assert fact.standing.value == (standing if stands else "submitted")
            assert fact.value == (own.get(code, value) if stands else value)

    def check(self, name: str, done: object, before: tuple[int, ...], *, expected: bool) -> None:
        """An act stands exactly where it must; what does not stand leaves no line at all."""
        stood = isinstance(done, services.Handed | services.Done | services.Confirmed)
        assert stood is expected, (name, done)
        assert (self.counts() != before) is stood, (name, done)
        self.count(name, done)
        if stood:
            self.look()

    def may(self, move: Move, who: str, lag: int) -> bool:
        """Work out anew whether a move must stand: posts, table, month, version, four hands."""
        if self.call.closed_on is not None or lag:
            return False
        letter = MINE.get(self.posts[who], {}).get(move)
        if letter is None:
            return False
        legal = any(self.status in each.before and letter in each.roles for each in MOVES[move])
        others = {Move.SUBMIT, Move.REVIEW, Move.SIGN, Move.CONFIRM} - {move}
        barred = {Move.SUBMIT} if move is Move.RETURN else others
        return legal and not any(who in self.hands(other) for other in barred)

    def scope(self, who: str) -> Scope:
        """Give what the person may see today."""
        return cast.scope(User.objects.get(username=who), self.day)

    def moment(self) -> Moment:
        """Give a moment, a second after the last one."""
        self.seconds += 1
        at = cast.moment(self.day, hour=9).at + timedelta(seconds=self.seconds)
        return Moment(at, self.day)

    def look(self) -> None:
        """Read everything about the submission anew."""
        self.submission = self.world.month.submission()
        rows = Version.objects.filter(submission=self.submission).select_related("submission")
        self.versions = list(rows.order_by("number"))
        steps = Step.objects.filter(submission=self.submission).select_related("version")
        self.steps = list(steps.order_by("pk"))
        lines = Confirmation.objects.filter(submission=self.submission)
        self.lines = list(lines.select_related("indicator").order_by("pk"))

    @property
    def call(self) -> Call:
        """October's call."""
        return self.submission.call

    @property
    def status(self) -> Status:
        """Where the submission stands."""
        return Status(self.submission.status)

    def confirmations(self, version: Version) -> list[Confirmation]:
        """Give a version's confirmations in order."""
        return [line for line in self.lines if line.version_id == version.pk]

    def hands(self, move: Move) -> set[str]:
        """Give who has had a part."""
        if move is Move.SUBMIT:
            return {version.by for version in self.versions}
        if move is Move.CONFIRM:
            return {line.by for line in self.lines}
        return {step.by for step in self.steps if step.move == move}

    def counts(self) -> tuple[int, ...]:
        """Count versions, steps, confirmations and figures."""
        return tuple(model._base_manager.count() for model in (Version, Step, Confirmation, Figure))

    def count(self, name: str, done: object) -> None:
        """Remember what was tried and how it ended."""
        refused = isinstance(done, Problem | services.NotConfirmed | list)
        kind = "refused" if refused else type(done).__name__.lower()
        self.world.tried[f"{name}:{kind}"] += 1
        self.world.tried["refused" if refused else "stood" if kind not in LOST else kind] += 1


def _posts() -> dict[str, str]:
    """Name everybody's post."""
    rows = Post.objects.select_related("person", "unit", "group")
    return {
        row.person.username: f"{row.role} {row.group.code if row.group else row.unit.code}"
        for row in rows
    }
