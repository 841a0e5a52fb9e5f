"""Sending a paper round, saying that one has read it, and putting down what came of it."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.utils.http import url_has_allowed_host_and_scheme

from zhenxing.adoption import access
from zhenxing.adoption.models import FollowUp
from zhenxing.adoption.queries import circulation
from zhenxing.assessment.services.standing import refuse, refuse_all, said_by, written
from zhenxing.audit import services as audit
from zhenxing.documents.models import Circulation, Paper
from zhenxing.kernel.problems import Problem
from zhenxing.organisation import queries as organisation_queries
from zhenxing.organisation.choices import UnitKind
from zhenxing.targets import queries as target_queries

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from datetime import date

    from zhenxing.audit.services import Act
    from zhenxing.kernel.moments import Moment
    from zhenxing.web.scope import Scope

LONGEST_WISH, LONGEST_REMARK, LONGEST_WORDS, LONGEST_ADDRESS = 200, 200, 300, 200


def send(
    *,
    paper: Paper,
    persons: Collection[str],
    wish: str,
    due: date | None,
    scope: Scope,
    moment: Moment,
) -> list[Circulation]:
    """Send a paper round to people, named by how they sign in; each once.

    Raises ActRefusedError with everything that is wrong.
    """
    problems = written("要求", wish, LONGEST_WISH)
    if due is not None and due < moment.business_date:
        problems.append(Problem("限期", "在今天之前", "请写今天或以后的日期"))
    if not persons:
        problems.append(Problem("传阅", "没有选任何人", "请勾选要传阅的人"))
    refuse_all(problems)
    said = said_by(scope, moment)
    with _acting("adoption.paper.circulated", paper, scope, moment) as act:
        may = {row.username: row for row in circulation.readers(scope, moment.business_date)}
        if strangers := sorted(set(persons) - set(may)):
            refuse("传阅", f"不能传给{'、'.join(strangers)}", "请从列出的人里选")
        sent = paper.circulations.filter(person__username__in=persons)
        if twice := [row.person.name for row in sent.select_related("person")]:
            refuse("传阅", f"已经送过{'、'.join(twice)}", "请去掉他们再送")
        rows = [
            Circulation(
                paper=paper, person_id=may[name].pk, wish=wish.strip(), due=due,
                by=said["by"], by_name=said["by_name"], sent=moment.business_date,
            )
            for name in sorted(persons)
        ]  # fmt: skip
        Circulation.objects.bulk_create(rows)
        act.vouch(*rows)
        act.details |= {"persons": sorted(persons), "due": due.isoformat() if due else ""}
    return rows


def seen(*, paper: Paper, remark: str, scope: Scope, moment: Moment) -> Circulation:
    """Say, once, that the person whom a paper was sent to has read it."""
    refuse_all(written("阅知意见", remark, LONGEST_REMARK))
    with audit.act(
        "adoption.paper.seen",
        subject=paper.title,
        by=organisation_queries.actor(scope),
        moment=moment,
        details={"paper": paper.pk, "remark": remark.strip()},
    ) as act:
        row = paper.circulations.filter(person__username=scope.username).first()
        if row is None:
            refuse(paper.title, "没有传阅给您", "不用阅知；要办的请收文单位传阅")
        if row.read_on is not None:
            refuse(paper.title, "您已经阅知过", "要补充的请告诉收文单位")
        row.read_at, row.read_on = moment.at, moment.business_date
        row.remark = remark.strip()
        row.save()
        act.vouch(row)
    return row


def recall(*, copy: Circulation, scope: Scope, moment: Moment) -> None:
    """Take a paper back from somebody it was sent to by mistake, who has not read it yet."""
    paper = Paper.objects.get(pk=copy.paper_id)
    with _acting("adoption.paper.recalled", paper, scope, moment) as act:
        row = paper.circulations.select_related("person").filter(pk=copy.pk).first()
        if row is None or row.read_on is not None:
            refuse(paper.title, "已经阅知，或已经撤回", "请刷新页面")
        act.details["person"] = row.person.username
        row.delete()
        act.vouch(Circulation)


def follow(*, paper: Paper, words: str, address: str, scope: Scope, moment: Moment) -> FollowUp:
    """Put down what came of a paper, with the page of this site where it may be seen."""
    words, address = words.strip(), address.strip()
    problems = written("办理情况", words, LONGEST_WORDS, "请写办了什么、结果怎样")
    problems += written("在哪里看", address, LONGEST_ADDRESS)
    is_ours = address.startswith("/") and url_has_allowed_host_and_scheme(address, None)
    if address and not is_ours:
        problems.append(
            Problem("在哪里看", "不是本系统的页面", "请照抄本系统页面网址里“/”起的部分")
        )
    refuse_all(problems)
    with _acting("adoption.paper.followed", paper, scope, moment) as act:
        row = FollowUp(paper=paper, words=words, address=address, **said_by(scope, moment))
        act.seal([row])
        act.details["words"] = words
    return row


@contextmanager
def _acting(action: str, paper: Paper, scope: Scope, moment: Moment) -> Iterator[Act]:
    """Act on a paper that the person keeps."""
    seats = target_queries.seats(scope, moment.business_date)
    row = Paper.objects.visible_to(scope).select_related("unit").get(pk=paper.pk)
    is_countys = row.unit.kind == UnitKind.COUNTY
    if not access.decides(seats, row.unit.code, is_countys=is_countys):
        refuse(row.title, "这份来文不由您办理", "请收文单位的人办")
    with audit.act(
        action,
        subject=row.title,
        by=organisation_queries.actor(scope),
        moment=moment,
        details={"paper": row.pk},
    ) as act:
        yield act
