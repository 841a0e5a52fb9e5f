"""Characters a second of the reader, and a ten-page document warm.

Beside it what other packages find of the same numbers: cn2an, which knows Chinese numerals only,
and recognizers-text where it is installed (by hand: it needs `emoji<2` and has parts without
wheels).
"""

from __future__ import annotations

import importlib
import importlib.util
import time
import warnings
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import yaml

from zhenxing.reading.numerals import chinese_number
from zhenxing.reading.quantities import scan
from zhenxing.reading.reader import read
from zhenxing.reading.tests.labels import PAPERS, Label, labelled

ROOT = Path(__file__).parents[1]
CHARACTERS_A_PAGE = 22 * 28
PAGES = 10
ROUNDS = 5
MOST_SECONDS = 0.3

Span = tuple[int, int, Decimal]
Finder = Callable[[str], list[Span]]


def main() -> None:
    """Print the speed and say whether ten pages keep to their time."""
    papers = [labelled(path) for path in sorted(PAPERS.glob("*.txt"))]
    rows = yaml.safe_load((ROOT / "packs/heshan/indicators.yaml").read_text("utf-8"))["indicators"]
    whole = "\n".join(text for text, _ in papers)
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
    compare(papers, ten_pages)


def best(work: Callable[[], object]) -> float:
    """Return the shortest of a few rounds, in seconds."""
    times = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        work()
        times.append(time.perf_counter() - began)
    return min(times)


def compare(papers: list[tuple[str, list[Label]]], ten_pages: str) -> None:
    """Say how many labelled numbers each finds, and how long it takes over ten pages."""
    finders: dict[str, Finder] = {"zhenxing": ours}
    if importlib.util.find_spec("recognizers_number"):
        finders["recognizers-text"] = theirs()
    else:
        print("recognizers-text is not installed: see the head of this file")
    for name, find in finders.items():
        wanted = found = others = 0
        for text, labels in papers:
            spans = find(text)
            numbers = [each for each in labels if each.base is not None and each.kind != "deadline"]
            wanted += len(numbers)
            found += sum(has(each, spans) for each in numbers)
            others += sum(not on_label(span, labels) for span in spans)
        seconds = best(lambda find=find: find(ten_pages))  # type: ignore[misc]  # bound now
        print(
            f"{name:18} {found} of {wanted} labelled numbers, {others} elsewhere; "
            f"ten pages in {seconds:.3f} s"
        )
    numerals([text for text, _ in papers], ten_pages)


def has(label: Label, spans: list[Span]) -> bool:
    """Whether one of the spans lies on the label and has its value."""
    return any(
        start < label.end and label.start < end and value == label.base
        for start, end, value in spans
    )


def on_label(span: Span, labels: list[Label]) -> bool:
    """Whether a span lies on any label; what lies on none is a date, a list number or the like."""
    return any(span[0] < label.end and label.start < span[1] for label in labels)


def ours(text: str) -> list[Span]:
    """Find numbers with the reader."""
    return [
        (each.start, each.end, each.value_base)
        for each in read(text).facts
        if each.value_base is not None
    ]


def theirs() -> Finder:
    """Find numbers and percentages with recognizers-text."""
    library = importlib.import_module("recognizers_number")

    def find(text: str) -> list[Span]:
        found = [
            *library.recognize_number(text, "zh-cn"),
            *library.recognize_percentage(text, "zh-cn"),
        ]
        return [
            (each.start, each.end + 1, Decimal(str(each.resolution["value"]).rstrip("%")))
            for each in found
            if each.resolution and each.resolution.get("value")
        ]

    return find


def numerals(texts: list[str], ten_pages: str) -> None:
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
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of every 万 that stands without a number
        seconds = best(lambda: other.transform(ten_pages, "cn2an"))
    print(
        f"Chinese numerals: {len(found)} found by zhenxing, cn2an reads {same} of them alike "
        f"and rewrites ten pages in {seconds:.3f} s"
    )


if __name__ == "__main__":
    main()
