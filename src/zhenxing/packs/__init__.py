"""A county as readable files: checking, loading, saving."""

from __future__ import annotations
