"""Transparency: no data protection officer, though one is required."""

from __future__ import annotations

from collections.abc import Iterator

from audit.catalogue import check
from audit.finding import Basis, Grade, Result
from audit.notice.model import Notice
from audit.notice.review.phrases import remark
from audit.notice.review.remark import Remark
from audit.plan import Plan


@check(
    "NOT38",
    criterion="GDPR Art. 13(1)(b), 37",
    basis=Basis.LAW,
    grade=Grade.MINOR,
    unit="notice",
    result=Result.OBSERVATION,
)
def dpo_unstated(notice: Notice, plan: Plan) -> Iterator[Remark]:
    """
    Notices that name no data protection officer, where the plan says that one is required.

    Most small firms need none, and none is missed there. Whether Art. 37 applies cannot be read
    off a notice: the plan says it (`dpo_required`); where it does not, this is not assessed.

    | controller.name | controller.dpo   | result       |
    | --------------- | ---------------- | ------------ |
    | Koeyritys Oy    |                  | not_assessed |
    | Koeyritys Oy    | Vendela Register | conformity   |

    Remedy: name the officer and how to reach them.
    """
    if notice.controller.dpo or plan.dpo_required is False:
        return
    if plan.dpo_required:
        yield remark(notice, *notice.controller.clauses)
    else:
        yield Remark(level="not_assessed", reason="article_37_unstated")
