"""Transparency: one area in the heading, another in the text."""

from __future__ import annotations

from collections.abc import Iterator

from audit.catalogue import check
from audit.finding import Basis, Grade, Result
from audit.notice.model import Notice
from audit.notice.review.phrases import remark
from audit.notice.review.remark import Remark


@check(
    "NOT19",
    criterion="GDPR Art. 12(1), 13(1)(f)",
    basis=Basis.LAW,
    grade=Grade.MINOR,
    unit="notice",
    result=Result.OBSERVATION,
)
def transfer_scope_inconsistent(notice: Notice) -> Iterator[Remark]:
    """
    Notices whose heading on transfers speaks of another area than its text.

    Iceland, Liechtenstein and Norway belong to the EEA and not to the EU: a heading on the EEA
    above a promise on the EU leaves open what holds for them.

    | transfers.statement | transfers.area | transfers.heading_area | result      |
    | ------------------- | -------------- | ---------------------- | ----------- |
    | none                | EU             | EEA                    | observation |
    | none                | EEA            | EEA                    | conformity  |
    | none                | EU             | unstated               | conformity  |

    Remedy: speak of the EEA in both.
    """
    areas = {notice.transfers.area, notice.transfers.heading_area}
    if areas == {"EU", "EEA"} and notice.transfers.statement in ("none", "conditional"):
        yield remark(notice, *notice.transfers.clauses[:1])
