"""How the assessment part writes on pages."""

from __future__ import annotations
