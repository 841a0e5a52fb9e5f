"""A form as it is filled on the page: texts by the names of their places, read as content.

A place is named after its indicator and its column in the Excel form (`paid_in.F`), or after its
part of the text (`done`): a row may move while a draft lies, an indicator stays what it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from zhenxing.kernel.problems import Problem
from zhenxing.kernel.wording import number
from zhenxing.reporting.choices import PARTS
from zhenxing.reporting.form import layout, references
from zhenxing.reporting.form.answers import Answer, Content, source_key
from zhenxing.reporting.form.numerals import typed_in
from zhenxing.writing.legible import legible, one_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from decimal import Decimal

    from zhenxing.reporting.form.questions import Form, Question

COLUMNS = (layout.ENTRY, layout.CONFIRM, layout.NOTE)
TITLES = {layout.ENTRY: "本月数", layout.CONFIRM: "上月全月数", layout.NOTE: "备注"}


@dataclass(frozen=True)
class Place:
    """One place of a form that may be filled: its name, its cell, and why it is locked if so."""

    question: Question
    column: str

    @property
    def name(self) -> str:
        """What a draft calls it."""
        return f"{self.question.code}.{self.column}"

    @property
    def cell(self) -> str:
        """What people and the Excel form call it."""
        return f"{self.column}{self.question.row}"

    @property
    def locked(self) -> str:
        """Why nothing is asked there; empty where it may be filled."""
        entry, confirm = self.question.locked, self.question.confirm_locked
        if self.column == layout.NOTE:
            return entry if entry and confirm else ""
        return entry if self.column == layout.ENTRY else confirm


def places(form: Form) -> Iterator[Place]:
    """Give the places of a form's figures, line by line."""
    for question in form.questions:
        for column in COLUMNS:
            yield Place(question, column)


def open_names(form: Form) -> frozenset[str]:
    """Give the names of all that may be filled, the four parts among them."""
    return frozenset(each.name for each in places(form) if not each.locked) | frozenset(PARTS)


def cell_of(name: str, form: Form) -> str:
    """Call a place as people do: F6, 完成情况."""
    if name in PARTS:
        return PARTS[name]
    code, _, column = name.rpartition(".")
    row = next((each.row for each in form.questions if each.code == code), "?")
    return f"{column}{row}"


def texts_of(form: Form, content: Content | None) -> dict[str, str]:
    """Give a content as it stands in the places of its form, references by name."""
    if content is None:
        return {}
    found: dict[str, str] = {}
    for question in form.questions:
        answer = content.answers.get(question.code)
        if answer is not None:
            found |= _texts(question, answer)
    for part in PARTS:
        text = content.parts.get(source_key(part)) or content.parts.get(part, "")
        found[part] = references.named(text, form)
    return {name: text for name, text in found.items() if text}


def read(form: Form, texts: Mapping[str, str]) -> tuple[Content, list[Problem]]:
    """Read all that was typed, with everything that cannot be taken; what is wrong is left out."""
    answers, problems = {}, list[Problem]()
    for question in form.questions:
        answer, told = _answer(question, texts)
        problems += told
        if not question.locked or answer.confirmed is not None:
            answers[question.code] = answer
    figures, parts = Content(answers), dict[str, str]()
    for part in PARTS:
        said, told = _part(part, texts.get(part, ""), form, figures)
        parts |= said
        problems += told
    return Content(answers, parts), problems


def same(name: str, one: str, other: str, form: Form) -> bool:
    """Whether two texts of a place say the same, however they are written."""
    if one == other:
        return True
    code, _, column = name.rpartition(".")
    question = next((each for each in form.questions if each.code == code), None)
    if question is None or column not in {layout.ENTRY, layout.CONFIRM}:
        return one.strip() == other.strip()
    first, second = typed_in(one, question, ""), typed_in(other, question, "")
    return first == second and not first[1]


def written(value: Decimal | None, question: Question) -> str:
    """Write a number as the grid shows it."""
    return "" if value is None else number(value, question.decimals)


def _texts(question: Question, answer: Answer) -> dict[str, str]:
    said = {
        layout.ENTRY: "" if question.locked else written(answer.value, question),
        layout.CONFIRM: "" if question.confirm_locked else written(answer.confirmed, question),
        layout.NOTE: answer.note,
    }
    return {f"{question.code}.{column}": text for column, text in said.items()}


def _answer(question: Question, texts: Mapping[str, str]) -> tuple[Answer, list[Problem]]:
    problems: list[Problem] = []
    said: dict[str, Decimal | None] = {}
    for column, locked in (
        (layout.ENTRY, question.locked),
        (layout.CONFIRM, question.confirm_locked),
    ):
        text = "" if locked else texts.get(f"{question.code}.{column}", "")
        where = layout.cell(column, question.row)
        said[column], told = typed_in(text, question, where)
        problems += told
    note = one_line(texts.get(f"{question.code}.{layout.NOTE}", "")).strip()
    if len(note) > layout.LONGEST_NOTE:
        where = layout.cell(layout.NOTE, question.row)
        what = f"备注有{len(note)}字，超过{layout.LONGEST_NOTE}字"
        problems.append(Problem(where, what, "请写短些，详细情况写到四段文字里"))
    return question.answered(said[layout.ENTRY], said[layout.CONFIRM], note), problems


def _part(
    part: str, typed: str, form: Form, figures: Content
) -> tuple[dict[str, str], list[Problem]]:
    """Give a part as people read it, and beside it the text that refers to figures if one does."""
    source = legible(typed).strip()
    text, problems = references.resolved(source, part, form, figures)
    said = {part: text}
    if references.has_reference(source):
        said[source_key(part)] = references.coded(source, form)
    if len(text) > layout.LONGEST_PART:
        what = f"{PARTS[part]}有{len(text)}字，超过{layout.LONGEST_PART}字"
        problems.append(Problem(layout.part_cell(part), what, "请写短些"))
    return said, problems
