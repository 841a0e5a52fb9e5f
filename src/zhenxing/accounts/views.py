"""Sign-in, sign-out, one's own password, the demo's identities, the guide."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, cast

from axes.handlers.proxy import AxesProxyHandler
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import authenticate
from django.contrib.auth.password_validation import password_validators_help_texts
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from zhenxing.accounts import devices, passwords, services
from zhenxing.accounts import guide as guides
from zhenxing.accounts.forms import PasswordForm, SignInForm
from zhenxing.accounts.models import User
from zhenxing.accounts.queries import identities
from zhenxing.audit.models import Actor
from zhenxing.web.http import Request
from zhenxing.web.policy import policy

if TYPE_CHECKING:
    from django.http import HttpRequest

LOCK_MINUTES = int(settings.AXES_COOLOFF_TIME.total_seconds() // 60)
OK, UNPROCESSABLE = HTTPStatus.OK, HTTPStatus.UNPROCESSABLE_ENTITY
STALE_WORD = (
    f"这张一次性口令单已超过{passwords.ONE_TIME_LIFE.days}天，口令作废；请联系县级管理员重置密码。"
)
ENDED = {
    "idle": "您已有30分钟没有操作，为安全起见已退出；没有提交的内容请重新填写。",
    "limit": "这次登录已满12小时，请重新登录。",
    "disabled": "这个账号已停用；如有疑问，请联系县级管理员。",
    "lost": "提交时您已不在登录状态，刚才的内容没有保存；请登录后重新提交。",
}


@policy("accounts.sign_in", public=True, methods=("GET", "POST"))
@sensitive_post_parameters("password")
@never_cache
def sign_in(request: Request) -> HttpResponse:
    """Ask for name and password; let in, or say how many tries are left."""
    if request.scope.signed_in:
        return redirect(_onward(request))
    form = SignInForm(request.POST or None)
    if not form.is_valid():
        return _sign_in_page(request, form)
    credentials = {"username": form.cleaned_data["username"]}
    if AxesProxyHandler.is_locked(request, credentials):
        return locked_out(request)
    user = authenticate(request, password=form.cleaned_data["password"], **credentials)
    if isinstance(user, User):
        return _let_in(request, user, form)
    locked = AxesProxyHandler.is_locked(request, credentials)
    services.record_failure(request, credentials["username"], moment=request.moment, locked=locked)
    left = settings.AXES_FAILURE_LIMIT - AxesProxyHandler.get_failures(request, credentials)
    form.add_error(
        None, f"登录名或密码不对；再错{left}次，这个登录名在本网络将锁定{LOCK_MINUTES}分钟。"
    )
    return _sign_in_page(request, form)


def _let_in(request: Request, user: User, form: SignInForm) -> HttpResponse:
    """Open the session, unless the word is one of a slip that has lain about too long."""
    if passwords.is_stale_word(user, request.moment.at):
        form.add_error(None, STALE_WORD)
        return _sign_in_page(request, form)
    services.sign_in(request, user, moment=request.moment, way="password")
    response = redirect(_onward(request))
    devices.remember(request, response, user.username)
    return response


def locked_out(request: HttpRequest, *_: object) -> HttpResponse:
    """Say that this name is locked from this address, and until when."""
    context = {"minutes": LOCK_MINUTES, "limit": settings.AXES_FAILURE_LIMIT}
    return render(request, "accounts/locked.html", context, status=429)


@policy("accounts.sign_out", "AKDLGFVCSX", methods=("POST",))
def sign_out(request: Request) -> HttpResponse:
    """End the session and have the browser forget what it kept."""
    services.sign_out(request, by=_actor(request), moment=request.moment)
    response = redirect("accounts:sign_in")
    # Not "cookies": the one that knows this browser keeps an enemy from locking its owner out.
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    response.delete_cookie(settings.CSRF_COOKIE_NAME)
    return response


@policy("accounts.demo", demo=True)
@never_cache
def demo(request: Request) -> HttpResponse:
    """Show the demo's identities."""
    cards = identities(request.moment.business_date)
    return render(request, "accounts/demo.html", {"cards": cards})


@policy("accounts.demo_sign_in", demo=True, methods=("POST",))
def demo_sign_in(request: Request) -> HttpResponse:
    """Take on one of the demo's identities."""
    people = User.objects.filter(is_active=True, demo_order__isnull=False)
    user = get_object_or_404(people, username=request.POST.get("username", ""))
    services.sign_in(request, user, moment=request.moment, way="demo")
    response = redirect(settings.LOGIN_REDIRECT_URL)
    devices.remember(request, response, user.username)
    return response


@policy("accounts.password", public=True)
@never_cache
def password(request: Request) -> HttpResponse:
    """Show the form for one's own password, to whoever is signed in, with or without a post."""
    return _password_page(request, PasswordForm())


@policy("accounts.change_password", public=True, methods=("POST",))
@sensitive_post_parameters("password", "new", "again")
def change_password(request: Request) -> HttpResponse:
    """Change one's own password."""
    form = PasswordForm(request.POST)
    if not request.scope.signed_in or not form.is_valid():
        return _password_page(request, form)
    try:
        services.change_password(
            request,
            old=form.cleaned_data["password"],
            new=form.cleaned_data["new"],
            by=_actor(request),
        )
    except services.RefusedError as refused:
        for problem in refused.problems:
            form.add_error(None, problem.sentence)
        return _password_page(request, form)
    messages.success(request, "密码已改；您在别处的登录都已结束。")
    return redirect(settings.LOGIN_REDIRECT_URL)


@policy("accounts.guide", public=True)
def guide(request: Request) -> HttpResponse:
    """Show the guide's first page."""
    pages = guides.pages()
    return _guide_page(request, pages, pages[0] if pages else None)


@policy("accounts.guide_page", public=True)
def guide_page(request: Request, slug: str) -> HttpResponse:
    """Show one page of the guide."""
    pages = guides.pages()
    page = next((page for page in pages if page.slug == slug), None)
    if page is None:
        raise Http404
    return _guide_page(request, pages, page)


def _actor(request: Request) -> Actor:
    scope = request.scope
    return Actor(scope.username, scope.name, "".join(sorted(scope.roles)), scope.unit)


def _password_page(request: Request, form: PasswordForm) -> HttpResponse:
    if not request.scope.signed_in:
        return redirect(settings.LOGIN_URL)
    person = cast("User", request.user)
    expired = services.MUST_CHANGE in request.session
    context = {
        "here": "password",
        "form": form,
        "why": "first" if person.must_change else "expired" if expired else "",
        "rules": password_validators_help_texts(),
        "days": passwords.EXPIRES_AFTER.days,
    }
    status = UNPROCESSABLE if form.is_bound else OK
    return render(request, "accounts/password.html", context, status=status)


def _guide_page(
    request: Request, pages: list[guides.GuidePage], page: guides.GuidePage | None
) -> HttpResponse:
    return render(request, "accounts/guide.html", {"here": "help", "pages": pages, "page": page})


def _sign_in_page(request: Request, form: SignInForm) -> HttpResponse:
    reason = "lost" if "lost" in request.GET else request.GET.get("ended", "")
    context = {"form": form, "ended": ENDED.get(reason, ""), "next": request.GET.get("next", "")}
    return render(request, "accounts/sign_in.html", context)


def _onward(request: Request) -> str:
    """Give the page the person came for, if it is one of ours."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    ours = wanted.startswith("/") and url_has_allowed_host_and_scheme(
        wanted, {request.get_host()}, require_https=request.is_secure()
    )
    return wanted if ours else settings.LOGIN_REDIRECT_URL
