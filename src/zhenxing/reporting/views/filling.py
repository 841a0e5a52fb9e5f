"""The page on which a group fills its month: shown, saved while one types, handed in."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.core import signing
from django.http import HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils.timezone import localtime

from zhenxing.kernel.problems import Problem
from zhenxing.reporting import access, grid, services
from zhenxing.reporting.choices import WRITERS
from zhenxing.reporting.form import pasting, typed
from zhenxing.reporting.form.merging import Edit
from zhenxing.reporting.form.reading import LONGEST_NUMBER
from zhenxing.reporting.models import Submission, Version
from zhenxing.web.errors import BAD_REQUEST, Refusal
from zhenxing.web.policy import policy

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import QueryDict

    from zhenxing.web.http import Request

CONFLICT, UNPROCESSABLE, REFUSED = 409, 422, 403
OPENED = "zhenxing.reporting.opened"
LONGEST_DAY = 24 * 60 * 60 * 40  # a page may stay open as long as a call


@policy("reporting.fill", WRITERS)
def fill(request: Request, period: str, group: str) -> HttpResponse:
    """Show the grid, the four parts and the papers, as the group has left them."""
    submission = own_submission(request, period, group)
    refused = services.unfillable(submission, request.scope, request.moment)
    if refused:
        messages.warning(request, refused.sentence)
        return redirect("reporting:one", period, group)
    return _page(request, submission, grid.sheet_of(submission, request.moment))


@policy("reporting.draft_state", WRITERS)
def draft_state(request: Request, period: str, group: str) -> HttpResponse:
    """Tell a page how the draft stands, and by which token it may go on saving."""
    submission = own_submission(request, period, group)
    sheet = grid.sheet_of(submission, request.moment)
    return JsonResponse(_told(request, submission, sheet))


@policy("reporting.draft", WRITERS, methods=("POST",))
def draft(request: Request, period: str, group: str) -> HttpResponse:
    """Save what was typed, place by place; each that somebody else changed first is set aside."""
    submission = own_submission(request, period, group)
    said = _from_script(request, submission)
    saved = services.save(said)
    if isinstance(saved, Problem):
        return JsonResponse({"problem": saved.sentence}, status=CONFLICT)
    sheet = grid.sheet_of(_again(submission), request.moment, saved.desk)
    clashes = [
        {
            "name": each.name,
            "cell": typed.cell_of(each.name, saved.form),
            "mine": each.mine,
            "theirs": each.theirs,
        }
        for each in saved.clashes
    ]
    told = _told(request, submission, sheet) | {"saved": saved.names, "clashes": clashes}
    return JsonResponse(told, status=CONFLICT if saved.is_stale and clashes else 200)


@policy("reporting.save", WRITERS, methods=("POST",))
def save(request: Request, period: str, group: str) -> HttpResponse:
    """Save the whole page without a script; `do` says what else was asked for."""
    submission = own_submission(request, period, group)
    said = _from_page(request, submission)
    saved = services.save(said)
    if isinstance(saved, Problem):
        return _kept(request, submission, said, saved)
    sheet = grid.sheet_of(_again(submission), request.moment, saved.desk)
    more = _asked_for(request.POST, sheet)
    if more:
        saved = services.save(_typed(request, submission, sheet.form.base_version, more))
        if isinstance(saved, Problem):
            return _kept(request, submission, said, saved)
    if saved.clashes:
        return _page(request, submission, sheet, status=CONFLICT)
    messages.success(request, "已存为草稿，本专班的填报员都能接着填；还没有提交。")
    return redirect("reporting:fill", period, group)


@policy("reporting.hand_in", WRITERS, methods=("POST",))
def hand_in(request: Request, period: str, group: str) -> HttpResponse:
    """Save the page and hand it in, once however often it is sent; or say what is wrong in it."""
    submission, token = own_submission(request, period, group), _token(request.POST)
    handed = Version.objects.filter(key=token, by=request.scope.username).first()
    said = _from_page(request, submission)
    if handed and services.says_nothing_new(said):
        return redirect("reporting:receipt", handed.receipt)
    token = uuid4() if handed else token  # the page came back, and more was typed on it
    done = services.hand_in(said, token)
    if isinstance(done, services.Handed):
        return redirect("reporting:receipt", done.receipt)
    if isinstance(done, Problem):
        return _kept(request, submission, said, done)
    sheet = grid.sheet_of(_again(submission), request.moment)
    status = CONFLICT if done.clashes or done.is_stale else UNPROCESSABLE
    return _page(request, submission, sheet, token=token, status=status)


@policy("reporting.aside", WRITERS, methods=("POST",))
def aside(request: Request, period: str, group: str) -> HttpResponse:
    """Take a text that lies aside into its place, or throw it away."""
    submission = own_submission(request, period, group)
    base, seen = _number(request.POST.get("base_version", "")), request.POST.get("seen", "")
    said = _typed(request, submission, base, {"": (_plain(seen), "")})
    chosen = request.POST.get("id", "")
    does = services.take if request.POST.get("do") == "take" else services.drop
    done = does(said, chosen)
    if isinstance(done, Problem):
        messages.warning(request, done.sentence)
    elif done.clashes:
        messages.warning(request, "这一格刚又有人改过，没有取用；请看现在的文字再决定。")
    return redirect("reporting:fill", period, group)


def own_submission(request: Request, period: str, group: str) -> Submission:
    """Give the submission to the group's own reporter; another group of the town is refused."""
    rows = Submission.objects.visible_to(request.scope).select_related("call", "group__unit")
    found = get_object_or_404(rows, call__code=period, group__code=group)
    if not access.may_submit(request.scope, group):
        who = f"{found.group.name}的报表只由该专班的填报员填报"
        raise Refusal(403, "这不是您填的表", who, "请填您本专班的表；岗位有变动请联系县级管理员")
    return found


def _again(submission: Submission) -> Submission:
    return Submission.objects.select_related("call", "group__unit").get(pk=submission.pk)


def _page(
    request: Request,
    submission: Submission,
    sheet: grid.Sheet,
    *,
    token: UUID | None = None,
    status: int = 200,
) -> HttpResponse:
    opened = signing.dumps([submission.pk, request.moment.at.isoformat()], salt=OPENED)
    context = grid.context(submission, sheet, request.moment) | {
        "token": token or uuid4(),
        "opened": opened,
        "before_text": json.dumps(dict(sheet.desk.texts), ensure_ascii=False),
        "is_conflict": status == CONFLICT,
        "is_wrong": status == UNPROCESSABLE,
    }
    return render(request, "reporting/fill.html", context, status=status)


def _kept(
    request: Request, submission: Submission, said: services.Typed, problem: Problem
) -> HttpResponse:
    """Say why nothing was saved, with every text that was sent still on the page."""
    context = grid.context(submission, grid.sheet_of(submission, request.moment), request.moment)
    form = context["form"]
    lost = [
        {"cell": typed.cell_of(edit.name, form), "text": edit.after}
        for edit in said.edits
        if edit.after
    ]
    context |= {"problem": problem, "lost": lost}
    return render(request, "reporting/fill_kept.html", context, status=CONFLICT)


def _told(request: Request, submission: Submission, sheet: grid.Sheet) -> dict[str, Any]:
    """Give a page's script all that changes on it: texts, marks, and what is said, ready made."""
    context = grid.context(submission, sheet, request.moment)
    html = {
        f"advice-{row.question.code}": render_to_string(
            "reporting/fill_advice.html", {"advice": row.advice}
        ).strip()
        for row in sheet.rows
    }
    for part in sheet.parts:
        html[f"read-{part.key}"] = render_to_string("reporting/fill_part.html", {"part": part})
    for name in ("counts", "confirm", "asides", "changes"):
        html[f"fill-{name}"] = render_to_string(f"reporting/fill_{name}.html", context, request)
    at = sheet.desk.at
    return {
        "who": request.scope.username,
        "csrf": get_token(request),
        "base_version": sheet.form.base_version,
        "revision": sheet.desk.revision,
        "at": localtime(at).strftime("%H:%M") if at else "",
        "texts": dict(sheet.desk.texts),
        "marks": {cell.place.name: cell.css for row in sheet.rows for cell in row.cells},
        "html": html,
        "numbers": {row.question.code: _numbers(row) for row in sheet.rows},
        "lengths": {part.key: part.length for part in sheet.parts},
        "drafted": sheet.drafted,
    }


def _numbers(row: grid.Row) -> dict[str, str]:
    told = {"row": row}
    words = render_to_string("reporting/fill_numbers.html", told).strip().split("|")
    return dict(zip(("total", "done", "ahead"), words, strict=True))


def _from_script(request: Request, submission: Submission) -> services.Typed:
    try:
        said = json.loads(request.body)
        cells = {
            str(name): (_plain(str(each["before"])), _plain(str(each["after"])))
            for name, each in said["cells"].items()
        }
        base, opened = _number(str(said["base_version"])), str(said.get("opened", ""))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise BAD_REQUEST from error
    return _typed(request, submission, base, cells, opened)


def _from_page(request: Request, submission: Submission) -> services.Typed:
    """Read a page sent whole: only what differs from what it showed was typed on it."""
    sent = request.POST
    try:
        shown = json.loads(sent.get("before", "{}"))
        names = {name.removeprefix("cell:") for name in sent if name.startswith("cell:")}
        cells = {
            name: (_plain(str(shown.get(name, ""))), _plain(sent.get(f"cell:{name}", "")))
            for name in sorted(names)
        }
    except (ValueError, AttributeError, RecursionError) as error:
        raise BAD_REQUEST from error
    changed = {name: pair for name, pair in cells.items() if pair[0] != pair[1]}
    base = _number(sent.get("base_version", ""))
    return _typed(request, submission, base, changed, sent.get("opened", ""))


def _typed(
    request: Request,
    submission: Submission,
    base: int,
    cells: Mapping[str, tuple[str, str]],
    opened: str = "",
) -> services.Typed:
    edits = [Edit(name, before, after) for name, (before, after) in cells.items()]
    return services.Typed(
        submission=submission,
        scope=request.scope,
        moment=request.moment,
        base_version=base,
        edits=edits,
        opened_at=_opened(opened, submission),
    )


def _asked_for(sent: QueryDict, sheet: grid.Sheet) -> dict[str, tuple[str, str]]:
    """Give what else a button of the page puts in, as if it had been typed."""
    texts, does = sheet.desk.texts, sent.get("do", "")
    put: dict[str, str] = {}
    if does == "confirm":
        put = {row.confirm.place.name: row.flash for row in sheet.to_confirm}
    elif does == "sentences":
        put = {"done": "\n".join(filter(None, (texts.get("done", ""), sheet.drafted)))}
    elif does == "paste":
        block = pasting.parsed(sent.get("block", ""))
        put = dict(pasting.laid(block, sheet.form, sent.get("block_at", "")).texts)
    return {name: (texts.get(name, ""), text) for name, text in put.items()}


def _opened(sealed: str, submission: Submission) -> datetime | None:
    """Read when the page was first shown, as this site itself wrote it down."""
    try:
        key, at = signing.loads(sealed, salt=OPENED, max_age=LONGEST_DAY)
    except signing.BadSignature:
        return None
    return datetime.fromisoformat(at) if key == submission.pk else None


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _number(text: str) -> int:
    if not text.isdecimal() or len(text) > LONGEST_NUMBER:
        raise BAD_REQUEST
    return int(text)


def _token(sent: QueryDict) -> UUID:
    try:
        return UUID(sent.get("token", ""))
    except ValueError as error:
        raise BAD_REQUEST from error
