"""The engine's second database: the same program on PySpark, one session for all tests."""

from __future__ import annotations

import re
import shutil
import subprocess
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache, partial
from importlib.util import find_spec
from typing import Any

import ibis
import pytest
from ibis.config import Config

from zhenxing.engine.schemes import running, scoring, sql
from zhenxing.engine.schemes.writing import GROUP, SCENARIO, UNIT

NO_JAVA = "没有 Java（17 以上），同一性试验的 Spark 一半没有做；装好 Java 后再运行 ./run test"
NO_SPARK = "没有装 requirements/spark.txt，同一性试验的 Spark 一半没有做；请用 ./run test 运行"
OLDEST_JAVA = 17


class Settings(Config):  # type: ignore[misc]  # ibis says nothing of its types
    """What ibis asks of its backend while it writes; the backend itself is not needed."""

    treat_nan_as_null: bool = False


@cache
def lack() -> str:
    """Say why there is no Spark here; empty where there is one."""
    java = shutil.which("java")
    told = (
        subprocess.run([java, "-version"], capture_output=True, text=True, check=False)
        if java
        else None
    )
    version = re.search(r'version "(\d+)', told.stderr) if told else None
    if version is None or int(version[1]) < OLDEST_JAVA:
        return NO_JAVA
    return "" if find_spec("pyspark") else NO_SPARK


@cache
def session() -> Any:  # noqa: ANN401  # pyspark is there only beside Java
    from pyspark.sql import SparkSession  # noqa: PLC0415

    settings = {
        "spark.ui.enabled": "false", "spark.sql.shuffle.partitions": "1",
        "spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1",
        "spark.log.level": "ERROR", "spark.ui.showConsoleProgress": "false",
        "spark.sql.session.timeZone": "UTC", "spark.sql.adaptive.enabled": "false",
        "spark.sql.codegen.wholeStage": "false", "spark.sql.codegen.factoryMode": "NO_CODEGEN",
        # A short life: compiling well would cost more than it saves.
        "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
    }  # fmt: skip
    builder = SparkSession.builder.master("local[1]")
    for name, value in settings.items():
        builder = builder.config(name, value)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)  # of pandas 3, which nothing here uses
        started = builder.getOrCreate()
        started.createDataFrame([(1,)], "n int").collect()
    return started


def run(
    compiled: sql.Compiled,
    keys: Sequence[tuple[int, int, int]],
    values: Mapping[str, Sequence[running.Cell]],
) -> list[dict[str, Any]]:
    """Do as `running.run` does, on Spark."""
    from pyspark.sql import types  # noqa: PLC0415

    fixed = [types.StructField(name, types.LongType()) for name in (SCENARIO, GROUP, UNIT)]
    names = [column.name for column in compiled.operands]
    read = [
        types.StructField(
            name,
            types.StringType()
            if any(isinstance(cell, str) for cell in values[name])
            else types.DoubleType(),
        )
        for name in names
    ]
    rows = [(*key, *(values[name][place] for name in names)) for place, key in enumerate(keys)]
    frame = session().createDataFrame(rows, types.StructType([*fixed, *read]))
    frame.createOrReplaceTempView("s0")
    # Level by level: Spark's optimiser takes minutes over a statement that any level can read.
    *levels, last = compiled.steps
    for height, level in enumerate(levels, start=1):
        session().sql(level).localCheckpoint().createOrReplaceTempView(f"s{height}")
    return [row.asDict() for row in session().sql(last).collect()]


@contextmanager
def on_spark() -> Iterator[None]:
    """Let the engine compile for Spark and run there."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ibis.options, "pyspark", Settings())
        patch.setattr(sql, "compile_program", partial(sql.compile_program, dialect="pyspark"))
        patch.setattr(running, "run", run)
        patch.setattr(scoring, "_COMPILED", {})
        yield
