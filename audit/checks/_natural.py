"""Who is a natural person, as far as a record tells: by its group, else by its organisation."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

if TYPE_CHECKING:
    import ibis.expr.types as ir

__all__ = ["ORGANISATIONS", "PERSONS", "is_natural"]

#: Groups of customers that are no natural persons.
ORGANISATIONS = ("company", "public_body", "organisation")
#: Groups that are. A sole trader is one, too, but often acts for the business.
PERSONS = ("private_person", "minor", "pupil", "patient", "guardian")


def is_natural(records: ir.Table) -> ir.BooleanValue:
    """
    Whether a record is a natural person's; blank where it does not tell.

    A sole trader's is blank. Where the table has a column for the organisation, one that is filled
    says no, and one that is empty beside a name says nothing for certain.
    """
    group = records.subject_group if "subject_group" in records.columns else ibis.null("string")
    return ibis.cases(
        (group.isin(PERSONS), True),
        (group.isin(ORGANISATIONS) | records.organisation, False),
        else_=ibis.null("boolean"),
    )
