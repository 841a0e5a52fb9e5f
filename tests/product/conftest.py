"""The demo county, loaded once for all tests of this folder and taken back afterwards."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.db import transaction
from django.test import Client

from tests.product import papers
from zhenxing.accounts.models import User
from zhenxing.packs import commands

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_django.plugin import DjangoDbBlocker

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="package")
def demo_county(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Load packs/heshan with its demo acts inside one transaction that is rolled back."""
    with django_db_blocker.unblock(), transaction.atomic():
        assert commands.setup_demo(ROOT / "packs" / "heshan") == 0
        papers.bring()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def site(demo_county: None, db: None) -> None:
    """Give one test the demo county; what the test changes is undone."""


def signed_in(role: str) -> Client:
    """Give a client signed in as the demo identity of a role; P is a visitor."""
    client = Client()
    if role != "P":
        people = User.objects.filter(demo_order__isnull=False, posts__role=role)
        client.force_login(
            people.order_by("demo_order")[0],
            backend="django.contrib.auth.backends.ModelBackend",
        )
    return client
