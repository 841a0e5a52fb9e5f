"""Typed readers of the environment; every name they read stands in the reference page."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from pathlib import Path


def text(name: str, default: str) -> str:
    """Give the variable's text, or the default where it is unset or empty."""
    return os.environ.get(name) or default


def flag(name: str, *, default: bool) -> bool:
    """Give True for 1, true, yes, on; False for 0, false, no, off; stop the start at all else."""
    value = os.environ.get(name, "").strip().lower()
    if not value:
        return default
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off"}:
        return False
    raise ValueError(f"环境变量 {name} 只能是 1 或 0，现在是「{value}」。")


def folder(name: str, default: Path) -> Path:
    """Give the folder a variable names, absolute."""
    return Path(os.environ.get(name) or default).expanduser().resolve()


def whole(name: str, default: int) -> int:
    """Give a whole number from 0 up; anything else stops the start."""
    value = os.environ.get(name, "").strip()
    if not value:
        return default
    if not value.isdecimal():
        raise ValueError(f"环境变量 {name} 只能是0或正整数，现在是「{value}」。")
    return int(value)


def one_of(name: str, *choices: str) -> str:
    """Give one of these words, the first where none is said; anything else stops the start."""
    value = os.environ.get(name, "").strip() or choices[0]
    if value not in choices:
        raise ValueError(f"环境变量 {name} 只能是{'或'.join(choices)}，现在是「{value}」。")
    return value


def close_to_others(path: Path) -> None:
    """Take other users' rights from a data folder made before this was done, if it is one of ours.

    A folder that others share, such as /tmp, is not: it has a sticky bit, or none of our files.
    """
    mode = path.stat().st_mode
    is_ours = any((path / name).exists() for name in ("keys", "static", "zhenxing.sqlite3"))
    if is_ours and mode & 0o077 and not mode & stat.S_ISVTX:
        with suppress(PermissionError):  # another user's folder: the start goes on, as before
            path.chmod(0o700)
