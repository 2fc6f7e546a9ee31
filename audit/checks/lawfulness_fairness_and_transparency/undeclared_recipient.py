"""Lawfulness and transparency: data given to somebody whom the notice does not name."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import ibis

from audit.catalogue import check
from audit.checks._recipients import (
    NO_RECIPIENTS,
    OF_THE_SITE,
    is_in_words,
    is_named,
    is_of_class,
    is_public_duty,
)
from audit.checks._shared import among, before_the_notice, column, readable
from audit.finding import Basis, Grade, Result
from audit.notice.declared.words import closed_disclosures, known_parties, recipient_kinds
from audit.notice.model import Notice

if TYPE_CHECKING:
    import ibis.expr.types as ir


@check(
    "REC01",
    criterion="the notice; GDPR Art. 13(1)(e), 14(1)(e), 5(1)(a)",
    basis=Basis.BOTH,
    grade=Grade.MAJOR,
    unit="records",
    needs=("recipient",),
    at="recipient",
    tables=("disclosures", "processors"),
    promised="recipients|disclosure_purposes",
    breach=True,
)
def undeclared_recipient(
    records: ir.Table, notice: Notice, as_of: date, processors: ir.Table | None = None
) -> ir.Table:
    """
    Data given to a party that the notice neither names nor describes.

    A notice may name a firm ("Paytrail") or a kind ("financial administration"); all its rows
    count together. Of what kind a party is, its name or the log's own column for it tells, else the
    service for which it stands on the list of processors, else what the data was given for. Own staff, the person and an
    authority in a particular inquiry are no recipients (Art. 4(9)). Against a list that is open,
    and where the notice says nothing of disclosures being closed, it is an observation. What was
    given before the notice was drawn up is not assessed: an earlier one applied.

    With a notice that names an accounting partner and allows disclosures for debt collection only,
    audited on 2026-11-22:

    | recipient        | recipient_kind           | purpose         | result        |
    | ---------------- | ------------------------ | --------------- | ------------- |
    | tilitoimisto luku | financial_administration |                 | conformity    |
    | kipinä media     | advertising              | debt_collection | nonconformity |
    | saatava          |                          | debt_collection | conformity    |
    | poliisi          | authority                |                 | conformity    |

    Grade: major.

    Remedy: find out who got what, and on what ground; stop, or make an agreement, add the recipient
    to the notice and tell the people. An agreement dated backwards is not enough.
    """
    kinds, names = recipient_kinds(notice), known_parties(notice)
    result = Result.NONCONFORMITY if closed_disclosures(notice) else Result.OBSERVATION
    name, kind = records.recipient, records.recipient_kind
    service = column(records, "service")
    if processors is not None:
        known = processors.filter(processors.service.notnull(), processors.service != "unread")
        known = known.group_by(known_name=known.recipient).agg(known_as=known.service.min())
        records = records.left_join(known, records.recipient == known.known_name)
        name, kind = records.recipient, records.recipient_kind
        service = ibis.coalesce(column(records, "service"), records.known_as)
    service = service.nullif("unread")
    purpose = readable(column(records, "purpose"))
    untold = kind.isnull() & service.isnull() & column(records, "recipient_class_kind").isnull()
    declared = (
        among(kind, kinds | NO_RECIPIENTS)
        | among(service, kinds)
        | (untold & among(purpose, kinds - OF_THE_SITE))
        | is_named(name, names)
        | is_of_class(records, kinds, names)
        | is_in_words(records, notice)
        | is_public_duty(records)
        | among(column(records, "acts_as"), {"no_data"})
        | among(service, {"no_data"})
        | among(column(records, "agreement_state"), {"needless", "no_data"})
    )
    earlier = before_the_notice(records, "disclosed_on", notice, as_of)
    earlier |= before_the_notice(records, "access_until", notice, as_of)
    return records.filter(name.notnull(), ~declared).mutate(
        result=ibis.ifelse(earlier, str(Result.NOT_ASSESSED), str(result)),
        detail=ibis.cases((earlier, "before the notice")),
    )
