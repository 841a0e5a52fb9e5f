"""What is under way around the demo's month: an own score begun, raters named, claims brought."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from zhenxing.accounts.choices import Role
from zhenxing.accounts.models import User
from zhenxing.assessment.queries import marks as marking_queries
from zhenxing.assessment.services import claiming, folders, marking
from zhenxing.assessment.services.claiming import Said
from zhenxing.assessment.services.folders import Entry
from zhenxing.assessment.services.marking import Seat
from zhenxing.kernel.moments import Moment
from zhenxing.organisation import queries as organisation_queries
from zhenxing.reporting.services.wishing import Paper
from zhenxing.writing.sheet import Column, Sheet, to_xlsx

if TYPE_CHECKING:
    from zhenxing.assessment.demo_office import Office
    from zhenxing.assessment.models import Round

TOWN, ITEM, CLASSES = "T01", "satisfaction", ("代表", "群众")
SAID, UNTIL = date(2023, 10, 19), date(2023, 10, 26)
SCORES = (
    Entry("key_projects", "4", "三个重点项目均按节点推进"),
    Entry("entered", "2", "三季度入库两个项目"),
    Entry(ITEM, "5.4", "按上半年测评结果估计"),
)


def play(round_: Round, office: Office) -> None:
    """Let the demo's town score itself, the office name raters, three matters be claimed."""
    _score(round_, office)
    _name_raters(round_, office)
    _claim(office)


def _score(round_: Round, office: Office) -> None:
    writer = _holder(Role.TOWN_OFFICE, TOWN)
    if writer is None:
        return
    scope, moment = organisation_queries.scope_of(writer, SAID), Moment(office.at, SAID)
    folders.save(round_=round_, code=TOWN, entries=SCORES, scope=scope, moment=moment)
    folders.add_paper(
        round_=round_, code=TOWN, item="key_projects", note="演示数据", scope=scope, moment=moment,
        paper=_paper("重点项目进度表", ("项目", "进度"), ("演示项目一", "按节点"), office),
    )  # fmt: skip


def _name_raters(round_: Round, office: Office) -> None:
    """Seat the demo's own people, so that who looks around finds something to rate."""
    people = marking_queries.candidates(round_, SAID).filter(demo_order__isnull=False)
    held = people.filter(posts__role__in=(Role.DEPARTMENT, Role.TOWN_LEADER)).distinct()
    chosen = sorted(held, key=lambda person: person.username)[: len(CLASSES)]
    seats = [Seat(each.username, word) for each, word in zip(chosen, CLASSES, strict=False)]
    if not seats:
        return
    scope, moment = office.on(SAID)
    marking.set_panel(round_=round_, item=ITEM, seats=seats, due=UNTIL, scope=scope, moment=moment)


def _claim(office: Office) -> None:
    """Bring a bonus that is approved, a criticism and an event that wait for the second person."""
    scope, moment = office.on(SAID)
    notice = _paper("通报", ("事由",), ("演示事项",), office)
    matters = (
        Said("T01", "bonus", "试点示范", date(2023, 9, 8), "列入市级和美乡村试点",
             document="演示文号1号", paper=notice),
        Said("T05", "penalty", "通报批评", date(2023, 9, 12), "月度报表迟报，被全县通报",
             document="演示文号2号", paper=notice),
        Said("T03", "bonus", "亿元项目", date(2023, 9, 20), "引进食品加工项目一个",
             amount=Decimal(12000), document="演示文号3号", paper=notice),
    )  # fmt: skip
    made = [claiming.propose(said=said, scope=scope, moment=moment) for said in matters]
    scope, moment = office.on(SAID, 1)
    claiming.approve(claim=made[0], remark="已看批文", scope=scope, moment=moment)


def _holder(role: str, unit: str) -> User | None:
    held = User.objects.filter(is_active=True, posts__role=role, posts__unit__code=unit)
    return held.order_by("username").first()


def _paper(name: str, heads: tuple[str, ...], row: tuple[str, ...], office: Office) -> Paper:
    columns = tuple(Column(head, width=24) for head in heads)
    sheet = Sheet(name=name, columns=columns, rows=(row,), mark="演示数据")
    return Paper(f"{name}.xlsx", to_xlsx([sheet], title=name, issuer="演示数据", created=office.at))
