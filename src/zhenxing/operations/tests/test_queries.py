"""Stored files and kept receipts are held against the database."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests import cast
from zhenxing.audit.tests import make as make_ledger
from zhenxing.documents.models import File
from zhenxing.documents.services import keep_text, stored_at
from zhenxing.operations import queries
from zhenxing.operations.refusing import OperationRefusedError

if TYPE_CHECKING:
    from pytest_django import Settings

    from zhenxing.audit.models import Receipt

pytestmark = pytest.mark.django_db


@pytest.fixture
def stored(settings: Settings, tmp_path: Path) -> Path:
    settings.FILE_DIR = tmp_path
    for name in ("一.yaml", "二.yaml", "又是一.yaml"):
        data = name.removeprefix("又是").encode()
        keep_text(data, name=name, by="x", moment=cast.moment())
    return stored_at(hashlib.sha256("一.yaml".encode()).hexdigest())


def told() -> list[str]:
    return [problem.sentence for problem in queries.file_problems()]


def test_sound_files_are_not_spoken_of(stored: Path) -> None:
    assert File.objects.count() == 3
    assert told() == []


def test_a_changed_file_is_told_once(stored: Path) -> None:
    stored.chmod(0o600)
    stored.write_bytes(bytes(stored.stat().st_size))
    assert len(told()) == 1
    assert "文件「一.yaml」" in told()[0]
    assert "原件的内容被改过；请从备份补回" in told()[0]
    stored.write_bytes(b"more bytes than before")
    assert "现有22字节，收到时是8字节" in told()[0]


def test_a_file_that_is_gone_or_shut_is_told(stored: Path) -> None:
    stored.unlink()
    assert "原件不见了" in told()[0]
    stored.mkdir()
    assert told() != []


def test_a_verification_fails_over_a_file(stored: Path) -> None:
    assert queries.checked().holds
    stored.unlink()
    assert not queries.checked().holds


def kept(folder: Path, receipt: Receipt) -> Path:
    told = {"receipt": json.loads(receipt.content), "signature": receipt.signature}
    path = folder / f"{receipt.number}.json"
    path.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
    return path


def test_receipts_of_a_folder_are_held_against_the_ledger(tmp_path: Path) -> None:
    for number in (1, 2):
        path = kept(tmp_path, make_ledger.receipt(number))
    assert queries.checked(receipts=queries.kept_receipts(tmp_path)).holds
    path.write_text(path.read_text(encoding="utf-8").replace("稳投资", "别的"), encoding="utf-8")
    verification = queries.checked(receipts=queries.kept_receipts(tmp_path))
    assert "交来的回执 HS-2" in "".join(each.sentence for each in verification.problems)


@pytest.mark.parametrize("text", ["{}", "[]", "not json", '{"receipt": {}, "signature": ""}'])
def test_what_is_no_receipt_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / "回执.json").write_text(text, encoding="utf-8")
    with pytest.raises(OperationRefusedError, match=r"回执 回执\.json：不是一份完整的回执"):
        queries.kept_receipts(tmp_path)
    with pytest.raises(OperationRefusedError, match="没有这个文件夹"):
        queries.kept_receipts(tmp_path / "none")
