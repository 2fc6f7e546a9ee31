"""
The records that some retention check may return, with what the other tables say of each.

Customers take theirs from the lines of ``retention.facts``; orders, invoices and contact persons
that of their customer. As Ibis expressions.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from audit.checks.storage_limitation._allowed import FACTS, latest, plus
from audit.checks.storage_limitation._vouchers import voucher_until, year_end
from audit.plan.financial_years import Year
from audit.register.roles import SIGNS_OF_LIFE, Role
from audit.retention.contracts import with_contracts
from audit.retention.facts import opened
from audit.retention.kept import Event, Reach, kept_schema
from audit.retention.spells import of_its_relationship

if TYPE_CHECKING:
    import ibis.expr.types as ir

__all__ = ["customers", "ends", "followers", "own"]

_EMPTIED = ("emptied", "remaining")
"""Whether a name was removed, and what still tells whose record it is."""


def customers(
    records: ir.Table,
    facts: Iterable[tuple[ir.Table, str]],
    events: Sequence[Event],
    spells: ir.Table | None,
    reach: Reach,
) -> ir.Table:
    """The records of customers with what the other tables say of each, as far as they matter."""
    import ibis

    life = [role.value for role in (*SIGNS_OF_LIFE, Role.CONTRACT_END)]
    told = ("place", "row", "customer", "email", "ended", "on_hold", "subject_group")
    asked = {*told, *life, *FACTS, *_EMPTIED, "amount_open"}
    asked |= {name for event in events for name in (event.at, f"{event.at}_given")}
    asked |= {name for event in events for name in event.latest_of}
    wide = records.select(*(name for name in records.columns if name in asked))
    types = wide.schema()
    if set(_EMPTIED) <= set(types):
        # Of whom nothing is left but a number, nothing is kept.
        nobody = (wide.emptied == "marker") & wide.remaining.isnull()
        wide = wide.filter(~nobody.fill_null(False))
    for table, key in facts:
        names = [name for name in table.columns if name not in ("records", "customer")]
        facts_of = table.select(*names, joined="customer")
        facts_of = facts_of.rename(
            {
                f"facts_{name}": name
                for name in ("last_order", "last_invoice")
                if name in table.columns
            }
        )
        wide = wide.left_join(facts_of, wide[key] == facts_of.joined).drop("joined")
    wide = _with_blanks(wide)
    # A list of customers, or of orders, may tell what each owes, without any list of invoices.
    for name in ("amount_open", "ordered_open"):
        if name in wide.columns:
            wide = wide.mutate(
                open_balance=ibis.coalesce(wide.open_balance, _owed(wide, name, reach))
            )
    seen = [wide[name] for name in life if name in types]
    seen += [
        wide[f"facts_{name}"]
        for name in ("last_order", "last_invoice")
        if f"facts_{name}" in wide.columns
    ]
    seen += [wide.seen_on] if "seen_on" in wide.columns else []
    wide = wide.mutate(last_event=latest(*seen))
    wide = wide.mutate(**_events(wide, events, types))
    wide = with_contracts(wide, events, ibis.literal(reach.as_of))
    for event in events:
        nothing = {f"at_{event.name}_next": "date", f"at_{event.name}_person": "date"}
        # Where the ends of several relationships are told, one by one, another date may not be.
        if spells is None or event.derived or f"at_{event.name}_next" not in spells.columns:
            wide = wide.mutate(**{name: ibis.null(kind) for name, kind in nothing.items()})
    if spells is not None:
        of = spells.rename(spell_place="place", spell_row="row").drop("customer", "started")
        of = of.select(
            "spell_place",
            "spell_row",
            *(name for name in of.columns if name.endswith(("_next", "_person"))),
        )
        wide = wide.left_join(of, [wide.place == of.spell_place, wide["row"] == of.spell_row]).drop(
            "spell_place", "spell_row"
        )
    wide = wide.filter(~_fine(wide, events, reach))
    columns = kept_schema(event.name for event in events)
    return wide.select("customer", *(["email"] if "email" in types else []), *columns)


def _owed(wide: ir.Table, name: str, reach: Reach) -> ir.DecimalValue:
    """What is open by a column of sums, where it is more than the plan tolerates."""
    import ibis

    owed = wide[name].cast(FACTS["open_balance"])
    return ibis.cases((owed > ibis.literal(reach.tolerance), owed))


def _events(wide: ir.Table, events: Sequence[Event], types: Any) -> dict[str, ir.Value]:
    """The date of each event as ``at_<event>``, and whether it was given."""
    import ibis

    found: dict[str, ir.Value] = {}
    for event in events:
        there = event.at in types and f"{event.at}_given" in types
        day = wide[event.at] if there else ibis.null("date")
        given = wide[f"{event.at}_given"] if there else ibis.literal(False)
        if event.latest_of:
            names = [_fact_of(name) for name in event.latest_of]
            derived = latest(*(wide[name] for name in names if name in wide.columns))
            stands_in = ibis.literal(not event.fills_blanks) | wide.ended.fill_null(False)
            fill = day.isnull() & ~given.fill_null(False) & stands_in
            given = given.fill_null(False) | (fill & derived.notnull())
            day = ibis.cases((fill, derived), else_=day)
        found[f"at_{event.name}"] = day
        found[f"at_{event.name}_given"] = given
    return found


def _fact_of(name: str) -> str:
    """The column that holds a date of the plan's rule: ``orders.ordered_on`` is the last order."""
    of = {"orders.ordered_on": "facts_last_order", "invoices.invoiced_on": "facts_last_invoice"}
    return of.get(name, name)


def _with_blanks(table: ir.Table) -> ir.Table:
    """The table with every fact that it lacks, blank."""
    import ibis

    missing = {
        name: ibis.null(kind)
        for name, kind in {"place": "int32", "subject_group": "string", **FACTS}.items()
        if name not in table.columns
    }
    return table.mutate(**missing) if missing else table


def _fine(wide: ir.Table, events: Sequence[Event], reach: Reach) -> ir.Table:
    """Records that no check of the family returns, whichever rule it asks about."""
    import ibis

    held = wide.on_hold.fill_null(False)
    limit = f"P{reach.dormant_after}M"
    earliest, horizon = ibis.literal(reach.earliest), ibis.literal(reach.horizon)
    heard = (plus(wide.last_event, limit) >= ibis.literal(reach.as_of)).fill_null(False)
    alive = heard if reach.events_known else ibis.literal(True)
    fine = ~held
    for event in events:
        day, given = wide[f"at_{event.name}"], wide[f"at_{event.name}_given"].fill_null(False)
        running = day.isnull() & ~given & ~wide.ended.fill_null(False) & alive
        later_on = (plus(day, event.period) > horizon) & (day <= earliest)
        plausible = ~(day < wide.relationship_start).fill_null(False)
        fine &= running | (later_on & plausible).fill_null(False)
    return fine


_OF_THE_CUSTOMER = (
    *("ended", "on_hold", "subject_group", "hold_reason", "hold_started_on", "hold_until"),
    "open_balance",
    *("open_moved_on", "open_doubtful", "invoiced", "case_open", "case_moved_on", "claimed"),
)


def ends(kept: ir.Table, events: Sequence[Event], key: str, horizon: date) -> ir.Table:
    """The customers whose time is over or ends before ``horizon``, one line each."""
    import ibis

    due = ibis.literal(False)
    for event in events:
        day = kept[f"at_{event.name}"]
        due |= (plus(day, event.period) <= ibis.literal(horizon)).fill_null(False)
    over = kept.filter(due, kept[key].notnull())
    dates = [f"at_{event.name}{end}" for event in events for end in ("", "_next", "_person")]
    return (
        over.group_by(key)
        .agg(**{name: over[name].max() for name in (*_OF_THE_CUSTOMER, *dates)})
        .rename(of_customer=key)
    )


def followers(
    records: ir.Table,
    of: ir.Table,
    events: Sequence[Event],
    years: Sequence[Year],
    spells: ir.Table | None,
) -> ir.Table:
    """Orders, invoices and other records whose time is that of their customer."""
    import ibis

    day = next(
        (records[name] for name in ("ordered_on", "invoiced_on") if name in records.columns), None
    )
    own = {
        name: ibis.null(kind) for name, kind in kept_schema(event.name for event in events).items()
    }
    joined = records.select("row", "customer", day=day if day is not None else ibis.null("date"))
    joined = joined.inner_join(of, joined.customer == of.of_customer)
    if spells is not None and day is not None:
        joined = of_its_relationship(joined, spells, events)
    found = {name: joined[name] for name in own if name in joined.columns}
    if "invoiced_on" in records.columns:
        until = voucher_until(joined.day, years)
        found |= {"voucher_until": until, "voucher_unknown": until.isnull()}
        if "at_fiscal_year_end" in own:
            found["at_fiscal_year_end"] = year_end(joined.day, years)
    return joined.select(**(own | found))


def own(
    records: ir.Table,
    events: Sequence[Event],
    years: Sequence[Year],
    of: ir.Table | None,
    reach: Reach,
    *,
    owed: bool = False,
) -> ir.Table:
    """
    The records of any other table that has the date itself.

    Of contact persons it is the day they left, else with ``of`` the end of their customer. With
    ``owed``, the table tells which of its invoices are open: what is owed holds the invoice itself.
    """
    import ibis

    wide = _with_blanks(records)
    if of is not None:
        dates = of.select(
            "of_customer",
            *(
                of[f"at_{event.name}{end}"].name(f"of_{event.name}{end}")
                for event in events
                for end in ("", "_next", "_person")
            ),
        )
        wide = wide.left_join(dates, wide.customer == dates.of_customer).drop("of_customer")
    columns: dict[str, ir.Value] = {}
    if "ordered_on" in records.columns and {"collection", "visit"} & set(records.columns):
        # What was opened on one day was not closed before it, nor did anybody leave before coming.
        columns["relationship_start"] = ibis.coalesce(wide.relationship_start, wide.ordered_on)
    for event in events:
        name, column = f"at_{event.name}", event.at
        there = column in records.columns
        day = wide[column] if there else ibis.null("date")
        given = wide[f"{column}_given"] if there else ibis.literal(False)
        columns |= {f"{name}_{end}": ibis.null("date") for end in ("next", "person")}
        if Role.LEFT_ON.value in records.columns and not there:
            day, gone = wide.left_on, wide.left_on.notnull()
            if of is not None:
                day = ibis.coalesce(day, wide[f"of_{event.name}"])
                columns |= {
                    f"{name}_{end}": ibis.cases((~gone, wide[f"of_{event.name}_{end}"]))
                    for end in ("next", "person")
                }
            given = day.notnull()
        dated = next((d for d in ("invoiced_on", "ordered_on") if d in records.columns), None)
        if event.name == Role.FISCAL_YEAR_END and not there and dated is not None:
            day = year_end(wide[dated], years)
            given = day.notnull()
        columns |= {name: day, f"{name}_given": given}
    if "invoiced_on" in records.columns:
        until = voucher_until(wide.invoiced_on, years)
        columns |= {"voucher_until": until, "voucher_unknown": until.isnull()}
    wide = wide.mutate(**columns)
    if owed:
        wide = _with_what_is_owed(wide, reach.as_of)
    elif "amount_open" in records.columns:  # an order of which something is still to be paid
        wide = wide.mutate(open_balance=_owed(wide, "amount_open", reach))
    return wide.filter(~_fine(wide, events, reach)).select(
        *kept_schema(event.name for event in events)
    )


def _with_what_is_owed(invoices: ir.Table, as_of: date) -> ir.Table:
    """Invoices, each with what is open of it: that holds the invoice itself."""
    import ibis

    some = opened(invoices, as_of)
    is_owed = some.counts & some.is_open & (some.unsaid | (some.owed > 0))
    return some.mutate(
        open_balance=ibis.cases((is_owed, some.owed.cast(FACTS["open_balance"]))),
        open_moved_on=ibis.cases((is_owed, some.moved_on)),
        open_doubtful=is_owed & some.said_paid,
    )
