"""From a checked pack to rows of the database, one module for each part that keeps them."""

from __future__ import annotations
