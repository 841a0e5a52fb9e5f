"""Forms registered once, their particulars amended, forms nobody asks for any more stopped."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from django.db.models import Max

from zhenxing.audit import services as audit
from zhenxing.documents import services as documents
from zhenxing.kernel.problems import Problem
from zhenxing.organisation import queries as organisation_queries
from zhenxing.reuse import access
from zhenxing.reuse.models import Template
from zhenxing.reuse.services.stopping import StoppedError

if TYPE_CHECKING:
    from datetime import date

    from zhenxing.documents.models import File
    from zhenxing.kernel.moments import Moment
    from zhenxing.organisation.models import Unit
    from zhenxing.web.scope import Scope


@dataclass(frozen=True)
class Particulars:
    """What is said of a form: its name, who asks for it, how often, on what paper, until when."""

    name: str
    office: str
    frequency: str
    document: str = ""
    expires: date | None = None


def register(
    data: bytes, *, name: str, unit: Unit, said: Particulars, scope: Scope, moment: Moment
) -> Template | Problem:
    """Keep an office form that can be read, for the unit that fills it."""
    if not access.may_keep(scope, unit):
        return _not_allowed(unit)
    look = documents.look_at(data, name)
    if isinstance(look, Problem):
        return look
    file = documents.keep(data, name=name, by=scope.username, moment=moment)
    try:
        return _registered(file, unit, said, scope, moment)
    except StoppedError as stop_:
        return stop_.problem


def _registered(
    file: File, unit: Unit, said: Particulars, scope: Scope, moment: Moment
) -> Template:
    with audit.act(
        "reuse.template.registered",
        subject=f"{unit.name}《{said.name}》",
        by=organisation_queries.actor(scope),
        moment=moment,
        details={**asdict(said), "unit": unit.code, "sha256": file.sha256},
    ) as act:
        forms = Template.objects.filter(unit=unit)
        same = forms.filter(file__sha256=file.sha256, stopped__isnull=True).first()
        if same is not None:
            what = f"同一份文件已登记为《{same.name}》（{same.code}）"
            raise StoppedError(Problem(file.name, what, "请直接用已登记的那一份"))
        number = (forms.aggregate(last=Max("number"))["last"] or 0) + 1
        template = Template.objects.create(
            code=f"{unit.code}-W{number}",
            unit=unit,
            number=number,
            file=file,
            registered=moment.business_date,
            by_name=signed(scope),
            **asdict(said),
        )
        act.details["code"] = template.code
        act.vouch(template, file)
    return template


def amend(
    *, template: Template, said: Particulars, scope: Scope, moment: Moment
) -> Template | Problem:
    """Change what is said of a form; its file and its cells stay."""
    changed = asdict(said)
    before = {name: getattr(template, name) for name in changed}
    return _changed(template, "amended", {"before": before, "after": changed}, scope, moment)


def stop(*, template: Template, reason: str, scope: Scope, moment: Moment) -> Template | Problem:
    """Say that nobody asks for a form any more; what was sent stays to be read."""
    after: dict[str, object] = {"stopped": moment.business_date}
    details: dict[str, dict[str, object]] = {"after": after, "why": {"reason": reason}}
    return _changed(template, "stopped", details, scope, moment)


def _changed(
    template: Template, what: str, details: dict[str, dict[str, object]], scope: Scope,
    moment: Moment,
) -> Template | Problem:  # fmt: skip
    if not access.may_keep(scope, template.unit):
        return _not_allowed(template.unit)
    try:
        with audit.act(
            f"reuse.template.{what}",
            subject=f"{template.unit.name}《{template.name}》",
            by=organisation_queries.actor(scope),
            moment=moment,
            details={**details, "code": template.code},
        ) as act:
            current = held(template)
            for name, value in details["after"].items():
                setattr(current, name, value)
            current.save(update_fields=list(details["after"]))
            act.vouch(current)
    except StoppedError as stop_:
        return stop_.problem
    return current


def held(template: Template) -> Template:
    """Give the form as it is within the act; one that was stopped takes no further act."""
    current = Template.objects.select_for_update(of=("self",)).select_related("unit", "file")
    found = current.get(pk=template.pk)
    if found.stopped is not None:
        what = f"已于{found.stopped}停用"
        raise StoppedError(Problem(found.name, what, "如又要报，请重新登记这份表"))
    return found


def signed(scope: Scope) -> str:
    """Write who acts, with their unit."""
    return f"{scope.name}（{scope.unit_name}）"


def _not_allowed(unit: Unit) -> Problem:
    what = (
        f"{unit.name}的外表由镇综合协调专班或填报员、主管部门、考核办各管各的，您的岗位没有这项权限"
    )
    return Problem("", what, "请联系本单位综合协调专班")
