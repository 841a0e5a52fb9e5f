"""The page on which a month is filled, put together for its templates and for its script."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

from zhenxing.kernel.periods import Period
from zhenxing.reporting import queries
from zhenxing.reporting.choices import PARTS, Status
from zhenxing.reporting.form import checks, layout, references, sentences, typed
from zhenxing.reporting.form.answers import source_key

if TYPE_CHECKING:
    from decimal import Decimal

    from zhenxing.kernel.moments import Moment
    from zhenxing.kernel.problems import Problem
    from zhenxing.reporting.form.answers import Content
    from zhenxing.reporting.form.differences import Difference
    from zhenxing.reporting.form.questions import Form, Question
    from zhenxing.reporting.models import Evidence, Submission
    from zhenxing.reporting.queries import Aside, Desk, Missing

HINTS = {
    "done": "和数对得上；输入 = 引用上面的数",
    "problems": "没有可写的请写“无”",
    "measures": "哪天、谁、办到什么程度",
    "suggestions": "需要县里或其他专班协调的事，一事一行；没有可不填",
}
FAULT, EXPLAIN, CHECK = "必改", "须说明", "请核"


@dataclass(frozen=True)
class Advice:
    """One thing said under a line: what kind it is, of which cell, what, and what to do."""

    kind: str
    cell: str
    what: str
    next: str

    @property
    def css(self) -> str:
        """Its colour: orange where something is asked for, amber where something is doubtful."""
        return "watch" if self.kind == CHECK else "wrong"


@dataclass(frozen=True)
class Cell:
    """One place to fill, as the page shows it."""

    place: typed.Place
    text: str
    advice: tuple[Advice, ...] = ()

    @property
    def css(self) -> str:
        """How the cell is marked by what is said of it."""
        kinds = {each.css for each in self.advice}
        return "entry-wrong" if "wrong" in kinds else "entry-watch" if kinds else ""


@dataclass(frozen=True)
class Row:
    """One indicator's line: what stands beside the entry, and what follows from it."""

    question: Question
    value: Decimal | None
    entry: Cell
    confirm: Cell
    note: Cell
    advice: tuple[Advice, ...]

    @property
    def cells(self) -> tuple[Cell, Cell, Cell]:
        """Its three places, in the order of the Excel form."""
        return self.entry, self.confirm, self.note

    @property
    def flash(self) -> str:
        """What was reported for the period before while it was not over."""
        return typed.written(self.question.last, self.question)

    @property
    def total(self) -> Decimal | None:
        """The year's number up to the period."""
        return self.question.total(self.value)

    @property
    def done(self) -> Decimal | None:
        """Percent of the year's target."""
        return self.question.completed(self.value)

    @property
    def ahead(self) -> Decimal | None:
        """Percentage points ahead of time."""
        return self.question.ahead(self.value)


@dataclass(frozen=True)
class Part:
    """One of the four parts: as typed, as people will read it, as it was the month before."""

    key: str
    title: str
    hint: str
    text: str
    read: str
    before: str
    advice: tuple[Advice, ...]

    @property
    def refers(self) -> bool:
        """Whether it refers to figures, so that what people read is another text."""
        return references.has_reference(self.text)

    @property
    def length(self) -> int:
        """How many characters people will read."""
        return len(self.read or self.text)

    @property
    def longest(self) -> int:
        """How many characters it may have."""
        return layout.LONGEST_PART


@dataclass(frozen=True)
class Sheet:
    """A desk read and checked: everything that the page says of it."""

    form: Form
    desk: Desk
    content: Content
    rows: tuple[Row, ...]
    parts: tuple[Part, ...]
    papers: Sequence[Evidence]
    missing: Sequence[Missing]
    changes: Sequence[Difference]

    @property
    def counts(self) -> Mapping[str, int]:
        """How many things are said, by kind, and how many entries are blank."""
        said = [each for row in self.rows for each in row.advice]
        said += [each for part in self.parts for each in part.advice]
        kinds = {kind: sum(each.kind == kind for each in said) for kind in (FAULT, EXPLAIN, CHECK)}
        open_rows = [row for row in self.rows if not row.question.locked]
        blank = sum(not row.entry.text.strip() for row in open_rows)
        return {
            "fault": kinds[FAULT],
            "explain": kinds[EXPLAIN],
            "check": kinds[CHECK],
            "blank": blank,
        }

    @property
    def to_confirm(self) -> list[Row]:
        """The lines whose last period was a flash and is not confirmed yet."""
        return [
            row
            for row in self.rows
            if row.question.asks_confirmation and not row.confirm.text.strip()
        ]

    @property
    def drafted(self) -> str:
        """A first wording of what was done."""
        return sentences.drafted(self.form, self.content)

    @property
    def asides(self) -> list[dict[str, str]]:
        """What lies aside, each beside the text that stands."""
        return [
            {
                "id": each["id"],
                "text": each["text"],
                "by_name": each["by_name"],
                "cell": typed.cell_of(each["name"], self.form),
                "title": _title(each, self.form),
                "stands": self.desk.texts.get(each["name"], ""),
                "at": each["at"][5:16].replace("T", " "),
            }
            for each in self.desk.aside
        ]


def sheet_of(submission: Submission, moment: Moment, desk: Desk | None = None) -> Sheet:
    """Read what lies on a group's desk, with everything odd about it."""
    form = queries.form_of(submission, moment.business_date)
    form = queries.with_plans(form, moment.business_date)
    desk = desk or queries.desk_of(submission, form)
    content, problems = typed.read(form, desk.texts)
    missing = queries.missing_evidence(submission, content)
    advice = [*_faults(problems), *_explanations(missing), *_checks(form, content, problems)]
    return Sheet(
        form=form,
        desk=desk,
        content=content,
        rows=tuple(_row(each, desk, content, advice) for each in form.questions),
        parts=tuple(_part(key, form, desk, content, advice) for key in form.asked_parts),
        papers=queries.evidence_of(submission),
        missing=missing,
        changes=queries.changes(form.filled, content, form) if form.filled else [],
    )


def menu(form: Form) -> list[dict[str, str]]:
    """Give what typing = in a text offers: every indicator's number, its share, its lead."""
    offered = []
    for question in form.questions:
        offered.append({"label": question.name, "put": references.reference(question)})
        if question.aim is not None and question.aims_up:
            for view in (references.DONE, references.AHEAD):
                put = references.reference(question, view)
                offered.append({"label": f"{question.name}{view}", "put": put})
    return offered


def context(submission: Submission, sheet: Sheet, moment: Moment) -> dict[str, Any]:
    """Give what the page shows around and in the grid."""
    return {
        "here": "returns",
        "town": submission.group.unit,
        "group": submission.group,
        "submission": submission,
        "call": submission.call,
        "countdown": submission.countdown(moment.business_date),
        "sheet": sheet,
        "form": sheet.form,
        "counts": sheet.counts,
        "month": sheet.form.period,
        "last_month": sheet.form.period.previous,
        "last_year": Period.month(sheet.form.period.year - 1, sheet.form.period.last_month),
        "latest": queries.latest_of(submission),
        "returned": queries.last_return(submission)
        if submission.status == Status.RETURNED
        else None,
        "before": dict(sheet.desk.texts),
        "menu": menu(sheet.form),
    }


def _faults(problems: Sequence[Problem]) -> list[Advice]:
    return [Advice(FAULT, each.where, each.what, each.next) for each in problems]


def _explanations(missing: Sequence[Missing]) -> list[Advice]:
    what, next_ = "要有佐证，还没有传", "请添加文件，或在备注里写明原因；都没有的，审核时过不去"
    return [
        Advice(EXPLAIN, each.cell, f"{each.name}{what}", next_)
        for each in missing
        if each.is_unexplained
    ]


def _checks(form: Form, content: Content, problems: Sequence[Problem]) -> list[Advice]:
    """Say what looks odd; a blank is missed only once something below it is filled."""
    faulty = {each.where for each in problems}
    answers = [each for each in content.answers.values() if each.value is not None]
    filled = [layout.figure_row(each.cell) or 0 for each in answers]
    last = max([*filled, *(layout.figure_row(where) or 0 for where in faulty)], default=0)
    blank = {each.cell for each in content.answers.values() if each.value is None}
    found = []
    for each in checks.remarks(form, content):
        row = layout.figure_row(each.where)
        is_late_blank = each.where in blank and (row or 0) > last and "第" not in each.what
        if row is not None and each.where not in faulty and not is_late_blank:
            found.append(Advice(CHECK, each.where, each.what, each.next))
    return found


def _row(question: Question, desk: Desk, content: Content, advice: Sequence[Advice]) -> Row:
    def cell(column: str) -> Cell:
        place = typed.Place(question, column)
        where = layout.cell(column, question.row)
        own = tuple(each for each in advice if each.cell == where)
        return Cell(place, desk.texts.get(place.name, ""), own)

    cells = {column: cell(column) for column in typed.COLUMNS}
    return Row(
        question=question,
        value=references.value_of(question, content),
        entry=cells[layout.ENTRY],
        confirm=cells[layout.CONFIRM],
        note=cells[layout.NOTE],
        advice=tuple(
            each for one in cells.values() for each in _together(one.advice, question.name)
        ),
    )


def _together(advice: Sequence[Advice], name: str) -> Iterator[Advice]:
    """Say all of one kind about one cell in one line, its indicator named once."""
    for kind, alike in groupby(advice, key=lambda each: each.kind):
        first, *others = alike
        words = [first.what, *(each.what.removeprefix(name) for each in others)]
        nexts = dict.fromkeys([first.next, *(each.next for each in others)])
        yield Advice(kind, first.cell, "；".join(words), "；".join(nexts))


def _part(key: str, form: Form, desk: Desk, content: Content, advice: Sequence[Advice]) -> Part:
    where = layout.part_cell(key)
    before = form.parts_before.get(key, "")
    return Part(
        key=key,
        title=PARTS[key],
        hint=HINTS[key],
        text=desk.texts.get(key, ""),
        read=content.parts.get(key, "") if source_key(key) in content.parts else "",
        before=before,
        advice=tuple(each for each in advice if each.cell == where),
    )


def _title(aside: Aside, form: Form) -> str:
    code, _, column = aside["name"].rpartition(".")
    question = next((each for each in form.questions if each.code == code), None)
    if question is None:
        return PARTS.get(aside["name"], "已不在本表的一格")
    return f"{question.name}{typed.TITLES.get(column, '')}"
