"""The people of the county, and one of them: account, posts, sessions."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.contrib import messages
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect, render

from zhenxing.accounts import queries as accounts_queries
from zhenxing.accounts import services as accounts
from zhenxing.accounts.models import User
from zhenxing.organisation import access, queries, sheets
from zhenxing.organisation.forms import (
    DetailsForm,
    EndForm,
    PeopleFilter,
    PersonForm,
    PostForm,
    ReasonForm,
)
from zhenxing.organisation.views.answers import beside, done, page, workbook
from zhenxing.web import listing
from zhenxing.web.policy import policy

if TYPE_CHECKING:
    from django.http import HttpResponse

    from zhenxing.organisation.views.answers import Refused
    from zhenxing.web.http import Request

KEEPERS, READERS = "A", "AKX"
SORTS = {"username": "username", "name": "name", "seen": "last_login"}


@policy("organisation.people", READERS)
def people(request: Request) -> HttpResponse:
    """List people: searched, of a role, a unit, a state."""
    day = request.moment.business_date
    units = [(unit.code, unit.name) for unit in queries.county_units()]
    form = PeopleFilter(request.GET, units)
    found = listing.of_query(
        request,
        queries.people(day, **form.asked),
        search=("username", "name"),
        sorts=SORTS,
        first="username",
    )
    context = {
        "here": "people",
        "listing": found,
        "form": form,
        "narrowed": any(form.asked.values()),
        "waiting": queries.waiting_requests(),
        "may_keep": request.scope.has(*KEEPERS),
    }
    return render(request, "organisation/people.html", context)


@policy("organisation.people_sheet", READERS)
def people_sheet(request: Request) -> HttpResponse:
    """Give the people of the list as a workbook, without telephone numbers."""
    day = request.moment.business_date
    units = [(unit.code, unit.name) for unit in queries.county_units()]
    found = queries.people(day, **PeopleFilter(request.GET, units).asked).filter(
        Q(username__icontains=request.GET.get("q", "").strip())
        | Q(name__icontains=request.GET.get("q", "").strip())
    )
    mark = f"{request.scope.name} {request.moment.at:%Y-%m-%d}"
    data = sheets.people(found.order_by("username"), day, mark=mark)
    return workbook(data, f"人员{day}.xlsx")


@policy("organisation.new_person", KEEPERS)
def new_person(request: Request) -> HttpResponse:
    """Show the form for somebody new."""
    return _new_page(request, PersonForm())


@policy("organisation.enrol", KEEPERS, methods=("POST",))
def enrol(request: Request) -> HttpResponse:
    """Make somebody who may sign in, and show the slip with the first word, once."""
    form = PersonForm(request.POST)
    made: list[tuple[User, str]] = []
    by = queries.actor(request.scope)
    if done(
        form,
        lambda: made.append(accounts.enrol(**form.cleaned_data, by=by, moment=request.moment)),
    ):
        return _slip(request, *made[0])
    return _new_page(request, form)


@policy("organisation.person", READERS)
def person(request: Request, username: str) -> HttpResponse:
    """Show one person: posts, requests, sessions, account."""
    return person_page(request, _one(username))


@policy("organisation.correct_person", KEEPERS, methods=("POST",))
def correct_person(request: Request, username: str) -> HttpResponse:
    """Write a name and a telephone number anew."""
    shown, form = _one(username), DetailsForm(request.POST)
    by = queries.actor(request.scope)
    if done(
        form,
        lambda: accounts.correct(shown, **form.cleaned_data, by=by, moment=request.moment),
    ):
        messages.success(request, "已改，并已记入账本。")
        return redirect("organisation:person", username)
    return person_page(request, _one(username), details=form)


@policy("organisation.reset_password", KEEPERS, methods=("POST",))
def reset_password(request: Request, username: str) -> HttpResponse:
    """Take the password away and show the slip with a new first word, once."""
    shown = _one(username)
    try:
        word = accounts.reset_password(
            shown, by=queries.actor(request.scope), moment=request.moment
        )
    except accounts.RefusedError as refused:
        messages.error(request, str(refused))
        return redirect("organisation:person", username)
    return _slip(request, shown, word)


@policy("organisation.switch_person", KEEPERS, methods=("POST",))
def switch_person(request: Request, username: str) -> HttpResponse:
    """Disable a person, or let a disabled one in again."""
    shown, form = _one(username), ReasonForm(request.POST)
    change = accounts.disable if shown.is_active else accounts.enable
    by = queries.actor(request.scope)
    if done(form, lambda: change(shown, **form.cleaned_data, by=by, moment=request.moment)):
        messages.success(request, f"{shown.name}已{'启用' if shown.is_active else '停用'}。")
        return redirect("organisation:person", username)
    return person_page(request, _one(username), reason=form)


def person_page(request: Request, shown: User, **forms: object) -> HttpResponse:
    """Show a person with the forms given; one that was refused stands there with its reasons."""
    day = request.moment.business_date
    refused = cast("Refused", forms.pop("ending", None))
    blank = lambda: EndForm(initial={"until": day})  # noqa: E731  # one for each post
    context = {
        "here": "people",
        "person": shown,
        "phone_shown": access.sees_phones(request.scope, shown.username),
        "posts": beside(queries.posts_of(shown), "ending", blank, refused),
        "requests": queries.requests_about(shown),
        "sessions": accounts_queries.sessions_of(shown, request.moment.at),
        "may_keep": not access.against_keeping(request.scope, shown.username),
        "is_self": request.scope.username == shown.username,
        "details": DetailsForm(initial={"name": shown.name, "phone": shown.phone}),
        "reason": ReasonForm(),
        "wanted": PostForm(on=day),
        **forms,
    }
    return page(request, "organisation/person.html", context, refused=refused is not None)


def _one(username: str) -> User:
    return get_object_or_404(User, username=username)


def _new_page(request: Request, form: PersonForm) -> HttpResponse:
    return page(request, "organisation/new_person.html", {"here": "people", "form": form})


def _slip(request: Request, shown: User, word: str) -> HttpResponse:
    context = {"here": "people", "person": shown, "word": word, "days": accounts.ONE_TIME_DAYS}
    return render(request, "organisation/slip.html", context)
