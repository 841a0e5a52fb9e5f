"""A YAML file whose scalars stay the text that was written."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml


def read_fields(path: Path) -> dict[str, Any]:
    """Read a file that is one group of keys."""
    return dict(_composed(path))


def read_list(path: Path) -> list[dict[str, str]]:
    """Read a file that is a list of flat groups of keys."""
    return [dict(item) for item in _composed(path)]


def _composed(path: Path) -> Any:  # noqa: ANN401  # YAML is either; the two readers above say which
    return yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)  # noqa: S506  # text only
