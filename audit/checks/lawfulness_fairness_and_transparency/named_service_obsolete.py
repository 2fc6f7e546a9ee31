"""Transparency: a service that is no more."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from audit.catalogue import check
from audit.finding import Basis, Grade, Result
from audit.notice.model import Notice
from audit.notice.review.phrases import remark
from audit.notice.review.remark import Remark
from audit.notice.review.services import obsolete_services


@check(
    "NOT34",
    criterion="GDPR Art. 5(1)(a), 12(1)",
    basis=Basis.LAW,
    grade=Grade.MINOR,
    unit="notice",
    result=Result.OBSERVATION,
)
def named_service_obsolete(notice: Notice, as_of: date) -> Iterator[Remark]:
    """
    Notices that name features, links or add-ons that have ended, or serve one browser alone.

    What has ended is dated data (`vocabulary/services.toml`). Instructions that lead nowhere leave
    people without the choice that the notice promises.

    Audited on 2026-11-22:

    | clauses                                         | result      |
    | ----------------------------------------------- | ----------- |
    | Asetukset: https://www.google.com/settings/ads  | observation |
    | Seurannan voi estää Chrome-selaimen lisäosalla. | observation |
    | Seurannan voi estää sivuston evästeasetuksissa. | conformity  |

    Remedy: describe the service that is used now, and how it is refused.
    """
    for service in obsolete_services(notice, as_of):
        yield remark(notice, service.passage.clause, service=service.words)
