"""Transparency: whether the data must be given."""

from __future__ import annotations

from collections.abc import Iterator

from audit.catalogue import check
from audit.finding import Basis, Grade
from audit.notice.model import Notice
from audit.notice.review.phrases import passages, pattern, remark
from audit.notice.review.provision import is_answered
from audit.notice.review.remark import Remark


@check(
    "NOT23",
    criterion="GDPR Art. 13(2)(e)",
    basis=Basis.LAW,
    grade=Grade.MINOR,
    unit="notice",
)
def provision_requirement_unanswered(notice: Notice) -> Iterator[Remark]:
    """
    Notices that do not say whether people must give the data, and what follows if they do not.

    Whoever gives data must know whether law or a contract demands it. Many notices have the
    question in a heading and no answer below it.

    | clauses                                      | result        |
    | -------------------------------------------- | ------------- |
    | Keräämme nimen ja osoitteen.                 | nonconformity |
    | Ilman osoitetta emme voi toimittaa tilausta. | conformity    |
    | Tietojen antaminen on vapaaehtoista.         | conformity    |

    Remedy: say which data is needed for what, and what follows if it is not given.
    """
    if not notice.clauses or is_answered(notice):
        return
    heading = pattern("heading_provision", notice.language)
    under = [p.clause for p in passages(notice) if heading.search(p.heading)]
    yield remark(notice, *under[:1], detail="asked" if under else "silent")
