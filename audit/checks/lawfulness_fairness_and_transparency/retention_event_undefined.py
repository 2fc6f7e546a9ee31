"""Transparency: a period that starts with something undefined."""

from __future__ import annotations

from collections.abc import Iterator

from audit.catalogue import check
from audit.finding import Basis, Grade
from audit.notice.model import Notice
from audit.notice.review.phrases import mentions, remark
from audit.notice.review.remark import Remark


@check(
    "NOT11",
    criterion="GDPR Art. 13(2)(a), 25(2)",
    basis=Basis.LAW,
    grade=Grade.MINOR,
    unit="notice",
)
def retention_event_undefined(notice: Notice) -> Iterator[Remark]:
    """
    Notices whose period runs from the end of a relationship, and do not say when one ends.

    A customer relationship seldom ends on a day that anybody writes down. Unless the notice says
    what ends it (the last order, a termination, so long without contact), the period can neither
    be told nor kept.

    | retention                     | clauses                                                 | result        |
    | ----------------------------- | ------------------------------------------------------- | ------------- |
    | P2Y customer_relationship_end | Kaksi vuotta asiakkuuden päättymisestä.                 | nonconformity |
    | P2Y customer_relationship_end | Asiakkuus katsotaan päättyneeksi, kun tilauksia ei ole. | conformity    |
    | P2Y last_order                | Kaksi vuotta viimeisestä tilauksesta.                   | conformity    |
    | missing                       |                                                         | conformity    |

    Remedy: write what ends a relationship: the last order, a termination, or a stated time without
    contact.
    """
    if mentions(notice, "relationship_end_defined"):
        return
    for rule in notice.retention:
        if rule.event == "customer_relationship_end" and rule.kind == "fixed":
            yield remark(notice, *rule.clauses[:1])
            break
