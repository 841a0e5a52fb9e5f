"""People, sign-in, roles."""

from __future__ import annotations
