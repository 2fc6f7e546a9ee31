"""
Contracts, memberships and subscriptions in a list of their own, beside the list of the customers.

A customer's relationship ends with the last contract, and none has ended while one runs. Such a list
has the customers' numbers, the days and the states, and nothing by which anybody is reached.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import reduce
from typing import TYPE_CHECKING

from audit.engine.duckdb import Engine
from audit.engine.scan import Scanned
from audit.notice.model import RetentionPeriod
from audit.register.model import Role, Table
from audit.retention.events import RELATIONSHIP_ENDS, event_role

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from audit.retention.kept import Event

__all__ = ["are_contracts", "contracts_with", "create_contracts", "line_schema", "with_contracts"]

_REACHED_BY = frozenset({"email", "phone", "postal_address"})
_HOLDS = {"on_hold": "boolean", "hold_reason": "string", "hold_until": "date"}


def are_contracts(table: Table) -> bool:
    """Whether a list of customers only says when what they have began and ended."""
    whose = any(table.with_role(role) is not None for role in _NUMBERS)
    reached = any(column.category in _REACHED_BY for column in table.columns)
    return table.kind == "customers" and whose and not reached


_NUMBERS = (Role.CUSTOMER_REFERENCE, Role.RECORD_KEY)


def contracts_with(event: Role, table: Table, scanned: Iterable[Scanned]) -> list[int]:
    """The places of the lists of contracts that tell the end of a customer who has none of their own."""
    if event not in RELATIONSHIP_ENDS or table.kind != "customers":
        return []
    if table.with_role(event) is not None or are_contracts(table):
        return []
    return [
        place
        for place, one in enumerate(scanned)
        if are_contracts(one.table) and one.table.with_role(event) is not None
    ]


def _line_of(contracts: ir.Table, events: Sequence[str]) -> ir.Table:
    """A line per customer: the last end of each event if nothing runs, and what holds it."""
    import ibis

    runs = ibis.literal(True)
    for event in events:
        runs &= contracts[event].isnull() & ~contracts[f"{event}_given"].fill_null(False)
    runs &= ~contracts.ended.fill_null(False)
    # An end before the start is none to count from (STO03 tells it where it stands).
    days = {
        event: ibis.cases(
            (~(contracts[event] < contracts.relationship_start).fill_null(False), contracts[event])
        )
        for event in events
    }
    of = contracts.mutate(runs=runs, **days).filter(contracts.customer.notnull())
    held = of.on_hold.fill_null(False)
    line = of.group_by("customer").agg(
        records=of.count(),
        contracts_run=of.runs.any(),
        contracts_ended=of.ended.fill_null(False).all(),
        **{f"contracts_{name}": ibis.cases((held, of[name])).max() for name in _HOLDS},
        **{f"contracts_{event}": of[event].max() for event in events},
        **{f"contracts_{event}_given": of[f"{event}_given"].any() for event in events},
    )
    return line.mutate(
        **{
            f"contracts_{e}": ibis.cases((~line.contracts_run, line[f"contracts_{e}"]))
            for e in events
        },
        **{
            f"contracts_{e}_given": line[f"contracts_{e}_given"] & ~line.contracts_run
            for e in events
        },
    )


def create_contracts(
    engine: Engine, scanned: Sequence[Scanned], rules: Sequence[RetentionPeriod]
) -> tuple[str, ...]:
    """Create a line per customer of what the lists of contracts say; the ends that they tell."""
    import ibis

    from audit.retention.starts import records_schema

    asked = [role for rule in rules if (role := event_role(rule)) in RELATIONSHIP_ENDS]
    found: dict[int, None] = {}
    told: dict[str, None] = {}
    for one in scanned:
        for role in dict.fromkeys(asked):
            for place in contracts_with(role, one.table, scanned):
                found[place] = told[role.value] = None
    if not found:
        return ()
    parts = []
    for place in found:
        records = ibis.table(records_schema(scanned[place]), name=f"records_{place}")
        columns = [records[name] for name in _TOLD]
        for event in told:
            there = event in records.columns
            day = records[event] if there else ibis.null("date")
            given = records[f"{event}_given"] if there else ibis.literal(False)
            columns += [day.name(event), given.name(f"{event}_given")]
        parts.append(records.select(*columns))
    every = reduce(lambda first, second: first.union(second), parts)
    engine.create("facts_contracts", _line_of(every, tuple(told)))
    return tuple(told)


_TOLD = ("customer", "relationship_start", "ended", "on_hold", "hold_reason", "hold_until")


def line_schema(events: Sequence[str]) -> dict[str, str]:
    """The columns of ``facts_contracts``."""
    found = {"customer": "string", "records": "int64"}
    found |= {"contracts_run": "boolean", "contracts_ended": "boolean"}
    found |= {f"contracts_{name}": kind for name, kind in _HOLDS.items()}
    found |= {f"contracts_{event}": "date" for event in events}
    return found | {f"contracts_{event}_given": "boolean" for event in events}


def with_contracts(wide: ir.Table, events: Sequence[Event], reach_day: ir.DateValue) -> ir.Table:
    """The customers, with the ends and the holds of their contracts where they have none of their own."""
    import ibis

    if "contracts_run" not in wide.columns:
        return wide
    told = {name: ibis.coalesce(wide[name], wide[f"contracts_{name}"]) for name in _HOLDS}
    told["on_hold"] = wide.on_hold.fill_null(False) | wide.contracts_on_hold.fill_null(False)
    runs = wide.contracts_run.fill_null(False)
    told["ended"] = ibis.cases((runs, False), else_=wide.ended)
    for event in events:
        if f"contracts_{event.name}" not in wide.columns:
            continue
        at = f"at_{event.name}"
        told[at] = ibis.coalesce(wide[at], wide[f"contracts_{event.name}"])
        given = wide[f"contracts_{event.name}_given"].fill_null(False)
        told[f"{at}_given"] = wide[f"{at}_given"].fill_null(False) | given
    # While a contract runs, the customer is heard of.
    heard = ibis.cases((runs, reach_day), else_=wide.last_event)
    return wide.mutate(**told, last_event=heard)
