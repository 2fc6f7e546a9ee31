"""The same register gives the same findings on every engine, to the byte."""

from __future__ import annotations

import importlib.util
import json
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from test_checks import cases, holds, with_notice

from audit.checks import catalogue
from audit.plan import draft_plan
from audit.register.query import fetched, quoted
from audit.report.findings import as_data
from audit.run import run
from audit.testing import run_cases

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

#: Checks of one table, of cells, of columns: Spark takes seconds to plan the cases of each.
CASES = ("ACC01",)
DAY = date(2026, 11, 22)

pytestmark = [
    pytest.mark.skipif(
        importlib.util.find_spec("pyspark") is None or shutil.which("java") is None,
        reason="PySpark and Java are installed only where an audit on Spark is wanted",
    ),
    # PySpark leaves the sockets to its Java process to the collector.
    pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning"),
    pytest.mark.filterwarnings(
        "ignore:Exception ignored in. <socket:pytest.PytestUnraisableExceptionWarning"
    ),
]


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SparkSession]:
    """One small Spark for the tests of this file."""
    from audit.spark.session import local

    found = local(tmp_path_factory.mktemp("spark"), master="local[2,3]", memory="1g")
    yield found
    found.stop()


def findings(folder: Path, to: Path, **how: Any) -> tuple[str, list[tuple[Any, ...]]]:
    """The findings as they are written, and the evidence, of an audit of a folder."""
    evidence = to / "evidence.parquet"
    audit = run(draft_plan(folder, folder / "notice.yaml"), DAY, evidence, **how)
    rows = fetched(f"SELECT * FROM read_parquet({quoted(str(evidence))})")
    evidence.unlink()
    return json.dumps(as_data(audit), default=str), rows


def test_spark_finds_what_duckdb_finds(
    exports: Path, tmp_path: Path, session: SparkSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file in many slices, a broken one, an encoding, and dates that only the whole tells."""
    from audit.spark import slices
    from audit.spark.session import on_spark

    monkeypatch.setattr(slices, "_BYTES", 8000)
    monkeypatch.setattr(slices, "_GROUP_ROWS", 2048)
    header = "Asiakasnro;Nimi;Sähköposti;Asiakassuhde päättyi;Tila;Lisätiedot\n"
    (exports / "asiakkaat.csv").write_text(
        header
        + "".join(
            f"{n};Aino Esimerkki;aino{n}@koe.example;{1 + n % 9}/{1 + n % 28}/2010;"
            f"{'päättynyt' if n % 3 else 'aktiivinen'};{'hetu 010190-999W' if n % 50 == 7 else ''}\n"
            for n in range(1000, 1300)
        ),
        "utf-8",
    )
    (exports / "vanhat.csv").write_bytes(
        (header + "1;Onni;onni@koe.example;1.2.2009;päättynyt;eka\nrivi;x\n2;Eevi;ei;;;\n").encode(
            "cp1252"
        )
    )
    told = ("MIN01", "MIN02", "STO01")
    here, evidence = findings(exports, tmp_path, only=told)
    there, spark_evidence = findings(exports, tmp_path, only=told, opened=on_spark(session))
    assert there == here
    assert '"nonconformity"' in here
    assert spark_evidence == evidence
    assert len(evidence) > 100


@pytest.mark.parametrize("code", CASES)
def test_cases_on_spark(code: str, session: SparkSession) -> None:
    """A check finds on Spark the rows that its cases name; its cases are one query."""
    named = cases(catalogue()[code])
    found = run_cases(code, [with_notice(case["given"]) for case in named], engine="spark")
    for case, rows in zip(named, found, strict=True):
        assert holds(rows, case["expect"]), (case["name"], rows)


def test_a_task_that_dies_changes_nothing(
    exports: Path, tmp_path: Path, session: SparkSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Spark runs it again, and the findings are those of an audit in which nothing died."""
    from audit.spark import scan
    from audit.spark.session import on_spark

    died = tmp_path / "died"
    slices = scan.byte_slices

    class Dying:
        """A slice whose first reader dies; of a class in a function, as executors lack this file."""

        def __init__(self, real: Any) -> None:
            self.real = real

        def relation(self, engine: Any) -> Any:
            import os

            if not died.exists():
                died.touch()
                os._exit(1)
            return self.real.relation(engine)

    monkeypatch.setattr(scan, "byte_slices", lambda *given: [Dying(one) for one in slices(*given)])
    here = findings(exports, tmp_path, only=("MIN01", "MIN02"))
    there = findings(exports, tmp_path, only=("MIN01", "MIN02"), opened=on_spark(session))
    assert died.exists()
    assert there == here


def test_half_written_evidence_is_not_taken_for_whole(
    tmp_path: Path, session: SparkSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder without Spark's mark is refused."""
    from audit.engine.duckdb import EngineError
    from audit.spark.engine import SparkEngine

    with SparkEngine(tmp_path, session) as engine:
        session.conf.set("mapreduce.fileoutputcommitter.marksuccessfuljobs", "false")
        try:
            with pytest.raises(EngineError):
                engine.written(session.range(1))
        finally:
            session.conf.unset("mapreduce.fileoutputcommitter.marksuccessfuljobs")


def test_without_pyspark_a_sentence_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is missing is said, and how to install it."""
    import sys

    from audit.errors import ExtraMissing
    from audit.spark.session import local

    monkeypatch.setitem(sys.modules, "pyspark.sql", None)
    with pytest.raises(ExtraMissing, match=r"register-audit\[spark\]"):
        local()
