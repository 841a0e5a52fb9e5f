"""`python -m zhenxing.engine.schemes SCHEME FACTS`: score without the site."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from zhenxing.engine.schemes import explaining, files, results, runs, scoring, telling
from zhenxing.kernel.problems import Problem

DONE, REFUSED = 0, 1


def main(arguments: Sequence[str] | None = None) -> int:
    """Score, print, and give the exit code: 1 where nothing could be scored."""
    given = _parser().parse_args(arguments)
    scheme, problems = files.read_scheme(given.scheme)
    others, more = files.read_results(given.others)
    previous, still_more = files.read_results(given.previous)
    problems = [*problems, *more, *still_more]
    if scheme is None:
        _print(_refusal(problems, as_json=given.json))
        return REFUSED
    inputs = runs.Inputs(given.period, others, previous)
    this = scoring.run(scheme, files.read_facts(given.facts), inputs)
    this.result = replace(this.result, problems=(*problems, *this.result.problems))
    if given.explain:
        return _explain(this, given.explain)
    as_json = json.dumps(this.result.as_json(), ensure_ascii=False, indent=1)
    _print(as_json if given.json else telling.run_text(this))
    return DONE if this.compiled is not None else REFUSED


def _explain(this: runs.Run, unit: str) -> int:
    explanation = explaining.explained(this, unit)
    if explanation is None:
        known = "、".join(this.units) or "（没有）"
        _print(f"「{unit}」不在计分单位里；请改为{known}。")
        return REFUSED
    _print(telling.explanation_text(explanation))
    return DONE


def _refusal(problems: Sequence[Problem], *, as_json: bool) -> str:
    if not as_json:
        return "\n".join(problem.sentence for problem in problems)
    empty = {"scheme": None, "period": None, "rows": [], "problems": results.told(problems)}
    return json.dumps(empty, ensure_ascii=False, indent=1)


def _print(text: str) -> None:
    sys.stdout.write(f"{text}\n")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m zhenxing.engine.schemes")
    parser.add_argument("scheme", type=Path)
    parser.add_argument("facts", type=Path)
    parser.add_argument("--period")
    parser.add_argument("--explain", metavar="UNIT")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--with", dest="others", type=Path, action="append", default=[])
    parser.add_argument("--previous", type=Path, action="append", default=[])
    return parser


if __name__ == "__main__":
    sys.exit(main())
