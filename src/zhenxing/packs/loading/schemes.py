"""Schemes with their editions, issued before the site began."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from zhenxing.assessment.choices import EditionState
from zhenxing.assessment.models import Edition, Scheme
from zhenxing.engine import schemes as engine

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from zhenxing.audit.models import Actor
    from zhenxing.organisation.models import Unit
    from zhenxing.packs.pack import Pack
    from zhenxing.packs.sections.schemes import SchemeFile

LONGEST_NAME, LONGEST_TITLE, LONGEST_DOCUMENT = 80, 120, 60  # as the database keeps them
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
    """Make each scheme, named after its latest file, and its editions, the latest first."""
    found = [_loaded(chain, pack, units, hands) for chain in _chains(pack)]
    Scheme.objects.bulk_create(scheme for scheme, _ in found)
    Edition.objects.bulk_create(edition for _, editions in found for edition in editions)


def _chains(pack: Pack) -> Iterator[list[SchemeFile]]:
    """Give the files of each scheme, the latest first."""
    files = {each.file: each for each in pack.schemes}
    earlier = {each.previous for each in pack.schemes}
    for last in pack.schemes:
        if last.file not in earlier:
            chain = [last]
            while chain[-1].previous:
                chain.append(files[chain[-1].previous])
            yield chain


def _loaded(
    chain: list[SchemeFile], pack: Pack, units: Mapping[str, Unit], hands: Hands
) -> tuple[Scheme, list[Edition]]:
    last = chain[0]
    scheme = Scheme(
        code=last.file.removesuffix(".yaml"),
        kind=last.kind,
        subjects=last.subjects,
        owner=units[last.owner],
    )
    editions = []
    for number, each in zip(range(len(chain), 0, -1), chain, strict=True):
        text = pack.bytes_of[each.path].decode("utf-8-sig")
        rules, problems = engine.load(text, each.file)
        if rules is None:
            raise ValueError("".join(problem.sentence for problem in problems))
        scheme.name = scheme.name or rules.name[:LONGEST_NAME]
        editions.append(
            Edition(
                scheme=scheme,
                number=number,
                year=rules.year,
                title=rules.name[:LONGEST_TITLE],
                document=rules.basis[:LONGEST_DOCUMENT],
                text=text,
                digest=hashlib.sha256(text.encode()).hexdigest(),
                issued=each.issued,
                **hands.columns,
            )
        )
    return scheme, editions
