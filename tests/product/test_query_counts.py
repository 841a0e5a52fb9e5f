"""Each page's number of queries is recorded; a page that asks more fails here.

`ZHENXING_RECORD=1 ./run test tests/product/test_query_counts.py` records anew.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.product.conftest import signed_in
from tests.product.permissions import Line, lines

# One after the other: pytest runs tests of the database first and would part this folder.
pytestmark = pytest.mark.django_db

BASELINE = Path(__file__).parent / "query_counts.json"
RECORD = bool(os.environ.get("ZHENXING_RECORD"))
WRITERS = "FCKXA"
PAGES = [line for line in lines() if line.method == "GET" and 200 in line.answers.values()]


def reader(line: Line) -> str:
    """Give the role whose view of a page is counted: the first of these that may open it."""
    order = [*WRITERS, *line.answers]
    return str(next(role for role in order if line.answers[role] == 200))


@pytest.mark.parametrize("line", PAGES, ids=str)
def test_it_asks_no_more_than_recorded(site: None, line: Line) -> None:
    client = signed_in(reader(line))
    assert client.get(line.path).status_code == 200
    with CaptureQueriesContext(connection) as asked:
        client.get(line.path)
    counts = json.loads(BASELINE.read_text(encoding="utf-8")) if BASELINE.exists() else {}
    key = f"{line.route} {line.path}"
    if RECORD:
        counts[key] = len(asked)
        told = json.dumps(counts, indent=1, sort_keys=True, ensure_ascii=False)
        BASELINE.write_text(f"{told}\n", encoding="utf-8")
    said = "\n".join(query["sql"] for query in asked.captured_queries)
    assert counts.get(key) == len(asked), said


def test_the_county_page_asks_at_most_thirty_times() -> None:
    counts = json.loads(BASELINE.read_text(encoding="utf-8"))
    assert max(count for key, count in counts.items() if key.startswith("cockpit:county")) <= 30
    assert set(counts) == {f"{line.route} {line.path}" for line in PAGES}
