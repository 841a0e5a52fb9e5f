"""Schemes with their editions, issued before the site began."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from zhenxing.assessment.choices import EditionState
from zhenxing.assessment.models import Edition, Scheme
from zhenxing.engine import schemes as engine

if TYPE_CHECKING:
    from collections.abc import Mapping

    from zhenxing.audit.models import Actor
    from zhenxing.organisation.models import Unit
    from zhenxing.packs.pack import Pack
    from zhenxing.packs.sections.schemes import SchemeFile

PACK, PACK_NAME = "pack", "县域文件"


@dataclass(frozen=True)
class Hands:
    """Who brings the editions in: their two persons, or one and the file; and the entry."""

    by: Actor
    second: Actor | None
    sequence: int

    @property
    def columns(self) -> dict[str, object]:
        """The columns of an edition that say who stands for it."""
        first, name = PACK, PACK_NAME
        if self.second is not None:
            first, name = self.second.username, self.second.name
        return {
            "state": EditionState.ISSUED,
            "hands": [first],
            "proposed_by": first,
            "proposed_name": name,
            "decided_by": self.by.username,
            "decided_name": f"{self.by.name}（初始导入）",
            "entry": self.sequence,
        }


def load_schemes(pack: Pack, units: Mapping[str, Unit], hands: Hands) -> None:
    """Make each scheme, named after its latest file, and its editions from the first on."""
    files = {each.file: each for each in pack.schemes}
    earlier = {each.previous for each in pack.schemes}
    for last in pack.schemes:
        if last.file in earlier:
            continue
        chain = [last]
        while chain[-1].previous in files and len(chain) <= len(files):
            chain.append(files[chain[-1].previous])
        _load(pack, units[last.owner], chain[::-1], hands)


def _load(pack: Pack, owner: Unit, chain: list[SchemeFile], hands: Hands) -> None:
    scheme: Scheme | None = None
    for number, each in reversed(list(enumerate(chain, 1))):
        text = pack.bytes_of[each.path].decode("utf-8-sig")
        rules, _ = engine.load(text, each.file)
        if rules is None:
            continue
        if scheme is None:
            scheme = Scheme.objects.create(
                code=each.file.removesuffix(".yaml"),
                name=rules.name[:80],
                kind=each.kind,
                subjects=each.subjects,
                owner=owner,
            )
        Edition.objects.create(
            scheme=scheme,
            number=number,
            year=rules.year,
            title=rules.name[:120],
            document=rules.basis[:60],
            text=text,
            digest=hashlib.sha256(text.encode()).hexdigest(),
            issued=each.issued,
            **hands.columns,
        )
