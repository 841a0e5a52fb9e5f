"""A backup's passphrase, out of a file: on a command line everybody could read it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhenxing.kernel.problems import Problem
from zhenxing.operations.refusing import OperationRefusedError

if TYPE_CHECKING:
    from pathlib import Path

LEAST = 12


def read(path: Path | None) -> bytes | None:
    """Give the file's first line; None without a file. A short one is refused."""
    if path is None:
        return None
    where = f"口令文件 {path}"
    try:
        lines = path.read_bytes().splitlines()
    except OSError as error:
        what = f"打不开（{error.strerror}）"
        raise OperationRefusedError(Problem(where, what, "请核对路径和权限")) from error
    passphrase = lines[0].strip() if lines else b""
    if len(passphrase) < LEAST:
        step = f"请在第一行写至少{LEAST}个字符，并另处保存一份"
        raise OperationRefusedError(Problem(where, "口令太短", step))
    return passphrase
