"""Every table is held by the ledger, or says here why not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.apps import apps

from zhenxing.audit.models import Sealed, Vouched
from zhenxing.audit.queries import vouched_models

if TYPE_CHECKING:
    from django.db import models

NOT_HELD = {
    "adoption.Intake": "a reading that was asked for and how far it is; the reading is sealed",
    "assessment.Job": "a run that was asked for and how far it is; the run itself is sealed",
    "audit.Entry": "the chain itself",
    "audit.Head": "verification holds it against the chain",
    "audit.Receipt": "signed, and its digest lies in its entry",
    "reporting.Draft": "what is being typed, by no act; it counts for nothing",
    "reporting.Upload": "a draft by no act; it counts for nothing until it is handed in",
}


def ours() -> list[type[models.Model]]:
    """Give the tables of our parts."""
    return [model for model in apps.get_models() if model.__module__.startswith("zhenxing.")]


def test_every_table_is_sealed_or_vouched_for_or_says_why_not() -> None:
    loose = {model._meta.label for model in ours() if not issubclass(model, (Sealed, Vouched))}
    assert loose == set(NOT_HELD)


def test_what_is_not_vouched_for_is_a_column_and_has_a_reason() -> None:
    for model in vouched_models():
        columns = {field.attname for field in model._meta.concrete_fields}
        assert set(model.not_vouched) <= columns, model
        assert all(reason.strip() for reason in model.not_vouched.values()), model
    assert {
        model.__name__: set(model.not_vouched) for model in vouched_models() if model.not_vouched
    } == {"User": {"password", "last_login", "past_passwords"}}
