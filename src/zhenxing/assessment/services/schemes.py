"""Schemes: an edition is drafted, put forward, issued by a second person, never written again."""

from __future__ import annotations

import hashlib
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from zhenxing.assessment import access
from zhenxing.assessment.choices import EDITION_MOVES, EditionState, SchemeKind, Subjects
from zhenxing.assessment.models import Edition, Scheme
from zhenxing.assessment.queries import schemes as asking
from zhenxing.assessment.services.standing import refuse, refuse_all, said_by, written
from zhenxing.assessment.sheet import parse
from zhenxing.audit import services as audit
from zhenxing.kernel.problems import Problem
from zhenxing.organisation import queries as organisation_queries
from zhenxing.organisation.models import Unit
from zhenxing.targets import queries as target_queries

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zhenxing.assessment.access import Posts
    from zhenxing.audit.services import Act
    from zhenxing.kernel.moments import Moment
    from zhenxing.web.scope import Scope

LONGEST_TEXT = 200_000
LONGEST_NAME, LONGEST_TITLE, LONGEST_REASON, LONGEST_DOCUMENT = 80, 120, 200, 60
YEARS = range(1900, 2200)
ACTIONS = {
    EditionState.DRAFT: "assessment.scheme.returned",
    EditionState.PROPOSED: "assessment.scheme.proposed",
    EditionState.ISSUED: "assessment.scheme.issued",
    EditionState.WITHDRAWN: "assessment.scheme.withdrawn",
}


@dataclass(frozen=True)
class Particulars:
    """What a new scheme is: its name, what for, whom it assesses, whose it is."""

    name: str
    kind: str
    subjects: str
    owner: str


def begin(*, particulars: Particulars, text: str, scope: Scope, moment: Moment) -> Edition:
    """Begin a new scheme with its first draft."""
    refuse_all(_faults(particulars))
    owner = Unit.objects.filter(code=particulars.owner).first()
    if owner is None:
        refuse("考核单位", "没有这个单位", "请从列出的单位里选")
    with audit.act(
        "assessment.scheme.drafted",
        subject=particulars.name.strip(),
        by=organisation_queries.actor(scope),
        moment=moment,
    ) as act:
        scheme = Scheme(
            code=_free_code(owner.code, particulars.kind),
            name=particulars.name.strip(),
            kind=particulars.kind,
            subjects=particulars.subjects,
            owner=owner,
        )
        _require_keeper(scheme, target_queries.seats(scope, moment.business_date))
        scheme.save()
        act.vouch(scheme)
        return _new_edition(scheme, text, scope, act, year=moment.business_date.year)


def revise(*, scheme: Scheme, text: str, scope: Scope, moment: Moment) -> Edition:
    """Begin the next edition of a scheme, from any text."""
    with audit.act(
        "assessment.scheme.drafted",
        subject=scheme.name,
        by=organisation_queries.actor(scope),
        moment=moment,
    ) as act:
        _require_keeper(scheme, target_queries.seats(scope, moment.business_date))
        working = asking.open_draft(scheme)
        if working is not None:
            what = f"第{working.number}版{working.get_state_display()}，还没有办完"
            refuse(scheme.name, what, "请接着改那一版，或先把它作废")
        return _new_edition(scheme, text, scope, act, year=moment.business_date.year)


def save(
    *, edition: Edition, draft: int, text: str, scope: Scope, moment: Moment, reason: str = ""
) -> Edition:
    """Write a draft's text; `draft` is the count of savings the writer saw."""
    refuse_all(written("修订原因", reason, LONGEST_REASON))
    if len(text) > LONGEST_TEXT:
        refuse("方案", f"超过{LONGEST_TEXT}字", "请把方案拆开")
    with audit.act(
        "assessment.scheme.saved",
        subject=str(edition.scheme),
        by=organisation_queries.actor(scope),
        moment=moment,
    ) as act:
        row = _seen(edition, draft)
        _require_keeper(row.scheme, target_queries.seats(scope, moment.business_date))
        if not row.is_draft:
            refuse(str(row), f"这一版{row.get_state_display()}，不再改", "要修订请另拟新的一版")
        _write(row, text)
        row.reason = reason.strip()
        row.hands = [*dict.fromkeys([*row.hands, scope.username])]
        _keep(row, act)
    return row


def propose(*, edition: Edition, draft: int, scope: Scope, moment: Moment) -> Edition:
    """Put a draft without an error forward for the second person."""
    with _moving(edition, draft, EditionState.PROPOSED, scope, moment) as (row, seats, _):
        _require_keeper(row.scheme, seats)
        refuse_all(asking.checked(row.text).errors)
        earlier = Edition.objects.filter(scheme=row.scheme, state=EditionState.ISSUED)
        if not row.reason and earlier.filter(year=row.year).exists():
            refuse(
                "修订原因",
                f"{row.year}年已发布过一版，没有写为什么再改",
                "请在方案说明里写明修订原因",
            )
        row.proposed_by, row.proposed_name = scope.username, _name(scope, moment)
        row.hands = [*dict.fromkeys([*row.hands, scope.username])]
        row.remark = ""
    return row


def send_back(
    *, edition: Edition, draft: int, remark: str, scope: Scope, moment: Moment
) -> Edition:
    """Return an edition to its writers with the reason."""
    refuse_all(written("退回意见", remark, LONGEST_REASON, "请写明要改什么"))
    with _moving(edition, draft, EditionState.DRAFT, scope, moment) as (row, seats, act):
        if scope.username != row.proposed_by:
            _require_second(row, seats)
        row.remark = remark.strip()
        act.details["remark"] = row.remark
    return row


def withdraw(*, edition: Edition, draft: int, scope: Scope, moment: Moment) -> Edition:
    """Give a draft up; its text stays."""
    with _moving(edition, draft, EditionState.WITHDRAWN, scope, moment) as (row, seats, _):
        _require_keeper(row.scheme, seats)
    return row


def approve(*, edition: Edition, draft: int, scope: Scope, moment: Moment) -> Edition:
    """Issue an edition as the second person; the view has asked for the password again.

    Rounds opened before keep the edition they were opened on.
    """
    with _moving(edition, draft, EditionState.ISSUED, scope, moment) as (row, seats, act):
        _require_second(row, seats)
        refuse_all(asking.checked(row.text).errors)
        if hashlib.sha256(row.text.encode()).hexdigest() != row.digest:
            refuse(str(row), "存着的方案和它的校验码对不上，可能被改动过", "请报告管理员查账本")
        row.decided_by, row.decided_name = scope.username, _name(scope, moment)
        row.issued, row.entry = moment.business_date, act.sequence
    return row


@contextmanager
def _moving(
    edition: Edition, draft: int, to: EditionState, scope: Scope, moment: Moment
) -> Iterator[tuple[Edition, Posts, Act]]:
    """Move an edition to another state, if that may follow the one it is in."""
    seats = target_queries.seats(scope, moment.business_date)
    by = organisation_queries.actor(scope)
    with audit.act(ACTIONS[to], subject=str(edition.scheme), by=by, moment=moment) as act:
        row = _seen(edition, draft)
        if to not in EDITION_MOVES[row.state]:
            what = f"这一版{row.get_state_display()}，不能{to.label}"
            refuse(str(row), what, "请刷新页面看它现在的状态")
        yield row, seats, act
        row.state = to
        _keep(row, act)


def _new_edition(scheme: Scheme, text: str, scope: Scope, act: Act, *, year: int) -> Edition:
    last = Edition.objects.filter(scheme=scheme).order_by("-number").first()
    row = Edition(
        scheme=scheme,
        number=last.number + 1 if last else 1,
        year=year,
        title=scheme.name,
        hands=[scope.username],
    )
    _write(row, text)
    row.save()
    act.details |= _details(row)
    act.vouch(row)
    return row


def _write(row: Edition, text: str) -> None:
    """Keep a text, and what its heading says beside it for the lists."""
    row.text = text
    row.digest = hashlib.sha256(text.encode()).hexdigest()
    sheet = parse(text)
    head = sheet.head if sheet else {}
    row.title = head.get("name", row.title)[:LONGEST_TITLE]
    row.document = head.get("basis", "")[:LONGEST_DOCUMENT]
    year = head.get("year", "")
    if year.isascii() and year.isdigit() and int(year[:5]) in YEARS:
        row.year = int(year)


def _keep(row: Edition, act: Act) -> None:
    row.draft += 1
    act.details |= _details(row)
    row.save()
    act.vouch(row)


def _details(row: Edition) -> dict[str, object]:
    return {
        "scheme": row.scheme.code,
        "number": row.number,
        "digest": row.digest,
        "document": row.document,
        "draft": row.draft,
    }


def _seen(edition: Edition, draft: int) -> Edition:
    """Read the edition anew inside the act; refuse what was decided on an older draft."""
    row = Edition.objects.select_related("scheme__owner").get(pk=edition.pk)
    if row.draft != draft:
        refuse(
            str(row),
            f"您看的是第{draft}稿，现在已是第{row.draft}稿，别人刚改过",
            "您写的内容还在下面；请对照现在这一稿再存",
        )
    return row


def _faults(particulars: Particulars) -> list[Problem]:
    found = written("方案名称", particulars.name, LONGEST_NAME, "请写方案名称")
    if particulars.kind not in SchemeKind.values:
        found.append(Problem("类别", "没有选", "请选一类"))
    if particulars.subjects not in Subjects.values:
        found.append(Problem("考核对象", "没有选", "请选考核谁"))
    return found


def _free_code(owner: str, kind: str) -> str:
    stem = f"{owner.lower()}-{kind.replace('_', '-')}"
    taken = set(Scheme.objects.filter(code__startswith=stem).values_list("code", flat=True))
    return next(code for number in range(1, 10_000) if (code := f"{stem}-{number}") not in taken)


def _require_keeper(scheme: Scheme, seats: Posts) -> None:
    if not access.keeps(seats, scheme.owner.code, is_countys=scheme.is_countys):
        refuse(scheme.name, "考核方案由考核办拟定；镇对内的方案由本镇督查考核人员拟定")


def _require_second(row: Edition, seats: Posts) -> None:
    scheme = row.scheme
    if not access.decides(seats, scheme.owner.code, row.hands, is_countys=scheme.is_countys):
        refuse(
            str(row),
            "拟过、提请过这一稿的人不能批准，其他单位的人也不能",
            "请考核办的另一位同事办理",
        )


def _name(scope: Scope, moment: Moment) -> str:
    return str(said_by(scope, moment)["by_name"])
