"""Characters a second of the reader, and a ten-page document warm.

`python benchmarks/reading.py`; where cn2an is installed, how many Chinese numerals it reads alike.
"""

from __future__ import annotations

import importlib
import importlib.util
import time
from collections.abc import Callable
from pathlib import Path

import yaml

from zhenxing.reading.numerals import chinese_number
from zhenxing.reading.quantities import scan
from zhenxing.reading.reader import read
from zhenxing.reading.tests.labels import PAPERS, labelled

ROOT = Path(__file__).parents[1]
CHARACTERS_A_PAGE = 22 * 28
PAGES = 10
ROUNDS = 5
MOST_SECONDS = 0.3


def main() -> None:
    """Print the speed and say whether ten pages keep to their time."""
    texts = [labelled(path)[0] for path in sorted(PAPERS.glob("*.txt"))]
    rows = yaml.safe_load((ROOT / "packs/heshan/indicators.yaml").read_text("utf-8"))["indicators"]
    whole = "\n".join(texts)
    ten_pages = (whole * (1 + PAGES * CHARACTERS_A_PAGE // len(whole)))[: PAGES * CHARACTERS_A_PAGE]
    read(ten_pages, indicators=rows)
    plain = best(lambda: read(ten_pages))
    matched = best(lambda: read(ten_pages, indicators=rows))
    print(f"ten pages, {len(ten_pages)} characters, warm")
    print(
        f"  read                        {plain:.3f} s  {len(ten_pages) / plain:,.0f} characters/s"
    )
    print(f"  read, {len(rows)} indicators matched {matched:.3f} s  "
          f"{len(ten_pages) / matched:,.0f} characters/s")  # fmt: skip
    print(f"  keeps to {MOST_SECONDS} s: {'yes' if matched <= MOST_SECONDS else 'NO'}")
    compare(texts)


def best(work: Callable[[], object]) -> float:
    """Return the shortest of a few rounds, in seconds."""
    times = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        work()
        times.append(time.perf_counter() - began)
    return min(times)


def compare(texts: list[str]) -> None:
    """Read the papers' Chinese numerals with cn2an too, where it is installed."""
    if importlib.util.find_spec("cn2an") is None:
        print("cn2an is not installed: nothing to compare with")
        return
    other = importlib.import_module("cn2an")
    found = [
        t[q.start : q.end].rstrip("元亩人个户家")
        for t in texts
        for q in scan(t).quantities
        if q.numeral
    ]
    same = 0
    for numeral in found:
        try:
            same += chinese_number(numeral) == other.cn2an(numeral, "smart")
        except ValueError:
            continue
    print(f"Chinese numerals: {len(found)} found, cn2an reads {same} of them alike")


if __name__ == "__main__":
    main()
