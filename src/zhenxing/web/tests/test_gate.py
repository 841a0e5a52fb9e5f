"""Bodies beyond measure and zero bytes are turned away before anything is stored or asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.files.uploadhandler import FileUploadHandler, TemporaryFileUploadHandler
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from tests import cast
from zhenxing.web import gate
from zhenxing.web.errors import unavailable

if TYPE_CHECKING:
    from pytest_django import Settings

pytestmark = pytest.mark.django_db


class Witness(TemporaryFileUploadHandler):
    """Django's own handler, telling which files it began to write to the disk."""

    seen: ClassVar[list[str]] = []

    def new_file(self, field_name: str, file_name: str, *args: Any, **more: Any) -> None:  # noqa: ANN401  # Django's
        """Note the file."""
        self.seen.append(file_name)
        super().new_file(field_name, file_name, *args, **more)


@pytest.fixture
def witness(settings: Settings) -> list[str]:
    assert issubclass(Witness, FileUploadHandler)
    settings.FILE_UPLOAD_HANDLERS = [f"{__name__}.Witness"]
    Witness.seen.clear()
    return Witness.seen


def a_file(size: int) -> dict[str, SimpleUploadedFile]:
    return {"file": SimpleUploadedFile("表.xlsx", bytes(size))}


@pytest.mark.parametrize("address", ["/sign-in/", "/", "/nowhere/", "/sign-out/"])
def test_a_file_beyond_measure_reaches_no_disk_at_any_address(
    address: str, witness: list[str]
) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies["csrftoken"] = "a" * 32
    with CaptureQueriesContext(connection) as asked:
        response = strict.post(address, a_file(settings.UPLOAD_BYTES + gate.SLACK))
    assert response.status_code == 413
    assert "10MB" in response.content.decode()
    assert "Content-Security-Policy" in response
    assert (witness, len(asked)) == ([], 0)


def test_a_file_at_the_limit_is_let_through_to_its_page(client: Client, witness: list[str]) -> None:
    assert client.post("/sign-in/", a_file(settings.UPLOAD_BYTES)).status_code == 200
    assert witness == ["表.xlsx"]


def test_what_is_read_for_the_browsers_sake_is_bounded(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gate, "SWALLOWED", 3 * gate.PIECE)
    settings.UPLOAD_BYTES = 1024
    size = gate.SLACK + 4096
    request = RequestFactory().post("/", bytes(size), content_type="application/octet-stream")
    assert gate.GateMiddleware(unavailable)(request).status_code == 413
    assert len(request.read()) == size - 3 * gate.PIECE


@pytest.mark.parametrize(
    "length", ["", "x", "-5", "9" * 5000, "٣"], ids=lambda text: ascii(text)[:8]
)
def test_a_length_that_is_none_counts_as_none(client: Client, length: str) -> None:
    response = client.post("/sign-in/", b"", content_type="text/plain", CONTENT_LENGTH=length)
    assert response.status_code in {200, 400}


@pytest.mark.both_engines
@pytest.mark.parametrize(
    "address",
    [
        "/ledger/?q=a%00", "/ledger/?action=%00", "/returns/?period=2023-10%00", "/units/?q=%00",
        "/units/T01%00/", "/towns/%00/", "/receipts/%00/", "/returns/%00/T01-G3/", "/?%00",
    ],
)  # fmt: skip
def test_a_zero_byte_is_a_bad_request_on_both_databases(
    county: cast.County, client: Client, address: str
) -> None:
    cast.sign_in(client, county.assessor)
    assert client.get(address).status_code == 400


@pytest.mark.both_engines
def test_a_zero_byte_in_a_form_does_no_harm(county: cast.County, client: Client) -> None:
    form = {"username": "a\0b", "password": "x\0"}
    assert client.post("/sign-in/", form).status_code == 200
    cast.sign_in(client, county.assessor)
    assert client.get("/ledger/", {"size": "9" * 5000}).status_code == 200
