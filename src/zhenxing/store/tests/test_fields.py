"""Figures lie in the database as whole ten-thousandths, exact on both engines."""

from __future__ import annotations

from decimal import Decimal, localcontext
from typing import TYPE_CHECKING

import pytest
from django.core.exceptions import FieldError, ValidationError
from django.db import connection, models
from django.db.models import Avg, F, Max, Sum
from django.db.models.expressions import Combinable
from django.test.utils import isolate_apps
from hypothesis import given
from hypothesis import strategies as st

from zhenxing.store.fields import LIMIT, ExactDecimalField

if TYPE_CHECKING:
    from tests.databases import Database

FIELD = ExactDecimalField()
FIGURES = st.decimals(min_value=1 - LIMIT, max_value=LIMIT - 1, places=4)


@pytest.fixture
def weights(real_database: Database) -> type[models.Model]:
    """Make a table of figures in a database of one's own."""
    with isolate_apps("zhenxing.store"):

        class Weight(models.Model):
            tons = ExactDecimalField(null=True)

            class Meta:
                app_label = "store"

            def __str__(self) -> str:
                return str(self.tons)

    with connection.constraint_checks_disabled(), connection.schema_editor() as editor:
        editor.create_model(Weight)
    for tons in (Decimal("0.1"), Decimal("0.2"), Decimal("1900.0001"), None):
        Weight._default_manager.create(tons=tons)
    return Weight


@pytest.mark.both_engines
def test_sums_and_comparisons_are_exact(weights: type[models.Model]) -> None:
    rows = weights._default_manager.order_by("tons")
    assert rows.aggregate(total=Sum("tons"), most=Max("tons")) == {
        "total": Decimal("1900.3001"),
        "most": Decimal("1900.0001"),
    }
    assert rows.filter(tons__gt=Decimal("0.1")).count() == 2
    assert rows.filter(tons=Decimal("0.1000")).count() == 1
    assert list(rows.filter(tons__isnull=True).values_list("tons", flat=True)) == [None]


@pytest.mark.both_engines
def test_sums_inside_a_query_stay_figures(weights: type[models.Model]) -> None:
    known = weights._default_manager.filter(tons__isnull=False).order_by("tons")
    twice = known.annotate(n=F("tons") + F("tons")).values_list("n", flat=True)
    assert list(twice) == [Decimal("0.2"), Decimal("0.4"), Decimal("3800.0002")]
    assert known.annotate(n=F("tons") - F("tons")).values_list("n", flat=True)[0] == 0


@pytest.mark.both_engines
@pytest.mark.parametrize("mixed", [F("tons") * F("tons"), F("tons") + 1, F("tons") / F("tons")])
def test_what_would_leave_the_ten_thousandths_is_refused(
    weights: type[models.Model], mixed: Combinable
) -> None:
    with pytest.raises(FieldError):
        list(weights._default_manager.annotate(n=mixed))


@pytest.mark.both_engines
def test_an_average_that_is_no_figure_is_refused(weights: type[models.Model]) -> None:
    rows = weights._default_manager
    rows.create(tons=Decimal("0.0001"))
    with pytest.raises(TypeError, match="在 Python 里"):
        rows.aggregate(mean=Avg("tons"))


@given(FIGURES)
def test_every_figure_comes_back_as_it_went(figure: Decimal) -> None:
    stored = FIELD.get_prep_value(figure)
    assert FIELD.from_db_value(stored, None, connection) == figure  # type: ignore[arg-type]  # unused


@given(FIGURES)
def test_the_callers_own_precision_changes_nothing(figure: Decimal) -> None:
    stored = FIELD.get_prep_value(figure)
    with localcontext(prec=3):
        assert FIELD.get_prep_value(figure) == stored
        assert FIELD.from_db_value(stored, None, connection) == figure  # type: ignore[arg-type]  # unused


@pytest.mark.parametrize("value", ["1E-4", "-0.0001", "12.50000000", "1E+3", "0E-99", 7, "7"])
def test_what_has_four_places_or_fewer_is_taken(value: str | int) -> None:
    assert FIELD.get_prep_value(value) == Decimal(value) * 10_000


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("0.00001", "多于四位小数"),
        ("1.00000000000000000000000000000000001", "多于四位小数"),
        (Decimal("1E-999999"), "多于四位小数"),
        (1.5, "浮点数"),
        ("一", "不是数"),
        ([], "不是数"),
        (Decimal("NaN"), "超出"),
        (Decimal("-Infinity"), "超出"),
        (Decimal("1E+999999"), "超出"),
        (LIMIT, "超出"),
        (-LIMIT, "超出"),
    ],
)
def test_what_cannot_be_kept_exactly_is_refused(value: object, said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        FIELD.get_prep_value(value)


def test_no_figure_stays_no_figure() -> None:
    assert FIELD.get_prep_value(None) is None
    assert FIELD.to_python(None) is None
