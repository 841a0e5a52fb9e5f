"""The two hash functions an entry may name: SHA-256 and SM3."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from django.core.exceptions import ImproperlyConfigured

if TYPE_CHECKING:
    from collections.abc import Iterable

ALGORITHMS = ("sha256", "sm3")
GENESIS = "0" * 64


def require(algorithm: str) -> None:
    """Refuse to start with a hash that is unknown, or that this machine's library lacks."""
    if algorithm not in ALGORITHMS:
        raise ImproperlyConfigured(
            f"ZHENXING_LEDGER_HASH 只能是 sha256 或 sm3，现在是「{algorithm}」。"
        )
    if algorithm not in hashlib.algorithms_available:
        raise ImproperlyConfigured(
            f"本机的 OpenSSL 不带 {algorithm}，账本无法使用；"
            "请换用带该算法的 OpenSSL，或把 ZHENXING_LEDGER_HASH 改为 sha256。"
        )


def digest(algorithm: str, text: str) -> str:
    """Give the hash of a text in lower-case hexadecimal."""
    return hashlib.new(algorithm, text.encode()).hexdigest()


def digest_lines(algorithm: str, lines: Iterable[str]) -> tuple[int, str]:
    """Give the number of lines and one hash over all of them, each closed by a newline."""
    total, count = hashlib.new(algorithm), 0
    for line in lines:
        total.update(line.encode())
        total.update(b"\n")
        count += 1
    return count, total.hexdigest()
