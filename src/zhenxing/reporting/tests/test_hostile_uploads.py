"""Hostile files through the real upload page: a sentence each, and nothing is written."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from typing import cast as cast_to

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests import cast
from zhenxing.documents.tests import hostile
from zhenxing.reporting.tests import make

if TYPE_CHECKING:
    from django.http import HttpResponse

PAGE = "/returns/2023-10/T01-G3/"
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
pytestmark = pytest.mark.django_db
both_engines = pytest.mark.both_engines
MANY_NINES = "9" * 5000


@pytest.fixture
def reporter(month: make.Month) -> Client:
    client = Client()
    cast.sign_in(client, month.county.reporter)
    return client


def brought(client: Client, data: bytes, name: str = make.NAME, kind: str = SHEET) -> HttpResponse:
    form = {"file": SimpleUploadedFile(name, data, content_type=kind)}
    return cast_to("HttpResponse", client.post(f"{PAGE}upload/", form))


def kept() -> tuple[dict[str, int], list[str]]:
    """Give what is stored: rows of every table, files of the site."""
    rows = make.row_counts()
    for label in ("sessions.Session",):  # a session's stamp of its last act
        rows.pop(label)
    folder = Path(settings.FILE_DIR)
    return rows, sorted(str(path) for path in folder.rglob("*") if path.is_file())


def test_no_file_of_the_corpus_leaves_a_trace(reporter: Client) -> None:
    before = kept()
    for name in hostile.CORPUS:
        answer = brought(reporter, hostile.build(name))
        page = answer.content.decode()
        assert answer.status_code == 422, name
        assert "<h1" in page, name
        assert kept() == before, name
    assert reporter.get(PAGE).status_code == 200


@both_engines
@pytest.mark.parametrize(
    "text",
    [
        "_xD800_", "甲_x0000_乙", "_x0001__x001F_", "\u202e元万001", "_xFFFF_",
        "<script>x</script>", "字" * 30_000,
    ],
    ids=lambda text: ascii(text)[:20],
)  # fmt: skip
def test_words_in_a_number_are_told_whatever_they_are(
    reporter: Client, month: make.Month, text: str
) -> None:
    before = kept()
    form = make.filled(make.blank(month.submission()), make.values(works=text))
    answer = brought(reporter, form)
    page = answer.content.decode()
    assert (answer.status_code, "指标数!F4" in page) == (422, True)
    assert "<script>x" not in page
    assert kept() == before


@both_engines
@pytest.mark.parametrize(
    "text", ["_xD800_", "甲_x0000_乙", "_x0001_", "\u202e001"], ids=lambda text: ascii(text)[:20]
)
def test_words_of_a_form_are_kept_legible(reporter: Client, month: make.Month, text: str) -> None:
    cells = {**make.values(), "I4": text}
    form = make.filled(make.blank(month.submission()), cells, {**make.PARTS, "done": text})
    answer = brought(reporter, form)
    assert answer.status_code == 302, answer.content.decode()
    shown = reporter.get(answer["Location"])
    assert shown.status_code == 200
    token = answer["Location"].rstrip("/").rpartition("/")[2]
    done = reporter.post(f"/uploads/{token}/submit/", {"base_version": "0"})
    assert done.status_code == 302
    assert reporter.get(done["Location"]).status_code == 200


@both_engines
@pytest.mark.parametrize(
    ("mark", "text"),
    [
        ("base_version", MANY_NINES),
        ("base_version", "\N{ARABIC-INDIC DIGIT ONE}"),
        ("base_version", "-1"),
        ("period", "_xD800_"),
        ("period", MANY_NINES),
        ("unit", "_xD800_甲_x0000_"),
        ("group", "_x0000_"),
        ("site", "_xD800_"),
    ],
    ids=lambda text: ascii(text)[:20],
)
def test_marks_that_were_forged_are_told(
    reporter: Client, month: make.Month, mark: str, text: str
) -> None:
    before = kept()
    form = make.forged(make.filled(make.blank(month.submission()), make.values()), **{mark: text})
    answer = brought(reporter, form)
    assert answer.status_code == 422
    assert "系统信息" in answer.content.decode()
    assert kept() == before


@both_engines
@pytest.mark.parametrize(
    "name",
    [
        "../../etc/passwd.xlsx", "C:\\Windows\\x.xlsx", "\u202excod.xlsx",
        "a\r\nSet-Cookie: x=1.xlsx", "表" * 250 + ".xlsx", "con.xlsx", ".xlsx",
        "<script>.xlsx", "a;b&c'd\"e.xlsx", "x.exe", "表",
    ],
    ids=lambda text: ascii(text)[:20],
)  # fmt: skip
def test_a_files_name_does_no_harm(reporter: Client, month: make.Month, name: str) -> None:
    answer = brought(reporter, make.filled(make.blank(month.submission()), make.values()), name)
    assert answer.status_code in {302, 400}
    assert "Set-Cookie" not in answer.headers
    for path in Path(settings.FILE_DIR).rglob("*"):
        assert path.is_dir() or len(path.name) == 64
    if answer.status_code == 302:
        page = reporter.get(answer["Location"]).content.decode()
        assert "<script>." not in page
        assert "\u202e" not in page


@both_engines
@pytest.mark.parametrize("kind", ["text/html", "image/png", "application/x-sh", ""])
def test_what_the_browser_calls_a_file_decides_nothing(
    reporter: Client, month: make.Month, kind: str
) -> None:
    good = make.filled(make.blank(month.submission()), make.values())
    assert brought(reporter, good, kind=kind).status_code == 302
    assert brought(reporter, b"<html>", kind=SHEET).status_code == 422


def test_a_file_at_the_limit_is_told_its_size(reporter: Client) -> None:
    before = kept()
    answer = brought(reporter, b"PK\x03\x04" + bytes(settings.UPLOAD_BYTES))
    assert answer.status_code == 422
    assert "超过10MB的上限" in answer.content.decode()
    assert kept() == before


@both_engines
@pytest.mark.parametrize(
    "base", [MANY_NINES, "٣", "-1", "1.0", "0x0", "", "\x00"], ids=lambda text: ascii(text)[:20]
)
def test_a_forged_version_number_is_refused(reporter: Client, month: make.Month, base: str) -> None:
    upload = make.uploaded(month, month.county.reporter)
    answer = reporter.post(f"/uploads/{upload.token}/submit/", {"base_version": base})
    assert answer.status_code in {400, 409}
    assert month.submission().latest == 0
