"""The month every test of this part stands in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from zhenxing.reporting.tests import make

if TYPE_CHECKING:
    from tests import cast


@pytest.fixture
def month(county: cast.County) -> make.Month:
    """Give the county in October 2023, with indicators and two calls."""
    return make.month(county)
