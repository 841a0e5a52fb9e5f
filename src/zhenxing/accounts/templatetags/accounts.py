"""What forms that sign show beside the password."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django import template

from zhenxing.accounts import demo_password as demo
from zhenxing.web.policy import is_local

if TYPE_CHECKING:
    from collections.abc import Mapping

    from zhenxing.web.http import Request

register = template.Library()


@register.simple_tag(takes_context=True)
def demo_password(context: Mapping[str, object]) -> str:
    """Give the demo's password, but only on a demo site and only to the machine it runs on."""
    request = cast("Request", context["request"])
    return demo.read() if request.is_demo and is_local(request) else ""
