"""Where a site refuses to start."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from tests import cast
from zhenxing.config import checks
from zhenxing.operations.tests import make
from zhenxing.operations.watch import look_for_loss

if TYPE_CHECKING:
    from pathlib import Path

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


def test_a_site_of_another_edition_does_not_start(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'reporting'")
    with pytest.raises(ImproperlyConfigured, match=r"由旧版本建成.*请先运行 zhenxing upgrade"):
        checks.refuse_unsafe_start()


def test_a_database_without_tables_does_not_stop_the_look_for_a_loss(
    db: None, caplog: pytest.LogCaptureFixture
) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE organisation_site RENAME TO away")
    look_for_loss()
    assert "没有核对外存链头" in caplog.text


def test_keys_that_are_not_in_their_place_are_logged(
    db: None, settings: Settings, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    make.note("第一件")
    settings.HEADS_FILE = tmp_path / "heads.log"
    settings.HEADS_FILE.write_text(f"9 {'f' * 64}\n", encoding="utf-8")
    settings.KEY_DIR = tmp_path / "none"
    look_for_loss()
    assert "核对外存链头没有做完" in caplog.text


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
