"""How values lie in the database: exact decimals, tables that only grow."""

from __future__ import annotations
