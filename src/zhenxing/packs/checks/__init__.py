"""What must hold between the files of a pack, one module a noun; all faults at once."""

from __future__ import annotations
