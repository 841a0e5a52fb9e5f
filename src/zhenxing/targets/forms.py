"""What people write on the pages, read into plain values; all that is wrong is told at once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from zhenxing.accounts.models import User
from zhenxing.kernel.problems import Problem
from zhenxing.organisation.models import WorkingGroup
from zhenxing.targets.cells import Line, read_number
from zhenxing.targets.services import Answer, Piece

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from zhenxing.organisation.models import Unit

WHOLE = re.compile(r"[0-9]{1,9}")
LONGEST_DOCUMENT, LONGEST_NOTE = 60, 200


@dataclass(frozen=True)
class Key:
    """One place for a part: its code, its name, whether it must be filled."""

    code: str
    name: str
    is_needed: bool = False


def whole(posted: Mapping[str, str], name: str) -> int:
    """Read a small whole number out of a hidden field; what is none counts as zero."""
    written = posted.get(name, "")
    return int(written) if WHOLE.fullmatch(written) else 0


def read_lines(
    posted: Mapping[str, str], about: tuple[str, str, str], units: Iterable[Unit]
) -> list[Line]:
    """Read one indicator's line for every unit; `about` is indicator, kind, comparator."""
    return [Line(unit.code, *about, posted.get(f"unit-{unit.code}", "")) for unit in units]


def read_pieces(
    posted: Mapping[str, str], keys: Sequence[Key]
) -> tuple[list[Piece], list[Problem]]:
    """Read the parts of a breakdown; a place left empty takes no part, where it may be."""
    pieces, problems = [], []
    for key in keys:
        written = posted.get(f"value-{key.code}", "").strip()
        number = read_number(written)
        deadline = posted.get(f"deadline-{key.code}", "").strip()
        day = to_day(deadline)
        if written and number is None:
            problems.append(
                Problem(key.name, f"「{written[:30]}」不是数", "请只写数字，最多四位小数")
            )
        if not written and key.is_needed:
            problems.append(Problem(key.name, "没有写；没有任务要写0", "请补上"))
        if deadline and day is None:
            problems.append(Problem(key.name, f"「{deadline[:30]}」不是日期", "请写成 2023-09-30"))
        if number is not None:
            texts = (posted.get(f"{name}-{key.code}", "") for name in ("measures", "person"))
            measures, person = texts
            pieces.append(Piece(key.code, key.name, number, measures, day, person))
    return pieces, problems


def read_answer(
    posted: Mapping[str, str], unit: Unit, today: date
) -> tuple[Answer | None, list[Problem]]:
    """Read who is to answer: people and group of that very unit."""
    whole_, first, direct = (_member(posted.get(n, ""), unit) for n in ("whole", "first", "direct"))
    group = WorkingGroup.objects.filter(unit=unit, code=posted.get("group", "")).first()
    since = to_day(posted.get("since", "")) if posted.get("since") else today
    if since is None:
        return None, [Problem("起", "不是日期", "请写成 2023-09-01 这样")]
    document, reason = (posted.get(name, "").strip() for name in ("document", "reason"))
    if len(document) > LONGEST_DOCUMENT or len(reason) > LONGEST_NOTE:
        return None, [Problem("文号、原因", "太长", "文号60字以内，原因200字以内")]
    return Answer(whole_, first, direct, group, since, document, reason), []


def _member(username: str, unit: Unit) -> User | None:
    people = User.objects.filter(username=username, memberships__group__unit=unit, is_active=True)
    return people.distinct().first()


def to_day(written: str) -> date | None:
    """Read a date as a form writes it."""
    try:
        return date.fromisoformat(written.strip())
    except ValueError:
        return None
