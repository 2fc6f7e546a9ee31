"""Transparency: a denial of disclosure that other passages contradict."""

from __future__ import annotations

from collections.abc import Iterator

from audit.catalogue import check
from audit.finding import Basis, Grade
from audit.notice.model import Notice
from audit.notice.review.disclosures import contradicted_denials
from audit.notice.review.phrases import remark
from audit.notice.review.remark import Remark


@check(
    "NOT15",
    criterion="GDPR Art. 5(1)(a), 13(1)(e)",
    basis=Basis.LAW,
    grade=Grade.MINOR,
    unit="notice",
)
def disclosure_contradicted(notice: Notice) -> Iterator[Remark]:
    """
    Notices that say data is given to nobody, and elsewhere that it is.

    A flat denial contradicts every recipient outside the company but processors and authorities. A
    denial with exceptions is contradicted by what the exceptions do not cover, such as
    publication. That data is not disclosed "regularly", or not for marketing, denies nothing else.

    | clauses                                                                           | recipients | result        |
    | --------------------------------------------------------------------------------- | ---------- | ------------- |
    | Tietoja ei luovuteta ulkopuolisille., Osoite annetaan Postille.                   | carrier    | nonconformity |
    | Tietoja ei luovuteta säännönmukaisesti ulkopuolisille., Osoite annetaan Postille. | carrier    | conformity    |
    | Tietoja ei luovuteta ulkopuolisille.                                              |            | conformity    |

    Remedy: say to whom data is given and for what, and strike the denial.
    """
    for denial, clauses in contradicted_denials(notice):
        yield remark(notice, denial.passage.clause, *clauses, found=denial)
        break
