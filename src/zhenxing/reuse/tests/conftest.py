"""The desk every test of this part stands at."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from zhenxing.reuse.tests import make

if TYPE_CHECKING:
    from tests import cast


@pytest.fixture
def desk(county: cast.County) -> make.Desk:
    """Give the town's desk with figures and a form."""
    return make.desk(county)
