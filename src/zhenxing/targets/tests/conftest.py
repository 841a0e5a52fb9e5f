"""What most tests of targets stand on: an indicator and a second person of the office."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import pytest

from zhenxing.indicators.tests import make as make_indicators
from zhenxing.targets.tests import make

if TYPE_CHECKING:
    from tests import cast
    from zhenxing.accounts.models import User
    from zhenxing.indicators.models import Indicator, Target


class Answer(Protocol):
    """What a page answers, of the test client's many kinds."""

    status_code: int
    content: bytes


def text(response: Answer, status: int = 200) -> str:
    """Give a page's text if its answer is what was expected."""
    assert response.status_code == status, response.content.decode()[:2000]
    return response.content.decode()


@pytest.fixture
def paid_in(county: cast.County) -> Indicator:
    """Give an indicator that T01-G3 answers for and D01 leads."""
    indicator = make_indicators.indicator("paid_in", "招商到位资金", county.statistics)
    make_indicators.charge(county.groups["T01-G3"], indicator)
    make_indicators.lamps()
    return indicator


@pytest.fixture
def second(county: cast.County) -> User:
    """Give the second person of the assessment office."""
    return make.second_assessor(county)


@pytest.fixture
def target(county: cast.County, paid_in: Indicator) -> Target:
    """Give T01 an aim on it, and September's figure."""
    make_indicators.figure(county.town, paid_in, "2023-09", "5260")
    return make_indicators.target(county.town, paid_in, "10000")
