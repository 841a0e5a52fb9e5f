"""`zhenxing score`, `compare`, `scheme`, `robust`, `simulate`: schemes on files, without a site."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from importlib.metadata import version
from typing import TYPE_CHECKING

from zhenxing.cli.chinese import tell
from zhenxing.engine import schemes
from zhenxing.engine.schemes import reference, results, telling
from zhenxing.kernel.periods import Period
from zhenxing.kernel.problems import Problem, errors
from zhenxing.operations.refusing import OperationRefusedError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence
    from pathlib import Path

    from zhenxing.engine.schemes import Facts, Inputs, Run, Scheme

DONE, REFUSED, WRONG = 0, 1, 2
MONTHS = 12
INDEX = "index.yaml"  # what a pack calls the list of its schemes


def score(given: argparse.Namespace) -> int:
    """Score facts by a scheme: the ranked table, one unit's account, JSON or a workbook."""
    if given.xlsx and (given.json or given.explain):
        return _wrong("score", "--xlsx 单独用，不和 --json、--explain 一起")
    try:
        this = _scored(given)
    except OperationRefusedError as refused:
        if given.json:
            _print_json({"scheme": None, "period": None, "rows": [],
                         "problems": results.told(refused.problems)})  # fmt: skip
            return REFUSED
        raise
    if given.explain:
        return _explain(this, given.explain, as_json=given.json)
    if given.xlsx:
        return _workbook(this, given.xlsx)
    if given.json:
        _print_json(this.result.as_json())
    else:
        print(telling.run_text(this))
        _hint(this)
    return DONE


def _hint(this: Run) -> None:
    """Where every total is held and the figures end earlier, say to what period they reach."""
    cuts = [cut for cells in this.facts.figures.values() for cut, _ in cells]
    if any(row.total for row in this.result.rows) or not cuts:
        return
    last = Period.month(max(cuts) // MONTHS, max(cuts) % MONTHS + 1)
    if str(last) != this.result.period and this.scheme.first <= max(cuts) < this.scheme.last:
        tell(f"没有一个单位有总分；数只到{last.label}，要算到那时请加 --period {last}。")


def compare(given: argparse.Namespace) -> int:
    """Tell why ranks moved between two results."""
    old, new = _results([given.old, given.new])
    try:
        moves = schemes.compare(old, new)
    except schemes.ComparisonError as error:
        raise _refused(f"{given.old.name}、{given.new.name}", error) from error
    if given.json:
        _print_json({"old": old["period"], "new": new["period"],
                     "moves": [move.as_json() for move in moves]})  # fmt: skip
        return DONE
    names: dict[str, str] = {}
    if given.scheme:
        names |= {item.id: item.name for item in _scheme(given.scheme)[0].items}
    if given.facts:
        names |= {unit.code: unit.name for unit in _facts(given.facts).units.values()}
    print(telling.comparison_text(moves, names) or "没有在两份结果里都排了名的单位。")
    return DONE


def scheme(given: argparse.Namespace) -> int:
    """Check schemes, show one as the table of a document, or print the language."""
    if given.act == "docs":
        return _docs(given.to)
    if given.act == "show":
        print(schemes.show(_scheme(given.file)[0]))
        return DONE
    return _checked([path for path in given.files if not _is_index(path)])


def _checked(files: Sequence[Path]) -> int:
    problems = schemes.check(files)
    for problem in problems:
        print(f"{'' if problem.is_error else '提示：'}{problem.sentence}")
    if not problems and files:
        print(f"检查了{len(files)}份方案，没有问题。")
    return REFUSED if errors(problems) else DONE


def _is_index(path: Path) -> bool:
    """Whether a file is a county's list of its schemes; told, for it is not checked."""
    is_index = path.name == INDEX and path.is_file()
    if is_index:
        print(f"{path.name} 是各方案的目录，不是方案，跳过。")
    return is_index


def robust(given: argparse.Namespace) -> int:
    """Tell how firm a ranking is."""
    shaking = schemes.Shaking(given.noise, given.runs, given.seed)
    answer = schemes.robust(_scored(given), shaking)
    if errors(answer.problems):
        raise OperationRefusedError(*answer.problems)
    if given.json:
        _print_json(answer.as_json())
    else:
        print(telling.robustness_text(answer))
    return DONE


def simulate(given: argparse.Namespace) -> int:
    """Lay a new scheme's outcome beside an old result."""
    if not given.against and not given.old:
        return _wrong("simulate", "--against 和 --old 要写一个")
    new, _ = _scheme(given.scheme)
    old = _scheme(given.old)[0] if given.old else None
    against = _results([given.against])[0] if given.against else None
    try:
        found = schemes.simulate(new, _facts(given.facts), _inputs(given), against=against, old=old)
    except schemes.ComparisonError as error:
        raise _refused(given.against.name if given.against else "--old", error) from error
    if not found.is_scored:
        raise OperationRefusedError(*found.problems)
    if given.json:
        _print_json(found.as_json())
    else:
        print(telling.simulation_text(found))
    return DONE


def _scored(given: argparse.Namespace) -> Run:
    """Score, with what was wrong with the scheme before what is wrong with the facts."""
    found, problems = _scheme(given.scheme)
    this = schemes.run(found, _facts(given.facts), _inputs(given))
    this.result = replace(this.result, problems=(*problems, *this.result.problems))
    if this.compiled is None:
        raise OperationRefusedError(*this.result.problems)
    return this


def _scheme(path: Path) -> tuple[Scheme, list[Problem]]:
    found, problems = schemes.read_scheme(path)
    if found is None:
        raise OperationRefusedError(*problems)
    return found, problems


def _facts(path: Path) -> Facts:
    facts = schemes.read_facts(path)
    if facts.units:
        return facts
    nobody = Problem(str(path), "没有一个可以计分的单位", "请核对单位表units")
    raise OperationRefusedError(*facts.problems, nobody)


def _inputs(given: argparse.Namespace) -> Inputs:
    others = _results(given.others)
    previous = _results(given.previous)
    return schemes.Inputs(given.period, others, previous)


def _results(paths: Sequence[Path]) -> list[dict[str, object]]:
    found, problems = schemes.read_results(paths)
    if problems:
        raise OperationRefusedError(*problems)
    return found


def _explain(this: Run, unit: str, *, as_json: bool) -> int:
    explanation = schemes.explained(this, unit)
    if explanation is None:
        known = "、".join(f"{each.code}{each.name}" for each in this.units.values())
        tell(f"--explain：「{unit}」不在计分单位里；请写其中一个的编码：{known}。")
        return REFUSED
    if as_json:
        _print_json(explanation.as_json())
    else:
        print(telling.explanation_text(explanation))
    return DONE


def _workbook(this: Run, path: Path) -> int:
    """Write the workbook; it is dated by the scheme's window, so equal results give equal bytes."""
    from zhenxing.engine.schemes import workbook as pages  # noqa: PLC0415  # only workbooks need it
    from zhenxing.writing.workbook import workbook  # noqa: PLC0415  # openpyxl is slow to load

    last = this.scheme.last
    data = workbook(
        pages.pages(this, version("zhenxing")), title=this.scheme.name, issuer=this.scheme.basis,
        created=datetime(last // MONTHS, last % MONTHS + 1, 1, tzinfo=UTC),
    )  # fmt: skip
    try:
        path.write_bytes(data)
    except OSError as error:
        raise OperationRefusedError(_unwritten(path, error)) from error
    print(f"已写成 {path}：{len(this.units)}个单位，问题{len(this.result.problems)}条。")
    return DONE


def _docs(to: Path | None) -> int:
    if to is None:
        print(reference.text(), end="")
        return DONE
    try:
        to.write_text(reference.text(), encoding="utf-8")
    except OSError as error:
        raise OperationRefusedError(_unwritten(to, error)) from error
    print(f"已写成 {to}。")
    return DONE


def _unwritten(path: Path, error: OSError) -> Problem:
    return Problem(str(path), f"写不进去（{error.strerror}）", "请核对路径和权限")


def _refused(where: str, error: Exception) -> OperationRefusedError:
    what, _, next_ = str(error).rstrip("。").partition("；")
    return OperationRefusedError(Problem(where, what, next_))


def _wrong(command: str, sentence: str) -> int:
    tell(f"{sentence}；请看 zhenxing {command} --help。")
    return WRONG


def _print_json(told: object) -> None:
    print(json.dumps(told, ensure_ascii=False, indent=1))
