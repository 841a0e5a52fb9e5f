"""Builders of rounds: an issued edition, figures of three towns, each step of the life."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from tests import cast
from zhenxing.accounts.choices import Role
from zhenxing.accounts.tests import make as make_accounts
from zhenxing.assessment.choices import EditionState, Purpose
from zhenxing.assessment.models import Edition, Mark, MarkSheet, Panel, Rater, Round, Run, Scheme
from zhenxing.assessment.queries import rounds as asking
from zhenxing.assessment.queries.snapshots import digest
from zhenxing.assessment.services import rounds, running
from zhenxing.assessment.services.rounds import Opening
from zhenxing.audit import services as audit
from zhenxing.indicators.tests import make as make_figures
from zhenxing.organisation.tests import make as make_posts

if TYPE_CHECKING:
    from django.test import Client

    from zhenxing.accounts.models import User
    from zhenxing.indicators.models import Indicator
    from zhenxing.organisation.models import Unit

PERIOD = "2023-09"
TEXT = """\
scheme:
  id: town-2023
  name: 镇域经济考核办法
  basis: 禾考发〔2023〕3号
  year: 2023
  rounding: {item: half_up_4, total: half_up_2}
  events: [试点示范]
sections:
- id: economy
  name: 经济发展
  items:
  - id: fai
    name: 固定资产投资
    points: 60
    target: schedule
    lead: 县统计局
    rule: {completion: {cap: 1}}
  - id: grain
    name: 粮食产量
    points: 40
    target: 100
    lead: 县农业农村局
    rule: {completion: {cap: 1}}
bonus:
- id: models
  name: 试点示范
  lead: 县考核办公室
  rule: {events: {event: 试点示范, each: 2, cap: 4}}
grades: {by: score, bands: [{优秀: 95}, {良好: 80}, {合格: 0}]}
"""
JUDGED = """\
- id: people
  name: 民生改善
  items:
  - id: satisfaction
    name: 群众满意度
    points: 10
    lead: 县考核办公室
    rule: {ratings: {by: {代表: 1}}}
bonus:
"""


def assessor(county: cast.County, number: int) -> User:
    """Give the assessment office one more person."""
    person = make_accounts.person(f"assessment-{number}", f"夏晓{'一二三四五'[number]}")
    make_posts.post(person, Role.ASSESSMENT, county.county)
    return person


def edition(owner: Unit, text: str = TEXT, **more: Any) -> Edition:  # noqa: ANN401  # a model's columns
    """Issue an edition of a yearly scheme, written by hand."""
    issued = more.pop("issued", date(2023, 1, 10))
    about = {"code": "town", "name": "镇域经济考核", "kind": "year", "subjects": "towns"} | more
    moment = cast.moment(issued)
    by = make_figures.BY
    with audit.act("test.edition", subject="town", by=by, moment=moment) as act:
        scheme = Scheme.objects.filter(code=about["code"]).first() or Scheme.objects.create(
            owner=owner, **about
        )
        row = Edition.objects.create(
            scheme=scheme, number=scheme.editions.count() + 1, year=2023, title="办法",
            document="禾考发〔2023〕3号", text=text, digest=digest(text),
            state=EditionState.ISSUED, proposed_by="a", decided_by="b", issued=issued,
            entry=act.sequence,
        )  # fmt: skip
        act.vouch(scheme, row)
    return row


def figures(county: cast.County) -> tuple[Indicator, Indicator]:
    """Give three towns a year of two indicators, with targets of the first."""
    fai = make_figures.indicator("fai", "固定资产投资", county.statistics)
    grain = make_figures.indicator("grain", "粮食产量", county.farming)
    for town, value, crop in (
        (county.town, "6000", "90"), (county.rival, "7500", "80"), (county.plain, "9000", "100")
    ):  # fmt: skip
        make_figures.target(town, fai, "10000")
        make_figures.figure(town, fai, PERIOD, value)
        make_figures.figure(town, grain, PERIOD, crop)
    return fai, grain


def opened(by: User, of: Edition, day: date = cast.TODAY, period: str = PERIOD) -> Round:
    """Begin a round."""
    return rounds.open_round(
        scheme=of.scheme, opening=Opening(period, day), scope=cast.scope(by),
        moment=cast.moment(day),
    )  # fmt: skip


def run(by: User, round_: Round, purpose: str = Purpose.FIRST, day: date = cast.TODAY) -> Run:
    """Ask for a run and do it at once; what stops it fails the test."""
    moment = cast.moment(day)
    job = running.ask_run(
        round_=round_, purpose=purpose, as_of=day, scope=cast.scope(by), moment=moment
    )
    done = running.run_job(job, moment=moment)
    assert done.run is not None, done.problems
    return done.run


def marked(by: User, round_: Round) -> Round:
    """Run a round and make it the first mark."""
    return rounds.mark(
        round_=round_, run=run(by, round_), scope=cast.scope(by), moment=cast.moment()
    )


def replied(by: User, round_: Round, until: date = cast.TODAY) -> Round:
    """Open the replies up to a day."""
    return rounds.open_replies(
        round_=round_, until=until, scope=cast.scope(by), moment=cast.moment()
    )


def checked(by: User, round_: Round, day: date = date(2023, 10, 23)) -> Round:
    """Check the newest run, every drawn item looked at, on a day after the replies."""
    newest = asking.newest_run(round_)
    assert newest is not None
    return rounds.check(
        round_=round_, run=newest, ticked=asking.draw(round_, newest).keys, note="",
        scope=cast.scope(by), moment=cast.moment(day),
    )  # fmt: skip


def published(by: User, round_: Round, day: date = date(2023, 10, 24)) -> Round:
    """Publish a checked round."""
    return rounds.publish(
        round_=round_, document="禾考发〔2023〕11号", scope=cast.scope(by),
        moment=cast.moment(day),
    )  # fmt: skip


def panel(round_: Round, item: str, marks: dict[User, dict[str, str]], *, handed: bool) -> Panel:
    """Seat raters of the class 代表 and give their marks; handed in or not."""
    moment = cast.moment()
    said = {"recorded": moment.at, "business_date": moment.business_date}
    with audit.act("test.panel", subject=item, by=make_figures.BY, moment=moment) as act:
        row = Panel.objects.create(round=round_, item=item)
        act.vouch(row)
        for person, given in marks.items():
            rater = Rater.objects.create(panel=row, person=person, rater_class="代表")
            act.vouch(rater)
            by = {"by": person.username, "by_name": person.name, **said}
            act.seal(
                Mark(rater=rater, code=code, version=1, value=value, **by)
                for code, value in given.items()
            )
            if handed:
                act.seal([MarkSheet(rater=rater, **by)])
    return row


def page(client: Client, person: User | None, name: str, *where: object, query: str = "") -> str:
    """Open a page that must be there."""
    if person is not None:
        cast.sign_in(client, person)
    response = client.get(f"{reverse(f'assessment:{name}', args=where)}{query}")
    assert response.status_code == 200
    return response.content.decode()


def status(client: Client, person: User, name: str, *where: object) -> int:
    """Ask what a page answers."""
    cast.sign_in(client, person)
    return client.get(reverse(f"assessment:{name}", args=where)).status_code
