"""The changelog, the package and the locks say the same."""

from __future__ import annotations

import hashlib
import json
import re
import tomllib

import pytest

import zhenxing
from tests.architecture.tree import PACKAGE, ROOT


def pins(name: str) -> set[str]:
    text = (ROOT / "requirements" / f"{name}.txt").read_text("utf-8")
    return set(re.findall(r"^[a-z0-9][^\s]*==[^\s;]+", text, re.MULTILINE))


def test_the_changelog_opens_with_the_version() -> None:
    first = (ROOT / "CHANGELOG.md").read_text("utf-8").splitlines()[0]
    assert first.split()[:2] == ["##", zhenxing.__version__]


def test_the_test_lock_holds_the_lock_of_the_site() -> None:
    assert pins("base")
    assert pins("base") - pins("test") == set()


@pytest.mark.parametrize("name", ["base", "test", "node"])
def test_every_pinned_package_has_its_hash(name: str) -> None:
    text = (ROOT / "requirements" / f"{name}.txt").read_text("utf-8")
    entries = re.split(r"^(?=[a-z0-9])", text, flags=re.MULTILINE)[1:]
    assert len(entries) >= len(pins(name))
    assert [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry] == []


def test_every_npm_package_has_its_hash() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text("utf-8"))["packages"]
    fetched = {name: entry for name, entry in packages.items() if name}
    assert fetched
    assert [name for name, entry in fetched.items() if "integrity" not in entry] == []


def test_the_front_end_files_are_the_registered_ones() -> None:
    table = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["zhenxing"]
    found = {
        name: hashlib.sha256(
            (PACKAGE / "web/static/library" / name.rpartition("/")[2]).read_bytes()
        ).hexdigest()
        for name in table["library"]
    }
    assert found == table["library"]
