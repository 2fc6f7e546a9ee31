"""Builds, once for all checks, the tables that the retention rules are assessed on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import reduce
from typing import TYPE_CHECKING

from audit.engine.duckdb import Engine
from audit.engine.roles import by_email
from audit.engine.scan import Scanned
from audit.notice.model import Notice, RetentionPeriod
from audit.plan import Plan
from audit.plan.financial_years import years
from audit.register.kinds.model import schema
from audit.register.model import Role, Table
from audit.register.roles import SIGNS_OF_LIFE
from audit.retention.contracts import create_contracts
from audit.retention.events import RELATIONSHIP_ENDS, departed_have_a_rule, event_role
from audit.retention.scopes import scope_of
from audit.retention.starts import (
    Start,
    confirmed_stand_in,
    events_known,
    records_schema,
    start_of,
)

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from audit.retention.kept import Event, Reach

__all__ = ["prepare", "year_after"]

_UNITS = {"D": 1, "W": 7, "M": 31, "Y": 366}


@dataclass(frozen=True, kw_only=True)
class _Ground:
    engine: Engine
    scanned: Sequence[Scanned]
    notice: Notice
    plan: Plan
    as_of: date
    rules: tuple[RetentionPeriod, ...]
    buyers: frozenset[int] = frozenset()
    """The orders that alone tell who the customers are, by place."""
    contract_ends: tuple[str, ...] = ()
    """The ends that lists of contracts tell of customers who have none of their own."""

    def with_kind(self, kind: str) -> list[tuple[int, Scanned]]:
        return [(n, one) for n, one in enumerate(self.scanned) if one.table.kind == kind]

    def people(self) -> list[tuple[int, Scanned]]:
        """The customers, else the orders that alone tell who they are."""
        buyers = [(place, self.scanned[place]) for place in sorted(self.buyers)]
        return self.with_kind("customers") or buyers

    def create(self, name: str, expression: ir.Table) -> None:
        self.engine.create(name, expression)


def prepare(
    engine: Engine, scanned: Sequence[Scanned], notice: Notice, plan: Plan, as_of: date
) -> tuple[str, ...]:
    """
    Create ``kept_<place>`` for each table that a rule of the notice reaches; what was assumed.

    ``kept_<place>`` has the records that a check may return, with the columns of ``kept_schema``.
    """
    rules = tuple(rule for rule in notice.retention if rule.kind == "fixed" and event_role(rule))
    ground = _Ground(
        engine=engine, scanned=scanned, notice=notice, plan=plan, as_of=as_of, rules=rules
    )
    if not rules:
        return ()
    needed = {
        place: starts for place, one in enumerate(scanned) if (starts := _starts(one, ground))
    }
    buyers = {n for n, starts in needed.items() if any(s.of_buyer for s in starts.values())}
    ground = replace(ground, buyers=frozenset(buyers))
    tables = ground.people()
    made = _facts(ground) if tables else {}
    ends_told = create_contracts(engine, scanned, rules)
    ground = replace(ground, contract_ends=ends_told)
    spells = _spells(ground)
    assumed = list(_unmatched(ground, made)) if ground.with_kind("customers") else []
    for place, one in tables:
        starts = needed.get(place, {})
        _customers(ground, place, one, starts, made, spells)
        assumed += [
            f"event_derived:{one.table.name}:{', '.join(start.latest_of)}"
            for start in starts.values()
            if start.latest_of
        ]
    people = {place for place, _ in tables}
    others = {place: s for place, s in needed.items() if place not in people}
    ends = _ends(ground, others) if tables and others else {}
    for place, starts in others.items():
        _others(ground, place, scanned[place], starts, ends, spells)
    return tuple(dict.fromkeys(assumed))


def _starts(one: Scanned, ground: _Ground) -> dict[str, Start]:
    """By rule that reaches a table, where its records get the rule's date, as far as they do."""
    found, departed = {}, departed_have_a_rule(ground.notice)
    for rule in ground.rules:
        start = start_of(one, rule, ground.scanned, ground.plan, departed=departed)
        if not isinstance(start, Start):
            continue
        reached = scope_of(one, rule, start, ground.notice, ground.plan, ground.scanned)
        # Of customers every rule's date is kept: what is theirs follows it.
        if reached is not None or one.table.kind == "customers":
            found[rule.id] = start
    return found


def _tells_of_payment(table: Table) -> bool:
    return any(table.with_role(role) is not None for role in _TELL_OF_PAYMENT)


_TELL_OF_PAYMENT = (Role.PAID_ON, Role.AMOUNT_OPEN, Role.AMOUNT_PAID, Role.INVOICE_STATE)


def _facts(ground: _Ground) -> dict[str, str]:
    """Create a line per customer of what each kind of table tells; by kind, what they are joined by."""
    import ibis

    from audit.retention import facts

    plan = ground.plan
    made = _seen(ground)
    for kind in ("orders", "invoices", "collection"):
        tables = [one.table for _, one in ground.with_kind(kind)]
        if not tables:
            continue
        every = ibis.table(schema(kind), name=f"all_{kind}")

        def has(*roles: Role, of: Sequence[Table] = tables) -> bool:
            return any(table.with_role(role) is not None for table in of for role in roles)

        told: list[int] = []
        if kind == "orders":
            line = facts.orders(every)
        elif kind == "invoices":
            # A list of invoices that does not say what was paid leaves nothing open.
            told = [place for place, one in ground.with_kind(kind) if _tells_of_payment(one.table)]
            line = facts.invoices(every, years(plan.financial_years), told=told)
            if told:
                owed = facts.unpaid(
                    every.filter(every.place.isin(told)), ground.as_of, plan.hold_tolerance
                )
                ground.create("facts_unpaid", owed)
        else:
            line = facts.cases(every, ground.as_of, states=has(Role.COLLECTION_STATE))
        ground.create(f"facts_{kind}", line)
        made[kind] = "email" if all(by_email(table) for table in tables) else "customer"
        if kind == "invoices" and told:
            made["unpaid"] = made[kind]
    return made


def _seen(ground: _Ground) -> dict[str, str]:
    """Create a line per customer who stands in several tables: when any of them saw them last."""
    import ibis

    from audit.checks.storage_limitation._allowed import latest
    from audit.retention import facts

    tables = ground.with_kind("customers")
    dated = [
        (place, one)
        for place, one in tables
        if any(one.table.with_role(role) is not None for role in SIGNS_OF_LIFE)
    ]
    if len(tables) < 2 or not dated:  # noqa: PLR2004 - one table's own dates it has itself
        return {}
    parts = []
    for place, one in dated:
        records = ibis.table(records_schema(one), name=f"records_{place}")
        days = [records[role] for role in SIGNS_OF_LIFE if one.table.with_role(role) is not None]
        parts.append(records.select("customer", seen_on=latest(*days)))
    every = parts[0] if len(parts) == 1 else ibis.union(*parts)
    ground.create("facts_seen", facts.seen(every))
    return {"seen": "customer"}


def _unmatched(ground: _Ground, facts: dict[str, str]) -> Iterable[str]:
    """How many records name no customer, or one that the register does not have."""
    for kind, key in facts.items():
        if kind in ("unpaid", "seen"):
            continue
        [(records,)] = ground.engine.ask(
            f"SELECT coalesce(sum(records), 0) FROM facts_{kind} WHERE customer IS NULL OR NOT EXISTS "
            f"(SELECT 1 FROM all_customers AS c WHERE c.{key} = facts_{kind}.customer)"
        )
        if records:
            names = ", ".join(one.table.name for _, one in ground.with_kind(kind))
            yield f"customer_unknown:{names}:{records}"


def _events(one: Scanned, starts: dict[str, Start], ground: _Ground) -> list[Event]:
    """The dates that the rules count from, each with the shortest period that is counted."""
    from audit.retention.kept import Event

    found: dict[str, Event] = {}
    for rule in ground.rules:
        event, start = event_role(rule), starts.get(rule.id)
        assert event is not None
        assert rule.period is not None
        latest_of = start.latest_of if start else ()
        fills_blanks = start is not None and start.how == "ended"
        if start is not None and start.how == "own":
            latest_of = confirmed_stand_in(one, event, ground.scanned, ground.plan)
            fills_blanks = bool(latest_of)
        held = found.get(event.value)
        shorter = held is None or _days(rule.period) < _days(held.period)
        found[event.value] = Event(
            name=event.value,
            period=rule.period if shorter or held is None else held.period,
            column=start.at.value if start and start.at else (held.column if held else ""),
            latest_of=latest_of or (held.latest_of if held else ()),
            fills_blanks=fills_blanks or (held is not None and held.fills_blanks),
        )
    return list(found.values())


def _days(period: str) -> int:
    return int(period[1:-1]) * _UNITS[period[-1]]


def _reach(ground: _Ground, one: Scanned) -> Reach:
    from audit.retention.kept import Reach

    exported = [s.table.extracted_on or ground.as_of for s in ground.scanned]
    return Reach(
        as_of=ground.as_of,
        earliest=min((*exported, ground.as_of)),
        horizon=year_after(ground.as_of),
        dormant_after=ground.plan.dormant_after_months,
        events_known=one.table.kind == "customers" and events_known(one, ground.scanned),
        tolerance=ground.plan.hold_tolerance,
    )


def year_after(day: date) -> date:
    """The same day of the next year: the last day of the look-ahead."""
    leap = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year + 1, day=28 if leap else day.day)


def _customers(
    ground: _Ground,
    place: int,
    one: Scanned,
    starts: dict[str, Start],
    made: dict[str, str],
    spells: ir.Table | None,
) -> None:
    """Create ``kept_<place>`` of a table of customers."""
    import ibis

    from audit.retention import contracts, facts, records

    tables = {
        "seen": facts.SEEN,
        "orders": facts.ORDERS,
        "invoices": facts.INVOICES,
        "unpaid": facts.UNPAID,
        "collection": facts.CASES,
    }
    lines = [(ibis.table(tables[kind], name=f"facts_{kind}"), key) for kind, key in made.items()]
    if any(start.how == "contracts" for start in starts.values()):
        told = contracts.line_schema(ground.contract_ends)
        lines.append((ibis.table(told, name="facts_contracts"), "customer"))
    held = ibis.table(records_schema(one), name=f"records_{place}")
    if by_email(one.table):  # an order's customer is the e-mail address
        held = held.mutate(email=held.customer)
    events = _events(one, starts, ground)
    kept = records.customers(held, lines, events, spells, _reach(ground, one))
    ground.create(f"kept_{place}", kept)


def _spells(ground: _Ground) -> ir.Table | None:
    """The relationships of customers who have several; None if nobody has."""
    import ibis

    from audit.retention import spells
    from audit.retention.kept import Event

    tables = ground.people()
    dated = [_days_of_events(one, ground) for _, one in tables]
    if not all(dated):  # a list without days leaves the relationships to the list of contracts
        dated = [
            {event: at for event, at in days.items() if event in RELATIONSHIP_ENDS}
            for days in dated
        ]
        tables = [table for table, days in zip(tables, dated, strict=True) if days]
        dated = [days for days in dated if days]
    shared = sorted(set.intersection(*map(set, dated))) if dated else []
    if not shared:
        return None
    events = [Event(name=event.value, period="P1D") for event in shared]
    every = reduce(
        lambda first, second: first.union(second),
        (
            ibis.table(records_schema(one), name=f"records_{place}").select(
                "place",
                "row",
                "customer",
                # An order begins and ends on its day.
                relationship_start=(
                    "relationship_start" if one.table.kind == "customers" else days[shared[0]]
                ),
                **{event.value: days[event].value for event in shared},
            )
            for (place, one), days in zip(tables, dated, strict=True)
        ),
    )
    ground.create("several", spells.several(every))
    if not ground.engine.ask("SELECT 1 FROM several LIMIT 1"):
        return None
    found = spells.spells(every, ibis.table({"customer": "string"}, name="several"), events)
    ground.create("spells", found)
    return ibis.table(found.schema(), name="spells")


def _days_of_events(one: Scanned, ground: _Ground) -> dict[Role, Role]:
    """By event that a rule counts from, the column of a list of people that has its day."""
    found: dict[Role, Role] = {}
    for rule in ground.rules:
        event = event_role(rule)
        if event is not None and one.table.with_role(event) is not None:
            found[event] = event
        elif event is not None and one.table.kind != "customers":
            start = start_of(one, rule, ground.scanned, ground.plan)
            if isinstance(start, Start) and start.at is not None:
                found[event] = start.at
    return found


def _ends(ground: _Ground, needed: Mapping[int, Mapping[str, Start]]) -> dict[str, ir.Table]:
    """By what they are joined by, the customers whose time is over or ends within the look-ahead."""
    import ibis

    from audit.retention import records
    from audit.retention.kept import kept_schema

    tables = ground.people()
    events = _events(tables[0][1], {}, ground)
    names = [event.name for event in events]
    made = {}
    for key in ("customer", "email"):
        whole = {key: "string"} | kept_schema(names)
        every = reduce(
            lambda first, second: first.union(second),
            (ibis.table(whole, name=f"kept_{place}").select(*whole) for place, _ in tables),
        )
        found = records.ends(every, events, key, year_after(ground.as_of))
        by_key = key == "email"
        if any(bool(by_email(ground.scanned[place].table)) is by_key for place in needed):
            ground.create(f"ends_{key}", found)
            made[key] = ibis.table(found.schema(), name=f"ends_{key}")
    return made


def _others(
    ground: _Ground,
    place: int,
    one: Scanned,
    starts: dict[str, Start],
    ends: Mapping[str, ir.Table],
    spells: ir.Table | None,
) -> None:
    """Create ``kept_<place>`` of any other table."""
    import ibis

    from audit.retention import records

    held = ibis.table(records_schema(one), name=f"records_{place}")
    events = _events(one, starts, ground)
    told = years(ground.plan.financial_years)
    key = "email" if by_email(one.table) else "customer"
    follows = all(start.how in ("customer", "financial_year") for start in starts.values())
    if follows and key in ends and any(start.how == "customer" for start in starts.values()):
        several = spells if key == "customer" else None
        kept = records.followers(held, ends[key], events, told, several)
    else:
        linked = one.table.with_role(Role.CUSTOMER_REFERENCE) is not None
        of = ends.get("customer") if linked else None
        owed = one.table.kind == "invoices" and _tells_of_payment(one.table)
        kept = records.own(held, events, told, of, _reach(ground, one), owed=owed)
    ground.create(f"kept_{place}", kept)
