"""Deciding about what was read: many at once, one with its corrections, parted, or added."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect

from zhenxing.adoption import forms
from zhenxing.adoption.choices import WRITERS, Verdict
from zhenxing.adoption.models import Item
from zhenxing.adoption.services import deciding, teaching
from zhenxing.adoption.services.deciding import Said
from zhenxing.adoption.views.reading import Kept, paper_of, reading_of, show
from zhenxing.indicators.models import Indicator
from zhenxing.kernel.problems import Problem
from zhenxing.organisation.services import ActRefusedError
from zhenxing.web.policy import policy

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpResponse

    from zhenxing.documents.models import Paper
    from zhenxing.web.http import Request


@policy("adoption.decide", WRITERS, methods=("POST",))
def decide(request: Request, key: int) -> HttpResponse:
    """Accept everything that is ticked, each with the indicator that was chosen for it."""
    paper, posted = paper_of(request, key), request.POST
    picks = [forms.whole(each) for each in posted.getlist("pick")]
    choices = {pk: posted.get(f"indicator-{pk}", "") for pk in _named(posted, "indicator-")}
    said = [
        Said(
            item=pk,
            edition=forms.whole(posted.get(f"edition-{pk}", "")),
            verdict=Verdict.ACCEPTED,
            indicator=choices.get(pk),
        )
        for pk in picks
    ]
    try:
        done = deciding.decide(said=said, scope=request.scope, moment=request.moment)
    except ActRefusedError as refused:
        kept = Kept(refused.problems, posted.dict(), picks, choices)
        return show(request, paper, kept)
    messages.success(request, f"已采纳{len(done)}条。")
    return redirect("adoption:reading", key=key)


@policy("adoption.correct", WRITERS, methods=("POST",))
def correct(request: Request, key: int) -> HttpResponse:
    """Decide about one thing, with its columns as corrected; who was second keeps the text."""
    paper, posted = paper_of(request, key), request.POST.dict()
    item = _item(request, paper)
    code = _indicator(posted)
    if isinstance(code, Problem):
        return show(request, paper, Kept((code,), posted, edit=item.pk))
    said = forms.correction(posted, item, code)
    learns = bool(posted.get("learn")) and said.verdict == Verdict.ACCEPTED
    try:
        row = teaching.decide(said=said, learns=learns, scope=request.scope, moment=request.moment)
    except ActRefusedError as refused:
        return show(request, paper, Kept(refused.problems, posted, edit=item.pk))
    taught = f"，以后“{row.subject}”就是“{row.indicator}”" if learns else ""
    messages.success(request, f"第{row.number}条：{row.get_verdict_display()}{taught}。")
    return redirect("adoption:reading", key=key)


@policy("adoption.split", WRITERS, methods=("POST",))
def split(request: Request, key: int) -> HttpResponse:
    """Part one thing into several by its words."""
    paper, posted = paper_of(request, key), request.POST.dict()
    item = _item(request, paper)
    parts = forms.parts_of(posted, item, reading_of(request, paper).text)
    if isinstance(parts, Problem):
        return show(request, paper, Kept((parts,), posted, edit=item.pk))
    edition = forms.whole(posted.get("edition", ""))
    try:
        made = deciding.split(
            item=item, edition=edition, parts=parts, scope=request.scope, moment=request.moment
        )
    except ActRefusedError as refused:
        return show(request, paper, Kept(refused.problems, posted, edit=item.pk))
    messages.success(request, f"第{item.number}条拆成{len(made)}条，请逐条核对。")
    return redirect("adoption:reading", key=key)


@policy("adoption.add", WRITERS, methods=("POST",))
def add(request: Request, key: int) -> HttpResponse:
    """Add what the reader missed, by the paper's own words."""
    paper, posted = paper_of(request, key), request.POST.dict()
    reading = reading_of(request, paper)
    part = forms.stretch(posted, reading.text)
    if isinstance(part, Problem):
        return show(request, paper, Kept((part,), posted))
    try:
        made = deciding.add(
            reading=reading,
            part=part,
            kind=posted.get("kind", ""),
            scope=request.scope,
            moment=request.moment,
        )
    except ActRefusedError as refused:
        return show(request, paper, Kept(refused.problems, posted))
    messages.success(request, f"已补记为第{made.number}条，请核对后采纳。")
    return redirect("adoption:reading", key=key)


def _item(request: Request, paper: Paper) -> Item:
    rows = Item.objects.visible_to(request.scope).filter(reading__paper=paper)
    return get_object_or_404(rows, pk=forms.whole(request.POST.get("item", "")))


def _indicator(posted: Mapping[str, str]) -> str | Problem | None:
    """Read which indicator was chosen or written, by name or code; None where nobody was asked."""
    written = posted.get("other", "").strip()
    if not written:
        return posted.get("indicator")
    rows = Indicator.objects.filter(name=written) | Indicator.objects.filter(code=written)
    found = rows.first()
    if found is None:
        what = f"没有叫“{written[:30]}”的指标"
        return Problem("归到指标", what, "请从提示的名称里选，或留空")
    return found.code


def _named(posted: Mapping[str, object], head: str) -> list[int]:
    """Give the numbers in the names of posted fields that begin so."""
    names = (name.removeprefix(head) for name in posted if name.startswith(head))
    return [int(name) for name in names if forms.WHOLE.fullmatch(name)]
