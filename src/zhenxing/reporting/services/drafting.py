"""Drafts: every character typed is kept, whoever else types, whatever becomes of the page.

A draft is no act and counts for nothing. Whoever writes it holds the submission's row, as a
hand-in does: of two who change one place, one is first, and the other's text is set aside.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from zhenxing.accounts.models import User
from zhenxing.kernel.problems import Problem, errors, warnings
from zhenxing.reporting import access, queries
from zhenxing.reporting.choices import Move, Status, legal
from zhenxing.reporting.form import checks, typed
from zhenxing.reporting.form.merging import Clash, Edit, merged
from zhenxing.reporting.form.reading import FormRead
from zhenxing.reporting.models import Call, Draft, Submission, Upload
from zhenxing.reporting.services.submitting import Conflict, Handed, submit
from zhenxing.reporting.services.uploading import closed_problem, not_allowed

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from zhenxing.kernel.moments import Moment
    from zhenxing.reporting.form.questions import Form
    from zhenxing.reporting.queries import Desk
    from zhenxing.web.scope import Scope

LONGEST_TEXT = 20_000  # far above what is accepted: what is too long is still kept
MOST_ASIDE = 300
MOST_PLACES = 1000  # several times the places of the largest form


@dataclass(frozen=True)
class Typed:
    """What somebody typed: into which submission, on a page showing which version."""

    submission: Submission
    scope: Scope
    moment: Moment
    base_version: int
    edits: Sequence[Edit]
    opened_at: datetime | None = None


@dataclass(frozen=True)
class Saved:
    """How the desk looks after a saving; `is_stale` where the page showed an older version."""

    form: Form
    desk: Desk
    names: tuple[str, ...] = ()
    clashes: tuple[Clash, ...] = ()
    is_stale: bool = False


def unfillable(submission: Submission, scope: Scope, moment: Moment) -> Problem | None:
    """Say why a person may not fill a submission in now, if so."""
    if not access.may_submit(scope, submission.group.code):
        return not_allowed(submission)
    status = Status(submission.status)
    if not any(legal(Move.SUBMIT, status, role) for role in sorted(scope.roles)):
        what = f"{status.label}，不能再填"
        return Problem(
            submission.group.name, what, "要改请先请审核、签发的人退回；关闭以后走更正单"
        )
    return closed_problem(submission.call, moment)


def save(said: Typed) -> Saved | Problem:
    """Put edits into a group's draft, each where its writer saw the text that still stands."""
    refused = unfillable(said.submission, said.scope, said.moment) or _unfit(said.edits)
    if refused:
        return refused
    form = _form(said.submission, said.moment)
    with transaction.atomic():
        locked = Submission.objects.select_for_update().get(pk=said.submission.pk)
        fresh = _fresh(locked, said)
        refused = unfillable(fresh, said.scope, said.moment)
        if refused:
            return refused
        if locked.latest != form.base_version:
            form = _form(fresh, said.moment)
        draft, _ = Draft.objects.get_or_create(submission=locked)
        saved = _merge(queries.laid_out(draft, form), form, said)
        if len(saved.desk.aside) > MOST_ASIDE:
            return _too_much_aside(said.submission)
        return replace(saved, desk=_keep(draft, saved, said, locked.latest))


def take(said: Typed, aside: str) -> Saved | Problem:
    """Put a text that lies aside into its place, over the text its one edit has `before`."""
    found = _lying(said, aside)
    if found is None:
        return _gone(said.submission)
    edit = Edit(found["name"], said.edits[0].before, found["text"])
    saved = save(replace(said, edits=[edit]))
    if isinstance(saved, Problem) or saved.clashes:
        return saved
    return drop(said, aside)


def drop(said: Typed, aside: str) -> Saved | Problem:
    """Throw a text away that lies aside."""
    refused = unfillable(said.submission, said.scope, said.moment)
    if refused:
        return refused
    with transaction.atomic():
        locked = Submission.objects.select_for_update().get(pk=said.submission.pk)
        form = _form(_fresh(locked, said), said.moment)
        draft, _ = Draft.objects.get_or_create(submission=locked)
        desk = queries.laid_out(draft, form)
        left = tuple(each for each in desk.aside if each["id"] != aside)
        saved = Saved(form, replace(desk, aside=left))
        return replace(saved, desk=_keep(draft, saved, said, locked.latest))


def bring(said: Typed, token: UUID) -> Upload | FormRead:
    """Make the draft ready to be handed in: an upload without a file, or all that is wrong."""
    form = _form(said.submission, said.moment)
    desk = queries.desk_of(said.submission, form)
    content, problems = typed.read(form, desk.texts)
    if content.is_blank and not problems:
        problems = [Problem(form.title, "一个数、一段文字都没有填", "请填好再提交")]
    if errors(problems):
        return FormRead(content, tuple(problems))
    remarks = [*warnings(problems), *checks.remarks(form, content)]
    upload, _ = Upload.objects.update_or_create(
        token=token,
        submission=said.submission,
        by=User.objects.get(username=said.scope.username),
        defaults={
            "base_version": form.base_version,
            "content": {
                "values": content.values(),
                "parts": content.parts,
                "remarks": [[each.where, each.what, each.next] for each in remarks],
            },
            "told": {"opened_at": desk.opened_at.isoformat()} if desk.opened_at else {},
            "at": said.moment.at,
        },
    )
    return upload


def says_nothing_new(said: Typed) -> bool:
    """Whether every text that was sent already stands on the group's desk."""
    form = _form(said.submission, said.moment)
    texts = queries.desk_of(said.submission, form).texts
    return all(
        typed.same(edit.name, edit.after, texts.get(edit.name, ""), form) for edit in said.edits
    )


def hand_in(said: Typed, token: UUID) -> Handed | Saved | Problem:
    """Save what was typed and hand the draft in; where that cannot be, say how the desk looks."""
    saved = save(said)
    if isinstance(saved, Problem) or saved.clashes:
        return saved
    brought = bring(said, token)
    if not isinstance(brought, Upload):
        return saved
    done = submit(
        token=token, scope=said.scope, moment=said.moment, base_version=brought.base_version
    )
    return replace(saved, is_stale=True) if isinstance(done, Conflict) else done


def _merge(desk: Desk, form: Form, said: Typed) -> Saved:
    """Merge edits into the desk; what clashes is set aside under the writer's name."""
    is_stale = said.base_version != form.base_version
    known = typed.open_names(form)
    edits = [edit for edit in said.edits if edit.name in known]
    lost = [edit for edit in said.edits if edit.name not in known and edit.after]
    result = merged(desk.texts, edits, is_stale=is_stale)
    clashes = (*result.clashes, *(Clash(edit.name, edit.after, "") for edit in lost))
    aside = tuple(desk.aside)
    for clash in clashes:
        if clash.mine and not typed.same(clash.name, clash.mine, clash.theirs, form):
            late = queries.aside_of(clash.name, clash.mine, _who(said.scope), said.moment.at)
            aside = queries.with_aside(aside, late)
    desk = replace(desk, texts=result.cells, aside=aside)
    return Saved(form, desk, result.saved, clashes, is_stale)


def _keep(draft: Draft, saved: Saved, said: Typed, latest: int) -> Desk:
    desk = saved.desk
    opened = [each for each in (desk.opened_at, said.opened_at) if each is not None]
    draft.cells, draft.set_aside, draft.base_version = desk.cells, list(desk.aside), latest
    draft.revision += 1
    draft.opened_at = min(opened, default=None)
    draft.by_name, draft.at = _who(said.scope), said.moment.at
    draft.save()
    return queries.laid_out(draft, saved.form)


def _unfit(edits: Sequence[Edit]) -> Problem | None:
    """Refuse what no keyboard writes; the browser keeps it meanwhile."""
    if len(edits) > MOST_PLACES:
        what = f"一次改了{len(edits)}处，超过{MOST_PLACES}处"
        return Problem("草稿", what, "请刷新页面后再填；已填的还在页面上")
    for edit in edits:
        for text in (edit.name, edit.before, edit.after):
            if "\0" in text or _has_surrogate(text):
                return Problem(edit.name, "有无法保存的字符", "请删去后重填")
        if len(edit.after) > LONGEST_TEXT:
            return Problem(edit.name, f"有{len(edit.after)}字，存不下", "请分开写或作为佐证上传")
    return None


def _has_surrogate(text: str) -> bool:
    return any("\ud800" <= sign <= "\udfff" for sign in text)


def _lying(said: Typed, aside: str) -> queries.Aside | None:
    desk = queries.desk_of(said.submission, _form(said.submission, said.moment))
    return next((each for each in desk.aside if each["id"] == aside), None)


def _fresh(locked: Submission, said: Typed) -> Submission:
    """Join the row just locked with its group and its call as they now are."""
    locked.group = said.submission.group
    locked.call = Call.objects.get(pk=locked.call_id)
    return locked


def _form(submission: Submission, moment: Moment) -> Form:
    return queries.form_of(submission, moment.business_date)


def _who(scope: Scope) -> str:
    return f"{scope.name}（{scope.unit_name}）"


def _gone(submission: Submission) -> Problem:
    return Problem(submission.group.name, "这段文字已被取用或丢弃", "请看现在的草稿")


def _too_much_aside(submission: Submission) -> Problem:
    what = f"另存的文字已超过{MOST_ASIDE}处"
    return Problem(submission.group.name, what, "请先在页面上逐条取用或丢弃，再继续填")
