"""Transparency: transfers on a ground that was struck down."""

from __future__ import annotations

from collections.abc import Iterator

from audit.catalogue import check
from audit.finding import Basis, Grade
from audit.notice.model import Notice
from audit.notice.review.phrases import find, mentions, pattern, remark
from audit.notice.review.remark import Remark


@check(
    "NOT43",
    criterion="GDPR Art. 44–46, 13(1)(f); CJEU C-362/14, C-311/18",
    basis=Basis.LAW,
    grade=Grade.MAJOR,
    unit="notice",
)
def transfer_ground_invalidated(notice: Notice) -> Iterator[Remark]:
    """
    Notices that rest transfers on the Privacy Shield or Safe Harbour.

    The Court of Justice struck down Safe Harbour on 6 October 2015 and the Privacy Shield on 16 July
    2020. Since 10 July 2023 a recipient in the USA may be certified under the Data Privacy Framework;
    a transfer between those days needed standard clauses.

    | clauses                                                   | result        |
    | --------------------------------------------------------- | ------------- |
    | Siirto perustuu Privacy Shield -järjestelyyn.             | nonconformity |
    | Siirto perustuu EU–US Data Privacy Framework -päätökseen. | conformity    |
    | Ei siirretä.                                              | conformity    |

    Remedy: find out what the transfer rests on now, agree on it with the recipient, and name it. Where
    there is nothing, stop the transfer.
    """
    # "No longer the Privacy Shield but standard clauses" relies on the clauses.
    past = pattern("no_longer", notice.language)
    for found in find(notice, "privacy_shield"):
        if past.search(found.quote) and mentions(notice, "safeguard"):
            continue
        yield remark(notice, found=found)
        break
