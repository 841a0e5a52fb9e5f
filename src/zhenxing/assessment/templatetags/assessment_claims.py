"""How those a claim is about are called."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template

if TYPE_CHECKING:
    from collections.abc import Mapping

register = template.Library()


@register.filter
def named(names: Mapping[str, str], code: str) -> str:
    """Give a name by its code; a code nobody knows any more stands for itself."""
    return names.get(code, code)
