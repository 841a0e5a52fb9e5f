"""The demo's one-click identities, who says where each of them sits, and living sessions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session as StoredSession

from zhenxing.accounts.choices import DUTIES, Role
from zhenxing.accounts.models import User

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from zhenxing.accounts.choices import Duty
    from zhenxing.web.scope import Scope

    Describer = Callable[[Sequence[User], date], dict[str, Scope]]


@dataclass(frozen=True)
class Identity:
    """One card of the demo page."""

    person: User
    scope: Scope
    roles: tuple[Role, ...]

    @property
    def role_label(self) -> str:
        """What the person is."""
        return "；".join(role.label for role in self.roles)

    @property
    def duties(self) -> list[Duty]:
        """What each of the roles does, and what it may not."""
        return [DUTIES[role] for role in self.roles]


_describers: list[Describer] = []


def describe_with(describer: Describer) -> None:
    """Let the part that knows posts say what each person may see."""
    _describers[:] = [describer]


def identities(day: date) -> list[Identity]:
    """Give the demo's identities in their order, with what each may see on the day."""
    people = list(
        User.objects.filter(is_active=True, demo_order__isnull=False).order_by("demo_order", "pk")
    )
    scopes = {
        name: scope for describe in _describers for name, scope in describe(people, day).items()
    }
    return [
        Identity(person, scopes[person.username], _roles(scopes[person.username]))
        for person in people
        if person.username in scopes
    ]


@dataclass(frozen=True)
class Session:
    """A living session: from where it was opened, when, and when it last did something."""

    address: str
    started: datetime
    last_act: datetime


def sessions_of(person: User, at: datetime) -> list[Session]:
    """Give a person's living sessions, the latest first; each session has to be opened for it."""
    found = []
    for row in StoredSession.objects.filter(expire_date__gt=at):
        told = row.get_decoded()
        if told.get(SESSION_KEY) == str(person.pk) and "started" in told:
            started = datetime.fromisoformat(told["started"])
            last = datetime.fromisoformat(told.get("last_act", told["started"]))
            found.append(Session(told.get("address", ""), started, last))
    return sorted(found, key=lambda each: each.last_act, reverse=True)


def _roles(scope: Scope) -> tuple[Role, ...]:
    return tuple(role for role in Role if role in scope.roles)
