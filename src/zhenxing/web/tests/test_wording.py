"""How figures, lamps and bars come out of a template."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.template import Context, Template

from zhenxing.kernel.periods import Period


def written(template: str, **context: Any) -> str:  # noqa: ANN401  # whatever a template may get
    return Template(template).render(Context(context))


@pytest.mark.parametrize(
    ("filters", "value", "shown"),
    [
        ("number", Decimal("10780.5"), "10,780.5"),
        ("number:0", Decimal("0.5"), "1"),
        ("number", None, "—"),
        ("number", 0, "0"),
        ("signed", Decimal("42.314"), "+42.31"),
        ("signed:1", Decimal("-12.92"), "−12.9"),
        ("signed", None, "—"),
        ("percent", Decimal("65.215"), "65.22%"),
        ("percent", None, "—"),
        ("points", Decimal("15.22"), "+15.22个百分点"),
        ("points", None, "—"),
        ("chinese_date", date(2023, 10, 25), "2023年10月25日（周三）"),
        ("chinese_date", None, "—"),
        ("short_date", date(2023, 10, 25), "10月25日（周三）"),
        ("short_date", None, "—"),
        ("clock", datetime(2023, 10, 20, 1, 5, tzinfo=UTC), "2023-10-20 09:05"),
        ("clock", None, "—"),
        ("period_label", "2023-09", "2023年9月"),
        ("period_label", Period.parse("2023-Q3"), "2023年三季度"),
        ("to_date_label", "2023-09", "2023年1—9月"),
        ("to_date_label", Period.parse("2023-09"), "2023年1—9月"),
    ],
)
def test_it_writes_for_readers(filters: str, value: object, shown: str) -> None:
    assert written(f"{{{{ value|{filters} }}}}", value=value) == shown


def test_a_lamp_is_a_shape_and_a_word() -> None:
    assert written("{% lamp 'red' %}") == '<span class="lamp lamp-red">红灯</span>'
    assert written("{% lamp 'grey' '无任务' %}") == '<span class="lamp lamp-grey">无任务</span>'


def test_a_lamp_escapes_its_word() -> None:
    assert "<b>" not in written("{% lamp 'grey' word %}", word="<b>")


@pytest.mark.parametrize(
    ("places", "shown"),
    [(2, "▲2"), (-1, "▼1"), (0, "—"), (None, "—")],
)
def test_a_move_is_an_arrow_and_how_far(places: int | None, shown: str) -> None:
    assert f">{shown}</span>" in written("{% move places %}", places=places)


def test_a_bar_behind_shows_the_gap_up_to_the_mark_of_time() -> None:
    drawn = written("{% bar done time late=True %}", done=Decimal(50), time=Decimal(75))
    assert 'aria-label="完成 50.00%，序时进度 75.00%"' in drawn
    assert '<rect class="bar-fill" x="0.00%" y="4" width="50.00%" height="8"/>' in drawn
    assert '<rect class="bar-gap-late" x="50.00%" y="4" width="25.00%" height="8"/>' in drawn
    assert '<line class="bar-time" x1="75.00%" x2="75.00%" y1="1" y2="15"/>' in drawn


def test_a_bar_ahead_has_no_gap_and_never_leaves_its_track() -> None:
    drawn = written("{% bar done time %}", done=Decimal("125.64"), time=Decimal("83.33"))
    assert "bar-gap" not in drawn
    assert 'bar-fill" x="0.00%" y="4" width="100.00%"' in drawn
    assert "完成 125.64%" in drawn


def test_a_bar_that_is_amber_says_so_by_its_class() -> None:
    drawn = written("{% bar done time %}", done=Decimal(-5), time=Decimal(10))
    assert 'bar-gap" x="0.00%" y="4" width="10.00%"' in drawn


def test_a_bar_without_a_figure_is_an_empty_track() -> None:
    drawn = written("{% bar done time %}", done=None, time=Decimal(75))
    assert "bar-fill" not in drawn
    assert "bar-time" not in drawn


def test_a_bar_without_time_has_no_mark() -> None:
    assert "bar-time" not in written("{% bar done %}", done=Decimal(40))


def test_it_names_letters_in_the_order_given() -> None:
    names = {"K": "考核办", "X": "审计"}
    assert written("{{ 'XKZ'|named:names }}", names=names) == "审计；考核办"
