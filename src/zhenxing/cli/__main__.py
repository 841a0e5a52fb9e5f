"""The `zhenxing` command: finds what was asked for, starts Django where it is needed."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from typing import TYPE_CHECKING

from zhenxing.cli.chinese import tell
from zhenxing.cli.parsing import parser
from zhenxing.cli.starting import start
from zhenxing.operations.refusing import OperationRefusedError
from zhenxing.reading import __main__ as reading

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

DONE, REFUSED, WRONG = 0, 1, 2
SILENCED = 141  # as a shell counts a program whose reader went away
# Where each command is done; those outside `commands` name their site themselves.
PLACES = {
    "init": "zhenxing.cli.beginning",
    "restore": "zhenxing.cli.returning",
    "backup": "zhenxing.cli.keeping",
    "drill": "zhenxing.cli.keeping",
    "upgrade": "zhenxing.cli.keeping",
    **dict.fromkeys(("score", "compare", "scheme", "robust", "simulate"), "zhenxing.cli.scoring"),
}
# They name their site themselves, or need none.
WITHOUT_SITE = {"init", "restore", "score", "compare", "scheme", "robust", "simulate"}
# These make or change the database themselves, or only its roles.
MAKES_ITS_DATABASE = {"setup-demo", "upgrade", "pack", "database"}


def main(arguments: list[str] | None = None) -> int:
    """Run one command and give its exit code."""
    try:
        code = _run(arguments)
        sys.stdout.flush()
    except BrokenPipeError:  # `zhenxing month … | head` has read enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return SILENCED
    except KeyboardInterrupt:
        tell("已停下，没有做完的不会留下。")
        return 130
    return code


def _run(arguments: list[str] | None) -> int:
    top = parser()
    given = top.parse_args(arguments)
    if given.command is None:
        top.print_help()
        return DONE
    try:
        return _read(given) if given.command == "read" else _done(given)
    except OperationRefusedError as refused:
        for problem in refused.problems:
            tell(problem.sentence)
        return REFUSED


def _done(given: argparse.Namespace) -> int:
    place = PLACES.get(given.command, "zhenxing.cli.commands")
    name = given.command.replace("-", "_")
    if given.command in WITHOUT_SITE:
        return int(getattr(import_module(place), name)(given))
    start()
    refusals = import_module("zhenxing.cli.refusals")
    if given.command not in MAKES_ITS_DATABASE:
        refusals.require_database()
    run: Callable[[argparse.Namespace], int] = getattr(import_module(place), name)
    with refusals.database_problems_told():
        return run(given)


def _read(given: argparse.Namespace) -> int:
    """Read a file, which needs no site; only packs need the parts that know what they hold."""
    try:
        if given.pack is None and given.base is None:
            return reading.tell(given, sys.stdout)
        start()
        return int(import_module("zhenxing.cli.drafting").read(given))
    except OSError as error:
        tell(f"打不开文件「{given.file}」：{error.strerror}；请核对路径。")
        return WRONG


if __name__ == "__main__":
    sys.exit(main())
