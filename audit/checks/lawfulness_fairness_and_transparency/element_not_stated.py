"""Transparency: elements that the notice is silent on."""

from __future__ import annotations

from collections.abc import Iterator

from audit.catalogue import check
from audit.finding import Basis, Grade
from audit.notice.model import Notice
from audit.notice.review.phrases import mentions, remark
from audit.notice.review.remark import Remark


@check(
    "NOT46",
    criterion="GDPR Art. 13(1)(c), 13(1)(e), 14(1)(c), 14(1)(e)",
    basis=Basis.LAW,
    grade=Grade.MAJOR,
    unit="notice",
)
def element_not_stated(notice: Notice) -> Iterator[Remark]:
    """
    Notices that name no legal basis at all, or say nothing of recipients.

    A relationship ("customer relationship", "membership") is no basis: it is told apart, since the
    basis is often at hand. A notice that denies disclosures has spoken of recipients.

    | legal_bases | recipients | clauses                         | result        |
    | ----------- | ---------- | ------------------------------- | ------------- |
    |             | accounting | Tietoja käytetään laskutukseen. | nonconformity |
    | contract    |            | Käsittely perustuu sopimukseen. | nonconformity |
    | contract    | accounting | Käsittely perustuu sopimukseen. | conformity    |
    | contract    |            | Tietoja ei luovuteta.           | conformity    |

    Remedy: settle on which basis each purpose rests and who receives data, and say so.
    """
    if not notice.clauses:
        return
    if not notice.legal_bases:
        relationship = mentions(notice, "relationship_basis")
        yield remark(notice, detail="relationship" if relationship else "lacks_basis")
    if not notice.recipients and not mentions(notice, "no_disclosure", "to_nobody"):
        yield remark(notice, detail="lacks_recipients", level="minor")
