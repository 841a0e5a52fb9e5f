"""A database that does not answer in time: 503, nothing by half, and what was brought stays."""

from __future__ import annotations

from contextlib import contextmanager
from threading import Event, Thread
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection, connections, transaction
from django.test import Client

from tests import cast
from zhenxing.audit import queries as audit_queries
from zhenxing.audit.models import Entry, Head
from zhenxing.reporting.models import Upload, Version
from zhenxing.reporting.tests import make

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.databases import Database

pytestmark = pytest.mark.both_engines
SHORT: dict[str, dict[str, Any]] = {
    "sqlite": {"timeout": 0.2},
    "postgresql": {"options": "-c lock_timeout=200ms"},
}


@contextmanager
def somebody_acting() -> Iterator[None]:
    """Hold the head of the ledger in another connection, as an act does that takes for ever."""
    held, done = Event(), Event()

    def hold() -> None:
        try:
            with transaction.atomic():
                Head.objects.select_for_update().get(pk=1)
                held.set()
                done.wait(timeout=60)
        finally:
            connections.close_all()

    thread = Thread(target=hold)
    thread.start()
    try:
        assert held.wait(timeout=30)
        yield
    finally:
        done.set()
        thread.join(timeout=60)


@pytest.fixture
def impatient(real_database: Database) -> str:
    """Wait a fifth of a second where a site waits twenty."""
    connection.close()
    connection.settings_dict["OPTIONS"] = {
        **connection.settings_dict["OPTIONS"], **SHORT[real_database.engine]
    }  # fmt: skip
    return real_database.engine


def test_who_hands_in_meanwhile_is_asked_to_come_back_and_can(impatient: str) -> None:
    month = make.month(cast.build())
    upload = make.uploaded(month, month.county.reporter)
    client = Client(raise_request_exception=False)
    cast.sign_in(client, month.county.reporter)
    address = f"/uploads/{upload.token}/"
    with somebody_acting():
        answer = client.post(f"{address}submit/", {"base_version": "0"})
    assert answer.status_code == 503
    assert 5 <= int(answer["Retry-After"]) <= 30
    assert "没有保存" in answer.content.decode()
    assert (Version.objects.count(), Upload.objects.count()) == (0, 1)
    entries = Entry.objects.count()
    assert client.get(address).status_code == 200
    done = client.post(f"{address}submit/", {"base_version": "0"})
    assert done.status_code == 302
    assert "T01-202310-G3-0001" in done["Location"]
    assert Entry.objects.count() == entries + 1
    assert audit_queries.verify().first_bad is None


def test_who_signs_in_meanwhile_is_asked_to_come_back(impatient: str) -> None:
    county = cast.build()
    county.reporter.set_password("Qingxi-2023!")
    county.reporter.save()
    client = Client(raise_request_exception=False)
    form = {"username": county.reporter.username, "password": "Qingxi-2023!"}
    with somebody_acting():
        assert client.post("/sign-in/", form).status_code == 503
        assert client.get("/units/").status_code == 302
    assert client.post("/sign-in/", form).status_code == 302
    assert client.get("/units/").status_code == 200


def test_who_only_reads_meanwhile_notices_nothing(impatient: str) -> None:
    county = cast.build()
    client = Client()
    cast.sign_in(client, county.assessor)
    assert client.get("/units/").status_code == 200
    with somebody_acting():
        assert client.get("/units/").status_code == 200
        assert client.get("/ledger/").status_code == 200
