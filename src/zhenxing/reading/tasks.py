"""What is to be done: tasks of an arrangement, and problems stated, which are tasks in waiting."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from zhenxing.reading.clauses import Ground
from zhenxing.reading.dates import deadlines
from zhenxing.reading.due import who_at
from zhenxing.reading.healing import Healed
from zhenxing.reading.lexicon import any_of, table, words
from zhenxing.reading.outline import Section
from zhenxing.reading.results import Deadline, Document, Task

SHORTEST = 6
_CLAUSE = re.compile(r"[^,。;:!?\n]+")
_SENTENCE = re.compile(r"[^。;!?\n]+")
_LEAD = re.compile(
    r"^(?:[一二三四五六七八九十]是|\([一二三四五六七八九十\d]+\)|\d+[.、]|同时|并|还要|也要|要|继续|进一步|全面|着力|切实|积极|大力|认真)+"
)
_ACTOR = re.compile(r"^[^,。;:、]{1,10}?(?:要|应|须|负责)(?!求|素|点)")


def find_tasks(
    healed: Healed, ground: Ground, document: Document, due: Sequence[Deadline]
) -> list[Task]:
    """List the tasks in order; a clause counts when it opens with a verb of doing."""
    default = str(table("structure")["defaults"].get(document.kind, "actual")) == "target"
    found: list[Task] = []
    for section in ground.outline.sections:
        if section.mode == "problem":
            found += _problems(healed, section)
        elif section.mode == "arrangement" or (default and section.label and not section.mode):
            found += _arranged(healed, ground, section, due)
    return found


def _arranged(
    healed: Healed, ground: Ground, section: Section, due: Sequence[Deadline]
) -> list[Task]:
    found = []
    for match in _CLAUSE.finditer(ground.text, section.start, section.end):
        dated = [each.end for each in deadlines(match[0])]
        bare = match[0][dated[-1] :] if dated else match[0]
        bare = _LEAD.sub("", _ACTOR.sub("", _LEAD.sub("", bare)))
        verb = _verb().match(bare)
        if not verb or len(bare) < SHORTEST:
            continue
        start, end = healed.back(match.start(), match.end())
        when = next((each.rule for each in due if start <= each.start < end), None)
        quote = healed.given[start:end]
        found.append(Task(quote, start, verb[0], who_at(ground, match.end()), when, "arrangement"))
    return found


@cache
def _verb() -> re.Pattern[str]:
    return re.compile(any_of(words("tasks", "structure")))


def _problems(healed: Healed, section: Section) -> list[Task]:
    """Each 一是…, 二是… of the problems is one."""
    found = []
    for match in _SENTENCE.finditer(healed.text, section.start, section.end):
        item = re.search(
            r"(?:^|[:,])(?:[一二三四五六七八九]是|\d[.、]|\([一二三四五六七八九]\))", match[0]
        )
        if item:
            start, end = healed.back(match.start() + item.start(), match.end())
            found.append(Task(healed.given[start:end], start, "", None, None, "problem"))
    return found
