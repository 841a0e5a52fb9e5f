"""The password again, before a signature: whoever found an open screen cannot sign."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from axes.handlers.proxy import AxesProxyHandler
from django.conf import settings
from django.contrib.auth import authenticate
from django.http import HttpRequest
from django.utils import timezone

from zhenxing.accounts.models import User
from zhenxing.kernel.problems import Problem

if TYPE_CHECKING:
    from zhenxing.web.http import Request

WHERE = "登录密码"
# So long a person whose password another has reset signs nothing; long enough to notice.
REST = timedelta(hours=24)
LOCK_MINUTES = int(settings.AXES_COOLOFF_TIME.total_seconds() // 60)


def problem_with(request: Request, password: str) -> tuple[Problem | None, bool]:
    """Try the password of the signed-in person; say what is wrong, and whether it was a failure.

    Failures count with those at the door, under the same name from the same address.
    """
    early = _resting(request) if password else _empty()
    if early is not None:
        return early, False
    knock = _knock(request)
    credentials = {"username": request.scope.username}
    if AxesProxyHandler.is_locked(knock, credentials):
        return _locked(), False
    if authenticate(knock, password=password, **credentials) is not None:
        AxesProxyHandler.get_implementation().reset_user_attempts(knock, credentials)
        return None, False
    left = settings.AXES_FAILURE_LIMIT - AxesProxyHandler.get_failures(knock, credentials)
    if left <= 0:
        return _locked(), True
    what = f"密码不对，没有签名；再错{left}次将锁定{LOCK_MINUTES}分钟"
    return Problem(WHERE, what, "请核对大小写后重新输入"), True


def _empty() -> Problem:
    return Problem(WHERE, "没有填写，没有签名", "请再次输入您的登录密码")


def _resting(request: Request) -> Problem | None:
    """Hold back who may not be the person at all: an administrator knows the word of a reset."""
    reset = request.user.reset_at if isinstance(request.user, User) else None
    until = None if reset is None else reset + REST
    if until is None or request.moment.at >= until:
        return None
    when = f"{timezone.localtime(until):%Y年%m月%d日%H:%M}"
    return Problem(
        WHERE,
        f"您的密码刚由县级管理员重设，{when}以前不能签名，没有签名",
        "请到时再签；不是您本人要求重设的，请立即告知审计人员",
    )


def _locked() -> Problem:
    what = f"连续输错{settings.AXES_FAILURE_LIMIT}次，已锁定{LOCK_MINUTES}分钟，没有签名"
    return Problem(WHERE, what, "请稍后再试；不是您本人操作的，请联系县级管理员")


def _knock(request: Request) -> HttpRequest:
    """Give the request without its form: what somebody wrote is no business of the throttle's.

    The throttle would also answer in the page's stead, and the form would be lost.
    """
    knock = HttpRequest()
    knock.method, knock.path, knock.path_info = "POST", request.path, request.path_info
    knock.META, knock.COOKIES = request.META, request.COOKIES
    return knock
