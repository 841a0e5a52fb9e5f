"""系统: a county's first start, backups and drills, the ledger taken back, health."""

from __future__ import annotations
