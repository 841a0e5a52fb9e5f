"""Fifty people at one form, on both databases: one winner a version, no text lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests import cast, rivals
from zhenxing.audit import queries as audit_queries
from zhenxing.reporting.tests import make

if TYPE_CHECKING:
    from tests.databases import Database


@pytest.mark.both_engines
def test_of_fifty_one_wins_each_version_and_no_text_is_lost(real_database: Database) -> None:
    tally = rivals.play(make.month(cast.build()), rounds=20, people=50)
    assert tally.faults == []
    assert tally.is_sound
    assert tally.texts == 1000
    assert tally.stood > 20
    assert tally.aside > 500
    assert audit_queries.verify().first_bad is None
