"""
What the other tables say of each customer, brought together once, as Ibis expressions.

Orders, invoices and collection cases are each aggregated once into a line per customer; the
records of customers take theirs from there, and orders, invoices and contact persons that of their
customer. Only the records that some check may return are kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import reduce
from typing import TYPE_CHECKING, Any

from audit.checks.storage_limitation._allowed import FACTS, later, plus, voucher_until
from audit.financial_years import Year
from audit.register.model import Role

if TYPE_CHECKING:
    import ibis.expr.types as ir

__all__ = [
    "CASES",
    "INVOICES",
    "ORDERS",
    "UNPAID",
    "Event",
    "Reach",
    "cases",
    "customers",
    "ends",
    "followers",
    "invoices",
    "kept_schema",
    "orders",
    "own",
    "several",
    "spells",
    "unpaid",
]

ORDERS = {"customer": "string", "records": "int64", "last_order": "date"}
INVOICES = {
    "customer": "string",
    "records": "int64",
    "last_invoice": "date",
    "invoiced": "boolean",
    "voucher_until": "date",
    "voucher_unknown": "boolean",
}
UNPAID = {
    "customer": "string",
    "open_balance": FACTS["open_balance"],
    "open_moved_on": "date",
    "open_doubtful": "boolean",
}
CASES = {
    "customer": "string",
    "records": "int64",
    "case_open": "boolean",
    "case_moved_on": "date",
    "claimed": "boolean",
}


@dataclass(frozen=True, kw_only=True)
class Event:
    """A date that rules count from, with the shortest period that they count."""

    name: str
    period: str
    latest_of: tuple[str, ...] = ()
    """The dates that it is derived from; empty where the table has it."""
    fills_blanks: bool = False
    """Whether the derived date only stands in for a blank one of an ended relationship."""

    @property
    def derived(self) -> bool:
        """Whether the table itself does not have it."""
        return bool(self.latest_of) and not self.fills_blanks


@dataclass(frozen=True, kw_only=True)
class Reach:
    """The days that decide which records a check may return."""

    as_of: date
    earliest: date
    """The earliest day that any table was exported."""
    horizon: date
    dormant_after: int
    events_known: bool


def kept_schema(events: Iterable[str]) -> dict[str, str]:
    """The columns of ``kept_<place>``: the facts, each event in the place of the rule's."""
    found = {"row": "int64", "ended": "boolean", "on_hold": "boolean"}
    found |= {
        name: kind
        for name, kind in FACTS.items()
        if name not in ("retention_start", "retention_start_given", "next_start", "person_end")
    }
    for event in events:
        found |= {
            f"at_{event}": "date",
            f"at_{event}_given": "boolean",
            f"at_{event}_next": "date",
            f"at_{event}_person": "date",
        }
    return found


# --- one line a customer -------------------------------------------------------------------------


def orders(table: ir.Table) -> ir.Table:
    """The last order of each customer."""
    return table.group_by("customer").agg(records=table.count(), last_order=table.ordered_on.max())


def invoices(table: ir.Table, years: Sequence[Year], *, told: Sequence[int]) -> ir.Table:
    """
    The last invoice of each customer, and until when vouchers must stay.

    ``told`` are the places of the tables whose invoices tell which of them are paid.
    """
    import ibis

    found = table.group_by("customer").agg(
        records=table.count(),
        last_invoice=table.invoiced_on.max(),
        voucher_unknown=(~_in_a_year(table.invoiced_on, years)).any(),
        invoiced=table.place.isin(told).any() if told else ibis.literal(value=False),
    )
    return found.mutate(
        # The later the invoice, the later its minimum ends.
        voucher_until=voucher_until(found.last_invoice, years),
    ).select(*INVOICES)


def unpaid(table: ir.Table, as_of: date, tolerance: Decimal) -> ir.Table:
    """
    What each customer owes, of those who do.

    Credit notes first cancel the invoices that are marked as credited, and what is left of them
    counts against what is open.
    """
    import ibis

    # What was paid in part is open with the rest; of a credit note, what was not yet used counts.
    rest = table.amount - table.amount_paid
    still = ibis.coalesce(table.amount_open, ibis.cases((table.amount >= 0, rest)))
    unused = ibis.cases((table.amount < 0, ibis.coalesce(rest, table.amount)), else_=table.amount)
    table = table.mutate(amount_open=still.cast("decimal(18, 2)"), amount=unused)
    paid_on = (table.paid_on <= ibis.literal(as_of)).fill_null(False)
    state = table.invoice_state.fill_null("")
    settled = state.isin(["paid", "written_off", "erased"]) | (
        paid_on & ~state.isin(["open", "collection", "credited"])
    )
    some = table.filter(~settled | table.amount_open.notnull()).select(
        "customer", "invoice_state", "amount", "amount_open", "due_on", "invoiced_on", "paid_on"
    )
    paid_on = (some.paid_on <= ibis.literal(as_of)).fill_null(False)
    state = some.invoice_state.fill_null("")
    said = some.amount_open.notnull()
    amount = some.amount.fill_null(0)
    is_open = ibis.cases((said, some.amount_open > 0), else_=(state != "credited") & (amount >= 0))
    credit = ~said & ((amount < 0) | (state == "credited"))
    moved = later(later(some.due_on, some.invoiced_on), ibis.cases((paid_on, some.paid_on)))
    sums = some.mutate(
        open_sum=ibis.cases((is_open & said, some.amount_open), (is_open, amount), else_=0),
        credit_sum=ibis.cases((credit, amount), else_=0),
        open_unknown=is_open & ~said & some.amount.isnull(),
        moved=ibis.cases((is_open, moved)),
        doubtful=is_open & (paid_on | (state == "paid")),
    )
    found = sums.group_by("customer").agg(
        open_sum=sums.open_sum.sum(),
        credit_sum=sums.credit_sum.sum(),
        open_unknown=sums.open_unknown.any(),
        open_moved_on=sums.moved.max(),
        open_doubtful=sums.doubtful.any(),
    )
    net = found.open_sum + ibis.cases((found.credit_sum < 0, found.credit_sum), else_=0)
    net = net.cast(FACTS["open_balance"])
    held = found.mutate(open_balance=net).filter(
        (net > ibis.literal(tolerance)) | found.open_unknown
    )
    return held.select(*UNPAID)


def _in_a_year(day: ir.DateValue, years: Sequence[Year]) -> ir.BooleanValue:
    """Whether a day falls into one of the financial years."""
    import ibis

    inside = day.isnull() & ibis.literal(False)
    spans: list[Year] = []
    for one in years:  # years that follow each other are one span
        if spans and (one.start - spans[-1].end).days <= 1:
            spans[-1] = Year(spans[-1].start, max(one.end, spans[-1].end))
        else:
            spans.append(one)
    for one in spans:
        inside |= day.between(ibis.literal(one.start), ibis.literal(one.end))
    return inside.fill_null(False)


def cases(table: ir.Table, as_of: date, *, states: bool) -> ir.Table:
    """
    Whether a collection case of each customer is open, and when one last moved.

    ``states`` says whether the cases have states: then a blank one is no open case.
    """
    import ibis

    today = ibis.literal(as_of)
    closed = (table.closed_on <= today).fill_null(False)
    is_open = ~closed & (
        (table.collection_state.fill_null("closed") != "closed") if states else ibis.literal(True)
    )
    of = table.mutate(is_open=is_open, moved=ibis.cases((is_open, table.opened_on)))
    return of.group_by("customer").agg(
        records=of.count(),
        case_open=of.is_open.any(),
        case_moved_on=of.moved.max(),
        claimed=of.count() > 0,
    )


# --- the records ---------------------------------------------------------------------------------


def customers(
    records: ir.Table,
    facts: Iterable[tuple[ir.Table, str]],
    events: Sequence[Event],
    spells: ir.Table | None,
    reach: Reach,
) -> ir.Table:
    """The records of customers with what the other tables say of each, as far as they matter."""
    import ibis

    life = ("last_order", "last_contact", "visit", "contract_end")
    asked = {"place", "row", "customer", "email", "ended", "on_hold", *life, *FACTS}
    asked |= {name for event in events for name in (event.name, f"{event.name}_given")}
    asked |= {name for event in events for name in event.latest_of}
    wide = records.select(*(name for name in records.columns if name in asked))
    types = wide.schema()
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
    seen = [wide[name] for name in life if name in types]
    seen += [
        wide[f"facts_{name}"]
        for name in ("last_order", "last_invoice")
        if f"facts_{name}" in wide.columns
    ]
    wide = wide.mutate(last_event=reduce(later, seen, ibis.null("date")))
    wide = wide.mutate(**_events(wide, events, types))
    for event in events:
        nothing = {f"at_{event.name}_next": "date", f"at_{event.name}_person": "date"}
        if spells is None or event.derived:
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


def _events(wide: ir.Table, events: Sequence[Event], types: Any) -> dict[str, ir.Value]:
    """The date of each event as ``at_<event>``, and whether it was given."""
    import ibis

    found: dict[str, ir.Value] = {}
    for event in events:
        there = event.name in types and f"{event.name}_given" in types
        day = wide[event.name] if there else ibis.null("date")
        given = wide[f"{event.name}_given"] if there else ibis.literal(False)
        if event.latest_of:
            names = [_fact_of(name) for name in event.latest_of]
            derived = reduce(
                later, (wide[name] for name in names if name in wide.columns), ibis.null("date")
            )
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
        for name, kind in {"place": "int32", **FACTS}.items()
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


def several(table: ir.Table) -> ir.Table:
    """The customers who have more than one record."""
    named = table.filter(table.customer.notnull())
    counted = named.group_by("customer").agg(n=named.count())
    return counted.filter(counted.n > 1).select("customer")


def spells(table: ir.Table, of: ir.Table, events: Sequence[Event]) -> ir.Table:
    """
    The relationships of the customers ``of`` who have several, each with the start of the next.

    ``started`` and ``at_<event>`` are its first and last day; ``at_<event>_next`` the first day of
    the next, and ``at_<event>_person`` the last day of the last, blank while one is running.
    """
    several = table.semi_join(of, "customer")
    started = several.relationship_start
    found = several.mutate(
        started=started, **{f"at_{e.name}": several[e.name] for e in events if not e.derived}
    )
    result = found.select(
        "place",
        "row",
        "customer",
        "started",
        *(f"at_{event.name}" for event in events if not event.derived),
    )
    for event in (event for event in events if not event.derived):
        result = _with_next(result, f"at_{event.name}")
    return result


def _with_next(of: ir.Table, end: str) -> ir.Table:
    """The relationships with the start of the next one and the end of the person's last."""
    import ibis

    others = of.select(
        other="customer", other_row="row", other_place="place", begins="started", ends=of[end]
    )
    paired = of.left_join(others, of.customer == others.other)
    another = (paired["row"] != paired.other_row) | (paired.place != paired.other_place)
    after = (
        paired.ends.isnull()
        | (paired.ends > paired[end])
        | ((paired.ends == paired[end]) & (paired.other_row > paired["row"]))
    )
    # A next relationship whose start is not told may have begun at once.
    begins = ibis.coalesce(paired.begins, paired[end])
    found = paired.mutate(begins=ibis.cases((another & after.fill_null(False), begins)))
    grouped = found.group_by("place", "row").agg(
        next_start=found.begins.min(), last=found.ends.max(), running=found.ends.isnull().any()
    )
    named = grouped.select(
        spell_place="place",
        spell_row="row",
        **{
            f"{end}_next": grouped.next_start,
            f"{end}_person": ibis.cases(
                (grouped.running, ibis.null("date")), else_=grouped["last"]
            ),
        },
    )
    return of.left_join(named, [of.place == named.spell_place, of["row"] == named.spell_row]).drop(
        "spell_place", "spell_row"
    )


_OF_THE_CUSTOMER = (
    *("ended", "on_hold", "hold_reason", "hold_started_on", "hold_until", "open_balance"),
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
        joined = _of_its_relationship(joined, spells, events)
    found = {name: joined[name] for name in own if name in joined.columns}
    if "invoiced_on" in records.columns:
        until = voucher_until(joined.day, years)
        found |= {"voucher_until": until, "voucher_unknown": until.isnull()}
        if "at_fiscal_year_end" in own:
            found["at_fiscal_year_end"] = _year_end(joined.day, years)
    return joined.select(**(own | found))


def _of_its_relationship(joined: ir.Table, spells: ir.Table, events: Sequence[Event]) -> ir.Table:
    """An order of one of a customer's earlier relationships takes the end of that one."""
    import ibis

    ends = [f"at_{event.name}" for event in events if not event.derived]
    for end in ends:
        of = spells.select(
            spell_customer="customer",
            begins="started",
            ends=end,
            spell_next=f"{end}_next",
            spell_person=f"{end}_person",
        )
        of = of.filter(of.ends.notnull(), of.begins.notnull())
        pairs = joined.select("row", "customer", "day")
        pairs = pairs.inner_join(
            of,
            [
                pairs.customer == of.spell_customer,
                pairs.day >= of.begins,
                pairs.day <= of.ends,
            ],
        )
        one = (
            pairs.group_by("row")
            .agg(
                own_end=pairs.ends.max(),
                own_next=pairs.spell_next.max(),
            )
            .rename(spell_row="row")
        )
        person = (
            spells.group_by("customer")
            .agg(persons_end=spells[f"{end}_person"].max())
            .rename(person="customer")
        )
        joined = joined.left_join(one, joined["row"] == one.spell_row).drop("spell_row")
        joined = joined.left_join(person, joined.customer == person.person)
        several = joined.person.notnull()
        joined = joined.mutate(
            **{
                end: ibis.cases(
                    (several, ibis.coalesce(joined.own_end, joined.persons_end)), else_=joined[end]
                ),
                f"{end}_next": ibis.cases((several, joined.own_next), else_=joined[f"{end}_next"]),
                f"{end}_person": ibis.cases(
                    (several, joined.persons_end), else_=joined[f"{end}_person"]
                ),
            }
        ).drop("person", "persons_end", "own_end", "own_next")
    return joined


def own(
    records: ir.Table,
    events: Sequence[Event],
    years: Sequence[Year],
    of: ir.Table | None,
    reach: Reach,
) -> ir.Table:
    """
    The records of any other table that has the date itself.

    Of contact persons it is the day they left, else with ``of`` the end of their customer.
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
    for event in events:
        name = f"at_{event.name}"
        there = event.name in records.columns
        day = wide[event.name] if there else ibis.null("date")
        given = wide[f"{event.name}_given"] if there else ibis.literal(False)
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
        if event.name == Role.FISCAL_YEAR_END and not there and "invoiced_on" in records.columns:
            day = _year_end(wide.invoiced_on, years)
            given = day.notnull()
        columns |= {name: day, f"{name}_given": given}
    if "invoiced_on" in records.columns:
        until = voucher_until(wide.invoiced_on, years)
        columns |= {"voucher_until": until, "voucher_unknown": until.isnull()}
    wide = wide.mutate(**columns)
    return wide.filter(~_fine(wide, events, reach)).select(
        *kept_schema(event.name for event in events)
    )


def _year_end(day: ir.DateValue, years: Sequence[Year]) -> ir.DateValue:
    """The end of the financial year in which a day falls; blank if it is not known."""
    import ibis

    if not years:
        return ibis.null("date")
    return ibis.cases(
        *((day.between(*map(ibis.literal, one)), ibis.literal(one.end)) for one in years)
    )
