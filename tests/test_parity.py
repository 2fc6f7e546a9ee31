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
from servers import server_or_skip
from test_checks import every_case, holds

from audit.plan import read_plan
from audit.plan.drafting import draft_plan
from audit.register.query import fetched, quoted
from audit.report.findings import as_data
from audit.run import run
from audit.testing import Prepared, prepared, run_cases

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

SAMPLE = Path(__file__).resolve().parents[1] / "data_samples" / "asiakasrekisteri"
DAY = date(2026, 11, 22)
TOGETHER = 4  # cases in one query: Spark takes a second to run any, and longer to plan more
#: Of a few rows each, queries are sooner interpreted than compiled, and nothing is learnt on the way.
SMALL = {
    "spark.sql.adaptive.enabled": "false",
    "spark.sql.shuffle.partitions": "1",
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    "spark.sql.constraintPropagation.enabled": "false",
    "spark.sql.analyzer.singlePassResolver.enabledTentatively": "true",  # where it can, else the other
    "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC "
    "-XX:ReservedCodeCacheSize=240m",
}

with_spark = pytest.mark.skipif(
    importlib.util.find_spec("pyspark") is None or shutil.which("java") is None,
    reason="PySpark and Java are installed only where an audit on Spark is wanted",
)
pytestmark = [
    # PySpark leaves the sockets to its Java process to the collector.
    pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning"),
    pytest.mark.filterwarnings(
        "ignore:Exception ignored in. <socket:pytest.PytestUnraisableExceptionWarning"
    ),
]


#: A case that any engine can be asked, its name, and what is to be found.
Ready = tuple[Prepared, str, list[dict[str, Any]]]


@pytest.fixture(scope="module")
def every() -> list[Ready]:
    """All cases, made once for all engines."""
    return [
        (prepared(code, given), f"{code}: {name}", expected)
        for code, name, given, expected in every_case()
    ]


def answered_otherwise(some: list[Ready], engine: str, ask: Any) -> list[Any]:
    """The cases in which something else was found than they say, and what."""
    answers = run_cases([case for case, _, _ in some], engine, ask)
    return [
        (name, found)
        for (_, name, expected), found in zip(some, answers, strict=True)
        if not holds(found, expected)
    ]


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SparkSession]:
    """One small Spark for the tests of this file."""
    from audit.spark.session import local

    folder = tmp_path_factory.mktemp("spark")
    found = local(folder, master="local[2,3]", memory="1g", settings=SMALL)
    yield found
    found.stop()


def findings(folder: Path, to: Path, **how: Any) -> tuple[str, list[tuple[Any, ...]]]:
    """The findings as they are written, and the evidence, of an audit of a folder."""
    evidence = to / "evidence.parquet"
    reviewed = folder / "audit.yaml"
    plan = read_plan(reviewed) if reviewed.is_file() else draft_plan(folder, folder / "notice.yaml")
    audit = run(plan, DAY, evidence, **how)
    rows = fetched(f"SELECT * FROM read_parquet({quoted(str(evidence))})")
    evidence.unlink()
    return json.dumps(as_data(audit), default=str), rows


@with_spark
def test_spark_finds_what_duckdb_finds(
    exports: Path, tmp_path: Path, session: SparkSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file in many slices, a broken one, an encoding, and dates that only the whole tells."""
    from audit.spark import slices
    from audit.spark.session import on_spark

    monkeypatch.setattr(slices, "_BYTES", 8000)
    monkeypatch.setattr(slices, "_GROUP_ROWS", 2048)
    header = "Asiakasnro;Nimi;Sähköposti;Asiakassuhde päättyi;Tila;Lisätiedot\n"
    # Of so many order numbers that begin with a day, some pass the check of an identity code.
    (exports / "tilaukset.csv").write_text(
        "Tilausnro;Työnro\n"
        + "".join(f"{n};{1 + n % 28:02}{1 + n % 12:02}24-{n:04}\n" for n in range(1000, 1300)),
        "utf-8",
    )
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
    told = ("MIN01", "MIN02", "MIN04", "STO01")
    here, evidence = findings(exports, tmp_path, only=told)
    scratch = tmp_path / "oma kansio, ä"  # which a URI would write otherwise
    scratch.mkdir()
    opened = on_spark(session, scratch)
    there, spark_evidence = findings(exports, tmp_path, only=told, opened=opened)
    assert there == here
    assert '"nonconformity"' in here
    assert spark_evidence == evidence
    assert len(evidence) > 100
    assert {row[1] for row in evidence if row[2] == "tilaukset.csv"} >= {"observation"}
    assert list(scratch.iterdir()) == []  # nothing stays


@with_spark
def test_audits_that_share_a_folder_do_not_meet(tmp_path: Path, session: SparkSession) -> None:
    """Each has a private folder in it, which is gone when the audit ends."""
    from audit.spark.session import on_spark

    opened, scratch = on_spark(session, tmp_path), []
    for folder in (tmp_path / "one", tmp_path / "other"):
        folder.mkdir()
    with opened(tmp_path / "one") as one, opened(tmp_path / "other") as other:
        for engine in (one, other):
            assert engine.scratch.stat().st_mode & 0o777 == 0o700
            assert engine.new_folder("left").name == "left_0"
            scratch.append(engine.scratch)
    assert scratch[0] != scratch[1]
    assert not any(folder.exists() for folder in scratch)


@with_spark
def test_the_sample_on_spark(tmp_path: Path, session: SparkSession) -> None:
    """The whole catalogue: the same findings to the byte, and the same evidence."""
    from audit.spark.session import on_spark

    here, evidence = findings(SAMPLE, tmp_path)
    there, spark_evidence = findings(SAMPLE, tmp_path, opened=on_spark(session))
    assert there == here
    assert sorted(spark_evidence, key=str) == sorted(evidence, key=str)
    assert len(evidence) > 400
    assert len({row[0] for row in evidence}) > 30  # codes


@with_spark
def test_cases_on_spark(
    every: list[Ready],
    session: SparkSession,
    tmp_path: Path,
    record_property: pytest.RecordProperty,
) -> None:
    """Every check finds on Spark what its cases say; many cases are one query."""
    from audit.spark.session import on_spark

    wrong: list[Any] = []
    with on_spark(session)(tmp_path) as spark:
        for at in range(0, len(every), TOGETHER):
            wrong += answered_otherwise(every[at : at + TOGETHER], "spark", spark.ask)
    assert wrong == []
    record_property("cases", len(every))


@pytest.mark.parametrize("kind", ["postgresql", "mariadb"])
def test_cases_in_a_database(
    kind: str,
    every: list[Ready],
    record_property: pytest.RecordProperty,
) -> None:
    """The same expressions, compiled for the database, find there what the cases say."""
    with server_or_skip(kind) as one:

        def ask(sql: str) -> Any:
            with one.raw.cursor() as cursor:
                cursor.execute(sql)
                return cursor.fetchall()

        if kind == "mariadb":  # texts differ if they differ, whatever the server's collation is
            one.execute("SET NAMES utf8mb4 COLLATE utf8mb4_nopad_bin")
        wrong = []
        for case in every:  # one by one: no server waits for jobs, as Spark does
            wrong += answered_otherwise([case], kind, ask)
    assert wrong == []
    record_property("cases", len(every))


@with_spark
def test_checks_of_one_table_move_no_record(
    exports: Path, tmp_path: Path, session: SparkSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In what Spark plans for them nothing is exchanged, but for small tables that are broadcast."""
    import re

    from audit.spark.engine import SparkEngine
    from audit.spark.session import on_spark

    plans: list[str] = []
    written = SparkEngine.written

    def noted(engine: SparkEngine, frame: Any, name: str = "evidence") -> Path:
        if name == "evidence":
            plans.append(frame._jdf.queryExecution().executedPlan().toString())
        return written(engine, frame, name)

    monkeypatch.setattr(SparkEngine, "written", noted)
    told = ("MIN01", "MIN02", "MIN04", "STO01", "STO02", "STO03")
    findings(exports, tmp_path, only=told, opened=on_spark(session))
    assert any("MIN04" in plan or "FileScan" in plan for plan in plans)
    assert not [plan for plan in plans if re.search(r"(?<!Broadcast)Exchange\b", plan)]


def nodes_of(plan: Any) -> Iterator[Any]:
    """What a physical plan of Spark's is made of."""
    if plan.nodeName().startswith("AdaptiveSparkPlan"):
        yield from nodes_of(plan.initialPlan())
        return
    yield plan
    inside = plan.children()
    for at in range(inside.size()):
        yield from nodes_of(inside.apply(at))


@with_spark
def test_joins_move_keys_and_days_and_no_whole_record(
    exports: Path, tmp_path: Path, session: SparkSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Orders to their customers, who is erased to who is there: by what they go by alone."""
    from audit.register.kinds.model import schema
    from audit.spark.engine import SparkEngine
    from audit.spark.session import on_spark

    moved: list[list[str]] = []
    written = SparkEngine.written

    def noted(engine: SparkEngine, frame: Any, name: str = "evidence") -> Path:
        for node in nodes_of(frame._jdf.queryExecution().executedPlan()):
            if node.nodeName() == "Exchange":
                columns = node.output()
                moved.append([columns.apply(at).name() for at in range(columns.size())])
        return written(engine, frame, name)

    monkeypatch.setattr(SparkEngine, "written", noted)
    (exports / "tilaukset.csv").write_text(
        "Tilausnro;Asiakasnro;Tilauspäivä;Lisätiedot\n1;1001;1.2.2009;kiire\n2;1002;3.2.2020;\n",
        "utf-8",
    )
    (exports / "poistot.csv").write_text("email;poistettu\naino@koe.example;1.2.2026\n", "utf-8")
    (exports / "audit.yaml").write_text(
        "schema: register-audit/plan/1\nregister: koe\nnotice: notice.yaml\nsources:\n"
        "  - {file: asiakkaat.csv}\n  - {file: tilaukset.csv, kind: orders}\n"
        "  - {file: poistot.csv, kind: erasures}\n",
        "utf-8",
    )
    findings(exports, tmp_path, only=("STO01", "RIG05"), opened=on_spark(session))
    assert {"customer", "key"} <= {name for columns in moved for name in columns}
    assert max(map(len, moved)) < len(schema("customers")) / 2
    kept = {"record_key", "hold_reason", "source", "subject_group", "visit"}
    assert not [columns for columns in moved if kept & set(columns)]


@with_spark
def test_parquet_is_read_where_it_lies(
    exports: Path, tmp_path: Path, session: SparkSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By the executors, in parts; the driver copies nothing of it."""
    import duckdb

    from audit.register import parquet
    from audit.spark import scan
    from audit.spark.session import on_spark

    csv, target = exports / "asiakkaat.csv", exports / "asiakkaat.parquet"
    duckdb.sql(f"SELECT * FROM read_csv('{csv}', all_varchar = true), range(3000)").write_parquet(
        str(target), row_group_size=2048
    )
    csv.unlink()
    monkeypatch.setattr(parquet, "_ROWS_TOGETHER", 2048)
    monkeypatch.setattr(scan, "_copied", None)
    told = ("MIN01", "MIN04")
    here, evidence = findings(exports, tmp_path, only=told)
    scratch = tmp_path / "oma kansio, ä"  # which a URI would write otherwise
    scratch.mkdir()
    opened = on_spark(session, scratch)
    there, spark_evidence = findings(exports, tmp_path, only=told, opened=opened)
    assert there == here
    assert spark_evidence == evidence
    assert len(evidence) == 3000


@with_spark
def test_a_table_of_the_catalogue_is_audited(exports: Path, session: SparkSession) -> None:
    """Its executors write it; a column without text is refused in a sentence."""
    import duckdb

    import audit
    from audit.errors import InputUnreadable

    csv = exports / "asiakkaat.csv"
    shown = duckdb.sql(f"SELECT * FROM read_csv('{csv}', all_varchar = true)").df()
    session.read.csv(str(csv), header=True, sep=";").createOrReplaceTempView("asiakkaat")
    frame = session.table("asiakkaat")
    notice = exports / "notice.yaml"
    there = audit.audit_frames({"asiakkaat": frame}, notice, DAY)
    here = audit.audit_frames({"asiakkaat": shown}, notice, DAY)
    assert there.findings == here.findings
    assert any(found.check == "MIN04" and found.count for found in there.findings)
    for odd in (
        "INTERVAL '1' YEAR",
        "array(INTERVAL '1' DAY)",
        "named_struct('a', array(timestamp'2020-01-01 00:30:00'))",
    ):
        with pytest.raises(InputUnreadable, match="has a type that has no text"):
            audit.audit_frames({"asiakkaat": frame.selectExpr("*", f"{odd} AS kesto")}, notice, DAY)


@with_spark
def test_a_batch_of_spark_in_great_expectations(exports: Path, session: SparkSession) -> None:
    """It is audited on its own session, with the findings of the file that it was read from."""
    import audit
    from audit.expectations import FAMILIES, findings_of
    from audit.expectations.batch import as_kwarg
    from audit.expectations.suite import ephemeral

    plan = as_kwarg(audit.load(exports).plan)
    frame = session.read.csv(str(exports / "asiakkaat.csv"), header=True, sep=";")
    with ephemeral() as context:
        asset = context.data_sources.add_spark("s").add_dataframe_asset("a")
        batch = asset.add_batch_definition_whole_dataframe("b").get_batch({"dataframe": frame})
        done = batch.validate(
            FAMILIES["data_minimisation"](
                plan=plan, table="asiakkaat", as_of=DAY.isoformat(), codes=["MIN01", "MIN04"]
            )
        )
    found = [f for f in audit.audit(exports, as_of=DAY).findings if f.check in ("MIN01", "MIN04")]
    assert list(findings_of(done)) == found
    assert done.result["partial_unexpected_index_list"] == [
        {"check": "MIN04", "record_key": "1002", "column": "Lisätiedot"}
    ]


@with_spark
def test_a_spark_that_is_started_here_is_quiet_and_runs_a_task_again() -> None:
    """What Java itself says of a module that Spark asks it for is all that is said."""
    import subprocess
    import sys

    program = (
        "from audit.spark.session import local; found = local(memory='512m');"
        "print(found.sparkContext.master); found.stop()"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True, text=True, check=False, timeout=300, cwd=SAMPLE.parents[1],
    )  # fmt: skip
    assert done.stdout.split() == ["local[*,4]"], done.stderr[-2000:]
    assert [said for said in done.stderr.splitlines() if "incubator" not in said] == []


@with_spark
def test_what_spark_alone_has_is_written_as_elsewhere(
    exports: Path, tmp_path: Path, session: SparkSession
) -> None:
    """A moment by its day in Helsinki wherever the session is; a table without rows is a table."""
    import pandas as pd

    from audit.plan.drafting import draft_of_frames
    from audit.register.frame import extract_of_frame
    from audit.spark.frames import extract_of_spark
    from audit.spark.session import on_spark

    before = session.conf.get("spark.sql.session.timeZone")
    session.conf.set("spark.sql.session.timeZone", "America/New_York")
    try:
        frame = session.sql(
            "SELECT timestamp'2016-11-21 22:30:00Z' z, timestamp_ntz'2016-11-22 00:00:00' m, "
            "null v, time'12:30:00' t, date'2016-11-22' d, 2.0D f, array('x', 'y') a, x'ff' b"
        )
        batch = extract_of_spark(frame, tmp_path, "asiakkaat")
    finally:
        session.conf.set("spark.sql.session.timeZone", before)
    moment = pd.DataFrame({"z": pd.to_datetime(["2016-11-21 22:30"], utc=True)})
    [[of_pandas]] = extract_of_frame(moment, "asiakkaat").first
    assert batch.first == (
        (of_pandas, "2016-11-22", "", "12:30:00", "2016-11-22", "2", "x; y", "(1 bytes)"),
    )
    blank = session.read.csv(str(exports / "asiakkaat.csv"), header=True, sep=";").limit(0)
    batch = extract_of_spark(blank, tmp_path, "asiakkaat")
    plan = draft_of_frames({"asiakkaat": batch}, exports / "notice.yaml", "koe")
    how = {"frames": {"asiakkaat": batch}, "opened": on_spark(session), "only": ("MIN04",)}
    told = run(plan, DAY, tmp_path / "e", **how)
    here = blank.toPandas().astype(str)
    how |= {"frames": {"asiakkaat": extract_of_frame(here, "asiakkaat")}}
    assert told.findings == run(plan, DAY, tmp_path / "e", **how).findings
    assert told.tables[0].rows == 0


@with_spark
def test_a_table_that_spark_cannot_finish_tells_no_cell(
    tmp_path: Path, session: SparkSession
) -> None:
    """PySpark would write what it raises to the terminal, and what it raises quotes a cell."""
    import logging

    from pyspark.logger import PySparkLogger

    from audit.errors import ClusterFailed
    from audit.spark.frames import extract_of_spark

    said: list[logging.LogRecord] = []
    kinds = ("SQLQueryContextLogger", "DataFrameQueryContextLogger")
    loggers, handler = [PySparkLogger.getLogger(kind) for kind in kinds], logging.Handler()
    handler.emit = said.append
    for logger in loggers:
        logger.addHandler(handler)
    session.conf.set("spark.sql.ansi.enabled", "true")
    frame = session.sql("SELECT 'hetu 010190-999W' AS a")
    try:
        for wrong in (frame.selectExpr("CAST(a AS INT)"), frame.select(frame["a"].cast("int"))):
            with pytest.raises(ClusterFailed, match="did not finish asiakkaat"):
                extract_of_spark(wrong, tmp_path, "asiakkaat")
            assert said == []
            with pytest.raises(Exception, match="010190"):  # what others run is theirs to log
                wrong.collect()
            assert said.pop().name in kinds
    finally:
        for logger in loggers:
            logger.removeHandler(handler)
        session.conf.unset("spark.sql.ansi.enabled")


@with_spark
def test_a_table_of_spark_without_a_key_says_that_its_rows_have_no_name(
    exports: Path, tmp_path: Path, session: SparkSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where it is audited as it stands, and where Great Expectations hands it on."""
    from audit.expectations import batch as batches
    from audit.expectations.batch import as_kwarg, assessed
    from audit.plan.drafting import draft_of_frames
    from audit.spark.frames import extract_of_spark
    from audit.spark.session import on_spark

    frame = session.read.csv(str(exports / "asiakkaat.csv"), header=True, sep=";")
    batch = extract_of_spark(frame.drop("Asiakasnro"), tmp_path, "asiakkaat")
    plan = draft_of_frames({"asiakkaat": batch}, exports / "notice.yaml", "koe")
    frames, opened = {"asiakkaat": batch}, on_spark(session)
    told = run(plan, DAY, tmp_path / "e", only=("MIN04",), frames=frames, opened=opened)
    assert dict(told.ledgers[0].notes) == {"rows_without_name": 2}
    monkeypatch.setattr(batches, "data_checks", lambda: ("MIN04",))  # of all, Spark takes long
    found = assessed(as_kwarg(plan), "asiakkaat", DAY.isoformat(), lambda: batch, opened=opened)
    assert found["keyless"]
    assert found["unnamed"] == {"MIN04": 1}
    assert "MIN04" not in found["keys"]


@with_spark
def test_hashes_of_erased_people_are_compared_on_spark(
    tmp_path: Path, exports: Path, session: SparkSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the same key, as on DuckDB."""
    from audit.register.pseudonyms import KEY_VARIABLE, key_of_environment
    from audit.spark.session import on_spark

    monkeypatch.setenv(KEY_VARIABLE, "pitkä salaisuus, jota kukaan ei tiedä")
    hashed = key_of_environment().pseudonym("email", "aino@koe.example")
    (exports / "poistot.csv").write_text(f"tunniste;poistettu\n{hashed};1.2.2026\n", "utf-8")
    (exports / "audit.yaml").write_text(
        "schema: register-audit/plan/1\nregister: koe\nnotice: notice.yaml\nsources:\n"
        "  - {file: asiakkaat.csv}\n"
        "  - {file: poistot.csv, kind: erasures, columns: {tunniste: {role: pseudonym}, "
        "poistettu: {role: erased_on}}}\n",
        "utf-8",
    )
    here, evidence = findings(exports, tmp_path, only=("RIG05",))
    there, spark_evidence = findings(exports, tmp_path, only=("RIG05",), opened=on_spark(session))
    assert there == here
    assert spark_evidence == evidence
    assert any(row[0] == "RIG05" for row in evidence)


@with_spark
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


@with_spark
def test_a_task_that_dies_each_time_ends_its_source_in_a_sentence(
    exports: Path, tmp_path: Path, session: SparkSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It names the file, quotes nothing of what the task said, and leaves no evidence."""
    from audit.errors import ClusterFailed
    from audit.spark import scan
    from audit.spark.session import on_spark

    class Refusing:
        """A slice that nobody can read; of a class in a function, as executors lack this file."""

        def relation(self, _: Any) -> Any:
            raise ValueError("hetu 010190-999W")

    monkeypatch.setattr(scan, "byte_slices", lambda *_: [Refusing()])
    with pytest.raises(ClusterFailed, match=r"asiakkaat\.csv") as raised:
        findings(exports, tmp_path, only=("MIN01",), opened=on_spark(session))
    assert "010190" not in str(raised.value)
    assert raised.value.__cause__ is None
    assert not (tmp_path / "evidence.parquet").exists()


@with_spark
def test_half_written_evidence_is_not_taken_for_whole(
    tmp_path: Path, session: SparkSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder without Spark's mark is refused."""
    from audit.errors import ClusterFailed
    from audit.spark.engine import SparkEngine

    with SparkEngine(tmp_path, session) as engine:
        session.conf.set("mapreduce.fileoutputcommitter.marksuccessfuljobs", "false")
        try:
            with pytest.raises(ClusterFailed):
                engine.written(session.range(1))
        finally:
            session.conf.unset("mapreduce.fileoutputcommitter.marksuccessfuljobs")


@with_spark
def test_without_pyspark_a_sentence_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is missing is said, and how to install it."""
    import sys

    from audit.errors import ExtraMissing
    from audit.spark.session import local

    monkeypatch.setitem(sys.modules, "pyspark.sql", None)
    with pytest.raises(ExtraMissing, match=r"register-audit\[spark\]"):
        local()


@with_spark
@pytest.mark.parametrize("raised", [ConnectionRefusedError, "Py4JNetworkError", "Py4JError"])
def test_a_spark_that_goes_while_it_starts_is_said(
    monkeypatch: pytest.MonkeyPatch, raised: Any
) -> None:
    """Java may be ended by whoever needs its memory."""
    from py4j import protocol
    from pyspark.sql import SparkSession

    from audit.errors import AuditError
    from audit.spark.session import local

    error = getattr(protocol, raised) if isinstance(raised, str) else raised

    def gone(_: object) -> None:
        raise error("hetu 010190-999W")

    monkeypatch.setattr(SparkSession.Builder, "getOrCreate", gone)
    with pytest.raises(AuditError, match="nothing is concluded") as said:
        local()
    assert "010190" not in str(said.value)
    assert said.value.__cause__ is None


@with_spark
def test_a_session_that_is_lost_is_said(
    exports: Path, tmp_path: Path, session: SparkSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the middle, or before: a sentence, and no evidence. It ends the session of this file."""
    from audit.errors import SessionLost
    from audit.expectations.batch import assessed
    from audit.spark.engine import SparkEngine
    from audit.spark.frames import extract_of_spark
    from audit.spark.session import on_spark

    frame, collected = session.range(1), SparkEngine.collected

    def lost(engine: SparkEngine, *asked: Any) -> list[Any]:
        session.stop()
        return collected(engine, *asked)

    monkeypatch.setattr(SparkEngine, "collected", lost)
    for _ in range(2):
        with pytest.raises(SessionLost, match=r"^The Spark session is stopped .*audit again\.$"):
            findings(exports, tmp_path, only=("MIN01",), opened=on_spark(session))
        assert not (tmp_path / "evidence.parquet").exists()
    told = assessed(
        str(exports), "asiakkaat", None, lambda: extract_of_spark(frame, tmp_path, "asiakkaat")
    )
    assert told == {"failed": str(SessionLost())}
