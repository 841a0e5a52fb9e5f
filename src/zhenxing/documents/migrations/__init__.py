"""The tables of documents, step by step."""

from __future__ import annotations
