"""Rights of the data subject: records whose name was removed and which still tell the person."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

from audit.catalogue import check
from audit.checks._people import HOLDERS, matches, suppressed, yes
from audit.checks.rights_of_the_data_subject._kinds import each_of
from audit.finding import Basis, Grade, Result

if TYPE_CHECKING:
    import ibis.expr.types as ir


_IDENTIFYING = (
    *("personal_identity_code", "email", "phone", "postal_address", "date_of_birth"),
    *("bank_account", "car_registration", "name"),
)


def _emptied(records: ir.Table, people: ir.Table, erasures: ir.Table | None = None) -> ir.Table:
    """The records that say that they were emptied, and those of the erased without a name."""
    kept = records.mutate(suppressed=suppressed(records))
    kept = kept.filter(~yes(kept.on_hold), ~kept.suppressed)
    said = yes(kept.emptied == "marker")
    if erasures is not None:
        pairs = matches(people, HOLDERS, ("erasures",))
        erased = pairs.filter(pairs.certain).select("place", "row").distinct()
        erased = erased.mutate(erased=True).rename({"at_place": "place", "at_row": "row"})
        kept = kept.left_join(erased, [kept.place == erased.at_place, kept.row == erased.at_row])
        said = yes(kept.emptied == "marker") | (yes(kept.emptied == "blank") & yes(kept.erased))
    return kept.filter(said)


def _examined(records: ir.Table, people: ir.Table, erasures: ir.Table | None = None) -> ir.Table:
    return each_of(_emptied(records, people, erasures), "erasure")


@check(
    "RIG07",
    criterion="the notice; GDPR Art. 17(1), 4(5)",
    basis=Basis.BOTH,
    grade=Grade.MAJOR,
    unit="records",
    tables=HOLDERS,
    about="rights",
    examines=_examined,
)
def incomplete_anonymisation(
    records: ir.Table, columns: ir.Table, people: ir.Table, erasures: ir.Table | None = None
) -> ir.Table:
    """
    Records that say they were anonymised, and still hold an identifier in another column.

    A name such as “Poistettu asiakas” or “Deleted user” says that the record was emptied; so does a
    missing name of somebody on the list of the erased. An e-mail address, phone number, address,
    birth date, account or identity code that is left identifies the person all the same; a note
    that is left is an observation. Each cell that is left is named. An entry that only keeps messages away, and a copy under a hold,
    are none.

    | emptied | remaining      | result        |
    | ------- | -------------- | ------------- |
    | marker  | email          | nonconformity |
    | marker  | free_text      | observation   |
    | marker  |                | conformity    |
    | blank   | email          | conformity    |

    Grade: major, since the person was told that the data is gone.

    Remedy: empty the columns that are left as well, in every system, and answer the person. Keeping
    the key elsewhere only pseudonymises the record.
    """
    kept = _emptied(records.filter(records.remaining.notnull()), people, erasures)
    return _by_column(kept, columns)


def _by_column(kept: ir.Table, columns: ir.Table) -> ir.Table:
    """Each column of a record in which something is left, else the category of the first."""
    spaced = ibis.literal("+").concat(kept.remaining_at, "+")
    kept = kept.select("row", "remaining", at=spaced)
    places = columns.select(
        column="column",
        category="category",
        place=ibis.literal("+").concat(columns.position.cast("string"), "+"),
    )
    cells = kept.inner_join(places, kept["at"].contains(places.place))
    cells = cells.select(
        "row", "column", left=ibis.ifelse(cells.category.isnull(), "free_text", cells.category)
    )
    unplaced = kept.filter(kept["at"].isnull())
    whole = unplaced.select("row", column=ibis.null("string"), left=unplaced.remaining)
    found = cells.union(whole)
    note = ~found.left.isin(_IDENTIFYING)
    return found.select(
        "row",
        "column",
        category=ibis.ifelse(note, ibis.null("string"), found.left),
        result=ibis.ifelse(note, str(Result.OBSERVATION), str(Result.NONCONFORMITY)),
        detail=ibis.literal("name removed"),
        topic=ibis.literal("erasure"),
    )
