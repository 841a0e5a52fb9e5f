"""The forms there are, how each looks, what its unit may put into it."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from threading import Lock
from typing import TYPE_CHECKING

from django.db.models import Count, Max, Q

from zhenxing.documents import services as documents
from zhenxing.indicators import queries as indicator_queries
from zhenxing.kernel.periods import Period
from zhenxing.kernel.problems import Problem
from zhenxing.organisation.choices import UnitKind
from zhenxing.organisation.models import Unit
from zhenxing.reuse import access
from zhenxing.reuse.choices import Frequency
from zhenxing.reuse.models import Mapped, Template

if TYPE_CHECKING:
    from datetime import date

    from zhenxing.documents.services import Look
    from zhenxing.organisation.models import UnitQuerySet
    from zhenxing.reuse.models import TemplateQuerySet
    from zhenxing.web.scope import Scope

LOOKS = 32  # kept in memory: a form never changes under its hash
_MONTHS_OF = {Frequency.QUARTER: 3, Frequency.HALF: 6, Frequency.YEAR: 12}
_looks: OrderedDict[str, Look] = OrderedDict()
_lock = Lock()


def listed(scope: Scope) -> TemplateQuerySet:
    """Give the forms a person may read, each with how many cells it has and when it last went."""
    return (
        Template.objects.visible_to(scope)
        .select_related("unit", "file")
        .annotate(
            mapped=Count("cells", filter=Q(cells__active=True), distinct=True),
            last_sent=Max("sendings__business_date"),
            last_period=Max("sendings__period"),
        )
    )


def cells_of(template: Template) -> list[Mapped]:
    """Give what the cells of a form take."""
    cells = template.cells.filter(active=True).select_related("indicator", "unit", "template")
    return sorted(cells, key=lambda each: (each.sheet, documents.position(each.cell)))


def stored(template: Template) -> bytes | Problem:
    """Give a form's bytes as they were brought, or say that they are no longer the same."""
    path = documents.stored_at(template.file.sha256)
    data = path.read_bytes() if path.is_file() else b""
    if hashlib.sha256(data).hexdigest() == template.file.sha256:
        return data
    what = "空表的文件不在了，或已不是登记时的文件"
    return Problem(template.name, what, "请联系县级管理员从备份恢复文件")


def look_of(template: Template) -> Look | Problem:
    """Give how a form looks; read once and kept, since the bytes under a hash never change."""
    key = template.file.sha256
    with _lock:
        if key in _looks:
            _looks.move_to_end(key)
            return _looks[key]
    data = stored(template)
    look = data if isinstance(data, Problem) else documents.look_at(data, template.file.name)
    if isinstance(look, Problem):
        return look
    with _lock:
        _looks[key] = look
        while len(_looks) > LOOKS:
            _looks.popitem(last=False)
    return look


def keepable_units(scope: Scope, day: date) -> list[Unit]:
    """Give the units whose forms the person keeps."""
    units = Unit.objects.of_kind(UnitKind.COUNTY, UnitKind.DEPARTMENT, UnitKind.TOWN)
    return [unit for unit in units.open_on(day) if access.may_keep(scope, unit)]


def readable_codes(unit: Unit) -> frozenset[str] | None:
    """Give the only indicators a unit's forms may take, or None for no such limit."""
    if unit.kind != UnitKind.DEPARTMENT:
        return None
    return indicator_queries.codes_led_by([unit.code])


def open_units(unit: Unit, day: date) -> UnitQuerySet:
    """Give the units of which a unit's forms may speak: a town of itself, others of every town."""
    if unit.kind == UnitKind.TOWN:
        return Unit.objects.filter(pk=unit.pk)
    kinds = [UnitKind.TOWN] + ([UnitKind.COUNTY] if unit.kind == UnitKind.COUNTY else [])
    return Unit.objects.of_kind(*kinds).open_on(day)


def default_month(template: Template, month: Period) -> Period:
    """Give the month a form is asked for: of a quarterly one the last quarter's last month."""
    span = _MONTHS_OF.get(Frequency(template.frequency), 1)
    back = month.last_month % span
    if month.last_month > back:
        return Period.month(month.year, month.last_month - back)
    return Period.month(month.year - 1, 12)
