"""FACTS as a folder of Parquet files: what its columns are, its small tables, one row a month."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from zhenxing.engine.schemes.columnar import MONTHS, Numbers, literal
from zhenxing.engine.schemes.columns import facts_from_columns
from zhenxing.engine.schemes.facts import Facts
from zhenxing.engine.schemes.scheme import Scheme
from zhenxing.kernel.problems import Problem

NEEDED = {
    "units": ("unit",), "figures": ("unit", "indicator", "year", "month", "value"),
    "targets": ("unit", "indicator", "year", "target"), "indicators": ("indicator", "code"),
    "events": ("id", "unit", "event", "date"), "ratings": ("unit", "item", "rater", "value"),
}  # fmt: skip
MOST_DIGITS, MOST_PLACES, FAIR_DIGITS = 18, 6, 15
_EXACT = {"figures": "value", "targets": "target", "events": "amount"}
_WHOLE = {"TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER"}


class Store:
    """The folder, opened in a database of its own that may read nothing else."""

    def __init__(self, folder: Path) -> None:
        """Open what there is; what lacks a column or holds doubles is a problem."""
        import duckdb  # noqa: PLC0415  # heavy: only scoring pays for it

        self.database: Any = duckdb.connect(":memory:")
        self.columns: dict[str, dict[str, str]] = {}
        self.problems: list[Problem] = []
        self.folder = folder.resolve()
        self.confine()
        for name, needed in NEEDED.items():
            file = self.folder / f"{name}.parquet"
            if file.is_file():
                self.open(name, file, needed)
        for name in ("units", "figures"):
            if name not in self.columns and not self.problems:
                what = f"没有能读的{name}.parquet"
                self.problems.append(Problem(str(folder), what, "请核对文件夹"))

    def confine(self) -> None:
        """Let the database read this folder and nothing else."""
        run = self.database.execute
        # Tables of some ten thousand rows fill every core only where their row groups are small.
        run("ATTACH ':memory:' AS work (ROW_GROUP_SIZE 8192)")
        run("USE work")
        run(f"SET allowed_directories = [{literal(f'{self.folder}/')}]")
        for setting in ("autoinstall_known_extensions", "autoload_known_extensions"):
            run(f"SET {setting} = false")
        run("SET enable_external_access = false")
        run("SET preserve_insertion_order = false")

    def open(self, name: str, file: Path, needed: Sequence[str]) -> None:
        """Name a file's table and look at its columns."""
        self.database.execute(f"CREATE VIEW {name} AS FROM read_parquet({literal(str(file))})")
        told = self.database.execute(f"DESCRIBE {name}").fetchall()
        columns = {column: kind for column, kind, *_ in told}
        lacking = [column for column in needed if column not in columns]
        if lacking:
            what = f"缺少列「{'」「'.join(lacking)}」"
            self.problems.append(Problem(file.name, what, f"请写{'、'.join(needed)}"))
            return
        self.columns[name] = columns
        kind = columns.get(_EXACT.get(name, ""))
        if kind is not None and not _is_exact(kind):
            what = f"列「{_EXACT[name]}」是{kind}，不能精确计算"
            next_ = f"请存为DECIMAL({MOST_DIGITS}, {MOST_PLACES})以内或整数"
            self.problems.append(Problem(file.name, what, next_))

    def numbers(self, table: str, column: str) -> Numbers:
        """Return what is known of a column of numbers."""
        digits, scale = _digits(self.columns[table][column])
        return Numbers(column, scale, is_wide=digits - scale > FAIR_DIGITS)

    def keys(self) -> dict[str, int | str]:
        """Return what each indicator is called in figures and targets, by its code."""
        if "indicators" in self.columns:
            rows = self.database.execute("SELECT code, indicator FROM indicators").fetchall()
            return dict(rows)
        found = "SELECT DISTINCT indicator FROM figures"
        if "targets" in self.columns:
            found += " UNION SELECT DISTINCT indicator FROM targets"
        return {str(key): key for (key,) in self.database.execute(found).fetchall()}

    def facts(self) -> Facts:
        """Return units, events and ratings as ordinary facts, without figures and targets."""
        return facts_from_columns(
            [_unit(row) for row in self.rows("units")], [], [],
            [_event(row) for row in self.rows("events")],
            [_rating(row) for row in self.rows("ratings")],
        )  # fmt: skip

    def rows(self, table: str) -> list[dict[str, Any]]:
        """Return a small table's rows."""
        if table not in self.columns:
            return []
        told = self.database.execute(f"FROM {table}")  # one of our names
        names = list(self.columns[table])
        return [dict(zip(names, row, strict=True)) for row in told.fetchall()]

    def has_longer(self) -> bool:
        """Say whether some figures are of quarters, halves or years."""
        if "span" not in self.columns["figures"]:
            return False
        asked = "SELECT 1 FROM figures WHERE span <> 1 LIMIT 1"
        return bool(self.database.execute(asked).fetchall())

    def settle(self, scheme: Scheme, cut: int, keys: dict[str, int | str]) -> str:
        """Give every cut-off one row, as `gathering` reads them; return the table's name.

        A month goes before a longer period with the same end; where months are added up, a period
        from January stands for its months.
        """
        if not self.has_longer():
            return "figures"
        as_is = [keys[name] for name in scheme.as_is if name in keys]
        added = "FALSE"
        if scheme.monthly_is_current:
            added = f"indicator NOT IN ({', '.join(map(literal, as_is))})" if as_is else "TRUE"
        cuts = f"({cut}, {cut - MONTHS})" if scheme.first % MONTHS == 0 else "(NULL)"
        at = f"(year * {MONTHS} + month - 1)"
        whole = (
            "SELECT unit, indicator, year, unnest(range(1, month + 1)) AS month, value, month AS m "  # noqa: S608  # our own names
            f"FROM figures WHERE span <> 1 AND {added} AND {at} IN {cuts}"
        )
        self.database.execute(
            "CREATE TABLE settled AS "  # noqa: S608  # as above
            f"WITH whole AS ({whole}), single AS (SELECT unit, indicator, year, month, value "
            f"FROM figures WHERE NOT ({added}) QUALIFY rank() OVER "
            "(PARTITION BY unit, indicator, year, month ORDER BY span <> 1) = 1) "
            "SELECT unit, indicator, year, month, CASE WHEN month = m THEN value "
            "WHEN value IS NOT NULL THEN 0 END AS value FROM whole "
            "UNION ALL FROM single "
            "UNION ALL SELECT unit, indicator, year, month, value FROM figures AS f "
            f"WHERE span = 1 AND {added} AND NOT EXISTS (SELECT 1 FROM whole AS w WHERE "
            "w.unit = f.unit AND w.indicator = f.indicator AND w.year = f.year "
            "AND w.month = f.month)"
        )
        return "settled"


def _is_exact(kind: str) -> bool:
    digits, places = _digits(kind)
    return 0 < digits <= MOST_DIGITS and places <= MOST_PLACES


def _digits(kind: str) -> tuple[int, int]:
    """Return digits and decimals; 0 digits for what holds no exact numbers.

    >>> _digits("DECIMAL(18,2)"), _digits("INTEGER"), _digits("DOUBLE")
    ((18, 2), (18, 0), (0, 0))
    """
    if kind.startswith("DECIMAL("):
        digits, _, places = kind.removeprefix("DECIMAL(").removesuffix(")").partition(",")
        return int(digits), int(places)
    return (MOST_DIGITS, 0) if kind in _WHOLE else (0, 0)


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _unit(row: dict[str, Any]) -> tuple[str, str, str, dict[str, str], str]:
    code = _text(row["unit"])
    fixed = ("unit", "name", "parent")
    attributes = {name: _text(value) for name, value in row.items() if name not in fixed}
    where = f"units.parquet {code}"
    return code, _text(row.get("name")), _text(row.get("parent")), attributes, where


def _event(row: dict[str, Any]) -> tuple[str, str, str, date, Decimal | None, str]:
    code = _text(row["id"])
    amount = row.get("amount")
    return (
        code, _text(row["unit"]), _text(row["event"]), row["date"],
        None if amount is None else Decimal(amount), f"events.parquet {code}",
    )  # fmt: skip


def _rating(row: dict[str, Any]) -> tuple[str, str, str, str, str, str]:
    unit, item, rater = _text(row["unit"]), _text(row["item"]), _text(row["rater"])
    where = f"ratings.parquet {unit} {item} {rater}"
    return unit, item, rater, _text(row.get("rater_class")), _text(row["value"]), where
