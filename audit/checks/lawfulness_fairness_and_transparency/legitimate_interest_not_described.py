"""Transparency: a legitimate interest that is none."""

from __future__ import annotations

from collections.abc import Iterator

from audit.catalogue import check
from audit.finding import Basis, Grade
from audit.notice.model import Notice
from audit.notice.review.grounds import interest_is_described
from audit.notice.review.phrases import remark
from audit.notice.review.remark import Remark


@check(
    "NOT05",
    criterion="GDPR Art. 13(1)(d), 14(2)(b)",
    basis=Basis.LAW,
    grade=Grade.MINOR,
    unit="notice",
)
def legitimate_interest_not_described(notice: Notice) -> Iterator[Remark]:
    """
    Notices that claim a legitimate interest and do not say which.

    The interest must be named, so that people can weigh it against their own and object. "Customer
    relationship" names a relationship, not what is pursued in it.

    | legal_bases          | clauses                                            | result        |
    | -------------------- | -------------------------------------------------- | ------------- |
    | legitimate_interests | Asiakassuhde                                       | nonconformity |
    | legitimate_interests | Oikeutettu etu: entisille asiakkaille markkinointi | conformity    |
    | contract             | Asiakassuhde                                       | conformity    |

    Remedy: write the interest as a sentence: what is pursued, for whom, and why it outweighs.
    """
    for basis in notice.legal_bases:
        if basis.key == "legitimate_interests" and not interest_is_described(notice, basis):
            yield remark(notice, *basis.clauses)
