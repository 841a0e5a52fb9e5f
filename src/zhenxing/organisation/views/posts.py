"""Posts asked for, decided by a second person, and ended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render

from zhenxing.accounts.choices import Role
from zhenxing.accounts.models import User
from zhenxing.organisation import access, queries, services
from zhenxing.organisation.choices import Decision
from zhenxing.organisation.forms import AnswerForm, EndForm, PostForm
from zhenxing.organisation.models import Post, PostRequest
from zhenxing.organisation.views.answers import done
from zhenxing.organisation.views.people import KEEPERS, READERS, person_page
from zhenxing.web.policy import policy

if TYPE_CHECKING:
    from django.http import HttpResponse

    from zhenxing.web.http import Request

DECIDERS = "AK"


@policy("organisation.request_post", KEEPERS, methods=("POST",))
def request_post(request: Request, username: str) -> HttpResponse:
    """Ask for a post for a person."""
    person = get_object_or_404(User, username=username)
    today = request.moment.business_date
    form = PostForm(request.POST, on=today)
    if done(
        form,
        lambda: services.request_post(
            form.wanted(person, today), scope=request.scope, moment=request.moment
        ),
    ):
        second = access.approver_of(Role(form.cleaned_data["role"])).label
        messages.success(request, f"已申请，等{second}复核；复核前没有这个权限。")
        return redirect("organisation:person", username)
    return person_page(request, person, wanted=form)


@policy("organisation.end_post", KEEPERS, methods=("POST",))
def end_post(request: Request, key: int) -> HttpResponse:
    """End a post after its last day."""
    post = get_object_or_404(Post.objects.select_related("person", "unit", "group"), pk=key)
    form = EndForm(request.POST)
    if done(
        form,
        lambda: services.relieve(
            post, **form.cleaned_data, scope=request.scope, moment=request.moment
        ),
    ):
        messages.success(request, f"岗位到{post.until}为止，已记入账本。")
        return redirect("organisation:person", post.person.username)
    return person_page(request, post.person, ending=(post.pk, form))


@policy("organisation.requests", READERS)
def requests(request: Request) -> HttpResponse:
    """List the requests for posts: those that wait, then the last decided."""
    shown = queries.requests_for_posts()
    context = {
        "here": "people",
        "waiting": [
            (asked, queries.answers_open(request.scope, access.Proposal.of_post(asked)))
            for asked in shown
            if asked.is_pending
        ],
        "decided": [asked for asked in shown if not asked.is_pending],
    }
    return render(request, "organisation/requests.html", context)


@policy("organisation.decide_post", DECIDERS, methods=("POST",))
def decide_post(request: Request, key: int) -> HttpResponse:
    """Approve, refuse or withdraw a request."""
    asked = get_object_or_404(
        PostRequest.objects.select_related("person", "unit", "group__unit", "proposed_by"), pk=key
    )
    form = AnswerForm(request.POST)
    if done(form, lambda: services.decide_post(asked, form.given(request.scope, request.moment))):
        messages.success(request, f"{asked}：{Decision(asked.decision).label}。")
    else:
        messages.error(request, form.said)
    return redirect("organisation:requests")
