"""Storage limitation: contact persons who have left, and are still there."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import ibis

from audit.catalogue import check
from audit.checks.storage_limitation._allowed import parts
from audit.finding import Basis, Grade
from audit.notice.declared.departed import period_of_departed
from audit.notice.model import Notice
from audit.vocabulary import load

if TYPE_CHECKING:
    import ibis.expr.types as ir


@check(
    "STO08",
    criterion="GDPR Art. 5(1)(d), 5(1)(e), 17(1)(a)",
    basis=Basis.LAW,
    grade=Grade.MINOR,
    unit="records",
    needs=("left_on|status|active|inactive|free_text",),
    at="left_on",
)
def departed_contact_kept(
    contacts: ir.Table, notice: Notice | None, given: frozenset[str], as_of: date
) -> ir.Table:
    """
    Contact persons marked as having left or been replaced, whose details are still held.

    A contact person's data has an end of its own: the day the person leaves the customer's
    organisation or the role, earlier than the company's. Marking the person inactive is not
    enough. Where there is no column for the day, a note that says so is such a mark. The company's debt is no hold on a former contact's data; a claim or a restriction
    that is recorded for the person is. A departure still to come is none yet; nor has a person left
    who stands beside the end of the customer's contract. Where the notice keeps those who left for
    some time of their own, they may stay so long. Graded minor.

    Audited on 2026-11-22:

    | left_on    | left_on_given | ended | on_hold | hold_reason  | result        |
    | ---------- | ------------- | ----- | ------- | ------------ | ------------- |
    | 2026-11-21 | true          | false | false   |              | nonconformity |
    |            | false         | true  | false   |              | nonconformity |
    | 2026-11-21 | true          | false | true    | open_invoice | nonconformity |
    | 2026-11-21 | true          | false | true    | claim        | conformity    |
    | 2026-11-22 | true          | false | false   |              | conformity    |
    | 2027-01-01 | true          | true  | false   |              | conformity    |
    |            | false         | false | false   |              | conformity    |

    Remedy: erase or anonymise the listed data in every system. Marking the person inactive is not
    enough.
    """
    own = period_of_departed(notice) if notice is not None else None
    until = own.last_day(contacts.left_on) if own is not None else contacts.left_on
    left = (until < ibis.literal(as_of)).fill_null(False)
    marked = contacts.left_on.isnull() & contacts.ended.fill_null(False)
    # Beside the end of the customer's contract, the state is the customer's.
    marked &= ibis.literal(not given & _OF_THE_CUSTOMER)
    excuses = ["open_invoice", "debt_collection", *load("retention")["no_ground"]["reasons"]]
    held = contacts.on_hold.fill_null(False)
    # A hold without a reason may be the person's own: it is STO05 that asks for the reason.
    held &= contacts.hold_reason.fill_null("unstated").notin(excuses)
    day = ibis.literal("left ").concat(contacts.left_on.strftime("%Y-%m-%d"))
    found = contacts.mutate(detail=parts(ibis.cases((left, day), else_="marked as left")))
    return found.filter(left | marked, ~held)


_OF_THE_CUSTOMER = {"contract_end", "customer_relationship_end"}
