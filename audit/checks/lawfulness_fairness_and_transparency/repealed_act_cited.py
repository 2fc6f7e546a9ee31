"""Transparency: a law that is no more."""

from __future__ import annotations

from collections.abc import Iterator

from audit.catalogue import check
from audit.finding import Basis, Grade, Result
from audit.notice.model import Notice
from audit.notice.review.phrases import find, pattern, remark
from audit.notice.review.remark import Remark


@check(
    "NOT42",
    criterion="GDPR Art. 12(1); Henkilötietolaki 523/1999",
    basis=Basis.LAW,
    grade=Grade.MINOR,
    unit="notice",
    result=Result.OBSERVATION,
)
def repealed_act_cited(notice: Notice) -> Iterator[Remark]:
    """
    Notices that cite the Personal Data Act, which was repealed on 1 January 2019.

    Act 523/1999 gave way to the GDPR and the Data Protection Act (1050/2018). A notice that cites it
    was seldom looked through afterwards: what it says of rights and grounds is then old as well.

    | clauses                                              | result      |
    | ---------------------------------------------------- | ----------- |
    | Henkilötietolain (523/1999) 10 §:n mukainen seloste. | observation |
    | Tietosuojalain (1050/2018) mukainen seloste.         | conformity  |

    Remedy: look the whole notice through by the GDPR, and cite the law in force.
    """
    if found := next(find(notice, "repealed_act"), None):
        yield remark(notice, found=found)
        return
    cited = pattern("repealed_act", notice.language)
    for section in notice.sections:
        if cited.search(section.heading):
            yield Remark(quote=section.heading, span=section.heading_span)
            return
