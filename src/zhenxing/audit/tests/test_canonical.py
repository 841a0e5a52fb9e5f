"""One content has one text."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from uuid import UUID

import pytest
from django.db.models import TextChoices
from hypothesis import given
from hypothesis import strategies as st

from zhenxing.audit import canonical, receipt_check


class Letter(TextChoices):
    """A choice, as models hold it."""

    REPORTER = "F", "填报员"


def test_it_sorts_names_and_writes_chinese_without_spaces() -> None:
    assert canonical.text({"乙": 1, "甲": [True, None, "镇"]}) == '{"乙":1,"甲":[true,null,"镇"]}'


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("1.5000", "1.5"),
        ("1900", "1900"),
        ("1E+3", "1000"),
        ("-0.0", "0"),
        ("0.0001", "0.0001"),
        ("-12.50", "-12.5"),
    ],
)
def test_it_writes_a_number_one_way(value: str, written: str) -> None:
    assert canonical.decimal(Decimal(value)) == written


def test_it_writes_moments_in_utc_to_the_microsecond() -> None:
    china = datetime(2023, 10, 25, 8, 0, tzinfo=timezone(timedelta(hours=8)))
    assert canonical.plain(china) == "2023-10-25T00:00:00.000000+00:00"
    assert canonical.plain(china) == canonical.plain(china.astimezone(UTC))


def test_it_writes_dates_keys_and_choices_as_their_text() -> None:
    key = UUID("12345678123456781234567812345678")
    assert canonical.plain((date(2023, 10, 25), key, Letter.REPORTER)) == [
        "2023-10-25",
        "12345678-1234-5678-1234-567812345678",
        "F",
    ]


@pytest.mark.parametrize(
    "value",
    [1.5, Decimal("NaN"), datetime(2023, 1, 1), b"x", {1: 2}, {1, 2}],  # noqa: DTZ001  # naive on purpose
)
def test_it_refuses_what_has_no_exact_text(value: object) -> None:
    with pytest.raises(TypeError):
        canonical.text({"v": value})


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(exclude_categories=["Cs"])),
    lambda parts: st.lists(parts) | st.dictionaries(st.text(max_size=5), parts),
    max_leaves=20,
)


@given(JSON)
def test_the_offline_checker_writes_the_same_text(value: object) -> None:
    assert receipt_check.canonical(value) == canonical.text(value)


@given(st.decimals(allow_nan=False, allow_infinity=False, places=4))
def test_equal_numbers_have_equal_texts(number: Decimal) -> None:
    written = canonical.decimal(number)
    assert Decimal(written) == number
    assert "e" not in written.lower()
    assert canonical.decimal(Decimal(f"{number:f}000")) == written
