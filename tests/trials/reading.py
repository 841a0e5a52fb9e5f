"""Texts and files drawn from a seed: nothing raises, quotes are exact, sound numbers stay.

Each case reads a text twice, a text whose last number is sound, and the bytes of a file: noise,
text in some encoding, a web page, and damaged Word and PDF files. A case is told by its seed.
"""

from __future__ import annotations

import argparse
import signal
import sys
import time
import traceback
from collections.abc import Iterator
from random import Random

from zhenxing.reading.tests import hostile

SHOWN = 20
LONGEST_SECONDS = 20.0
EVERY = 1000


class TooLongError(BaseException):
    """A case that takes too long; no part of the reader may take it for a fault of the file."""


def faults(seed: int, *, with_files: bool) -> Iterator[str]:
    """Say what did not hold in one case."""
    random = Random(seed)  # noqa: S311  # a draw that can be repeated, no secret
    given = hostile.text(random)
    yield from hostile.faults_of_text(given, random.randrange(len(given) + 1))
    yield from hostile.faults_of_number(*hostile.sound(random))
    if with_files:
        yield from hostile.faults_of_file(*hostile.file(random))


def play(seed: int, *, with_files: bool) -> list[str]:
    """Run one case; what it raises, and a case that takes too long, are faults."""
    signal.setitimer(signal.ITIMER_PROF, LONGEST_SECONDS)
    try:
        return list(faults(seed, with_files=with_files))
    except (Exception, TooLongError):  # noqa: BLE001  # whatever it is, it is the fault we look for
        return [traceback.format_exc(limit=-3)]
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def stop(_signal: int, _frame: object) -> None:
    """End a case that takes too long."""
    raise TooLongError(f"{LONGEST_SECONDS:.0f}秒还没有读完")


def main() -> int:
    """Run the cases; 0 only if all of them held."""
    parser = argparse.ArgumentParser(
        prog="./run trial reading", description="任意文字、任意字节：不出错、引文准、好数不改"
    )
    parser.add_argument("--cases", type=int, default=100_000, help="多少个")
    parser.add_argument("--seed", type=int, default=0, help="从第几个起")
    parser.add_argument("--without-files", action="store_true", help="只读文字，不读文件")
    given = parser.parse_args()
    signal.signal(signal.SIGPROF, stop)
    began, bad = time.monotonic(), 0
    for count, seed in enumerate(range(given.seed, given.seed + given.cases), 1):
        found = play(seed, with_files=not given.without_files)
        bad += bool(found)
        if found and bad <= SHOWN:
            print(f"第{seed}个：{'；'.join(found[:3])}", flush=True)
        if count % EVERY == 0:
            print(f"{count}个，{bad}个不对，{time.monotonic() - began:.0f}秒", flush=True)
    print(f"共{given.cases}个，{bad}个不对，{time.monotonic() - began:.0f}秒。")
    return 1 if bad or not given.cases else 0


if __name__ == "__main__":
    sys.exit(main())
