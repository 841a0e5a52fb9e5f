"""What has happened to papers on a demo site: two read, partly decided, one sent round."""

from __future__ import annotations

from datetime import date
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from zhenxing.accounts.models import User
from zhenxing.adoption.choices import ItemKind, Verdict
from zhenxing.adoption.services import circulating, deciding, placing, reading, taking
from zhenxing.adoption.services.deciding import Said
from zhenxing.adoption.services.taking import Heading
from zhenxing.documents.models import Paper
from zhenxing.kernel.moments import Moment
from zhenxing.organisation import queries as organisation_queries

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from zhenxing.adoption.models import Item
    from zhenxing.documents.models import PaperReading
    from zhenxing.web.scope import Scope

KEEPER, READER, WAITING = "t01-office", "t01-secretary", "t01-mayor"
TOWN = "T01"
NOTICE, PLAN = "papers/county-notice.txt", "papers/town-plan.txt"
CAME, DUE, MADE = date(2023, 10, 16), date(2023, 10, 19), date(2023, 10, 17)
HEADINGS = {
    NOTICE: Heading(
        TOWN, TOWN, CAME, number="禾政办函〔2023〕31号（演示）", issuer="禾山县人民政府办公室",
        kind="notice", year=2023, note="请书记、镇长阅；稳投资、三产服务业专班对照目标",
    ),
    PLAN: Heading(TOWN, TOWN, MADE, number="青政发〔2023〕36号（演示）", kind="plan", year=2023),
}  # fmt: skip


def play(texts: Mapping[str, bytes], at: datetime) -> int:
    """Do it by the ordinary services; nothing where the texts or the people are not there."""
    people = User.objects.in_bulk([KEEPER, READER, WAITING], field_name="username")
    if len(people) < 3 or not HEADINGS.keys() <= texts.keys():  # noqa: PLR2004  # all three
        return 0
    if Paper.objects.exists():
        return 0
    scopes = {name: organisation_queries.scope_of(row, CAME) for name, row in people.items()}
    notice = _read(NOTICE, texts[NOTICE], scopes[KEEPER], Moment(at, CAME))
    _settle(notice, {ItemKind.GROUP, ItemKind.DEADLINE}, scopes[KEEPER], Moment(at, CAME))
    _send_round(notice, scopes, at)
    plan = _read(PLAN, texts[PLAN], scopes[KEEPER], Moment(at, MADE))
    kept = _settle(plan, {ItemKind.FIGURE}, scopes[KEEPER], Moment(at, MADE))
    placing.references(
        reading=plan, items=[each.pk for each in kept], scope=scopes[KEEPER],
        moment=Moment(at, MADE),
    )  # fmt: skip
    return Paper.objects.count()


def _read(name: str, data: bytes, scope: Scope, moment: Moment) -> PaperReading:
    paper = taking.register(
        data=data, name=PurePosixPath(name).name, heading=HEADINGS[name], scope=scope,
        moment=moment,
    )  # fmt: skip
    intake = reading.ask(paper=paper, year=None, encoding="", scope=scope, moment=moment)
    done = reading.read_now(intake, moment)
    if done.reading is None:
        raise ValueError(f"{name}: {done.problems}")
    return done.reading


def _settle(read: PaperReading, kinds: set[ItemKind], scope: Scope, moment: Moment) -> list[Item]:
    """Accept what is beyond doubt of some kinds, and belongs to an indicator if it is a figure."""
    rows = read.items.filter(kind__in=kinds, doubt="")
    if ItemKind.FIGURE in kinds:
        rows = rows.filter(indicator__isnull=False, value__isnull=False)
    said = [Said(item=row.pk, edition=row.edition, verdict=Verdict.ACCEPTED) for row in rows]
    return deciding.decide(said=said, scope=scope, moment=moment)


def _send_round(read: PaperReading, scopes: Mapping[str, Scope], at: datetime) -> None:
    paper, moment = Paper.objects.get(pk=read.paper_id), Moment(at, CAME)
    circulating.send(
        paper=paper, persons=[READER, WAITING], wish="请阅示", due=DUE, scope=scopes[KEEPER],
        moment=moment,
    )  # fmt: skip
    circulating.seen(
        paper=paper, remark="请稳投资专班对照缺口提措施", scope=scopes[READER],
        moment=Moment(at, MADE),
    )  # fmt: skip
    circulating.follow(
        paper=paper, words="已转稳投资专班，列入10月调度会议题", address="", scope=scopes[KEEPER],
        moment=Moment(at, MADE),
    )  # fmt: skip
