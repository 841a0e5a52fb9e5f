"""The site's own role on PostgreSQL writes acts, and cannot take one back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import DatabaseError, connection

from tests.databases import Database, default_is
from zhenxing.audit.models import Entry
from zhenxing.audit.queries import verify
from zhenxing.audit.tests import make
from zhenxing.cli.__main__ import main
from zhenxing.store.appendonly import guarded
from zhenxing.store.roles import grant_site_role, role_problems

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.databases import Postgres

ROLE = "zhenxing_site"
OPEN_DOOR = """
CREATE OR REPLACE FUNCTION only_grows_refuse() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RETURN NEW; END $$
"""


@pytest.fixture
def as_site(real_database: Database, request: pytest.FixtureRequest) -> Iterator[None]:
    """Work under the site's role."""
    server: Postgres = request.getfixturevalue("postgres")
    grant_site_role(connection, ROLE)
    name = real_database.settings["NAME"]
    own = Database("postgresql", server.address(name, user=ROLE), real_database.data)
    with default_is(own):
        yield


@pytest.mark.postgresql
@pytest.mark.usefixtures("as_site")
def test_the_site_acts_and_cannot_take_it_back() -> None:
    make.receipt(1)
    make.entries(2)
    assert Entry.objects.count() == 3
    for table, may_move in guarded(connection).items():
        for verb in ["DELETE FROM {}", "TRUNCATE {}", "ALTER TABLE {} DISABLE TRIGGER ALL"]:
            refused(verb.format(table))
        refused(f"DROP TRIGGER only_grows_{table}_{'delete' if may_move else 'change'} ON {table}")
    for table in ("audit_entry", "audit_receipt", "indicators_figure", "reporting_version"):
        column = {"audit_entry": "subject", "audit_receipt": "content"}.get(table, "by_name")
        refused(f"UPDATE {table} SET {column} = 'x'")  # noqa: S608  # our tables


@pytest.mark.postgresql
@pytest.mark.usefixtures("as_site")
def test_the_site_cannot_lift_the_guards_by_other_ways() -> None:
    for statement in [
        "SET session_replication_role = replica",
        "CREATE TABLE notes (id integer)",
        OPEN_DOOR,
        "ALTER TABLE audit_entry OWNER TO zhenxing_site",
        "DELETE FROM django_migrations",
        "CREATE ROLE other",
    ]:
        refused(statement)


@pytest.mark.postgresql
@pytest.mark.usefixtures("as_site")
def test_a_site_under_its_own_role_verifies_without_a_warning() -> None:
    make.entries(3)
    assert role_problems(connection) == []
    assert verify().problems == ()


@pytest.mark.postgresql
def test_rights_given_besides_are_told(real_database: Database, postgres: Postgres) -> None:
    assert grant_site_role(connection, ROLE) == sorted(guarded(connection))
    grant_site_role(connection, ROLE)
    with connection.cursor() as cursor:
        cursor.execute("GRANT UPDATE, DELETE ON audit_entry TO zhenxing_site")
    name = real_database.settings["NAME"]
    own = Database("postgresql", postgres.address(name, user=ROLE), real_database.data)
    with default_is(own):
        assert [p.what for p in role_problems(connection)] == ["本站的角色能改动 audit_entry"]
    grant_site_role(connection, ROLE)
    with default_is(own):
        assert role_problems(connection) == []


@pytest.mark.postgresql
def test_the_owners_role_is_told(real_database: Database) -> None:
    assert [p.level for p in role_problems(connection)] == ["warning"]
    assert "主人" in role_problems(connection)[0].what


@pytest.mark.postgresql
def test_the_command_grants_what_the_site_needs(
    real_database: Database, postgres: Postgres, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["database", "grant", "zhenxing_office"]) == 0
    said = capsys.readouterr().out
    assert f"这{len(guarded(connection))}张它改不了、删不了：" in said
    assert "、audit_entry、" in said
    name = real_database.settings["NAME"]
    own = Database("postgresql", postgres.address(name, "zhenxing_office"), real_database.data)
    with default_is(own):
        make.entries(1)
        assert verify().problems == ()
        assert main(["database", "grant", "zhenxing_friend"]) == 1
        assert "没有授权：permission denied" in capsys.readouterr().err


@pytest.mark.postgresql
def test_the_command_leaves_the_owner_its_rights(
    real_database: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["database", "grant", "postgres"]) == 1
    assert "没有授权：「postgres」是现在连库的角色自己" in capsys.readouterr().err


def test_sqlite_has_no_roles_to_grant(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["database", "grant", ROLE]) == 1
    assert "没有授权：站点角色只用于 PostgreSQL" in capsys.readouterr().err


def test_sqlite_has_no_roles() -> None:
    assert role_problems(connection) == []
    with pytest.raises(ValueError, match="只用于 PostgreSQL"):
        grant_site_role(connection, ROLE)


def refused(statement: str) -> None:
    with (
        pytest.raises(DatabaseError, match=r"permission denied|must be owner|must be able"),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
