"""Assessment: schemes, rounds, marks, claims, appeals, results and what follows from them."""

from __future__ import annotations
