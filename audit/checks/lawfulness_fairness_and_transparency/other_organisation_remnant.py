"""Transparency: words of somebody else."""

from __future__ import annotations

from collections.abc import Iterator

from audit.catalogue import check
from audit.finding import Basis, Grade, Result
from audit.notice.model import Notice
from audit.notice.review.phrases import find, pattern, remark
from audit.notice.review.remark import Remark


@check(
    "NOT30",
    criterion="GDPR Art. 12(1), 5(1)(a)",
    basis=Basis.LAW,
    grade=Grade.MINOR,
    unit="notice",
    result=Result.OBSERVATION,
)
def other_organisation_remnant(notice: Notice) -> Iterator[Remark]:
    """
    Notices with words that belong to another organisation than the controller.

    A notice copied from a co-operative speaks of customer-owners, whom a workshop does not have.
    It shows that nobody has held the text against what is done.

    | controller           | clauses                                           | result      |
    | -------------------- | ------------------------------------------------- | ----------- |
    | Koeverstas Oy        | Asiakasomistaja- ja asiakasrekisteri on suojattu. | observation |
    | Keksilän Osuuskauppa | Asiakasomistajarekisteri on suojattu.             | conformity  |
    | Koeverstas Oy        | Asiakasrekisteri on suojattu.                     | conformity  |

    Remedy: name the register that there is.
    """
    own = f"{notice.controller.name} {notice.register_name}"
    if pattern("cooperative", notice.language).search(own):
        return
    for found in find(notice, "cooperative_remnant"):
        yield remark(notice, found=found, remnant=found.words)
