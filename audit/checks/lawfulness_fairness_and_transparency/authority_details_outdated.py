"""Transparency: an address at which the authority no longer is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from audit.catalogue import check
from audit.finding import Basis, Grade, Result
from audit.notice.model import Notice
from audit.notice.review.authority import outdated_details
from audit.notice.review.phrases import remark
from audit.notice.review.remark import Remark


@check(
    "NOT27",
    criterion="GDPR Art. 13(2)(d), 77",
    basis=Basis.LAW,
    grade=Grade.MINOR,
    unit="notice",
    result=Result.OBSERVATION,
)
def authority_details_outdated(notice: Notice, as_of: date) -> Iterator[Remark]:
    """
    Notices whose details of the supervisory authority no longer hold.

    The details are held, field by field, against a dated table (`vocabulary/authorities.toml`).
    The phone number and the mailbox of the Finnish authority have stayed the same; street and post
    code have not.

    Audited on 2026-11-22:

    | authority.name                 | authority.street  | result      |
    | ----------------------------- | ----------------- | ----------- |
    | Tietosuojavaltuutetun toimisto | Ratapihantie 9    | observation |
    | Tietosuojavaltuutetun toimisto | Lintulahdenkuja 4 | conformity  |
    | Tietosuojavaltuutetun toimisto |                   | conformity  |

    Remedy: copy the present details from the authority, and date the notice.
    """
    old, present, clauses = outdated_details(notice, as_of)
    if old:
        yield remark(notice, *clauses, old=", ".join(old), authority=present)
