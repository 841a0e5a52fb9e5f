"""Where a round stands: its edition, what is lacking, who may take the next step, what is drawn."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from zhenxing.accounts.choices import Role
from zhenxing.assessment import access
from zhenxing.assessment.choices import ClaimState, EditionState, Purpose, RoundAct, RoundState
from zhenxing.assessment.models import Claim, Edition, Panel, Round, Run, Scheme
from zhenxing.assessment.queries import reckoning
from zhenxing.assessment.queries.appeals import unanswered
from zhenxing.assessment.queries.events import events_named
from zhenxing.audit.models import Entry
from zhenxing.kernel.periods import Period
from zhenxing.organisation.models import Post
from zhenxing.targets import queries as target_queries

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from django.db.models import QuerySet

    from zhenxing.assessment.access import Posts
    from zhenxing.web.scope import Scope

MONTHS = 12
DRAWN = 5  # items that the second check looks at one by one


def rounds(scope: Scope) -> QuerySet[Round]:
    """Give the rounds a person may read about, with what every page shows of them."""
    return Round.objects.visible_to(scope).select_related(
        "scheme__owner", "edition__scheme", "result"
    ).defer("result__inputs", "result__result", "edition__text")  # fmt: skip


def edition_in_force(scheme: Scheme, period: str, day: date) -> Edition | None:
    """Give the issued edition by which a period is assessed.

    The last that was issued before the period ended; where there is none, the first after it.
    """
    asked = Period.parse(period)
    issued = scheme.editions.filter(state=EditionState.ISSUED, issued__lte=day)
    fitting = [each for each in issued.select_related("scheme__owner") if covers(each, asked)]
    fitting.sort(key=lambda each: each.number)
    before = [each for each in fitting if each.issued and each.issued <= asked.last_day]
    if before:
        return before[-1]
    return fitting[0] if fitting else None


def covers(edition: Edition, period: Period) -> bool:
    """Whether the period ends inside the edition's window."""
    rules = reckoning.rules(edition)
    return rules.first <= period.year * MONTHS + period.last_month - 1 <= rules.last


@dataclass(frozen=True)
class May:
    """What a person may do about a round now."""

    keeps: bool
    decides: bool
    sees_all: bool


def may(posts: Posts, scheme: Scheme, hands: Iterable[str] = ()) -> May:
    """Say what a person may do about a scheme's rounds; `hands` had a part in what is decided."""
    owner, is_countys = scheme.owner.code, scheme.is_countys
    return May(
        access.keeps(posts, owner, is_countys=is_countys),
        access.decides(posts, owner, tuple(hands), is_countys=is_countys),
        access.sees_before_publication(posts, owner, is_countys=is_countys),
    )


def may_of(scope: Scope, round_: Round, day: date) -> May:
    """Say what the person of a scope may do about a round; one query."""
    hands = [round_.result.by] if round_.result else []
    return may(target_queries.seats(scope, day), round_.scheme, hands)


def first_run(round_: Round) -> Run | None:
    """Give the newest run that may become the first mark."""
    return round_.runs.filter(purpose=Purpose.FIRST).defer("inputs").order_by("-number").first()


def newest_run(round_: Round) -> Run | None:
    """Give the newest run that decides something."""
    return round_.runs.exclude(purpose=Purpose.TRIAL).defer("inputs").order_by("-number").first()


def open_panels(round_: Round) -> list[Panel]:
    """Give the panels that still wait for a rater."""
    panels = round_.panels.filter(closed__isnull=True).prefetch_related("raters__sheet")
    return [
        panel for panel in panels
        if not panel.raters.all() or any(not hasattr(each, "sheet") for each in panel.raters.all())
    ]  # fmt: skip


def open_claims(round_: Round) -> QuerySet[Claim]:
    """Give the claims of the period about whom the round assesses that nobody has decided."""
    rules, asked = reckoning.rules(round_.edition), Period.parse(round_.period)
    first = Period.month(rules.first // MONTHS, rules.first % MONTHS + 1).first_day
    rows = Claim.objects.filter(
        state=ClaimState.PROPOSED,
        event__in=events_named(rules),
        day__gte=first,
        day__lte=asked.last_day,
    )
    return rows if round_.result is None else rows.filter(
        code__in=round_.result.rows.values("code")
    )  # fmt: skip


@dataclass(frozen=True)
class Draw:
    """The items the second check looks at: a published seed, and what it draws."""

    seed: str
    items: tuple[tuple[str, str], ...]

    @property
    def keys(self) -> frozenset[str]:
        """The keys a form ticks."""
        return frozenset(f"{code} {item}" for code, item in self.items)


def draw(round_: Round, run: Run) -> Draw:
    """Draw items of a run by a seed that nobody chose: a ledger entry made after the run.

    The entry that opened the replies or sealed the run, whichever is later; anyone can draw again.
    """
    steps = round_.steps.filter(act=RoundAct.REPLY).values_list("sealed_by", flat=True)
    sequence = max([run.sealed_by, *steps])
    entry = Entry.objects.get(sequence=sequence)
    seed = hashlib.sha256(f"{entry.hash} {run.result_digest}".encode()).hexdigest()
    scored = [
        (row["unit"], item)
        for row in run.read()["rows"]
        for item, told in row["items"].items()
        if told["score"] is not None
    ]
    scored.sort(key=lambda pair: hashlib.sha256(f"{seed} {' '.join(pair)}".encode()).digest())
    return Draw(seed, tuple(scored[:DRAWN]))


@dataclass(frozen=True)
class Lack:
    """Something the second check waits for: what, and who owes it."""

    what: str
    whose: str


def lacks(round_: Round) -> list[Lack]:
    """Give what must be done before the second check: marks, claims, answers."""
    names = {item.id: item.name for item in reckoning.rules(round_.edition).items}
    found = [Lack(f"“{names.get(panel.item, panel.item)}”还没有评完", "评委")
             for panel in open_panels(round_)]  # fmt: skip
    claims = open_claims(round_).count()
    if claims:
        found.append(Lack(f"{claims}件事项还没有认定", "考核办"))
    waiting = unanswered(round_)
    if waiting:
        found.append(Lack(f"{waiting}件申诉还没有答复", "考核办和牵头部门"))
    return found


def others_who_decide(round_: Round, hands: Iterable[str], day: date) -> bool:
    """Whether the office has somebody else who may decide, who had no hand in it."""
    scheme = round_.scheme
    role = [Role.ASSESSMENT] if scheme.is_countys else [Role.SUPERVISION, Role.TOWN_OFFICE]
    posts = Post.objects.valid_on(day).filter(role__in=role, person__is_active=True)
    if not scheme.is_countys:
        posts = posts.filter(unit=scheme.owner_id)
    return posts.exclude(person__username__in=list(hands)).exists()


def before(round_: Round) -> Round | None:
    """Give the scheme's latest published round of an earlier period."""
    end = Period.parse(round_.period).last_day
    published = round_.scheme.rounds.filter(state=RoundState.PUBLISHED).exclude(pk=round_.pk)
    rows = published.select_related("result__edition__scheme", "edition__scheme", "scheme__owner")
    earlier = [each for each in rows if Period.parse(each.period).last_day < end]
    return max(earlier, key=lambda each: Period.parse(each.period).last_day, default=None)
