"""Each page's number of queries is recorded; a page that asks more fails here."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.product.conftest import signed_in
from tests.product.pages import PAGES, address

BASELINE = Path(__file__).parent / "query_counts.json"
RECORD = bool(os.environ.get("ZHENXING_RECORD"))


@pytest.mark.parametrize("page", sorted(PAGES))
def test_it_asks_no_more_than_recorded(site: None, page: str) -> None:
    client = signed_in(PAGES[page].seen_by)
    path = address(page, "own")
    client.get(path)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        response = client.get(path)
    assert response.status_code == 200, page
    counts = json.loads(BASELINE.read_text()) if BASELINE.exists() else {}
    if RECORD:
        counts[page] = len(asked)
        BASELINE.write_text(json.dumps(counts, indent=1, sort_keys=True) + "\n")
    assert counts.get(page) == len(asked), "\n".join(q["sql"] for q in asked.captured_queries)


def test_the_county_page_asks_at_most_thirty(site: None) -> None:
    counts = json.loads(BASELINE.read_text())
    assert counts["cockpit:county"] <= 30
    assert set(counts) == set(PAGES)
