"""Transparency: legal bases that nobody can tell apart."""

from __future__ import annotations

from collections.abc import Iterator

from audit.catalogue import check
from audit.finding import Basis, Grade
from audit.notice.model import Notice
from audit.notice.review.grounds import bases_are_linked
from audit.notice.review.phrases import remark
from audit.notice.review.remark import Remark


@check(
    "NOT03",
    criterion="GDPR Art. 13(1)(c), 5(1)(a)",
    basis=Basis.LAW,
    grade=Grade.MINOR,
    unit="notice",
)
def contradictory_legal_bases(notice: Notice) -> Iterator[Remark]:
    """
    Notices that name several legal bases and do not say which holds for which purpose.

    The basis decides which rights people have: a contract gives no right to object, a legitimate
    interest no right to portability. Several bases side by side, linked to no purpose, leave that
    open.

    | legal_bases                    | purposes               | result        |
    | ------------------------------ | ---------------------- | ------------- |
    | contract, legitimate_interests | laskutus, markkinointi | nonconformity |
    | contract                       | laskutus, markkinointi | conformity    |
    |                                | laskutus               | conformity    |

    Remedy: say for each purpose the one basis on which it rests.
    """
    if len({basis.key for basis in notice.legal_bases}) > 1 and not bases_are_linked(notice):
        clauses = [clause for basis in notice.legal_bases for clause in basis.clauses]
        yield remark(notice, *clauses)
