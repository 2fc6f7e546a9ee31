"""
Until when each record may be kept: the one place where it is computed.

``allowed_until = max(notice, statutory minimum, hold)``, for each group of columns: a hold or a
statute covers what it needs and no more, so a record may be due in part.

``FACTS`` are the columns that records have for it. What another table says of the same customer
(orders, invoices, collection) was brought together once for every check; see ``audit.retention``.
"""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from audit.catalogue import RetentionScope
from audit.checks._shared import remembered
from audit.notice.model import RetentionPeriod
from audit.vocabulary import load

if TYPE_CHECKING:
    import ibis.expr.types as ir

__all__ = ["FACTS", "allowed", "by_ground", "ground_of", "latest", "parts", "plus", "to_clear"]

FACTS = {
    "relationship_start": "date",
    "retention_start": "date",
    "retention_start_given": "boolean",
    "next_start": "date",  # of the same person's next relationship, where there is one
    "person_end": "date",  # of the person's last relationship; blank while one is running
    "contract_end": "date",
    "last_event": "date",  # order, invoice, contact, visit or contract: the last sign of life
    "hold_reason": "string",
    "hold_started_on": "date",
    "hold_until": "date",
    "open_balance": "decimal(18, 2)",  # of the customer, over the plan's tolerance; else blank
    "open_moved_on": "date",  # the last due date, payment or reminder of what is open
    "open_doubtful": "boolean",  # an invoice is both open and paid
    "invoiced": "boolean",  # the register has invoices of the customer, and tells which are paid
    "case_open": "boolean",
    "case_moved_on": "date",
    "claimed": "boolean",  # the register has collection cases of the customer
    "voucher_until": "date",  # statutory minimum of the record, or of the customer's last voucher
    "voucher_unknown": "boolean",  # a voucher whose financial year is not in the plan
}
"""What the checks of this family know of a record, besides ``ended`` and ``on_hold``."""


def plus(day: ir.DateValue, period: str) -> ir.DateValue:
    """The last day of an ISO 8601 period of one unit that begins with an event on ``day``."""
    return RetentionPeriod(id="P", kind="fixed", period=period).last_day(day)


def latest(*days: ir.DateValue) -> ir.DateValue:
    """The latest of some dates, any of which may be blank."""
    import ibis

    # To some engines GREATEST is blank if one of them is: each stands in for those that are.
    filled = [ibis.coalesce(*days[n:], *days[:n]) for n in range(len(days))]
    return ibis.greatest(*filled) if len(days) > 1 else (*days, ibis.null("date"))[0]


@remembered
def allowed(
    records: ir.Table, period: RetentionPeriod, scope: RetentionScope, as_of: date
) -> ir.Table:
    """
    The records with how long they may be kept under one rule of the notice.

    Adds ``notice_until``; ``ground``, the ground of a hold that stands, ``stale``, why a hold no
    longer does (blank if there is none), and ``stale_ground``, what its ground was; ``statute`` (whether a voucher's minimum is running);
    ``allowed_until``, the last permitted day where it can be computed; and ``grade``.
    """
    import ibis

    today = ibis.literal(as_of)
    own = period.last_day(records.retention_start)
    # Of several relationships the last one counts, unless the gap was longer than the period.
    joined = (records.next_start <= own).fill_null(False)
    end = ibis.cases((joined, records.person_end), else_=records.retention_start)
    # From an end before the start no period can be counted: that is STO03's.
    end = ibis.cases((~(end < records.relationship_start).fill_null(False), end))
    kept = records.mutate(notice_until=period.last_day(end))
    until = kept.notice_until
    if scope.vouchers:
        until = latest(until, kept.voucher_until)
    until = ibis.cases((kept.on_hold.fill_null(False), latest(until, kept.hold_until)), else_=until)
    until = ibis.cases((kept.notice_until.notnull(), until))
    grade = ibis.literal("major")
    if scope.cycle is not None:
        within = plus(until, scope.cycle) >= today
        grade = ibis.cases((within.fill_null(False), "minor"), else_="major")
    return kept.mutate(
        **_holds(kept, as_of),
        past=(kept.notice_until < today).fill_null(False),
        statute=(kept.voucher_until >= today).fill_null(False),
        allowed_until=until,
        grade=grade,
    )


_GROUNDS = ("law", "open_invoice", "debt_collection", "organisation_contact")


def ground_of(kept: ir.Table) -> ir.StringValue:
    """
    The ground of a hold that stands or no longer does, by the notice's key, of ``allowed`` records.

    ``other`` is a ground that notices have no key for; blank is a hold without a ground, or none.
    """
    import ibis

    ground = ibis.coalesce(kept.ground, kept.stale_ground)
    return ibis.cases(
        (ground.isin(_GROUNDS), ground),
        (ground.notin(("unstated", "unread")), "other"),
    )


def by_ground(
    records: ir.Table, retention_period: RetentionPeriod, scope: RetentionScope, as_of: date
) -> ir.Table:
    """The records with a hold, whether it stands or no longer does, each with its ground."""
    kept = allowed(records, retention_period, scope, as_of)
    held = kept.filter(kept.ground.notnull() | kept.stale.notnull())
    return held.select(topic=ground_of(held))


def _holds(records: ir.Table, as_of: date) -> dict[str, ir.Value]:
    """The ground of a hold that stands, and why one no longer does; both blank without a hold."""
    import ibis

    today = ibis.literal(as_of)
    silent_since = as_of.replace(
        year=as_of.year - load("retention")["silent"]["years"],
        day=min(as_of.day, 28) if as_of.month == 2 else as_of.day,  # noqa: PLR2004 - February
    )
    reason = records.hold_reason.fill_null("unstated")
    # A blank hold is no hold: SQL's unknown would hide the record.
    recorded = records.on_hold.fill_null(False) & reason.notin(
        load("retention")["no_ground"]["reasons"]
    )
    unpaid = records.open_balance.notnull()
    claimed = records.case_open.fill_null(False)
    quiet_invoice = unpaid & (records.open_moved_on < silent_since).fill_null(False)
    quiet_case = claimed & (records.case_moved_on < silent_since).fill_null(False)
    over = recorded & (records.hold_until < today).fill_null(False)
    paid = (
        (recorded & (reason == "open_invoice") & records.invoiced.fill_null(False))
        & ~unpaid
        & ~claimed
    )
    closed = recorded & (reason == "debt_collection") & records.claimed.fill_null(False) & ~claimed
    quiet_hold = (recorded & (reason != "law") & records.hold_until.isnull()) & (
        records.hold_started_on < silent_since
    ).fill_null(False)
    stands = recorded & ~over & ~paid & ~closed & ~quiet_hold
    # A recorded hold on an invoice that nobody has moved for years stands on nothing more than it.
    stands &= ~((reason == "open_invoice") & quiet_invoice & ~claimed)
    stands &= ~((reason == "debt_collection") & quiet_case)
    return {
        "ground": ibis.cases(
            (claimed & ~quiet_case, "debt_collection"),
            (unpaid & ~quiet_invoice, "open_invoice"),
            (stands, reason),
        ),
        "stale": ibis.cases(
            (over, "hold ended"),
            (paid, "invoices paid"),
            (closed, "collection closed"),
            (quiet_case | quiet_invoice | quiet_hold, "no movement for three years"),
        ),
        "stale_ground": ibis.cases(
            (over, reason),
            (paid, "open_invoice"),
            (closed | quiet_case, "debt_collection"),
            (quiet_invoice, "open_invoice"),
            (quiet_hold, reason),
        ),
    }


# --- which columns -------------------------------------------------------------------------------


@cache
def _covers(ground: str) -> frozenset[str] | None:
    """The categories that a ground covers; None for everything."""
    covered = load("retention")["covers"].get(ground)
    return None if covered is None else frozenset(covered)


def to_clear(scope: RetentionScope, ground: str) -> tuple[str, ...]:
    """
    The headers of the columns that a ground does not cover: they are due all the same.

    The ground ``nothing`` covers nothing.
    """
    covered = frozenset[str]() if ground == "nothing" else _covers(ground)
    if covered is None:
        return ()
    if ground == "law":  # what the vouchers show themselves, the customer's record need not
        covered -= set(scope.vouchers_show)
    return tuple(_plain(header) for header, category in scope.columns if category not in covered)


def parts(*said: ir.StringValue | str | None) -> ir.StringValue:
    """A detail of several parts, ``; `` between them; those that are blank are left out."""
    import ibis

    told = ibis.literal("")
    for one in said:
        if one is None or (isinstance(one, str) and not one):
            continue
        text = ibis.literal(one) if isinstance(one, str) else one.fill_null("")
        told = told.concat(ibis.cases((text == "", ""), else_=ibis.literal("; ").concat(text)))
    return told.substr(2)  # without the first mark; looking at what stands before doubles the query


def _plain(header: str) -> str:
    """A header as a detail may show it: the signs between parts taken out."""
    return re.sub(r"[;,:\s]+", " ", header).strip()
