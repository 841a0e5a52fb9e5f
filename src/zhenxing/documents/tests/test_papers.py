"""A paper is kept whatever it says, and read where a hostile one can do no harm."""

from __future__ import annotations

from io import BytesIO

import docx
import pytest
from django.conf import settings

from tests import cast
from zhenxing.documents import services
from zhenxing.documents.choices import FileKind
from zhenxing.documents.kinds import OLE, paper_kind
from zhenxing.documents.models import File
from zhenxing.documents.services import ReadPaper
from zhenxing.documents.tests import make
from zhenxing.kernel.problems import Problem
from zhenxing.reading.loading import office

PLAN = "青溪镇2023年工作计划\n固定资产投资完成1亿元以上。\n"
RTF = rb"{\rtf1\ansi Grain output 1900 tons in 2023.}"


def word(text: str) -> bytes:
    document = docx.Document()
    for line in text.splitlines():
        document.add_paragraph(line)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def read(data: bytes, encoding: str = "") -> ReadPaper | Problem:
    return services.read_document(data, "计划", year=2023, encoding=encoding, indicators=[])


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (word(PLAN), FileKind.WORD),
        (b"%PDF-1.4\n", FileKind.PDF),
        (OLE + b"\0" * 600, FileKind.OLD_WORD),
        (RTF, FileKind.OLD_WORD),
        (PLAN.encode(), FileKind.TEXT),
        (PLAN.encode("gb18030"), FileKind.TEXT),
        (PLAN.encode("utf-16"), FileKind.TEXT),
        (b"<html><body>x</body></html>", FileKind.TEXT),
        (b"\x89PNG\r\n\x1a\n", FileKind.PNG),
        (b"MZ\x00\x01", None),
        (b" \r\n", None),
        (b"", None),
    ],
)
def test_it_knows_a_paper_by_its_bytes(data: bytes, kind: FileKind | None) -> None:
    assert paper_kind(data) == kind


def test_a_workbook_is_no_paper() -> None:
    assert paper_kind(make.workbook()) is None


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_a_text_is_read_in_its_encoding(encoding: str) -> None:
    found = read(PLAN.encode(encoding))
    assert isinstance(found, ReadPaper)
    assert [fact["quote"] for fact in found.result["facts"]] == ["固定资产投资完成1亿元以上"]


def test_a_word_file_leads_back_to_its_paragraphs() -> None:
    found = read(word(PLAN))
    assert isinstance(found, ReadPaper)
    [fact] = found.result["facts"]
    assert found.text[fact["start"] : fact["end"]] == fact["quote"]
    assert found.places[1] == (found.text.index("固定"), "第2段")


def test_an_old_file_goes_through_the_office_where_there_is_one() -> None:
    found = read(RTF)
    if isinstance(office.to_word(RTF, "x"), bytes):
        assert isinstance(found, ReadPaper)
        assert "1900" in found.text
    else:
        assert isinstance(found, Problem)
        assert "docx" in found.next


@pytest.mark.parametrize("data", [b"%PDF-1.4\nbroken", b"PK\x03\x04broken", b"\x89PNG\r\n\x1a\n1"])
def test_what_cannot_be_read_says_why_and_what_next(data: bytes) -> None:
    found = read(data)
    assert isinstance(found, Problem)
    assert found.what
    assert found.next


@pytest.mark.django_db
def test_a_paper_too_large_is_not_kept() -> None:
    data = b"a" * (settings.UPLOAD_BYTES + 1)
    said = services.keep_paper(data, name="大.txt", by="k", moment=cast.moment())
    assert isinstance(said, Problem)
    assert "MB的上限" in said.what
    assert not File.objects.exists()
