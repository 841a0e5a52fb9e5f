"""No route lets a leader, an office, a supervisor, an auditor or an administrator change a figure.

Every address that takes a form is called as each of them, with everything a form could hold. What
counts for every unit, indicator and period is the same before and after; a leader's signature adds
lines that repeat the reporter's values, and nothing else.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

import pytest
from django.test import Client

from tests import cast
from tests.product.conftest import signed_in
from tests.product.permissions import lines
from zhenxing.accounts.models import User
from zhenxing.engine.standing import counting
from zhenxing.indicators.choices import Evidence, StandingChoice
from zhenxing.indicators.models import Figure, Indicator
from zhenxing.indicators.queries.month import figure_facts
from zhenxing.organisation import queries as organisation_queries
from zhenxing.reporting import queries, services
from zhenxing.reporting.choices import Status
from zhenxing.reporting.models import Submission

if TYPE_CHECKING:
    from collections.abc import Mapping

# One after the other: pytest runs tests of the database first and would part this folder.
pytestmark = pytest.mark.django_db

HANDLESS = "LGACSX"
PASSWORD = "Heshan-2023!"
FORM = {
    "base_version": "1",
    "text": "请核对",
    "reason": "other",
    "form": "2023-10/T01-G3/1",
    "line": "1/1/fai/2023-10",
    "value": "1",
    "new": "1",
    "opinion": "同意",
    "password": PASSWORD,
    "cells": '{"F4": "1"}',
}
POSTS = [line for line in lines() if line.method == "POST"]


@pytest.fixture
def reviewed(site: None) -> Submission:
    """Let the group's own reporter hand in and its leader review: there is something to bend."""
    person = User.objects.get(username="t01-g3-reporter")
    where = organisation_queries.site()
    assert where is not None
    assert where.business_date is not None
    submission = Submission.objects.select_related("call", "group__unit").get(
        call__code="2023-10", group__code="T01-G3"
    )
    form = queries.form_of(submission, where.business_date)
    values = {each.code: each.last for each in form.questions if each.last is not None}
    moment = cast.moment(where.business_date)
    Indicator.objects.update(evidence=Evidence.NONE)
    data = services.filled_form(submission, values=values, parts={}, moment=moment)
    done = services.submit_file(data, name="表.xlsx", username=person.username, moment=moment)
    assert isinstance(done, services.Handed)
    leader = signed_in_person("G")
    passed = services.review(
        submission=submission,
        scope=organisation_queries.scope_of(leader, where.business_date),
        moment=moment,
        base_version=1,
    )
    assert isinstance(passed, services.Done)
    return submission


def signed_in_person(role: str) -> User:
    """Give the demo identity of a role."""
    return User.objects.get(pk=signed_in(role).session["_auth_user_id"])


def values_that_count() -> Mapping[tuple[str, str, str], object]:
    """Give what counts at every place of the county."""
    told = defaultdict(list)
    for fact in figure_facts(Figure.objects.all()):
        told[fact.unit, fact.indicator, str(fact.period)].append(fact)
    counted = {place: counting(facts) for place, facts in told.items()}
    return {place: fact.value if fact else None for place, fact in counted.items()}


def client_of(role: str) -> Client:
    """Sign a role in, with a password of its own for what asks for one."""
    client, person = Client(), signed_in_person(role)
    person.set_password(PASSWORD)
    person.save(update_fields=["password"])
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.mark.parametrize("role", HANDLESS)
def test_whatever_is_posted_no_value_changes(reviewed: Submission, role: str) -> None:
    client, before = client_of(role), values_that_count()
    last = Figure.objects.order_by("pk").last()
    assert last is not None
    told = [re.split("[?#]", line.path)[0] for line in POSTS]
    for path in dict.fromkeys(told):
        if path != "/sign-out/":
            client.post(path, FORM)
    assert values_that_count() == before
    for figure in Figure.objects.filter(pk__gt=last.pk):
        assert figure.standing == StandingChoice.SIGNED
        assert figure.value is None or figure.by == "t01-g3-reporter"


def test_a_leader_who_signs_and_sends_back_moves_no_value(reviewed: Submission) -> None:
    before, client = values_that_count(), client_of("L")
    here = f"/returns/2023-10/{reviewed.group.code}"
    assert client.post(f"{here}/sign/", FORM).status_code == 302
    assert Submission.objects.get(pk=reviewed.pk).status == Status.SIGNED
    assert values_that_count() == before
    assert client.post(f"{here}/return/", FORM).status_code == 302
    assert values_that_count() == before
    own = Figure.objects.filter(by=signed_in_person("L").username)
    assert own.exists()
    assert all(figure.value is None for figure in own)
