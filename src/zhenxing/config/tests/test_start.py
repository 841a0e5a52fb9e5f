"""Where a site refuses to start."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from tests import cast
from zhenxing.config import checks

if TYPE_CHECKING:
    from pytest_django import Settings

    from tests.databases import Database, Postgres


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.9.1", "localhost", "[::1]", "::1"])
def test_a_demo_starts_under_the_names_of_its_machine(
    county: cast.County, settings: Settings, host: str
) -> None:
    settings.ALLOWED_HOSTS = [host]
    checks.refuse_unsafe_start()


@pytest.mark.parametrize("host", ["*", "0.0.0.0", "10.1.2.3", "zx.gov.cn", ".gov.cn", ""])  # noqa: S104  # what must be refused
def test_a_demo_does_not_start_under_another(
    county: cast.County, settings: Settings, host: str
) -> None:
    settings.ALLOWED_HOSTS = ["127.0.0.1", host]
    with pytest.raises(ImproperlyConfigured, match="演示站不能用"):
        checks.refuse_unsafe_start()


def test_a_real_site_starts_under_its_own_name(db: None, settings: Settings) -> None:
    cast.build(demo=False)
    settings.ALLOWED_HOSTS = ["zx.county.gov.cn"]
    checks.refuse_unsafe_start()


def test_a_site_before_its_first_migration_starts(db: None, settings: Settings) -> None:
    settings.ALLOWED_HOSTS = ["zx.county.gov.cn"]
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE organisation_site RENAME TO away")
    assert checks.a_demo_stays_on_its_machine(databases=["default"]) == []


def test_without_a_database_to_ask_nothing_is_said(county: cast.County) -> None:
    assert checks.a_demo_stays_on_its_machine() == []
    assert checks.the_database_keeps_what_it_acknowledged() == []


def test_sqlite_is_not_asked_for_postgresqls_settings(db: None) -> None:
    assert checks.the_database_keeps_what_it_acknowledged(databases=["default"]) == []


@pytest.mark.both_engines
def test_a_durable_database_is_let_through(real_database: Database) -> None:
    assert checks.the_database_keeps_what_it_acknowledged(databases=["default"]) == []


@pytest.mark.parametrize("engine", ["postgresql"], indirect=True)
@pytest.mark.parametrize("careless", ["off", "local"])
def test_a_forgetful_postgresql_is_refused(
    real_database: Database, postgres: Postgres, careless: str
) -> None:
    name = connection.settings_dict["NAME"]
    postgres.execute(f"ALTER DATABASE {{}} SET synchronous_commit = {careless}", name)
    connection.close()
    with pytest.raises(ImproperlyConfigured, match="synchronous_commit 是关的"):
        checks.refuse_unsafe_start()
