"""Values that need each other: cycles of `let` names and of schemes, told with their path."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from zhenxing.engine.schemes.contents import every_expression
from zhenxing.engine.schemes.scheme import Scheme
from zhenxing.engine.schemes.syntax import Call, Name, Tree, called, names
from zhenxing.kernel.problems import Problem

DEEPEST = 120  # of a chain of `let` names, each as deep as its expression


def problems(scheme: Scheme) -> list[Problem]:
    """Return a problem for each cycle of the scheme's own `let` names and for `score(itself)`."""
    wants = {
        name: [read for read in names(let.tree) if read in scheme.lets]
        for name, let in scheme.lets.items()
    }
    found: list[Problem] = []
    rings = paths(wants)
    found += [] if rings else _too_deep(scheme)
    for path in rings:
        line = scheme.lets[path[0]].line
        what = f"let里的量互相引用：{' → '.join(path)}"
        found.append(Problem(f"{scheme.file} 第{line}行", what, "请改写其中一个，使它不再引用后者"))
    for expression in every_expression(scheme):
        if scheme.id in called(expression.tree, "score"):
            what = f"方案引用了自己：{scheme.id} → {scheme.id}"
            where = f"{scheme.file} 第{expression.line}行"
            found.append(Problem(where, what, "请引用别的方案的总分"))
    return found


def _too_deep(scheme: Scheme) -> list[Problem]:
    """Report `let` names that stand on each other in too long a chain; the reader nests with it."""
    below = {
        name: [(depth, read) for read, depth in _depths(let.tree) if read in scheme.lets]
        for name, let in scheme.lets.items()
    }
    heights = dict.fromkeys(scheme.lets, 0)
    for _ in scheme.lets:
        risen = {
            name: max((depth + heights[read] for depth, read in reads), default=0)
            for name, reads in below.items()
        }
        for name, height in risen.items():
            if height > DEEPEST:
                where = f"{scheme.file} 第{scheme.lets[name].line}行"
                return [Problem(where, f"「{name}」引用的量层层相套，太深了", "请把几层合成一层")]
        if risen == heights:
            break
        heights = risen
    return []


def _depths(tree: Tree) -> list[tuple[str, int]]:
    """Return the names of a tree with how deep they stand."""
    found = []
    pending = [(tree, 1)]
    while pending:
        node, depth = pending.pop()
        if isinstance(node, Name):
            found.append((node.name, depth))
        elif isinstance(node, Call):
            pending += [(each, depth + 1) for each in node.arguments]
    return found


def among(schemes: Sequence[Scheme]) -> list[Problem]:
    """Return a problem for each cycle of schemes that take each other's totals.

    >>> among([])
    []
    """
    known = {scheme.id: scheme for scheme in schemes}
    wants = {
        scheme.id: [
            code
            for code in dict.fromkeys(
                code
                for expression in every_expression(scheme)
                for code in called(expression.tree, "score")
            )
            if code in known and code != scheme.id
        ]
        for scheme in schemes
    }
    return [
        Problem(
            known[path[0]].file,
            f"方案互相引用总分：{' → '.join(path)}",
            "请去掉其中一处score()",
        )
        for path in paths(wants)
    ]


def paths(wants: Mapping[str, Sequence[str]]) -> list[tuple[str, ...]]:
    """Return each cycle once, from its first name back to itself.

    >>> paths({"a": ["b"], "b": ["c"], "c": ["b"], "d": ["d"]})
    [('b', 'c', 'b'), ('d', 'd')]
    """
    found: list[tuple[str, ...]] = []
    done: set[str] = set()
    for start in wants:
        trail: list[str] = []
        pending = [(start, iter(wants[start]))] if start not in done else []
        trail += [start] if pending else []
        while pending:
            following = next(pending[-1][1], None)
            if following is None:
                done.add(pending.pop()[0])
                trail.pop()
            elif following in trail:
                found.append((*trail[trail.index(following) :], following))
            elif following not in done:
                pending.append((following, iter(wants[following])))
                trail.append(following)
    return found
