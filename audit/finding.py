"""What an audit says: criteria, findings and the conclusion (ISO 19011), and the ledger of loading.

Everything here is plain, frozen data with a deterministic JSON form; reports render nothing else.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

__all__ = [
    "AttestationState",
    "Audit",
    "Basis",
    "ClauseState",
    "ColumnView",
    "CompletenessState",
    "Criterion",
    "Denominator",
    "Finding",
    "Grade",
    "LoadingLedger",
    "Quarantined",
    "Result",
    "SourceFailure",
    "TableView",
    "Topic",
    "WaiverState",
]


class Result(StrEnum):
    """The result of holding evidence against a criterion."""

    CONFORMITY = "conformity"
    NONCONFORMITY = "nonconformity"
    OBSERVATION = "observation"
    NOT_ASSESSED = "not_assessed"
    WAIVED = "waived"
    """A nonconformity that the plan accepts for a while."""


class Grade(StrEnum):
    """The weight of a nonconformity, by the rule that each check publishes."""

    MAJOR = "major"
    MINOR = "minor"


class Basis(StrEnum):
    """What a criterion measures against: what was promised, what is enacted, or both."""

    NOTICE = "notice"
    LAW = "law"
    BOTH = "both"


@dataclass(frozen=True, kw_only=True)
class Criterion:
    """One audit criterion, as the catalogue states it."""

    code: str
    name: str
    """The slug: what the check finds."""
    family: str
    """The GDPR principle, as the folder in ``checks/`` names it."""
    title: str
    references: str
    """Articles and sections, in the catalogue's words."""
    basis: Basis
    grade: Grade
    breach: bool = False
    """Whether a nonconformity may be a personal data breach (GDPR Art. 33)."""


@dataclass(frozen=True, kw_only=True)
class Topic:
    """How much of a finding is about one thing of which the notice speaks apart from others."""

    key: str | None
    """The ground of a hold, the kind of a request, the use that was forbidden, by the notice's own
    key; None where the register does not tell which."""
    count: int
    """Pieces of evidence."""
    examined: int
    """Records that were examined and assessed."""


@dataclass(frozen=True, kw_only=True)
class Finding:
    """The result of one criterion on one table, and, where something was found, on one column."""

    check: str
    result: Result
    grade: Grade | None = None
    """Set for nonconformities, waived or not."""
    table: str
    column: str | None = None
    category: str | None = None
    rule: str | None = None
    """The id of the notice's retention rule, where the check ran once per rule."""
    clauses: tuple[str, ...] = ()
    count: int = 0
    """Pieces of evidence."""
    examined: int = 0
    """The denominator: records, cells or columns that the check looked at; see ``unit``."""
    unit: str = "records"
    """``records``, ``cells`` or ``columns``; ``notice``, whose table is blank, for its clauses."""
    reason: str | None = None
    """Why it was not assessed: a key of the message catalogues."""
    about: str | None = None
    """The list of the notice by whose keys ``topics`` go: ``holds``, ``rights`` or ``objections``;
    None where the check knows no topics, or was not put to the table."""
    topics: tuple[Topic, ...] = ()
    """Its pieces, and what the check examined of the table, by what they are about."""

    @property
    def key(self) -> tuple[str, str, str, str, str, str]:
        """What tells this finding from the others of the same audit; used for sorting."""
        return (
            self.check,
            self.table,
            self.rule or "",
            self.column or "",
            self.category or "",
            # A waiver excuses a finding and leaves it the same finding.
            Result.NONCONFORMITY if self.result is Result.WAIVED else self.result,
        )

    def unassessed(self, reason: str) -> Finding:
        """The same finding where nothing of it could be assessed, and why."""
        return replace(
            self, result=Result.NOT_ASSESSED, grade=None, reason=reason, count=0, examined=0
        )

    def cleared(self, examined: int, result: Result = Result.CONFORMITY) -> Finding:
        """The same finding where none of its pieces counts, of so many examined."""
        return replace(self, result=result, grade=None, reason=None, count=0, examined=examined)

    @property
    def fingerprint(self) -> str:
        """Sixteen hexadecimal digits that hold no value and survive a re-ordered export."""
        return hashlib.sha256("\x1f".join(self.key).encode()).hexdigest()[:16]


@dataclass(frozen=True, kw_only=True)
class Denominator:
    """How many conform, of how many that were examined."""

    unit: str
    """``records``, ``cells``, ``columns``, or ``notice`` for the clause itself."""
    conforming: int
    examined: int
    """More than conform where something was observed."""


@dataclass(frozen=True, kw_only=True)
class ClauseState:
    """What the audit can say of one clause of the notice."""

    clause: str
    state: str
    """``conforms``, ``conforms_on_supplied``, ``does_not_conform``, ``waived``, ``attested``,
    ``not_assessed`` or ``informative``."""
    checks: tuple[str, ...] = ()
    """The checks that the state rests on; for what was not assessed, those that are missing."""
    examined: tuple[Denominator, ...] = ()
    """By unit, on what it rests that the clause conforms, or is attested in part only."""
    tables: tuple[str, ...] = ()
    """The tables that it was assessed on."""
    reasons: tuple[str, ...] = ()
    """Why it was not assessed from data: keys of the message catalogues."""
    attested_by: str | None = None
    attested_on: date | None = None
    attested_until: date | None = None
    """The last day on which the attestation counts."""
    strength: str | None = None
    """``self`` or ``observed``."""
    holds: bool | None = None
    """Whether it was said, or seen, to be so."""


@dataclass(frozen=True, kw_only=True)
class AttestationState:
    """What became of one attestation of the plan."""

    names: tuple[str, ...]
    """The clauses, and checks, that it is about."""
    strength: str
    holds: bool
    by: str
    on: date
    until: date
    place: str
    statement: str
    state: str
    """``applied`` or ``expired``."""


@dataclass(frozen=True, kw_only=True)
class CompletenessState:
    """What became of one statement that a table is whole."""

    table: str
    stated_by: str
    on: date
    state: str
    """``applied``; ``outdated`` where the export is newer, or a year went by; ``lines_lost`` where
    lines of the table could not be read; ``unread`` where none could."""


@dataclass(frozen=True, kw_only=True)
class WaiverState:
    """What became of one waiver of the plan."""

    names: str
    """The fingerprint, or the check and place, that it names."""
    state: str
    """``applied``, ``expired``; ``outgrown`` with more places than were accepted; ``unmatched``; ``not_looked_at`` where the audit left out, or could
    not assess, what it names; or ``replaced``: expired, but a later one holds."""
    reason: str
    approvers: tuple[str, ...]
    on: date
    expires: date
    findings: tuple[str, ...] = ()
    """Fingerprints of the findings that it names."""


@dataclass(frozen=True, kw_only=True)
class Quarantined:
    """A physical line that could not be read as a record, and why (a key, never the text)."""

    line: int
    """The line; in a form that has none, the place among the ledger's units."""
    reason: str


@dataclass(frozen=True, kw_only=True)
class LoadingLedger:
    """Where every physical line of one source went, or what its form has in the place of lines."""

    source: str
    encoding: str
    delimiter: str
    """Blank, like the encoding, for what is no delimited text."""
    lines: int
    """Physical lines, counted apart from the parser; or as many of ``unit``."""
    header: int
    """Lines up to and including the header."""
    rows: int
    """Records read; each has one line of its own."""
    inside_cells: int = 0
    """Further lines of records whose quoted cells hold line breaks."""
    blank: int = 0
    quarantined: tuple[Quarantined, ...] = ()
    repaired: tuple[tuple[str, int], ...] = ()
    """What was mended while reading, by kind, with the number of lines."""
    sha256: str = ""
    """Of the file as it lies in the folder; an archive's, for a member of one."""
    file: str = ""
    """The path of that file, relative to the plan."""
    sheet: str | None = None
    form: str = "delimited"
    unit: str = "lines"
    """``lines``, ``sheet_rows`` or ``records``."""
    footer: int = 0
    """Totals and remarks below the last record."""
    elsewhere: int = 0
    """Lines of other tables in the same file, each of which has a ledger of its own."""
    notes: tuple[tuple[str, int], ...] = ()
    """What is worth knowing of the reading, by kind, with a number: hidden sheets and columns."""

    @property
    def accounted(self) -> int:
        """The lines that have a place; equal to ``lines`` unless some are missing."""
        placed = self.header + self.rows + self.inside_cells + self.blank + self.footer
        return placed + self.elsewhere + len(self.quarantined)


@dataclass(frozen=True, kw_only=True)
class ColumnView:
    """One column as the report's data map shows it."""

    header: str
    category: str | None
    role: str | None
    declared: bool | None
    """Whether the notice declares the category; None where that is not a question."""
    ground: str
    filled: int
    cells_found: int
    """Cells of this column in which another category was found."""


@dataclass(frozen=True, kw_only=True)
class TableView:
    """One table as the report's data map shows it."""

    name: str
    source: str
    rows: int
    columns: tuple[ColumnView, ...]
    assumptions: tuple[str, ...] = ()
    sheet: str | None = None
    kind: str = ""
    """What the table is about, such as ``customers`` or ``objections``."""
    extracted_on: str | None = None
    """The ISO day on which it was exported, where the plan says."""


@dataclass(frozen=True, kw_only=True)
class SourceFailure:
    """A source that could not be audited, and the sentence that says why."""

    source: str
    sentence: str


@dataclass(frozen=True, kw_only=True)
class Audit:
    """Everything that one audit established. Holds no cell value.

    ``evidence`` is the path of the Parquet file of evidence, one row a piece.
    """

    register: str
    as_of: date
    law_as_of: date
    notice: dict[str, object]
    """The notice's header, clauses and retention rules, as the reports quote them."""
    criteria: tuple[Criterion, ...]
    """Those that were held against the register: all of the catalogue, unless some were chosen."""
    findings: tuple[Finding, ...]
    clauses: tuple[ClauseState, ...]
    tables: tuple[TableView, ...]
    ledgers: tuple[LoadingLedger, ...]
    failures: tuple[SourceFailure, ...] = ()
    left_out: tuple[tuple[str, str], ...] = ()
    """Files of the folder that were not audited, with the reason."""
    assumptions: tuple[str, ...] = ()
    completeness: tuple[CompletenessState, ...] = ()
    """Tables that are stated to be whole, by whom and when."""
    attestations: tuple[AttestationState, ...] = ()
    waivers: tuple[WaiverState, ...] = ()
    checks_left_out: int = 0
    """Checks of the catalogue that were not chosen."""
    evidence: str = field(default="", compare=False)

    @property
    def complete(self) -> bool:
        """Whether every source of the plan was audited, every line of it accounted for."""
        return not self.failures

    def at_or_above(self, grade: Grade) -> tuple[Finding, ...]:
        """Nonconformities whose grade is ``grade`` or heavier."""
        grades = {Grade.MAJOR} if grade is Grade.MAJOR else {Grade.MAJOR, Grade.MINOR}
        return tuple(
            f for f in self.findings if f.result is Result.NONCONFORMITY and f.grade in grades
        )

    def evidence_count(self, result: Result) -> int:
        """Pieces of evidence under findings with this result."""
        return sum(finding.count for finding in self.findings if finding.result is result)

    def count(self, result: Result) -> int:
        """Findings with this result."""
        return sum(1 for finding in self.findings if finding.result is result)
