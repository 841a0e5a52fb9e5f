"""A run as a zip that anybody scores again with the command line, and its table as a workbook."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from datetime import UTC, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING

from zhenxing.assessment.queries.snapshots import snapshot_from_json
from zhenxing.assessment.queries.subjects import plain
from zhenxing.kernel.periods import Period
from zhenxing.writing.sheet import Column, Sheet, to_xlsx

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from zhenxing.assessment.models import Run
    from zhenxing.assessment.queries.snapshots import Snapshot
    from zhenxing.assessment.queries.tables import Line, Table

EARLIEST = (1980, 1, 1, 0, 0, 0)
READABLE = 0o600 << 16
NO_TASK = "/"
README = """\
{name}　{period}　第{number}次测算

方案.yaml     方案原文                SHA-256 {rules}
inputs.json   冻结的数据（逐字节）    SHA-256 {inputs}
result.json   结果（逐字节）          SHA-256 {result}
facts/        同一份数据，CSV
previous-*.json、other-*.json  方案引用的往期、其他考核结果

重新计算：
  zhenxing score 方案.yaml facts --period {period} --json{more}
得到的rows与result.json的rows相同；problems里的位置写作CSV的行号。
数据截至{as_of}，引擎{engine}。
"""


def parcel(run: Run) -> bytes:
    """Pack rules, inputs, facts and result; equal runs give equal bytes."""
    kept = snapshot_from_json(run.inputs)
    parts = {f"previous-{n}.json": _json(each) for n, each in enumerate(kept.previous, 1)}
    others = {f"other-{n}.json": _json(each) for n, each in enumerate(kept.others, 1)}
    more = "".join(f" --previous {name}" for name in parts)
    more += "".join(f" --with {name}" for name in others)
    readme = README.format(
        name=run.round.scheme.name, period=run.period, number=run.number, rules=run.rules,
        inputs=run.inputs_digest, result=run.result_digest, more=more,
        as_of=run.as_of, engine=run.engine,
    )  # fmt: skip
    files = {
        "README.txt": readme,
        "方案.yaml": run.edition.text,
        "inputs.json": run.inputs,
        "result.json": run.result,
        **{f"facts/{name}.csv": text for name, text in _facts(kept).items()},
        **parts,
        **others,
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as target:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, EARLIEST)
            entry.create_system, entry.external_attr = 3, READABLE
            target.writestr(entry, files[name].encode(), zipfile.ZIP_DEFLATED, 6)
    return packed.getvalue()


def _facts(kept: Snapshot) -> dict[str, str]:
    """Write a snapshot as the folder of CSV files that the command line reads."""
    names = list(dict.fromkeys(name for _, _, _, held in kept.units for name in held))
    return {
        "units": _csv(
            ("unit", "name", "parent", *names),
            ((code, name, above, *(held.get(each, "") for each in names))
             for code, name, above, held in kept.units),
        ),
        "figures": _csv(
            ("unit", "indicator", "period", "value", "reported"),
            ((unit, code, period, _cell(value, lack), reported.isoformat() if reported else "")
             for unit, code, period, value, _, _, lack, reported in kept.figures),
        ),
        "targets": _csv(
            ("unit", "indicator", "period", "target"),
            ((unit, code, year, NO_TASK if lack == NO_TASK else _cell(value, lack))
             for unit, code, year, value, _, lack in kept.targets),
        ),
        "events": _csv(
            ("id", "unit", "event", "date", "amount"),
            ((key, unit, event, day.isoformat(), _cell(amount, ""))
             for key, unit, event, day, amount in kept.events),
        ),
        "ratings": _csv(("unit", "item", "rater", "rater_class", "value"), kept.ratings),
    }  # fmt: skip


def _csv(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(head)
    writer.writerows(rows)
    return text.getvalue()


def _cell(value: Decimal | None, lack: str) -> str:
    if value is not None:
        return plain(value)
    return "**" if "*" in lack else ""


def _json(told: object) -> str:
    return json.dumps(told, ensure_ascii=False, sort_keys=True)


def workbook(title: str, run: Run, table: Table, *, issuer: str, mark: str = "") -> bytes:
    """Write the table of a result as a sheet an office signs."""
    columns = (
        Column("位次", width=8, places=0),
        Column("单位", width=16),
        Column("类别", width=12),
        *(Column(name, "分", width=13) for name in table.columns),
        Column("总分", "分", width=12, places=2),
        Column("等次", width=10),
        Column("评先资格", width=10),
        Column("比上次", width=8),
    )
    sheet = Sheet(
        name=Period.parse(run.period).label,
        columns=columns,
        rows=tuple(_row(line) for line in table.lines),
        title=title,
        notes=(
            f"{run.get_purpose_display()}第{run.number}次，数据截至{run.as_of}",
            f"方案{run.edition.document}第{run.edition.number}版",
            f"方案SHA-256 {run.rules}",
            f"数据SHA-256 {run.inputs_digest}",
            f"结果SHA-256 {run.result_digest}",
        ),
        fixed_columns=2,
        mark=mark,
    )
    created = datetime.combine(run.as_of, time(), UTC)
    return to_xlsx([sheet], title=title, issuer=issuer, created=created)


def _row(line: Line) -> tuple[str | int | Decimal | None, ...]:
    return (
        line.rank, line.name, line.group,
        *(None if cell is None else Decimal(cell) for cell in line.cells),
        line.total, line.grade, "" if line.eligible else "不得评先",
        "" if not line.moved else f"{'升' if line.moved > 0 else '降'}{abs(line.moved)}",
    )  # fmt: skip
