"""Databases for every test: SQLite in memory, and on request a real file or a real PostgreSQL.

`@pytest.mark.both_engines` runs a test once on SQLite and once on PostgreSQL, `postgresql` on that
alone. The fixture
`real_database` gives such a test a database of its own that other threads and processes reach.
"""

from __future__ import annotations

import itertools
import shutil
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.conf import settings as django_settings
from django.db import connection
from django.test import TransactionTestCase

from tests import cast
from tests.databases import (
    ENGINES,
    TEMPLATE,
    Database,
    Postgres,
    begin_again,
    default_is,
    guards_lifted,
    migrate,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_django import Settings
    from pytest_django.plugin import DjangoDbBlocker

NUMBERS = itertools.count(1)


def pytest_configure(config: pytest.Config) -> None:
    """Declare the marker, and let emptying the tables between tests pass the guards."""
    config.addinivalue_line("markers", "both_engines: run on SQLite and on PostgreSQL")
    config.addinivalue_line("markers", "postgresql: run on PostgreSQL alone, which SQLite cannot")
    original = TransactionTestCase._fixture_teardown  # type: ignore[attr-defined]

    def emptied(case: TransactionTestCase) -> None:
        with guards_lifted(connection):
            original(case)
        begin_again()

    TransactionTestCase._fixture_teardown = emptied  # type: ignore[attr-defined]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a marked test on each engine."""
    marker = metafunc.definition.get_closest_marker("both_engines")
    if marker or metafunc.definition.get_closest_marker("postgresql"):
        if "engine" in metafunc.fixturenames:
            metafunc.fixturenames.remove("engine")
        metafunc.fixturenames.insert(0, "engine")  # before pytest-django opens its transaction
        metafunc.parametrize("engine", ENGINES if marker else ENGINES[1:], indirect=True)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """Start the private PostgreSQL server, once."""
    server = Postgres()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def postgres_template(
    postgres: Postgres, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> str:
    """Make the database every PostgreSQL test gets a copy of."""
    address = postgres.create(TEMPLATE)
    with django_db_blocker.unblock():
        migrate(Database("postgresql", address, Path(django_settings.DATA)))
    return TEMPLATE


@pytest.fixture(scope="session")
def sqlite_template(
    tmp_path_factory: pytest.TempPathFactory,
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
) -> Path:
    """Make the file every SQLite test with a real file gets a copy of."""
    folder = tmp_path_factory.mktemp("template")
    with django_db_blocker.unblock():
        migrate(Database("sqlite", f"sqlite:{TEMPLATE}", folder))
    return folder / TEMPLATE


@pytest.fixture(scope="session")
def postgres_shared(
    postgres: Postgres, postgres_template: str, tmp_path_factory: pytest.TempPathFactory
) -> Database:
    """Make the PostgreSQL database of tests that roll back."""
    address = postgres.create("zhenxing_tests", postgres_template)
    return Database("postgresql", address, tmp_path_factory.mktemp("postgres"))


@pytest.fixture
def engine(
    request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[str]:
    """Name the engine of this run of the test, and lead the default connection to it."""
    name: str = request.param
    with ExitStack() as stack:
        if name == "postgresql":
            shared: Database = request.getfixturevalue("postgres_shared")
            stack.enter_context(django_db_blocker.unblock())
            stack.enter_context(default_is(shared))
            stack.enter_context(django_db_blocker.block())
        yield name


@pytest.fixture
def real_database(
    request: pytest.FixtureRequest,
    engine: str,
    tmp_path: Path,
    settings: Settings,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[Database]:
    """Give a database of one's own, committed for real, reachable from threads and processes."""
    settings.HEADS_FILE = tmp_path / "heads.log"
    with ExitStack() as stack:
        if engine == "postgresql":
            server: Postgres = request.getfixturevalue("postgres")
            name = f"zhenxing_{next(NUMBERS)}"
            address = server.create(name, request.getfixturevalue("postgres_template"))
            stack.callback(server.drop, name)
        else:
            address = "sqlite:own.sqlite3"
            shutil.copy(request.getfixturevalue("sqlite_template"), tmp_path / "own.sqlite3")
        own = Database(engine, address, tmp_path)
        stack.enter_context(django_db_blocker.unblock())
        stack.enter_context(default_is(own))
        yield own


@pytest.fixture(autouse=True)
def _own_heads_file(settings: Settings) -> None:
    """Let no test meet the heads of another test's chain."""
    settings.HEADS_FILE = Path(django_settings.DATA) / f"heads-{next(NUMBERS)}.log"


@pytest.fixture
def county(db: None) -> cast.County:
    """Give the standing cast in its demo county, on 2023-10-20."""
    return cast.build()
