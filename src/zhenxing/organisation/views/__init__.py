"""The county's pages: units, people and posts, the calendar."""

from __future__ import annotations
