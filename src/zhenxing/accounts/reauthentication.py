"""The password again, before a signature: whoever found an open screen cannot sign."""

from __future__ import annotations

from typing import TYPE_CHECKING

from axes.handlers.proxy import AxesProxyHandler
from django.conf import settings
from django.contrib.auth import authenticate
from django.http import HttpRequest

from zhenxing.kernel.problems import Problem

if TYPE_CHECKING:
    from zhenxing.web.http import Request

WHERE = "登录密码"
LOCK_MINUTES = int(settings.AXES_COOLOFF_TIME.total_seconds() // 60)


def problem_with(request: Request, password: str) -> tuple[Problem | None, bool]:
    """Try the password of the signed-in person; say what is wrong, and whether it was a failure.

    Failures count with those at the door, under the same name from the same address.
    """
    if not password:
        return Problem(WHERE, "没有填写，没有签名", "请再次输入您的登录密码"), False
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
