"""calls.yaml, calendar.yaml, demo.yaml: months asked for, days of rest, the demo's script."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from zhenxing.packs import shapes
from zhenxing.packs.records import Nested, Record, record, written
from zhenxing.packs.sections.county import GROUP_KEY, UNIT_CODE, USERNAME
from zhenxing.packs.sections.dictionary import INDICATOR_CODE


@record
class Call(Record):
    """A month that every group is asked for."""

    period: str = written(shapes.period_key)
    opens: date = written(shapes.day)
    due: date = written(shapes.day)
    closed: date | None = written(shapes.day, default=None)


@record
class Due(Record):
    """By which day of its month a call is due, and on which day of that month it opens."""

    day: int = written(shapes.whole(1, 31))
    inclusive: bool = written(shapes.flag, default=True)
    on_rest_day: str = written(shapes.one_of(("next", "previous", "keep")), default="next")
    months_after: int = written(shapes.whole(0, 12), default=0)
    basis: str = written(shapes.text(120), default="")
    opens: int = written(shapes.whole(1, 31), default=15)


@record
class RestDay(Record):
    """A day that is not what its weekday says, where the county differs from the state's notice."""

    day: date = written(shapes.day)
    workday: bool = written(shapes.flag)
    name: str = written(shapes.text(30))
    source: str = written(shapes.text(60))


@record
class Calendar(Record):
    """calendar.yaml."""

    due: Due = written(Nested(Due))
    exceptions: tuple[RestDay, ...] = written(shapes.Each(Nested(RestDay)), default=())


@record
class Handing(Record):
    """A demo act: a group hands in a month's form on a day."""

    period: str = written(shapes.period_key)
    unit: str = written(UNIT_CODE)
    group: str = written(GROUP_KEY)
    by: str = written(USERNAME)
    on: date = written(shapes.day)
    values: Mapping[str, Decimal] = written(
        shapes.Under(INDICATOR_CODE, shapes.decimal), default={}
    )
    parts: Mapping[str, str] = written(
        shapes.Under(
            shapes.one_of(("done", "problems", "measures", "suggestions")), shapes.text(2000)
        ),
        default={},
    )


@record
class Demo(Record):
    """demo.yaml: what has happened on the demo site before its first visitor comes."""

    submissions: tuple[Handing, ...] = written(shapes.Each(Nested(Handing)), default=())
