"""The permission matrix of the routes, read from permissions.yaml."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import yaml
from django.urls import URLPattern, URLResolver, get_resolver

if TYPE_CHECKING:
    from collections.abc import Iterator

TABLE = Path(__file__).parent / "permissions.yaml"


@dataclass(frozen=True)
class Line:
    """One route at one place: what each role is answered."""

    route: str
    place: str
    method: str
    path: str
    answers: dict[str, int]

    def __str__(self) -> str:
        return f"{self.method} {self.route} {self.place}"


def lines() -> list[Line]:
    """Give every line of the table."""
    table = yaml.safe_load(TABLE.read_text(encoding="utf-8"))
    roles = table["roles"].split()
    return [
        Line(
            route,
            place,
            method,
            path,
            dict(zip(roles, map(int, str(answers).split()), strict=True)),
        )
        for route, rows in table["routes"].items()
        for place, method, path, answers in rows
    ]


def routes() -> set[str]:
    """Give the name of every route of the site, with its namespace."""
    return set(_named(get_resolver().url_patterns, ""))


def _named(patterns: list[URLPattern | URLResolver], space: str) -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{pattern.namespace}:" if pattern.namespace else space
            yield from _named(pattern.url_patterns, inner)
        else:
            yield f"{space}{pattern.name}"
