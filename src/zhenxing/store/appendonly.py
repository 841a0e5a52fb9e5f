"""Tables that only grow: triggers by which the database itself refuses to change what it holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.migrations.operations.base import Operation

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper
    from django.db.backends.base.schema import BaseDatabaseSchemaEditor
    from django.db.migrations.state import ProjectState

PREFIX = "only_grows"
REFUSAL = "只增不改：{table} 的行不能改、不能删"

SQLITE = {
    "update": "BEFORE UPDATE ON {table}",
    "delete": "BEFORE DELETE ON {table}",
    # INSERT OR REPLACE removes the old row without calling the delete trigger.
    "replace": "BEFORE INSERT ON {table} "
    "WHEN EXISTS (SELECT 1 FROM {table} WHERE {key} = NEW.{key})",
}
SQLITE_FORWARD = {
    "update": "BEFORE UPDATE ON {table} WHEN NEW.{key} IS NOT OLD.{key} OR "
    "NEW.{counter} IS NOT OLD.{counter} + 1",
    "delete": SQLITE["delete"],
    "replace": SQLITE["replace"],
}
POSTGRES_FUNCTION = """
CREATE OR REPLACE FUNCTION only_grows_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '只增不改：% 的行不能改、不能删', TG_TABLE_NAME USING ERRCODE = '23001';
END $$
"""
POSTGRES = {"change": "BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} FOR EACH STATEMENT"}
POSTGRES_FORWARD = {
    "update": "BEFORE UPDATE ON {table} FOR EACH ROW WHEN (NEW.{key} IS DISTINCT FROM OLD.{key} OR "
    "NEW.{counter} IS DISTINCT FROM OLD.{counter} + 1)",
    "delete": "BEFORE DELETE OR TRUNCATE ON {table} FOR EACH STATEMENT",
}


class RefuseChanges(Operation):
    """Migration operation: the table takes new rows and refuses UPDATE, DELETE and TRUNCATE.

    Put it after the operation that makes the table. SQLite remakes a table to alter it and drops
    its triggers: a later migration that alters a guarded table ends with this operation again.
    """

    reversible = True
    reduces_to_sql = True

    def __init__(self, table: str, *, key: str = "id", forward: str | None = None) -> None:
        """Name the table and its key column.

        With `forward` the rows may change, but only so that this column grows by exactly one.
        """
        self.table = table
        self.key = key
        self.forward = forward

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Leave the models as they are: a guard is the database's own matter."""

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Make the triggers, replacing those of an earlier form."""
        self._drop(schema_editor)
        for sql in self._statements(schema_editor.connection.vendor):
            schema_editor.execute(sql, params=None)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Take the triggers away."""
        self._drop(schema_editor)

    def describe(self) -> str:
        """Say what the operation does."""
        return f"Refuse changes of {self.table}"

    def _drop(self, schema_editor: BaseDatabaseSchemaEditor) -> None:
        on = f" ON {self.table}" if schema_editor.connection.vendor == "postgresql" else ""
        for kind in sorted({*SQLITE, *POSTGRES}):
            schema_editor.execute(
                f"DROP TRIGGER IF EXISTS {PREFIX}_{self.table}_{kind}{on}", params=None
            )

    def _statements(self, vendor: str) -> list[str]:
        names = {"table": self.table, "key": self.key, "counter": self.forward}
        if vendor == "postgresql":
            events, first = (POSTGRES_FORWARD if self.forward else POSTGRES), [POSTGRES_FUNCTION]
            action = "EXECUTE FUNCTION only_grows_refuse()"
        else:
            events, first = (SQLITE_FORWARD if self.forward else SQLITE), []
            action = f"BEGIN SELECT RAISE(ABORT, '{REFUSAL.format(table=self.table)}'); END"
        return first + [
            f"CREATE TRIGGER {PREFIX}_{self.table}_{kind} {event.format(**names)} {action}"
            for kind, event in events.items()
        ]


POSTGRES_GUARDED = """
SELECT c.relname, bool_or(t.tgname LIKE '%%\\_update') FROM pg_trigger t
JOIN pg_class c ON c.oid = t.tgrelid WHERE t.tgname LIKE %s AND t.tgenabled IN ('O', 'A')
GROUP BY c.relname ORDER BY c.relname
"""
SQLITE_GUARDED = """
SELECT tbl_name, max(sql LIKE '%% + 1 BEGIN%%') FROM sqlite_master
WHERE type = 'trigger' AND name LIKE %s GROUP BY tbl_name HAVING count(*) = 3 ORDER BY tbl_name
"""


def guarded(connection: BaseDatabaseWrapper) -> dict[str, bool]:
    """Give the tables with a working guard, each with whether its rows may move forward."""
    sql = POSTGRES_GUARDED if connection.vendor == "postgresql" else SQLITE_GUARDED
    with connection.cursor() as cursor:
        cursor.execute(sql, [f"{PREFIX}%"])
        return {table: bool(moves) for table, moves in cursor.fetchall()}
