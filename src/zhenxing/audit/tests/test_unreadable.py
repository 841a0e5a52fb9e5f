"""SQLite lets any value into any column: a value that is no longer one of its kind is named."""

from __future__ import annotations

import pytest
from django.db import connection

from tests.databases import guards_lifted
from zhenxing.audit import chain
from zhenxing.audit.queries import verify
from zhenxing.audit.tests import make

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("statement", "sequence"),
    [
        ("UPDATE audit_entry SET at = 'gestern' WHERE sequence = 4", 4),
        ("UPDATE audit_entry SET business_date = '2023-13-45' WHERE sequence = 4", 4),
        ("UPDATE audit_entry SET subject = CAST(x'ff' AS TEXT) WHERE sequence = 4", 4),
        ("UPDATE audit_entry SET subject = x'ff' WHERE sequence = 4", 4),
        ("UPDATE audit_entry SET hash = x'ff' WHERE sequence = 4", 4),
        ("UPDATE audit_entry SET seals = '[1]' WHERE sequence = 4", 4),
        ("UPDATE audit_entry SET sequence = 'vier' WHERE sequence = 4", 4),
        ("UPDATE audit_entry SET at = 'gestern' WHERE sequence IN (6, 4)", 4),
        ("UPDATE audit_entry SET at = '2023-13-45 00:00' WHERE sequence = 10", 10),
    ],
)
def test_it_names_the_entry_that_cannot_be_read(statement: str, sequence: int) -> None:
    make.entries(10)
    with guards_lifted(connection), connection.cursor() as cursor:
        cursor.execute(statement)
    verification = verify()
    assert verification.first_bad is not None
    assert verification.first_bad[0] == sequence
    assert verification.entries >= 9


def test_it_goes_on_reading_after_what_it_could_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chain, "CHUNK", 3)
    make.entries(10)
    with guards_lifted(connection), connection.cursor() as cursor:
        cursor.execute("UPDATE audit_entry SET at = '2023-13-45 00:00' WHERE sequence IN (2, 9)")
    verification = verify()
    assert verification.entries == 10
    told = [problem.where for problem in verification.problems if problem.is_error]
    assert told == ["账本第2条", "账本第9条"]
