"""The Spark session: one that was brought, or a local one that opens no port to the network."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from audit.errors import ExtraMissing

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pyspark.sql import SparkSession

    from audit.spark.engine import SparkEngine

__all__ = ["local", "on_spark", "own_of"]

#: What the checks need of a session, whatever else is set in it.
_SETTINGS = {
    "spark.sql.ansi.enabled": "false",  # a date that is none is no date, not an error that quotes it
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.execution.arrow.maxRecordsPerBatch": "50000",
    "spark.sql.mapKeyDedupPolicy": "LAST_WIN",
}


def local(
    folder: Path | None = None,
    *,
    master: str = "local[*]",
    memory: str = "2g",
    settings: Mapping[str, str] = MappingProxyType({}),
) -> SparkSession:
    """
    A session on this machine alone: loopback, no page of its own, spilling to ``folder``.

    ``settings`` are further ones of Spark's.

    Raises ``ExtraMissing`` where PySpark or Java is not installed.
    """
    try:
        from pyspark.errors import PySparkRuntimeError
        from pyspark.sql import SparkSession
    except ImportError:
        raise ExtraMissing("--engine spark", "spark") from None
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    builder = (
        SparkSession.builder.master(master)
        .appName("register-audit")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.memory", memory)
        .config("spark.ui.enabled", "false")
        .config("spark.ui.showConsoleProgress", "false")
        .config("spark.sql.shuffle.partitions", "2")
        .config("spark.log.level", "OFF")  # an error of a task may quote what it was given
    )
    for name, value in settings.items():
        builder = builder.config(name, value)
    if folder is not None:
        builder = builder.config("spark.local.dir", str(folder))
        builder = builder.config("spark.sql.warehouse.dir", str(folder / "warehouse"))
    try:
        return builder.getOrCreate()
    except (PySparkRuntimeError, FileNotFoundError):
        raise ExtraMissing("--engine spark", "spark", "and install Java 17") from None


def own_of(session: SparkSession) -> SparkSession:
    """A session of this audit's own on the same cluster: settings and views of others stay as they are."""
    own = session.newSession()
    for name, value in _SETTINGS.items():
        own.conf.set(name, value)
    return own


def _is_running() -> bool:
    """Whether this process has a session already, which is somebody else's to stop."""
    active = sys.modules.get("pyspark.sql")
    return active is not None and active.SparkSession.getActiveSession() is not None


def on_spark(
    session: SparkSession | None = None, scratch: Path | None = None
) -> Callable[..., SparkEngine]:
    """
    What opens an engine on Spark: on the session given, or on a local one.

    ``scratch`` is a folder that driver and executors share; without it, the driver's own.
    """

    def opened(folder: Path, *, bytes_to_read: int = 0, watched: bool = False) -> SparkEngine:
        there = session is not None or _is_running()
        found = session or local(folder)
        # They tell the engine's functions how they do it on Spark.
        import audit.spark.evidence
        import audit.spark.scan  # noqa: F401
        from audit.spark.engine import SparkEngine

        return SparkEngine(
            folder,
            own_of(found),
            scratch,
            bytes_to_read=bytes_to_read,
            watched=watched,
            stopped_after=not there,
        )

    return opened
