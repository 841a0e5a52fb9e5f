"""From a paper that was read to the draft of a pack, a remark beside every line."""

from __future__ import annotations
