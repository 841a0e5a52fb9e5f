"""Builders around a round: own scores, papers, panels, marks, claims, a town's own scheme."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from tests import cast
from zhenxing.accounts.choices import Role
from zhenxing.accounts.tests import make as make_accounts
from zhenxing.assessment.services import claiming, folders, marking
from zhenxing.assessment.services.claiming import Said
from zhenxing.assessment.services.folders import Entry
from zhenxing.assessment.services.marking import Given, Seat
from zhenxing.assessment.tests import rounds_make
from zhenxing.organisation.models import Unit
from zhenxing.organisation.tests import make as make_posts
from zhenxing.reporting.services.wishing import Paper

if TYPE_CHECKING:
    from zhenxing.accounts.models import User
    from zhenxing.assessment.models import Claim, MarkSheet, Panel, Round

PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
TEXT = """\
scheme:
  id: town-2023
  name: 镇域经济考核办法
  basis: 禾考发〔2023〕3号
  year: 2023
  rounding: {item: half_up_4, total: half_up_2}
  events: [试点示范, 通报批评, 较大安全事故, 省级表彰, 项目入库]
groups: {by: class}
let: {亩产: grain / fai}
sections:
- id: economy
  name: 经济发展
  items:
  - {id: fai, name: 固定资产投资, points: 60, target: schedule, lead: 县统计局, rule: {completion: {cap: 1}}}
  - {id: grain, name: 粮食产量, points: {山区镇: 10, 川道镇: 0}, value: 亩产, target: 100, lead: 县农业农村局, rule: {completion: {cap: 1}}}
  - {id: entered, name: 项目入库, points: 4, lead: 县统计局, rule: {events: {event: 项目入库, each: 1, cap: 4}}}
- id: people
  name: 民生改善
  items:
  - {id: satisfaction, name: 群众满意度, points: 20, lead: 县考核办公室, rule: {ratings: {by: {代表: 0.4, 群众: 0.6}, drop: extremes}}}
  - {id: service, name: 服务评价, points: 10, lead: 县考核办公室, rule: {judged: {好: 10, 中: 6, 差: 0}}}
bonus:
- {id: models, name: 试点示范, lead: 县考核办公室, rule: {events: {event: 试点示范, each: 2, cap: 4}}}
penalties:
- {id: criticism, name: 通报批评, lead: 县考核办公室, rule: {events: {event: 通报批评, each: 1}}}
grades: {by: score, bands: [{优秀: 95}, {良好: 80}, {合格: 0}]}
shifts: [{when: count(省级表彰) > 0 and grade == "良好", by: 1}]
veto: [{when: count(较大安全事故) > 0, effect: 合格}]
"""  # noqa: E501  # a scheme as offices write it
VILLAGES = """\
scheme: {id: village-2023, name: 村级考核办法, basis: 青考发〔2023〕1号, year: 2023, events: [环境卫生问题]}
sections:
- id: work
  name: 工作
  items:
  - {id: opinion, name: 班子评价, points: 100, lead: 督查考核专班, rule: {ratings: {by: {班子: 1}, scale: 10}}}
penalties:
- {id: dirt, name: 环境卫生问题, lead: 督查考核专班, rule: {events: {event: 环境卫生问题, each: 2}}}
"""  # noqa: E501  # a scheme as offices write it


def opened(county: cast.County, text: str = TEXT) -> Round:
    """Begin a round with judged items about three towns that have their figures."""
    rounds_make.figures(county)
    return rounds_make.opened(county.assessor, rounds_make.edition(county.county, text))


def opened_in_town(county: cast.County) -> Round:
    """Begin the town's own round about its villages and offices."""
    edition = rounds_make.edition(
        county.town, VILLAGES, code="t01-villages", name="青溪镇村级考核", subjects="villages"
    )
    return rounds_make.opened(county.supervisor, edition)


def free(number: int) -> User:
    """Give a person of the county who rates: of the farming department, in no town."""
    person = make_accounts.person(f"rater-{number}", f"评分员{'零一二三四五六'[number]}")
    farming = Unit.objects.get(code="D02")
    make_posts.post(person, Role.DEPARTMENT, farming)
    return person


def score(
    by: User, round_: Round, *lines: tuple[str, str], code: str = "T01", version: int = 0
) -> int:
    """Write own scores."""
    entries = [Entry(item, text, "见佐证", version) for item, text in lines]
    return folders.save(
        round_=round_, code=code, entries=entries, scope=cast.scope(by), moment=cast.moment()
    )


def panel(by: User, round_: Round, item: str, *seats: tuple[User, str]) -> Panel:
    """Name the raters of an item."""
    return marking.set_panel(
        round_=round_,
        item=item,
        seats=[Seat(person.username, word) for person, word in seats],
        due=date(2023, 10, 25),
        scope=cast.scope(by),
        moment=cast.moment(),
    )


def give(by: User, round_: Round, item: str, *, seen: int = 0, **values: str) -> int:
    """Give marks."""
    given = [Given(item, code, value) for code, value in values.items()]
    return marking.give(
        round_=round_, given=given, seen=seen, scope=cast.scope(by), moment=cast.moment()
    )


def hand_in(by: User, round_: Round) -> list[MarkSheet]:
    """Hand in."""
    return marking.hand_in(round_=round_, scope=cast.scope(by), moment=cast.moment())


def said(**more: Any) -> Said:  # noqa: ANN401  # a claim's parts
    """Write a matter: T01 was criticised, with the paper."""
    parts: dict[str, Any] = {
        "code": "T01",
        "kind": "penalty",
        "event": "通报批评",
        "day": date(2023, 9, 12),
        "words": "9月12日被县政府办通报",
        "document": "禾政办通〔2023〕8号",
        "paper": Paper("通报.pdf", PDF),
    }
    return Said(**(parts | more))


def claim(by: User, **more: Any) -> Claim:  # noqa: ANN401  # a claim's parts
    """Bring a matter; `is_another` says that it is not the one it looks like."""
    is_another = more.pop("is_another", False)
    return claiming.propose(
        said=said(**more), is_another=is_another, scope=cast.scope(by), moment=cast.moment()
    )
