"""Pages of the hand-in, one module for each thing a person comes for."""

from __future__ import annotations
