"""Transparency: two periods for the same data."""

from __future__ import annotations

from collections.abc import Iterator

from audit.catalogue import check
from audit.finding import Basis, Grade
from audit.notice.model import Notice
from audit.notice.review.periods import contradictions
from audit.notice.review.phrases import remark
from audit.notice.review.remark import Remark


@check(
    "NOT47",
    criterion="GDPR Art. 12(1), 13(2)(a)",
    basis=Basis.LAW,
    grade=Grade.MINOR,
    unit="notice",
)
def retention_contradictory(notice: Notice) -> Iterator[Remark]:
    """
    Notices that keep the same data for two different times.

    Found are two periods from the same event for what is called by the same name, and a period
    beside "permanently" or "until further notice" for the same data. Different data, or different
    events, do not contradict. Which of the two holds only the controller knows; until it says so,
    records are held against each.

    | retention                                | clauses                           | result        |
    | ---------------------------------------- | --------------------------------- | ------------- |
    | P5Y visit, P2Y visit                     | Viisi vuotta käynnistä., Kaksi v. | nonconformity |
    | indefinite, P2Y visit                    | Pysyvästi., Kaksi v. käynnistä.   | nonconformity |
    | P5Y customer_relationship_end, P2Y visit | Viisi vuotta., Kaksi v.           | conformity    |
    | P24M visit, P2Y visit                    | 24 kk., Kaksi vuotta.             | conformity    |

    Remedy: settle which period holds, and say it once.
    """
    for first, second in contradictions(notice):
        yield remark(notice, *first.clauses, *second.clauses)
