"""Self-scores and evidence: the unit's page, the office's list, papers, the leader's signature."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render

from zhenxing.accounts import services as accounts
from zhenxing.assessment import access
from zhenxing.assessment.choices import READERS
from zhenxing.assessment.models import SelfSigning
from zhenxing.assessment.queries import folders as asking
from zhenxing.assessment.services import folders
from zhenxing.assessment.services.folders import Entry
from zhenxing.assessment.views import replies
from zhenxing.indicators import queries as indicator_queries
from zhenxing.organisation.services import ActRefusedError
from zhenxing.targets import queries as target_queries
from zhenxing.web import listing as web_listing
from zhenxing.web.errors import NOT_FOUND
from zhenxing.web.policy import policy

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.http import HttpResponse

    from zhenxing.assessment.models import ItemPaper, Round
    from zhenxing.assessment.queries.folders import Access, Folder, Line
    from zhenxing.kernel.problems import Problem
    from zhenxing.web.http import Request

FILLERS = "GFVC"
LISTED = 12  # rounds in which somebody has a folder; older ones are found from the round
SORTS = {
    "name": lambda row: row.subject.code,
    "scored": lambda row: row.scored,
    "papers": lambda row: row.papers,
    "total": lambda row: row.total,
    "gap": lambda row: row.gap,
}


@dataclass(frozen=True)
class Place:
    """One unit in one round, as the person may read it."""

    round: Round
    access: Access
    folder: Folder

    @property
    def code(self) -> str:
        """The unit's code."""
        return self.folder.subject.code


@dataclass(frozen=True)
class FormLine:
    """An item with what is, or was just, written about it."""

    line: Line
    score: str
    words: str


@policy("assessment.folders_mine", READERS)
def mine(request: Request) -> HttpResponse:
    """List the rounds in which the person reads or fills in folders."""
    found = [(each, _access(request, each)) for each in asking.rounds(request.scope)[:LISTED]]
    lines = [
        (each, access, SelfSigning.objects.filter(round=each).count())
        for each, access in found
        if access.subjects
    ]
    return render(request, "assessment/folders_mine.html", {"here": "assessment", "lines": lines})


@policy("assessment.folders", READERS)
def listing(request: Request, key: int) -> HttpResponse:
    """List every folder of a round that the person may read, one line a unit."""
    of, access = _round(request, key)
    if len(access.subjects) == 1:
        return redirect("assessment:folder", of.pk, access.subjects[0].code)
    rows = asking.rows(of, access)
    context = {
        "here": "assessment",
        "round": of,
        "access": access,
        "signed": sum(row.signing is not None for row in rows),
        "listing": web_listing.of_rows(
            request,
            rows,
            words=lambda row: f"{row.subject.name} {row.subject.code}",
            sorts=SORTS,
            first="name",
        ),
    }
    return render(request, "assessment/folders.html", context)


@policy("assessment.folder", READERS)
def one(request: Request, key: int, code: str) -> HttpResponse:
    """Show a unit's folder: every item with what the data says, the own score, papers."""
    return _show(request, _place(request, key, code), (), {})


@policy("assessment.folder_save", FILLERS, methods=("POST",))
def save(request: Request, key: int, code: str) -> HttpResponse:
    """Save own scores and words, all or none."""
    place, posted = _place(request, key, code), request.POST.dict()
    entries = [
        Entry(
            line.item.id,
            posted.get(f"score-{line.item.id}", ""),
            posted.get(f"words-{line.item.id}", ""),
            replies.whole(posted, f"version-{line.item.id}"),
        )
        for line in place.folder.lines
    ]
    try:
        made = folders.save(
            round_=place.round,
            code=place.code,
            entries=entries,
            scope=request.scope,
            moment=request.moment,
        )
    except ActRefusedError as refused:
        return _show(request, place, refused.problems, posted)
    messages.success(request, f"已保存{made}项。" if made else "没有改动。")
    return redirect("assessment:folder", place.round.pk, place.code)


@policy("assessment.folder_papers", FILLERS, methods=("POST",))
def add(request: Request, key: int, code: str) -> HttpResponse:
    """Take papers in; one that does not fit is named, the others are kept."""
    place = _place(request, key, code)
    brought = replies.papers_of(request)
    for paper in brought:
        try:
            folders.add_paper(
                round_=place.round,
                code=place.code,
                item=request.POST.get("item", ""),
                paper=paper,
                note=request.POST.get("note", ""),
                scope=request.scope,
                moment=request.moment,
            )
            messages.success(request, f"{paper.name} 已放入佐证。")
        except ActRefusedError as refused:
            messages.error(request, "".join(each.sentence for each in refused.problems))
    if not brought:
        messages.error(request, "没有选择文件，或上传中断；请选好文件再传。")
    return redirect("assessment:folder", place.round.pk, place.code)


@policy("assessment.folder_sign", "L", methods=("POST",))
def sign(request: Request, key: int, code: str) -> HttpResponse:
    """Sign the folder as it was shown, with the password."""
    place = _place(request, key, code)
    problem = accounts.reauthenticate(request, request.POST.get("password", ""))
    if problem is not None:
        return _show(request, place, (), {}, password_problem=problem)
    try:
        folders.sign(
            round_=place.round,
            code=place.code,
            seen=request.POST.get("seen", ""),
            scope=request.scope,
            moment=request.moment,
        )
    except ActRefusedError as refused:
        return _show(request, place, refused.problems, {})
    messages.success(request, "自评已签发，不再改、不再添。")
    return redirect("assessment:folder", place.round.pk, place.code)


@policy("assessment.item_paper", READERS)
def paper(request: Request, number: int) -> HttpResponse:
    """Give a paper as the file it came as."""
    found = _paper(request, number)
    if found.file is None:
        raise NOT_FOUND
    return replies.kept(found.file)


@policy("assessment.item_paper_back", FILLERS, methods=("POST",))
def take_back(request: Request, number: int) -> HttpResponse:
    """Say that a paper no longer stands."""
    found = _paper(request, number)
    try:
        folders.take_back(
            paper=found,
            reason=request.POST.get("reason", ""),
            scope=request.scope,
            moment=request.moment,
        )
    except ActRefusedError as refused:
        place = _place(request, found.round_id, found.code)
        return _show(request, place, refused.problems, {})
    messages.success(request, "材料已撤回，原件和原因都留着。")
    return redirect("assessment:folder", found.round_id, found.code)


def _access(request: Request, of: Round) -> Access:
    day = request.moment.business_date
    return asking.access_of(of, request.scope, target_queries.seats(request.scope, day), day)


def _round(request: Request, key: int) -> tuple[Round, Access]:
    of = get_object_or_404(asking.rounds(request.scope), pk=key)
    access = _access(request, of)
    if not access.subjects:
        raise NOT_FOUND
    return of, access


def _place(request: Request, key: int, code: str) -> Place:
    of, access = _round(request, key)
    subject = access.subject(code)
    if subject is None:
        raise NOT_FOUND
    folder = asking.folder(of, subject, request.moment.business_date, access)
    return Place(of, access, folder)


def _paper(request: Request, number: int) -> ItemPaper:
    found = asking.paper(number)
    if found is None:
        raise NOT_FOUND
    of, access = _round(request, found.round_id)
    subject = access.subject(found.code)
    if subject is None or not asking.reads_item(of, access, found.item):
        raise NOT_FOUND
    return found


def _show(
    request: Request,
    place: Place,
    problems: Sequence[Problem],
    posted: Mapping[str, str],
    password_problem: Problem | None = None,
) -> HttpResponse:
    folder, day = place.folder, request.moment.business_date
    subject, until = folder.subject, place.round.gather_until
    is_open = place.round.is_open and folder.signing is None and not (until and day > until)
    seats = target_queries.seats(request.scope, day)
    context: dict[str, Any] = {
        "here": "assessment",
        "round": place.round,
        "access": place.access,
        "folder": folder,
        "lines": [_line(line, posted) for line in folder.lines],
        "may_fill": is_open and subject.code in place.access.may_fill,
        "may_sign": is_open and access.signs_for(seats, subject.town),
        "unscored": len(folder.lines) - len(folder.scored),
        "seen": folders.text_of(folders.self_total(place.round, subject)),
        "linked": _linked(request, place),
        "problems": problems,
        "password_problem": password_problem,
    }
    status = replies.UNPROCESSABLE if problems or password_problem else 200
    return render(request, "assessment/folder.html", context, status=status)


def _line(line: Line, posted: Mapping[str, str]) -> FormLine:
    said = line.said
    score = folders.text_of(said.score) if said else ""
    return FormLine(
        line,
        posted.get(f"score-{line.item.id}", score),
        posted.get(f"words-{line.item.id}", said.words if said else ""),
    )


def _linked(request: Request, place: Place) -> frozenset[str]:
    """Name the indicators of this unit whose page the person may open."""
    own = place.folder.subject.own
    scope = request.scope
    if own is None or not indicator_queries.readable_units(scope).filter(pk=own.pk).exists():
        return frozenset()
    codes = {each.code for line in place.folder.lines for each in line.known}
    visible = indicator_queries.visible_codes(scope, own.code)
    return frozenset(codes if visible is None else codes & visible)
