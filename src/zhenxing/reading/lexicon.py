"""The words the reader knows: YAML files in `lexicon/`, loaded once, one place for each word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml

_FOLDER = Path(__file__).parent / "lexicon"


@cache
def table(name: str) -> Mapping[str, Any]:
    """Return one lexicon file (`units`, `words`, `structure`, `furniture`, …) as plain data.

    >>> table("units")["misread"]
    {'简': '筒'}
    """
    data = yaml.safe_load((_FOLDER / f"{name}.yaml").read_text("utf-8"))
    return MappingProxyType(data)


@cache
def words(name: str, file: str = "words") -> tuple[str, ...]:
    """Return one list of words, the longest first, so that the longest match wins.

    >>> words("ranks", "units")
    ('位', '名')
    """
    found = {str(word) for word in table(file)[name]}
    return tuple(sorted(found, key=lambda word: (-len(word), word)))


def any_of(names: Iterable[str]) -> str:
    """Return a pattern that matches any of the words, the longest first.

    >>> any_of(["约", "大约"])
    '(?:大约|约)'
    """
    ordered = sorted(set(names), key=lambda word: (-len(word), word))
    return "(?:" + "|".join(re.escape(word) for word in ordered) + ")"


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of measure as it stands in running text.

    name: as written. apart: characters that must not follow it. real: a measure, not a count.
    standard: the name it is given back under.
    """

    name: str
    apart: str
    real: bool
    standard: str


@cache
def units() -> Mapping[str, Unit]:
    """Return every unit by its name; of two entries with one name the stricter is the last.

    >>> units()["亩"].real, units()["家"].real
    (True, False)
    """
    found: dict[str, Unit] = {}
    for kind in ("measures", "counts"):
        for entry in table("units")[kind]:
            spec = entry if isinstance(entry, dict) else {"name": entry}
            name = str(spec["name"])
            found[name] = Unit(
                name, str(spec.get("not", "")), kind == "measures", str(spec.get("as", name))
            )
    return MappingProxyType(found)


@cache
def unit_pattern() -> str:
    """Return the pattern of any unit, with what must not follow it, the longest first."""
    forms = []
    for name in sorted(units(), key=lambda each: (-len(each), each)):
        apart = units()[name].apart
        forms.append(re.escape(name) + (f"(?![{re.escape(apart)}])" if apart else ""))
    return "(?:" + "|".join(forms) + ")"


@cache
def simplified() -> Mapping[int, str]:
    """Return the table from traditional and full-width characters to what the reader reads.

    >>> "１２畝，增長％".translate(simplified())
    '12亩,增长%'
    """
    pairs = {ord(pair[0]): pair[1] for pair in str(table("characters")["pairs"]).split()}
    wide = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
    odd = "\u3000\u00a0\ufe6a\u2013\uff0d\u2212\ufe63\uff61\uff0e"
    marks = {ord(mark): plain for mark, plain in zip(odd, "  %----。.", strict=True)}
    return MappingProxyType({**wide, **pairs, **marks})
