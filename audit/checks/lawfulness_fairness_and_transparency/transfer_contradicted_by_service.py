"""Transparency: no transfers, beside a service from outside the EEA."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from audit.catalogue import check
from audit.finding import Basis, Grade
from audit.notice.model import Notice
from audit.notice.review.phrases import remark
from audit.notice.review.remark import Remark
from audit.notice.review.services import non_eea_services


@check(
    "NOT17",
    criterion="GDPR Art. 13(1)(f), 44",
    basis=Basis.LAW,
    grade=Grade.MINOR,
    unit="notice",
)
def transfer_contradicted_by_service(notice: Notice, as_of: date) -> Iterator[Remark]:
    """
    Notices that deny or do not mention transfers, and name a service with processing outside the EEA.

    Which services process outside the EEA is dated data (`vocabulary/services.toml`). Naming one
    does not make a transfer unlawful: since 10 July 2023 a certified recipient in the USA is
    covered. It makes the statement untrue, or leaves it out.

    Audited on 2026-11-22:

    | transfers | clauses                       | result        |
    | --------- | ----------------------------- | ------------- |
    | none      | Käytämme Mailchimpia.         | nonconformity |
    | unstated  | Käytämme Mailchimpia.         | nonconformity |
    | yes       | Käytämme Mailchimpia.         | conformity    |
    | none      | Käytämme kotimaista palvelua. | conformity    |

    Remedy: name the country, the recipient and the ground of the transfer, or change the service.
    """
    transfers = notice.transfers
    if transfers.statement == "yes" or transfers.safeguards:
        return
    for service in non_eea_services(notice, as_of):
        yield remark(
            notice,
            *transfers.clauses,
            service.passage.clause,
            detail="unaddressed" if transfers.statement == "unstated" else "denied",
            service=service.words,
        )
        break
