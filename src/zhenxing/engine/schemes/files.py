"""Schemes and facts out of files, for the command line and the site."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from zhenxing.engine.schemes import cycles, tables
from zhenxing.engine.schemes.facts import Facts
from zhenxing.engine.schemes.loading import load
from zhenxing.engine.schemes.rows import from_tables
from zhenxing.engine.schemes.scheme import Scheme
from zhenxing.kernel.problems import Problem


def read_scheme(path: Path) -> tuple[Scheme | None, list[Problem]]:
    """Read a scheme's file; what cannot be opened or is no UTF-8 is a problem.

    >>> read_scheme(Path("没有.yaml"))[1][0].what
    '打不开（No such file or directory）'
    """
    try:
        return load(path.read_bytes().decode("utf-8-sig"), path.name)
    except OSError as error:
        return None, [Problem(path.name, f"打不开（{error.strerror}）", "请核对路径")]
    except UnicodeDecodeError:
        return None, [Problem(path.name, "不是UTF-8文字", "请另存为UTF-8")]


def read_facts(path: Path) -> Facts:
    """Read FACTS from a folder of CSV files or a workbook.

    >>> [problem.what for problem in read_facts(Path("没有")).problems]
    ['打不开（No such file or directory）', '没有单位表']
    """
    found, problems = tables.read(path)
    return from_tables(found, problems)


def read_results(paths: Sequence[Path]) -> tuple[list[dict[str, Any]], list[Problem]]:
    """Read results that --json has printed.

    >>> read_results([])
    ([], [])
    """
    found: list[dict[str, Any]] = []
    problems: list[Problem] = []
    for path in paths:
        try:
            result = json.loads(path.read_bytes())
        except OSError as error:
            problems.append(Problem(path.name, f"打不开（{error.strerror}）", "请核对路径"))
            continue
        except ValueError:
            result = None
        if isinstance(result, dict) and isinstance(result.get("rows"), list):
            found.append(result)
        else:
            problems.append(Problem(path.name, "不是--json的结果", "请用--json重新生成"))
    return found, problems


def check(paths: Sequence[Path]) -> list[Problem]:
    """Return every problem of some schemes, and the cycles among them.

    >>> check([])
    []
    """
    problems: list[Problem] = []
    schemes: list[Scheme] = []
    for path in paths:
        scheme, found = read_scheme(path)
        problems += found
        schemes += [scheme] if scheme is not None else []
    return [*problems, *cycles.among(schemes)]
