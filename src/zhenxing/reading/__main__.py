"""Read one file from the command line: `python -m zhenxing.reading FILE --json`."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TextIO

from zhenxing.reading.explain import explain
from zhenxing.reading.loading import load
from zhenxing.reading.reader import read


def main(arguments: list[str], out: TextIO) -> int:
    """Print the reading of a file: JSON, its text, or why a character was read so."""
    parser = argparse.ArgumentParser(prog="python -m zhenxing.reading")
    parser.add_argument("file", type=Path)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--text", action="store_true")
    parser.add_argument("--year", type=int)
    parser.add_argument("--encoding", default="")
    parser.add_argument("--explain", type=int, metavar="CHARACTER")
    asked = parser.parse_args(arguments)
    loaded = load(asked.file.read_bytes(), asked.file.name, encoding=asked.encoding)
    if asked.text:
        out.write(loaded.text)
        return 0
    reading = read(loaded.text, year=asked.year)
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


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], sys.stdout))
