"""Transparency: transfers without a ground."""

from __future__ import annotations

from collections.abc import Iterator

from audit.catalogue import check
from audit.finding import Basis, Grade
from audit.notice.model import Notice
from audit.notice.review.elements import names_safeguard
from audit.notice.review.phrases import remark
from audit.notice.review.remark import Remark


@check(
    "NOT18",
    criterion="GDPR Art. 13(1)(f), 45, 46, 49",
    basis=Basis.LAW,
    grade=Grade.MAJOR,
    unit="notice",
)
def transfer_safeguards_undescribed(notice: Notice) -> Iterator[Remark]:
    """
    Notices that allow transfers outside the EEA and name no ground for them.

    A transfer rests on a decision on adequacy, on standard clauses or binding rules, or rarely on
    Art. 49; the notice says on which, and where a copy is to be had. Technical need is none of
    these.

    | transfers   | clauses                             | result        |
    | ----------- | ----------------------------------- | ------------- |
    | conditional | Siirretään, jos tekniikka vaatii.   | nonconformity |
    | yes         | Siirto perustuu vakiolausekkeisiin. | conformity    |
    | none        | Ei siirretä.                        | conformity    |

    Remedy: name the country, the recipient and the ground, and say where a copy of the safeguards
    is to be had.
    """
    transfers = notice.transfers
    if transfers.statement not in ("conditional", "yes") or transfers.safeguards:
        return
    if not names_safeguard(notice):
        yield remark(notice, *transfers.clauses)
