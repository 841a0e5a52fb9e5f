"""How the cockpit draws what no other page has."""

from __future__ import annotations
