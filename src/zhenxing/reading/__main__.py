"""What `zhenxing read FILE` and `python -m zhenxing.reading FILE` take and print."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TextIO

from zhenxing.reading.explain import explain
from zhenxing.reading.loading import load
from zhenxing.reading.reader import read


def options() -> argparse.ArgumentParser:
    """Describe the file and how its reading is printed."""
    given = argparse.ArgumentParser(prog="python -m zhenxing.reading")
    add_options(given)
    return given


def add_options(given: argparse.ArgumentParser) -> None:
    """Describe to any parser the file and how its reading is printed."""
    given.add_argument("file", type=Path, metavar="文件", help="docx、pdf、html、txt、doc、wps")
    given.add_argument("--year", type=int, metavar="年", help="文件说的年度，题目没写时用")
    given.add_argument("--encoding", default="", metavar="编码", help="txt 的编码，如 big5")
    shape = given.add_mutually_exclusive_group()
    shape.add_argument("--json", action="store_true", help="只输出 JSON")
    shape.add_argument("--text", action="store_true", help="只输出读出的正文，偏移以它为准")
    shape.add_argument("--explain", type=int, metavar="偏移", help="说明该处为什么这样读")


def tell(
    asked: argparse.Namespace, out: TextIO, indicators: Sequence[Mapping[str, object]] = ()
) -> int:
    """Print the reading of a file: JSON, its text, or why a character was read so."""
    loaded = load(asked.file.read_bytes(), asked.file.name, encoding=asked.encoding)
    if asked.text:
        out.write(loaded.text)
        return 0
    reading = read(loaded.text, year=asked.year, indicators=indicators)
    if asked.explain is not None:
        out.write("\n".join(explain(reading, asked.explain)) + "\n")
        return 0
    if asked.json:
        out.write(json.dumps(reading.as_json(), ensure_ascii=False, indent=1) + "\n")
        return 0
    lines = [f"{fact.start}\t{fact.kind}\t{fact.subject}\t{fact.quote}" for fact in reading.facts]
    lines += [problem.sentence for problem in (*loaded.problems, *reading.problems)]
    out.write("\n".join(lines) + "\n")
    return 0


def main(arguments: list[str], out: TextIO) -> int:
    """Read one file as the arguments say."""
    return tell(options().parse_args(arguments), out)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], sys.stdout))
