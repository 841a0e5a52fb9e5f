"""What this part does every day, and what a moved demo date brings."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from tests import cast
from zhenxing.accounts.models import User
from zhenxing.audit.models import Entry
from zhenxing.organisation import rounds
from zhenxing.organisation import services as organisation

if TYPE_CHECKING:
    from pytest_django import DjangoCaptureOnCommitCallbacks

pytestmark = pytest.mark.django_db

NOVEMBER = date(2023, 11, 15)


def test_a_moved_demo_date_brings_what_the_day_brings(
    county: cast.County, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        organisation.move_business_date(
            to=NOVEMBER, reason="演示", by=cast.actor(county.assessor), moment=cast.moment()
        )
    opened = Entry.objects.get(action="reporting.call.opened")
    assert (opened.business_date, opened.at) == (NOVEMBER, cast.moment().at)


def test_whoever_was_not_seen_for_long_is_disabled_once(county: cast.County) -> None:
    moment = cast.moment()
    User.objects.update(last_login=moment.at, active_since=None)
    long_ago = moment.at - timedelta(days=91)
    User.objects.filter(pk=county.colleague.pk).update(last_login=long_ago)
    assert rounds.disable_unused(moment) == ["停用梁平（t01-g3-second）"]
    assert rounds.disable_unused(moment) == []
