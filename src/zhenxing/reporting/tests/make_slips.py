"""Correction slips of September 2023, which is closed; the works of 青溪镇 are one number of it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from tests import cast
from zhenxing.accounts.choices import Role
from zhenxing.accounts.tests import make as make_accounts
from zhenxing.indicators.models import Figure
from zhenxing.indicators.queries import class_of
from zhenxing.indicators.queries import month as month_of
from zhenxing.kernel.periods import Period
from zhenxing.organisation.tests import make as make_posts
from zhenxing.reporting.models import CorrectionSlip
from zhenxing.reporting.queries import correcting as asking
from zhenxing.reporting.services import correcting
from zhenxing.reporting.services.wishing import Paper, Wish
from zhenxing.reporting.tests import make

if TYPE_CHECKING:
    from zhenxing.accounts.models import User
    from zhenxing.indicators.choices import StandingChoice
    from zhenxing.kernel.problems import Problem
    from zhenxing.reporting.queries.correcting import Place

PDF = b"%PDF-1.4\n%evidence\n"
REASON = "漏计农业产业园二期已完成投资640万元。"
SEPTEMBER = Period.parse("2023-09")
NEW = "8780"
OLD = "8140"


def place(month: make.Month, code: str = "works", group: str = "T01-G3") -> Place:
    """Give a number of September."""
    found = asking.place_of(month.county.groups[group], code, SEPTEMBER)
    if found is None:
        raise AssertionError(code)
    return found


def wish(typed: str = NEW, reason: str = REASON, papers: list[Paper] | None = None) -> Wish:
    """Give a wish with one good paper."""
    return Wish(typed, reason, [Paper("监理月报.pdf", PDF)] if papers is None else papers)


def told(month: make.Month, standing: StandingChoice, value: str = OLD) -> None:
    """Let September's works be known, in some standing."""
    make.figure(month.county.town, "works", "2023-09", value, standing=standing)


def tried(
    month: make.Month, by: User, of: Wish | None = None, code: str = "works"
) -> CorrectionSlip | list[Problem]:
    """Let somebody propose a slip."""
    return correcting.propose(
        place=place(month, code), wish=of or wish(), scope=cast.scope(by), moment=cast.moment()
    )


def proposed(month: make.Month, of: Wish | None = None) -> CorrectionSlip:
    """Give a slip that the group's reporter has proposed."""
    slip = tried(month, month.county.reporter, of)
    if not isinstance(slip, CorrectionSlip):
        raise AssertionError([problem.sentence for problem in slip])
    return slip


def advanced(month: make.Month, slip: CorrectionSlip, *moves: str) -> CorrectionSlip:
    """Let those whose turn it is sign."""
    county = month.county
    people = {"sign": county.leader, "verify": county.department, "approve": county.assessor}
    for move in moves:
        done = getattr(correcting, move)(
            slip=slip, opinion="", scope=cast.scope(people[move]), moment=cast.moment()
        )
        if not isinstance(done, CorrectionSlip):
            raise AssertionError(done.sentence)
    return CorrectionSlip.objects.get(pk=slip.pk)


def counted(month: make.Month, day: date = cast.TODAY) -> Decimal | None:
    """Give what counts for September's works, as every page reckons it."""
    code = month.county.town.code
    rows = month_of(SEPTEMBER, day, peers=class_of(code, day), units=[code], codes=["works"])
    value = rows.row(code, "works").value
    return value if isinstance(value, Decimal) else None


def lines(month: make.Month) -> list[tuple[str, Decimal | None, str]]:
    """Give every line known of September's works: standing, value, document."""
    rows = Figure.objects.filter(
        unit=month.county.town, indicator__code="works", period="2023-09"
    ).order_by("pk")
    return list(rows.values_list("standing", "value", "document"))


def second(month: make.Month, role: Role) -> User:
    """Give another person of a role, in the same place as the standing one."""
    county = month.county
    unit = {Role.ASSESSMENT: county.county, Role.TOWN_LEADER: county.town}[role]
    person = make_accounts.person(f"second-{role.lower()}", "乔木", password=cast.PASSWORD)
    make_posts.post(person, role, unit)
    return person
