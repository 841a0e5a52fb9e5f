"""A guarded table takes rows and refuses every change, by whatever statement."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.migrations.state import ProjectState

from zhenxing.store.appendonly import RefuseChanges, guarded

if TYPE_CHECKING:
    from tests.databases import Database

pytestmark = pytest.mark.both_engines
SQLITE_ONLY = ["INSERT OR REPLACE INTO notes VALUES (1, 'x')", "REPLACE INTO notes VALUES (1, 'x')"]
POSTGRES_ONLY = ["TRUNCATE notes", "TRUNCATE notes CASCADE"]
UPSERT = "INSERT INTO notes VALUES (1, 'x') ON CONFLICT (id) DO UPDATE SET text = 'x'"


def run(*statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def apply(operation: RefuseChanges, *, backwards: bool = False) -> None:
    state = ProjectState()
    operation.state_forwards("store", state)
    with connection.schema_editor() as editor:
        if backwards:
            operation.database_backwards("store", editor, state, state)
        else:
            operation.database_forwards("store", editor, state, state)


@pytest.fixture
def notes(real_database: Database) -> str:
    """Make a table of two notes and a counter."""
    run(
        "CREATE TABLE notes (id integer PRIMARY KEY, text text)",
        "CREATE TABLE counter (id integer PRIMARY KEY, turn integer)",
        "INSERT INTO notes VALUES (1, 'a'), (2, 'b')",
        "INSERT INTO counter VALUES (1, 0)",
    )
    connection.disable_constraint_checking()
    return real_database.engine


def test_it_takes_rows_and_refuses_changes(notes: str) -> None:
    apply(RefuseChanges("notes"))
    run("INSERT INTO notes VALUES (3, 'c')")
    for statement in [
        "UPDATE notes SET text = 'x'",
        "UPDATE notes SET text = 'x' WHERE id = 2",
        "DELETE FROM notes",
        "DELETE FROM notes WHERE id = 2",
        UPSERT,
        *(SQLITE_ONLY if notes == "sqlite" else POSTGRES_ONLY),
    ]:
        with pytest.raises(DatabaseError, match="只增不改：notes"), transaction.atomic():
            run(statement)
    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM notes ORDER BY id")
        assert cursor.fetchall() == [("a",), ("b",), ("c",)]


def test_a_counter_moves_by_one_and_only_forward(notes: str) -> None:
    apply(RefuseChanges("counter", forward="turn"))
    run("UPDATE counter SET turn = turn + 1", "UPDATE counter SET turn = 2")
    for statement in [
        "UPDATE counter SET turn = 2",
        "UPDATE counter SET turn = 1",
        "UPDATE counter SET turn = 4",
        "UPDATE counter SET turn = NULL",
        "UPDATE counter SET turn = 3, id = 2",
        "DELETE FROM counter",
    ]:
        with pytest.raises(DatabaseError, match="只增不改：counter"), transaction.atomic():
            run(statement)


def test_it_knows_which_tables_are_guarded(notes: str) -> None:
    known = guarded(connection)
    assert not {"notes", "counter"} & set(known)
    apply(RefuseChanges("notes"))
    apply(RefuseChanges("notes"))
    apply(RefuseChanges("counter", forward="turn"))
    assert guarded(connection) == {**known, "notes": False, "counter": True}
    kind = "change" if notes == "postgresql" else "replace"
    on = " ON notes" if notes == "postgresql" else ""
    run(f"DROP TRIGGER only_grows_notes_{kind}{on}")
    assert "notes" not in guarded(connection)


def test_it_can_be_taken_back(notes: str) -> None:
    operation = RefuseChanges("notes")
    apply(operation)
    apply(operation, backwards=True)
    assert "notes" not in guarded(connection)
    run("DELETE FROM notes")
    assert operation.describe() == "Refuse changes of notes"
    assert operation.deconstruct() == ("RefuseChanges", ("notes",), {})
