"""Transparency: formalities that hinder rights."""

from __future__ import annotations

from collections.abc import Iterator

from audit.catalogue import check
from audit.finding import Basis, Grade
from audit.notice.model import Notice
from audit.notice.review.phrases import remark
from audit.notice.review.remark import Remark
from audit.notice.review.rights import formalities


@check(
    "NOT22",
    criterion="GDPR Art. 12(2), 12(6), 11",
    basis=Basis.LAW,
    grade=Grade.MAJOR,
    unit="notice",
)
def formality_hinders_rights(notice: Notice) -> Iterator[Remark]:
    """
    Notices that demand a signature, a visit, paper or a language of whoever uses a right.

    A request is valid in whatever form it comes; more is asked only where there is reasonable
    doubt who asks. A signed form was held against the controller in the decisions of 9.5.2022
    (6097/161/21) and 24.5.2021, among others. A signature and a visit weigh more than mere
    writing.

    | clauses                                         | result        |
    | ----------------------------------------------- | ------------- |
    | Tarkastuspyyntö on allekirjoitettava.           | nonconformity |
    | Pyyntö tehdään kirjallisesti.                   | nonconformity |
    | Korjauspyynnön voi esittää miten vain.          | conformity    |
    | Työntekijät ovat allekirjoittaneet sitoumuksen. | conformity    |

    Remedy: accept requests in any form and language that you understand; ask who asks only where
    you doubt it.
    """
    for kind, found in formalities(notice):
        grave = kind in ("signed", "in_person")
        yield remark(notice, found=found, detail=kind, level="major" if grave else "minor")
