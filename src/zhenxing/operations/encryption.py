"""Backups under a passphrase: scrypt makes the key, AES-256-GCM seals the file piece by piece.

A file is a line `ZXBK1`, a line of JSON with the parameters, then sealed pieces of one mebibyte. A
piece's nonce carries its number and whether it is the last, so that pieces can be neither swapped
nor cut off; the header is authenticated with each of them.
"""

from __future__ import annotations

import io
import json
import os
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

if TYPE_CHECKING:
    from pathlib import Path

MAGIC = b"ZXBK1\n"
PIECE = 1024 * 1024
TAG = 16
PREFIX = 7  # bytes of the nonce that are the file's own; four count, one marks the last piece
COST = 2**16  # 64 MiB of memory for each guess
LEAST, MOST = 2**14, 2**20
LONGEST_HEADER = 4096


class DecryptionError(ValueError):
    """A file that does not open: a wrong passphrase, or bytes that were changed or cut off."""


@dataclass(frozen=True)
class Key:
    """A key with the header that says how it was made from the passphrase."""

    cipher: AESGCM
    header: bytes
    prefix: bytes

    def nonce(self, number: int, *, last: bool) -> bytes:
        """Give the nonce of a piece."""
        return self.prefix + number.to_bytes(4, "big") + bytes([last])


class Sealed(io.RawIOBase):
    """A file to write into: what is written reaches `target` sealed."""

    def __init__(self, target: IO[bytes], passphrase: bytes) -> None:
        super().__init__()
        salt, prefix = os.urandom(16), os.urandom(PREFIX)
        told = {"n": COST, "r": 8, "p": 1, "salt": salt.hex(), "prefix": prefix.hex()}
        header = MAGIC + json.dumps(told, sort_keys=True).encode() + b"\n"
        self._key = Key(AESGCM(_derived(passphrase, salt, COST)), header, prefix)
        self._target, self._waiting, self._number = target, bytearray(), 0
        target.write(header)

    def writable(self) -> bool:
        """Say that this is written to."""
        return True

    def write(self, data: object) -> int:
        """Take bytes; a piece goes out once a further byte shows that it is not the last."""
        given = memoryview(data).cast("B")  # type: ignore[arg-type]  # any bytes-like, as files take
        self._waiting += given
        while len(self._waiting) > PIECE:
            self._put(bytes(self._waiting[:PIECE]), last=False)
            del self._waiting[:PIECE]
        return len(given)

    def close(self) -> None:
        """Seal the last piece."""
        if not self.closed:
            self._put(bytes(self._waiting), last=True)
            super().close()

    def _put(self, piece: bytes, *, last: bool) -> None:
        nonce = self._key.nonce(self._number, last=last)
        self._target.write(self._key.cipher.encrypt(nonce, piece, self._key.header))
        self._number += 1


def is_sealed(path: Path) -> bool:
    """Say whether a file is one of these."""
    with path.open("rb") as file:
        return file.read(len(MAGIC)) == MAGIC


def open_sealed(source: Path, target: IO[bytes], passphrase: bytes) -> None:
    """Write what a sealed file holds; DecryptionError where it does not open to its end."""
    with source.open("rb") as file:
        key = _key_of(file, passphrase)
        number, piece = 0, file.read(PIECE + TAG)
        while piece:
            following = file.read(PIECE + TAG)
            try:
                nonce = key.nonce(number, last=not following)
                target.write(key.cipher.decrypt(nonce, piece, key.header))
            except InvalidTag as error:
                why = "口令不对" if number == 0 else "文件中途被改过或被截短"
                raise DecryptionError(why) from error
            number, piece = number + 1, following
        if number == 0:
            raise DecryptionError("文件被截短，只剩开头")


def _key_of(file: IO[bytes], passphrase: bytes) -> Key:
    header = file.readline() + file.readline(LONGEST_HEADER)
    try:
        told = json.loads(header[len(MAGIC) :])
        cost, salt, prefix = int(told["n"]), bytes.fromhex(told["salt"]), told["prefix"]
        made = Key(AESGCM(_derived(passphrase, salt, cost)), header, bytes.fromhex(prefix))
    except (KeyError, TypeError, ValueError) as error:
        raise DecryptionError("开头读不懂，文件被改过") from error
    return made


def _derived(passphrase: bytes, salt: bytes, cost: int) -> bytes:
    if not LEAST <= cost <= MOST:
        raise ValueError(f"scrypt n={cost}")
    return Scrypt(salt=salt, length=32, n=cost, r=8, p=1).derive(passphrase)
