"""More of an item of which more is better never lowers its own score."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import example, given, settings
from hypothesis import strategies as st

from zhenxing.engine.tests.schemes.make import of, scores

SHARES = st.sampled_from(["0", "0.5", "1", "1.2", "2"])
AMOUNTS = st.sampled_from(["0", "0.1", "0.5", "1", "3"])
PERS = st.sampled_from(["0.3", "1", "7", "10"])
COMPLETION = st.tuples(SHARES, SHARES).map(
    lambda ends: "{completion: {floor: %s, cap: %s}}" % tuple(sorted(ends, key=Decimal))  # noqa: UP031
).filter(lambda rule: "cap: 0}" not in rule)  # fmt: skip
STEPS = st.builds(
    lambda of_, whole, base, over, under, floor: (
        f"{{steps: {{of: {of_}, whole: {whole}, base: {base}, "
        f"over: {{per: {over[0]}, add: {over[1]}, cap: 2}}, "
        f"under: {{per: {under[0]}, sub: {under[1]}, floor: {floor}}}}}}}"
    ),
    st.sampled_from(["value", "share"]), st.sampled_from(["true", "false"]),
    st.sampled_from(["1", "0.8"]),
    st.tuples(PERS, AMOUNTS), st.tuples(PERS, AMOUNTS), st.sampled_from(["-3", "0", "2"]),
)  # fmt: skip
RULES = st.one_of(
    st.sampled_from([
        "pass", "completion", "best_ratio", "{minmax: {low: 60, high: 100}}",
        "{minmax: {low: 0, high: 0.1}}", "{rank_steps: {step: 0.5}}",
        "{rank_steps: {step: 9, floor: 1}}", "{rank_between: {first: 12, last: 5}}",
        "{steps: {short: 3, over: {per: 1, add: 0.1}}}",
    ]),
    COMPLETION, STEPS,
)  # fmt: skip
BETTER = st.sampled_from(["higher", "lower"])
VALUES = st.lists(st.integers(-300, 3000), min_size=1, max_size=6)


def number(cents: int) -> str:
    return str(Decimal(cents) / 100)


@given(RULES, VALUES, st.integers(0, 2000), st.sampled_from(["8", "0.3", "12.5"]), BETTER)
@example("completion", [1], 1, "8", "lower")
@settings(max_examples=150)
def test_more_never_lowers_the_score_of_what_should_be_high(
    rule: str, values: list[int], more: int, target: str, better: str
) -> None:
    """Turned round for what should be low: less never lowers it."""
    item = f"{{id: fai, points: 12, better: {better}, target: {target}, rule: {rule}}}"
    moved = [values[0] + (-more if better == "lower" else more), *values[1:]]
    before, after = (
        scores(of(item, " ".join(map(number, each))), "fai")["T01"] for each in (values, moved)
    )
    if before is not None and after is not None:
        assert Decimal(after) >= Decimal(before)
