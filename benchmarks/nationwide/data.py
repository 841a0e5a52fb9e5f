"""The nation of the benchmark: its figures as Parquet and as a dense cube, its scheme as text."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

INDICATORS, COMPLETED, GROWN, COMPARED, RANKED, TAKEN = 100, 40, 60, 80, 95, 100
COUNTIES, TOWNS = 2850, 38600
YEAR, MONTHS = 2025, 6
VETO = 8
PERIOD = "2025-06"
AT_ONCE = 2000
SEED = 7


def scheme_text() -> str:
    """Write the scheme: 40 completions, 20 growths, 20 efficacies, 15 ranks, 5 deductions."""
    rules = [
        (0, COMPLETED, "points: 1, target: schedule, rule: {completion: {cap: 1.2}}"),
        (COMPLETED, GROWN, 'points: 1, rule: {formula: "clip(P * (1 + growth(x) / 20), 0, 1.5)"}'),
        (GROWN, COMPARED, "points: 1, rule: {minmax: {low: 60, high: 100}}"),
        (COMPARED, RANKED, "points: 1, rule: {rank_between: {first: 1, last: 0.2}}"),
        (RANKED, TAKEN, 'rule: {formula: "min(0.5 * x, 2)"}'),
    ]
    lines = [
        [f"- {{id: i{place:03}, {rule}}}" for place in range(start, end)]
        for start, end, rule in rules
    ]
    items = "\n  ".join(line for part in lines[:4] for line in part)
    return (
        f"scheme: {{id: nation, name: 全国, basis: 试, year: {YEAR}, monthly: current, "
        "missing: zero}\n"
        f"groups: {{by: county}}\nsections:\n- id: work\n  items:\n  {items}\npenalties:\n"
        + "\n".join(lines[4])
        + f"\nveto: [{{when: i{TAKEN - 1:03} > {VETO}, effect: unranked}}]\n"
    )


def write_nation(folder: Path, towns: int) -> None:
    """Write units, indicators, figures, targets, and the cube that NumPy reads."""
    random = np.random.default_rng(SEED)
    counties = max(1, round(towns * COUNTIES / TOWNS))
    county = np.sort(random.integers(0, counties, towns)).astype(np.int32)
    units = {"unit": np.arange(towns, dtype=np.int32), "county": county}
    pq.write_table(pa.table(units), folder / "units.parquet")
    codes = {
        "indicator": np.arange(INDICATORS, dtype=np.int16),
        "code": [f"i{place:03}" for place in range(INDICATORS)],
    }
    pq.write_table(pa.table(codes), folder / "indicators.parquet")
    np.save(folder / "county.npy", county)
    shape = (2, MONTHS, INDICATORS, towns)
    cube = np.lib.format.open_memmap(folder / "cube.npy", "w+", np.float64, shape)
    schema = _long(0, *_figures(np.random.default_rng(0), 1)).schema
    writer = pq.ParquetWriter(
        folder / "figures.parquet", schema, compression="zstd", store_decimal_as_integer=True
    )
    for start in range(0, towns, AT_ONCE):
        count = min(AT_ONCE, towns - start)
        cents, missing = _figures(random, count)
        table = _long(start, cents, missing)
        writer.write_table(table, row_group_size=200_000)
        values = np.where(missing, np.nan, cents / 100)
        cube[..., start : start + count] = values.transpose(2, 3, 1, 0)
    cube.flush()
    writer.close()
    _write_targets(folder, random, towns)


def _figures(random: np.random.Generator, count: int) -> tuple[np.ndarray, np.ndarray]:
    """Draw hundredths by town, indicator, year (last, this) and month; about 1 % lack a month."""
    base = random.lognormal(8, 1.2, (count, INDICATORS, 1, 1))
    trend = np.ones((count, INDICATORS, 2, 1))
    trend[:, :, 1, 0] = random.normal(1.06, 0.12, (count, INDICATORS))
    season = random.normal(1, 0.15, (count, INDICATORS, 2, MONTHS))
    cents = np.rint(np.maximum(base * trend * season, 0) * 100).astype(np.int64)
    cents[:, RANKED:] = random.poisson(0.3, cents[:, RANKED:].shape) * 100
    cents[:, COMPLETED:GROWN, 0] *= random.random((count, GROWN - COMPLETED, 1)) > 0.001
    cents[:, COMPARED:RANKED] -= cents[:, COMPARED:RANKED] % 100_000  # ties
    return cents, random.random(cents.shape) < 0.0017


def _long(start: int, cents: np.ndarray, missing: np.ndarray) -> pa.Table:
    count = len(cents)
    block = INDICATORS * 2 * MONTHS
    one: np.ndarray = np.arange(INDICATORS, dtype=np.int16).repeat(2 * MONTHS)
    years = np.array([YEAR - 1, YEAR], np.int16).repeat(MONTHS)
    return pa.table({
        "unit": np.arange(start, start + count, dtype=np.int32).repeat(block),
        "indicator": np.tile(one, count),
        "year": np.tile(years, count * INDICATORS),
        "month": np.tile(np.arange(1, MONTHS + 1, dtype=np.int8), count * INDICATORS * 2),
        "value": _decimals(cents.reshape(-1), missing.reshape(-1)),
    })  # fmt: skip


def _write_targets(folder: Path, random: np.random.Generator, towns: int) -> None:
    cents = np.rint(random.lognormal(10.6, 1.2, towns * COMPLETED) * 100).astype(np.int64)
    cents[random.random(len(cents)) < 0.001] = 0
    missing = random.random(len(cents)) < 0.01
    table = {
        "unit": np.arange(towns, dtype=np.int32).repeat(COMPLETED),
        "indicator": np.tile(np.arange(COMPLETED, dtype=np.int16), towns),
        "year": np.full(len(cents), YEAR, np.int16),
        "target": _decimals(cents, missing),
    }
    pq.write_table(pa.table(table), folder / "targets.parquet", store_decimal_as_integer=True)
    np.save(
        folder / "targets.npy", np.where(missing, np.nan, cents / 100).reshape(towns, COMPLETED).T
    )


def _decimals(hundredths: np.ndarray, missing: np.ndarray) -> pa.Array:
    """Lay hundredths out as DECIMAL(15, 2) without a detour by text."""
    words = np.stack([hundredths, hundredths >> 63], axis=1)
    buffers = [pa.array(~missing).buffers()[1], pa.py_buffer(words)]
    return pa.Array.from_buffers(pa.decimal128(15, 2), len(hundredths), buffers)
