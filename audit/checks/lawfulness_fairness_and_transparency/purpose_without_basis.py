"""Transparency: purposes that rest on nothing."""

from __future__ import annotations

from collections.abc import Iterator

from audit.catalogue import check
from audit.finding import Basis, Grade
from audit.notice.model import Notice
from audit.notice.review.grounds import bases_are_linked
from audit.notice.review.phrases import find, remark
from audit.notice.review.remark import Remark


@check(
    "NOT06",
    criterion="GDPR Art. 13(1)(c), 5(1)(b)",
    basis=Basis.LAW,
    grade=Grade.MINOR,
    unit="notice",
)
def purpose_without_basis(notice: Notice) -> Iterator[Remark]:
    """
    Notices with purposes that no legal basis is linked to, or that another sentence excludes.

    Each purpose needs a basis. One basis for the whole register carries all its purposes; several
    that are linked to none carry none for certain. A sentence that data serves the customer
    relationship only contradicts every purpose beyond it.

    | purposes | legal_bases                    | clauses         | result        |
    | -------- | ------------------------------ | --------------- | ------------- |
    | tilastot | contract, legitimate_interests |                 | nonconformity |
    | tilastot | contract                       |                 | conformity    |
    | tilastot |                                |                 | nonconformity |
    |          |                                | Nimi ja osoite. | conformity    |

    Remedy: list each purpose with its basis, and strike what is not done.
    """
    website = {c for service in notice.third_party_services for c in service.clauses}
    website |= set(notice.cookies.clauses)
    purposes = [p for p in notice.purposes if not p.clauses or not website >= set(p.clauses)]
    if purposes and not notice.legal_bases:
        yield remark(notice, *(c for p in purposes for c in p.clauses), detail="no_basis")
    elif purposes and len(notice.legal_bases) > 1 and not bases_are_linked(notice):
        yield remark(notice, *(c for p in purposes for c in p.clauses), detail="unlinked")
    for found in find(notice, "only_for_relationship"):
        if any(found.passage.clause not in p.clauses for p in purposes):
            yield remark(notice, found=found, detail="excluded")
            break
