"""The reference page of the commands shows exactly what `--help` prints.

`ZHENXING_RECORD=1 ./run test src/zhenxing/cli/tests/test_reference.py` writes it anew.
"""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from zhenxing.cli.parsing import parser

if TYPE_CHECKING:
    from collections.abc import Iterator

PAGE = Path(__file__).parents[4] / "docs" / "reference" / "commands.md"
HEAD = """# 命令

`./run zhenxing …` 在站点所在的机器上运行；`--help` 与本页逐字相同，由测试保证。
退出码：0 完成，1 有错误或被拒绝，2 命令写错。
"""


def helps(of: argparse.ArgumentParser) -> Iterator[tuple[str, str]]:
    """Give every command with its help, the outer before the inner."""
    yield of.prog, of.format_help()
    for action in of._actions:
        if isinstance(action, argparse._SubParsersAction):
            for inner in action.choices.values():
                yield from helps(inner)


def test_it_shows_each_command_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    told = "\n".join(f"\n## {prog}\n\n```\n{text.rstrip()}\n```" for prog, text in helps(parser()))
    if os.environ.get("ZHENXING_RECORD"):
        PAGE.write_text(f"{HEAD}{told}\n", encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == f"{HEAD}{told}\n"
