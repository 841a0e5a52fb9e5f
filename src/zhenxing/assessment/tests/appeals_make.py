"""Builders of appeals, uses and pilots upon rounds."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from tests import cast
from zhenxing.assessment.choices import PilotCategory, UseKind
from zhenxing.assessment.models import Application, Pilot
from zhenxing.assessment.queries import appeals as asking
from zhenxing.assessment.queries import pilots as pilot_asking
from zhenxing.assessment.queries import uses as use_asking
from zhenxing.assessment.services import appealing, applying, using
from zhenxing.assessment.tests import rounds_make
from zhenxing.audit import services as audit
from zhenxing.indicators.tests import make as make_figures
from zhenxing.reporting.services.wishing import Paper

if TYPE_CHECKING:
    from zhenxing.accounts.models import User
    from zhenxing.assessment.models import Appeal, Round, Use
    from zhenxing.organisation.models import Unit

PDF = Paper("依据.pdf", b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n")
UNTIL = date(2023, 10, 25)
SELECTION = """\
scheme: {id: selection-2023, name: 试点遴选办法, basis: 禾试点发〔2023〕1号, year: 2023}
sections:
- id: base
  name: 基础
  items:
  - {id: fai, name: 固定资产投资, points: 60, target: schedule, lead: 县统计局, rule: {completion: {cap: 1}}}
  - {id: grain, name: 粮食产量, points: 40, target: 100, lead: 县农业农村局, rule: {completion: {cap: 1}}}
"""  # noqa: E501  # a scheme as offices write it
REVIEW = """\
scheme: {id: review, name: 试点评估办法, basis: 禾试点发〔2023〕2号, year: 2023}
sections:
- id: base
  name: 基础
  items:
  - {id: fai, name: 固定资产投资, points: 100, target: 10000, lead: 县统计局, rule: {completion: {cap: 1}}}
grades: {by: score, bands: [{合格: 70}, {不合格: 0}]}
consecutive: {periods: 2, when: grade == "不合格", effect: replace}
"""  # noqa: E501  # a scheme as offices write it


def replied(county: cast.County, until: date = UNTIL) -> Round:
    """Give a round of three towns that may appeal up to a day."""
    rounds_make.figures(county)
    round_ = rounds_make.opened(county.assessor, rounds_make.edition(county.county))
    return rounds_make.replied(county.assessor, rounds_make.marked(county.assessor, round_), until)


def published(county: cast.County) -> Round:
    """Give a published round of three towns; the checker is assessment-1."""
    round_ = replied(county, cast.TODAY)
    second = rounds_make.assessor(county, 1)
    return rounds_make.published(second, rounds_make.checked(second, round_))


def plea(**more: Any) -> appealing.Plea:  # noqa: ANN401  # an appeal's parts
    """Write an appeal about investment, with a paper."""
    said: dict[str, Any] = {
        "item": "fai",
        "words": "9月入库项目漏计一个",
        "wish": "按7000万元计",
        "papers": [PDF],
    }
    return appealing.Plea(**(said | more))


def drafted(by: User, round_: Round, code: str = "T01", **more: Any) -> Appeal:  # noqa: ANN401
    """Draft an appeal."""
    return appealing.draft(
        round_=round_, code=code, plea=plea(**more), scope=cast.scope(by), moment=cast.moment()
    )


def filed(county: cast.County, round_: Round, **more: Any) -> Appeal:  # noqa: ANN401
    """Draft an appeal and let the leader file it."""
    appeal = drafted(county.reporter, round_, **more)
    return appealing.file(
        appeal=appeal, seen=asking.seen(appeal), scope=cast.scope(county.leader),
        moment=cast.moment(),
    )  # fmt: skip


def answered(by: User, appeal: Appeal, **more: Any) -> Appeal:  # noqa: ANN401
    """Answer an appeal: upheld, by a correction slip."""
    said: dict[str, Any] = {
        "effect": "upheld", "words": "查实漏计", "remedy": "slip", "number": "更正-T01-0001",
    }  # fmt: skip
    return appealing.answer(
        appeal=appeal, verdict=appealing.Verdict(**(said | more)), seen=asking.seen(appeal),
        scope=cast.scope(by), moment=cast.moment(),
    )  # fmt: skip


def offer(**more: Any) -> using.Offer:  # noqa: ANN401
    """Offer a reward for the first place."""
    said: dict[str, Any] = {
        "kind": UseKind.REWARD, "condition": "第1名（共3个）", "words": "奖励工作经费",
        "amount": None, "document": "禾政发〔2023〕30号",
    }  # fmt: skip
    return using.Offer(**(said | more))


def proposed(by: User, round_: Round, code: str = "T03", **more: Any) -> Use:  # noqa: ANN401
    """Propose a use."""
    return using.propose(
        round_=round_, code=code, offer=offer(**more), scope=cast.scope(by), moment=cast.moment()
    )


def step(verb: Any, by: User, use: Use, **said: Any) -> Use:  # noqa: ANN401
    """Take a step on a use as it is now."""
    done: Use = verb(
        use=use, seen=use_asking.seen(use), scope=cast.scope(by), moment=cast.moment(), **said
    )
    return done


def selection(county: cast.County) -> Round:
    """Begin a selection of pilots; towns apply up to 25 October."""
    rounds_make.figures(county)
    edition = rounds_make.edition(
        county.county, SELECTION, code="selection", name="试点遴选", kind="pilot_selection"
    )
    return rounds_make.opened(county.assessor, edition)


def applied(round_: Round, unit: Unit, category: str = PilotCategory.CENTRAL) -> Application:
    """Put a filed application there, as two persons of the town would."""
    with audit.act(
        "test.applied", subject=unit.code, by=make_figures.BY, moment=cast.moment()
    ) as act:
        row = Application.objects.create(
            round=round_, unit=unit, category=category, statement="基础好", state="filed",
            written_by="a", signed_by="b", filed_on=cast.TODAY,
        )  # fmt: skip
        act.vouch(row)
    return row


def apply(by: User, round_: Round, unit: Unit, **more: Any) -> Application:  # noqa: ANN401
    """Write a town's application on what there is."""
    said: dict[str, Any] = {"category": "central", "statement": "交通便利", "papers": [PDF]}
    there = Application.objects.filter(round=round_, unit=unit).first()
    return applying.apply(
        round_=round_, unit=unit, bid=applying.Bid(**(said | more)),
        seen=pilot_asking.print_of(there) if there else "",
        scope=cast.scope(by), moment=cast.moment(),
    )  # fmt: skip


def pilot(unit: Unit, category: str = PilotCategory.CENTRAL, **more: Any) -> Pilot:  # noqa: ANN401
    """Make a town a pilot from 2022 on."""
    said: dict[str, Any] = {"document": "禾试点发〔2021〕9号", "since": date(2022, 1, 1)} | more
    with audit.act(
        "test.pilot", subject=unit.code, by=make_figures.BY, moment=cast.moment()
    ) as act:
        row = Pilot.objects.create(unit=unit, category=category, **said)
        act.vouch(row)
    return row
