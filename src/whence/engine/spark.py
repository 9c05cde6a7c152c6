"""Spark: parts as rows of a DataFrame through ``mapInArrow``, SQL as Spark's own. Needs the extra ``spark`` and Java 17 or newer."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Self

from ..errors import MissingExtra, WhenceError
from .protocol import Lost

__all__ = ["Spark"]

SETTINGS = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.log.level": "ERROR",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.parquet.compression.codec": "lz4_raw",
    "spark.sql.sources.partitionOverwriteMode": "static",
    "spark.python.worker.reuse": "true",
    "spark.task.maxFailures": "4",
}
"""What is set where nobody set it otherwise (spark-submit, spark-defaults.conf)."""

JAVA = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
"""Java on one machine: what is heavy is done beside it, so that compiling its code well and collecting in parallel cost more than they save."""


class Spark:
    """A session of this process, or the one that is there already. ``master`` None: spark-submit's, else this machine with four tries a task."""

    def __init__(self, *, workers: int, memory: int, scratch: str | None, master: str | None) -> None:
        try:
            from pyspark.sql import SparkSession
        except ImportError:
            raise MissingExtra("the Spark engine", "spark") from None
        if shutil.which("java") is None and not os.environ.get("JAVA_HOME"):
            raise WhenceError("Spark needs Java 17 or newer, and there is none: install a JRE, or set JAVA_HOME")
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
        builder: Any = SparkSession.builder.appName("whence")
        if "PYSPARK_GATEWAY_PORT" not in os.environ:  # under spark-submit the settings are its own
            builder = builder.master(master or f"local[{workers},4]").config("spark.driver.memory", f"{max(1 << 30, memory) >> 20}m")
            if master is None or master.startswith("local"):  # what never leaves this machine needs none of its addresses
                builder = builder.config("spark.driver.host", "127.0.0.1").config("spark.driver.bindAddress", "127.0.0.1")
                builder = builder.config("spark.driver.extraJavaOptions", JAVA)
            if scratch is not None:
                builder = builder.config("spark.local.dir", scratch)
            if master is None:
                builder = builder.config("spark.sql.shuffle.partitions", 8 * workers)
            for name, value in SETTINGS.items():
                builder = builder.config(name, value)
        there = SparkSession.getActiveSession()
        self.session, self.begun = there or builder.getOrCreate(), there is None

    def map(self, function: Callable[[str], None], parts: Sequence[str]) -> None:
        """One task a part: a part that was worked on twice, as Spark may do, has left the same files twice."""
        if not parts:
            return

        of = list(parts)

        def work(batches: Iterator[Any]) -> Iterator[Any]:
            for batch in batches:
                for number in batch.column(0).to_pylist():
                    function(of[number])
                yield batch

        frame = self.session.range(0, len(of), 1, len(of))  # numbers, since a task each of them costs no shuffle
        try:
            frame.mapInArrow(work, "id long").write.format("noop").mode("overwrite").save()
        except Exception as error:
            if type(error).__module__.partition(".")[0] not in ("pyspark", "py4j"):
                raise
            raise Lost(f"Spark gave up after its tries: {_first_line(error)}") from error

    def sql(self, text: str, tables: Mapping[str, str], out: str, *, by: str | None = None) -> None:
        for name, place in tables.items():
            self.session.read.parquet(place).createOrReplaceTempView(name)
        frame = self.session.sql(text)
        if by is not None:
            frame.repartition(by).write.mode("overwrite").partitionBy(by).parquet(out)
        else:
            frame.write.mode("overwrite").parquet(out)
        for name in tables:
            self.session.catalog.dropTempView(name)

    def versions(self) -> dict[str, str]:
        return {"spark": str(self.session.version)}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self.begun:  # a session of somebody else's goes on
            self.session.stop()


def _first_line(error: Exception) -> str:
    """What went wrong, without the traces of two languages."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    python = [line for line in lines if line.partition(":")[0].endswith("Error") and not line.startswith("at ")]
    return (python or lines or [type(error).__name__])[-1 if python else 0][:300]
