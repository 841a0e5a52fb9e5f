"""A nation's month: the scheme language beside SQL by hand, pandas, polars, NumPy and pymcdm.

    ./run benchmark nation [--towns 38600] [--rounds 5]

38 600 towns in 2 850 counties, 100 indicators, six months of two years: 46 million figures, made
here from one seed, in a folder that is deleted. Each engine is its own process, start included;
rounds are interleaved; medians. Totals and ranks must be those of the SQL, in every digit.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

PARTIAL = {"pymcdm"}
Answers = dict[str, dict[int, tuple[int, int]]]


def main() -> int:
    """Measure and print; 1 where an engine's answer is wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--towns", type=int, default=38600)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--engines", default="")
    parser.add_argument("--one", nargs=2, help=argparse.SUPPRESS)
    parser.add_argument("--make", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.make:
        return _make(Path(arguments.make), arguments.towns)
    from benchmarks.nationwide.peers import ENGINES  # noqa: PLC0415  # after the path above

    if arguments.one:
        return _one(ENGINES[arguments.one[0]], Path(arguments.one[1]))
    names = arguments.engines.split(",") if arguments.engines else list(ENGINES)
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        # In a process of its own: a process starts with the peak memory of the one it comes from.
        made = [sys.executable, __file__, "--make", folder, "--towns", str(arguments.towns)]
        subprocess.run(made, check=True)
        measured = _measured(names, place, arguments.rounds)
    return _print(measured, arguments.towns)


def _make(folder: Path, towns: int) -> int:
    from benchmarks.nationwide.data import scheme_text, write_nation  # noqa: PLC0415  # needs NumPy

    began = time.perf_counter()
    write_nation(folder, towns)
    (folder / "nation.yaml").write_text(scheme_text(), encoding="utf-8")
    size = (folder / "figures.parquet").stat().st_size / 1e6
    print(f"{towns} towns made in {time.perf_counter() - began:.1f} s, figures {size:.0f} MB")
    return 0


def _one(engine: Any, folder: Path) -> int:  # noqa: ANN401  # one of the engines
    began = time.perf_counter()
    answer = engine(folder)
    inner = time.perf_counter() - began
    Path(os.environ["ANSWER"]).write_text(json.dumps([inner, answer]), encoding="utf-8")
    return 0


def _measured(names: list[str], folder: Path, rounds: int) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {
        name: {"wall": [], "cpu": [], "peak": 0.0, "inner": [], "answer": {}} for name in names
    }
    for number in range(rounds):
        for name in names[number % len(names) :] + names[: number % len(names)]:
            each = found[name]
            answer = folder / "answer.json"
            began = time.perf_counter()
            process = subprocess.Popen(
                [sys.executable, __file__, "--one", name, str(folder)],
                env={**os.environ, "ANSWER": str(answer)},
            )
            _, status, usage = os.wait4(process.pid, 0)
            each["wall"].append(time.perf_counter() - began)
            if status:
                raise SystemExit(f"{name} failed")
            each["cpu"].append(usage.ru_utime + usage.ru_stime)
            each["peak"] = max(each["peak"], usage.ru_maxrss / 1024)
            inner, told = json.loads(answer.read_bytes())
            each["inner"].append(inner)
            each["answer"] = {town: (total, rank) for town, total, rank in told}
    return found


def _print(measured: dict[str, dict[str, Any]], towns: int) -> int:
    unit = measured.get("sql")
    print(f"{'engine':10}{'wall s':>8}{'min–max':>14}{'inner':>7}{'CPU s':>7}{'MB':>7}", end="")
    print(f"{'× sql':>8}{'CPU × sql':>11}   totals and ranks that differ from the SQL's")
    wrong = 0
    for name, each in measured.items():
        wall, cpu = statistics.median(each["wall"]), statistics.median(each["cpu"])
        ends = f"{min(each['wall']):.2f}–{max(each['wall']):.2f}"
        line = f"{name:10}{wall:8.2f}{ends:>14}{statistics.median(each['inner']):7.2f}{cpu:7.2f}"
        line += f"{each['peak']:7.0f}"
        if unit is not None:
            line += f"{wall / statistics.median(unit['wall']):8.2f}"
            line += f"{cpu / statistics.median(unit['cpu']):11.2f}   "
            line += _differing(name, each["answer"], unit["answer"], towns)
        print(line)
        wrong += name == "zhenxing" and unit is not None and each["answer"] != unit["answer"]
    return int(wrong > 0)


def _differing(name: str, answer: dict[int, Any], other: dict[int, Any], towns: int) -> str:
    if name in PARTIAL:
        return "the min–max part only"
    exact = sum(answer[town][0] != other[town][0] for town in other)
    near = sum(abs(answer[town][0] - other[town][0]) > 1 for town in other)
    ranks = sum(answer[town][1] != other[town][1] for town in other)
    return f"{exact} totals ({near} by more than 1e-9), {ranks} ranks of {towns}"


if __name__ == "__main__":
    raise SystemExit(main())
