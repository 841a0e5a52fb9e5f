"""Claims: which matters may be claimed by whom, what was said already, how they are listed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db.models import Q

from zhenxing.accounts.choices import Role
from zhenxing.assessment import access
from zhenxing.assessment.choices import ClaimKind, ClaimState, EditionState
from zhenxing.assessment.models import Claim, Edition, Scheme
from zhenxing.assessment.queries.events import events_of
from zhenxing.assessment.queries.reckoning import rules
from zhenxing.assessment.queries.subjects import subjects_of
from zhenxing.organisation.models import Unit, WorkingGroup

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from django.db.models import QuerySet

    from zhenxing.assessment.access import Posts
    from zhenxing.assessment.queries.subjects import Subject
    from zhenxing.web.scope import Scope

STANDING = (ClaimState.PROPOSED, ClaimState.APPROVED)


@dataclass
class Matter:
    """An event the schemes in force know: of which kind, led by whom, about whom."""

    event: str
    kind: str
    schemes: list[str] = field(default_factory=list)
    leads: set[str] = field(default_factory=set)
    codes: set[str] = field(default_factory=set)

    @property
    def key(self) -> str:
        """How a form names it."""
        return f"{self.kind}:{self.event}"

    @property
    def kind_word(self) -> str:
        """Its kind in words."""
        return ClaimKind(self.kind).label


@dataclass(frozen=True)
class Ground:
    """What a person may claim: the matters, and whom they may be about."""

    matters: tuple[Matter, ...]
    subjects: Mapping[str, Subject]

    def matter(self, kind: str, event: str) -> Matter | None:
        """Give a matter by its kind and event."""
        found = (each for each in self.matters if (each.kind, each.event) == (kind, event))
        return next(found, None)


def editions_in_force(day: date) -> list[Edition]:
    """Give the newest issued edition of each scheme, this year's and last year's."""
    rows = Edition.objects.filter(
        state=EditionState.ISSUED, issued__lte=day, year__gte=day.year - 1
    ).select_related("scheme__owner")
    newest: dict[int, Edition] = {}
    for edition in rows.order_by("number"):
        newest[edition.scheme_id] = edition
    return sorted(newest.values(), key=lambda each: each.scheme.code)


def ground(scope: Scope, seats: Posts, day: date) -> Ground:
    """Give the matters a person may bring today, with the units they may be about."""
    found: dict[tuple[str, str], Matter] = {}
    subjects: dict[str, Subject] = {}
    departments = _names(seats.departments)
    who: dict[tuple[str, int], list[Subject]] = {}
    for edition in editions_in_force(day):
        scheme = edition.scheme
        group = (scheme.subjects, 0 if scheme.is_countys else scheme.owner_id)
        if not _reaches(scheme, scope, seats):
            continue
        if group not in who:
            who[group] = [each for each in subjects_of(scheme, day) if _about(each, seats)]
        about = {each.code: each for each in who[group]}
        if not about:
            continue
        for kind, event, leads in events_of(rules(edition)):
            if _is_own(scheme, leads, seats, departments):
                matter = found.setdefault((kind, event), Matter(event, kind))
                matter.schemes.append(scheme.name)
                matter.leads |= leads
                matter.codes |= set(about)
                subjects |= about
    order = list(ClaimKind.values)
    matters = sorted(found.values(), key=lambda each: (order.index(each.kind), each.event))
    return Ground(tuple(matters), subjects)


def _names(departments: Iterable[str]) -> set[str]:
    codes = list(departments)
    return (
        set(Unit.objects.filter(code__in=codes).values_list("name", flat=True)) if codes else set()
    )


def _reaches(scheme: Scheme, scope: Scope, seats: Posts) -> bool:
    """Whether the person brings matters of a scheme at all."""
    town_office = seats.has(Role.SUPERVISION, Role.TOWN_OFFICE)
    if scheme.is_countys:
        return seats.has(Role.ASSESSMENT, Role.DEPARTMENT) or town_office
    return scheme.owner.code in scope.towns and town_office


def _about(subject: Subject, seats: Posts) -> bool:
    """Whether the person brings matters about a unit: the county about all, a town of its own."""
    if seats.has(Role.ASSESSMENT, Role.DEPARTMENT):
        return True
    return seats.at(subject.town, Role.SUPERVISION, Role.TOWN_OFFICE)


def _is_own(scheme: Scheme, leads: set[str], seats: Posts, departments: set[str]) -> bool:
    """Whether a matter is the person's: a department brings those it leads, or that nobody does."""
    if seats.has(Role.ASSESSMENT, Role.SUPERVISION, Role.TOWN_OFFICE):
        return True
    return scheme.is_countys and (not leads or bool(leads & departments))


def claims(scope: Scope) -> QuerySet[Claim]:
    """Give the claims a person may read."""
    rows = Claim.objects.visible_to(scope)
    return rows.select_related("unit__parent", "paper", "department")


def is_towns(claim: Claim) -> bool:
    """Whether a town's own office decides it: it is about a village, an office or a group."""
    return claim.code != (claim.unit.town_code or "")


def may_decide(claim: Claim, seats: Posts) -> bool:
    """Whether the person is the second one for a claim."""
    owner = claim.unit.town_code or ""
    return access.decides(seats, owner, [claim.proposed_by], is_countys=not is_towns(claim))


def may_withdraw(claim: Claim, seats: Posts) -> bool:
    """Whether the person takes a claim back that nobody has decided: who brought it, the office."""
    if not seats.writes:
        return False
    owner = claim.unit.town_code or ""
    keeps = access.keeps(seats, owner, is_countys=not is_towns(claim))
    return claim.proposed_by == seats.username or keeps


def alike(code: str, event: str, day: date, document: str, but: int = 0) -> list[Claim]:
    """Give standing claims that look like the same matter: same unit, event and day, or paper."""
    same = Q(code=code, event=event, day=day)
    if document:
        same |= Q(document=document, event=event)
    rows = Claim.objects.filter(same, state__in=STANDING).exclude(pk=but)
    return list(rows.select_related("unit").order_by("number"))


def names_of(claims_shown: Iterable[Claim]) -> dict[str, str]:
    """Give the names of those the claims are about, groups among them; two queries."""
    codes = {each.code for each in claims_shown}
    names = dict(Unit.objects.filter(code__in=codes).values_list("code", "name"))
    groups = WorkingGroup.objects.filter(code__in=codes - set(names))
    return names | dict(groups.values_list("code", "name"))
