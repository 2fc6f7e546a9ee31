"""The Spark session: one that was brought, or a local one that opens no port to the network."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from audit.errors import ArgumentUnusable, AuditError, ClusterFailed, ExtraMissing, SessionLost

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pyspark.sql import SparkSession

    from audit.spark.engine import SparkEngine

__all__ = ["finished", "local", "on_spark", "own_of", "place_of", "sentence", "usable"]

#: What the checks need of a session, whatever else is set in it.
_SETTINGS = {
    "spark.sql.ansi.enabled": "false",  # a date that is none is no date, not an error that quotes it
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.execution.arrow.maxRecordsPerBatch": "50000",
    "spark.sql.mapKeyDedupPolicy": "LAST_WIN",
}
_JAVA = "spark.driver.extraJavaOptions"
#: Of a Spark that is started here: no log, and no word about what the log is set to.
_SILENT = f"-Dlog4j2.configurationFile={Path(__file__).with_name('log4j2.properties').as_uri()}"


def local(
    folder: Path | None = None,
    *,
    master: str = "local[*,4]",  # a task that dies is run again, as on a cluster
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
    )
    for name, value in (
        dict(settings) | {_JAVA: f"{settings.get(_JAVA, '')} {_SILENT}".strip()}
    ).items():
        builder = builder.config(name, value)
    if folder is not None:
        builder = builder.config("spark.local.dir", str(folder))
        builder = builder.config("spark.sql.warehouse.dir", str(folder / "warehouse"))
    try:
        with finished("its own start", but=(PySparkRuntimeError, FileNotFoundError)):
            return builder.getOrCreate()
    except (PySparkRuntimeError, FileNotFoundError):
        raise ExtraMissing("--engine spark", "spark", "and install Java 17") from None


def own_of(session: SparkSession) -> SparkSession:
    """A session of this audit's own on the same cluster: settings and views of others stay as they are."""
    with finished("the session's settings"):
        own = session.newSession()
        for name, value in _SETTINGS.items():
            own.conf.set(name, value)
    return own


def place_of(path: Path) -> str:
    """
    A path as Spark takes it: Hadoop does not decode what a URI of it would write for a blank.

    >>> place_of(Path("/tmp/oma kansio/ä"))
    'file:///tmp/oma kansio/ä'
    """
    return f"file://{path.resolve().as_posix()}"


@contextmanager
def finished(work: str, but: tuple[type[Exception], ...] = ()) -> Iterator[None]:
    """Say in a sentence that Spark did not finish; what it says itself may quote cells."""
    try:
        with _unlogged():
            yield
    except but:
        raise
    except Exception as error:
        if (said := sentence(error, work)) is None:
            raise
        raise said from None


_OURS = ContextVar("ours", default=False)
_LOGGERS = ("SQLQueryContextLogger", "DataFrameQueryContextLogger")


def _of_others(_: logging.LogRecord) -> bool:
    return not _OURS.get()


@contextmanager
def _unlogged() -> Iterator[None]:
    """Keep PySpark from writing to the terminal what it raises, with the value of a cell."""
    from pyspark.logger import PySparkLogger

    for name in _LOGGERS:  # made here if need be, since PySpark takes none of another class
        PySparkLogger.getLogger(name).addFilter(_of_others)
    token = _OURS.set(True)
    try:
        yield
    finally:
        _OURS.reset(token)


def sentence(error: BaseException, work: str) -> AuditError | None:
    """What to say instead of what was raised by Spark, or for want of it; None for all else."""
    from py4j.protocol import Py4JError, Py4JNetworkError
    from pyspark import SparkContext
    from pyspark.errors import PySparkException

    if isinstance(error, Py4JNetworkError | ConnectionError):
        return SessionLost()
    of_spark = isinstance(error, PySparkException | Py4JError)
    # Of a session that was stopped, parts are None, which PySpark trips over or asserts against.
    if SparkContext._active_spark_context is None and (  # noqa: SLF001 - there is no other way to ask
        of_spark or isinstance(error, AttributeError | AssertionError)
    ):
        return SessionLost()
    return ClusterFailed(work) if of_spark else None


def _is_running() -> bool:
    """Whether this process has a session already, which is somebody else's to stop."""
    active = sys.modules.get("pyspark.sql")
    return active is not None and active.SparkSession.getActiveSession() is not None


def usable(session: object, scratch: Path | None) -> None:
    """
    Look at what was brought, before any of it is used.

    Raises ``ArgumentUnusable`` of what is no session, or one of Spark Connect, which has no second
    one beside it, and of a folder that is not there.
    """
    if session is not None and type(session).__module__.startswith("pyspark.sql.connect"):
        raise ArgumentUnusable("session", "one of Spark Connect", "one of the driver itself")
    if session is not None and not hasattr(session, "newSession"):
        raise ArgumentUnusable("session", session, "a SparkSession")
    if scratch is not None and not scratch.is_dir():
        raise ArgumentUnusable("scratch", scratch, "a folder that driver and executors share")


def on_spark(
    session: SparkSession | None = None, scratch: Path | None = None
) -> Callable[..., SparkEngine]:
    """
    What opens an engine on Spark: on the session given, or on a local one.

    ``scratch`` is a folder that driver and executors share; without it, the driver's own. Opening it
    raises ``ArgumentUnusable`` where they are of no use.
    """

    def opened(folder: Path, *, bytes_to_read: int = 0, watched: bool = False) -> SparkEngine:
        usable(session, scratch)
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
