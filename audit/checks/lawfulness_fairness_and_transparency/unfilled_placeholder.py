"""Transparency: a gap that nobody filled in."""

from __future__ import annotations

from collections.abc import Iterator

from audit.catalogue import check
from audit.finding import Basis, Grade
from audit.notice.model import Notice
from audit.notice.review.phrases import find, remark
from audit.notice.review.remark import Remark


@check(
    "NOT29",
    criterion="GDPR Art. 12(1)",
    basis=Basis.LAW,
    grade=Grade.MINOR,
    unit="notice",
)
def unfilled_placeholder(notice: Notice) -> Iterator[Remark]:
    """
    Notices in which the words of a template stand where details should.

    A bracket that holds "e-mail address", a row of x or dots: the detail that people need is not
    there. A mailbox that is written so that machines cannot read it, `[at]`, is none.

    | clauses                                | result        |
    | -------------------------------------- | ------------- |
    | Ilmoita sähköpostitse (s-postiosoite). | nonconformity |
    | Rekisterinpitäjä on [yrityksen nimi].  | nonconformity |
    | Kirjoita: aino (at) koe.example        | conformity    |

    Remedy: fill in the detail.
    """
    for found in find(notice, "placeholder"):
        yield remark(notice, found=found, placeholder=found.words)
