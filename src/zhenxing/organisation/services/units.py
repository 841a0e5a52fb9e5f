"""Units and groups opened, renamed and closed, people joining groups and leaving: all dated."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhenxing.accounts.choices import Role
from zhenxing.audit import services as audit
from zhenxing.kernel.problems import Problem
from zhenxing.organisation import queries
from zhenxing.organisation.choices import PARENTS, UnitKind
from zhenxing.organisation.models import Membership, Unit, WorkingGroup
from zhenxing.organisation.services.refusals import ActRefusedError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from zhenxing.kernel.moments import Moment
    from zhenxing.web.scope import Scope


def open_unit(new: Unit, *, document: str, scope: Scope, moment: Moment) -> Unit:
    """Set up a unit below its parent, from its day on."""
    details = {**_told(new), "parent": new.parent.code if new.parent else "", "document": document}
    with audit.act(
        "organisation.unit.opened",
        subject=new.name,
        by=queries.actor(scope),
        moment=moment,
        details=details,
    ) as act:
        _refuse(
            scope,
            _against_seat(new),
            _against_code(new),
            _against_past(new.opened, moment, "设立日期"),
            _without_paper(document),
        )
        new.position = Unit.objects.filter(kind=new.kind).count() + 1
        new.save(force_insert=True)
        act.vouch(new)
    return new


def open_group(new: WorkingGroup, *, document: str, scope: Scope, moment: Moment) -> WorkingGroup:
    """Set up a working group of a unit, from its day on."""
    with audit.act(
        "organisation.group.opened",
        subject=f"{new.unit}{new.name}",
        by=queries.actor(scope),
        moment=moment,
        details={**_told(new), "unit": new.unit.code, "document": document},
    ) as act:
        _refuse(
            scope,
            _against_code(new),
            _against_past(new.opened, moment, "成立日期"),
            _without_paper(document),
        )
        new.save(force_insert=True)
        act.vouch(new)
    return new


def rename(
    thing: Unit | WorkingGroup, *, name: str, document: str, scope: Scope, moment: Moment
) -> None:
    """Give a unit or group another name; the ledger keeps the one it had."""
    with audit.act(
        f"organisation.{_word(thing)}.renamed",
        subject=thing.name,
        by=queries.actor(scope),
        moment=moment,
        details={"code": thing.code, "name": name, "document": document},
    ) as act:
        _refuse(scope, _against_name(thing, name, document))
        thing.name = name
        thing.save(update_fields=["name"])
        act.vouch(thing)


def close(
    thing: Unit | WorkingGroup, *, on: date, document: str, scope: Scope, moment: Moment
) -> None:
    """Close a unit or group on a day: from then on it is not there, and nothing is removed."""
    with audit.act(
        f"organisation.{_word(thing)}.closed",
        subject=thing.name,
        by=queries.actor(scope),
        moment=moment,
        details={"code": thing.code, "on": on, "document": document},
    ) as act:
        thing.refresh_from_db(fields=["closed"])
        _refuse(scope, _against_closing(thing, on, document), _against_past(on, moment, "撤销日期"))
        thing.closed = on
        thing.save(update_fields=["closed"])
        act.vouch(thing)


def join_group(new: Membership, *, scope: Scope, moment: Moment) -> Membership:
    """Put a person into a group from a day on."""
    with audit.act(
        "organisation.member.joined",
        subject=new.person.username,
        by=queries.actor(scope),
        moment=moment,
        details={"group": new.group.code, "role": new.role, "since": new.since},
    ) as act:
        _refuse(scope, _against_joining(new))
        new.save(force_insert=True)
        act.vouch(new)
    return new


def leave_group(place: Membership, *, until: date, scope: Scope, moment: Moment) -> None:
    """End a person's place in a group after its last day."""
    with audit.act(
        "organisation.member.left",
        subject=place.person.username,
        by=queries.actor(scope),
        moment=moment,
        details={"group": place.group.code, "role": place.role, "until": until},
    ) as act:
        _refuse(scope, _against_leaving(place, until))
        place.until = until
        place.save(update_fields=["until"])
        act.vouch(place)


def _refuse(scope: Scope, *reasons: Iterable[Problem]) -> None:
    found = [problem for each in reasons for problem in each]
    if not scope.has(Role.ADMINISTRATOR):
        found = [Problem("单位", "只有县级管理员能办理", "请联系县级管理员")]
    if found:
        raise ActRefusedError(*found)


def _word(thing: Unit | WorkingGroup) -> str:
    return "unit" if isinstance(thing, Unit) else "group"


def _told(thing: Unit | WorkingGroup) -> dict[str, object]:
    return {"code": thing.code, "name": thing.name, "opened": thing.opened}


def _against_seat(new: Unit) -> Iterator[Problem]:
    kind = UnitKind(new.kind)
    above = PARENTS.get(kind)
    if above is None or new.parent is None or new.parent.kind != above:
        wanted = above.label if above else "县域文件"
        yield Problem("类型", f"{kind.label}不能设在这里", f"请在{wanted}下面设")


def _against_code(new: Unit | WorkingGroup) -> Iterator[Problem]:
    if type(new)._base_manager.filter(code=new.code).exists():
        yield Problem("编码", f"「{new.code}」已经用过；撤销了的也不能再用", "请换一个编码")


def _against_past(day: date | None, moment: Moment, where: str) -> Iterator[Problem]:
    if day is None or day < moment.business_date:
        yield Problem(
            where, "早于今天，会改动以前各月的单位", f"请填{moment.business_date}或以后的日期"
        )


def _against_name(thing: Unit | WorkingGroup, name: str, document: str) -> Iterator[Problem]:
    if not name.strip() or name == thing.name:
        yield Problem("名称", "没有改动", "请填写新名称")
    yield from _without_paper(document)


def _against_closing(thing: Unit | WorkingGroup, on: date, document: str) -> Iterator[Problem]:
    if thing.closed is not None:
        yield Problem(thing.name, f"已定于{thing.closed}撤销", "不必再办")
    below: list[Unit | WorkingGroup] = []
    if isinstance(thing, Unit):
        below = [*thing.children.open_on(on), *thing.groups.open_on(on)]
        if thing.kind == UnitKind.COUNTY:
            yield Problem(thing.name, "是本站的县，不能撤销", "请核对选的单位")
    if below:
        names = "、".join(each.name for each in below[:3])
        yield Problem(
            thing.name, f"下面还有{names}等{len(below)}个单位或专班", "请先撤销它们，或改到别处"
        )
    yield from _without_paper(document)


def _without_paper(document: str) -> Iterator[Problem]:
    if not document.strip():
        yield Problem("文号", "没有填写", "请填写依据的文件或会议")


def _against_joining(new: Membership) -> Iterator[Problem]:
    twins = Membership.objects.filter(group=new.group, person=new.person, role=new.role)
    if new.since is None or twins.valid_on(new.since).exists():
        yield Problem(str(new.person), f"这一天已经是{new.group}的{new.role}", "请核对起日和职务")
    elif twins.filter(since__gte=new.since).exists():
        yield Problem(str(new.person), "以后已另有同样的一段", "请核对起日和职务")


def _against_leaving(place: Membership, until: date) -> Iterator[Problem]:
    if place.until is not None and place.until <= until:
        yield Problem(str(place), f"{place.until}已经结束", "不必再办")
    if place.since is not None and until < place.since:
        yield Problem(str(place), "止日早于起日", "请改止日")
