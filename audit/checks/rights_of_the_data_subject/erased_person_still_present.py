"""Rights of the data subject: people on the list of the erased who are in the register."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import ibis

from audit.catalogue import check
from audit.checks._people import (
    HOLDERS,
    matched_column,
    matches,
    started,
    suppressed,
    yes,
)
from audit.checks.rights_of_the_data_subject._debt import owes
from audit.checks.rights_of_the_data_subject._kinds import each_of
from audit.finding import Basis, Grade, Result

if TYPE_CHECKING:
    import ibis.expr.types as ir


def _examined(records: ir.Table, erasures: ir.Table) -> ir.Table:
    """Every record, if anybody was erased."""
    return each_of(records.filter(erasures.count() > 0), "erasure")


@check(
    "RIG05",
    criterion="the notice; GDPR Art. 17(1), 5(1)(d)",
    basis=Basis.BOTH,
    grade=Grade.MAJOR,
    unit="records",
    tables=HOLDERS,
    about="rights",
    examines=_examined,
)
def erased_person_still_present(
    records: ir.Table,
    columns: ir.Table,
    people: ir.Table,
    erasures: ir.Table,
    as_of: date,
    invoices: ir.Table | None = None,
    collection: ir.Table | None = None,
) -> ir.Table:
    """
    Records of people who were erased before: the data stayed somewhere, or came back.

    People are told by number, e-mail, phone, or a keyed hash of one of these, so that the list of
    the erased needs no plain identities; name and address alone are an observation. No finding are
    a relationship that began after the erasure, a copy under a hold, an entry that only keeps
    messages away, a record whose name was removed (RIG07), and a file older than the erasure. With
    an open invoice or a collection case it is an observation.

    Where these are the `erasures`:

    | customer | email            | erased_on  |
    | -------- | ---------------- | ---------- |
    | C1       | aino@koe.example | 2026-03-01 |
    | C2       | onni@koe.example | 2026-03-01 |

    Audited on 2026-11-22:

    | customer | email            | relationship_start | on_hold | result        |
    | -------- | ---------------- | ------------------ | ------- | ------------- |
    | C1       |                  | 2019-01-01         |         | nonconformity |
    | C7       | aino@koe.example | 2019-01-01         |         | nonconformity |
    | C8       | onni@koe.example | 2026-05-01         |         | conformity    |
    | C2       |                  | 2019-01-01         | true    | conformity    |
    | C3       |                  | 2019-01-01         |         | conformity    |

    Grade: major, since the person was told that the data is gone.

    Remedy: erase the data in every system, find out how it stayed or came back, and keep it from
    coming back. Marking the record as passive is not enough.
    """
    gone = erasures.select("place", "row", "erased_on")
    gone = gone.rename({"other_place": "place", "other_row": "row"})
    pairs = matches(people, HOLDERS, ("erasures",))
    pairs = pairs.inner_join(gone, ["other_place", "other_row"])
    kept = records.mutate(started_on=started(records), suppressed=suppressed(records))
    kept = kept.filter(~yes(kept.on_hold), ~kept.suppressed, kept.emptied.isnull())
    found = kept.inner_join(pairs, ["place", "row"])
    found = found.filter(
        ~yes(found.started_on > found.erased_on),
        yes(found.taken_on.fill_null(as_of) > found.erased_on) | found.erased_on.isnull(),
    )
    sure = found.certain & ~owes(found.customer, invoices, collection)
    found = found.mutate(sure=sure.cast("int8"))
    found = found.group_by("row").agg(
        sure=found.sure.max(), erased_on=found.erased_on.min(), by=found.by.min()
    )
    found = matched_column(found, columns)
    day = ibis.literal("erased on ").concat(found.erased_on.cast("string").substr(0, 10))
    return found.mutate(
        result=ibis.ifelse(found.sure > 0, str(Result.NONCONFORMITY), str(Result.OBSERVATION)),
        detail=ibis.coalesce(day, ibis.literal("erased before")),
        topic=ibis.literal("erasure"),
    )
