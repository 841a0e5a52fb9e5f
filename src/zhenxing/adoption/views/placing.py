"""Writing accepted things on: targets into a draft issue, figures as reference values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect

from zhenxing.adoption import forms
from zhenxing.adoption.choices import WRITERS
from zhenxing.adoption.services import placing
from zhenxing.adoption.views.reading import Kept, paper_of, reading_of, show
from zhenxing.organisation.services import ActRefusedError
from zhenxing.reporting.models import Submission
from zhenxing.targets.choices import PREPARERS, IssueState
from zhenxing.targets.models import Issue
from zhenxing.targets.services import read_heading
from zhenxing.web.policy import policy

if TYPE_CHECKING:
    from django.http import HttpResponse

    from zhenxing.web.http import Request


@policy("adoption.place_targets", PREPARERS, methods=("POST",))
def targets(request: Request, key: int) -> HttpResponse:
    """Write the ticked targets into a draft issue, or into a new one."""
    paper, posted = paper_of(request, key), request.POST.dict()
    issue, heading = None, None
    if posted.get("issue"):
        drafts = Issue.objects.visible_to(request.scope).filter(state=IssueState.DRAFT)
        issue = get_object_or_404(drafts, pk=forms.whole(posted["issue"]))
    else:
        read = read_heading(posted)
        if isinstance(read, list):
            return show(request, paper, Kept(read, posted))
        heading = read
    try:
        issue = placing.targets(
            reading=reading_of(request, paper), items=_ticked(request), issue=issue,
            heading=heading, scope=request.scope, moment=request.moment,
        )  # fmt: skip
    except ActRefusedError as refused:
        return show(request, paper, Kept(refused.problems, posted))
    messages.success(request, f"已写入“{issue.document}”的拟稿；还要提请、另一人批准，才算数。")
    return redirect("adoption:reading", key=key)


@policy("adoption.place_references", WRITERS, methods=("POST",))
def references(request: Request, key: int) -> HttpResponse:
    """Keep the ticked figures as reference values."""
    paper = paper_of(request, key)
    try:
        made = placing.references(
            reading=reading_of(request, paper), items=_ticked(request), scope=request.scope,
            moment=request.moment,
        )  # fmt: skip
    except ActRefusedError as refused:
        return show(request, paper, Kept(refused.problems, request.POST.dict()))
    messages.success(request, f"已记{len(made)}条参考值；只在指标旁边给人看，不参加任何计算。")
    return redirect("adoption:reading", key=key)


@policy("adoption.place_figures", "F", methods=("POST",))
def figures(request: Request, key: int) -> HttpResponse:
    """Write the ticked figures into a group's draft return; its reporter hands it in."""
    paper = paper_of(request, key)
    wanted = forms.whole(request.POST.get("submission", ""))
    rows = Submission.objects.visible_to(request.scope).select_related("call", "group__unit")
    submission = get_object_or_404(rows, pk=wanted)
    try:
        placing.figures(
            reading=reading_of(request, paper), items=_ticked(request), submission=submission,
            scope=request.scope, moment=request.moment,
        )  # fmt: skip
    except ActRefusedError as refused:
        return show(request, paper, Kept(refused.problems, request.POST.dict()))
    messages.success(request, f"已写入{submission}的草稿；请到填报页核对后提交。")
    return redirect("adoption:reading", key=key)


def _ticked(request: Request) -> list[int]:
    return [forms.whole(each) for each in request.POST.getlist("place")]
