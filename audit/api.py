"""
The Python interface: the same audit, for notebooks and scripts.

>>> import audit
>>> register = audit.load("exports/")                                  # doctest: +SKIP
>>> plan = audit.draft_plan(register, audit.read_notice("notice.yaml"))  # doctest: +SKIP
>>> result = audit.audit(plan, as_of="2026-11-22")                     # doctest: +SKIP
>>> result.show("verdict")                                             # doctest: +SKIP
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from audit import plan as plans
from audit.engine.duckdb import Engine
from audit.engine.workspace import workspace
from audit.errors import ArgumentUnusable, InputEmpty, InputMissing
from audit.finding import Audit as Conclusion
from audit.notice.model import Notice
from audit.notice.read import read_notice as _read_notice
from audit.plan import Plan, PlannedSource, drafting
from audit.progress import SILENT, Progress
from audit.register.cells import text_rows
from audit.register.extract import Extract
from audit.register.frame import OF_THE_FORM, extract_of_frame
from audit.register.pseudonyms import key_of_environment
from audit.report.manifest import describe, hashed
from audit.report.texts import load_texts
from audit.report.write import EVIDENCE
from audit.result import Audit, Fragment
from audit.run import run

if TYPE_CHECKING:
    import pandas as pd
    from pyspark.sql import DataFrame, SparkSession

    from audit.run import Opened

__all__ = [
    "Audit",
    "Fragment",
    "Register",
    "audit",
    "audit_frames",
    "compare",
    "draft_plan",
    "load",
    "open_plan",
    "read_notice",
]


@dataclass(frozen=True)
class Register:
    """A folder of exports, as far as it was recognised."""

    folder: Path
    plan: Plan

    @property
    def tables(self) -> tuple[str, ...]:
        """The names of the tables, as ``table`` takes them."""
        return tuple(source.name for source in self.plan.sources)

    def table(self, name: str) -> pd.DataFrame:
        """
        A table as it was loaded: every cell as text, in the order of the source, blank as ``""``.

        ``name`` is one of ``tables``, or the file's. The index is the row's number in the evidence;
        a line that could not be read as a record stands where it was, under minus its line number,
        its cells as far as they could be told. Raises an ``AuditError`` if it cannot be read.
        """
        import pandas as pd

        source = self._source(name)
        try:
            with workspace() as scratch:
                found = plans.resolve(self.plan, source, "the plan", scratch).found
                rows = list(text_rows(found, scratch))
        except InputEmpty:
            return pd.DataFrame()
        frame = pd.DataFrame(
            [row.cells for row in rows],
            index=pd.Index([row.number for row in rows], name="row"),
            columns=list(found.head.header),
            dtype=str,
        )
        if found.extract is not None:  # what the form settles, the cells alone may not tell
            frame.attrs[OF_THE_FORM] = {
                "kind": found.extract.kind,
                "known": dict(found.extract.known),
            }
        return frame

    def _source(self, name: str) -> PlannedSource:
        for source in self.plan.sources:
            if name in (source.name, source.shown, source.file):
                return source
        raise InputMissing(name, "the register: it has " + ", ".join(self.tables))


def columns(plan: Plan | Register) -> pd.DataFrame:
    """What each column of the sources is taken for, with the ground and the certainty."""
    import pandas as pd

    plan = plan.plan if isinstance(plan, Register) else plan
    with workspace() as scratch:
        resolved = [
            plans.resolve(plan, source, "audit.yaml", scratch).table for source in plan.sources
        ]
    return pd.DataFrame(
        [
            {
                "table": table.name,
                "column": column.header,
                "category": column.category,
                "role": None if column.role is None else column.role.value,
                "ground": column.ground,
                "certainty": column.certainty.value,
            }
            for table in resolved
            for column in table.columns
        ]
    )


def read_notice(path: str | Path, register: str | None = None) -> Notice:
    """Read a notice: ``notice.yaml``, or the published text, Markdown, HTML, DOCX or PDF itself."""
    return _read_notice(Path(path), register)


def load(folder: str | Path) -> Register:
    """
    Look at a folder of exports, or at those of a plan that was reviewed (the path of ``audit.yaml``).

    No row is read yet but the first thousand of each file.
    """
    path = Path(folder)
    if path.is_file():
        return Register(path.parent, plans.read_plan(path))
    return Register(path, drafting.draft_plan(path))


def open_plan(path: str | Path) -> Plan:
    """Read a reviewed plan (``audit.yaml``); of a folder that has none, it is drafted."""
    path = Path(path)
    if not path.is_dir():
        return plans.read_plan(path)
    known = next((path / name for name in plans.PLAN_NAMES if (path / name).is_file()), None)
    return drafting.draft_plan(path) if known is None else plans.read_plan(known)


def draft_plan(register: Register | str | Path, notice: Notice | str | Path | None = None) -> Plan:
    """Draft a plan for a register; a notice that was read must lie beside it or be given by path."""
    folder = register.folder if isinstance(register, Register) else Path(register)
    path = None if notice is None or isinstance(notice, Notice) else Path(notice)
    return drafting.draft_plan(folder, path)


def plan_given(said: Plan | Register | str | Path) -> Plan:
    """The plan that an argument is or names; raises ``ArgumentUnusable`` if it is none."""
    if isinstance(said, Register):
        return said.plan
    if isinstance(said, str | Path):
        return open_plan(said)
    if not isinstance(said, Plan):
        wanted = "a plan, a register, or the path of audit.yaml or of a folder of exports"
        raise ArgumentUnusable("plan", said, wanted)
    return said


def audit(
    plan: Plan | Register | str | Path,
    as_of: date | str | None = None,
    *,
    progress: bool = False,
    lang: str = "en",
    engine: str = "duckdb",
    session: SparkSession | None = None,
    scratch: str | Path | None = None,
) -> Audit:
    """
    Audit; ``as_of`` is a day, or ``YYYY-MM-DD``, else the plan's, else today.

    With ``progress``, a bar tells in ``lang`` how far it is; never in CI. ``engine="spark"`` audits on the Spark
    ``session`` given, or on a local one; ``scratch`` is then a folder that driver and executors share.

    Raises an ``AuditError`` if it cannot be done, an ``ArgumentUnusable`` of what is given.
    """
    from rich.console import Console

    from audit.report.bars import bar

    load_texts(lang)
    plan = plan_given(plan)
    opened = _opened(engine, session, scratch)
    with bar(Console(), lang, quiet=not progress) as watching:
        return _audited(plan, as_of, watching, {}, opened, engine)


def _audited(
    plan: Plan,
    as_of: date | str | None,
    progress: Progress,
    frames: Mapping[str, Extract],
    opened: Opened = Engine,
    engine: str = "duckdb",
) -> Audit:
    day = _day(as_of) or plan.as_of or date.today()
    started = datetime.now(UTC)
    folder = Path(tempfile.mkdtemp(prefix="register-audit-evidence-"))
    try:
        conclusion = run(
            plan, day, folder / EVIDENCE, progress=progress, frames=frames, opened=opened
        )
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return Audit(conclusion, folder, provenance(plan, conclusion, started, engine))


def _day(said: date | str | None) -> date | None:
    """The day that an argument is or names, if it does."""
    if isinstance(said, str):
        with suppress(ValueError):
            return date.fromisoformat(said)
    elif said is None or isinstance(said, date):
        return said.date() if isinstance(said, datetime) else said
    raise ArgumentUnusable("as_of", said, "a day as YYYY-MM-DD, or a date")


def _opened(engine: str, session: SparkSession | None, scratch: str | Path | None) -> Opened:
    """What opens the engine that was asked for."""
    if engine == "spark":
        from audit.spark.session import on_spark

        return on_spark(session, None if scratch is None else Path(scratch))
    if engine != "duckdb" or session is not None or scratch is not None:
        wanted = "duckdb, or spark, which alone takes a session and a scratch folder"
        raise ArgumentUnusable("engine", engine, wanted)
    return Engine


def audit_frames(
    frames: Mapping[str, pd.DataFrame | DataFrame],
    notice: str | Path,
    as_of: date | str | None = None,
    *,
    register: str = "",
    scratch: str | Path | None = None,
) -> Audit:
    """
    Audit what is in memory: DataFrames (or Arrow tables) by the names of their tables.

    ``notice`` is a notice's file; the columns are recognised. Cells are best loaded as text, as
    ``Register.table`` gives them: what a number or a date looked like may tell what it is.

    DataFrames of Spark, ``{"customers": spark.table("crm.customers")}``, are audited on their own
    session; ``scratch`` is then a folder that driver and executors share.
    """
    if not isinstance(frames, Mapping):
        raise ArgumentUnusable("frames", frames, "DataFrames by the names of their tables")
    frames = {str(table): frame for table, frame in frames.items()}
    name = register or Path(notice).resolve().parent.name
    of_spark = [frame for frame in frames.values() if _is_of_spark(frame)]
    if not of_spark:
        extracts = {table: extract_of_frame(frame, table) for table, frame in frames.items()}
        plan = drafting.draft_of_frames(extracts, Path(notice), name)
        return _audited(plan, as_of, SILENT, extracts)
    if len(of_spark) < len(frames):
        wanted = "only DataFrames of Spark, or none of them"
        raise ArgumentUnusable("frames", "DataFrames of Spark and others", wanted)
    from audit.spark.frames import extract_of_spark
    from audit.spark.session import on_spark, usable

    usable(of_spark[0].sparkSession, None if scratch is None else Path(scratch))
    with tempfile.TemporaryDirectory(prefix="register-audit-frames-", dir=scratch) as folder:
        shared = Path(folder)
        extracts = {
            table: extract_of_spark(frame, shared, table) for table, frame in frames.items()
        }
        plan = drafting.draft_of_frames(extracts, Path(notice), name)
        opened = on_spark(of_spark[0].sparkSession, shared)
        return _audited(plan, as_of, SILENT, extracts, opened, "spark")


def _is_of_spark(frame: Any) -> bool:
    """Whether it is a DataFrame of Spark's; PySpark is not imported to tell."""
    return type(frame).__module__.startswith("pyspark.sql.")


def compare(old: str | Path, new: str | Path, *, anyway: bool = False) -> pd.DataFrame:
    """
    What became of each finding between two folders that audits wrote, the earlier first.

    ``anyway`` compares even two controllers or registers, which else is refused.
    """
    from dataclasses import asdict

    import pandas as pd

    from audit.report.compare import compare as compare_audits

    found = compare_audits(Path(old), Path(new), anyway=anyway)
    return pd.DataFrame([asdict(change) for change in found.changes])


def _path(plan: Plan, shown: str, sha256: str) -> Path:
    """Where a file lies; several may be shown alike, where somebody's details stand in their names."""
    files = dict.fromkeys(source.file for source in plan.sources if source.origin == shown)
    paths = [plan.folder / file for file in files if file]
    return next((p for p in paths[:-1] if hashed(p, shown)["sha256"] == sha256), paths[-1])


def provenance(
    plan: Plan, conclusion: Conclusion, started: datetime, engine: str = "duckdb"
) -> dict[str, Any]:
    """The manifest of an audit, before its outputs are known."""
    read = conclusion.ledgers
    in_files = [ledger for ledger in read if ledger.form != "database_in_place"]
    read_once = dict.fromkeys((ledger.file, ledger.sha256) for ledger in in_files)
    inputs: list[dict[str, Any]] = [
        {"path": file, "sha256": sha256, "bytes": _path(plan, file, sha256).stat().st_size}
        for file, sha256 in read_once
        if sha256  # what was in memory has no file
    ]
    inputs += [
        {"path": f"{ledger.file}, {ledger.sheet}"} | dict(ledger.notes)
        for ledger in read
        if ledger.form == "database_in_place"
    ]
    notice = hashed(plan.folder / str(plan.notice), Path(str(plan.notice)).name)
    file = next((plan.folder / n for n in plans.PLAN_NAMES if (plan.folder / n).is_file()), None)
    reviewed = None if plan.inferred or file is None else hashed(file, file.name)
    return describe(
        started=started,
        engine=engine,
        inputs=inputs,
        notice=notice,
        plan=reviewed,
        evidence_kept_days=plan.evidence_kept_days,
        key=key_of_environment(),
    )
