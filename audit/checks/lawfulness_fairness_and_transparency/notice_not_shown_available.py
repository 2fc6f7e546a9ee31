"""Transparency: whether people were given the notice."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from audit.catalogue import check
from audit.finding import Basis, Grade
from audit.notice.model import Notice
from audit.notice.review.remark import Remark
from audit.plan import Plan
from audit.plan.statements import standing


@check(
    "NOT37",
    criterion="GDPR Art. 12(1), 13(1)",
    basis=Basis.LAW,
    grade=Grade.MINOR,
    unit="notice",
)
def notice_not_shown_available(notice: Notice, plan: Plan, as_of: date) -> Iterator[Remark]:
    """
    Notices of which nobody has shown that people were given them when data was collected.

    The text cannot show where it is linked and since when (KHO:2023:81 is about just that). It
    needs an attestation in the plan that names this check; without one it is not assessed.

    | clauses         | result       |
    | --------------- | ------------ |
    | Nimi ja osoite. | not_assessed |

    Remedy: show the notice where data is collected, and note since when.
    """
    said = standing((a for a in plan.attestations if "NOT37" in a.checks), as_of)
    if said is None:
        yield Remark(level="not_assessed", reason="not_attested")
    elif not said.holds:
        yield Remark(detail="not_available", level="minor")
