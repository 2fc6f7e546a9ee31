"""What does not fit into the memory of all threads is done by one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import pytest

from audit.engine.duckdb import Engine, EngineError


class Short:
    """A connection whose memory is too short for more than one thread, or for any."""

    def __init__(self, connection: Any, *, ever: bool) -> None:
        self._connection, self._ever, self._threads = connection, ever, 2

    def execute(self, sql: str) -> Any:
        if sql == "SET threads = 1":
            self._threads = 1
        elif self._ever or self._threads > 1:
            raise duckdb.OutOfMemoryException("aino@koe.example")
        return self._connection.execute(sql)

    def close(self) -> None:
        self._connection.close()


@pytest.mark.parametrize("ever", [False, True])
def test_one_thread_when_memory_is_short(tmp_path: Path, *, ever: bool) -> None:
    """Where memory is too short for all threads one goes on; what is too much for it is refused."""
    with Engine(tmp_path) as engine:
        engine.connection = Short(engine.connection, ever=ever)  # type: ignore[assignment]  # as if
        if ever:
            with pytest.raises(EngineError) as refused:
                engine.run("CREATE TABLE t AS SELECT 1 AS n")
            assert "aino" not in str(refused.value)
        else:
            engine.run("CREATE TABLE t AS SELECT 1 AS n")
            assert engine.rows("SELECT n FROM t") == [(1,)]
