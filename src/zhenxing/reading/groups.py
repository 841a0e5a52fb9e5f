"""Working groups a paper sets up: their office, their people, the indicators they lead."""

from __future__ import annotations

import re
from functools import cache

from zhenxing.reading.healing import Healed
from zhenxing.reading.lexicon import any_of, words
from zhenxing.reading.outline import Outline
from zhenxing.reading.results import Group

_OFFICE = re.compile(
    r"办公室设在(?:了)?(?:镇(?!村)|县|乡(?!村))?([^,。;:、\n(]{2,16})|办公室\(([^()\n]{2,12})\)"
)
_LEADS = re.compile(
    r"(?:抓好|负责|牵头|推进|承担)+(?:全[镇县乡市区])?(?![按对])([^,。;:\n]{2,90}?)(?:等)?(?:相关|各项)?指标"
)
_SPLIT = re.compile(r"(?<!交通运输)(?:、|以?及(?!以))|(?<!融)和(?!谐|平|邮)")
_MASKED = re.compile(r"^[*×xX某\s]*$")
LONGEST_NAME = 24


def find_groups(healed: Healed, structure: Outline) -> list[Group]:
    """Find the groups that have a heading of their own, and those a sentence sets up."""
    text = healed.text
    found: dict[str, Group] = {}
    for section in structure.sections:
        name = re.split(r"[。,:\s]", section.title)[0]
        if name.endswith(words("bodies", "structure")) and len(name) > len("领导小组"):
            body = text[section.start : section.end]
            found.setdefault(
                name, _group(name, body, healed.back(section.start, section.start + 1)[0])
            )
    for match in _set_up().finditer(text):
        name = match["name"]
        end = text.find("\n\n", match.end())
        body = text[
            match.start() : min(len(text), match.end() + 400, end if end > 0 else len(text))
        ]
        nameless = name.startswith(words("bodies", "structure"))
        if name not in found and not nameless and not re.search(r"[、\d]", name):
            found[name] = _group(name, body, healed.back(match.start("name"), match.end("name"))[0])
    return list(found.values())


@cache
def _set_up() -> re.Pattern[str]:
    bodies = any_of(words("bodies", "structure"))
    return re.compile(
        rf"成立(?:了)?(?P<name>[^,。;:\n]{{2,{LONGEST_NAME}}}?{bodies})(?=[,。;:由\n])"
    )


def _group(name: str, body: str, start: int) -> Group:
    office = _OFFICE.search(body)
    leads = _LEADS.search(body)
    named = tuple(part for part in _SPLIT.split(leads[1]) if part) if leads else ()
    place = (office[1] or office[2]) if office else None
    return Group(name, place, named, dict(_roles(body)), start)


def _roles(body: str) -> list[tuple[str, str | None]]:
    """Read 组长:张三 and 由镇长李四任组长; a name left open or masked is None."""
    found: dict[str, str | None] = {}
    for match in _listed().finditer(body):
        found.setdefault(match["role"], _person(match["who"]))
    for match in _told().finditer(body):
        found.setdefault(match["role"], _person(match["who"]))
    return list(found.items())


@cache
def _listed() -> re.Pattern[str]:
    return re.compile(
        rf"(?:(?<=\n)|^)(?P<role>{any_of(words('roles', 'structure'))}):(?P<who>[^\n]*)"
    )


@cache
def _told() -> re.Pattern[str]:
    roles = any_of(words("roles", "structure"))
    return re.compile(
        rf"(?:由|,|。|^)(?P<who>[^,。;:\n]{{1,90}}?)(?:同志)?(?:为|担任|兼任|任)(?P<role>{roles})"
    )


def _person(text: str) -> str | None:
    cleaned = re.sub(r"\s+", "", text).strip("由,、。")
    bare = re.sub(r"^.*(?:书记|镇长|乡长|县长|主任|局长|领导|委员|站长|所长)", "", cleaned)
    return None if _MASKED.match(bare) else cleaned
