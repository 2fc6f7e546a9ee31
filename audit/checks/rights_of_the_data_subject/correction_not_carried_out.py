"""Rights of the data subject: accepted corrections, the old value still there."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import ibis

from audit.catalogue import check
from audit.checks._people import HOLDERS, equal, holders, matches, yes
from audit.checks.rights_of_the_data_subject._deadline import is_any
from audit.checks.rights_of_the_data_subject._kinds import each_of
from audit.finding import Basis, Grade, Result

if TYPE_CHECKING:
    import ibis.expr.types as ir


def _corrected(requests: ir.Table, as_of: date) -> ir.Table:
    """The requests for correction that were accepted or said to be done."""
    granted = is_any(requests.outcome, ("granted", "partly")) | requests.outcome.isnull()
    done = ibis.coalesce(
        requests.executed_on, ibis.ifelse(granted, requests.answered_on, ibis.null("date"))
    )
    return requests.mutate(done_on=done).filter(
        yes(requests.request_kind == "rectification"),
        ~is_any(requests.outcome, ("refused", "withdrawn")),
        yes(done < as_of),
    )


def _examined(requests: ir.Table, as_of: date) -> ir.Table:
    """Those of which the log keeps the old value: of the others nothing can be looked for."""
    done = _corrected(requests, as_of)
    old = [done[name].notnull() for name in ("old_email", "old_phone", "old_words")]
    return each_of(done.filter(old[0] | old[1] | old[2]), "rectification")


@check(
    "RIG11",
    criterion="the notice; GDPR Art. 16, 5(1)(d)",
    basis=Basis.BOTH,
    grade=Grade.MINOR,
    unit="records",
    needs=("request_kind", "old_value", "|".join(HOLDERS)),
    at="old_value",
    about="rights",
    examines=_examined,
)
def correction_not_carried_out(
    requests: ir.Table,
    people: ir.Table,
    as_of: date,
    customers: ir.Table | None = None,
    contacts: ir.Table | None = None,
    mailing_list: ir.Table | None = None,
    other: ir.Table | None = None,
) -> ir.Table:
    """
    Corrections that were accepted or said to be done, where a table still holds the old value.

    The old value is held against the person's e-mail address, phone number, name and address in
    every table of people, each in one spelling; a street is found inside an address. A file older
    than the correction shows nothing. Where it is not certain that it is the same person, it is an
    observation.

    Where these are the `customers`:

    | customer | email             |
    | -------- | ----------------- |
    | C1       | vanha@koe.example |
    | C2       | uusi@koe.example  |

    Audited on 2026-11-22:

    | customer | request_kind  | executed_on | old_email         | result        |
    | -------- | ------------- | ----------- | ----------------- | ------------- |
    | C1       | rectification | 2026-03-01  | vanha@koe.example | nonconformity |
    | C2       | rectification | 2026-03-01  | vanha@koe.example | conformity    |

    Grade: minor, since the correction was accepted.

    Remedy: correct the value everywhere, and tell those who received it. A note beside the old value
    is not enough.
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
    held = held.rename({f"held_{name}": name for name in held.columns})
    asked = _corrected(requests, as_of)
    pairs = matches(people, ("requests",), HOLDERS)
    found = asked.inner_join(pairs, ["place", "row"])
    found = found.inner_join(
        held, [found.other_place == held.held_place, found.other_row == held.held_row]
    )
    found = found.filter(found.held_taken_on.fill_null(as_of) > found.done_on, _still(found))
    found = found.mutate(sure=found.certain.cast("int8"))
    found = found.group_by("row").agg(sure=found.sure.max(), kind=found.other_kind.min())
    return found.mutate(
        result=ibis.ifelse(found.sure > 0, str(Result.NONCONFORMITY), str(Result.OBSERVATION)),
        detail=ibis.literal("still in ").concat(found.kind),
        topic=ibis.literal("rectification"),
    )


def _still(found: ir.Table) -> ir.BooleanValue:
    """Whether the record holds the old value: an address or number whole, words among others."""
    # The words are in one order, so that those of a street are found in order among an address's.
    wanted = ibis.literal("% ").concat(found.old_words.replace(" ", " % ")).concat(" %")
    spaced = ibis.literal(" ")
    address = spaced.concat(found.held_address.replace(" ", "  ")).concat(" ")
    return (
        equal(found.held_email, found.old_email)
        | equal(found.held_phone, found.old_phone)
        | equal(found.held_name, found.old_words)
        | yes(address.like(wanted))
    )
