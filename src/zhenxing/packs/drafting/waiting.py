"""What no file of a pack holds yet, or may not hold: figures for reference, tasks, projects."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from zhenxing.packs.drafting.paper import Paper, beside
from zhenxing.packs.folders import WAITING
from zhenxing.packs.writing import one_line
from zhenxing.reading.results import Fact

FIGURES, TASKS, PROJECTS = (f"{WAITING}{name}.yaml" for name in ("figures", "tasks", "projects"))
KINDS = {"actual": "完成数", "change": "增减", "rank": "位次"}
SOURCES = {"arrangement": "安排", "problem": "存在的问题"}
WAIT = "检查和导入都不读 waiting 里的文件"


def figures(paper: Paper, facts: Iterable[Fact]) -> str:
    """List the figures a paper tells: a reference, never a figure that counts."""
    lines = [beside(f"- {one_line(_figure(fact))}", paper.of_fact(fact)) for fact in facts]
    head = f"# 文件里说到的数，只供核对；数由填报、核定进入，不由文件进入。{WAIT}。\n"
    return _whole(head, lines)


def tasks(paper: Paper) -> str:
    """List the tasks, each in the paper's own words."""
    lines = []
    for each in paper.reading.tasks:
        told = {"what": each.quote, "owner": each.owner, "due": each.due}
        line = one_line({name: value for name, value in told.items() if value})
        remark = paper.remark(each.start, each.verb, SOURCES[each.source])
        lines.append(beside(f"- {line}", remark))
    return _whole(f"# 文件里的任务，等交办那一部分来接。{WAIT}。\n", lines)


def projects(paper: Paper) -> str:
    """List the projects with amount, stage and obstacle as the paper tells them."""
    lines = []
    for each in paper.reading.projects:
        told = {
            "name": each.name,
            "amount": each.amount,
            "stage": each.stage,
            "obstacle": each.obstacle,
        }
        line = one_line({name: value for name, value in told.items() if value})
        lines.append(beside(f"- {line}", paper.remark(each.start, each.quote)))
    return _whole(f"# 文件里的项目，等项目台账那一部分来接。{WAIT}。\n", lines)


def _figure(fact: Fact) -> dict[str, object]:
    told = dict(_told(fact))
    return {name: value for name, value in told.items() if value not in (None, "")}


def _told(fact: Fact) -> Iterator[tuple[str, object]]:
    yield "subject", fact.subject
    yield "indicator", fact.indicator
    yield "kind", KINDS[fact.kind]
    yield "period", fact.period
    if fact.masked:
        yield "masked", True
    else:
        yield "value", fact.value
        yield "high", fact.value_high
    yield "unit", fact.unit
    yield "change", {"increase": "增", "decrease": "减"}.get(fact.change or "")
    yield "comparator", fact.comparator if fact.comparator != "=" else ""


def _whole(head: str, lines: list[str]) -> str:
    return head + "\n".join(lines) + "\n" if lines else ""
