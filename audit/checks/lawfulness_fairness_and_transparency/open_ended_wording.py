"""Transparency: words that leave everything open."""

from __future__ import annotations

from collections.abc import Iterator

from audit.catalogue import check
from audit.finding import Basis, Grade, Result
from audit.notice.model import Notice
from audit.notice.review.phrases import Found, find, passages, remark
from audit.notice.review.remark import Remark


@check(
    "NOT35",
    criterion="GDPR Art. 12(1), 5(1)(a)",
    basis=Basis.LAW,
    grade=Grade.MINOR,
    unit="notice",
    result=Result.OBSERVATION,
)
def open_ended_wording(notice: Notice) -> Iterator[Remark]:
    """
    Notices whose purposes, recipients and sources are full of "may", "for example" and "or the like".

    One such word is natural; where more than a third of these passages, and three at least, have
    one, nobody can tell what is done. Each is quoted.

    | purposes | clauses                                          | result     |
    | -------- | ------------------------------------------------ | ---------- |
    | kehittää | Tietoja voidaan käyttää esimerkiksi tilastoihin. | conformity |
    | laskutus | Tietoja käytetään laskutukseen.                  | conformity |

    Remedy: say what is done, and strike what is not.
    """
    elements = (*notice.purposes, *notice.recipients, *notice.sources)
    clauses = {clause for element in elements for clause in element.clauses}
    within = [passage.clause for passage in passages(notice) if passage.clause in clauses]
    first: dict[str, Found] = {}
    for found in find(notice, "hedge", within=within):
        first.setdefault(found.passage.clause, found)
    if len(first) >= _LEAST and 3 * len(first) > len(within):
        for found in first.values():
            yield remark(notice, found=found, hedge=found.words)


_LEAST = 3
