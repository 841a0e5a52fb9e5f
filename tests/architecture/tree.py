"""The repository as the architecture tests see it."""

from __future__ import annotations

import ast
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src/zhenxing"
PURE = ("kernel", "engine", "reading", "writing")


@cache
def tracked() -> tuple[Path, ...]:
    """List the files git tracks and that still exist."""
    out = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True
    ).stdout
    return tuple(p for p in (ROOT / name for name in out.split("\0") if name) if p.is_file())


def texts() -> dict[str, str]:
    """Give every tracked text file by its name; pictures and documents fall out."""
    found = {}
    for path in tracked():
        data = path.read_bytes()
        if b"\0" not in data:
            found[path.relative_to(ROOT).as_posix()] = data.decode()
    return found


@cache
def modules() -> dict[str, ast.Module]:
    """Parse our own Python files, without migrations."""
    files = [p for p in tracked() if p.suffix == ".py" and "migrations" not in p.parts]
    return {p.relative_to(ROOT).as_posix(): ast.parse(p.read_text("utf-8")) for p in files}


def parts() -> list[Path]:
    """List the parts: the folders of the package that hold Python."""
    return sorted(p.parent for p in PACKAGE.glob("*/__init__.py"))
