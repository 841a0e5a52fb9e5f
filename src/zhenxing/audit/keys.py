"""The site's signing key: made once, read by the site only, its public half given to everybody."""

from __future__ import annotations

import os
import secrets
from functools import lru_cache
from pathlib import Path
from typing import TypedDict

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from django.conf import settings

from zhenxing.audit import canonical, hashing

BITS = 3072
EXPONENT = 65537


class PublicKey(TypedDict):
    """The public half as anybody can check it: numbers as decimal text, and their SHA-256."""

    n: str
    e: str
    fingerprint: str


def sign(text: str) -> tuple[str, str]:
    """Give the signature (PKCS#1 v1.5, SHA-256, hexadecimal) and the fingerprint of its key."""
    key = _private(_path())
    return key.sign(text.encode(), padding.PKCS1v15(), hashes.SHA256()).hex(), public()[
        "fingerprint"
    ]


def public() -> PublicKey:
    """Give the public key, making the pair where the site has none yet."""
    return _public(_path())


def fingerprint(n: str, e: str) -> str:
    """Give the SHA-256 over the key's canonical numbers."""
    return hashing.digest("sha256", canonical.text({"n": n, "e": e}))


def _path() -> Path:
    return Path(settings.KEY_DIR) / "receipts.pem"


@lru_cache(maxsize=4)
def _public(path: Path) -> PublicKey:
    numbers = _private(path).public_key().public_numbers()
    n, e = str(numbers.n), str(numbers.e)
    return PublicKey(n=n, e=e, fingerprint=fingerprint(n, e))


@lru_cache(maxsize=4)
def _private(path: Path) -> rsa.RSAPrivateKey:
    if not path.exists():
        _make(path)
    key = serialization.load_pem_private_key(path.read_bytes(), password=None)
    if not isinstance(key, rsa.RSAPrivateKey):
        raise TypeError(f"{path} 不是 RSA 私钥；请换回建站时生成的那一把。")
    return key


def _make(path: Path) -> None:
    """Write a key beside and link it in place: of two processes one wins, both read that one."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    pem = rsa.generate_private_key(EXPONENT, BITS).private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    beside = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(pem)
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(beside, path)
    except FileExistsError:
        pass
    finally:
        beside.unlink()
