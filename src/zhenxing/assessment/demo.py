"""What has happened in the assessment of a demo site: a half year published, a month begun."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from zhenxing.accounts.choices import Role
from zhenxing.accounts.models import User
from zhenxing.assessment import demo_followups, demo_said
from zhenxing.assessment.choices import Purpose
from zhenxing.assessment.demo_office import Office
from zhenxing.assessment.models import Run, Scheme
from zhenxing.assessment.queries import marks as marking_queries
from zhenxing.assessment.queries import rounds as asking
from zhenxing.assessment.services import marking, rounds, running
from zhenxing.assessment.services.marking import Given, Seat
from zhenxing.assessment.services.rounds import Opening
from zhenxing.kernel.moments import Moment
from zhenxing.organisation import queries as organisation_queries
from zhenxing.organisation.models import Post

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from zhenxing.assessment.models import Round
    from zhenxing.web.scope import Scope

SCHEME = "town-hill"
HALF, MONTH = "2023-H1", "2023-09"
ITEM, CLASSES = "satisfaction", ("代表", "代表", "群众", "群众")
OPENED, RATED, MARKED = date(2023, 7, 25), date(2023, 7, 26), date(2023, 7, 27)
REPLIES, CHECKED, PUBLISHED = date(2023, 7, 31), date(2023, 8, 1), date(2023, 8, 2)
BEGAN, UNTIL = date(2023, 10, 19), date(2023, 10, 27)
NOTE = "有单位缺一项数，总分暂缺，待补报后另行通报"
DOCUMENT = "禾考发〔2023〕9号"
LOWEST, SPREAD = 78, 20


def play(at: datetime) -> None:
    """Do it by the ordinary services; nothing where it was done or there is no such scheme."""
    scheme = Scheme.objects.filter(code=SCHEME).select_related("owner").first()
    office = Office(at)
    if scheme is None or scheme.rounds.exists() or len(office.people) < 2:  # noqa: PLR2004  # two persons
        return
    _publish_half(scheme, office)
    scope, moment = office.on(BEGAN)
    month = rounds.open_round(
        scheme=scheme, opening=Opening(MONTH, BEGAN, UNTIL), scope=scope, moment=moment
    )
    _run(month, Purpose.TRIAL, scope, moment)
    demo_said.play(month, office)
    demo_followups.rhythms(office)
    demo_followups.selection(office)


def _publish_half(scheme: Scheme, office: Office) -> None:
    """Assess the first half year from the opening to the publication."""
    scope, moment = office.on(OPENED)
    round_ = rounds.open_round(
        scheme=scheme, opening=Opening(HALF, OPENED, RATED), scope=scope, moment=moment
    )
    _rate(round_, office)
    scope, moment = office.on(MARKED)
    run = _run(round_, Purpose.FIRST, scope, moment)
    rounds.mark(round_=round_, run=run, scope=scope, moment=moment)
    rounds.open_replies(round_=round_, until=REPLIES, scope=scope, moment=moment)
    demo_followups.appeal(round_, office)
    scope, moment = office.on(CHECKED, 1)
    ticked = asking.draw(round_, run).keys
    rounds.check(round_=round_, run=run, ticked=ticked, note=NOTE, scope=scope, moment=moment)
    scope, moment = office.on(PUBLISHED, 1)
    round_ = rounds.publish(round_=round_, document=DOCUMENT, scope=scope, moment=moment)
    demo_followups.uses(round_, office)


def _rate(round_: Round, office: Office) -> None:
    """Seat four people of the departments and let them hand in."""
    scope, moment = office.on(OPENED)
    raters = _raters(round_)
    seats = [Seat(person.username, word) for person, word in zip(raters, CLASSES, strict=False)]
    marking.set_panel(round_=round_, item=ITEM, seats=seats, due=RATED, scope=scope, moment=moment)
    moment = Moment(office.at, RATED)
    for place, person in enumerate(raters):
        own = organisation_queries.scope_of(person, RATED)
        desk = marking_queries.desk_of(round_, person.username, RATED)
        if desk is None:
            continue
        given = [
            Given(ITEM, each.code, str(LOWEST + (int(each.code[1:]) * 7 + place * 5) % SPREAD))
            for each in desk.subjects
        ]
        marking.give(round_=round_, given=given, seen=desk.seen, scope=own, moment=moment)
        marking.hand_in(round_=round_, scope=own, moment=moment)


def _raters(round_: Round) -> Sequence[User]:
    people = marking_queries.candidates(round_, OPENED).order_by("username")
    held = Post.objects.filter(role=Role.DEPARTMENT).values("person")
    return list(people.filter(pk__in=held))[: len(CLASSES)]


def _run(round_: Round, purpose: str, scope: Scope, moment: Moment) -> Run:
    job = running.ask_run(
        round_=round_, purpose=purpose, as_of=moment.business_date, scope=scope, moment=moment
    )
    done = running.run_job(job, moment=moment)
    if done.run is None:
        raise ValueError(f"{round_}没有算成：{done.problems}")
    return done.run
