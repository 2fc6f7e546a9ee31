"""Transparency: recipients that the section on recipients does not have."""

from __future__ import annotations

from collections.abc import Iterator

from audit.catalogue import check
from audit.finding import Basis, Grade
from audit.notice.model import Notice
from audit.notice.review.phrases import remark
from audit.notice.review.remark import Remark


@check(
    "NOT14",
    criterion="GDPR Art. 13(1)(e), 14(1)(e)",
    basis=Basis.LAW,
    grade=Grade.MINOR,
    unit="notice",
)
def recipients_inconsistent(notice: Notice) -> Iterator[Remark]:
    """
    Notices that name recipients elsewhere which their own section on recipients leaves out.

    Who wants to know who gets the data reads the section on recipients. Hosts, credit and
    collection agencies or analytics services that only other sections mention are missing there.
    Where there is no such section, all recipients stand where they stand.

    | recipients        | result     |
    | ----------------- | ---------- |
    | staff, accountant | conformity |
    |                   | conformity |

    Remedy: list every recipient, or kind of recipient, in one place.
    """
    own = [r for r in notice.recipients if r.row == "recipients"]
    known = {r.key for r in own}
    elsewhere = [r for r in notice.recipients if r.row == "elsewhere" and r.key not in known]
    if own and elsewhere:
        clauses = (clause for r in (*own, *elsewhere) for clause in r.clauses)
        names = ", ".join(dict.fromkeys(r.text or r.key for r in elsewhere))
        yield remark(notice, *clauses, recipients=names)
