"""The site's two keys, made once and kept outside the database.

The receipt key signs what reporters keep; its public half is given to everybody. The ledger key
stamps each entry, so that who reaches only the database cannot write an entry of his own.
"""

from __future__ import annotations

import hmac
import os
import secrets
from collections.abc import Callable
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import TypeAlias, TypedDict

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from django.conf import settings

from zhenxing.audit import canonical, hashing

Stamper: TypeAlias = Callable[[str, str], str]

BITS = 3072
EXPONENT = 65537
RECEIPTS = "receipts.pem"
LEDGER = "ledger.key"


class PublicKey(TypedDict):
    """The public half as anybody can check it: numbers as decimal text, and their SHA-256."""

    n: str
    e: str
    fingerprint: str


def make() -> None:
    """Make the keys a new site lacks; called before its first act, and only then."""
    if not _path(RECEIPTS).exists():
        _put(_path(RECEIPTS), _new_pair())
    if not _path(LEDGER).exists():
        _put(_path(LEDGER), secrets.token_bytes(32))


def exist() -> bool:
    """Whether both keys are in their place."""
    return all(_path(name).exists() for name in (RECEIPTS, LEDGER))


def sign(text: str) -> tuple[str, str]:
    """Give the signature (PKCS#1 v1.5, SHA-256, hexadecimal) and the fingerprint of its key."""
    key = _private(_path(RECEIPTS))
    return key.sign(text.encode(), padding.PKCS1v15(), hashes.SHA256()).hex(), public()[
        "fingerprint"
    ]


def stamp(algorithm: str, digest: str) -> str:
    """Give the site's mark on an entry's hash: an HMAC under the ledger key, in hexadecimal."""
    return stamper()(algorithm, digest)


def stamper() -> Stamper:
    """Give `stamp` with its key already read, for many entries."""
    key = _ledger_key(_path(LEDGER))
    return lambda algorithm, digest: hmac.digest(key, digest.encode(), algorithm).hex()


def public() -> PublicKey:
    """Give the public key; FileNotFoundError before the site's first act."""
    return _public(_path(RECEIPTS))


def fingerprint(n: str, e: str) -> str:
    """Give the SHA-256 over the key's canonical numbers."""
    return hashing.digest("sha256", canonical.text({"n": n, "e": e}))


def _path(name: str) -> Path:
    return Path(settings.KEY_DIR) / name


@lru_cache(maxsize=4)
def _ledger_key(path: Path) -> bytes:
    return _read(path)


@lru_cache(maxsize=4)
def _public(path: Path) -> PublicKey:
    numbers = _private(path).public_key().public_numbers()
    n, e = str(numbers.n), str(numbers.e)
    return PublicKey(n=n, e=e, fingerprint=fingerprint(n, e))


@lru_cache(maxsize=4)
def _private(path: Path) -> rsa.RSAPrivateKey:
    key = serialization.load_pem_private_key(_read(path), password=None)
    if not isinstance(key, rsa.RSAPrivateKey):
        raise TypeError(f"{path} 不是 RSA 私钥；请换回建站时生成的那一把。")
    return key


def _read(path: Path) -> bytes:
    if not path.exists():
        raise FileNotFoundError(
            f"{path} 不见了，没有它既不能记账也不能签回执；请把建站时的密钥放回 ZHENXING_KEYS。"
        )
    return path.read_bytes()


def _new_pair() -> bytes:
    return rsa.generate_private_key(EXPONENT, BITS).private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )


def _put(path: Path, content: bytes) -> None:
    """Write a key beside and link it in place: of two processes one wins, both read that one."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    beside = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    with suppress(FileExistsError):
        os.link(beside, path)
    beside.unlink()
