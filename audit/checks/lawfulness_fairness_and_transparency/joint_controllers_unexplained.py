"""Transparency: joint controllers whose shares are not told."""

from __future__ import annotations

from collections.abc import Iterator

from audit.catalogue import check
from audit.finding import Basis, Grade
from audit.notice.model import Notice
from audit.notice.review.elements import joint_without_arrangement
from audit.notice.review.phrases import remark
from audit.notice.review.remark import Remark


@check(
    "NOT45",
    criterion="GDPR Art. 26(1), 26(2), 13(1)(a)",
    basis=Basis.LAW,
    grade=Grade.MINOR,
    unit="notice",
)
def joint_controllers_unexplained(notice: Notice) -> Iterator[Remark]:
    """
    Notices that name joint controllers and not the essence of their arrangement.

    Joint controllers agree who answers for what, above all for requests and for information, and the
    essence of it is made available. People may turn to either of them whatever was agreed.

    | clauses                                                              | result        |
    | -------------------------------------------------------------------- | ------------- |
    | Olemme yhteisrekisterinpitäjiä liiton kanssa.                        | nonconformity |
    | Yhteisrekisterinpitäjät ovat sopineet, että seura vastaa pyyntöihin. | conformity    |
    | Rekisterinpitäjä on seura.                                           | conformity    |

    Remedy: agree on it in writing, and tell who answers for what.
    """
    if found := joint_without_arrangement(notice):
        yield remark(notice, found=found)
