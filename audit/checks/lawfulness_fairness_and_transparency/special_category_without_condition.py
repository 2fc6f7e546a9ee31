"""Transparency: special categories without a condition."""

from __future__ import annotations

from collections.abc import Iterator

from audit.catalogue import check
from audit.finding import Basis, Grade
from audit.notice.model import Notice
from audit.notice.review.elements import special_without_condition
from audit.notice.review.phrases import remark
from audit.notice.review.remark import Remark


@check(
    "NOT40",
    criterion="GDPR Art. 9(2), 13(1)(c)",
    basis=Basis.LAW,
    grade=Grade.MAJOR,
    unit="notice",
)
def special_category_without_condition(notice: Notice) -> Iterator[Remark]:
    """
    Notices that declare data on health, belief, a union or the like and no condition of Article 9(2).

    A ground of Article 6 is not enough for them: explicit consent, health care, a statute or another
    condition must allow it, and the notice says which. What is told of allergies or diets is data on
    health.

    | data_categories | clauses                                                | result        |
    | --------------- | ------------------------------------------------------ | ------------- |
    | name, health    | Kirjaamme terveystiedot.                               | nonconformity |
    | name, health    | Terveystiedot kirjaamme nimenomaisella suostumuksella. | conformity    |
    | name, email     | Kirjaamme nimen.                                       | conformity    |

    Remedy: find out which condition allows the data; where none does, stop and erase. Then name it.
    """
    held = {item.key: item for item in notice.data_categories}
    if special := special_without_condition(notice, held):
        clauses = [clause for key in special for clause in held[key].clauses]
        yield remark(notice, *clauses)
