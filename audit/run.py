"""Plan, notice and register in; findings and evidence out."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple, Protocol

from audit.assessment import Ground, assess
from audit.catalogue import Check
from audit.checks import catalogue
from audit.coverage import clause_states
from audit.coverage.stated import (
    Export,
    attestation_states,
    by_number_alone,
    completeness_states,
    reject_wrong_statements,
)
from audit.coverage.topical import Topical
from audit.engine.duckdb import Engine, EngineError
from audit.engine.evidence import write_evidence
from audit.engine.mixed import kinds_there
from audit.engine.people import create_due_days, create_people
from audit.engine.scan import Scanned, gather
from audit.engine.workspace import workspace
from audit.errors import PlanInvalid, UnknownCode
from audit.finding import Audit, Finding, WaiverState
from audit.materials import bindings
from audit.notice.model import Notice
from audit.notice.read import read_notice
from audit.plan import Plan
from audit.progress import SILENT, Progress
from audit.reading import Read, read_all, rows_of, size_of
from audit.register.extract import Extract
from audit.register.model import Role
from audit.register.pseudonyms import Key, key_of_environment
from audit.retention.at_once import with_days_at_once
from audit.retention.groups import with_groups
from audit.retention.prepare import prepare
from audit.retention.stated_years import financial_years_said
from audit.retention.unreadable import with_unreadable_dates
from audit.review import Review, review
from audit.views import as_quoted, table_view
from audit.waive import Looked, mark_evidence, waive

__all__ = ["Opened", "run"]

_NO_FRAMES: Mapping[str, Extract] = MappingProxyType({})
_HELD_FOR_A_TABLE = 1 << 22  # bytes that DuckDB keeps in memory, however little is in the table
_OBJECTS = 20_000  # made between two looks at what can be thrown away; usually 700


class Opened(Protocol):
    """What opens an engine for one audit."""

    def __call__(self, folder: Path, *, bytes_to_read: int = 0, watched: bool = False) -> Engine:
        """``folder`` is private, and gone after the audit."""
        ...


@contextmanager
def _rarely_collected() -> Iterator[None]:
    """Of the many nodes of expressions few are thrown away: to look for them took a tenth of the time."""
    usual = gc.get_threshold()
    gc.set_threshold(_OBJECTS, *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)


@_rarely_collected()
def run(
    plan: Plan,
    as_of: date,
    evidence: Path,
    *,
    only: Iterable[str] = (),
    skip: Iterable[str] = (),
    shown_plan: str = "audit.yaml",
    progress: Progress = SILENT,
    frames: Mapping[str, Extract] = _NO_FRAMES,
    tables: frozenset[str] = frozenset(),
    opened: Opened = Engine,
) -> Audit:
    """
    Audit the plan's sources and write the evidence to ``evidence`` (Parquet).

    ``progress`` is told how far the work has come. ``frames`` stand in the place of the sources
    whose tables they name. Every source is read, but of the register's tables only ``tables`` are
    held against the checks, where they are given. ``opened`` opens the engine
    that is audited on.
    """
    if only or skip:
        _chosen(only, skip)  # a wrong code is said before anything is read
    question = _question(plan, as_of, shown_plan, tables)
    plan = question.plan
    total = sum(size_of(plan, source, frames) for source in plan.sources)
    progress.total = total
    rows = {source.shown: rows_of(plan, source, frames, progress) for source in plan.sources}
    progress.rows = sum(rows.values()) if all(rows.values()) else 0
    refused: frozenset[str] = frozenset()
    while True:
        with (
            workspace() as folder,
            opened(
                folder,
                bytes_to_read=total + len(plan.sources) * _HELD_FOR_A_TABLE,
                watched=progress.watched,
            ) as engine,
            ThreadPoolExecutor(1) as beside,
        ):
            beside.submit(catalogue)  # Ibis is imported while DuckDB reads
            read = read_all(
                engine, plan, question.notice, shown_plan, progress, frames, rows, refused
            )
            progress.at("checking")
            checks = _chosen(only, skip)
            try:
                answer = _answer(engine, question, checks, read)
            except EngineError:
                found = _not_held(engine, read.scanned)
                if not found:
                    raise
                refused |= found
                continue
            write_evidence(engine, evidence)
        return _concluded(question, checks, read, answer, evidence)


def _not_held(engine: Engine, scanned: Sequence[Scanned]) -> frozenset[str]:
    """The tables whose records the engine refuses after all: the others are audited without them."""
    return frozenset(one.table.name for n, one in enumerate(scanned) if not engine.holds(n))


class _Question(NamedTuple):
    """What is audited against which notice, as of which day."""

    plan: Plan
    notice: Notice
    as_of: date
    shown_plan: str
    tables: frozenset[str]
    """The tables that are held against the checks; all of them, if none is named."""
    assumptions: tuple[str, ...]


class _Answer(NamedTuple):
    """What the checks say of what was read."""

    findings: list[Finding]
    waivers: tuple[WaiverState, ...]
    reviewed: Review
    assumptions: tuple[str, ...]


def _question(plan: Plan, as_of: date, shown_plan: str, tables: frozenset[str]) -> _Question:
    """The plan and its notice, once they are found to go together."""
    if plan.notice is None:
        raise PlanInvalid(shown_plan, "notice", "no notice is named", "name one with --notice")
    notice = with_days_at_once(read_notice(plan.folder / plan.notice, plan.register_name))
    reject_wrong_statements(plan, notice, as_of, shown_plan)
    if not plan.sources:
        raise PlanInvalid(
            shown_plan, "sources", "there is nothing to audit", "draft it with `plan`"
        )
    assumed = []
    if notice.read_from is not None:
        assumed.append(f"notice_read:{notice.register_name or notice.read_from}")
    plan, of_notice = _with_years(plan, notice, as_of)
    numbered = (f"attested_by_number:{name}" for name in by_number_alone(plan, as_of))
    return _Question(plan, notice, as_of, shown_plan, tables, (*assumed, *of_notice, *numbered))


def _answer(engine: Engine, question: _Question, checks: Sequence[Check], read: Read) -> _Answer:
    """Put every check to what was read; ``evidence`` then holds what they found."""
    plan, notice, as_of, scanned = question.plan, question.notice, question.as_of, read.scanned
    gather(engine, scanned)
    derived: tuple[str, ...] = ()
    if any("retention_period" in check.asks for check in checks):
        scanned = with_groups(engine, with_unreadable_dates(engine, scanned, notice), notice)
        derived = prepare(engine, scanned, notice, plan, as_of)
    key = key_of_environment()
    _relate(engine, checks, scanned, as_of, key)
    ground = Ground(
        engine=engine,
        notice=notice,
        plan=plan,
        as_of=as_of,
        kinds=kinds_there(scanned),
    )
    bound = [
        each
        for each in bindings(checks, notice, scanned, plan, keyed=key.given)
        if not question.tables or each.scanned is None or each.scanned.table.name in question.tables
    ]
    reviewed = review(checks, notice, plan, as_of)
    findings = [*assess(ground, bound, scanned), *reviewed.findings]
    engine.insert("evidence", reviewed.evidence(plan.notice or ""))
    held = {each.scanned.table.name for each in bound if each.scanned is not None}
    looked = Looked(
        checks=frozenset(check.code for check in checks),
        skipped=len(checks) < len(catalogue()),
        unread=frozenset(source.name for source in plan.sources) - held,
    )
    findings, waivers = waive(findings, plan.waivers, as_of, question.shown_plan, looked)
    mark_evidence(engine, findings, scanned)
    keys = () if key.given else _of_this_run(scanned)
    findings.sort(key=lambda finding: finding.key)
    return _Answer(findings, waivers, reviewed, (*derived, *keys))


def _of_this_run(scanned: Iterable[Scanned]) -> Iterator[str]:
    """The tables whose people a key of this run alone tells from one another."""
    hashed = [one.table for one in scanned if one.table.with_role(Role.PSEUDONYM) is not None]
    return (f"run_key:{table.name}" for table in hashed)


def _concluded(
    question: _Question, checks: Sequence[Check], read: Read, answer: _Answer, evidence: Path
) -> Audit:
    """What the audit comes to: the findings, and the state of every clause and statement."""
    plan, notice, as_of = question.plan, question.notice, question.as_of
    exports = {
        one.table.name: Export(one.table.extracted_on, bool(one.ledger.quarantined))
        for one in read.scanned
    }
    completeness = completeness_states(plan, exports, as_of)
    # Where a source could not be read, nobody knows what the others lack.
    whole = frozenset(
        said.table for said in completeness if said.state == "applied" and not read.failures
    )
    tables = tuple(table_view(one, notice) for one in read.scanned)
    return Audit(
        register=plan.register_name,
        as_of=as_of,
        law_as_of=as_of,
        notice=as_quoted(notice, answer.reviewed),
        criteria=tuple(check.criterion for check in checks),
        findings=tuple(map(Topical.of(notice).cited, answer.findings)),
        clauses=clause_states(notice, answer.findings, plan, as_of, whole, tables),
        tables=tables,
        ledgers=tuple(one.ledger for one in read.scanned),
        failures=read.failures,
        left_out=tuple(sorted(read.left_out.items())),
        assumptions=(*read.assumptions, *answer.assumptions, *question.assumptions),
        completeness=completeness,
        attestations=attestation_states(plan, as_of),
        waivers=answer.waivers,
        checks_left_out=len(catalogue()) - len(checks),
        evidence=str(evidence),
    )


def _with_years(plan: Plan, notice: Notice, as_of: date) -> tuple[Plan, tuple[str, ...]]:
    """The plan with the financial years that the notice states, where it has none itself."""
    told = () if plan.financial_years else financial_years_said(notice, as_of)
    if not told:
        return plan, ()
    return plan.model_copy(update={"financial_years": told}), ("financial_years_of_notice",)


def _relate(
    engine: Engine, checks: Iterable[Check], scanned: Sequence[Scanned], as_of: date, key: Key
) -> None:
    """Make the tables that checks of several files share: who is who, and until when to answer."""
    asked = {name for check in checks for name in check.asks}
    there = kinds_there(scanned)
    if "people" in asked:
        create_people(engine, there, key if key.given else None)
    sourced = any(one.table.with_role(Role.SOURCE) is not None for one in scanned)
    if "due_days" in asked and (sourced or there & {"requests", "source_log"}):
        create_due_days(engine, as_of)


def _chosen(only: Iterable[str], skip: Iterable[str]) -> list[Check]:
    known = catalogue()
    only, skip = {c.upper() for c in only}, {c.upper() for c in skip}
    for code in sorted(only | skip):
        if code not in known:
            raise UnknownCode(code, list(known))
    chosen = [c for code, c in known.items() if (not only or code in only) and code not in skip]
    if not chosen:
        raise PlanInvalid("--only and --skip", "together", "they leave no check", "leave one out")
    return chosen
