"""Transparency: rights that the notice does not tell of."""

from __future__ import annotations

from collections.abc import Iterator

from audit.catalogue import check
from audit.finding import Basis, Grade
from audit.notice.model import Notice
from audit.notice.review.elements import lacking_rights
from audit.notice.review.phrases import remark
from audit.notice.review.remark import Remark


@check(
    "NOT39",
    criterion="GDPR Art. 13(2)(b), 13(2)(c), 14(2)(c), 14(2)(d)",
    basis=Basis.LAW,
    grade=Grade.MINOR,
    unit="notice",
)
def right_not_stated(notice: Notice) -> Iterator[Remark]:
    """
    Notices that leave out a right: access, rectification, erasure, restriction, portability, withdrawal.

    The first four hold whatever the processing rests on. Portability follows from consent or a
    contract, and where there is consent its withdrawal must be told of. Objection and complaint have
    checks of their own.

    | legal_bases      | rights                                      | clauses    | result        |
    | ---------------- | ------------------------------------------- | ---------- | ------------- |
    | legal_obligation | access, rectification, erasure              | Oikeutesi. | nonconformity |
    | legal_obligation | access, rectification, erasure, restriction | Oikeutesi. | conformity    |
    | contract         | access, rectification, erasure, restriction | Oikeutesi. | nonconformity |

    Remedy: name the rights that are missing, and let people use them as well.
    """
    if not notice.clauses:
        return
    rights = frozenset(right.key for right in notice.rights)
    bases = frozenset(basis.key for basis in notice.legal_bases)
    said = [clause for right in notice.rights for clause in right.clauses]
    for right in lacking_rights(rights, bases):
        yield remark(notice, *said[:1], detail=f"lacks_{right}")
