"""The engines of `nation.py`: each scores the folder and returns totals and ranks by town.

Every one does the whole task on the same figures; only `pymcdm` can do no more than a part of it.
Totals are in 1e-9 points; a town out of the ranking has rank 0.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any

Answer = list[tuple[int, int | None, int]]  # town, total in 1e-9 points, rank

SQL = """
CREATE TABLE f AS
SELECT unit, county, indicator,
       CASE WHEN count(value) FILTER (WHERE year = 2025) = 6
            THEN (sum(value) FILTER (WHERE year = 2025))::DOUBLE END AS x,
       CASE WHEN count(value) FILTER (WHERE year = 2024) = 6
            THEN (sum(value) FILTER (WHERE year = 2024))::DOUBLE END AS p
FROM read_parquet('{folder}/figures.parquet') AS figures
JOIN read_parquet('{folder}/units.parquet') AS units USING (unit)
WHERE month <= 6 GROUP BY ALL;
CREATE TABLE items AS
WITH completed AS (
    SELECT unit, indicator, GREATEST(LEAST(x / t, 1.2e0), 0e0) AS s
    FROM f LEFT JOIN (
        SELECT unit, indicator, (target * 600)::BIGINT::DOUBLE / 1200e0 AS t
        FROM read_parquet('{folder}/targets.parquet') WHERE year = 2025 AND target > 0
    ) USING (unit, indicator)
    WHERE indicator < 40 AND x IS NOT NULL AND t IS NOT NULL
), grown AS (
    SELECT unit, indicator,
           GREATEST(LEAST(1e0 + (100e0 * (x - p)) / abs(p) / 20e0, 1.5e0), 0e0) AS s
    FROM f WHERE indicator BETWEEN 40 AND 59 AND x IS NOT NULL AND abs(p) > 5e-10
), compared AS (
    SELECT unit, indicator, CASE WHEN most <= least THEN 100e0
           ELSE 60e0 + 40e0 * ((x - least) / (most - least)) END / 100e0 AS s
    FROM (SELECT unit, indicator, x, min(x) OVER w AS least, max(x) OVER w AS most
          FROM f WHERE indicator BETWEEN 60 AND 79
          WINDOW w AS (PARTITION BY county, indicator))
    WHERE x IS NOT NULL
), ranked AS (
    SELECT unit, indicator, CASE WHEN n <= 1 THEN 1e0
           ELSE 1e0 - (0.8e0 * (r - 1e0)) / (n - 1e0) END AS s
    FROM (SELECT unit, indicator, x, count(x) OVER (PARTITION BY county, indicator) AS n,
                 rank() OVER (PARTITION BY county, indicator ORDER BY x DESC NULLS LAST) AS r
          FROM f WHERE indicator BETWEEN 80 AND 94)
    WHERE x IS NOT NULL
), taken AS (
    SELECT unit, indicator, LEAST(0.5e0 * x, 2e0) AS s FROM f WHERE indicator >= 95
       AND x IS NOT NULL
)
SELECT unit, indicator, FLOOR(s * 1e12 + 0.5)::BIGINT AS q FROM (
    FROM completed UNION ALL FROM grown UNION ALL FROM compared UNION ALL FROM ranked
    UNION ALL FROM taken);
CREATE TABLE totals AS
SELECT *, CASE WHEN total IS NULL OR gone THEN 0
          ELSE rank() OVER (PARTITION BY county ORDER BY CASE WHEN NOT gone THEN total END DESC
                            NULLS LAST) END AS place
FROM (SELECT unit, county, coalesce(v.x > 8, FALSE) AS gone,
             FLOOR((coalesce(plus, 0)::DOUBLE / 1e12 - coalesce(minus, 0)::DOUBLE / 1e12) * 1e9
                   + 0.501)::BIGINT AS total
      FROM read_parquet('{folder}/units.parquet') AS units
      LEFT JOIN (SELECT unit, sum(q) FILTER (WHERE indicator < 95) AS plus,
                        sum(q) FILTER (WHERE indicator >= 95) AS minus
                 FROM items GROUP BY unit) USING (unit)
      LEFT JOIN (SELECT unit, x FROM f WHERE indicator = 99) AS v USING (unit));
"""


def zhenxing(folder: Path) -> Answer:
    """Score with the scheme language."""
    from zhenxing.engine.schemes import Inputs, load  # noqa: PLC0415  # each engine pays for its own
    from zhenxing.engine.schemes.bulk import score_table  # noqa: PLC0415  # the same

    scheme, _ = load((folder / "nation.yaml").read_text(encoding="utf-8"), "nation.yaml")
    if scheme is None:
        raise SystemExit("the scheme is not well formed")
    table = score_table(scheme, folder, Inputs(period="2025-06"))
    told = table.database.execute("SELECT unit, total::BIGINT, coalesce(place, 0) FROM scored")
    return [(int(table.units[unit].code), total, rank) for unit, total, rank in told.fetchall()]


def sql(folder: Path) -> Answer:
    """Score with SQL written by hand for this scheme, exact in the same way."""
    import duckdb  # noqa: PLC0415  # each engine pays for its own

    database = duckdb.connect(":memory:", config={"preserve_insertion_order": "false"})
    database.execute(SQL.replace("{folder}", str(folder)))
    found: Answer = database.execute("SELECT unit, total, place FROM totals").fetchall()
    return found


def pandas(folder: Path) -> Answer:  # noqa: PLR0915  # one script, as people write it
    """Score with pandas, in doubles."""
    import numpy as np  # noqa: PLC0415  # each engine pays for its own
    import pandas as pd  # noqa: PLC0415  # the same
    import pyarrow.parquet as pq  # noqa: PLC0415  # the same

    table = pq.read_table(folder / "figures.parquet")
    value = table["value"].cast("float64").to_numpy()
    frame = table.drop_columns(["value"]).to_pandas().assign(value=value)
    del table, value
    sums = frame.groupby(["year", "unit", "indicator"], sort=True)["value"]
    wide = sums.sum(min_count=6).unstack("indicator")
    del frame, sums
    now, before = wide.loc[2025], wide.loc[2024]
    county = pd.read_parquet(folder / "units.parquet").set_index("unit")["county"]
    aims = pd.read_parquet(folder / "targets.parquet")
    aims["target"] = aims["target"].astype("float64")
    aims = aims.pivot_table(index="unit", columns="indicator", values="target").reindex(now.index)
    aim = aims.where(aims > 0) / 2
    done = now.loc[:, :39]
    completed = (done / aim).clip(0, 1.2)
    x, p = now.loc[:, 40:59], before.loc[:, 40:59]
    grown = (1 + 100 * (x - p) / p.abs().where(p.abs() > 5e-10) / 20).clip(0, 1.5)
    x = now.loc[:, 60:79]
    least, most = (x.groupby(county).transform(each) for each in ("min", "max"))
    compared = ((60 + 40 * (x - least) / (most - least)) / 100).mask(most <= least, 1.0)
    x = now.loc[:, 80:94]
    place = x.round(6).groupby(county).rank(method="min", ascending=False)
    count = x.groupby(county).transform("count")
    ranked = (1 - 0.8 * (place - 1) / (count - 1)).mask(count <= 1, 1.0).where(x.notna())
    taken = (0.5 * now.loc[:, 95:]).clip(upper=2)
    plus = sum(each.fillna(0).sum(axis=1) for each in (completed, grown, compared, ranked))
    total = (plus - taken.fillna(0).sum(axis=1)).round(9)
    out = now[99] > 8
    rank = total.where(~out).groupby(county).rank(method="min", ascending=False).fillna(0)
    whole = np.floor(total * 1e9 + 0.5).astype("int64")
    return list(zip(total.index.tolist(), whole.tolist(), rank.astype(int).tolist(), strict=True))


def polars(folder: Path) -> Answer:
    """Score with polars, in doubles."""
    import polars as pl  # noqa: PLC0415  # each engine pays for its own

    def sums(year: int, name: str) -> Any:  # noqa: ANN401  # an expression
        of = pl.col("value").filter(pl.col("year") == year)
        return pl.when(of.count() == 6).then(of.cast(pl.Float64).sum()).alias(name)

    x, p, t = pl.col("x"), pl.col("p"), pl.col("t")
    place, inside = pl.col("indicator"), ["county", "indicator"]
    aims = pl.scan_parquet(folder / "targets.parquet").select(
        "unit", "indicator", pl.col("target").cast(pl.Float64).alias("t") / 2
    )
    base = (
        pl.scan_parquet(folder / "figures.parquet")
        .group_by("unit", "indicator").agg(sums(2025, "x"), sums(2024, "p"))
        .join(pl.scan_parquet(folder / "units.parquet"), on="unit").collect(engine="streaming")
    )  # fmt: skip

    def part(low: int, high: int) -> Any:  # noqa: ANN401  # a lazy frame
        return base.lazy().filter(place.is_between(low, high))

    parts = [
        part(0, 39).join(aims.filter(t > 0), on=["unit", "indicator"], how="left")
        .with_columns(s=(x / t).clip(0, 1.2)),
        part(40, 59).with_columns(
            s=pl.when(p.abs() > 5e-10).then((1 + 100 * (x - p) / p.abs() / 20).clip(0, 1.5))
        ),
        part(60, 79).with_columns(a=x.min().over(inside), b=x.max().over(inside)).with_columns(
            s=pl.when(pl.col("b") <= pl.col("a")).then(pl.when(x.is_not_null()).then(1.0))
            .otherwise((60 + 40 * (x - pl.col("a")) / (pl.col("b") - pl.col("a"))) / 100)
        ),
        part(80, 94).with_columns(
            n=x.count().over(inside), r=x.round(6).rank("min", descending=True).over(inside)
        ).with_columns(
            s=pl.when(x.is_not_null()).then(
                pl.when(pl.col("n") <= 1).then(1.0)
                .otherwise(1 - 0.8 * (pl.col("r") - 1.0) / (pl.col("n") - 1.0))
            )
        ),
        part(95, 99).with_columns(s=-(0.5 * x).clip(upper_bound=2)),
    ]  # fmt: skip
    return _summed(pl, parts)


def _summed(pl: Any, parts: Sequence[Any]) -> Answer:  # noqa: ANN401  # polars and its frames
    """Add the items up and rank inside the county."""
    x, place = pl.col("x"), pl.col("indicator")
    columns = ["unit", "county", "indicator", "x", "s"]
    items = pl.concat([each.select(columns) for each in parts]).collect()
    total = items.group_by("unit", "county").agg(
        total=pl.col("s").fill_null(0).sum().round(9),
        out=(x.filter(place == 99) > 8).fill_null(value=False).any(),
    )
    ranked = total.with_columns(
        rank=pl.when(~pl.col("out")).then(pl.col("total")).rank("min", descending=True)
        .over("county").fill_null(0),
        whole=(pl.col("total") * 1e9 + 0.5).floor().cast(pl.Int64),
    )  # fmt: skip
    found: Answer = ranked.select("unit", "whole", "rank").rows()
    return found


def numpy(folder: Path) -> Answer:
    """Score a dense cube of doubles that others have laid out before: the floor to come near."""
    import numpy as np  # noqa: PLC0415  # each engine pays for its own

    county = np.load(folder / "county.npy")
    cube = np.load(folder / "cube.npy", mmap_mode="r")
    starts = np.flatnonzero(np.r_[True, county[1:] != county[:-1]])
    size = np.diff(np.r_[starts, len(county)])
    now = cube[1].sum(axis=0)
    before = cube[0, :, 40:60].sum(axis=0)
    aim = np.load(folder / "targets.npy")
    with np.errstate(divide="ignore", invalid="ignore"):
        completed = np.clip(now[:40] / np.where(aim > 0, aim / 2, np.nan), 0, 1.2)
        base = np.where(np.abs(before) > 5e-10, np.abs(before), np.nan)
        grown = np.clip(1 + 100 * (now[40:60] - before) / base / 20, 0, 1.5)
        x = now[60:80]
        least = np.repeat(np.fmin.reduceat(x, starts, axis=1), size, axis=1)
        most = np.repeat(np.fmax.reduceat(x, starts, axis=1), size, axis=1)
        compared = np.where(most <= least, 1.0, (60 + 40 * (x - least) / (most - least)) / 100)
        compared[np.isnan(x)] = np.nan
        known = np.add.reduceat(~np.isnan(now[80:95]), starts, axis=1)
        place = np.stack([_places(np.round(row, 6), county, starts, size) for row in now[80:95]])
        count = np.repeat(known, size, axis=1)
        ranked = np.where(count <= 1, 1.0, 1 - 0.8 * (place - 1) / (count - 1))
        ranked[np.isnan(now[80:95])] = np.nan
    total: Any = np.zeros(len(county))
    for part in (completed, grown, compared, ranked, -np.minimum(0.5 * now[95:], 2)):
        total += np.nansum(part, axis=0)
    total = np.round(total, 9)
    out = now[99] > 8
    rank = np.where(out, 0, _places(np.where(out, np.nan, total), county, starts, size))
    whole = np.floor(total * 1e9 + 0.5).astype(np.int64)
    return list(zip(range(len(county)), whole.tolist(), rank.tolist(), strict=True))


def _places(row: Any, county: Any, starts: Any, size: Any) -> Any:  # noqa: ANN401  # arrays
    """Rank inside each county, the greatest first, ties share the best rank."""
    import numpy as np  # noqa: PLC0415  # the caller's

    order = np.lexsort((-row, county))
    same = (row[order][1:] == row[order][:-1]) & (county[order][1:] == county[order][:-1])
    inside = np.arange(len(row)) - np.repeat(starts, size)
    inside[np.r_[False, same]] = 0
    inside[np.r_[False, same]] = (
        np.maximum.accumulate(np.where(np.r_[False, same], 0, np.arange(len(row))))[
            np.r_[False, same]
        ]
        - np.repeat(starts, size)[np.r_[False, same]]
    )
    found: Any = np.empty(len(row), np.int64)
    found[order] = inside + 1
    return found


def mcdm(folder: Path) -> Answer:
    """Weigh the min–max part with pymcdm, county by county: no more can be said there."""
    import numpy as np  # noqa: PLC0415  # each engine pays for its own
    from pymcdm.methods import WSM  # noqa: PLC0415  # the same
    from pymcdm.normalizations import minmax_normalization  # noqa: PLC0415  # the same

    county = np.load(folder / "county.npy")
    cube = np.load(folder / "cube.npy", mmap_mode="r")
    matrix = np.nan_to_num(cube[1, :, 60:80].sum(axis=0).T)
    method, weights, types = WSM(minmax_normalization), np.full(20, 0.05), np.ones(20)
    scores = np.zeros(len(county))
    for each in np.unique(county):
        rows = county == each
        if rows.sum() > 1:
            scores[rows] = method(matrix[rows], weights, types, validation=False)
    return [(town, int(score * 1e9), 0) for town, score in enumerate(scores.tolist())]


ENGINES: Mapping[str, Callable[[Path], Answer]] = MappingProxyType(
    {
        "zhenxing": zhenxing, "sql": sql, "pandas": pandas, "polars": polars, "numpy": numpy,
        "pymcdm": mcdm,
    }
)  # fmt: skip
