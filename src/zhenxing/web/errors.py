"""Pages that say no: what happened, why, and what to do next."""

from __future__ import annotations

import secrets
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.db import OperationalError
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render, resolve_url
from django.template.loader import render_to_string

from zhenxing.web.scope import NOBODY, Scope

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest

RETRY_SECONDS = (5, 30)


@dataclass
class Refusal(Exception):  # noqa: N818  # a stated answer to the reader, not a fault
    """Raised by a view to answer with a page of its own words."""

    status: int
    what: str
    why: str
    next: str
    link: str = ""
    link_text: str = ""


BAD_REQUEST = Refusal(
    400,
    "这个请求看不懂",
    "地址或表单内容不完整，可能是链接被截断，或页面停留太久",
    "请回到上一页刷新后重试",
)
STALE_FORM = Refusal(
    403,
    "这次提交没有通过安全校验",
    "页面停留太久、浏览器禁用了Cookie，或是从别的网站跳来的，系统无法确认是您本人操作",
    "请回到上一页刷新后重新提交；刚才的内容没有保存",
)
FORBIDDEN = Refusal(
    403, "您不能做这件事", "您的岗位没有这项权限", "如工作需要，请联系县级管理员调整岗位"
)
NO_POST = Refusal(
    403,
    "您在这一天没有岗位",
    "按现在的业务日期，您的任职还没有开始，或者已经结束",
    "演示站请点右上角的日期改回来；正式使用请联系县级管理员核对任职起止日期",
)
NOT_FOUND = Refusal(
    404,
    "没有找到这一页",
    "地址写错了，或者它不在您能查看的单位范围内",
    "请核对地址，或从左侧导航重新进入",
)
TOO_LARGE = Refusal(
    413,
    "提交的内容太大",
    "超过了单次上传10MB的上限",
    "请删去表中多余的图片和空白行，或拆成几份再传",
)
BROKEN = Refusal(
    500,
    "系统出错了",
    "程序遇到没有料到的情况，已经记入日志；没有完成的修改不会保存",
    "请稍后重试；仍然不行时，请把时间和网址告诉县级管理员",
)
BUSY = Refusal(
    503,
    "系统暂时忙不过来",
    "数据库没有及时应答；刚才的操作没有保存",
    "请半分钟后刷新重试，不必反复点击",
)


def refuse(request: HttpRequest, refusal: Refusal, **more: object) -> HttpResponse:
    """Answer with the page of a refusal, inside the frame the person knows."""
    context = {"refusal": refusal, **more}
    return render(request, "web/refusal.html", context, status=refusal.status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 400, or 413 where the body was too large."""
    return refuse(request, TOO_LARGE if isinstance(exception, RequestDataTooBig) else BAD_REQUEST)


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:  # Django passes it
    """Answer a form without its token."""
    return refuse(request, STALE_FORM)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:  # Django passes it
    """Answer 403."""
    return refuse(request, FORBIDDEN)


def forbidden_role(request: HttpRequest, letters: str) -> HttpResponse:
    """Answer 403 and name the roles that may; who has no post today is told so."""
    scope: Scope = getattr(request, "scope", NOBODY)
    if scope.signed_in and not scope.roles:
        return refuse(request, NO_POST)
    return refuse(request, FORBIDDEN, allowed=letters)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # Django passes it
    """Answer 404, the same for what is not there and what is not for this person."""
    return refuse(request, NOT_FOUND)


def not_allowed(request: HttpRequest, methods: Sequence[str]) -> HttpResponse:
    """Answer 405 with the methods there are."""
    words = {"GET": "打开", "POST": "提交表单"}
    refusal = Refusal(
        405,
        "不能这样访问",
        f"这个地址只能{'或'.join(words[method] for method in methods)}",
        "请从页面上的按钮或链接进入",
    )
    response = refuse(request, refusal)
    response.headers["Allow"] = ", ".join(methods)
    return response


def sign_in_first() -> HttpResponse:
    """Tell a page's script that nobody is signed in any more: 401, and where to sign in."""
    told = {"problem": "登录已过期；请重新登录，填的文字还在页面上。"}
    return JsonResponse(told | {"sign_in": resolve_url(settings.LOGIN_URL)}, status=401)


def unavailable(request: HttpRequest) -> HttpResponse:
    """Answer 503 and spread the returning crowd over half a minute."""
    response = _plain(BUSY)
    low, high = RETRY_SECONDS
    response.headers["Retry-After"] = str(low + secrets.randbelow(high - low + 1))
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 500, or 503 where the database is out of reach."""
    if isinstance(sys.exc_info()[1], OperationalError):
        return unavailable(request)
    return _plain(BROKEN)


def _plain(refusal: Refusal) -> HttpResponse:
    """Render without a frame: after a fault nothing may be asked of the database."""
    page = render_to_string("web/plain_refusal.html", {"refusal": refusal})
    return HttpResponse(page, status=refusal.status)
