"""外表: other offices' forms, mapped once and filled every month (一数多表)."""

from __future__ import annotations
