"""The life of one submission, played by random persons against the real services and database.

Hypothesis chooses who does what, on which version, with which number, when a post changes and when
the days pass; most of what it tries is wrong. What must come of it is worked out in `life_ground`.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from tests.life_ground import LifeGround
from zhenxing.accounts.choices import Role
from zhenxing.accounts.models import User
from zhenxing.indicators.models import Indicator
from zhenxing.kernel.periods import Period
from zhenxing.organisation.models import Post
from zhenxing.organisation.tests import make as make_posts
from zhenxing.reporting import services
from zhenxing.reporting.choices import Move, ReturnReason, Status
from zhenxing.reporting.form.answers import Answer, Content
from zhenxing.reporting.models import Call, CorrectionSlip, Upload
from zhenxing.reporting.queries import correcting as asking
from zhenxing.reporting.services import correcting
from zhenxing.reporting.services.wishing import Paper, Wish
from zhenxing.reporting.tests import make

if TYPE_CHECKING:
    from collections.abc import Callable

    from zhenxing.reporting.models import Confirmation
    from zhenxing.reporting.services.figures import Told

CODES = ("works", "online", "reserve")
PEOPLE = (
    "t01-g3-reporter", "t01-g3-second", "t01-g2-reporter", "t01-g3-leader", "t01-leader",
    "t01-office", "t01-supervision", "t01-v01", "t02-g3-reporter", "t02-leader", "d01",
    "assessment", "assessment-2", "administrator", "auditor",
)  # fmt: skip
POSTS = ("F T01-G3", "G T01-G3", "F T01-G2", "L T01", "C T01", "D D01", "K H00", "X H00", "A H00")
DUE, LAST_DAY = date(2023, 10, 24), date(2023, 11, 20)
TURNS = {
    Status.NOT_STARTED: Move.SUBMIT,
    Status.RETURNED: Move.SUBMIT,
    Status.SUBMITTED: Move.REVIEW,
    Status.REVIEWED: Move.SIGN,
    Status.SIGNED: Move.CONFIRM,
}
BLANK = 5
NUMBERS = st.integers(min_value=0, max_value=BLANK)
PICK = st.integers(min_value=0, max_value=3)
LAG = st.sampled_from([0, 0, 0, 1, -1])
PAPER = Paper("依据.csv", "项目,数\n补报,1\n".encode())


class LifeMachine(LifeGround):
    """Whatever anybody may try, in whatever order."""

    @rule(who=st.sampled_from(PEOPLE[:3]), number=NUMBERS, lag=LAG)
    def hand_in(self, who: str, number: int, lag: int) -> None:
        """Hand in a form with one number changed, on the latest version or another."""
        self.submit(who, number, lag)

    @rule(who=st.sampled_from(PEOPLE), number=NUMBERS)
    def hand_in_as_anybody(self, who: str, number: int) -> None:
        """Let anybody try to hand in."""
        self.submit(who, number, 0)

    @rule(who=st.sampled_from(["t01-g3-leader", "t01-g3-second", *PEOPLE]), lag=LAG)
    def review(self, who: str, lag: int) -> None:
        """Let somebody review."""
        self.decide(Move.REVIEW, who, lag, services.review, {"text": ""})

    @rule(who=st.sampled_from(["t01-leader", "t01-leader", *PEOPLE]), lag=LAG)
    def sign(self, who: str, lag: int) -> None:
        """Let somebody sign."""
        self.decide(Move.SIGN, who, lag, services.sign, {"text": "同意"})

    @rule(
        who=st.sampled_from(["t01-g3-leader", "t01-leader", "d01", "assessment", *PEOPLE]),
        lag=LAG,
        reason=st.sampled_from([ReturnReason.JUMP, ReturnReason.OTHER, ""]),
        text=st.sampled_from(["请核对F6", "请核对F6", " "]),
    )
    def send_back(self, who: str, lag: int, reason: str, text: str) -> None:
        """Let somebody send it back, now and then without saying why."""
        said = {"reason": reason, "text": text}
        self.decide(Move.RETURN, who, lag, services.send_back, said)

    @rule(number=NUMBERS, pick=PICK)
    def go_on(self, number: int, pick: int) -> None:
        """Let one of those whose turn it is take the next step."""
        self.step_by_whoever_may(number, pick)

    @rule(number=NUMBERS, pick=PICK, steps=st.integers(min_value=1, max_value=4))
    def go_far(self, number: int, pick: int, steps: int) -> None:
        """Let several steps be taken as they should be: deep states are rare by chance."""
        for _ in range(steps):
            self.step_by_whoever_may(number, pick)

    @rule(pick=PICK)
    def come_back(self, pick: int) -> None:
        """Let one of those who may send it back do so."""
        able = [who for who in PEOPLE if self.may(Move.RETURN, who, 0)]
        if able:
            said = {"reason": ReturnReason.OTHER, "text": "请核对"}
            self.decide(Move.RETURN, able[pick % len(able)], 0, services.send_back, said)

    def step_by_whoever_may(self, number: int, pick: int) -> None:
        """Take the next step as it should be taken, if anybody is there to take it."""
        move = TURNS.get(self.status)
        able = [who for who in PEOPLE if move and self.may(move, who, 0)]
        if move is None or not able:
            return
        who = able[pick % len(able)]
        if move is Move.SUBMIT:
            self.submit(who, number, 0)
        elif move is Move.CONFIRM:
            self.confirm_some(who, 0, {*CODES[pick % 2 :]}, 0, "")
        else:
            act = services.review if move is Move.REVIEW else services.sign
            self.decide(move, who, 0, act, {"text": ""})

    @precondition(lambda self: self.submission.latest > 0)
    @rule(
        who=st.sampled_from(["d01", "d01", *PEOPLE]),
        lag=LAG,
        codes=st.sets(st.sampled_from(CODES), min_size=1),
        more=st.sampled_from([0, 0, 0, 1]),
        reason=st.sampled_from(["", "部门台账"]),
    )
    def confirm(self, who: str, lag: int, codes: set[str], more: int, reason: str) -> None:
        """Let somebody confirm some of the numbers, now and then another value."""
        self.confirm_some(who, lag, codes, more, reason)

    def confirm_some(self, who: str, lag: int, codes: set[str], more: int, reason: str) -> None:
        """Confirm, and hold the outcome against what it must be."""
        version = self.versions[-1]
        told = {place[0]: each for place, each in services.confirmable(version).items()}
        latest = {line.indicator.code: line for line in self.confirmations(version)}
        named = sorted(codes & set(told)) or sorted(told)[:1]
        said = [
            services.Verdict(
                self.submission, version.number + lag, code, "2023-10",
                (told[code].value or Decimal(0)) + more, reason,
            )
            for code in named
        ]  # fmt: skip
        expected = self.may(Move.CONFIRM, who, lag) and all(
            _is_fine(each, told[each.indicator], latest.get(each.indicator)) for each in said
        )
        before = self.counts()
        done = services.confirm(verdicts=said, scope=self.scope(who), moment=self.moment())
        self.check("confirm", done, before, expected=expected)

    @precondition(lambda self: self.day > DUE)
    @rule(who=st.sampled_from([*["assessment", "assessment-2"] * 5, *PEOPLE]))
    def close(self, who: str) -> None:
        """Let somebody propose to close the month, or close it."""
        call = self.call
        act = services.close_call if call.closing_proposed_by else services.propose_closing
        expected = (
            self.posts[who] == "K H00"
            and call.closed_on is None
            and call.closing_proposed_by != who
            and self.day > call.due
        )
        done = act(call=call, scope=self.scope(who), moment=self.moment())
        assert isinstance(done, Call) is expected, done
        self.count("close", done)
        self.look()
        if self.call.closed_on is not None and self.at_closing is None:
            self.at_closing = self.counts()

    @rule(days=st.integers(min_value=1, max_value=4))
    def wait(self, days: int) -> None:
        """Let days pass."""
        self.day = min(self.day + timedelta(days=days), LAST_DAY)

    @rule(who=st.sampled_from(PEOPLE), post=st.sampled_from(POSTS))
    def change_post(self, who: str, post: str) -> None:
        """Give a person another post from today on, instead of those they had."""
        person = User.objects.get(username=who)
        role, place = post.split()
        Post.objects.filter(person=person).delete()
        county = self.world.month.county
        group = county.groups.get(place)
        units = {"T01": county.town, "D01": county.statistics, "H00": county.county}
        made = make_posts.post(person, Role(role), group.unit if group else units[place], group)
        with make.sealed("tests.posted") as act:
            act.vouch(Post, made)
        self.posts[who] = post

    @precondition(lambda self: self.at_closing is not None)
    @rule(who=st.sampled_from(PEOPLE), number=NUMBERS, code=st.sampled_from(CODES))
    def ask_for_a_correction(self, who: str, number: int, code: str) -> None:
        """Let somebody propose a correction slip."""
        month = self.world.month
        indicator = Indicator.objects.select_related("field", "lead", "curve").get(code=code)
        october = Period.parse("2023-10")
        place = asking.Place(month.county.town, self.submission.group, indicator, october)
        wish = Wish(str(9000 + number), "漏报", [PAPER])
        done = correcting.propose(
            place=place, wish=wish, scope=self.scope(who), moment=self.moment()
        )
        if isinstance(done, CorrectionSlip):
            assert self.posts[who] == "F T01-G3"
        self.count("propose", done)

    @precondition(lambda self: self.at_closing is not None)
    @rule(who=st.sampled_from(["t01-leader", "d01", "assessment", *PEOPLE]), no=st.booleans())
    def decide_a_correction(self, who: str, *, no: bool) -> None:
        """Let somebody put their name on the open slip, or refuse it."""
        slip = CorrectionSlip.objects.order_by("-pk").first()
        if slip is None:
            return
        acts: dict[str, Callable[..., object]] = {
            "proposed": correcting.sign,
            "signed": correcting.verify,
            "verified": correcting.approve,
        }
        given: dict[str, Any] = {"slip": slip, "scope": self.scope(who), "moment": self.moment()}
        if no:
            done: object = correcting.refuse(reason="other", text="依据不足", **given)
        else:
            done = acts.get(slip.state, correcting.approve)(opinion="", **given)
        self.count("slip", done)

    def submit(self, who: str, number: int, lag: int) -> None:
        """Hand in, and hold the outcome against what it must be."""
        latest = self.submission.latest
        base, content = max(0, latest + lag), _content(number)
        self.keys += 1
        upload = Upload.objects.create(
            token=UUID(int=self.world.runs * 10_000 + self.keys),
            submission=self.submission,
            base_version=base,
            content={"values": content.values(), "parts": dict(content.parts)},
            by=User.objects.get(username=who),
            at=self.moment().at,
        )
        last = self.versions[-1] if self.versions else None
        same = last is not None and last.values == content.values()
        stands = same and self.status == Status.SUBMITTED
        expected = self.may(Move.SUBMIT, who, 0 if stands else base - latest)
        before = self.counts()
        done = services.submit(
            token=upload.token,
            scope=self.scope(who),
            moment=self.moment(),
            base_version=base,
        )
        if isinstance(done, services.Handed) and done.unchanged:
            assert stands
            assert last is not None
            assert done.receipt == last.receipt
            assert self.counts() == before
            self.world.tried["unchanged"] += 1
            return
        if isinstance(done, services.Handed):
            assert done.version.on_time is (self.day <= self.call.due)
        self.check("submit", done, before, expected=expected)

    def decide(
        self, move: Move, who: str, lag: int, act: Callable[..., object], said: dict[str, str]
    ) -> None:
        """Review, sign or send back, and hold the outcome against what it must be."""
        latest = self.submission.latest
        says_why = move is not Move.RETURN or bool(said["reason"] and said["text"].strip())
        expected = says_why and latest > 0 and self.may(move, who, lag)
        before = self.counts()
        done = act(
            submission=self.submission,
            scope=self.scope(who),
            moment=self.moment(),
            base_version=latest + lag,
            **said,
        )
        self.check(move.value, done, before, expected=expected)


def played(runs: int, steps: int, *, fixed: bool) -> settings:
    """Give Hypothesis's settings: so many runs and steps; `fixed` plays the same each time."""
    return settings(
        max_examples=runs,
        stateful_step_count=steps,
        deadline=None,
        derandomize=fixed,
        database=None,
        suppress_health_check=list(HealthCheck),
        phases=(Phase.generate, Phase.shrink),
        print_blob=False,
    )


def _is_fine(said: services.Verdict, told: Told, before: Confirmation | None) -> bool:
    """Whether a verdict says why, where it must, and is not the one that stands already."""
    if before is not None and before.value == said.value:
        return False
    return bool(said.reason) or (before is None and said.value == told.value)


def _content(number: int) -> Content:
    """Make a form in which one number is another; the highest of them leaves it blank."""
    online = None if number == BLANK else 300 + number
    answers = {
        code: Answer(
            period="2023-10",
            cell=f"指标数!F{row}",
            value=None if value is None else Decimal(value),
        )
        for row, (code, value) in enumerate(zip(CODES, (900, online, 8), strict=True), 4)
    }
    return Content(answers, dict(make.PARTS))
