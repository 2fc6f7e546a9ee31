"""Data minimisation: people under protection, and where else they appear."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

from audit.catalogue import check
from audit.checks._people import matches, suppressed, yes
from audit.checks._shared import column, together
from audit.finding import Basis, Grade, Result

if TYPE_CHECKING:
    import ibis.expr.types as ir

_SHOWN = ("publication_list", "disclosures", "mailing_list")
_TABLES = (
    *("customers", "contacts", "mailing_list", "orders", "invoices", "collection"),
    *("credit_checks", "other", "objections"),
)


@check(
    "MIN08",
    criterion="GDPR Art. 5(1)(c), 5(1)(f), 32; laki 661/2009 36–37 §",
    basis=Basis.LAW,
    grade=Grade.MAJOR,
    unit="records",
    tables=_TABLES,
    at="protected",
    breach=True,
)
def protected_person_marker(
    records: ir.Table,
    cells: ir.Table,
    columns: ir.Table,
    people: ir.Table,
    publication_list: ir.Table | None = None,
    disclosures: ir.Table | None = None,
    mailing_list: ir.Table | None = None,
) -> ir.Table:
    """
    People under a non-disclosure order or guardianship, found among what is published or given out.

    A marker is a column for it, or a note that says so ("turvakielto", "skyddad identitet"). The
    marker itself is an observation: the address is hidden and few may see it. A person who
    carries it and stands in a published list, in the log of disclosures or on a mailing list is a
    nonconformity, and may be a personal data breach: it can put somebody's life in danger. Where
    only name and address match, it stays an observation. An entry that only keeps messages away
    is none.

    Where this is the `publication_list`:

    | customer | published_on |
    | -------- | ------------ |
    | C1       | 2026-03-01   |

    Whenever it is audited:

    | customer | protected | result        |
    | -------- | --------- | ------------- |
    | C1       | true      | nonconformity |
    | C2       | true      | observation   |
    | C3       | false     | conformity    |
    | C4       |           | conformity    |

    Grade: major, and a breach candidate (Art. 33).

    Remedy: hide the address from every list and limit who may see it, today. Take the person out of
    what was published, and assess the breach. Hiding the column in your own view is not enough.
    """
    shown = []
    for kind, table in (
        ("publication_list", publication_list),
        ("disclosures", disclosures),
        ("mailing_list", mailing_list),
    ):
        if table is not None:
            kept = table.filter(~suppressed(table))
            shown.append(
                kept.select(
                    other_place=kept.place, other_row=kept.row, other_kind=ibis.literal(kind)
                )
            )
    marked = _marked(records, cells, columns)
    result, detail = str(Result.OBSERVATION), "marked as protected"
    if not shown:
        return marked.mutate(result=ibis.literal(result), detail=ibis.literal(detail))
    entries = together(shown)
    pairs = matches(people, _TABLES, _SHOWN)
    pairs = pairs.filter(pairs.certain)
    found = pairs.inner_join(entries, ["other_kind", "other_place", "other_row"])
    found = found.group_by("place", "row").agg(where=found.other_kind.min())
    found = found.rename({"at_place": "place", "at_row": "row"})
    marked = marked.left_join(found, [marked.place == found.at_place, marked.row == found.at_row])
    return marked.mutate(
        result=ibis.ifelse(marked.where.notnull(), str(Result.NONCONFORMITY), result),
        detail=ibis.coalesce(ibis.literal("stands in ").concat(marked.where), ibis.literal(detail)),
    )


def _marked(records: ir.Table, cells: ir.Table, columns: ir.Table) -> ir.Table:
    """The records with a marker, and the column of the note in which it stands."""
    by_column = records.filter(yes(column(records, "protected", "boolean")))
    noted = cells.filter(cells.category == "protected_person", cells.row > 0)
    # What the column made for it says, its role has read.
    own = columns.filter(columns.role == "protected").select(own="column")
    noted = noted.anti_join(own, noted.column == own.own)
    noted = noted.select(noted_row=noted.row, column=noted.column)
    ours = records.select("place", "row")
    by_note = ours.inner_join(noted, ours.row == noted.noted_row)
    return by_column.select("place", "row", column=ibis.null("string")).union(
        by_note.select("place", "row", "column")
    )
