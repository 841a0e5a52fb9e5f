"""Papers behind the numbers: kinds, names, sizes, who may open them, and what is missing."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests import cast
from zhenxing.audit import queries as audit_queries
from zhenxing.documents import services as documents
from zhenxing.documents.models import File
from zhenxing.indicators.models import Indicator
from zhenxing.kernel.problems import Problem
from zhenxing.reporting import queries, services
from zhenxing.reporting.models import Evidence
from zhenxing.reporting.services.evidence import MOST_PAPERS, plain_name
from zhenxing.reporting.tests import make

if TYPE_CHECKING:
    from pytest_django import Settings

    from zhenxing.accounts.models import User

pytestmark = pytest.mark.django_db
PDF, PNG, JPEG = b"%PDF-1.7\n1", b"\x89PNG\r\n\x1a\n1", b"\xff\xd8\xff1"


def parcel(*names: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as made:
        for name in names:
            made.writestr(name, "x")
    return file.getvalue()


XLSX, DOCX = parcel("xl/workbook.xml"), parcel("word/document.xml")
MACROS = parcel("xl/workbook.xml", "xl/vbaProject.bin")


def attach(
    month: make.Month, data: bytes = PDF, name: str = "回单.pdf", about: str = "works"
) -> Evidence | Problem:
    return services.attach(
        data,
        name=name,
        submission=month.submission(),
        about=about,
        scope=cast.scope(month.county.reporter),
        moment=cast.moment(),
    )


@pytest.mark.parametrize("data", [PDF, PNG, JPEG, XLSX, DOCX])
def test_papers_and_pictures_are_kept_byte_for_byte_and_sealed(
    month: make.Month, data: bytes
) -> None:
    kept = attach(month, data)
    assert isinstance(kept, Evidence)
    assert documents.stored_at(kept.file.sha256).read_bytes() == data
    assert audit_queries.verify().first_bad is None
    assert queries.evidence_of(month.submission()) == [kept]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "空的"),
        (b"MZ\x90\x00", "看内容"),
        (b"<html><script>", "看内容"),
        (parcel("a.txt"), "解开后逐个传"),
        (b"PK\x03\x04broken", "看内容"),
        (MACROS, "带有宏"),
        (PDF + b"1" * 2000, "超过"),
    ],
)
def test_anything_else_is_refused_and_nothing_of_it_is_kept(
    month: make.Month, settings: Settings, data: bytes, said: str
) -> None:
    settings.UPLOAD_BYTES = 2000
    problem = attach(month, data, "照片.jpg")
    assert isinstance(problem, Problem)
    assert said in problem.sentence
    assert not File.objects.exists()


def test_an_indicator_of_another_group_is_refused_and_none_means_the_whole_form(
    month: make.Month,
) -> None:
    assert isinstance(attach(month, about="gone"), Problem)
    kept = attach(month, about="")
    assert isinstance(kept, Evidence)
    assert kept.indicator is None


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("..\\..\\回单.pdf", "回单.pdf"),
        ("/etc/passwd", "passwd"),
        ("发票\u202efdp.exe", "发票fdp.exe"),
        ("a\x00b\n.pdf", "a\ufffdb .pdf"),
        ("长" * 300 + ".pdf", "长" * 80 + ".pdf"),
        (" . . ", "未命名"),
        (".pdf", "pdf"),
    ],
)
def test_a_hostile_name_becomes_a_plain_one(given: str, kept: str) -> None:
    assert plain_name(given) == kept


def test_there_is_an_end_to_papers(month: make.Month) -> None:
    submission, who = month.submission(), cast.scope(month.county.reporter)
    kept = attach(month)
    assert isinstance(kept, Evidence)
    with make.sealed() as act:
        act.seal(
            [
                Evidence(
                    submission=submission, file=kept.file, by=who.username, by_name=who.name,
                    at=kept.at, business_date=kept.business_date,
                )
                for _ in range(MOST_PAPERS - 1)
            ]
        )  # fmt: skip
    problem = attach(month)
    assert isinstance(problem, Problem)
    assert "合并" in problem.sentence


def test_only_the_groups_reporter_adds_papers_and_only_while_the_month_is_open(
    month: make.Month,
) -> None:
    county = month.county
    for person in (county.leader, county.group_leader, county.farm_reporter, county.administrator):
        problem = services.attach(
            PDF, name="a.pdf", submission=month.submission(), about="",
            scope=cast.scope(person), moment=cast.moment(),
        )  # fmt: skip
        assert isinstance(problem, Problem)
    closed = services.attach(
        PDF, name="a.pdf", submission=month.submission(call=month.september), about="",
        scope=cast.scope(county.reporter), moment=cast.moment(),
    )  # fmt: skip
    assert isinstance(closed, Problem)
    assert not Evidence.objects.exists()


def client_of(person: User) -> Client:
    client = Client()
    cast.sign_in(client, person)
    return client


def test_a_paper_is_downloaded_never_shown_and_only_by_who_may_read_it(month: make.Month) -> None:
    county = month.county
    reporter = client_of(county.reporter)
    sent = SimpleUploadedFile("回单 一.pdf", PDF, "text/html")
    answer = reporter.post(
        "/returns/2023-10/T01-G3/evidence/", {"about": "works", "file": [sent]}, follow=True
    )
    assert "回单 一.pdf" in answer.content.decode()
    paper = Evidence.objects.get()
    given = reporter.get(f"/evidence/{paper.pk}/")
    assert given.content == PDF
    assert given["Content-Type"] == "application/octet-stream"
    assert given["Content-Disposition"].startswith("attachment")
    assert given["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in given["Content-Security-Policy"]
    statuses = {
        name: client_of(getattr(county, name)).get(f"/evidence/{paper.pk}/").status_code
        for name in ("leader", "town_office", "stranger", "rival_leader", "department", "auditor",
                     "administrator")
    }  # fmt: skip
    assert statuses == {
        "leader": 200, "town_office": 200, "stranger": 404, "rival_leader": 404,
        "department": 404, "auditor": 200, "administrator": 403,
    }  # fmt: skip
    make.handed_in(month, county.reporter)
    assert client_of(county.department).get(f"/evidence/{paper.pk}/").status_code == 200


def test_bytes_that_were_changed_or_lost_are_not_given_out(month: make.Month) -> None:
    kept = attach(month, b"%PDF-1.7\nlost")
    assert isinstance(kept, Evidence)
    documents.stored_at(kept.file.sha256).unlink()
    answer = client_of(month.county.reporter).get(f"/evidence/{kept.pk}/")
    assert answer.status_code == 500
    assert "由备份恢复" in answer.content.decode()


def test_a_bad_file_among_good_ones_is_named_and_the_good_are_kept(month: make.Month) -> None:
    files = [SimpleUploadedFile("好.pdf", PDF), SimpleUploadedFile("坏.pdf", b"MZ")]
    reporter = client_of(month.county.reporter)
    address = "/returns/2023-10/T01-G3/evidence/"
    said = reporter.post(address, {"file": files}, follow=True).content.decode()
    assert "好.pdf 已作为佐证保存" in said
    assert "坏.pdf：不是 PDF" in said
    assert reporter.post(address, {}).status_code == 400


def test_what_wants_a_paper_and_has_none_is_named_until_a_paper_or_a_note_comes(
    month: make.Month,
) -> None:
    Indicator.objects.filter(code__in=["works", "paid_in"]).update(evidence="required")
    assert queries.missing_evidence(month.submission()) == []
    data = make.filled(
        make.blank(month.submission()), make.values() | {f"I{make.ROWS['paid_in']}": "回单在途"}
    )
    make.handed_in(month, month.county.reporter, data)
    missing = queries.missing_evidence(month.submission())
    assert [(each.code, each.is_unexplained) for each in missing] == [
        ("works", True), ("paid_in", False),
    ]  # fmt: skip
    attach(month)
    assert [each.code for each in queries.missing_evidence(month.submission())] == ["paid_in"]
