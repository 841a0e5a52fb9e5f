"""The demo county, loaded once for all tests of this folder and taken back afterwards."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.db import transaction
from django.test import Client

from zhenxing.accounts.models import User

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_django.plugin import DjangoDbBlocker

ROOT = Path(__file__).parents[2]
TODAY = date(2023, 10, 20)


@pytest.fixture(scope="package")
def demo_county(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[None]:
    """Load packs/heshan with its demo acts inside one transaction that is rolled back."""
    from zhenxing.packs.services import setup_demo  # noqa: PLC0415  # needs the apps loaded

    with django_db_blocker.unblock(), transaction.atomic():
        setup_demo(ROOT / "packs" / "heshan")
        yield
        transaction.set_rollback(True)


@pytest.fixture
def site(demo_county: None) -> Iterator[None]:
    """Give one test the demo county; what the test changes is undone."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def signed_in(role: str) -> Client:
    """Give a client signed in as the demo identity of a role; P is a visitor."""
    client = Client()
    if role != "P":
        person = User.objects.filter(demo_order__isnull=False, posts__role=role).order_by(
            "demo_order"
        )[0]
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client
