"""An act that the rules of the county forbid."""

from __future__ import annotations

from zhenxing.accounts.services import RefusedError


class ActRefusedError(RefusedError):
    """An act the rules forbid; `problems` say why, in the reader's words."""
