"""Rights of the data subject: erasures that were asked for and not carried out."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import ibis

from audit.catalogue import check
from audit.checks._people import HOLDERS, holders, matches, yes
from audit.checks.rights_of_the_data_subject._deadline import is_any, requests_with_due_days
from audit.checks.rights_of_the_data_subject._debt import owes
from audit.checks.rights_of_the_data_subject._kinds import each_of
from audit.finding import Basis, Grade, Result

if TYPE_CHECKING:
    import ibis.expr.types as ir


def _due(requests: ir.Table, due_days: ir.Table, given: frozenset[str], as_of: date) -> ir.Table:
    """The requests to be erased that were carried out, or ought to be by now."""
    asked = requests_with_due_days(requests, due_days, given, as_of)
    asked = asked.filter(
        yes(asked.request_kind == "erasure"),
        ~is_any(asked.outcome, ("refused", "withdrawn", "form")),
    )
    said = is_any(asked.outcome, ("granted", "partly")) | asked.outcome.isnull()
    done = ibis.cases((asked.executed_on.notnull(), asked.executed_on), (said, asked.answered))
    asked = asked.mutate(by_day=ibis.coalesce(done, asked.last_day))
    return asked.filter(done.notnull() | asked.answered.isnull(), asked.by_day < as_of)


def _examined(
    requests: ir.Table, due_days: ir.Table, given: frozenset[str], as_of: date
) -> ir.Table:
    return each_of(_due(requests, due_days, given, as_of), "erasure")


@check(
    "RIG01",
    criterion="the notice; GDPR Art. 17(1), 12(3)",
    basis=Basis.BOTH,
    grade=Grade.MAJOR,
    unit="records",
    needs=("request_kind", "|".join((*HOLDERS, "orders"))),
    at="request_kind",
    about="rights",
    examines=_examined,
)
def erasure_not_executed(
    requests: ir.Table,
    people: ir.Table,
    due_days: ir.Table,
    given: frozenset[str],
    as_of: date,
    customers: ir.Table | None = None,
    contacts: ir.Table | None = None,
    mailing_list: ir.Table | None = None,
    other: ir.Table | None = None,
    orders: ir.Table | None = None,
    invoices: ir.Table | None = None,
    collection: ir.Table | None = None,
) -> ir.Table:
    """
    Requests to be erased whose maker is still in the register, though it was done or was due.

    Due is the month for an answer, or the day on which the log says it was done; the register's
    file must be newer than that. The person is looked for by number, e-mail and phone in every
    table of people; name and address alone are an observation. No finding are a refusal (RIG04), a
    relationship that began afterwards, a copy under a hold, an entry that only keeps messages away,
    and a record that was emptied (RIG07). An order or a booking with the e-mail address is an
    observation, since it may be a voucher. With an open invoice or a collection case, which the
    notice excepts, it is an observation.

    Where these are the `customers`:

    | customer | name             |
    | -------- | ---------------- |
    | C1       | aino esimerkki   |
    | C2       | esimerkki onni   |

    Audited on 2026-11-22:

    | customer | request_kind | received_on | executed_on | outcome | result        |
    | -------- | ------------ | ----------- | ----------- | ------- | ------------- |
    | C1       | erasure      | 2026-01-10  | 2026-01-20  | granted | nonconformity |
    | C9       | erasure      | 2026-01-10  | 2026-01-20  | granted | conformity    |
    | C2       | access       | 2026-01-10  | 2026-01-20  | granted | conformity    |
    | C2       | erasure      | 2026-01-10  |             | refused | conformity    |

    Grade: major, since the promise to this person was broken.

    Remedy: erase the data in every system, find out how it stayed or came back, keep it from
    coming back, and answer the person. Marking the record as passive is not enough.
    """
    held = holders(
        {
            "customers": customers,
            "contacts": contacts,
            "mailing_list": mailing_list,
            "other": other,
        },
        requests,
    )
    asked = _due(requests, due_days, given, as_of)
    asked = asked.select("place", "row", "by_day", "outcome")
    pairs = matches(people, ("requests",), HOLDERS)
    found = asked.inner_join(pairs, ["place", "row"])
    held = held.rename({f"held_{name}": name for name in held.columns})
    found = found.inner_join(
        held, [found.other_place == held.held_place, found.other_row == held.held_row]
    )
    found = found.filter(
        found.held_taken_on.fill_null(as_of) > found.by_day,
        ~yes(found.held_started_on > found.by_day),
        ~yes(found.held_on_hold),
        ~found.held_suppressed,
        found.held_emptied.isnull(),
    )
    sure = found.certain & ~owes(found.held_customer, invoices, collection)
    sure = sure & ~is_any(found.outcome, ("partly",))
    found = found.select("row", sure=sure.cast("int8"), kind="other_kind")
    if orders is not None:
        found = found.union(_ordered(asked, people, orders, as_of))
    found = found.group_by("row").agg(sure=found.sure.max(), kind=found.kind.min())
    return found.mutate(
        result=ibis.ifelse(found.sure > 0, str(Result.NONCONFORMITY), str(Result.OBSERVATION)),
        detail=ibis.literal("still in ").concat(found.kind),
        topic=ibis.literal("erasure"),
    )


def _ordered(asked: ir.Table, people: ir.Table, orders: ir.Table, as_of: date) -> ir.Table:
    """The requests by e-mail of people whose orders, or bookings, have no other number than that."""
    mails = people.filter(people.kind == "requests", people.by == "email")
    mails = mails.select("place", "row", mail="key")
    theirs = orders.filter(orders.customer.contains("@"))
    theirs = theirs.select("ordered_on", "taken_on", mail="customer")
    found = asked.inner_join(mails, ["place", "row"]).inner_join(theirs, "mail")
    found = found.filter(
        found.taken_on.fill_null(as_of) > found.by_day, ~yes(found.ordered_on > found.by_day)
    )
    return found.select(
        "row", sure=ibis.literal(0, type="int8"), kind=ibis.literal("orders")
    ).distinct()
