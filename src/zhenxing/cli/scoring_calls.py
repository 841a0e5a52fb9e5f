"""What the commands of assessment schemes take; kept apart so that no command loads the engine."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    import argparse

    from zhenxing.cli.chinese import Parser

    Commands: TypeAlias = argparse._SubParsersAction[Parser]


def describe(commands: Commands) -> None:
    """Describe every command of schemes."""
    score = commands.add_parser("score", help="按考核方案计分、排名、定等次，不用建站")
    _describe_scoring(score)
    score.add_argument("--explain", metavar="单位", help="逐项说明一个单位的得分，如 T01")
    score.add_argument("--json", action="store_true", help="只输出 JSON")
    score.add_argument("--xlsx", type=Path, metavar="文件", help="写成可签字的 Excel 工作簿")

    compare = commands.add_parser("compare", help="两份结果之间名次为什么变")
    compare.add_argument("old", type=Path, metavar="旧.json", help="score --json 的结果")
    compare.add_argument("new", type=Path, metavar="新.json", help="score --json 的结果")
    compare.add_argument("--scheme", type=Path, metavar="方案.yaml", help="用它的分项名称")
    compare.add_argument("--facts", type=Path, metavar="数据", help="用它的单位名称")
    compare.add_argument("--json", action="store_true", help="只输出 JSON")

    _describe_schemes(commands)
    _describe_trying(commands)


def _describe_scoring(given: argparse.ArgumentParser) -> None:
    given.add_argument("scheme", type=Path, metavar="方案.yaml", help="考核方案")
    given.add_argument(
        "facts", type=Path, metavar="数据", help="CSV 文件夹或工作簿：单位、数、目标、事项、评分"
    )
    _describe_inputs(given)


def _describe_inputs(given: argparse.ArgumentParser) -> None:
    given.add_argument("--period", metavar="期间", help="算到哪一期，如 2023-10，默认到考核期末")
    given.add_argument(
        "--with", dest="others", type=Path, action="append", default=[], metavar="结果.json",
        help="方案里 score() 引用的别的方案的结果，可多次",
    )  # fmt: skip
    given.add_argument(
        "--previous", type=Path, action="append", default=[], metavar="结果.json",
        help="本方案以前的结果，近的在前，可多次",
    )  # fmt: skip


def _describe_schemes(commands: Commands) -> None:
    scheme = commands.add_parser("scheme", help="考核方案：检查、按文件的表显示、写法说明")
    acts = scheme.add_subparsers(dest="act", required=True, title="动作", metavar="动作")
    check = acts.add_parser("check", help="检查，一次列出所有问题")
    check.add_argument("files", type=Path, nargs="+", metavar="方案.yaml")
    show = acts.add_parser("show", help="按印发文件的表显示：板块、分项、分值、办法、责任部门")
    show.add_argument("file", type=Path, metavar="方案.yaml")
    docs = acts.add_parser("docs", help="方案怎么写：每种规则、每个函数")
    docs.add_argument("--to", type=Path, metavar="文件", help="写到文件")


def _describe_trying(commands: Commands) -> None:
    robust = commands.add_parser("robust", help="名次稳不稳：分值浮动、去掉一项、退出一个单位")
    _describe_scoring(robust)
    robust.add_argument(
        "--noise", type=number, default=Decimal(20), metavar="百分数", help="分值上下浮动，默认 20"
    )
    robust.add_argument("--runs", type=int, default=1000, metavar="次数", help="默认 1000")
    robust.add_argument(
        "--seed", type=int, default=1, metavar="种子", help="同一种子结果相同，默认 1"
    )
    robust.add_argument("--json", action="store_true", help="只输出 JSON")

    simulate = commands.add_parser("simulate", help="新方案印发前，在旧数上试算，与旧结果并排")
    simulate.add_argument("scheme", type=Path, metavar="新方案.yaml")
    simulate.add_argument(
        "--on", dest="facts", type=Path, required=True, metavar="数据", help="CSV 文件夹或工作簿"
    )
    beside = simulate.add_mutually_exclusive_group()
    beside.add_argument("--against", type=Path, metavar="结果.json", help="旧方案的结果")
    beside.add_argument("--old", type=Path, metavar="旧方案.yaml", help="旧方案，在同样的数上算")
    _describe_inputs(simulate)
    simulate.add_argument("--json", action="store_true", help="只输出 JSON")


def number(text: str) -> Decimal:
    """Read a finite number; argparse tells of the ValueError.

    >>> number("12.5")
    Decimal('12.5')
    """
    try:
        value = Decimal(text)
    except InvalidOperation as error:
        raise ValueError(text) from error
    if not value.is_finite():
        raise ValueError(text)
    return value
