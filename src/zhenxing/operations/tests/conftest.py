"""A site with figures, files and receipts on a database of its own, and an empty place beside."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from django.db import connection

from zhenxing.operations.tests import make
from zhenxing.packs import services as packs
from zhenxing.packs.tests import make as make_pack

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytest_django import Settings

    from tests.databases import Database, Postgres

NUMBERS = itertools.count(1)


@dataclass(frozen=True)
class Place:
    """Where something is restored to: a folder that is not there, and an empty database."""

    folder: Path
    database: str


@pytest.fixture
def site(
    real_database: Database,
    tmp_path: Path,
    settings: Settings,
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
) -> Database:
    """Load the tiny county: its files, figures and a ledger of two entries."""
    settings.DATA = tmp_path
    settings.KEY_DIR, settings.FILE_DIR = tmp_path / "keys", tmp_path / "files"
    if real_database.engine == "postgresql":
        server: Postgres = request.getfixturevalue("postgres")
        monkeypatch.setenv("ZHENXING_POSTGRES", str(server.tools))
    pack = make_pack.sound(make_pack.tiny(tmp_path))
    packs.load(pack, by=make_pack.BY, second=None, moment=make_pack.MOMENT)
    make.note("第一件")
    return real_database


@pytest.fixture
def place(site: Database, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Place]:
    """Give an empty place of the site's own engine."""
    folder = tmp_path / "restored"
    if connection.vendor == "sqlite":
        yield Place(folder, "")
        return
    server: Postgres = request.getfixturevalue("postgres")
    name = f"zhenxing_empty_{next(NUMBERS)}"
    yield Place(folder, server.create(name))
    server.drop(name)
