"""Heads outside name entries that are gone: the site reads only, until two persons accept it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client

from tests import cast
from tests.databases import Database, guards_lifted
from zhenxing.audit.models import Entry, Head
from zhenxing.audit.services import ActsWithheldError
from zhenxing.operations import queries, services
from zhenxing.operations.middleware import LossMiddleware
from zhenxing.operations.refusing import OperationRefusedError
from zhenxing.operations.tests import make
from zhenxing.operations.watch import look_for_loss

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.both_engines
REASON = "主机损坏，只有昨夜的备份；缺的三条凭回执补报"


@pytest.fixture
def people(real_database: Database) -> Iterator[cast.County]:
    """Give the cast with a ledger of five entries, of which the last two are then lost."""
    people = cast.build()
    for number in range(5):
        make.note(f"第{number}件")
    with guards_lifted(connection):
        Entry.objects.filter(sequence__gt=3).delete()
        Head.objects.update(sequence=3, hash=Entry.objects.get(sequence=3).hash)
    yield people
    LossMiddleware.found = None


def client(person: object) -> Client:
    made = Client()
    cast.sign_in(made, person)  # type: ignore[arg-type]  # one of the cast
    return made


def outside() -> list[str]:
    return Path(settings.HEADS_FILE).read_text(encoding="utf-8").splitlines()


def test_a_start_on_an_older_database_finds_the_loss_once(people: cast.County) -> None:
    before = outside()
    look_for_loss()
    look_for_loss()
    found = queries.loss()
    assert found is not None
    assert (found.restored_to, found.known_to, found.found) == (3, 5, 4)
    assert found.sentence == "本站只读：数据库是旧备份或被换过，账本第4条至第5条不在库里"
    assert Entry.objects.filter(action="operations.loss.found").count() == 1
    assert [line.split()[0] for line in outside()] == ["1", "2", "3", "4"]
    aside = list(Path(settings.HEADS_FILE).parent.glob("*.parted-*"))
    assert [path.read_text(encoding="utf-8").splitlines()[:5] for path in aside] == [before]
    assert queries.checked().first_bad is None


def test_while_it_lasts_pages_are_read_and_nothing_is_changed(people: cast.County) -> None:
    look_for_loss()
    reporter = client(people.reporter)
    page = reporter.get("/units/")
    assert page.status_code == 200
    assert "本站只读" in page.content.decode()
    refused = reporter.post("/returns/2023-10/T01-G3/upload/")
    assert refused.status_code == 503
    assert "现在只能查看，不能填报和修改" in refused.content.decode()
    assert refused["Retry-After"] == "600"
    with pytest.raises(ActsWithheldError, match="本站只读"):
        make.note("控制台也不行")


def test_who_is_out_may_still_come_in(people: cast.County) -> None:
    look_for_loss()
    assert Client().get("/sign-in/").status_code in {200, 302}
    services.record("accounts.sign_out", subject="x", moment=cast.moment(), details={})


def test_two_persons_end_it_on_the_page(people: cast.County) -> None:
    look_for_loss()
    keeper, auditor = client(people.administrator), client(people.auditor)
    assert "等县级管理员写明原因" in auditor.get("/system/").content.decode()
    early = auditor.post("/system/loss/accept/")
    assert (early.status_code, "还没有写明原因" in early.content.decode()) == (409, True)
    short = keeper.post("/system/loss/propose/", {"reason": "坏了"})
    assert (short.status_code, "只写了2个字" in short.content.decode()) == (409, True)
    assert "坏了</textarea>" in short.content.decode()
    assert keeper.post("/system/loss/propose/", {"reason": REASON}).status_code == 302
    assert keeper.post("/system/loss/accept/").status_code == 403
    assert REASON in auditor.get("/system/").content.decode()
    assert auditor.post("/system/loss/accept/").status_code == 302
    told = json.loads(Entry.objects.get(action="operations.loss.accepted").details)
    assert (told["proposed_by"], told["reason"], told["known_to"]) == (
        people.administrator.username, REASON, 5,
    )  # fmt: skip
    assert queries.loss() is None
    assert "本站只读" not in client(people.reporter).get("/units/").content.decode()
    make.note("又可以了")


def test_the_abandoned_heads_raise_no_alarm_afterwards(people: cast.County) -> None:
    lines = [line.split() for line in outside()]
    known = [(int(sequence), digest) for sequence, digest, *_ in lines]
    look_for_loss()
    assert not queries.checked(known).holds
    moment = cast.moment()
    services.propose_to_accept(reason=REASON, by=cast.actor(people.administrator), moment=moment)
    services.accept_loss(by=cast.actor(people.auditor), moment=moment)
    told = queries.checked(known)
    assert told.first_bad is None
    assert "其中2个属于恢复旧备份时经两人接受而舍去的一段" in "".join(
        problem.sentence for problem in told.problems
    )
    other = [(sequence, "f" * 64) for sequence, _ in known]
    assert not queries.checked(other).holds


def test_only_the_right_person_takes_each_step(people: cast.County) -> None:
    moment = cast.moment()
    with pytest.raises(OperationRefusedError, match="没有等待接受的缺失"):
        services.accept_loss(by=cast.actor(people.auditor), moment=moment)
    look_for_loss()
    with pytest.raises(OperationRefusedError, match="由县级管理员办理"):
        services.propose_to_accept(reason=REASON, by=cast.actor(people.auditor), moment=moment)
    both = cast.actor(people.administrator)
    services.propose_to_accept(reason=REASON, by=both, moment=moment)
    alone = type(both)(both.username, both.name, "AX", both.unit)
    with pytest.raises(OperationRefusedError, match="同一个人"):
        services.accept_loss(by=alone, moment=moment)


def test_another_chain_of_the_same_length_is_a_loss_too(people: cast.County) -> None:
    path = Path(settings.HEADS_FILE)
    path.write_text("".join(f"{n} {n:064x}\n" for n in range(1, 4)), encoding="utf-8")
    look_for_loss()
    found = queries.loss()
    assert found is not None
    assert "账本第3条以前的一段不在库里" in found.sentence


def test_a_whole_database_and_an_unreadable_list_are_no_loss(people: cast.County) -> None:
    path = Path(settings.HEADS_FILE)
    path.write_text("\n".join(outside()[:2]) + "\n", encoding="utf-8")
    look_for_loss()
    path.write_text("not a head\n", encoding="utf-8")
    look_for_loss()
    path.unlink()
    look_for_loss()
    assert queries.loss() is None
