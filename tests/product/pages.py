"""Every page and act: where it lies for each kind of place, and who of each role may have it.

`expect` gives, for each place, the answer a role gets: the roles named get 200 (or 302 for an act
or a redirect), a role in `hidden` gets 404 because the thing is not in its scope, a visitor is sent
to sign in (302), everybody else gets 403. A route that is missing here fails the build.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

from django.urls import reverse

if TYPE_CHECKING:
    from collections.abc import Mapping

ROLES = "AKDLGFVCSXP"


@dataclass(frozen=True)
class Place:
    """One address of a page, the roles that may open it and those who must not learn that it is."""

    arguments: Mapping[str, str] = field(default_factory=dict)
    allowed: str = ""
    hidden: str = ""
    query: str = ""


@dataclass(frozen=True)
class Page:
    """A route: its places by name, the role whose view of it is counted, and its method."""

    places: Mapping[str, Place]
    seen_by: str
    method: str = "get"
    success: int = 200
