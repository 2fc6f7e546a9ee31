"""Transparency: categories of people where categories of data belong."""

from __future__ import annotations

from collections.abc import Iterator

from audit.catalogue import check
from audit.finding import Basis, Grade
from audit.notice.model import Notice
from audit.notice.review.phrases import passages, pattern, remark
from audit.notice.review.remark import Remark


@check(
    "NOT08",
    criterion="GDPR Art. 14(1)(d), 12(1)",
    basis=Basis.LAW,
    grade=Grade.MINOR,
    unit="notice",
)
def data_categories_in_wrong_section(notice: Notice) -> Iterator[Remark]:
    """
    Notices whose section on categories of data lists groups of people.

    Whose data is held and which data is held are two questions. A section that is headed by the
    one and answers the other leaves its own open.

    | heading                | text                     | data_subjects | result        |
    | ---------------------- | ------------------------ | ------------- | ------------- |
    | Henkilötietoryhmät     | Yritykset ja yhdistykset | company       | nonconformity |
    | Henkilötietoryhmät     | Nimi ja osoite           |               | conformity    |
    | Rekisteröityjen ryhmät | Yritykset                | company       | conformity    |

    Remedy: list the categories of data under that heading, and the groups of people under one of
    their own.
    """
    heading = pattern("heading_categories", notice.language)
    people = {clause for group in notice.data_subjects for clause in group.clauses}
    data = {clause for item in notice.data_categories for clause in item.clauses}
    for passage in passages(notice):
        if heading.search(passage.heading) and passage.clause in people - data:
            yield remark(notice, passage.clause)
