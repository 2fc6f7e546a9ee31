"""Transparency: where one may complain."""

from __future__ import annotations

from collections.abc import Iterator

from audit.catalogue import check
from audit.finding import Basis, Grade, Result
from audit.notice.model import Notice
from audit.notice.review.phrases import find, remark
from audit.notice.review.remark import Remark


@check(
    "NOT28",
    criterion="GDPR Art. 77(1), 13(2)(d)",
    basis=Basis.LAW,
    grade=Grade.MINOR,
    unit="notice",
    result=Result.OBSERVATION,
)
def complaint_forum_incomplete(notice: Notice) -> Iterator[Remark]:
    """
    Notices that name some of the places where one may complain and not the others, or no right to complain.

    One may complain in the member state of residence, of work, or of the alleged infringement. A
    notice that names none of them and the authority alone is complete enough; one that names two
    of three leaves one out. A notice that says nothing of complaints lacks what Art. 13(2)(d)
    demands.

    | rights    | clauses                                                     | result        |
    | --------- | ----------------------------------------------------------- | ------------- |
    | complaint | Voit valittaa asuinpaikkasi tai työpaikkasi viranomaiselle. | observation   |
    | complaint | Voit valittaa tietosuojavaltuutetulle.                      | conformity    |
    | access    | Saat nähdä tietosi.                                         | nonconformity |

    Remedy: name the authority, and all three places or none.
    """
    right = next((right for right in notice.rights if right.key == "complaint"), None)
    if right is None:
        if notice.clauses:
            yield remark(notice, detail="missing", level="minor")
        return
    forums = {
        name: [found.passage.clause for found in find(notice, name, within=right.clauses)]
        for name in ("forum_residence", "forum_work", "forum_infringement")
    }
    named = [clauses for clauses in forums.values() if clauses]
    if named and len(named) < len(forums):
        yield remark(notice, *(c for clauses in named for c in clauses), detail="forum")
