"""The kinds of rules as an officer chooses them, each with its few cells in Chinese."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from zhenxing.assessment.sheet import cells
from zhenxing.assessment.sheet.cells import Codec
from zhenxing.assessment.sheet.tree import Plain, inline, read

FREE = "text"
Options = tuple[tuple[str, str], ...]
_OF: Options = (("", "按数值"), ("share", "按占目标的百分点"))
_OF_SIDE: Options = (("", "同上"), ("value", "按数值"), _OF[1])


@dataclass(frozen=True)
class RuleCell:
    """One cell of a rule: where its piece stands in the rule, and what the officer reads."""

    name: str
    label: str
    path: tuple[str, ...]
    codec: Codec = cells.TEXT
    options: Options = ()
    hint: str = ""

    @property
    def has_lines(self) -> bool:
        """Whether the cell takes several lines."""
        return self.codec not in {cells.TEXT, cells.FLAG}

    @property
    def is_flag(self) -> bool:
        """Whether the cell is a box to tick."""
        return self.codec == cells.FLAG


def _cell(name: str, label: str, hint: str = "", **more: object) -> RuleCell:
    path = tuple(name.split("."))
    return RuleCell(name.replace(".", "_"), label, path, hint=hint, **more)  # type: ignore[arg-type]  # as named


KINDS: Mapping[str, tuple[str, tuple[RuleCell, ...]]] = MappingProxyType(
    {
        "completion": (
            "按完成率得分",
            (_cell("cap", "最高按", "如 1 或 120%；空着不封顶"), _cell("floor", "最低按", "如 0")),
        ),
        "pass": ("达标得满分，否则不得分", ()),
        "steps": (
            "达标得分，超、欠按步增减",
            (
                _cell("of", "步长按", options=_OF),
                _cell("over.per", "每超", "如 1"),
                _cell("over.add", "加分", "如 0.5"),
                _cell("over.cap", "最多加", "空着不封顶"),
                _cell("under.per", "每欠", "如 1"),
                _cell("under.sub", "扣分", "如 1"),
                _cell("under.floor", "最低得", "如 0"),
                _cell("base", "达标得", "如 80%；空着得满分"),
                _cell("short", "未达标一律得", "空着按步扣"),
                _cell("over.of", "超的步长按", options=_OF_SIDE),
                _cell("under.of", "欠的步长按", options=_OF_SIDE),
                _cell("whole", "不足一步不计", codec=cells.FLAG),
            ),
        ),
        "tiers": (
            "分档得分",
            (
                _cell("measure", "按什么分档", "空着按指标的数；完成率写 100 * x / T"),
                _cell(
                    "bands", "各档，一行一档", "≥100 得 P\n≥80 得 0.75 * P", codec=cells.BANDS
                ),
                _cell("else", "其余得", "如 0"),
            ),
        ),
        "minmax": (
            "功效系数法（组内最差到最好）",
            (_cell("low", "最差得满分的百分之", "如 60"), _cell("high", "最好得百分之", "如 100")),
        ),
        "best_ratio": ("与组内最好的比", ()),
        "rank_steps": (
            "按名次递减",
            (_cell("step", "每降一名扣", "如 0.5"), _cell("floor", "最低得", "如 0")),
        ),
        "rank_between": (
            "按名次等差",
            (_cell("first", "第一名得", "如 100"), _cell("last", "最后一名得", "如 60")),
        ),
        "judged": (
            "评定等次得分",
            (_cell("words", "等次和得分，一行一个", "优良 2\n一般 1\n较差 0", codec=cells.PAIRS),),
        ),
        "ratings": (
            "评委打分",
            (
                _cell("by", "各类评委的权重，一行一类", "专家 0.7\n群众 0.3", codec=cells.PAIRS),
                _cell("scale", "满分制", "空着按100分制"),
                _cell(
                    "drop", "去掉最高最低分",
                    options=(("", "不去"), ("extremes", "各去一个"), ("none", "写明不去")),
                ),
            ),
        ),
        "events": (
            "按事项计件得分",
            (
                _cell("event", "事项名称", "如 项目入库"),
                _cell("each", "每件得", "如 1"),
                _cell(
                    "per", "每",
                    options=(
                        ("", "不限"), ("month", "月"), ("quarter", "季"), ("half", "半年"),
                        ("year", "年"),
                    ),
                ),
                _cell("at_most", "最多计几件", "与上一格一起写"),
                _cell("amount_tiers", "按金额分档，一行一档", "满 10000 得 1", codec=cells.TIERS),
                _cell("cap", "最多得", "空着不封顶"),
            ),
        ),
        "sum": (
            "几部分相加",
            (
                _cell("parts", "一行一部分", "得 2\n当 fai > 0 得 1", codec=cells.PARTS),
                _cell("limit", "封顶", options=(("", "不超过分值"), ("none", "不封顶"))),
            ),
        ),
        "formula": ("按算式", (_cell("formula", "算式", "如 clip(P * x / T, 0, P)"),)),
        FREE: (
            "其他（照方案语言写）",
            (_cell("text", "规则", "{blend: [{share: 0.6, rule: pass}, …]}", codec=cells.TEXT),),
        ),
    }
)  # fmt: skip
BARE = frozenset({"pass", "best_ratio", "completion"})
WHOLE = {"judged": "words", "sum": "parts", "formula": "formula"}  # the rule is that one piece


def shown(rule: Plain) -> tuple[str, dict[str, str]]:
    """Give a rule's kind and cells; the kind `text` where its cells could not hold it."""
    if isinstance(rule, str):
        if rule in BARE:
            return rule, {}
    elif isinstance(rule, dict):
        kind = next((name for name in rule if name in KINDS and name != FREE), "")
        found = _cells_of(kind, rule) if kind else None
        if found is not None and meant(kind, found) == rule:
            return kind, found
    return FREE, {"text": inline(rule)}


def _cells_of(kind: str, rule: dict[str, Plain]) -> dict[str, str] | None:
    found = {}
    for cell in KINDS[kind][1]:
        piece = _piece(kind, rule, cell)
        if piece is None:
            continue
        text = cell.codec.text(piece)
        if text is None:
            return None
        found[cell.name] = text
    return found


def _piece(kind: str, rule: dict[str, Plain], cell: RuleCell) -> Plain | None:
    if kind == "sum" and cell.name == "limit":
        return rule.get("limit")
    piece: Plain | None = rule[kind]
    if WHOLE.get(kind) == cell.name:
        return piece
    for step in cell.path:
        piece = piece.get(step) if isinstance(piece, dict) else None
    return piece


def meant(kind: str, said: Mapping[str, str]) -> Plain:
    """Give the rule that a kind and its cells mean."""
    if kind == FREE or kind not in KINDS:
        text = said.get("text", "").strip()
        found = read(text) if text else ""
        return text if found is None else found
    pieces = {
        cell: cell.codec.meant(said[cell.name].strip())
        for cell in KINDS[kind][1]
        if said.get(cell.name, "").strip()
    }
    if kind in WHOLE:
        return _whole(kind, {cell.name: piece for cell, piece in pieces.items()})
    if not pieces:
        return kind if kind in BARE else {kind: {}}
    return {kind: _nested(pieces)}


def _whole(kind: str, pieces: dict[str, Plain]) -> Plain:
    rule: dict[str, Plain] = {kind: pieces.get(WHOLE[kind], "")}
    return rule | ({"limit": pieces["limit"]} if "limit" in pieces else {})


def _nested(pieces: Mapping[RuleCell, Plain]) -> dict[str, Plain]:
    found: dict[str, Plain] = {}
    for cell, piece in pieces.items():
        place = found
        for step in cell.path[:-1]:
            inner = place.setdefault(step, {})
            assert isinstance(inner, dict)  # noqa: S101  # only cells below one another share a step
            place = inner
        place[cell.path[-1]] = piece
    return found
