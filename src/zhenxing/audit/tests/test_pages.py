"""The ledger's pages: to each what is theirs, to the public the closed months' roots alone."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.conf import settings as site
from django.test import Client, RequestFactory
from django.urls import reverse

from zhenxing.audit import keys, queries, receipt_check, sentences, services, views
from zhenxing.audit.choices import MONTH_CLOSED
from zhenxing.audit.models import Actor, Entry
from zhenxing.audit.tests import make
from zhenxing.web.scope import Scope

if TYPE_CHECKING:
    from pytest_django import Settings

pytestmark = pytest.mark.django_db
ADMINISTRATOR = Actor("admin", "管理员", "A", "H00")
ASSESSOR = Actor("k01", "秦衡", "K", "H00")


def seen_by(username: str, roles: str) -> list[int]:
    """Give the entries a person may read."""
    scope = Scope(username=username, roles=frozenset(roles))
    return list(Entry.objects.visible_to(scope).values_list("sequence", flat=True))


@pytest.fixture
def acts() -> None:
    """Record acts of three people: 1 and 2 a reporter's, 3 and 4 an administrator's, 5 K's."""
    make.receipt(1)
    make.entries(1, "reporting.form.uploaded")
    for action, by in [
        ("accounts.created", ADMINISTRATOR),
        ("organisation.post.granted", ADMINISTRATOR),
        (MONTH_CLOSED, ASSESSOR),
    ]:
        services.record(
            action, subject="2023年9月填报", by=by, moment=make.moment(),
            details={"period": "2023-09", "missing": ["T05-G2"]},
        )  # fmt: skip


@pytest.mark.usefixtures("acts")
def test_the_auditor_reads_all_the_administrator_technical_acts_others_their_own() -> None:
    assert seen_by("x01", "X") == [1, 2, 3, 4, 5]
    assert seen_by("admin", "A") == [3, 4]
    assert seen_by("second-admin", "A") == [3, 4]
    assert seen_by("k01", "K") == [5]
    assert seen_by(make.BY.username, "F") == [1, 2]
    assert seen_by("l01", "L") == []
    assert seen_by("", "") == []


def page(query: str = "", roles: str = "X") -> str:
    """Give the ledger's page as a person sees it."""
    request = RequestFactory().get(f"/ledger/{query}")
    request.scope = Scope(username="x01", name="宋鉴", roles=frozenset(roles))  # type: ignore[attr-defined]
    request.moment = make.moment()  # type: ignore[attr-defined]
    return views.ledger(request).content.decode()  # type: ignore[arg-type]


@pytest.mark.usefixtures("acts")
@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", "共5条"),
        ("?action=accounts.created", "共1条"),
        ("?q=秦衡", "共1条"),
        ("?since=2023-10-20&until=2023-10-20", "共5条"),
        ("?since=2023-10-21", "没有符合条件的条目"),
        ("?since=gestern", "共5条"),
        ("?size=20&sort=sequence", "共5条"),
    ],
)
def test_it_finds_by_action_day_and_subject(query: str, shown: str) -> None:
    assert shown in page(query)
    narrowed = any(word in query for word in ("action", "q=", "since=2"))
    assert ("看全部条目" in page(query)) == narrowed


@pytest.mark.usefixtures("acts")
def test_the_ledger_names_acts_and_its_end() -> None:
    sentences.register({MONTH_CLOSED: sentences.of(MONTH_CLOSED)})
    last = Entry.objects.get(sequence=5)
    assert last.hash in page()
    assert "账本到第5条为止" in page()
    assert "账号、单位、本站的操作" in page(roles="A")


@pytest.mark.usefixtures("acts")
def test_the_public_sees_roots_and_nothing_else() -> None:
    response = Client().get(reverse("audit:public"))
    text = response.content.decode()
    root = queries.closing_roots()[0]
    assert response.status_code == 200
    assert (str(root.period), root.closed_on, root.sequence) == ("2023-09", date(2023, 10, 20), 5)
    assert root.hash in text
    assert "2023年9月" in text
    for hidden in ("T05-G2", "秦衡", "管理员", Entry.objects.get(sequence=4).hash):
        assert hidden not in text


def test_the_public_page_says_when_no_month_is_closed() -> None:
    assert "还没有关闭过的月份" in Client().get(reverse("audit:public")).content.decode()


def test_anybody_gets_checker_and_key() -> None:
    make.entries(1)
    checker = Client().get(reverse("audit:checker"))
    assert checker.content == Path(receipt_check.__file__).read_bytes()
    assert "attachment" in checker.headers["Content-Disposition"]
    key = Client().get(reverse("audit:key"))
    assert json.loads(key.content) == keys.public()


def test_without_a_key_there_is_none_to_give(settings: Settings, tmp_path: Path) -> None:
    settings.KEY_DIR = tmp_path
    assert Client().get(reverse("audit:key")).status_code == 404
    assert not list(tmp_path.iterdir())


def test_no_page_gives_a_private_key_away() -> None:
    make.entries(1)
    pages = b"".join(
        Client().get(reverse(f"audit:{n}")).content for n in ("public", "key", "checker")
    )
    assert b"PRIVATE KEY" not in pages
    assert (Path(site.KEY_DIR) / keys.LEDGER).read_bytes() not in pages


def test_a_part_names_its_acts_once() -> None:
    services.name_actions({"test.named": "试写"})
    services.name_actions({"test.named": "试写"})
    assert sentences.of("test.named") == "试写"
    assert sentences.of("test.unnamed") == "test.unnamed"
    with pytest.raises(ValueError, match="already called"):
        services.name_actions({"test.named": "别的"})
