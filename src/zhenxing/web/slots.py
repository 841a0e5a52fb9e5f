"""Places in a lower page that a higher part fills at start-up."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from django.utils.html import format_html_join

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from django.utils.safestring import SafeString

    Filler = Callable[[Mapping[str, Any], object], SafeString]

_fillers: defaultdict[str, list[Filler]] = defaultdict(list)


def fill(name: str, filler: Filler) -> None:
    """Show what `filler(context, thing)` gives wherever a page says `{% slot NAME thing %}`."""
    if filler not in _fillers[name]:
        _fillers[name].append(filler)


def shown(name: str, context: Mapping[str, Any], thing: object = None) -> SafeString:
    """Give everything a slot holds, in the order of filling; an unfilled slot shows nothing.

    What a filler gives as plain text is escaped: markup comes out of a template.
    """
    return format_html_join(
        "", "{}", ((filler(context, thing),) for filler in _fillers.get(name, ()))
    )
