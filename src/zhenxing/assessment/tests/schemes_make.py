"""Schemes and their drafts for tests of the part."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests import cast
from zhenxing.assessment.services import schemes as services

if TYPE_CHECKING:
    from zhenxing.accounts.models import User
    from zhenxing.assessment.models import Edition
    from zhenxing.organisation.models import Unit

TEXT = """# 说明
scheme: {id: towns-2023, name: 镇考核办法, basis: 禾考发〔2023〕9号, year: 2023}
sections:
- id: economy
  name: 经济发展
  items:
  - {id: fai, name: 固定资产投资, points: 60, lead: 县统计局, rule: {completion: {cap: 1}}}
  - {id: service, name: 服务, points: 40, rule: {judged: {好: 40, 差: 10}}}
"""
WRONG = TEXT.replace("{cap: 1}", "{kap: 1}")


def begun(
    county: cast.County, text: str = TEXT, *, by: User | None = None, owner: Unit | None = None
) -> Edition:
    """Begin a scheme with a draft."""
    unit = owner or county.county
    return services.begin(
        particulars=services.Particulars("镇考核办法", "year", "towns", unit.code),
        text=text,
        scope=cast.scope(by or county.assessor),
        moment=cast.moment(),
    )


def said(edition: Edition, by: User) -> dict[str, object]:
    """Give what every verb is told: the draft that was seen, who, when."""
    return {
        "edition": edition,
        "draft": edition.draft,
        "scope": cast.scope(by),
        "moment": cast.moment(),
    }


def issued(edition: Edition, by: User, second: User) -> Edition:
    """Put a draft forward and issue it."""
    proposed = services.propose(**said(edition, by))  # type: ignore[arg-type]  # as named there
    return services.approve(**said(proposed, second))  # type: ignore[arg-type]  # as named there
