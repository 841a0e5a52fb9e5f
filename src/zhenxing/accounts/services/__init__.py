"""What changes about people: signing in and out, passwords, who may sign in at all."""

from __future__ import annotations

from zhenxing.accounts.passwords import local_words_from
from zhenxing.accounts.services.door import (
    ADDRESS,
    MUST_CHANGE,
    reauthenticate,
    record_failure,
    sign_in,
    sign_out,
)
from zhenxing.accounts.services.passwords import change_password, give_demo_password
from zhenxing.accounts.services.people import (
    ONE_TIME_DAYS,
    correct,
    disable,
    enable,
    enrol,
    reset_password,
)
from zhenxing.accounts.services.refusals import RefusedError

__all__ = [
    "ADDRESS",
    "MUST_CHANGE",
    "ONE_TIME_DAYS",
    "RefusedError",
    "change_password",
    "correct",
    "disable",
    "enable",
    "enrol",
    "give_demo_password",
    "local_words_from",
    "reauthenticate",
    "record_failure",
    "reset_password",
    "sign_in",
    "sign_out",
]
