"""Deadlines as facts and as rules: who has to do what by when."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

from zhenxing.reading.clauses import Ground
from zhenxing.reading.dates import Due, deadlines
from zhenxing.reading.healing import Healed
from zhenxing.reading.lexicon import any_of, table
from zhenxing.reading.results import Deadline, Fact

LONGEST_ACT = 60
FARTHEST = 400
_ACT = re.compile(r"[^,。;:!?\n]{0,200}")


def find_deadlines(healed: Healed, ground: Ground) -> tuple[list[Fact], list[Deadline]]:
    """Read the deadlines; one that only dates a figure of its own clause is no fact by itself."""
    facts: list[Fact] = []
    rules: list[Deadline] = []
    for due in deadlines(healed.text):
        who, what = who_at(ground, due.start), _act(healed.text, due)
        start, end = healed.back(due.start, due.end)
        quote = healed.given[start:end]
        rules.append(Deadline(quote, start, due.rule, who, what))
        if due.number is not None and not _dates_a_figure(ground, due):
            facts.append(Fact(
                quote=quote, start=start, end=end, subject=(who or "") + what,
                value=Decimal(due.number), value_high=None, unit=due.unit,
                value_base=Decimal(due.number), kind="deadline", comparator="=", change=None,
                period=None, masked=False, repaired_from=None,
                section=ground.outline.at(due.start).label, rule=f"deadline; {due.rule}",
            ))  # fmt: skip
    return facts, rules


def _act(text: str, due: Due) -> str:
    """The words after the deadline, or those before it where nothing follows."""
    match = _ACT.match(text, due.end)
    after = match[0] if match else ""
    if after.strip("、"):
        return after[:LONGEST_ACT]
    before = re.split(r"[,。;:!?\n]", text[max(0, due.start - LONGEST_ACT) : due.start])[-1]
    following = _ACT.match(text, due.end + 1)
    return before or (following[0][:LONGEST_ACT] if following else "")


def _dates_a_figure(ground: Ground, due: Due) -> bool:
    match = _ACT.match(ground.text, due.end)
    end = match.end() if match else due.end
    return any(due.end <= quantity.start < end for quantity in ground.quantities)


def who_at(ground: Ground, place: int) -> str | None:
    """Name who has to act: 由某局牵头, 各专班, or the body that opens the sentence."""
    start, _ = ground.sentence(place)
    words = ground.text[max(start, place - FARTHEST) : place]
    led = re.findall(str(table("structure")["owners"]), words)
    if led:
        return str(led[-1])
    named = _actors().findall(words)
    if named:
        return str(named[-1])
    clause = re.split(r"[,。;:\n]", words)[-1]
    body = re.match(
        r"[^,。;:、]{0,8}?(?:局|办|委|站|所|镇|村|单位|部门|专班|中心)(?=要|应|须|于|在|$)", clause
    )
    return body[0] if body else None


@cache
def _actors() -> re.Pattern[str]:
    return re.compile(any_of(table("structure")["actors"]))
