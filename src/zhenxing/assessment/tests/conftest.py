"""A round at each station of its life; importing nothing from one test to the next."""

from __future__ import annotations

from datetime import date

import pytest

from tests import cast
from zhenxing.accounts.models import User
from zhenxing.assessment.models import Round
from zhenxing.assessment.queries import shaken
from zhenxing.assessment.tests import rounds_make as make

PUBLISHED = date(2023, 10, 24)


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    """Let no test meet what another one's site was held against."""
    shaken.forget()


@pytest.fixture
def second(county: cast.County) -> User:
    """Give the office a second person."""
    return make.assessor(county, 1)


@pytest.fixture
def gathering(county: cast.County) -> Round:
    """Begin a round."""
    make.figures(county)
    return make.opened(county.assessor, make.edition(county.county))


@pytest.fixture
def first(gathering: Round, county: cast.County) -> Round:
    """Give the round its first mark."""
    return make.marked(county.assessor, gathering)


@pytest.fixture
def replying(first: Round, county: cast.County) -> Round:
    """Open its replies."""
    return make.replied(county.assessor, first)


@pytest.fixture
def public(replying: Round, second: User) -> Round:
    """Check and publish it."""
    return make.published(second, make.checked(second, replying), PUBLISHED)


@pytest.fixture
def ready(county: cast.County) -> Round:
    """Begin a round of three towns with all their figures."""
    make.figures(county)
    return make.opened(county.assessor, make.edition(county.county))
