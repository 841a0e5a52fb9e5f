"""Teaching the dictionary by what a person made of a paper: another name, a new indicator."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from zhenxing.adoption.models import Item
from zhenxing.adoption.services import deciding
from zhenxing.adoption.services.deciding import Said
from zhenxing.assessment.services.standing import refuse
from zhenxing.indicators import services as indicators

if TYPE_CHECKING:
    from zhenxing.indicators.models import Indicator, Synonym
    from zhenxing.indicators.services import NewIndicator
    from zhenxing.kernel.moments import Moment
    from zhenxing.web.scope import Scope


def learn(item: Item, scope: Scope, moment: Moment) -> Synonym:
    """Let the item's indicator go by the item's words from now on. Raises ActRefusedError."""
    rows = Item.objects.visible_to(scope).select_related("indicator__lead", "reading__paper")
    row = rows.get(pk=item.pk)
    if row.indicator is None:
        refuse(str(row), "没有归到指标，记不成别名", "请先选指标")
    return indicators.add_synonym(
        indicator=row.indicator,
        name=row.subject,
        basis=f"《{row.reading.paper.title}》第{row.number}条",
        scope=scope,
        moment=moment,
    )


def decide(*, said: Said, learns: bool, scope: Scope, moment: Moment) -> Item:
    """Decide about an item and, where wanted, learn its words: both or neither."""
    with transaction.atomic():
        row = deciding.decide(said=[said], scope=scope, moment=moment)[0]
        if learns:
            learn(row, scope, moment)
    return row


def create(
    *, item: Item, edition: int, said: NewIndicator, scope: Scope, moment: Moment
) -> Indicator:
    """Add the indicator an item speaks of, and map the item to it: both or neither."""
    with transaction.atomic():
        made = indicators.create_indicator(said=said, scope=scope, moment=moment)
        mapped = Said(
            item=item.pk,
            edition=edition,
            verdict=item.verdict,
            note=item.note,
            indicator=made.code,
        )
        deciding.decide(said=[mapped], scope=scope, moment=moment)
    return made
