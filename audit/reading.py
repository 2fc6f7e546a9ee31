"""Every source of a plan is read; of one that cannot be, it is said why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from contextlib import nullcontext
from typing import NamedTuple

from audit.categories import withheld
from audit.engine.duckdb import Engine, EngineError
from audit.engine.evidence import create_evidence
from audit.engine.names import load_names, notes_of
from audit.engine.people import is_listed
from audit.engine.scan import Scanned, create_tables, let_go, scan
from audit.engine.source import unchanging
from audit.errors import AuditError, InputChanged, InputUnreadable, NothingRead, Shortfall
from audit.finding import SourceFailure
from audit.notice.model import Notice
from audit.plan import Plan, PlannedSource, resolve
from audit.plan.odd_roles import odd_roles
from audit.plan.unplanned import passed_over
from audit.progress import Progress, estimated_rows
from audit.register.columns.odd_dates import dates_not_understood
from audit.register.extract import Extract
from audit.register.files import Found
from audit.register.forms import forget
from audit.register.kinds.model import kinds
from audit.register.model import Role
from audit.retention.asked_dates import with_asked_dates

__all__ = ["Read", "read_all", "rows_of", "size_of"]

_ALWAYS_MATCHED = 64_000_000  # bytes
_USUAL_ROW = 200  # bytes
# A file that was read, and does not add up: its audit is incomplete, and the report is headed so.
_NOT_ADDED_UP = (InputChanged, Shortfall)


class Read(NamedTuple):
    """What became of the plan's sources, and of what lies beside them."""

    scanned: list[Scanned]
    failures: tuple[SourceFailure, ...]
    assumptions: tuple[str, ...]
    left_out: dict[str, str]
    """What the plan leaves out, and what it does not have, with the reasons."""


def read_all(
    engine: Engine,
    plan: Plan,
    notice: Notice,
    shown_plan: str,
    progress: Progress,
    frames: Mapping[str, Extract],
    rows: Mapping[str, int],
    refused: AbstractSet[str] = frozenset(),
) -> Read:
    """
    Scan every source; one that fails is said, and the others are still audited.

    ``refused`` are tables of which it is known that the engine refuses what they hold.
    """
    create_tables(engine)
    create_evidence(engine)
    engine.names = load_names() if plan.person_names else None
    own = _controllers_own(plan, notice)
    declared = notice.declared_categories() or frozenset()
    matched = _is_matched(plan, frames)
    scanned: list[Scanned] = []
    failures: list[SourceFailure] = []
    errors: list[AuditError] = []
    assumptions: list[str] = []
    held: list[tuple[PlannedSource, Found]] = []
    for source in plan.sources:
        try:
            _unless_refused(source, refused)
            path, frame = plan.folder / source.file, frames.get(source.name)
            size = size_of(plan, source, frames)
            with (
                unchanging(path, source.shown) if source.file and frame is None else nullcontext(),
                progress.reading(source.shown, size, engine.percent, rows[source.shown]),
            ):
                table, found, recognised = resolve(plan, source, shown_plan, engine.folder, frame)
                table, read_as = with_asked_dates(table, notice)
                one = scan(
                    engine,
                    table,
                    found.path,
                    len(scanned),
                    found.head,
                    extract=found.extract,
                    origin=path if frame is None else None,
                    controllers_own=own,
                    declared=declared,
                    matched=matched,
                )
        except (AuditError, EngineError) as raised:
            error = raised if isinstance(raised, AuditError) else _refused(source)
            errors.append(error)
            failures.append(SourceFailure(source=source.shown, sentence=withheld(str(error))))
            let_go(engine, source.name)
            continue
        scanned.append(one)
        held.append((source, found))
        progress.counted(one.rows)
        if read_as is not None:
            assumptions.append(f"end_read_as:{table.name}:{read_as}")
        assumptions += _assumed(engine, plan, source, one, found, recognised)
    forget()
    if errors and not scanned and not any(isinstance(error, _NOT_ADDED_UP) for error in errors):
        raise errors[0] if len(errors) == 1 else NothingRead(map(str, errors))
    assumptions += _read_twice(plan, held)
    missed, left_out = passed_over(plan, held)
    return Read(scanned, (*failures, *missed), tuple(assumptions), left_out)


def _unless_refused(source: PlannedSource, refused: AbstractSet[str]) -> None:
    if source.name in refused:
        raise EngineError


def _refused(source: PlannedSource) -> AuditError:
    """What is said where the engine refuses what a source holds; its own words would quote cells."""
    return InputUnreadable(
        source.shown, "the engine refuses what it holds", "export it again, in another form"
    )


def _assumed(
    engine: Engine,
    plan: Plan,
    source: PlannedSource,
    one: Scanned,
    found: Found,
    recognised: Sequence[str],
) -> Iterator[str]:
    """What was assumed of one table, each a key of the message catalogues with its arguments."""
    table = one.table
    if plan.inferred or recognised:
        yield f"columns_recognised:{table.name}"
    if table.extracted_on is None:
        yield f"extracted_as_of:{table.name}"
    yield from (f"ambiguous_dates:{table.name}:{name}" for name in one.ambiguous_dates)
    unknown = dates_not_understood(table.columns, found.head.rows, table.kind)
    yield from (f"dates_not_understood:{table.name}:{name}" for name in unknown)
    yield from (f"{odd.key}:{table.name}:{odd.column}" for odd in odd_roles(source))
    yield from (f"months_alone:{table.name}:{name}" for name in one.months_alone)
    if notes_of(table) and not one.names_sought:
        missing = plan.person_names and engine.names is None
        yield f"names_{'model_missing' if missing else 'not_sought'}:{table.name}"


def _read_twice(plan: Plan, held: Iterable[tuple[PlannedSource, Found]]) -> list[str]:
    """The tables that another source of the plan reads too: by its path, by a link, or by another name."""
    seen: set[tuple[object, ...]] = set()
    twice = []
    for source, found in held:
        if not source.file:
            continue
        try:
            stat = (plan.folder / source.file).stat()
        except OSError:
            continue
        place = (stat.st_dev, stat.st_ino, source.member, found.sheet)
        if place in seen:
            twice.append(f"file_twice:{source.name}")
        seen.add(place)
    return twice


def _is_matched(plan: Plan, frames: Mapping[str, Extract]) -> bool:
    """
    Whether people of these files are matched.

    One of them lists people of the others, or tells its customers by their e-mail alone. In a small
    register people are matched at any rate, with each other; in a large one, what they are told by
    is kept only where something is told by it.
    """
    if sum(size_of(plan, source, frames) for source in plan.sources) <= _ALWAYS_MATCHED:
        return True
    by_email = [
        source
        for source in plan.sources
        if source.kind in ("orders", "invoices", "collection")
        and any(said.category == "email" for said in source.columns.values())
        and all(said.role is not Role.CUSTOMER_REFERENCE for said in source.columns.values())
    ]
    listed = any(s.kind is None or (s.kind in kinds() and is_listed(s.kind)) for s in plan.sources)
    return len(plan.sources) > 1 and (bool(by_email) or listed)


def size_of(plan: Plan, source: PlannedSource, frames: Mapping[str, Extract]) -> int:
    """Bytes of a source: of its file, whoever loaded it; else of what is in memory."""
    path, frame = plan.folder / source.file, frames.get(source.name)
    if path.is_file():
        return path.stat().st_size
    if frame is None:
        return 0
    if frame.frame is not None:
        return int(frame.frame.nbytes)
    return frame.count() * _USUAL_ROW if frame.count else 0


def rows_of(
    plan: Plan, source: PlannedSource, frames: Mapping[str, Extract], progress: Progress
) -> int:
    """About how many records a source holds, where somebody watches and the file tells."""
    if not progress.watched or not source.file or source.name in frames:
        return 0
    return estimated_rows(plan.folder / source.file)


def _controllers_own(plan: Plan, notice: Notice) -> frozenset[str]:
    """The controller's own numbers and addresses, normalised as the recognisers do it."""
    from audit.categories import categories, finders
    from audit.categories._text import normalise

    details = (notice.controller.email, notice.controller.phone, *plan.controllers_own)
    if notice.authority is not None:
        details += (notice.authority.email, notice.authority.phone)
    own = {match.value for text in details if text for find in finders() for match in find(text)}
    # Whatever account, number, mailbox or business id the notice prints is published by it, and
    # tells nothing of a person on record; a business id stands in a field of its own as well.
    published = (notice.controller.business_id or "", *_words_of(notice))
    of_firms = [find for key in _OF_FIRMS if (find := categories()[key].find)]
    own |= {m.value for text in published for find in of_firms for m in find(normalise(text))}
    return frozenset(own)


_OF_FIRMS = ("bank_account", "email", "organisation", "phone")


def _words_of(notice: Notice) -> Iterator[str]:
    """What the notice says, as far as it is known: its sections, or the words of its clauses."""
    # A line of capitals and digits, an account's, may have been taken for a heading.
    yield from (part for section in notice.sections for part in (section.heading, section.text))
    yield from (clause.quote or "" for clause in notice.clauses)
