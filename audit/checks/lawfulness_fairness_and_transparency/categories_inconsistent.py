"""Transparency: data that the list of contents does not have."""

from __future__ import annotations

from collections.abc import Iterator

from audit.catalogue import check
from audit.finding import Basis, Grade
from audit.notice.model import Notice
from audit.notice.review.phrases import remark
from audit.notice.review.remark import Remark


@check(
    "NOT09",
    criterion="GDPR Art. 5(1)(a), 14(1)(d)",
    basis=Basis.LAW,
    grade=Grade.MINOR,
    unit="notice",
)
def categories_inconsistent(notice: Notice) -> Iterator[Remark]:
    """
    Notices that mention data elsewhere which their list of contents leaves out.

    Who reads the list believes that it is all. Data that only the sections on cookies, sources or
    disclosures mention is hidden from that reader. Where the notice has no list, there is nothing
    to contradict: Art. 13 asks for none.

    | data_categories | cookies | result     |
    | --------------- | ------- | ---------- |
    | name, email     |         | conformity |

    Remedy: name in the list of contents, or in one of its own for the website, everything that is
    mentioned elsewhere.
    """
    items = notice.data_categories
    listed = {item.key for item in items if item.listed and item.scope == "register"}
    missing = [item for item in items if item.key not in listed]
    if listed and missing:
        clauses = (clause for item in missing for clause in item.clauses)
        keys = ", ".join(dict.fromkeys(item.text or item.key for item in missing))
        yield remark(notice, *clauses, data=keys)
