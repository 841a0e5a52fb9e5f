"""A form that went out: what it said is sealed, cell by cell, with the file itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from zhenxing.audit import services as audit
from zhenxing.documents import services as documents
from zhenxing.kernel.problems import Problem
from zhenxing.organisation import queries as organisation_queries
from zhenxing.reuse import access, queries
from zhenxing.reuse.models import Sent
from zhenxing.reuse.services.filling import filled_file
from zhenxing.reuse.services.registering import held, signed
from zhenxing.reuse.services.stopping import StoppedError

if TYPE_CHECKING:
    from zhenxing.documents.models import File
    from zhenxing.documents.services import Look
    from zhenxing.kernel.moments import Moment
    from zhenxing.kernel.periods import Period
    from zhenxing.reuse.models import Template
    from zhenxing.reuse.queries import Filling
    from zhenxing.web.scope import Scope

LONGEST_OFFICE, LONGEST_NOTE = 60, 200


@dataclass(frozen=True)
class Sending:
    """What a person says about a form that goes out.

    `seen` is the digest of what they were shown: where a figure has moved since, nothing is
    written, so that nobody vouches for numbers they have not looked at.
    """

    template: Template
    month: Period
    seen: str
    office: str = ""
    note: str = ""


def send(said: Sending, *, scope: Scope, moment: Moment) -> Sent | Problem:
    """Write down that a form went out as it now stands."""
    template = said.template
    if not access.may_keep(scope, template.unit):
        what = f"{template.unit.name}的外表不归您报出"
        return Problem(template.name, what, "请联系本单位综合协调专班或填报员")
    look = queries.look_of(template)
    if isinstance(look, Problem):
        return look
    filling = queries.filled(template, look, said.month, moment.business_date)
    data = _refusal(filling, said.seen) or filled_file(filling, {})
    if isinstance(data, Problem):
        return data
    name = f"{template.name}（{said.month}）.xlsx"
    file = documents.keep(data, name=name, by=scope.username, moment=moment)
    try:
        return _sealed(_row(said, filling, file, scope, moment), filling, look, scope, moment)
    except StoppedError as stop:
        return stop.problem


def _row(said: Sending, filling: Filling, file: File, scope: Scope, moment: Moment) -> Sent:
    return Sent(
        template=said.template,
        period=str(said.month),
        values=filling.snapshot,
        file=file,
        office=(said.office.strip() or said.template.office)[:LONGEST_OFFICE],
        note=said.note.strip()[:LONGEST_NOTE],
        by=scope.username,
        by_name=signed(scope),
        at=moment.at,
        business_date=moment.business_date,
    )


def _sealed(said: Sent, filling: Filling, look: Look, scope: Scope, moment: Moment) -> Sent:
    template = filling.template
    with audit.act(
        "reuse.filled.sent",
        subject=f"{template.unit.name}《{template.name}》{filling.month.label}",
        by=organisation_queries.actor(scope),
        moment=moment,
        details={"code": template.code, "period": str(filling.month), "sha256": said.file.sha256},
    ) as act:
        current = held(template)
        again = queries.filled(current, look, filling.month, moment.business_date)
        refusal = _refusal(again, filling.digest)
        if refusal:
            raise StoppedError(refusal)
        said.number = Sent.objects.filter(template=current).count() + 1
        act.details |= {
            "number": said.number,
            "office": said.office,
            "cells": len(filling.values),
            "blanks": len(filling.blanks),
            "expired": current.is_expired(moment.business_date),
        }
        act.seal([said])
        act.vouch(said.file)
    return said


def _refusal(filling: Filling, seen: str) -> Problem | None:
    where = f"{filling.template.name} {filling.month.label}"
    if not filling.cells:
        return Problem(where, "还没有一格对应了指标", "请先到对应页选单元格")
    if not filling.values:
        return Problem(where, "所有格都是空的，没有可以报出的数", "请等数公布或报送后再报")
    if filling.digest != seen:
        what = "您看过之后数又变了，没有记为报出"
        return Problem(where, what, "请核对页面上新的数，重新下载后再标为已报出")
    return None
