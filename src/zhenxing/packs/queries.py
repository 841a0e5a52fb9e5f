"""What a site already holds, which pack it came from, and the files that came with it."""

from __future__ import annotations

import json
from collections.abc import Callable

from zhenxing.accounts.models import User
from zhenxing.audit.models import Entry
from zhenxing.documents import services as documents
from zhenxing.indicators.models import Figure, Indicator, Target
from zhenxing.organisation.models import Site, Unit
from zhenxing.reporting.models import Version

LOADED = "packs.loaded"
IMPORTED = "packs.imported"


def contents() -> dict[str, int]:
    """Count what stands in the way of a first load, by its Chinese word; empty without any."""
    counted = {
        "单位": Unit.objects.count(),
        "人员": User.objects.count(),
        "指标": Indicator.objects.count(),
        "目标": Target.objects.count(),
        "数据": Figure.objects.count(),
        "填报": Version.objects.count(),
    }
    return {word: number for word, number in counted.items() if number}


def loaded_stamp() -> str:
    """Say which pack the site was loaded from; empty before a load."""
    site = Site.objects.first()
    return site.pack if site else ""


def loaded_files(is_wanted: Callable[[str], bool]) -> dict[str, bytes]:
    """Give the bytes of some files of the pack the site was loaded from, by name."""
    return {
        name: documents.stored_at(digest).read_bytes()
        for name, digest in _loaded_digests().items()
        if is_wanted(name)
    }


def loaded_file(name: str) -> bytes | None:
    """Give the bytes of a file of the pack the site was loaded from, as the ledger holds it."""
    digest = _loaded_digests().get(name)
    return None if digest is None else documents.stored_at(digest).read_bytes()


def _loaded_digests() -> dict[str, str]:
    entry = Entry.objects.filter(action=LOADED).order_by("sequence").first()
    return json.loads(entry.details)["files"] if entry else {}
