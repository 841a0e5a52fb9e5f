"""Tags of the accounts part."""

from __future__ import annotations
