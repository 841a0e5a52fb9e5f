"""Deciding about what was read: accept, correct, refuse, ask, split, add; all of it or nothing."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from zhenxing.adoption import access
from zhenxing.adoption.choices import ItemKind, Verdict
from zhenxing.adoption.harvest import LONGEST_QUOTE, fitting, in_measure
from zhenxing.adoption.models import Item
from zhenxing.assessment.services.standing import refuse, refuse_all, said_by, written
from zhenxing.audit import services as audit
from zhenxing.documents.models import Paper, PaperReading
from zhenxing.indicators.choices import Comparator
from zhenxing.indicators.models import Indicator
from zhenxing.kernel.periods import Period, PeriodError
from zhenxing.kernel.problems import Problem
from zhenxing.organisation import queries as organisation_queries
from zhenxing.organisation.choices import UnitKind
from zhenxing.organisation.models import Unit
from zhenxing.targets import queries as target_queries
from zhenxing.targets.queries import read_number

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from decimal import Decimal

    from zhenxing.audit.services import Act
    from zhenxing.kernel.moments import Moment
    from zhenxing.web.scope import Scope

LONGEST_NOTE, LONGEST_SUBJECT, LONGEST_MEASURE = 300, 120, 20
MOST_PARTS = 20
GROWTH_MEASURES = {"%", "个百分点"}


@dataclass(frozen=True, kw_only=True)
class Said:
    """What a person says of an item, as typed; None leaves a column as it is.

    `edition` is the one the person saw.
    """

    item: int
    edition: int
    verdict: str
    note: str = ""
    kind: str | None = None
    subject: str | None = None
    unit: str | None = None
    indicator: str | None = None
    comparator: str | None = None
    value: str | None = None
    high: str | None = None
    measure: str | None = None
    period: str | None = None
    is_growth: bool | None = None


@dataclass(frozen=True, kw_only=True)
class Part:
    """A stretch of a reading's text with what it is to be called."""

    start: int
    end: int
    subject: str


def decide(*, said: Sequence[Said], scope: Scope, moment: Moment) -> list[Item]:
    """Write what was said of some items of one reading.

    Raises ActRefusedError with everything that is wrong; nothing is half written.
    """
    if not said:
        refuse("采纳", "没有选任何一条", "请先勾选")
    reading = _reading_of(said, scope)
    with _acting("adoption.item.decided", reading, scope, moment) as act:
        rows = reading.items.select_related("unit", "indicator").in_bulk(
            [each.item for each in said]
        )
        placed = set(
            Item.objects.filter(pk__in=rows, placements__isnull=False).values_list("pk", flat=True)
        )
        ground = _Ground.of(said)
        problems: list[Problem] = []
        for each in said:
            row = rows[each.item]
            problems += _unfit(row, each, placed) or ground.write(row, each)
            _sign(row, each, scope, moment)
        refuse_all(problems)
        for row in rows.values():
            row.save()
        act.vouch(*rows.values())
        act.details["items"] = [_details(row) for row in rows.values()]
    return list(rows.values())


def split(
    *, item: Item, edition: int, parts: Sequence[Part], scope: Scope, moment: Moment
) -> list[Item]:
    """Part an item into several, each with its own stretch of the text; the whole is set aside."""
    reading = PaperReading.objects.get(pk=item.reading_id)
    with _acting("adoption.item.split", reading, scope, moment) as act:
        whole = Item.objects.get(pk=item.pk)
        said = Said(item=whole.pk, edition=edition, verdict=Verdict.REFUSED, note="已拆分")
        placed = {whole.pk} if whole.placements.exists() else set()
        problems = _unfit(whole, said, placed)
        if not 2 <= len(parts) <= MOST_PARTS:  # noqa: PLR2004  # one part is no splitting
            problems.append(Problem(str(whole), "拆成的条数不对", f"请拆成2到{MOST_PARTS}条"))
        for part in parts:
            problems += _outside(part, whole.start, whole.end)
        refuse_all(problems)
        made = [_part(whole, part, reading) for part in parts]
        whole.verdict, whole.note = said.verdict, said.note
        _sign(whole, said, scope, moment)
        whole.save()
        Item.objects.bulk_create(made)
        act.vouch(whole, *made)
        act.details |= {"item": whole.pk, "parts": [row.subject for row in made]}
    return made


def add(*, reading: PaperReading, part: Part, kind: str, scope: Scope, moment: Moment) -> Item:
    """Add what the reader has missed: a stretch of the text, as a kind of thing."""
    with _acting("adoption.item.added", reading, scope, moment) as act:
        problems = _outside(part, 0, len(reading.text))
        if kind not in ItemKind.values or kind == ItemKind.PROBLEM:
            problems.append(Problem("类别", "没有选", "请从列表中选"))
        refuse_all(problems)
        paper = Paper.objects.select_related("about").get(pk=reading.paper_id)
        last = reading.items.order_by("-number").first()
        item = Item(
            reading=reading,
            number=last.number + 1 if last else 1,
            kind=kind,
            start=part.start,
            end=part.end,
            quote=reading.text[part.start : part.end],
            subject=part.subject.strip(),
            unit=paper.about,
            period=str(reading.year or paper.year or ""),
        )
        item.save()
        act.vouch(item)
        act.details |= {"item": item.pk, "kind": kind, "quote": item.quote}
    return item


@contextmanager
def _acting(action: str, reading: PaperReading, scope: Scope, moment: Moment) -> Iterator[Act]:
    """Act on a reading of a paper that the person decides about."""
    seats = target_queries.seats(scope, moment.business_date)
    paper = Paper.objects.visible_to(scope).select_related("unit").get(pk=reading.paper_id)
    is_countys = paper.unit.kind == UnitKind.COUNTY
    if not access.decides(seats, paper.unit.code, is_countys=is_countys):
        refuse(paper.title, "这份来文不由您办理", "请收文单位的人办")
    with audit.act(
        action, subject=paper.title, by=organisation_queries.actor(scope), moment=moment,
        details={"paper": paper.pk, "version": reading.version},
    ) as act:  # fmt: skip
        if reading.version < paper.readings.order_by("-version").values_list("version")[0][0]:
            refuse(paper.title, "这份来文又读过一次", "请打开新的一版再办")
        yield act


def _reading_of(said: Sequence[Said], scope: Scope) -> PaperReading:
    rows = Item.objects.visible_to(scope).filter(pk__in=[each.item for each in said])
    readings = {row.reading_id for row in rows}
    if len(readings) != 1 or len(rows) != len({each.item for each in said}):
        refuse("读出的事", "选的条目不在同一份来文里，或已不在", "请刷新页面再选")
    return PaperReading.objects.get(pk=readings.pop())


def _unfit(row: Item, said: Said, placed: set[int]) -> list[Problem]:
    """Say why an item cannot be decided about so."""
    where = _where(row)
    if row.edition != said.edition:
        who = row.decided_name or "别人"
        what = f"{who}刚改过，现在是“{row.get_verdict_display()}”"
        return [Problem(where, what, "请看过他改的再决定；您填的还在下面")]
    if row.pk in placed:
        return [Problem(where, "已经写入下达稿、填报草稿或参考值", "要改请到写入的地方改")]
    if said.verdict not in Verdict.values:
        return [Problem(where, "没有说采纳还是不采纳", "请选一项")]
    needs = said.verdict in {Verdict.REFUSED, Verdict.ASKED}
    return written(f"{where}的意见", said.note, LONGEST_NOTE, "请写一句为什么" if needs else "")


@dataclass(frozen=True)
class _Ground:
    """The units and indicators that were named."""

    units: dict[str, Unit]
    indicators: dict[str, Indicator]

    @classmethod
    def of(cls, said: Sequence[Said]) -> _Ground:
        units = Unit.objects.of_kind(UnitKind.COUNTY, UnitKind.TOWN)
        return cls(
            units.in_bulk({each.unit for each in said if each.unit}, field_name="code"),
            Indicator.objects.in_bulk(
                {each.indicator for each in said if each.indicator}, field_name="code"
            ),
        )

    def write(self, row: Item, said: Said) -> list[Problem]:
        """Write what was typed into an item; give what cannot be."""
        return [
            *self._words(row, said),
            *self._places(row, said),
            *_numbers(row, said),
            *_measured(row),
        ]

    def _words(self, row: Item, said: Said) -> Iterator[Problem]:
        where = _where(row)
        if said.kind is not None:
            if said.kind in ItemKind.values:
                row.kind = said.kind
            else:
                yield Problem(where, f"没有「{said.kind}」这一类", "请从列表中选")
        if said.subject is not None:
            yield from written(f"{where}的事", said.subject, LONGEST_SUBJECT, "请写是什么事")
            row.subject = " ".join(said.subject.split())[:LONGEST_SUBJECT]
        if said.comparator is not None:
            if said.comparator and said.comparator not in Comparator.values:
                yield Problem(where, "关系不认识", "请从列表中选")
            row.comparator = said.comparator[:2]
        if said.period is not None:
            yield from _period(row, said.period, where)
        row.verdict, row.note = said.verdict, said.note.strip()

    def _places(self, row: Item, said: Said) -> Iterator[Problem]:
        where = _where(row)
        if said.unit is not None:
            if said.unit in self.units:
                row.unit = self.units[said.unit]
            else:
                yield Problem(where, f"没有「{said.unit}」这个县或镇", "请从列表中选")
        if said.indicator is not None:
            row.indicator = self.indicators.get(said.indicator)
            if said.indicator and row.indicator is None:
                yield Problem(where, f"没有编码是「{said.indicator}」的指标", "请从列表中选")


def _period(row: Item, text: str, where: str) -> Iterator[Problem]:
    text = text.strip()
    try:
        row.period = str(Period.parse(text)) if text else ""
    except PeriodError as error:
        what, _, next_ = str(error).rstrip("。").partition("；")
        yield Problem(f"{where}的期间", what, next_ or "请写成2023或2023-09")


def _numbers(row: Item, said: Said) -> Iterator[Problem]:
    where = _where(row)
    for name, text in (("value", said.value), ("high", said.high)):
        if text is None:
            continue
        number = read_number(text) if text.strip() else None
        if text.strip() and fitting(number) is None:
            yield Problem(where, f"「{text.strip()[:20]}」不是数，或多于四位小数", "请只写数字")
        else:
            setattr(row, name, number)
            row.masked = row.masked and number is None
    if said.measure is not None:
        row.measure = said.measure.strip()[:LONGEST_MEASURE]
    if said.is_growth is not None:
        row.is_growth = said.is_growth
    if row.is_growth and row.value is not None and row.measure not in GROWTH_MEASURES:
        yield Problem(where, f"增速的计量单位是“{row.measure}”", "请按%填写，或改为“数”")
    if row.value is not None and row.high is not None and row.high < row.value:
        yield Problem(where, f"上限{row.high}小于下限{row.value}", "请小的写在前")


def _measured(row: Item) -> Iterator[Problem]:
    """Turn an item's value into the measure of the indicator it is mapped to."""
    indicator = row.indicator
    speaks_of_it = indicator is not None and not row.is_growth and row.kind != ItemKind.RANK
    if indicator is None or not speaks_of_it or row.measure in {"", indicator.measure}:
        return
    turned: list[Decimal | None] = []
    for value in (row.value, row.high):
        number = value if value is None else in_measure(value, row.measure, indicator.measure)
        if value is not None and fitting(number) is None:
            what = f"计量单位“{row.measure}”不能换成“{indicator.name}”的“{indicator.measure}”"
            yield Problem(_where(row), what, "请改计量单位，或改选指标")
            return
        turned.append(number)
    row.value, row.high = turned
    row.measure = indicator.measure


def _sign(row: Item, said: Said, scope: Scope, moment: Moment) -> None:
    is_open = said.verdict == Verdict.OPEN
    row.edition += 1
    row.decided_by = "" if is_open else scope.username
    row.decided_name = "" if is_open else said_by(scope, moment)["by_name"]
    row.decided_on = None if is_open else moment.business_date


def _outside(part: Part, start: int, end: int) -> list[Problem]:
    where = f"第{part.start + 1}—{part.end}字"
    if not start <= part.start < part.end <= end or part.end - part.start > LONGEST_QUOTE:
        return [Problem(where, "不在原文这一段里，或太长", "请在原文里选一段文字")]
    return written(f"{where}的事", part.subject, LONGEST_SUBJECT, "请写是什么事")


def _part(whole: Item, part: Part, reading: PaperReading) -> Item:
    return Item(
        reading=reading,
        number=whole.number,
        kind=whole.kind,
        start=part.start,
        end=part.end,
        quote=reading.text[part.start : part.end],
        section=whole.section,
        split_of=whole,
        subject=" ".join(part.subject.split()),
        unit_id=whole.unit_id,
        comparator=whole.comparator,
        measure=whole.measure,
        period=whole.period,
    )


def _where(row: Item) -> str:
    return f"第{row.number}条 {row.subject}"


def _details(row: Item) -> dict[str, object]:
    return {
        "item": row.pk,
        "verdict": row.verdict,
        "indicator": row.indicator.code if row.indicator else "",
        "unit": row.unit.code,
        "value": row.value,
        "period": row.period,
    }
