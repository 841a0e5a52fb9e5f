"""Random persons play the life of a submission; whatever they try, the tables agree."""

from __future__ import annotations

import pytest
from django.db import connection
from hypothesis.stateful import run_state_machine_as_test

from tests.life_ground import World
from tests.life_machine import LifeMachine, played

RUNS, STEPS = 100, 16  # on each engine; `./run trial submissions` plays thousands


@pytest.mark.django_db
@pytest.mark.both_engines
def test_whoever_does_what_and_when_nothing_is_bent(engine: str) -> None:
    LifeMachine.world = World.build()
    run_state_machine_as_test(LifeMachine, settings=played(RUNS, STEPS, fixed=True))
    tried = LifeMachine.world.tried
    assert LifeMachine.world.runs >= RUNS
    assert connection.vendor == engine
    for name in ("submit:handed", "review:done", "sign:done", "return:done", "confirm:confirmed"):
        assert tried[name] > 0, f"{name}: {tried}"
    for name in ("refused", "close:call"):  # stale and conflict come by design in test_drafts
        assert tried[name] > 0, f"{name}: {tried}"
