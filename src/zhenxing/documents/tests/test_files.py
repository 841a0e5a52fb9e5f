"""A kept file is its bytes, once, under their hash."""

from __future__ import annotations

import hashlib

import pytest
from django.db import DatabaseError, transaction

from tests import cast
from zhenxing.documents.models import File
from zhenxing.documents.services import keep, stored_at
from zhenxing.documents.tests import make

pytestmark = pytest.mark.django_db


def kept(data: bytes, name: str = "10月报表.xlsx") -> File:
    return keep(data, name=name, by="t01-g3-reporter", moment=cast.moment())


def test_it_keeps_the_very_bytes_under_their_hash() -> None:
    data = make.workbook()
    file = kept(data)
    assert file.sha256 == hashlib.sha256(data).hexdigest()
    assert stored_at(file.sha256).read_bytes() == data
    assert (file.kind, file.size, file.name) == ("xlsx", len(data), "10月报表.xlsx")


def test_the_same_bytes_lie_there_once_and_are_noted_twice() -> None:
    data = make.workbook()
    first = stored_at(kept(data).sha256).stat()
    again = kept(data, "另一个名字.xlsx")
    assert stored_at(again.sha256).stat().st_ino == first.st_ino
    assert File.objects.filter(sha256=again.sha256).count() == 2
    assert [p for p in stored_at(again.sha256).parent.iterdir() if p.name.startswith(".")] == []


def test_it_mends_bytes_that_were_changed_on_the_disk() -> None:
    data = make.workbook()
    place = stored_at(kept(data).sha256)
    place.chmod(0o600)
    place.write_bytes(b"x" * len(data))
    kept(data)
    assert place.read_bytes() == data


@pytest.mark.parametrize(
    ("data", "kind"),
    [(b"%PDF-1.4", "pdf"), (b"\x89PNG\r\n\x1a\n", "png"), (b"\xff\xd8\xff\xe0", "jpg")],
)
def test_it_tells_a_kind_by_its_first_bytes(data: bytes, kind: str) -> None:
    assert kept(data, "说是.xlsx").kind == kind


@pytest.mark.parametrize("data", [b"", b"MZ\x90", b"#!/bin/sh", make.plain_zip(), b"PK\x03\x04x"])
def test_it_keeps_nothing_else(data: bytes) -> None:
    with pytest.raises(ValueError, match="不在允许保存的文件类型之内"):
        kept(data)
    assert not File.objects.exists()


def test_what_is_noted_is_never_changed() -> None:
    file = kept(make.workbook())
    file.name = "改名.xlsx"
    with pytest.raises(DatabaseError, match="只增不改"), transaction.atomic():
        file.save()
