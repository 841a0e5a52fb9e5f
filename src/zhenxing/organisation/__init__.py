"""单位 and 专班: the dated tree, profiles, posts, who may see whom; the calendar."""

from __future__ import annotations
