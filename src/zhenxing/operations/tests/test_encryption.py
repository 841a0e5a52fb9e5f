"""A sealed backup opens with its passphrase, whole, or not at all."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest

from zhenxing.operations import passphrases
from zhenxing.operations.encryption import (
    MAGIC,
    PIECE,
    TAG,
    DecryptionError,
    Sealed,
    is_sealed,
    open_sealed,
)
from zhenxing.operations.refusing import OperationRefusedError

if TYPE_CHECKING:
    from pathlib import Path

PASSPHRASE = b"twelve letters"


def sealed(tmp_path: Path, content: bytes) -> Path:
    path = tmp_path / "sealed"
    with path.open("wb") as target, Sealed(target, PASSPHRASE) as file:
        half = len(content) // 2
        file.write(content[:half])
        file.write(content[half:])
        assert file.writable()
    return path


def opened(path: Path, passphrase: bytes = PASSPHRASE) -> bytes:
    target = io.BytesIO()
    open_sealed(path, target, passphrase)
    return target.getvalue()


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE + 7])
def test_what_was_sealed_comes_out_the_same(tmp_path: Path, size: int) -> None:
    content = bytes(number % 251 for number in range(size))
    path = sealed(tmp_path, content)
    assert is_sealed(path)
    assert opened(path) == content


def test_the_same_content_is_sealed_anew_each_time(tmp_path: Path) -> None:
    first = sealed(tmp_path, b"figures").read_bytes()
    assert first != sealed(tmp_path, b"figures").read_bytes()
    assert b"figures" not in first


def test_another_passphrase_does_not_open_it(tmp_path: Path) -> None:
    with pytest.raises(DecryptionError, match="口令不对"):
        opened(sealed(tmp_path, b"figures"), b"eleven lette")


def test_a_piece_cut_off_or_swapped_is_noticed(tmp_path: Path) -> None:
    path = sealed(tmp_path, b"a" * PIECE + b"b" * PIECE + b"c")
    whole = path.read_bytes()
    start = whole.index(b"\n", len(MAGIC)) + 1
    first, second = (whole[start + n * (PIECE + TAG) :][: PIECE + TAG] for n in (0, 1))
    for changed in (
        whole[: start + 2 * (PIECE + TAG)],  # the last piece is gone
        whole[:start] + second + first + whole[start + 2 * (PIECE + TAG) :],
        whole[:-1] + bytes([whole[-1] ^ 1]),
        whole[:start],
        whole[: start - 4] + b"9" + whole[start - 3 :],  # the header says otherwise
    ):
        path.write_bytes(changed)
        with pytest.raises(DecryptionError):
            opened(path)


def test_a_header_that_asks_for_endless_work_is_refused(tmp_path: Path) -> None:
    path = sealed(tmp_path, b"figures")
    path.write_bytes(path.read_bytes().replace(b'"n": 65536', b'"n": 1073741824'))
    with pytest.raises(DecryptionError, match="开头读不懂"):
        opened(path)


def test_a_passphrase_is_the_first_line_of_its_file(tmp_path: Path) -> None:
    file = tmp_path / "passphrase"
    file.write_text("  long enough to be one \nnot this\n", encoding="utf-8")
    assert passphrases.read(file) == b"long enough to be one"
    assert passphrases.read(None) is None


@pytest.mark.parametrize("text", ["", "\n", "short\n"])
def test_a_short_passphrase_is_refused(tmp_path: Path, text: str) -> None:
    file = tmp_path / "passphrase"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(OperationRefusedError, match="口令太短"):
        passphrases.read(file)


def test_a_passphrase_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(OperationRefusedError, match="打不开"):
        passphrases.read(tmp_path / "none")
