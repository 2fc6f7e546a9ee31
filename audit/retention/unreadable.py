"""
Columns of dates in which nobody can read a single day: what stands there is no date at all.

A plan may give the role of an end date to a column of names or of colours. No record is then past
its period, and none conforms either: nothing that counts from such a column is assessed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from audit.engine.duckdb import Engine
from audit.engine.scan import Scanned
from audit.notice.model import Notice
from audit.register.model import Role
from audit.retention.events import date_of_the_record, event_role

__all__ = ["with_unreadable_dates"]


def with_unreadable_dates(
    engine: Engine, scanned: Sequence[Scanned], notice: Notice
) -> list[Scanned]:
    """The tables, each with the headers of the dates that rules count from and nobody can read."""
    return [
        replace(one, unreadable_dates=tuple(_unreadable(engine, one, place, notice)))
        for place, one in enumerate(scanned)
    ]


def _unreadable(engine: Engine, one: Scanned, place: int, notice: Notice) -> Iterator[str]:
    for role in sorted(set(_counted_from(one, notice))):
        at = one.table.with_role(role)
        if at is None:
            continue
        # A day that is read is the usual case, and is met at once.
        records = f"FROM records_{place} WHERE"
        read = engine.ask(f"SELECT 1 {records} {role.value} IS NOT NULL LIMIT 1")
        if not read and engine.ask(f"SELECT 1 {records} {role.value}_given LIMIT 1"):
            yield one.table.columns[at].header


def _counted_from(one: Scanned, notice: Notice) -> Iterable[Role]:
    """The roles of the dates that the notice's fixed periods count from in a table."""
    for rule in notice.retention:
        if rule.kind == "fixed":
            found = (event_role(rule), date_of_the_record(one.table, rule))
            yield from (role for role in found if role is not None)
