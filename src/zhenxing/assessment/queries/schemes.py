"""Schemes and editions: which may be read, what is wrong with a text, which one is in force."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q

from zhenxing.assessment import access
from zhenxing.assessment.choices import EditionState
from zhenxing.assessment.models import Edition, Scheme
from zhenxing.assessment.queries.rounds import edition_in_force
from zhenxing.assessment.queries.snapshots import names_in
from zhenxing.assessment.queries.subjects import PROFILE
from zhenxing.engine import schemes as engine
from zhenxing.engine.schemes.checking import RESERVED
from zhenxing.engine.schemes.scheme import Events, Formula, Judged, Ratings, Sum
from zhenxing.indicators.models import Indicator
from zhenxing.kernel.problems import Problem
from zhenxing.kernel.wording import chinese_date
from zhenxing.organisation.choices import UnitKind
from zhenxing.organisation.models import Unit

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from django.db.models import QuerySet

    from zhenxing.assessment.access import Posts
    from zhenxing.web.scope import Scope

FILE = "方案"
WITHOUT_X = (Judged, Ratings, Events, Formula, Sum)  # rules that need no figure of the item's own
SUFFIX = "_growth"
ATTRIBUTES = frozenset({"class", "key", "category", *PROFILE})

in_force = edition_in_force


@dataclass(frozen=True)
class Checked:
    """A text that was read: the scheme where it has no error, and every problem."""

    scheme: engine.Scheme | None
    problems: tuple[Problem, ...]

    @property
    def errors(self) -> list[Problem]:
        """What keeps it from being put forward."""
        return [each for each in self.problems if each.is_error]


def checked(text: str) -> Checked:
    """Read a text with the engine's checker, and hold its names against the dictionary."""
    scheme, problems = engine.load(text, FILE)
    strange = _strangers(scheme) if scheme is not None else []
    return Checked(scheme, (*problems, *strange))


def _strangers(scheme: engine.Scheme) -> list[Problem]:
    """Tell the names that are no indicator, derived value or attribute; a warning each."""
    wanted = names_in(scheme) - RESERVED - ATTRIBUTES - set(scheme.lets) - set(scheme.events)
    wanted -= {section.id for section in scheme.sections}
    known = set(Indicator.objects.filter(code__in=_bare(wanted)).values_list("code", flat=True))
    lines = {item.id: item.line for item in scheme.items}
    return [
        Problem(
            f"{FILE} 第{lines[name]}行" if name in lines else FILE,
            f"「{name}」不是指标字典里的指标，也不是引用量和单位属性，取不到数",
            "请从指标栏里选一个；确实没有这项指标的，请先在指标字典里登记",
            "warning",
        )
        for name in sorted(wanted)
        if name.removesuffix(SUFFIX) not in known and _reads(scheme, name)
    ]


def _bare(names: Collection[str]) -> set[str]:
    return {name.removesuffix(SUFFIX) for name in names}


def _reads(scheme: engine.Scheme, name: str) -> bool:
    """Whether a name that is an item's own id is read as a figure at all."""
    mine = [item for item in scheme.items if item.id == name]
    return not mine or any(
        item.value is None and not isinstance(item.rule, WITHOUT_X) for item in mine
    )


def editions_visible(scope: Scope, seats: Posts) -> QuerySet[Edition]:
    """Give the editions a person may open: issued ones, and drafts to those who work on them."""
    rows = Edition.objects.select_related("scheme", "scheme__owner")
    rows = rows.filter(scheme__in=Scheme.objects.visible_to(scope))
    if scope.has("X"):
        return rows
    mine = Q(state=EditionState.ISSUED)
    if access.keeps(seats, "", is_countys=True):
        mine |= Q(scheme__owner__parent__isnull=True)
    towns = [
        town
        for town in scope.towns
        if access.sees_before_publication(seats, town, is_countys=False)
    ]
    return rows.filter(mine | Q(scheme__owner__code__in=towns))


def open_draft(scheme: Scheme) -> Edition | None:
    """Give the edition of a scheme that is being worked on."""
    working = (EditionState.DRAFT, EditionState.PROPOSED)
    return Edition.objects.filter(scheme=scheme, state__in=working).first()


def issued_late(edition: Edition, first: date) -> str:
    """Say that an edition came out after the time it assesses had begun; empty where it did not."""
    if edition.issued is None or edition.issued <= first:
        return ""
    return (
        f"方案第{edition.number}版{chinese_date(edition.issued)}发布，"
        f"比考核期开始的{chinese_date(first)}晚{(edition.issued - first).days}天；"
        "发布以前的工作也按这一版考核。"
    )


def owners(seats: Posts, scope: Scope) -> list[Unit]:
    """Give the units whose schemes a person's office runs."""
    rows = Unit.objects.filter(
        Q(kind=UnitKind.COUNTY) | Q(kind=UnitKind.TOWN, code__in=scope.towns)
    ).order_by("position")
    return [
        unit for unit in rows if access.keeps(seats, unit.code, is_countys=unit.parent_id is None)
    ]


def indicators() -> list[tuple[str, str, str]]:
    """Give the dictionary for choosing from: code, name, measure."""
    return list(Indicator.objects.order_by("name").values_list("code", "name", "measure"))


def names() -> list[tuple[str, str]]:
    """Give the indicators' names by code."""
    return list(Indicator.objects.order_by("code").values_list("code", "name"))


def departments(day: date) -> list[str]:
    """Give the names of the departments that may answer for a figure."""
    rows = Unit.objects.of_kind(UnitKind.DEPARTMENT, UnitKind.OFFICE).open_on(day)
    return list(dict.fromkeys(rows.values_list("name", flat=True)))
