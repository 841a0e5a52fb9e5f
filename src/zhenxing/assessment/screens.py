"""What the page of a round shows: where it stands, what it waits for, which run, its table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from zhenxing.assessment.choices import Purpose, RoundState
from zhenxing.assessment.models import Run
from zhenxing.assessment.naming import named, words_of
from zhenxing.assessment.queries import reckoning, schedules, shaken, tables
from zhenxing.assessment.queries import rounds as asking
from zhenxing.assessment.services.running import STATES
from zhenxing.indicators.models import Indicator

if TYPE_CHECKING:
    from datetime import date

    from zhenxing.assessment.models import Job, Round, RoundStep
    from zhenxing.assessment.queries.rounds import Draw, Lack
    from zhenxing.assessment.queries.shaken import Shaken
    from zhenxing.assessment.queries.tables import Line, Sight, Table

# The line of a round's life, as the page draws it.
LIFE = (
    RoundState.GATHERING, RoundState.MARKED, RoundState.REPLY, RoundState.CHECKED,
    RoundState.PUBLISHED,
)  # fmt: skip
MISSING_SHOWN = 12


@dataclass(frozen=True)
class Station:
    """One station of a round's life: its word, and whether it is behind, here or ahead."""

    words: str
    place: str


@dataclass(frozen=True)
class RoundScreen:
    """The page of a round."""

    seen: Sight
    stations: tuple[Station, ...]
    steps: tuple[RoundStep, ...]
    run: Run | None
    runs: tuple[Run, ...]
    jobs: tuple[Job, ...]
    table: Table | None
    before: Round | None
    lacks: tuple[Lack, ...]
    owed: tuple[tuple[str, int, str], ...]
    draw: Draw | None
    drawn: tuple[tuple[str, str, str, str], ...]
    first: Run | None
    purposes: tuple[tuple[str, str], ...]
    shaken: Shaken | None
    reply_until: date | None

    @property
    def sorts(self) -> Mapping[str, Callable[[Line], Any]]:
        """What the table may be sorted by."""
        lines = self.table.lines if self.table else ()
        places = {line.code: place for place, line in enumerate(lines)}
        return {
            "order": lambda line: places[line.code],
            "rank": lambda line: line.rank,
            "name": lambda line: line.code,
            "total": lambda line: line.total,
            "move": lambda line: line.moved,
        }

    def kept(self, group: str, grade: str) -> list[Line]:
        """Give the lines of a class and a grade."""
        lines = self.table.lines if self.table else ()
        return [
            line for line in lines
            if (not group or line.group == group) and (not grade or line.grade == grade)
        ]  # fmt: skip


def round_screen(round_: Round, seen: Sight, number: str, day: date) -> RoundScreen:
    """Gather the page of a round for somebody who sees so much of it."""
    run = chosen(round_, seen, number)
    before = asking.before(round_)
    keeps = seen.keeps
    newest = asking.newest_run(round_) if seen.everything else None
    is_reply = round_.state == RoundState.REPLY and newest is not None
    draw = asking.draw(round_, newest) if is_reply and newest else None
    return RoundScreen(
        seen=seen,
        stations=tuple(_stations(round_)),
        steps=tuple(round_.steps.select_related("run").defer("run__inputs", "run__result")),
        run=run,
        runs=tuple(_runs(round_)) if seen.everything else (),
        jobs=tuple(round_.jobs.filter(ended__isnull=True)) if keeps else (),
        table=None if run is None else tables.table(run, seen, before.result if before else None),
        before=before,
        lacks=tuple(asking.lacks(round_)) if keeps and not round_.is_published else (),
        owed=tuple(_owed(run)) if run is not None and seen.everything else (),
        draw=draw,
        drawn=tuple(_drawn(draw, newest)) if draw and newest else (),
        first=asking.first_run(round_) if keeps and round_.is_open else None,
        purposes=tuple((key, Purpose(key).label) for key in STATES if round_.state in STATES[key]),
        reply_until=schedules.reply_until(round_, day) if keeps else None,
        shaken=shaken.shaken(round_, day) if _may_be_shaken(round_, keeps=keeps, day=day) else None,
    )


def chosen(round_: Round, seen: Sight, number: str) -> Run | None:
    """Give the run a page shows: the one asked for, the result, else for the office the newest."""
    runs = round_.runs.select_related("edition__scheme__owner", "round__scheme")
    if number.isdecimal() and len(number) < 5 and (seen.keeps or seen.everything):  # noqa: PLR2004  # a number of runs
        asked = runs.filter(number=int(number)).first()
        if asked is not None and (seen.keeps or asked.purpose != Purpose.TRIAL):
            return asked
    if seen.nothing:
        return None
    if round_.result_id is not None:
        return runs.get(pk=round_.result_id)
    return runs.order_by("-number").first() if seen.everything else None


def _stations(round_: Round) -> list[Station]:
    if round_.state == RoundState.REVOKED:
        return [Station(RoundState(each).label, "ahead") for each in LIFE] + [
            Station(RoundState.REVOKED.label, "here")
        ]
    here = LIFE.index(RoundState(round_.state))
    return [
        Station(
            RoundState(each).label,
            "here" if place == here else "behind" if place < here else "ahead",
        )
        for place, each in enumerate(LIFE)
    ]


def _runs(round_: Round) -> list[Run]:
    return list(round_.runs.defer("inputs", "result").order_by("-number"))


def _owed(run: Run) -> list[tuple[str, int, str]]:
    """Count the scores that are missing by who owes them, with the first of them in words."""
    owed: dict[str, list[str]] = {}
    names = dict(run.rows.values_list("code", "name"))
    words = words_of(Indicator.objects.values_list("code", "name"))
    for row in run.read()["rows"]:
        for item in row["items"].values():
            if item["score"] is None and "总分暂缺" in item["why"]:
                who = item["why"].rpartition("；请")[2] or "考核办"
                what = item["why"].partition("，总分暂缺")[0]
                what = named(what, words)
                unit = names.get(row["unit"], row["unit"])
                owed.setdefault(who, []).append(f"{unit} {what}")
    rows = [(who, len(what), what[0]) for who, what in owed.items()]
    return sorted(rows, key=lambda row: -row[1])[:MISSING_SHOWN]


def _drawn(draw: Draw, run: Run) -> list[tuple[str, str, str, str]]:
    """Give the drawn items as the checker ticks them: key, unit, what it came to, why."""
    names = dict(run.rows.values_list("code", "name"))
    rows = {row["unit"]: row["items"] for row in run.read()["rows"]}
    rules = reckoning.rules(run.edition)
    items = {item.id: item.name for item in rules.items}
    words = words_of(Indicator.objects.values_list("code", "name"), rules)
    return [
        (f"{code} {item}", code, f"{names.get(code, code)}　{items[item]}",
         named(rows[code][item]["why"], words))
        for code, item in draw.items
    ]  # fmt: skip


def _may_be_shaken(round_: Round, *, keeps: bool, day: date) -> bool:
    return keeps and any(each.pk == round_.pk for each in shaken.may_be_shaken(day))
